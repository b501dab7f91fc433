"""Work by days: a month with every planned job, those of the marked day and those without a day beside it; a job is
pulled to another day with the mouse, or sent there by keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.desk.listing import LISTINGS
from services.document_issuing import Subject
from services.work_board import Card as Order
from services.work_planned import Planned
from ui.kit.button import Button, KeyHints
from ui.kit.card import Banner, HairLine, SectionHead
from ui.kit.chip import Chip
from ui.kit.editors import today
from ui.kit.going import ToOrder, ToPaper
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.keys import shortcuts
from ui.kit.layout import column, hide_unless, row
from ui.kit.month import Entry
from ui.kit.month_card import MonthCard
from ui.kit.page import PageHead, SidePane
from ui.kit.pull import Pull
from ui.kit.read_page import ReadPage
from ui.kit.text import Note, Own, counted, said
from ui.kit.theme import GAP, MARGIN
from ui.pages import work_cards
from ui.screens.work_orders import PRIORITIES, WATCHED

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

FREE = N_("Nothing is planned on this day. Mark a job, press P and choose the day with the arrows.")
HOUR = 9  # when work begins that is sent to a day


class WorkCalendarPage(ReadPage):
    """`went` tells where to go; `planned` an order and when it is to begin."""

    watched = WATCHED
    went = Signal(object)
    planned = Signal(object, object)  # the order, an instant

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found = Planned((), ())
        self.sending: Order | None = None
        self._make()
        self._arrange()
        self._say()
        self.begin()

    def _make(self) -> None:
        specs = LISTINGS["work_orders"].columns
        self.chips = {
            name: Chip(self.background, specs[name], "work_orders") for name in ("compound_id", "technician_id")
        }
        self.print = Button(N_("Print month"), "printer")
        hide_unless(self.background.desk.may("work_orders.calendar_paper"), self.print)
        self.head = PageHead(N_("Work calendar"), *self.chips.values(), self.print, facts=Own(" "))
        self.hint = Banner("info")
        self.hint.hide()
        hints = KeyHints(
            [("↑↓←→", N_("Day")), ("PgUp", N_("Month")), ("Enter", N_("Open")), ("P", N_("To another day"))]
        )
        self.calendar = MonthCard(N_("Work calendar"), hints)
        self.month = self.calendar.month
        self.day, self.rest = SectionHead(Own(" "), note=Own(" ")), SectionHead(N_("Without a day"), note=Own(" "))
        self.grid = Grid(N_("Jobs of the day"), (Head("work_order", sorts=False),), tall=56)
        self.waiting = Grid(N_("Without a day"), (Head("work_order", sorts=False),), tall=56)
        self.free, self.of_day = QWidget(), QStackedWidget()
        self.free.setLayout(column(Note(FREE, wrap=True), None))
        self.of_day.addWidget(self.grid)
        self.of_day.addWidget(self.free)
        self.pulls = [Pull(self.grid), Pull(self.waiting)]
        self.print.clicked.connect(self._print)
        self.month.moved.connect(self._say)
        self.month.turned.connect(self.read)
        self.month.opened.connect(self._opened)
        self.month.pulled.connect(self._send)
        for grid, pull in zip((self.grid, self.waiting), self.pulls, strict=True):
            grid.opened.connect(self._open)
            pull.let_go.connect(self._let_go)
        for chip in self.chips.values():
            chip.changed.connect(self.read)

    def _arrange(self) -> None:
        side = SidePane(self.day, (self.of_day, 1), HairLine(), self.rest, (self.waiting, 1), width=340)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        middle = row((self.calendar, 1), side, gap=GAP)
        self.setLayout(column(self.head, self.wrong, self.hint, (middle, 1), gap=12, margins=margins))
        shortcuts(self, {"P": self.send, "Esc": self.give_up})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.month.field(self.month.day).setFocus()

    # Reading

    def question(self) -> Callable[[Desk], Planned]:
        """The work of the weeks that are shown."""
        chosen = {f"{name}s": [key for key in chip.values if key] for name, chip in self.chips.items() if chip.values}
        return partial(_read, self.month.first, self.month.last, chosen)

    def _got(self, found: Planned) -> None:
        self.found = found
        now, days = datetime.now(UTC), defaultdict[date, list[Entry]](list)
        for order in found.days:
            tone = "bad" if order.late(now) else PRIORITIES[order.priority.value]
            begins = f"{_start(order):%H:%M} {order.title}"
            days[_start(order).date()].append(Entry(begins, tone, key=order.id))
        self.month.show_entries(days)
        self._say()

    def _say(self, _to: object = None) -> None:
        day = self.month.day
        here = sum(_start(order).month == day.month for order in self.found.days)
        told = N_("Jobs this month: {n}; without a day: {waiting}")
        self.head.show_facts(said(told, n=here, waiting=len(self.found.waiting)))
        on = [order for order in self.found.days if _start(order).date() == day]
        self.day.title.say(Own(day.isoformat()))
        for head, orders in ((self.day, on), (self.rest, self.found.waiting)):
            head.note.say(counted("{n} job", "{n} jobs", len(orders)))
            head.note.show()
        self.of_day.setCurrentWidget(self.grid if on else self.free)
        self.grid.show_lines([Line(order.id, partial(_cells, order)) for order in on])
        self.waiting.show_lines([Line(order.id, partial(_cells, order)) for order in self.found.waiting])

    # What is asked

    def order(self, key: object) -> Order | None:
        """The order with an id."""
        return next((order for order in (*self.found.days, *self.found.waiting) if order.id == key), None)

    def send(self) -> None:
        """Send the marked job to a day: the keyboard goes to the month, Enter plans it there."""
        grid = self.waiting if self.waiting.hasFocus() else self.grid
        self.sending = self.order(grid.key())
        if self.sending is not None:
            self.hint.say(N_("{job}: choose a day with the arrows; Enter plans it there, Esc gives up."),
                          job=self.sending.title)  # fmt: skip
            self.hint.show()
            self.month.field(self.month.day).setFocus()

    def _print(self, _checked: bool = False) -> None:
        """The month of one compound: the one that is chosen, or whose jobs are shown."""
        shown = {order.compound_id for order in (*self.found.days, *self.found.waiting)}
        of = [key for key in self.chips["compound_id"].values if key] or list(shown)
        if len(of) != 1:
            self.hint.say(N_("Choose one compound above: its month is printed on one sheet."))
            self.hint.show()
            return
        work = partial(_paper, of[0], self.month.day)
        month = f"{self.month.day:%Y-%m}"
        about = Subject("calendar", of[0], of[0], today(), month)
        self.went.emit(ToPaper(N_("Work calendar"), f"calendar-{month}.pdf", work, about))

    def give_up(self) -> None:
        """Nothing is sent after all."""
        self.sending = None
        self.hint.hide()

    def _let_go(self, key: object, place: QPoint) -> None:
        day = self.month.day_at(place)
        if day is not None:
            self._send(key, day)

    def _send(self, key: object, day: date) -> None:
        order = self.order(key)
        if order is not None:
            at = _start(order).time() if order.planned_from else time(HOUR)
            self.planned.emit(order, datetime.combine(day, at).astimezone())

    def _opened(self, day: date) -> None:
        """Enter: what is being sent is planned; else the only job of a day is opened, of several the first marked."""
        if self.sending is not None:
            order = self.sending
            self.give_up()
            self._send(order.id, day)
            return
        on = [order.id for order in self.found.days if _start(order).date() == day]
        if len(on) == 1:
            self._open(on[0])
        elif on:
            self.grid.mark(on[0])
            self.grid.setFocus()

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self.went.emit(ToOrder(key))


def _start(order: Order) -> datetime:
    return (order.planned_from or order.reported_at).astimezone()


def _cells(order: Order) -> Sequence[Cell]:
    begin = f"{_start(order):%H:%M}" if order.planned_from else ""
    note = " · ".join(filter(None, (begin, work_cards.who_has(order), *order.where)))
    return [Cell(Own(order.title), note=Own(note), tone="bad" if order.late(datetime.now(UTC)) else "")]


def _paper(compound: UUID, month: date, desk: Desk) -> bytes:
    data: bytes = desk.ask("work_orders.calendar_paper", compound_id=compound, month=month, on=today())
    return data


def _read(first: date, last: date, chosen: dict[str, Any], desk: Desk) -> Planned:
    begin, end = (datetime.combine(day, time()).astimezone() for day in (first, last + timedelta(days=1)))
    found: Planned = desk.ask("work_orders.planned", first=begin, last=end, **chosen)
    return found
