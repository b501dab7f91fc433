"""A table or a tree of rows that are all here: sorted by a click, walked by keys, opened with Enter."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTreeView

from ui.kit import icons
from ui.kit.grid_cells import GridCells
from ui.kit.grid_model import GridModel, Head, Line
from ui.kit.header import Header
from ui.kit.text import Follower, Message, words
from ui.kit.theme import HEAD, colour

TALL, STEP, CHEVRON = 44, 20, 14  # pixels
Index = QModelIndex | QPersistentModelIndex


class Grid(QTreeView, Follower):
    """One row is marked at a time. `name` is what a screen reader calls it; with `tree` rows fold. In pixels, rows are
    `tall` and columns that stretch at `least` so wide."""

    opened = Signal(object)  # the key of a row
    marked = Signal(object)  # the key of the row that is marked now, or None

    def __init__(
        self, name: Message, heads: Sequence[Head], *, tree: bool = False, tall: int = TALL, least: int = 130
    ) -> None:
        super().__init__()
        self._name, self.tall, self.least = name, tall, least
        self.records = GridModel(heads, self)
        sorts = frozenset(at for at, head in enumerate(heads) if head.sorts)
        self.head = Header(self, sorts, frozenset(at for at, head in enumerate(heads) if head.right))
        self.head.setFixedHeight(HEAD)
        self.head.setStretchLastSection(False)
        self.head.asked.connect(self.sort_by)
        self.setHeader(self.head)
        self.setRootIsDecorated(tree)
        self.setIndentation(STEP if tree else 0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setModel(self.records)
        self.cells = GridCells(self)
        self.setItemDelegate(self.cells)
        self.selectionModel().currentChanged.connect(self._changed)
        self.follow()

    def look(self) -> None:
        """Take the colours and the words in force."""
        self.setAccessibleName(words(self._name))
        ground = f"background: {colour('surface').name()}; border: none; outline: none"  # rows paint their own marks
        self.setStyleSheet(f"QTreeView {{ {ground}; }}")
        for line in self.records.every:
            line.cells_ = None
        self.records.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.records.heads) - 1)
        self.widths()
        self.viewport().update()

    # Rows

    def show_lines(self, lines: Sequence[Line], *, open_all: bool = False) -> None:
        """Show other rows; what was open, marked and in view stays so where it is still there."""
        unfolded = {line.key for line in self.records.every if line.below and self.isExpanded(self._index(line))}
        current, place = self.key(), self.verticalScrollBar().value()
        self.records.put(lines)
        self._restore(unfolded, current, open_all=open_all)
        self.verticalScrollBar().setValue(place)
        self.widths()

    def _restore(self, unfolded: set[Hashable], current: object, *, open_all: bool = False) -> None:
        for line in self.records.every:
            if line.below and (open_all or line.key in unfolded):
                self.expand(self._index(line))
            if current is not None and line.key == current:
                self.setCurrentIndex(self._index(line))

    def sort_by(self, column: int, descending: bool) -> None:
        """Order by a column."""
        unfolded = {line.key for line in self.records.every if line.below and self.isExpanded(self._index(line))}
        current = self.key()
        self.records.sort_by(column, descending)
        self.head.show_sort(column, descending)
        self._restore(unfolded, current)

    def key(self) -> object:
        """The key of the marked row, or None."""
        line = self.records.line(self.currentIndex())
        return None if line is None else line.key

    def mark(self, key: object) -> None:
        """Mark a row by its key."""
        line = next((line for line in self.records.every if line.key == key), None)
        if line is not None:
            self.setCurrentIndex(self._index(line))

    def _index(self, line: Line) -> QModelIndex:
        return self.records.index_of(line)

    def _changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self.records.line(current)
        self.marked.emit(None if line is None else line.key)

    def widths(self) -> None:
        """Give the fixed columns their width and the rest to the others; what is too wide scrolls."""
        heads = self.records.heads
        fixed = {at: max(head.width, self.head.need(at)) for at, head in enumerate(heads) if head.width}
        loose = [at for at, head in enumerate(heads) if not head.width]
        left = self.viewport().width() - sum(fixed.values())
        for at, width in fixed.items():
            self.setColumnWidth(at, width)
        for at in loose:
            self.setColumnWidth(at, max(left // len(loose), self.least))

    # Qt's events

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, line = option.rect, self.records.line(index)
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        foot = line is not None and line.foot
        ground = "selected" if chosen else "hover" if over else "sunken" if foot else "surface"
        wide = QRect(rect.left(), rect.top(), self.viewport().width() - rect.left(), rect.height())
        painter.fillRect(wide, colour(ground))
        painter.fillRect(wide.left(), wide.bottom(), wide.width(), 1, colour("line"))
        if chosen:
            painter.fillRect(0, rect.top(), 3, rect.height(), colour("primary"))
        cell = QStyleOptionViewItem(option)
        for column in range(self.records.columnCount()):  # not Qt's: it lays the style's own mark over the row
            here = index.sibling(index.row(), column)
            cell.rect = self.visualRect(here)
            self.cells.paint(painter, cell, here)
        start = self.columnViewportPosition(0)
        self.drawBranches(
            painter,
            QRect(start, rect.top(), self.visualRect(index.sibling(index.row(), 0)).left() - start, rect.height()),
            index,
        )
        if chosen and self.hasFocus():
            painter.setPen(colour("primary"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(wide.adjusted(0, 0, -1, -1))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        line = self.records.line(index)
        if line is not None and line.below and self.rootIsDecorated():
            shape = "chevron-down" if self.isExpanded(index) else "chevron-right"
            spot = rect.right() - STEP / 2 - CHEVRON / 2, rect.center().y() - CHEVRON / 2 + 1
            icons.draw(painter, shape, colour("text3"), *spot, CHEVRON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (key := self.key()) is not None:
            self.opened.emit(key)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: the filter above finds rows."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self.records.line(self.indexAt(event.position().toPoint()))
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(line.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths()
