"""What waits to come in or to go to the treasury, and leases that end: the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.income_due import Waiting, Waits
from ui.kit import show
from ui.kit.button import Button
from ui.kit.editors import today
from ui.kit.going import ToList
from ui.kit.layout import hide_unless, row
from ui.kit.line_board import LineBoard, Shown
from ui.kit.pill import Pill
from ui.kit.screen import Tone
from ui.kit.text import Message, Own, Text, TwoLine, counted, said

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

HEADS: tuple[tuple[Message, int], ...] = (
    (N_("What waits"), 3), (N_("From or about whom"), 4), ("compound", 3), (N_("Amount (yuan)"), 2), (N_("Since"), 2),
    (N_("Days"), 2), (Own(""), 0),
)  # fmt: skip
SAYS: dict[Waits, tuple[str, Tone]] = {
    Waits.OVERDUE: (N_("Overdue"), "bad"),
    Waits.UNPAID: (N_("Not paid to the treasury"), "warn"),
    Waits.ENDING: (N_("Lease ends soon"), "info"),
    Waits.OVER: (N_("Lease is over and still runs"), "bad"),
}
SHOWN = Shown(
    N_("Income due"), HEADS, "clock",
    (N_("Nothing waits"),
     N_("Rents and disposal income stand here when they are overdue or were not paid to the treasury, leases before "
        "they end.")),
    frozenset({"lease", "lease_rent", "disposal", "disposal_income"}),
)  # fmt: skip
OPENS = {"lease": N_("Open lease"), "disposal": N_("Open disposal")}
LISTS = ((N_("All rents"), "lease_rents"), (N_("All disposal sums"), "disposal_incomes"))


class DuePage(LineBoard):
    """`open_requested`: "lease" or "disposal", and a row that says which one."""

    open_requested = Signal(str, object)
    went = Signal(object)  # where to go (`kit.going`)

    def __init__(self, background: Background) -> None:
        super().__init__(background, SHOWN, _read)
        for name, screen in LISTS:
            every = Button(name, "list")
            every.clicked.connect(partial(self._go, screen))
            hide_unless(background.desk.may(f"{screen}.list"), every)
            self.head.acts.addWidget(every)

    def facts(self, rows: Sequence[Waiting]) -> Message:
        """How much is overdue, and how much has still to go to the treasury."""
        sums = {waits: sum(found.amount or 0 for found in rows if found.waits is waits) for waits in Waits}
        return said(
            N_("Overdue {overdue} yuan, received and not paid to the treasury {unpaid} yuan"),
            overdue=show.money(sums[Waits.OVERDUE]), unpaid=show.money(sums[Waits.UNPAID]),
        )  # fmt: skip

    def cells(self, found: Waiting) -> Sequence[QWidget]:
        """What waits, about whom and where, how much, since when."""
        word, tone = SAYS[found.waits]
        amount = show.NOTHING if found.amount is None else show.money(found.amount)
        pill = QWidget()
        pill.setLayout(row(Pill(_days(found.days), tone), None))
        return (
            TwoLine(word, Own(found.number)), Text(Own(found.who or show.NOTHING), elide=True),
            Text(Own(found.compound), elide=True), Text(Own(amount)), Text(Own(found.on.isoformat())), pill,
        )  # fmt: skip

    def link(self, found: Waiting) -> tuple[Message, str]:
        """To the lease or the disposal."""
        return OPENS[found.kind], found.number

    def follow(self, found: Any) -> None:
        """Open it."""
        self.open_requested.emit(found.kind, {"id": found.id})

    def _go(self, screen: str, _checked: bool = False) -> None:
        self.went.emit(ToList(screen))


def _days(days: int) -> Message:
    if days == 0:
        return said(N_("today"))
    return counted("{n} day ago", "{n} days ago", days) if days > 0 else counted("in {n} day", "in {n} days", -days)


def _read(desk: Desk) -> list[Waiting]:
    found: list[Waiting] = desk.ask("leases.due", on=today())
    return found
