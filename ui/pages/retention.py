"""What is due for deletion: facts of people who left long enough ago, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.retention import WHAT, Deletion, Due
from ui.kit.editors import today
from ui.kit.line_board import LineBoard, Shown
from ui.kit.text import Message, Note, Own, Text, TwoLine, counted, said

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

HEADS: tuple[tuple[Message, int], ...] = (
    ("staff", 3), (N_("What"), 4), ("staff.left_on", 2), (N_("Kept until"), 2), (N_("Rule"), 5), (Own(""), 0),
)  # fmt: skip
SHOWN = Shown(
    N_("Due for deletion"), HEADS, "trash-2",
    (N_("Nothing is due"), N_("What is kept of people who left stands here once its time is over.")),
    frozenset({"staff"}),
)  # fmt: skip


class RetentionPage(LineBoard):
    """`asked` names the act that deletes what a line tells of; without the right to it a line opens the person."""

    asked = Signal(object)  # Due

    def __init__(self, background: Background, back: tuple[str, str]) -> None:
        super().__init__(background, SHOWN, _read, back)

    def facts(self, rows: Sequence[Due]) -> Message:
        """How many people it is about."""
        return counted("{n} person", "{n} people", len({due.staff_id for due in rows}))

    def cells(self, found: Due) -> Sequence[QWidget]:
        """Who, what, since when he left and until when it was kept, by which rule."""
        return (
            TwoLine(Own(found.name), Own(f"{found.number} · {found.compound}")),
            Text(WHAT[found.what], elide=True),
            Text(Own(found.left_on.isoformat()) if found.left_on else N_("removed")),
            Text(Own(found.due_on.isoformat()), tone="bad"), Note(Own(found.source), wrap=True),
        )  # fmt: skip

    def link(self, found: Due) -> tuple[Message, str]:
        """To what deletes it."""
        act = "staff.erase_personal" if found.act is Deletion.ERASE else "staff.clear_private"
        return (N_("Delete…") if self.background.desk.may(act) else N_("Open")), found.name

    def follow(self, found: Any) -> None:
        """Ask the window to delete it."""
        self.asked.emit(found)


def about(due: Due) -> Message:
    """What a line is about, in words."""
    return said(N_("{name}: {what}"), name=due.name, what=said(WHAT[due.what])())


def _read(desk: Desk) -> Sequence[Due]:
    found: Sequence[Due] = desk.ask("staff.retention", on=today())
    return found
