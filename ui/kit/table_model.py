"""A list of up to a million records for Qt: ordered numbers in memory, pages of rows brought by a worker."""

from __future__ import annotations

import itertools
from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.listing import View
    from ui.kit.background import Background
    from ui.kit.columns import Column

FIRST, PAGE, KEPT = 48, 24, 500  # rows read to begin with and at once later, pages remembered
SETTLE = 150  # milliseconds: a person who goes on typing never waits for a list nobody looks at
BESIDE = 15  # milliseconds: the page that is looked at is painted before its neighbours are read
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
DISPLAY, SPOKEN = int(Role.DisplayRole), int(Role.AccessibleTextRole)
_serial = itertools.count()


class Line(NamedTuple):
    """A record as it came and as it is shown: one text a column, and the second lines."""

    row: Mapping[str, Any]
    texts: tuple[str, ...]
    seconds: tuple[str, ...]


class Listed(NamedTuple):
    """A whole list read again: numbers, the lines of the window, where the marked rows and the top row are now."""

    numbers: array[int]
    lines: dict[int, list[Line]]
    marked: list[int] | None
    top: int
    asked: Collection[int] | None  # the marks this was read for


class RecordModel(QAbstractTableModel):
    """`show` a view; the first page is there at once, the whole order a moment later, the rest when looked at.

    `data` never asks anybody: a row that is not here yet has no text, and its cells change when it lands. The view
    says what it looks at with `watch`; a newer look replaces a request that has not begun.
    """

    replaced = Signal(object)  # Listed, or None for a first page: put marks and scrolling where they belong
    settled = Signal()  # the whole order is known
    failed = Signal(object)  # the exception; the old rows stay
    busy = Signal(bool)

    def __init__(self, background: Background, columns: tuple[Column, ...], lang: Callable[[], str]) -> None:
        super().__init__()
        self.background, self.columns, self.lang = background, columns, lang
        self.view: View | None = None
        self.numbers: array[int] = array("q")
        self.complete = False
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()
        self._seen = (0, 0)
        self._marks: Callable[[], Collection[int] | None] = tuple
        self._tag = f"list{next(_serial)}"
        self._fetching: frozenset[int] = frozenset()
        self._order_no = 0  # goes up when the rows stand in another order: pages read before are of no use
        self._later = QTimer(self, singleShot=True, interval=SETTLE)
        self._later.timeout.connect(self._order)
        self._beside = QTimer(self, singleShot=True, interval=BESIDE)
        self._beside.timeout.connect(self._fetch)

    def keep_marks(self, marks: Callable[[], Collection[int] | None]) -> None:
        """`marks` tells the numbers of the rows that are marked; None stands for all of them."""
        self._marks = marks

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role != DISPLAY and role != SPOKEN:
            return None
        line = self.line(index.row())
        if line is None:
            return ""
        column = index.column()
        if role == DISPLAY:
            return line.texts[column]
        spoken = f"{self.columns[column].title()}: {line.texts[column]}"
        return f"{spoken}, {line.seconds[column]}" if line.seconds[column] else spoken

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role != DISPLAY and role != SPOKEN:
            return None
        return self.columns[section].title() if orientation == Qt.Orientation.Horizontal else str(section + 1)

    # What the view asks

    def line(self, at: int) -> Line | None:
        """The record in row `at`, None while it is on its way."""
        page = self._pages.get(at // PAGE)
        return page[at % PAGE] if page is not None and at % PAGE < len(page) else None

    def watch(self, first: int, last: int) -> None:
        """These rows are looked at: bring what is missing, then the pages beside them."""
        self._seen = (first, last)
        self._fetch()

    def show(self, view: View) -> None:
        """Show another view. The old rows stay until its first page is here; answers to older views are dropped."""
        self.view = view
        self._drop()
        self.busy.emit(True)
        self.background.ask(partial(_first, view, self._lines), self._first, self._fail, self._tag)

    def reload(self) -> None:
        """Read the same view again, behind what is shown; marks and place stay with their records."""
        if self.view is None:
            return
        self._drop()
        self._order()

    def restate(self) -> None:
        """The language changed: say everything again."""
        self._pages.clear()
        self._fetching = frozenset()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._fetch()

    # How rows come

    def _drop(self) -> None:
        self._later.stop()
        self._fetching = frozenset()
        for part in ("", ".order", ".page"):
            self.background.drop(self._tag + part)

    def _lines(self, rows: list[dict[str, Any]]) -> list[Line]:
        lang = self.lang()
        return [
            Line(row, tuple(c.text(lang, row) for c in self.columns), tuple(c.second(lang, row) for c in self.columns))
            for row in rows
        ]

    def _first(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self._renumber()
        self.numbers = array("q", (line.row["n"] for line in lines))
        self._pages = OrderedDict((at // PAGE, lines[at : at + PAGE]) for at in range(0, len(lines), PAGE))
        self.complete = len(lines) < FIRST
        self.endResetModel()
        self.replaced.emit(None)
        if self.complete:
            self._settle()
        else:
            self._later.start()

    def _order(self) -> None:
        assert self.view is not None
        top = self.numbers[self._seen[0]] if self._seen[0] < len(self.numbers) else -1
        work = partial(_order, self.view, self._lines, self._marks(), top, self._seen)
        self.background.ask(work, self._ordered, self._fail, self._tag + ".order")

    def _ordered(self, listed: Listed) -> None:
        if listed.asked != self._marks():  # somebody marked other rows meanwhile
            self._order()
            return
        known = len(self.numbers)
        if not self.complete and known and listed.numbers[:known] == self.numbers:
            self._extend(known, listed)
        else:
            self.beginResetModel()
            self._renumber()
            self.numbers = listed.numbers
            self._pages = OrderedDict(listed.lines)
            self.endResetModel()
        self.complete = True
        self.replaced.emit(listed)
        self._settle()

    def _extend(self, known: int, listed: Listed) -> None:
        if len(listed.numbers) > known:
            self.beginInsertRows(QModelIndex(), known, len(listed.numbers) - 1)
            self.numbers = listed.numbers
            self.endInsertRows()
        self._land(listed.lines)

    def _renumber(self) -> None:
        self._order_no += 1
        self._fetching = frozenset()
        self.background.drop(self._tag + ".page")

    def _settle(self) -> None:
        self.busy.emit(False)
        self.settled.emit()

    def _fail(self, error: Exception) -> None:
        self._fetching = frozenset()
        self.busy.emit(False)
        self.failed.emit(error)

    def _fetch(self) -> None:
        first, last = self._seen[0] // PAGE, self._seen[1] // PAGE
        for page in range(first, last + 1):
            if page in self._pages:
                self._pages.move_to_end(page)
        wanted = self._missing(range(first, last + 1)) or self._missing((first - 1, last + 1))
        if not wanted or wanted <= self._fetching:
            return
        self._fetching = frozenset(wanted)
        parts = {page: self.numbers[page * PAGE : (page + 1) * PAGE] for page in wanted}
        work = partial(_pages, self.view.listing if self.view else "", self._lines, parts)
        self.background.ask(work, partial(self._landed, self._order_no), self._fail, self._tag + ".page")

    def _missing(self, pages: Collection[int]) -> set[int]:
        end = len(self.numbers)
        return {page for page in pages if 0 <= page * PAGE < end and page not in self._pages}

    def _landed(self, order_no: int, pages: dict[int, list[Line]]) -> None:
        if order_no == self._order_no:
            self._fetching = frozenset()
            self._land(pages)
            self._beside.start()

    def _land(self, pages: dict[int, list[Line]]) -> None:
        if not pages:
            return
        self._pages |= pages
        top = max(self._seen[0], min(pages) * PAGE)
        bottom = min(self._seen[1], (max(pages) + 1) * PAGE - 1, len(self.numbers) - 1)
        if top <= bottom:  # Qt paints the whole table for a change anywhere in it
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, len(self.columns) - 1))
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)


Make = Callable[[list[dict[str, Any]]], list[Line]]


def _first(view: View, make: Make, desk: Desk) -> list[Line]:
    return make(desk.first(view, FIRST))


def _pages(listing: str, make: Make, parts: dict[int, array[int]], desk: Desk) -> dict[int, list[Line]]:
    rows = desk.page(listing, [number for numbers in parts.values() for number in numbers])
    found = {row["n"]: row for row in rows}  # a row that is gone leaves its place empty
    return {page: make([found.get(n) or {"n": n} for n in numbers]) for page, numbers in parts.items()}


def _order(
    view: View, make: Make, marks: Collection[int] | None, top: int, seen: tuple[int, int], desk: Desk
) -> Listed:
    numbers = desk.ids(view)
    place = seen[0]
    if not (place < len(numbers) and numbers[place] == top):
        place = next(iter(_places(numbers, (top,))), 0)
    marked = None if marks is None else _places(numbers, marks)
    pages = range(place // PAGE, (place + seen[1] - seen[0]) // PAGE + 1)
    parts = {page: numbers[page * PAGE : (page + 1) * PAGE] for page in pages if page * PAGE < len(numbers)}
    return Listed(numbers, _pages(view.listing, make, parts, desk), marked, place, marks)


def _places(numbers: array[int], wanted: Collection[int]) -> list[int]:
    there = set(wanted)
    found: list[int] = []
    if there:
        for place, number in enumerate(numbers):
            if number in there:
                found.append(place)
                if len(found) == len(there):
                    break
    return found
