"""The training of a month: a calendar with every session, those of the marked day beside it, and ways to the lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.document_issuing import Subject
from services.training_calendar import Held
from ui.kit.button import Button, KeyHints
from ui.kit.card import SectionHead
from ui.kit.editors import today
from ui.kit.going import ToForm, ToList, ToPaper, ToSession
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, row
from ui.kit.month import Entry
from ui.kit.month_card import MonthCard
from ui.kit.page import PageHead, SidePane
from ui.kit.read_page import ReadPage
from ui.kit.text import Note, Own, counted, said
from ui.kit.theme import GAP, MARGIN
from ui.pages import training_papers
from ui.screens import training as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

LISTS = (
    ("training_sessions", N_("All sessions"), "list"), ("training_plans", N_("Plans"), "scroll-text"),
    ("courses", N_("Courses"), "book-open"),
)  # fmt: skip
HOUR = 9  # when a session begins that is added to a day


class CalendarPage(ReadPage):
    """`went` tells where to go; `board_asked` names another board of training."""

    watched = frozenset({"training_session", "attendance", "course"})
    went = Signal(object)
    board_asked = Signal(str)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found = list[Held]()
        self._make()
        self._arrange()
        self._say()
        self.begin({"N": self._add})

    def _make(self) -> None:
        may = self.background.desk.may
        shown: list[QWidget] = []
        for name, title, icon in LISTS:
            button = Button(title, icon)
            button.clicked.connect(partial(self._list, name))
            if may(f"{name}.list"):
                shown.append(button)
        self.due, self.audit = Button(N_("Courses due"), "clock"), Button(N_("Audit report"), "printer")
        self.trainers = Button(N_("Trainers"), "users")
        self.trainers.clicked.connect(self._trainers)
        self.add = Button(N_("Add session"), "plus", kind="primary")
        self.due.clicked.connect(self._due)
        self.audit.clicked.connect(self._audit)
        self.add.clicked.connect(self._add)
        rights = {"training.due": self.due, "training.trainers": self.trainers, "training.report": self.audit,
                  "training_sessions.add": self.add}  # fmt: skip
        shown += [button for right, button in rights.items() if may(right)]
        self.head = PageHead(N_("Training"), *shown, facts=Own(" "))
        hints = KeyHints([("↑↓←→", N_("Day")), ("PgUp", N_("Month")), ("Enter", N_("Open"))])
        self.calendar = MonthCard(N_("Training calendar"), hints)
        self.month = self.calendar.month
        self.day = SectionHead(Own(" "), note=Own(" "))
        self.grid = Grid(N_("Sessions of the day"), (Head("training_session", sorts=False),), tall=56)
        self.none = QWidget()
        self.none.setLayout(
            column(Note(N_("No session on this day. Choose another day, or add a session."), wrap=True), None)
        )
        self.month.moved.connect(self._say)
        self.month.turned.connect(self.read)
        self.month.opened.connect(self._opened)
        self.grid.opened.connect(self._open)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for part in (self.grid, self.none):
            self.stack.addWidget(part)
        side = SidePane(self.day, (self.stack, 1), width=340)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        middle = row((self.calendar, 1), side, gap=GAP)
        self.setLayout(column(self.head, self.wrong, (middle, 1), gap=14, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.month.field(self.month.day).setFocus()

    # Reading

    def question(self) -> Callable[[Desk], list[Held]]:
        """The sessions of the weeks that are shown."""
        return partial(_read, self.month.first, self.month.last)

    def _got(self, found: list[Held]) -> None:
        self.found = found
        days = defaultdict[date, list[Entry]](list)
        for held in found:
            text = f"{held.starts_at.astimezone():%H:%M} {held.title}"
            tone = screen.STATES[held.state.value]
            for day in _days(held):
                days[day].append(Entry(text, tone, held.state.value == "cancelled"))
        self.month.show_entries(days)
        self._say()

    def _say(self, _to: object = None) -> None:
        day = self.month.day
        here = [held for held in self.found if _day(held).month == day.month and held.state.value != "cancelled"]
        people, waiting = (sum(getattr(held, name) for held in here) for name in ("enrolled", "waiting"))
        told = N_("Sessions this month: {n}; enrolled: {people}; waiting for a place: {waiting}")
        self.head.show_facts(said(told, n=len(here), people=people, waiting=waiting))
        on = [held for held in self.found if day in _days(held)]
        self.day.title.say(Own(day.isoformat()))
        self.day.note.say(counted("{n} session", "{n} sessions", len(on)))
        self.day.note.show()
        self.grid.show_lines([Line(held.id, partial(_cells, held)) for held in on])
        self.stack.setCurrentWidget(self.grid if on else self.none)

    # What is asked

    def _opened(self, day: object) -> None:
        """The only session of a day at once; of several the first is marked."""
        on = [held.id for held in self.found if day in _days(held)]
        if len(on) == 1:
            self._open(on[0])
        elif on:
            self.grid.mark(on[0])
            self.grid.setFocus()
        else:
            self._add()

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self.went.emit(ToSession(key))

    def _list(self, name: str, _checked: bool = False) -> None:
        self.went.emit(ToList(name))

    def _trainers(self) -> None:
        self.board_asked.emit("training_trainers")

    def _due(self) -> None:
        self.board_asked.emit(screen.DUE.name)

    def _audit(self) -> None:
        year = self.month.day.year
        about = Subject("training_audit", None, None, today(), str(year))
        self.went.emit(ToPaper(N_("Training audit report"), f"{year}.pdf", partial(training_papers.audit, year), about))

    def _add(self) -> None:
        if not self.background.desk.may("training_sessions.add"):
            return
        begins = datetime.combine(self.month.day, time(HOUR)).astimezone()
        initial = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "kind": "lecture"}
        self.went.emit(ToForm("training_sessions.add", N_("Add session"), {}, initial, screen.SESSION))


def _day(held: Held) -> date:
    return held.starts_at.astimezone().date()


def _days(held: Held) -> list[date]:
    """The days it is held on."""
    first, last = _day(held), (held.ends_at.astimezone() - timedelta(microseconds=1)).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _cells(held: Held) -> Sequence[Cell]:
    begins, ends = held.starts_at.astimezone(), held.ends_at.astimezone()
    places = f"{held.enrolled}" if held.capacity is None else f"{held.enrolled}/{held.capacity}"
    end = f"{ends:%H:%M}" if len(_days(held)) == 1 else f"{ends:%m-%d %H:%M}"
    note = " · ".join(filter(None, (f"{begins:%H:%M}–{end}", places, held.place, held.trainer)))
    tone = screen.STATES[held.state.value]
    return [Cell(Own(held.title), note=Own(note), tone="text3" if tone == "idle" else "")]


def _read(first: date, last: date, desk: Desk) -> list[Held]:
    begin = datetime.combine(first, time()).astimezone()
    end = datetime.combine(last + timedelta(days=1), time()).astimezone()
    found: list[Held] = desk.ask("training_sessions.between", first=begin, last=end)
    return found
