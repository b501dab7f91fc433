"""One plan: its courses by month with what was planned, done and spent; sessions are planned from its lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from resources.words import N_
from services.document_issuing import Subject
from services.training_plans import CHANGEABLE
from ui.kit import show
from ui.kit.button import Button, LinkButton
from ui.kit.card import SectionHead, headed
from ui.kit.editors import today
from ui.kit.going import ToForm, ToList, ToPaper
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.pill import Pill
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.stat import Stat
from ui.kit.text import Message, Own, said
from ui.kit.theme import MARGIN
from ui.pages import training_papers
from ui.screens import training as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.training_plans import PlanLine, PlanSheet
    from ui.kit.background import Background

HEADS = (
    Head("training_plan_line.month", 70, right=True), Head("course"), Head(N_("For whom"), 190),
    Head("training_plan_line.people", 90, right=True), Head(N_("Were there"), 96, right=True),
    Head(N_("Sessions"), 96, right=True), Head("training_plan_line.budget", 120, right=True),
    Head(N_("Spent"), 120, right=True), Head(N_("State"), 120, sorts=False),
)  # fmt: skip
MIDDLE, HOUR = 15, 9  # day of the month and hour a planned session is offered for


class PlanPage(RecordPage):
    """`went` tells where to go; the window runs what `asked` names."""

    watched = frozenset({"training_plan", "training_plan_line", "training_session", "attendance", "course"})
    asked = Signal(str, object)
    sheet: PlanSheet | None

    def __init__(self, background: Background, plan: UUID, back: tuple[str, str]) -> None:
        super().__init__(background)
        self.plan = plan
        self._make(back)
        self._arrange()
        self.begin({"N": self._put})

    def _make(self, back: tuple[str, str]) -> None:
        self.print, self.reopen = Button(N_("Print"), "printer"), Button(N_("Back to draft…"), "undo-2")
        self.adopt = Button(N_("Adopt…"), "check", kind="primary")
        self.head = PageHead("training_plan", self.print, self.reopen, self.adopt, back=(back,), facts=Own(" "))
        for part in (self.reopen, self.adopt):
            part.hide()
        hide_unless(self.background.desk.may("training_plans.paper"), self.print)
        self.grid = Grid(N_("Courses of the plan"), HEADS, tall=46)
        self.none = EmptyState("scroll-text", N_("No course yet"), N_("Add the courses of the year, month by month."))
        self.put, self.change = LinkButton(N_("Add course"), "plus"), LinkButton(N_("Edit"))
        self.off, self.session = LinkButton(N_("Take off")), LinkButton(N_("Plan a session"), "arrow-right")
        self.stats = {name: Stat(title) for name, title in
                      (("budget", N_("Budget")), ("asked", N_("Planned")), ("spent", N_("Spent")),
                       ("done", N_("Lines done")))}  # fmt: skip
        slots = ((self.put, self._put), (self.change, self._change), (self.off, self._off),
                 (self.session, self._session), (self.print, self._print), (self.adopt, self._adopt),
                 (self.reopen, self._reopen))  # fmt: skip
        for button, slot in slots:
            button.clicked.connect(slot)
        for link in (self.put, self.change, self.off, self.session):
            hide_unless(False, link)
        self.grid.marked.connect(self._offer)
        self.grid.opened.connect(self._opened)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        links = (self.off, self.change, self.session, self.put)
        for part in (self.grid, self.none):
            self.stack.addWidget(part)
        card = headed(SectionHead(N_("Courses of the plan"), *links), (self.stack, 1))
        figures = row(*((stat, 1) for stat in self.stats.values()), gap=12)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, figures, (card, 1), gap=14, margins=margins))

    # Reading

    def question(self) -> Callable[[Desk], PlanSheet]:
        """The plan with its lines."""
        return asking("training_plans.sheet", training_plan_id=self.plan)

    def _first(self, sheet: PlanSheet) -> None:
        self.grid.setFocus()

    # What is said

    def _say(self, sheet: PlanSheet) -> None:
        state, may = sheet.state.value, self.background.desk.may
        self.head.title.say(Own(sheet.title))
        facts = (sheet.number, str(sheet.year), sheet.basis)
        self.head.show_facts(Own(" · ".join(filter(None, facts))))
        self.head.show_pills(Pill(f"training_plan.state={state}", screen.PLAN_STATES[state]))
        self.grid.show_lines([Line(line.id, partial(_cells, line)) for line in sheet.lines])
        self.stack.setCurrentWidget(self.grid if sheet.lines else self.none)
        over = sheet.budget is not None and sheet.asked > sheet.budget
        self.stats["budget"].say(Own(show.NOTHING if sheet.budget is None else f"¥ {show.money(sheet.budget)}"))
        self.stats["asked"].say(Own(f"¥ {show.money(sheet.asked)}"), N_("more than the budget") if over else Own(" "),
                                "warn" if over else "text")  # fmt: skip
        beside = said(N_("¥ {sum} beside the plan"), sum=show.money(sheet.beside)) if sheet.beside else Own(" ")
        self.stats["spent"].say(Own(f"¥ {show.money(sheet.spent)}"), beside)
        self.stats["done"].say(Own(f"{sum(line.done for line in sheet.lines)} / {len(sheet.lines)}"))
        draft = state == "draft"
        self.adopt.setVisible(draft and may("training_plans.adopt"))
        self.reopen.setVisible(not draft and may("training_plans.reopen"))
        self.put.setVisible(draft and may("training_plans.put"))
        self._offer()

    def marked(self) -> PlanLine | None:
        """The line that is marked."""
        key = self.grid.key()
        return next((line for line in self.sheet.lines if line.id == key), None) if self.sheet else None

    def _offer(self, _key: object = None) -> None:
        line, may = self.marked(), self.background.desk.may
        draft = self.sheet is not None and self.sheet.state.value == "draft"
        self.change.setVisible(line is not None and draft and may("training_plans.change"))
        self.off.setVisible(line is not None and draft and may("training_plans.take_off"))
        self.session.setVisible(line is not None and not draft and may("training_sessions.add"))

    # What is asked

    def _form(self, act: str, title: str, fixed: dict[str, Any], initial: dict[str, Any], revising: bool) -> None:
        self.went.emit(ToForm(act, title, fixed, initial, screen.LINE, self.head.title.text, revising))

    def _put(self) -> None:
        if self.put.isVisible():
            self._form("training_plans.put", N_("Add course"), {"training_plan_id": self.plan}, {"sessions": 1}, False)

    def _change(self) -> None:
        if (line := self.marked()) is not None:
            initial = {name: getattr(line, name) for name in CHANGEABLE}
            initial["function"] = line.function and line.function.value
            self._form("training_plans.change", N_("Edit"), {"training_plan_line_id": line.id}, initial, True)

    def _off(self) -> None:
        if (line := self.marked()) is not None:
            self.asked.emit("training_plans.take_off", {"training_plan_line_id": line.id, "_name": line.course})

    def _session(self) -> None:
        """A session of the course of the line, in the middle of its month."""
        line = self.marked()
        if line is None or self.sheet is None:
            return
        begins = datetime.combine(date(self.sheet.year, line.month, MIDDLE), time(HOUR)).astimezone()
        fixed = {"training_plan_line_id": line.id, "course_id": line.course_id, "compound_id": self.sheet.compound_id}
        initial = {"title": line.course, "hours": line.hours, "starts_at": begins, "kind": "lecture",
                   "ends_at": begins + timedelta(minutes=45 * line.hours / 10)}  # fmt: skip
        self.went.emit(ToForm("training_sessions.add", N_("Plan a session"), fixed, initial, screen.SESSION,
                              Own(line.course)))  # fmt: skip

    def _opened(self, _key: object) -> None:
        """Enter: what is to be done with a line; where nothing is, the sessions of its course."""
        if self.change.isVisible():
            self._change()
        elif (line := self.marked()) is not None:
            filters = (("course_id", (line.course_id,)),)
            self.went.emit(ToList("training_sessions", filters, {line.course_id: line.course}))

    def _adopt(self) -> None:
        self.asked.emit("training_plans.adopt", {"training_plan_id": self.plan})

    def _reopen(self) -> None:
        self.asked.emit("training_plans.reopen", {"training_plan_id": self.plan})

    def _print(self) -> None:
        if self.sheet is not None:
            about = Subject("training_plan", self.sheet.compound_id, self.plan, today())
            work = partial(training_papers.plan, self.plan)
            self.went.emit(ToPaper(N_("Training plan"), f"{self.sheet.number}.pdf", work, about))


def _cells(line: PlanLine) -> list[Cell]:
    whom: Message = Own(line.unit) if line.unit else N_("all people")
    if line.function is not None:
        whom = f"training_plan_line.function={line.function.value}"
    state, tone = (N_("done"), "ok") if line.done else (N_("planned"), "info") if line.planned else (N_("open"), "idle")
    return [
        Cell(Own(str(line.month)), line.month), Cell(Own(line.course), line.course, icon="book-open"),
        Cell(whom, line.unit, note=Own(line.unit) if line.function and line.unit else ""),
        Cell(Own(f"{line.people:,}"), line.people), Cell(Own(f"{line.came:,}"), line.came),
        Cell(Own(f"{line.held} / {line.sessions}"), line.held),
        Cell(Own(show.NOTHING if line.budget is None else show.money(line.budget)), line.budget),
        Cell(Own(show.money(line.spent)), line.spent), Cell(state, tone=tone, pill=True),
    ]  # fmt: skip
