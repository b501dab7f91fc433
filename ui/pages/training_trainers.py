"""Trainers and providers of this year side by side: how they were rated, how many passed, what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit import show
from ui.kit.editors import today
from ui.kit.going import ToList
from ui.kit.line_board import LineBoard, Shown
from ui.kit.text import Message, Own, Text, TwoLine, said

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.training_trainers import Taught
    from ui.kit.background import Background

HEADS: tuple[tuple[Message, int], ...] = (
    (N_("Trainer"), 4), (N_("Sessions"), 2), (N_("Were there"), 2), (N_("Passed"), 2), (N_("Rated"), 3),
    (N_("Yuan a head"), 2), (Own(""), 0),
)  # fmt: skip
SHOWN = Shown(
    N_("Trainers"), HEADS, "users",
    (N_("Nobody taught this year"), N_("Trainers stand here once their sessions were held, with what who was there "
                                       "says of them.")),
    frozenset({"attendance", "training_session"}),
)  # fmt: skip


class TrainersBoard(LineBoard):
    """`went` leads to the sessions of a trainer."""

    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background, SHOWN, _read)

    def facts(self, rows: Sequence[Taught]) -> Message:
        """How many sessions there were and how they were rated altogether."""
        rated, stars = sum(row.rated for row in rows), sum(row.stars for row in rows)
        return said(N_("{year}: {n} sessions held, {rated} answers, {mean} of 5 on average"), year=today().year,
                    n=sum(row.sessions for row in rows), rated=rated,
                    mean=f"{stars / rated:.1f}" if rated else show.NOTHING)  # fmt: skip

    def cells(self, found: Taught) -> Sequence[QWidget]:
        """The trainer and his provider, and the figures."""
        mean = Own(show.NOTHING) if found.mean is None else Own(f"{'★' * round(found.mean)} {found.mean:.1f}")
        answers: Message = said(N_("{n} of {all} answered"), n=found.rated, all=found.came)
        passed = f"{found.passed} / {found.judged}" if found.judged else show.NOTHING
        a_head = show.NOTHING if found.a_head is None else show.money(found.a_head)
        return (
            TwoLine(_named(found.trainer), Own(found.provider or " ")), Text(Own(str(found.sessions))),
            Text(Own(str(found.came))), Text(Own(passed)), TwoLine(mean, answers), Text(Own(a_head)),
        )  # fmt: skip

    def link(self, found: Taught) -> tuple[Message, str]:
        """To the sessions."""
        return N_("Sessions"), found.trainer

    def follow(self, found: Any) -> None:
        """The list of the sessions he held this year."""
        year = today().year
        filters: tuple[tuple[str, tuple[Any, ...]], ...] = (
            ("state", ("held",)), ("trainer", (found.trainer or None,)),
            ("starts_at", (date(year, 1, 1), date(year, 12, 31))),
        )  # fmt: skip
        self.went.emit(ToList("training_sessions", filters))


def _named(trainer: str) -> Message:
    return Own(trainer) if trainer else N_("Not said")


def _read(desk: Desk) -> list[Taught]:
    found: list[Taught] = desk.ask("training.trainers", year=today().year)
    return found
