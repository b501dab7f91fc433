"""Loans that are out, the first due first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.editors import today
from ui.kit.line_board import LineBoard, Shown, days_left
from ui.kit.text import Message, Own, Text, TwoLine, said

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.loans import Loan
    from ui.kit.background import Background

LATE = N_("{n} days overdue")
HEADS: tuple[tuple[Message, int], ...] = (
    (N_("Loan"), 5), (N_("Borrower"), 4), (N_("Still out"), 2), (N_("Lent on"), 2), (N_("Due back"), 2),
    (N_("Days left"), 2), (Own(""), 0),
)  # fmt: skip
SHOWN = Shown(
    N_("Loans"), HEADS, "clock",
    (
        N_("Nothing is lent"),
        N_("Mark assets in the register and choose “Lend…”; what is out stands here until it is back."),
    ),
    frozenset({"handover", "handover_line"}),
)  # fmt: skip


class LoansPage(LineBoard):
    """`open_requested` names the loan note."""

    open_requested = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background, SHOWN, _read)

    def facts(self, rows: Sequence[Loan]) -> Message:
        """How many are out, and how many late."""
        late = sum(found.days is not None and found.days < 0 for found in rows)
        return said(N_("Out: {n} · overdue: {late}"), n=len(rows), late=late)

    def cells(self, found: Loan) -> Sequence[QWidget]:
        """The things, who has them, how many are out, since when and until when."""
        due = found.due_on.isoformat() if found.due_on else "—"
        late, who = found.days is not None and found.days < 0, Own(found.borrower or "—")
        return (
            TwoLine(Own(found.things), Own(f"{found.number} · {found.compound}")),
            TwoLine(who, Own(found.contact)) if found.contact else Text(who, weight=500, elide=True),
            Text(said(N_("{left} of {lines}"), left=found.left, lines=found.lines)),
            Text(Own(found.handed_on.isoformat())), Text(Own(due), tone="bad" if late else "text"),
            days_left(found.days, over=LATE),
        )  # fmt: skip

    def link(self, found: Loan) -> tuple[Message, str]:
        """To its note."""
        return N_("Open note"), found.number

    def follow(self, found: Any) -> None:
        """Open its note."""
        self.open_requested.emit(found.handover_id)


def _read(desk: Desk) -> list[Loan]:
    from services.loans import loans

    return desk.ask(loans, today())
