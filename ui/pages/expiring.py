"""Terms of use, mortgages and seizures that end soon or have ended, the earliest first."""

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
    from services.title_expiry import Expiring
    from ui.kit.background import Background

TERM = N_("Term of use")
HEADS: tuple[tuple[Message, int], ...] = (
    (N_("Right"), 5), (N_("What ends"), 2), (N_("About"), 4), (N_("Ends on"), 2), (N_("Days left"), 2), (Own(""), 0),
)  # fmt: skip
SHOWN = Shown(
    N_("Expiring"), HEADS, "hourglass",
    (N_("Nothing ends soon"), N_("Terms of use, mortgages and seizures stand here half a year before they end.")),
    frozenset({"title", "title_event", "compound"}),
)  # fmt: skip


class ExpiringPage(LineBoard):
    """`open_requested` names the list a record is of, and a row that says which title."""

    open_requested = Signal(str, object)

    def __init__(self, background: Background) -> None:
        super().__init__(background, SHOWN, _read)

    def facts(self, rows: Sequence[Expiring]) -> Message:
        """How many end, and how many have ended."""
        past = sum(found.days < 0 for found in rows)
        return said(N_("{n} end within half a year or have ended; {past} have ended"), n=len(rows), past=past)

    def cells(self, found: Expiring) -> Sequence[QWidget]:
        """The right, what of it ends, about what, and when."""
        what: Message = TERM if found.kind == "term" else f"title_event.kind={found.kind}"
        until = Text(Own(found.until.isoformat()), tone="bad" if found.days < 0 else "text")
        right = TwoLine(Own(found.location), Own(f"{found.number} · {found.compound}"))
        about = Text(Own(found.about or "—"), elide=True)
        return right, Text(what, elide=True), about, until, days_left(found.days)

    def link(self, found: Expiring) -> tuple[Message, str]:
        """To its title."""
        return N_("Open title"), found.location

    def follow(self, found: Any) -> None:
        """Open its title."""
        self.open_requested.emit("titles", {"id": found.title_id})


def _read(desk: Desk) -> list[Expiring]:
    from services.title_expiry import expiring

    return desk.ask(expiring, today())
