"""A table with a cursor from cell to cell, both of its heads always in sight: a matrix, a year by months."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView

from ui.kit.text import Follower, Message, words
from ui.kit.theme import colour

Index = QModelIndex | QPersistentModelIndex


class CursorTable(QTableView, Follower):
    """Arrows, Home and End move the cursor, which `moved` tells; Enter or a double click `opened` what it is on. A
    table says what it is called (`name`), how wide its columns are (`fit`), and what the cursor is on (`here`)."""

    name: Message
    opened = Signal(object, object)  # row, column
    moved = Signal()

    def build(
        self, model: QAbstractItemModel, above: QHeaderView, beside: QHeaderView, cells: QStyledItemDelegate
    ) -> None:
        """Put it together; at the end of the constructor of a table."""
        self.setHorizontalHeader(above)
        self.setVerticalHeader(beside)
        self.setModel(model)
        self.setItemDelegate(cells)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.follow()

    def look(self) -> None:
        """Take the colours and the words in force."""
        self.setAccessibleName(words(self.name))
        ground = colour("surface").name()
        self.setStyleSheet(f"QTableView, QTableCornerButton::section {{ background: {ground}; border: none; }}")
        self.fit()

    def fit(self) -> None:
        """Share the room there is among the columns."""
        raise NotImplementedError

    def here(self) -> tuple[Any, Any] | None:
        """What the cursor is on: what its row and its column stand for."""
        raise NotImplementedError

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for part in (self.viewport(), self.horizontalHeader().viewport(), self.verticalHeader().viewport()):
            part.update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (here := self.here()) is not None:
            self.opened.emit(*here)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (here := self.here()) is not None:
            self.opened.emit(*here)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are acts here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
