"""Training in the window: sessions and plans opened, people enrolled, signed in, results entered, lists taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from resources.words import N_
from services.desk.errors import Conflict
from services.desk.intent import INTENTS
from ui import asks
from ui.kit.form import FormPage
from ui.kit.going import ToForm, ToPaper, ToPerson, ToSession
from ui.kit.messages import confirm, toast
from ui.kit.text import Own, counted, said, words
from ui.pages import training_papers
from ui.pages.training_calendar import CalendarPage
from ui.pages.training_door import DoorPage
from ui.pages.training_due import DueBoard
from ui.pages.training_enrol import EnrolPage
from ui.pages.training_plan import PlanPage
from ui.pages.training_session import SessionPage
from ui.part import Part, Row
from ui.screens import SCREENS
from ui.screens import training as screen

if TYPE_CHECKING:
    from services.attendance_rows import Taken
    from services.desk.desk import Done
    from services.training_sheet import SessionSheet
    from ui.workbench import Workbench

SURE = {  # what is asked about first, in a sentence
    "training_sessions.hold": N_("Who has signed in has its hours; results may still be entered."),
    "training_sessions.certify": N_("Everybody who passed gets a numbered certificate, kept as a paper."),
    "training_plans.take_off": N_("The course is taken off the plan."),
}
RESULTS = ("hours", "score", "passed", "rating", "feedback", "note")


class Training(Part):
    """What the window does about training."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        may = bench.background.desk.may
        if may("training_sessions.sheet"):
            self.opens |= {"training_session": self._row}
        if may("training_plans.sheet"):
            self.opens |= {"training_plan": self._plan_row}
        self.forms, self._filled = {"training_sessions.add": self._watch}, dict[str, Any]()
        bench.places.learn(ToSession, self._to_session)

    def follow(self, board: QWidget) -> None:
        """The calendar leads to other boards."""
        if isinstance(board, CalendarPage):
            board.board_asked.connect(self.bench.show_screen)
        elif isinstance(board, DueBoard):
            board.enrol_asked.connect(self._enrol_due)

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def _plan_row(self, row: Row) -> None:
        self.open_plan(row["id"])

    def _to_session(self, where: ToSession) -> None:
        self.open(where.id)

    def open(self, session: UUID) -> SessionPage:
        """Open the page of a session."""
        page = SessionPage(self.bench.background, session, self.bench.places.back())
        page.asked.connect(self._asked)
        page.opened.connect(self._person)
        self.bench.open_page(page)
        return page

    def open_plan(self, plan: UUID) -> PlanPage:
        """Open the page of a plan."""
        page = PlanPage(self.bench.background, plan, self.bench.places.back())
        page.asked.connect(self._of_plan)
        self.bench.places.follow(page)
        self.bench.open_page(page)
        return page

    def _person(self, person: UUID) -> None:
        self.bench.places.go(ToPerson(person, "training"))

    # A session

    def _asked(self, act: str, values: dict[str, Any]) -> None:
        """What the page asks for; names with an underscore are only for the words around it."""
        fixed = {name: value for name, value in values.items() if not name.startswith("_")}
        sheet: SessionSheet = values["_sheet"]
        match act:
            case "training_sessions.enrol":
                self.choose(sheet)
            case "training_sessions.sign_in":
                self.door(sheet.id)
            case "training_sessions.paper":
                self._paper(
                    N_("Session sheet"), f"{sheet.row['number']}.pdf", partial(training_papers.session, sheet.id)
                )
            case "attendances.certificate":
                seat = values["_seat"]
                paper = partial(training_papers.certificate, seat.id)
                self._paper(N_("Certificate"), f"{seat.certificate_no}.pdf", paper)
            case "attendances.enter":
                self._result(sheet, values["_seat"])
            case "training_sessions.take_in":
                self._take_in(sheet)
            case "training_sessions.revise":
                self.bench.edit(SCREENS["training_sessions"], sheet.row)
            case "training_sessions.cancel" | "training_sessions.reopen":
                sections = screen.CANCEL if act.endswith("cancel") else ()
                self.bench.form(act, INTENTS[act].label, sections, fixed, once=True, facts=_named(sheet))
            case "certificates.recheck":
                self.bench.background.ask(
                    partial(asks.rechecked, sheet), partial(self._recheck, sheet), self.bench.refused
                )
            case _:
                self._do(act, self._all(act, fixed, sheet), _named(sheet))

    def _all(self, act: str, fixed: dict[str, Any], sheet: SessionSheet) -> dict[str, Any]:
        """An act on people that names none is about everybody who has a place."""
        if act == "training_sessions.mark" and "staff_ids" not in fixed:
            return fixed | {"staff_ids": [seat.staff_id for seat in sheet.enrolled], "came": True}
        return fixed

    def _do(self, act: str, fixed: dict[str, Any], about: Own) -> None:
        sentence = SURE.get(act)
        if sentence is not None and not confirm(self.bench, INTENTS[act].label, sentence, INTENTS[act].label):
            return
        self.bench.background.do(act, fixed, partial(self._done, act), self.bench.refused)

    def _done(self, act: str, done: Done[Any]) -> None:
        if act == "training_sessions.withdraw" and done.value:
            toast(self.bench, counted("{n} person moved up from the waiting list",
                                      "{n} people moved up from the waiting list", len(done.value)))  # fmt: skip
        elif act == "training_sessions.certify":
            toast(self.bench, counted("{n} certificate was issued", "{n} certificates were issued", done.value))
        else:
            self.bench.operations.saved(done)

    def _paper(self, title: str, name: str, paper: Any) -> None:
        self.bench.places.go(ToPaper(title, name, paper))

    def _result(self, sheet: SessionSheet, seat: Any) -> None:
        initial = {name: getattr(seat, name) for name in RESULTS} | {"came": seat.signed_in_at is not None or None}
        initial = {name: value for name, value in initial.items() if value not in (None, "")}
        self.bench.form("attendances.enter", N_("Enter result…"), screen.RESULT, {"attendance_id": seat.id},
                        initial=initial, revising=True, facts=Own(f"{seat.name} · {sheet.row['title']}"))  # fmt: skip

    def _recheck(self, sheet: SessionSheet, certificates: list[UUID]) -> None:
        """The re-check of the certificates of everybody who passed."""
        if not certificates:
            toast(self.bench, N_("Nobody who passed holds a certificate of this kind"), kind="info")
            return
        on = sheet.row["starts_at"].astimezone().date()
        fixed, initial = {"certificate_ids": certificates}, {"on": on, "passed": True}
        facts = counted("{n} certificate of who passed", "{n} certificates of who passed", len(certificates))
        self.bench.places.go(ToForm("certificates.recheck", N_("Enter re-checks…"), fixed, initial, (), facts))

    # Enrolling

    def choose(self, sheet: SessionSheet) -> EnrolPage:
        """Choose people for a session."""
        page = EnrolPage(self.bench.background, sheet, self.bench.places.back())
        page.chosen.connect(partial(self._enrol, page, sheet))
        self.bench.open_page(page)
        return page

    def _enrol(self, page: EnrolPage, sheet: SessionSheet, people: list[UUID]) -> None:
        fixed = {"training_session_id": sheet.id, "staff_ids": people}
        self.bench.background.do(
            "training_sessions.enrol", fixed, partial(self._enrolled, page), partial(self._against, page, sheet, fixed)
        )

    def _enrol_due(self, due: Any) -> None:
        """A place in a session of the course that is due."""
        form = self.bench.form(
            "training_sessions.enrol", N_("Enrol…"), screen.PLACE, {"staff_ids": [due.staff_id]}, once=True, quiet=True,
            facts=Own(f"{due.name} · {due.course}"), then=self._say_enrolled,
        )  # fmt: skip
        form.fields["training_session_id"].box.within = partial(dict, course_id=due.course_id)

    def _enrolled(self, page: EnrolPage, done: Done[Any]) -> None:
        self.bench.leave_page(page)
        self._say_enrolled(done)

    def _say_enrolled(self, done: Done[Any]) -> None:
        found = done.value
        sentence = N_("{n} enrolled, {waiting} waiting for a place, {known} were there already")
        toast(self.bench, said(sentence, n=found.enrolled, waiting=found.waiting, known=found.known))

    def _against(self, page: EnrolPage, sheet: SessionSheet, fixed: dict[str, Any], error: Exception) -> None:
        """Who cannot come is told; a word enrols them nevertheless, or one goes back and leaves them out."""
        if not (isinstance(error, Conflict) and str(error.values.get("field", "")).endswith("despite")):
            self.bench.refused(error)
            return
        form = self.bench.form(
            "training_sessions.enrol", N_("Enrol nevertheless"), screen.DESPITE, fixed, once=True, facts=_named(sheet),
            needed=frozenset({"despite"}), then=partial(self._enrolled, page), quiet=True,
        )  # fmt: skip
        form.banner.say(said(error.message, **error.values))
        form.banner.show()

    # Signing in

    def door(self, session: UUID) -> DoorPage:
        """Open the page people sign in at."""
        page = DoorPage(self.bench.background, session)
        page.closed.connect(partial(self._close, page))
        self.bench.open_page(page)
        return page

    def _close(self, page: DoorPage, act: str, values: dict[str, Any]) -> None:
        """Hold the session from the door, and leave it."""
        sheet = values["_sheet"]
        if confirm(self.bench, INTENTS[act].label, SURE[act], INTENTS[act].label):
            fixed = {"training_session_id": sheet.id}
            self.bench.background.do(act, fixed, partial(self._held, page), self.bench.refused)

    def _held(self, page: DoorPage, done: Done[Any]) -> None:
        self.bench.leave_page(page)
        self.bench.operations.saved(done)

    # Lists

    def _take_in(self, sheet: SessionSheet) -> None:
        place, _ = QFileDialog.getOpenFileName(
            self.bench, words(N_("Take in attendance list…")), "", "Excel (*.xlsx *.xls *.ods);;CSV (*.csv)"
        )
        if place:
            self.take_in(sheet, Path(place))

    def take_in(self, sheet: SessionSheet, place: Path) -> None:
        """Say what a list would come to, then take it in."""
        from ui.pages.training_list import ListPage

        page = ListPage(self.bench.background, sheet, place, self.bench.places.back())
        page.taken.connect(self._taken)
        self.bench.open_page(page)

    def _taken(self, taken: Taken) -> None:
        told = N_("{came} were there, {absent} were not, {refused} rows stay out")
        toast(self.bench, said(told, came=taken.came, absent=taken.absent, refused=len(taken.refused)))

    # Plans and forms

    def _of_plan(self, act: str, values: dict[str, Any]) -> None:
        fixed = {name: value for name, value in values.items() if not name.startswith("_")}
        if act == "training_plans.take_off":
            self._do(act, fixed, Own(values["_name"]))
        else:
            sections = screen.ADOPT if act.endswith("adopt") else ()
            self.bench.form(act, INTENTS[act].label, sections, fixed, once=True)

    def _watch(self, form: FormPage) -> None:
        """The course that is chosen fills in title and hours that are empty, or that another course has filled in."""
        self._filled.clear()
        if "course_id" in form.fields:
            form.fields["course_id"].edited.connect(partial(self._course, form))

    def _course(self, form: FormPage) -> None:
        course = form.fields["course_id"].value()
        if course is not None:
            self.bench.background.ask(partial(asks.course, course), partial(self._fill, form), self.bench.refused)

    def _fill(self, form: FormPage, found: Row | None) -> None:
        for name, key in (("title", "name"), ("hours", "hours")) if found else ():
            field = form.fields.get(name)
            if found is not None and field is not None and field.value() in (None, self._filled.get(name)):
                self._filled[name] = found[key]
                field.set_value(found[key])


def _named(sheet: SessionSheet) -> Own:
    return Own(f"{sheet.row['number']} · {sheet.row['title']}")
