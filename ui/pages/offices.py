"""Board: offices against the standard, units against the standard, rooms nobody uses, as on a chosen day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.document_issuing import Subject
from services.office_space import IdleRoom, OfficeCheck
from services.room_sheets import RoomSheet, Use
from ui.kit import show
from ui.kit.as_on import AsOn
from ui.kit.button import Button
from ui.kit.card import Card, HairLine
from ui.kit.editors import today
from ui.kit.filters import SearchBox
from ui.kit.going import ToList, ToPaper, ToRoom
from ui.kit.grid import Grid
from ui.kit.grid_model import Line
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage
from ui.kit.tabs import Tabs
from ui.kit.text import Note, Own, said, words
from ui.kit.theme import MARGIN
from ui.pages import offices_rows, place_papers, use_forms

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

OFFICES, UNITS, IDLE = range(3)
EMPTY = (
    ("circle-check", N_("No office is over the standard"), N_("Offices whose users have a rank are checked here.")),
    ("landmark", N_("No unit uses an office"), N_("Record who uses which room; then units stand here.")),
    ("circle-check", N_("Every room has a user"), N_("Offices, dwellings and shops without a user would stand here.")),
)


@dataclass
class Found:
    """What is known of the day."""

    on: date
    checks: list[OfficeCheck] = field(default_factory=list)
    units: list[OfficeCheck] = field(default_factory=list)
    idle: list[IdleRoom] = field(default_factory=list)


class OfficesPage(ReadPage):
    """Three tables of one day; `went` tells where somebody wants to go from a row."""

    watched = frozenset({"room", "occupancy", "building", "compound", "staff", "organization"})
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found, self.searching, self.read_once = Found(today()), "", False
        self._make()
        self._arrange()
        self.begin()

    def _make(self) -> None:
        may = self.background.desk.may
        self.day = AsOn()
        self.day.turned.connect(self.read)
        self.open, self.print = Button(N_("Room sheet"), "door-open"), Button(N_("Print the list"), "printer")
        self.decide = Button(N_("Record decision"), "pencil")
        self.open.clicked.connect(self._open)
        self.print.clicked.connect(self._print)
        self.decide.clicked.connect(self._decide)
        shown = [self.print, *([self.decide] if may("occupancies.revise") else []), self.open]
        self.head = PageHead(N_("Office space"), *shown, facts=Own(" "))
        self.tabs = Tabs(N_("Over the standard"), N_("By unit"), N_("Nobody uses them"))
        self.tabs.chosen.connect(self._show_tab)
        self.search = SearchBox()
        self.search.asked.connect(self._filter)
        names = (N_("Over the standard"), N_("By unit"), N_("Nobody uses them"))
        heads = (offices_rows.OVER, offices_rows.UNITS, offices_rows.IDLE)
        self.grids = [
            Grid(name, head, tall=52 if n != UNITS else 44)
            for n, (name, head) in enumerate(zip(names, heads, strict=True))
        ]
        self.empties = [EmptyState(*words_) for words_ in EMPTY]
        self.unmatched = EmptyState("search", N_("Nothing matches"), N_("Try fewer filters or another word."))
        for grid in self.grids:
            grid.opened.connect(self._open)
            grid.marked.connect(self._marked)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for part in (*self.grids, *self.empties, self.unmatched):
            self.stack.addWidget(part)
        card, foot = Card(gap=0, margins=(1, 1, 1, 1)), QWidget()
        self.remark = Note(N_("发改投资〔2014〕2674号: usable floor area, an upper limit for each rank."), elide=True)
        foot.setLayout(row((self.remark, 1), margins=(16, 10, 16, 10)))
        for item in (self.stack, HairLine(), foot):
            card.box.addWidget(item, int(item is self.stack))
        above = row((self.tabs, 1), self.search, 4, self.day, gap=8)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, above, (card, 1), gap=14, margins=margins))
        search = self.search.line.setFocus
        shortcuts(self, {"/": search, "Ctrl+F": search})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grids[self.tabs.current()].setFocus()

    # Reading

    def question(self) -> Callable[[Desk], Found]:
        """What is to be said of the day."""
        return partial(_read, self.day.day)

    def _got(self, found: Found) -> None:
        self.found, self.read_once = found, True
        wrong = [check for check in found.checks if check.over]
        self.head.show_facts(
            said(
                N_("{over} of {all} offices are over the standard by {area} m² in all; {unknown} cannot be judged; "
                   "{idle} rooms without a user"),
                over=len(wrong), all=len(found.checks), area=show.area(sum(check.over for check in wrong)),
                unknown=sum(1 for check in found.checks if check.unknown), idle=len(found.idle),
            )
        )  # fmt: skip
        self._fill()

    def _filter(self, text: str) -> None:
        self.searching = text.casefold()
        self._fill()

    def _fill(self) -> None:
        """Make the rows off the window's thread: there may be as many as rooms."""
        self.background.ask(partial(_lines, self.found, self.searching), self._show, tag=f"officelines{id(self)}")

    def _show(self, lines: tuple[list[Line], ...]) -> None:
        for grid, rows in zip(self.grids, lines, strict=True):
            grid.show_lines(rows)
            if grid.key() is None and rows:
                grid.mark(rows[0].key)
        self._show_tab(self.tabs.current())

    def _show_tab(self, at: int) -> None:
        grid = self.grids[at]
        there = bool(grid.records.top) or not self.read_once
        self.stack.setCurrentWidget(grid if there else self.unmatched if self.searching else self.empties[at])
        self.open.say(N_("Show their rooms") if at == UNITS else N_("Room sheet"))
        self._marked(grid.key())

    # What can be done

    def _key(self) -> object:
        return self.grids[self.tabs.current()].key()

    def _marked(self, _key: object) -> None:
        key, at = self._key(), self.tabs.current()
        may = self.background.desk.may("occupancies.list") if at == UNITS else True
        self.open.setEnabled(key is not None and may)
        self.decide.setEnabled(at == OFFICES and key is not None)
        self.print.setEnabled(any(check.over for check in self.found.checks))

    def _open(self, _key: object = None) -> None:
        key, at = self._key(), self.tabs.current()
        if isinstance(key, OfficeCheck) and at == UNITS:
            names = {key.id: key.name} if key.id else {}
            self.went.emit(ToList("occupancies", (("unit_id", (key.id,)),), names))
        elif isinstance(key, OfficeCheck | IdleRoom) and key.id is not None:
            self.went.emit(ToRoom(key.id))

    def _decide(self) -> None:
        key = self._key()
        if not isinstance(key, OfficeCheck) or self.tabs.current() != OFFICES:
            return
        if len(key.rows) != 1:
            self._open()  # which of its users it is about is said on its sheet
            return
        self.background.ask(partial(_use, key, self.found.on), partial(self._ask_decision, key))

    def _ask_decision(self, key: OfficeCheck, use: Use | None) -> None:
        if use is None:
            return  # ended or moved meanwhile
        facts = said(
            N_("{place} · {room}: {over} m² too much"), place=key.place, room=key.number, over=show.area(key.over)
        )
        self.went.emit(use_forms.decision(use, facts))

    def _print(self) -> None:
        name = f"{words(N_('Offices over the standard'))}-{self.found.on}.pdf"
        on = self.found.on
        about = Subject("offices", None, None, on)
        self.went.emit(ToPaper(N_("Offices over the standard"), name, partial(place_papers.over, on), about))


def _lines(found: Found, searching: str, _desk: Desk) -> tuple[list[Line], ...]:
    over, units = offices_rows.over(found.checks, searching), offices_rows.units(found.units, searching)
    return over, units, offices_rows.idle(found.idle, found.on, searching)


def _use(check: OfficeCheck, on: date, desk: Desk) -> Use | None:
    sheet = cast("RoomSheet", desk.ask("occupancies.room", room_id=check.id, on=on))
    return next((use for use in sheet.uses if use.id == check.rows[0]), None)


def _read(on: date, desk: Desk) -> Found:
    check, by_unit, idle = (desk.ask(f"occupancies.{name}", on=on) for name in ("check", "by_unit", "idle"))
    return Found(on, check, by_unit, idle)
