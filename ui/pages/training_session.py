"""One session: who has a place and who waits, who came and what of it, the next step, its papers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget

from resources.words import N_
from services.desk.listing import LISTINGS
from ui.kit import acts, show
from ui.kit.button import Button, LinkButton
from ui.kit.card import Card, KeyValue, SectionHead, headed
from ui.kit.editors import today
from ui.kit.grid import Grid
from ui.kit.layout import column, emptied, hide_unless, row
from ui.kit.page import EmptyState, PageHead, SidePane
from ui.kit.pill import Pill
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.screen import Act
from ui.kit.stat import Stat
from ui.kit.steps import StepBar
from ui.kit.text import Own, counted, said
from ui.kit.theme import GAP, LOOK, MARGIN
from ui.pages import training_seats
from ui.screens import training as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.training_sheet import Seat, SessionSheet
    from ui.kit.background import Background

STEPS = (
    (N_("Planned"), N_("people are enrolled")), (N_("Running"), N_("people sign in")),
    (N_("Held"), N_("results stand")),
)  # fmt: skip
STEP_OF = {"planned": 0, "running": 1, "held": 3, "cancelled": 0}
ENROL = Act("training_sessions.enrol", "plus", N_("Enrol people…"))
START = Act("training_sessions.start", "check", N_("Start session"))
DOOR = Act("training_sessions.sign_in", "log-in", N_("Sign-in page"))
HOLD = Act("training_sessions.hold", "check", N_("Hold session"))
PAPER = Act("training_sessions.paper", "printer", N_("Session sheet"))
TAKE = Act("training_sessions.take_in", "upload", N_("Take in attendance list…"))
ALL = Act("training_sessions.mark", "check", N_("All were there"))
EDIT = Act("training_sessions.revise", "pencil", N_("Edit"))
CANCEL = Act("training_sessions.cancel", "x", N_("Cancel session…"))
CERTIFY = Act("training_sessions.certify", "file-badge", N_("Issue certificates"))
RECHECK = Act("certificates.recheck", "shield-check", N_("Enter re-checks…"))
REOPEN = Act("training_sessions.reopen", "undo-2", N_("Take session back…"))
MORE = {
    "planned": (EDIT, CANCEL), "running": (ENROL, ALL, TAKE, EDIT, CANCEL), "held": (TAKE, EDIT, REOPEN),
    "cancelled": (),
}  # fmt: skip


class SessionPage(RecordPage):
    """Shows a session. The window runs what `asked` names; `opened` names a person."""

    watched = frozenset({"training_session", "attendance", "course", "staff", "staff_absence"})
    asked = Signal(str, object)  # name of an act, its values
    opened = Signal(object)
    sheet: SessionSheet | None

    def __init__(self, background: Background, session: UUID, back: tuple[str, str]) -> None:
        super().__init__(background)
        self.session = session
        self._make(back)
        self._arrange()
        self.begin({"F2": partial(self._run, EDIT)})

    def _make(self, back: tuple[str, str]) -> None:
        self.more, self.paper = Button(N_("More"), "ellipsis"), Button(PAPER.label, PAPER.icon)
        self.second, self.next = Button(HOLD.label, HOLD.icon), Button(ENROL.label, ENROL.icon, kind="primary")
        self.head = PageHead("training_session", self.more, self.paper, self.second, self.next, back=(back,),
                             facts=Own(" "))  # fmt: skip
        self.steps = StepBar(STEPS)
        for part in (self.more, self.paper, self.second, self.next):
            part.hide()
        self.grid = Grid(N_("Participants"), training_seats.HEADS, tall=50)
        self.none = EmptyState(
            "users", N_("Nobody is enrolled"), N_("Enrol people; who finds no place waits in order.")
        )
        self.result, self.withdraw = LinkButton(N_("Enter result…")), LinkButton(N_("Withdraw"))
        self.there, self.absent = LinkButton(N_("Was there")), LinkButton(N_("Was not there"))
        self.certificate, self.person = LinkButton(N_("Certificate")), LinkButton(N_("Open person"), "arrow-right")
        self.links = {
            self.result: "attendances.enter", self.there: "training_sessions.mark", self.absent: "mark_absent",
            self.withdraw: "training_sessions.withdraw", self.certificate: "attendances.certificate",
            self.person: "staff.sheet",
        }  # fmt: skip
        for link in self.links:
            link.clicked.connect(partial(self._on_person, link))
            hide_unless(False, link)
        self.stats = {name: Stat(title) for name, title in
                      (("places", N_("Enrolled")), ("waiting", N_("Waiting")), ("came", N_("Were there")),
                       ("passed", N_("Passed")))}  # fmt: skip
        self.facts = column(gap=10)
        self.next.clicked.connect(partial(self._step, 0))
        self.second.clicked.connect(partial(self._step, 1))
        self.paper.clicked.connect(partial(self._run, PAPER))
        self.more.clicked.connect(self._menu)
        self.grid.opened.connect(self._opened)
        self.grid.marked.connect(self._offer)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for part in (self.grid, self.none):
            self.stack.addWidget(part)
        people = headed(SectionHead(N_("Participants"), *self.links), (self.stack, 1))
        side = SidePane(SectionHead(N_("Facts")), self.facts, None, width=320)
        figures = row(*((stat, 1) for stat in self.stats.values()), gap=12)
        left = column(figures, (people, 1), gap=14)
        steps = Card(self.steps, margins=(20, 8, 20, 8))
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        middle = row((left, 1), side, gap=GAP)
        self.setLayout(column(self.head, self.wrong, steps, (middle, 1), gap=14, margins=margins))

    # Reading

    def question(self) -> Callable[[Desk], SessionSheet]:
        """The session and everybody in it."""
        return asking("training_sessions.sheet", training_session_id=self.session)

    def _first(self, sheet: SessionSheet) -> None:
        self.grid.setFocus()

    # What is said

    def _say(self, sheet: SessionSheet) -> None:
        state, row_ = sheet.state.value, sheet.row
        self.head.title.say(Own(str(row_["title"])))
        about = (row_["number"], row_["course"], show.instant(row_["starts_at"]), row_["trainer"], row_["compound"])
        self.head.show_facts(Own(" · ".join(str(part) for part in about if part)))
        self.head.show_pills(Pill(f"training_session.state={state}", screen.STATES[state]))
        self.steps.show_current(STEP_OF[state])
        self.grid.show_lines(training_seats.lines(sheet.seats, held=state == "held"))
        self.stack.setCurrentWidget(self.grid if sheet.seats else self.none)
        self._say_figures(sheet)
        self._say_facts(sheet)
        steps = [*self._next(), None, None]
        for button, act in zip((self.next, self.second), steps, strict=False):
            button.setVisible(act is not None)
            if act is not None:
                button.say(act.label, act.icon)
        self.paper.setVisible(self.background.desk.may(PAPER.name) and state != "cancelled")
        self.more.setVisible(bool(self._rest()))
        self._offer()

    def _say_figures(self, sheet: SessionSheet) -> None:
        capacity, rated = sheet.row["capacity"], [seat.rating for seat in sheet.seats if seat.rating]
        places = f"{len(sheet.enrolled)}" if capacity is None else f"{len(sheet.enrolled)} / {capacity}"
        free = None if capacity is None else max(0, capacity - len(sheet.enrolled))
        self.stats["places"].say(Own(places), Own(" ") if free is None else counted("{n} free", "{n} free", free))
        self.stats["waiting"].say(Own(str(len(sheet.waiting))), tone="warn" if sheet.waiting else "text")
        self.stats["came"].say(Own(str(sheet.came)))
        mean = sum(rated) / len(rated) if rated else 0
        told = said(N_("rated {mean} by {n}"), mean=f"{mean:.1f}", n=len(rated)) if rated else Own(" ")
        self.stats["passed"].say(Own(str(sheet.passed)), told)

    def _say_facts(self, sheet: SessionSheet) -> None:
        emptied(self.facts)
        specs = LISTINGS["training_sessions"].columns
        for name in screen.SESSIONS.facts:
            if (value := sheet.row.get(name)) not in (None, ""):
                shown = Own(show.fact(LOOK.lang, specs[name], value, sheet.row))
                self.facts.addWidget(KeyValue(specs[name].key, shown))

    def _next(self) -> list[Act]:
        """The next steps, the nearest first: one is primary, another stands beside it."""
        assert self.sheet is not None
        sheet, state = self.sheet, self.sheet.state.value
        due = sheet.row["starts_at"].astimezone().date() <= today()
        found = {
            "planned": [START, ENROL] if due and sheet.enrolled else [ENROL, START] if due else [ENROL],
            "running": [DOOR, HOLD],
            "held": [*([CERTIFY] if self._to_certify() else []), *([RECHECK] if self._to_recheck() else [])],
        }.get(state, [])
        return [act for act in found if self.background.desk.may(act.name)]

    def _to_certify(self) -> bool:
        assert self.sheet is not None
        fresh = any(seat.passed and not seat.certificate_no for seat in self.sheet.seats)
        return self.sheet.own_certificate and fresh

    def _to_recheck(self) -> bool:
        assert self.sheet is not None
        return bool(self.sheet.certificate_kind and self.sheet.passed)

    def _rest(self) -> list[Act]:
        if self.sheet is None:
            return []
        return [act for act in MORE[self.sheet.state.value] if self.background.desk.may(act.name)]

    def marked(self) -> Seat | None:
        """The place that is marked."""
        key = self.grid.key()
        return next((seat for seat in self.sheet.seats if seat.staff_id == key), None) if self.sheet else None

    def _offer(self, _key: object = None) -> None:
        seat, may = self.marked(), self.background.desk.may
        if seat is None or self.sheet is None:
            for link in self.links:
                link.hide()
            return
        state, placed = self.sheet.state.value, seat.state.value == "enrolled"
        came, open_ = seat.signed_in_at is not None, state in ("running", "held")
        for link, wanted in (
            (self.result, open_ and placed and may("attendances.enter")),
            (self.there, open_ and placed and not came and may("training_sessions.mark")),
            (self.absent, open_ and came and may("training_sessions.mark")),
            (self.withdraw, state in ("planned", "running") and not came and may("training_sessions.withdraw")),
            (self.certificate, bool(seat.certificate_no) and may("attendances.certificate")),
            (self.person, may("staff.sheet")),
        ):
            link.setVisible(wanted)

    # What is asked

    def _step(self, at: int, _checked: bool = False) -> None:
        steps = self._next()
        if at < len(steps):
            self._run(steps[at])

    def _menu(self) -> None:
        acts.popup(self, self.more.mapToGlobal(QPoint(0, self.more.height() + 4)), self._rest(), 1, self._run)

    def _run(self, act: Act, _checked: bool = False) -> None:
        if self.sheet is not None and self.background.desk.may(act.name):
            self._ask(act.name)

    def _ask(self, act: str, **values: Any) -> None:
        self.asked.emit(act, {"training_session_id": self.session, "_sheet": self.sheet} | values)

    def _on_person(self, link: LinkButton, _checked: bool = False) -> None:
        seat, act = self.marked(), self.links[link]
        if seat is None:
            return
        if act == "staff.sheet":
            self.opened.emit(seat.staff_id)
        elif act == "mark_absent":
            self._ask("training_sessions.mark", staff_ids=[seat.staff_id], came=False)
        elif act.startswith("attendances."):
            self._ask(act, _seat=seat)
        else:
            self._ask(act, staff_ids=[seat.staff_id])

    def _opened(self, _key: object) -> None:
        """Enter: the result where one may be entered, else the person."""
        if self.result.isVisible():
            self._on_person(self.result)
        elif self.person.isVisible():
            self._on_person(self.person)
