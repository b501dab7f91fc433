"""What people said of a work order: the points of whoever reported it, complaints with their answers, return visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from models.work_feedback import FeedbackKind
from resources.words import N_, Word
from services.work_done import Doing, Said
from ui.kit import show
from ui.kit.card import Banner
from ui.kit.editors import today
from ui.kit.grid_model import Cell, Head
from ui.kit.layout import column, row
from ui.kit.page import ScrollPage
from ui.kit.screen import Act
from ui.kit.stat import Stat
from ui.kit.text import Message, Own, said
from ui.kit.theme import GAP
from ui.pages.work_line_table import LineAct, Lines, kept
from ui.pages.work_lines_pane import LinesPane

if TYPE_CHECKING:
    from uuid import UUID

    from services.desk.desk import Desk
    from ui.kit.background import Background

POINTS = ("speed", "quality", "manner")
WAITING = N_("To be answered: {n}. A complaint stays open until it is.")
NOT_RATED = N_("Nobody has rated this work yet.")


def feedback(line: Said) -> Sequence[Cell]:
    """What kind, who and when; what was said; what was answered."""
    about = " · ".join(part for part in (line.number, line.person, show.instant(line.at)) if part)
    kind = Cell(Word(f"work_feedback.kind={line.kind.value}"), note=Own(about))
    return kind, Cell(Own(line.words), tip=Own(line.words)), _satisfied(line), _answer(line)


def _satisfied(line: Said) -> Cell:
    if line.satisfied is None:
        return Cell(Own(show.NOTHING), tone="idle")
    return Cell(show.YES if line.satisfied else show.NO, tone="ok" if line.satisfied else "bad", pill=True)


def _answer(line: Said) -> Cell:
    if line.waiting:
        return Cell(Word("work_feedback.waiting"), tone="bad", pill=True)
    if line.answered_at is None:
        return Cell(Own(show.NOTHING), tone="idle")
    return Cell(Own(line.answer), note=Own(show.instant(line.answered_at)), tip=Own(line.answer))


def _waits(line: Said) -> bool:
    return line.waiting


FEEDBACK = Lines(
    "work_feedback", N_("Complaints and return visits"),
    (Head("work_feedback.kind", 310, sorts=False), Head("work_feedback.words", sorts=False),
     Head("work_feedback.satisfied", 110, sorts=False), Head("work_feedback.answer", 220, sorts=False)),
    feedback, N_("Nobody complained, and nobody asked yet how it is."),
    (LineAct(Act("work_feedback.answer", "check", N_("Answer…")), _waits),
     *kept("work_feedback", N_("Add complaint or return visit"))),
)  # fmt: skip


class FeedbackPane(LinesPane):
    """The points on top, what was said below; it is entered and answered after the order has ended, too."""

    kinds = frozenset({"work_feedback", "work_order"})

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found: Doing | None = None
        self.banner, self.lines = Banner("bad"), self.table(FEEDBACK)
        self.banner.hide()
        self.points = {name: Stat(f"work_order.{name}") for name in POINTS}
        stats = row(*((stat, 1) for stat in self.points.values()), gap=GAP)
        self.opinion = Banner("info")
        self.opinion.hide()
        middle = ScrollPage(column(stats, self.opinion, self.lines, None, gap=GAP), None, margin=0)
        self.setLayout(column(self.banner, (middle, 1), gap=12))
        self.setFocusProxy(self.lines.grid)

    @property
    def open(self) -> bool:
        """People speak of work that has ended, too."""
        return self.sheet is not None

    def read(self) -> None:
        """Read it again."""
        if self.sheet is not None:
            self.background.ask(partial(_read, self.sheet.id), self._got, tag=f"feedback{id(self)}")

    def _got(self, found: Doing) -> None:
        self.found = found
        self.say()

    def say(self) -> None:
        """Write points, complaints and return visits."""
        if self.sheet is None or self.found is None:
            return
        values, waiting = self.sheet.row, sum(map(_waits, self.found.said))
        for name, stat in self.points.items():
            stat.say(Own(f"{values[name]} / 5" if values[name] else show.NOTHING))
        opinion: Message = Own(values["opinion"] or "") if values["speed"] else NOT_RATED
        self.opinion.say(opinion)
        self.opinion.setVisible(bool(opinion))
        self.banner.say(said(WAITING, n=waiting))
        self.banner.setVisible(bool(waiting))
        self.lines.show_rows(self.found.said, open=self.open)

    def beginning(self, act: str) -> Mapping[str, Any]:
        """A complaint, now, of whoever reported it."""
        assert self.sheet is not None
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        return {"kind": FeedbackKind.COMPLAINT.value, "at": now, "person": self.sheet.row["reporter"]}


def _read(order: UUID, desk: Desk) -> Doing:
    found: Doing = desk.ask("work_orders.doing", work_order_id=order, on=today(), now=desk.clock())
    return found
