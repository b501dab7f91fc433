"""Rows that are all here, flat or as a tree, for Qt: each says its cells only when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.kit.text import Message, Own, tip, words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOTHING = QModelIndex()
NONE = -1.0


class Cell(NamedTuple):
    """What stands in a cell. `order` is what it is sorted by, None last; `note` a second line; `tone` the colour of its
    text, or of its pill. `bar` is the length of a bar below it and `mark` a place on it, from 0 to 1; `own` is how much
    of the bar is filled strongly."""

    text: Message = Own("")
    order: Any = None
    tone: str = ""
    pill: bool = False
    note: Message = ""
    note_tone: str = "text3"
    icon: str = ""
    bar: float = NONE
    mark: float = NONE
    own: float = 1.0
    tip: Message = ""


class Head(NamedTuple):
    """A column: its title, its width (0 takes the room that is left), whether it stands at the right and sorts."""

    title: Message
    width: int = 0
    right: bool = False
    sorts: bool = True


class Line:
    """A row. `key` is handed back when it is opened; `say` makes its cells; a `foot` stays below the others."""

    __slots__ = ("at", "below", "cells_", "foot", "key", "over", "row", "say")

    def __init__(
        self, key: Hashable, say: Callable[[], Sequence[Cell]], below: Sequence[Line] = (), *, foot: bool = False
    ) -> None:
        self.key, self.say, self.below, self.foot = key, say, list(below), foot
        self.cells_: Sequence[Cell] | None = None
        self.at = self.row = 0
        self.over = -1

    @property
    def cells(self) -> Sequence[Cell]:
        """Its cells, made once."""
        if self.cells_ is None:
            self.cells_ = self.say()
        return self.cells_


class GridModel(QAbstractItemModel):
    """Holds the lines; an index carries the number of its line, so that nothing Qt keeps ever points into Python."""

    def __init__(self, heads: Sequence[Head], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.top: list[Line] = []
        self.every: list[Line] = []
        self.sorted, self.descending = -1, False

    def put(self, lines: Sequence[Line]) -> None:
        """Hold other lines, in the order that was asked for last."""
        self.beginResetModel()
        self.top = list(lines)
        self._settle()
        self.endResetModel()

    def sort_by(self, column: int, descending: bool) -> None:
        """Order every level by a column; what has no value comes last, a foot after it."""
        self.sorted, self.descending = column, descending
        self.put(self.top)

    def _settle(self) -> None:
        self.every = []
        self._number(self.top, -1)

    def _number(self, lines: list[Line], over: int) -> None:
        if self.sorted >= 0:
            lines.sort(key=self._order, reverse=self.descending)
        for row, line in enumerate(lines):
            line.row, line.over, line.at = row, over, len(self.every)
            self.every.append(line)
            if line.below:
                self._number(line.below, line.at)

    def _order(self, line: Line) -> tuple[Any, ...]:
        value = line.cells[self.sorted].order
        last = (line.foot, value is None)
        return (*(flag != self.descending for flag in last), 0 if value is None else value)

    def line(self, index: Index) -> Line | None:
        """The line behind an index."""
        return self.every[index.internalId()] if index.isValid() else None

    def index_of(self, line: Line, column: int = 0) -> QModelIndex:
        """Where a line stands."""
        return self.createIndex(line.row, column, line.at)

    def walk(self) -> Iterator[Line]:
        """Every line, each before what is below it."""
        return iter(self.every)

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = NOTHING) -> QModelIndex:
        lines = self._below(parent)
        return self.createIndex(row, column, lines[row].at) if 0 <= row < len(lines) else QModelIndex()

    def parent(self, index: Index = NOTHING) -> Any:
        line = self.line(index)
        if line is None or line.over < 0:
            return QModelIndex()
        over = self.every[line.over]
        return self.createIndex(over.row, 0, over.at)

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.column() > 0 else len(self._below(parent))

    def columnCount(self, parent: Index = NOTHING) -> int:
        return len(self.heads)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self.line(index)
        if line is None or role not in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return None
        cell = line.cells[index.column()]
        if role == Role.ToolTipRole:
            return tip(words(cell.tip)) if cell.tip else None
        text = words(cell.text)
        if role == Role.DisplayRole:
            return text
        second = f", {words(cell.note)}" if cell.note else ""
        return f"{words(self.heads[index.column()].title)}: {words(cell.tip) if cell.tip else text}{second}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        return words(self.heads[section].title)

    def _below(self, parent: Index) -> list[Line]:
        line = self.line(parent)
        return self.top if line is None else line.below
