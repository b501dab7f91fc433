"""Courses that are due: who is to hear which again, or for the first time, the longest overdue first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.editors import today
from ui.kit.going import ToSession
from ui.kit.layout import row
from ui.kit.line_board import LineBoard, Shown, days_left
from ui.kit.pill import Pill
from ui.kit.text import Message, Own, Text, TwoLine, counted, said

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.training_due import Repeat
    from ui.kit.background import Background

HEADS: tuple[tuple[Message, int], ...] = (
    (N_("Person"), 4), ("course", 4), (N_("Last passed"), 2), (N_("Due on"), 2), (N_("Days left"), 2), (Own(""), 0),
)  # fmt: skip
SHOWN = Shown(
    N_("Courses due"), HEADS, "clock",
    (N_("Nothing is due"), N_("Courses stand here 90 days before somebody is to hear them again, and those a post "
                              "asks for that were never heard.")),
    frozenset({"attendance", "training_session", "course", "staff", "post_holding", "post_requirement"}),
)  # fmt: skip


class DueBoard(LineBoard):
    """`went` leads to the session somebody is enrolled in, `enrol_asked` asks for a place for who has none."""

    went = Signal(object)
    enrol_asked = Signal(object)  # what is due for whom

    def __init__(self, background: Background) -> None:
        self.may_enrol = background.desk.may("training_sessions.enrol")
        super().__init__(background, SHOWN, _read)

    def facts(self, rows: Sequence[Repeat]) -> Message:
        """How many are due, overdue, and without a session."""
        over = sum(row.days(today()) < 0 for row in rows)
        open_ = sum(row.session_id is None for row in rows)
        return said(N_("{n} courses are due within 90 days, {over} of them overdue; {open} without a session"),
                    n=len(rows), over=over, open=open_)  # fmt: skip

    def cells(self, found: Repeat) -> Sequence[QWidget]:
        """The person, the course, when it was passed and is due."""
        days = found.days(today())
        why: Message = N_("the post asks for it") if found.required else Own(" ")
        last = Own(found.last_on.isoformat()) if found.last_on else N_("never")
        due = Text(Own(found.due_on.isoformat()), tone="bad" if days < 0 else "text")
        person = TwoLine(Own(found.name), Own(" · ".join(filter(None, (found.number, found.unit)))))
        return person, TwoLine(Own(found.course), why), Text(last), due, _left(days)

    def link(self, found: Repeat) -> tuple[Message, str]:
        """To his session, or to be enrolled in one."""
        if found.session_id is not None:
            return Own(found.session_number), found.name
        return (N_("Enrol…"), found.name) if self.may_enrol else (Own(""), found.name)

    def follow(self, found: Any) -> None:
        """Open the session, or the form that enrols him."""
        if found.session_id is not None:
            self.went.emit(ToSession(found.session_id))
        elif self.may_enrol:
            self.enrol_asked.emit(found)


def _left(days: int) -> QWidget:
    """How long there is, or since when it is overdue."""
    if days >= 0:
        return days_left(days)
    holder = QWidget()
    holder.setLayout(row(Pill(counted("{n} day overdue", "{n} days overdue", -days), "bad"), None))
    return holder


def _read(desk: Desk) -> list[Repeat]:
    found: list[Repeat] = desk.ask("training.due", on=today())
    return found
