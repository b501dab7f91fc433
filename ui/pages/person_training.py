"""The tab of a person's training: hours against what is asked, sessions to come and behind, card and passport."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.desk.errors import UserError
from services.document_issuing import Subject
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import Card, KeyValue, SectionHead, headed
from ui.kit.editors import today
from ui.kit.going import ToPaper, ToSession
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, emptied, hide_unless, row
from ui.kit.page import EmptyState
from ui.kit.read_page import asking
from ui.kit.text import Message, Note, Own, said
from ui.kit.theme import GAP, LOOK
from ui.pages import training_papers
from ui.pages.person_pane import PersonPane
from ui.screens.training import STATES

if TYPE_CHECKING:
    from services.staff_sheet import PersonSheet
    from services.training_lines import Learnt
    from services.training_records import Passport
    from services.training_rules import Target
    from ui.kit.background import Background

HEADS = (
    Head("course"), Head(N_("Day"), 110), Head("training_session.kind", 90), Head("attendance.hours", 76, right=True),
    Head("attendance.score", 76, right=True), Head(N_("Result"), 120),
)  # fmt: skip
RULES = {
    "induction": N_("First training of new people"), "managers_first": N_("First training of managers"),
    "managers_yearly": N_("Managers, each year"), "trades_yearly": N_("Plant and control rooms, each year"),
    "workers_yearly": N_("Services, each year"), "professional_yearly": N_("Professional staff, each year"),
    "fire_yearly": N_("Fire safety, each year"),
}  # fmt: skip


class TrainingPane(PersonPane):
    """What somebody has learnt; it is read when the person is."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found: Passport | None = None
        may = background.desk.may
        self.card, self.passport = LinkButton(N_("Record card"), "printer"), LinkButton(N_("Passport"), "printer")
        hide_unless(may("training.card"), self.card)
        hide_unless(may("training.passport_paper"), self.passport)
        self.grid = Grid(N_("Training"), HEADS, tall=46)
        self.none = EmptyState(
            "presentation", N_("No training yet"), N_("Sessions somebody is enrolled in stand here.")
        )
        self.stack = QStackedWidget()
        for part in (self.grid, self.none):
            self.stack.addWidget(part)
        left = headed(SectionHead(N_("Training"), self.card, self.passport), (self.stack, 1))
        self.targets, self.years = column(gap=10), column(gap=8)
        needed = SectionHead(N_("What is asked this year"))
        right = QWidget()
        right.setFixedWidth(340)
        hours = Card(SectionHead(N_("Hours by year")), self.years, gap=10)
        right.setLayout(column(Card(needed, self.targets, gap=10), hours, None, gap=GAP))
        self.setLayout(row((left, 1), right, gap=GAP))
        self.setFocusProxy(self.grid)
        self.grid.opened.connect(self._open)
        self.card.clicked.connect(self._card)
        self.passport.clicked.connect(self._passport)
        LOOK.changed.connect(self._say)

    def show_sheet(self, sheet: PersonSheet) -> None:
        """Show his training."""
        super().show_sheet(sheet)
        read = asking("training.passport", staff_id=sheet.id, on=today())
        self.background.ask(read, self._got, self._refused, tag=f"persontraining{id(self)}")

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.background.failed.emit(error)

    def _got(self, found: Passport) -> None:
        self.found = found
        self._say()

    def _say(self) -> None:
        found = self.found
        if found is None:
            return
        self.grid.show_lines([Line(line.session_id, partial(_cells, line)) for line in found.learnt])
        self.stack.setCurrentWidget(self.grid if found.learnt else self.none)
        emptied(self.targets)
        emptied(self.years)
        for target in found.targets:
            self.targets.addWidget(_Asked(target))
        if not found.targets:
            self.targets.addWidget(Note(N_("No rule asks for hours.")))
        for year, hours in found.by_year:
            self.years.addWidget(KeyValue(Own(str(year)), said(N_("{n} hours"), n=show.hours(hours))))
        if not found.by_year:
            self.years.addWidget(Note(N_("No hours yet.")))

    def _open(self, key: object) -> None:
        if isinstance(key, UUID) and self.background.desk.may("training_sessions.sheet"):
            self.went.emit(ToSession(key))

    def _card(self) -> None:
        if self.sheet is not None:
            year, name = today().year, f"{self.sheet.row['number']}-{today().year}.pdf"
            about = replace(Subject.of("training_card", self.sheet.row, today()), more=str(year))
            work = partial(training_papers.card, self.sheet.id, year)
            self.went.emit(ToPaper(N_("Training record card"), name, work, about))

    def _passport(self) -> None:
        if self.sheet is not None:
            name, work = f"{self.sheet.row['number']}.pdf", partial(training_papers.passport, self.sheet.id)
            about = Subject.of("training_passport", self.sheet.row, today())
            self.went.emit(ToPaper(N_("Training passport"), name, work, about))


class _Asked(QWidget):
    """A rule that binds him: how far he is, and where it stands."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        had, needed = _amount(target, target.had), _amount(target, target.needed)
        line = KeyValue(RULES.get(target.rule.code, Own(target.rule.code)), said(N_("{had} of {n}"), had=had, n=needed))
        line.value.tone("warn" if target.short else "ok")
        source = Note(Own(target.rule.source), wrap=True)
        self.setLayout(column(line, source, gap=2))


def _amount(target: Target, value: int) -> str:
    return str(value) if target.rule.times else show.hours(value)


def _cells(line: Learnt) -> list[Cell]:
    word, tone = _result(line)
    note = " · ".join(filter(None, (line.title if line.title != line.course else "", line.number, line.trainer)))
    hours = line.hours if line.came else line.session_hours
    return [
        Cell(Own(line.course), line.course, note=Own(note)),
        Cell(Own(line.on.isoformat()), line.on), Cell(f"training_session.kind={line.kind.value}", line.kind.value),
        Cell(Own(show.hours(hours) if line.came is not False else show.NOTHING), hours,
             tone="" if line.came else "text3"),
        Cell(Own(show.NOTHING if line.score is None else str(line.score)), line.score),
        Cell(word, tone=tone, pill=True),
    ]  # fmt: skip


def _result(line: Learnt) -> tuple[Message, str]:
    if line.came is None:
        waits = line.place.value == "waiting"
        return ("attendance.state=waiting", "warn") if waits else (f"training_session.state={line.state.value}",
                                                                   STATES[line.state.value])  # fmt: skip
    if not line.came:
        return N_("absent"), "idle"
    if line.passed is None:
        return N_("score missing"), "warn"
    return (N_("passed"), "ok") if line.passed else (N_("not passed"), "bad")
