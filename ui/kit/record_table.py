"""The table of a list: marks, hover, sorting and keys for up to a million records."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.kit import pill
from ui.kit.cells import PAD, Cells
from ui.kit.columns import Shape
from ui.kit.header import Header
from ui.kit.table_model import Line, Listed, RecordModel
from ui.kit.text import words
from ui.kit.theme import HEAD, LOOK, ROW, colour

LEAST, TILED = 180, 226  # a stretching column never gets narrower, with a tile for a number beside it: others go first
MANY = 10_000  # more marks than this are never walked one by one in the window's thread
Select = QItemSelectionModel.SelectionFlag


class RecordTable(QTableView):
    """Rows are marked by click, Shift, Ctrl and Ctrl+A; Enter or a double click opens."""

    opened = Signal(int)  # row
    marked = Signal()  # other rows are marked now
    looked = Signal(int, int)  # first and last row in view
    sort_asked = Signal(int, bool)  # column, descending

    def __init__(self, records: RecordModel, shapes: tuple[Shape, ...], sortable: frozenset[int]) -> None:
        super().__init__()
        self.records, self.shapes = records, shapes
        self.hovered = self.ringed = -1
        self.waiting = True
        self._kept: Collection[int] = ()  # marks that wait for their rows to be listed again
        self._restoring = False
        self._within = 0  # pixels the top row is scrolled out of view
        self._set_up(sortable)
        self.setModel(records)
        self._cells = Cells(self)
        self.setItemDelegate(self._cells)
        records.keep_marks(self._to_keep)
        records.modelAboutToBeReset.connect(self._remember)
        records.replaced.connect(self._restore)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.selectionModel().selectionChanged.connect(self._changed)
        self.selectionModel().currentChanged.connect(self._ring)
        LOOK.changed.connect(self._dress)
        self._dress()

    def _set_up(self, sortable: frozenset[int]) -> None:
        right = frozenset(at for at, shape in enumerate(self.shapes) if shape.right)
        self.header = header = Header(self, sortable, right)
        header.setFixedHeight(HEAD)
        header.asked.connect(self.sort_asked)
        self.setHorizontalHeader(header)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)

    # Rows and marks

    def seen(self) -> tuple[int, int]:
        """The first and the last row in view; the last is before the first when there is none."""
        height = self.verticalHeader().defaultSectionSize()
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height() - 1) // height
        return top // height, min(last, len(self.records.numbers) - 1)

    def marks(self) -> int:
        """How many rows are marked; cheap, whatever the number."""
        return sum(part.height() for part in self._parts())

    def sorting_out(self) -> bool:
        """Whether marks wait for the places their records have in a new order."""
        return bool(self._kept)

    def all_marked(self) -> bool:
        """Whether every row is marked."""
        return 0 < len(self.records.numbers) == self.marks()

    def numbers(self) -> array[int]:
        """The local numbers of the marked rows, in the order of the list, without loading a row."""
        parts = sorted((part.top(), part.bottom()) for part in self._parts())
        found = array("q")
        for top, bottom in parts:
            found.extend(self.records.numbers[top : bottom + 1])
        return found

    def rows(self, limit: int) -> list[Mapping[str, Any]]:
        """The marked records that are here, in order, `limit` at most."""
        found: list[Mapping[str, Any]] = []
        for part in sorted(self._parts(), key=lambda part: part.top()):
            for at in range(part.top(), min(part.bottom(), part.top() + limit) + 1):
                line = self.records.line(at)
                if line is not None and len(found) < limit:
                    found.append(line.row)
        return found

    def wait(self, waiting: bool) -> None:
        """Paint empty rows where nothing has come yet."""
        self.waiting = waiting
        self.viewport().update()

    def line(self) -> Line | None:
        """The record that is marked, when it is the only one and here."""
        parts = [part for part in self._parts() if part.height()]
        return self.records.line(parts[0].top()) if len(parts) == 1 and parts[0].height() == 1 else None

    def mark(self, rows: Collection[int]) -> None:
        """Mark these rows and no others; the first of them becomes the current one. Nothing scrolls."""
        chosen, last = QItemSelection(), self.records.columnCount() - 1
        for top, bottom in _runs(sorted(rows)):
            chosen.select(self.records.index(top, 0), self.records.index(bottom, last))
        self.setAutoScroll(False)  # Qt would go to the current row
        if rows:
            self.selectionModel().setCurrentIndex(self.records.index(min(rows), 0), Select.NoUpdate)
        self.selectionModel().select(chosen, Select.ClearAndSelect)
        self.setAutoScroll(True)

    def _parts(self) -> list[QItemSelectionRange]:
        return _ranges(self.selectionModel().selection())

    def _to_keep(self) -> Collection[int] | None:
        if self._kept:
            return self._kept
        return None if self.all_marked() else self.numbers()

    def _remember(self) -> None:
        if not self._kept and not self.all_marked():
            self._kept = self.numbers()
        self._restoring = True

    def _changed(self) -> None:
        if not self._restoring:
            self._kept = ()
        self.marked.emit()

    def _restore(self, listed: Listed | None) -> None:
        self._restoring = True
        if listed is None:
            here = frozenset(self._kept)
            self.mark([at for at, number in enumerate(self.records.numbers) if number in here])
            self.scrollToTop()
        else:
            self._restore_all(listed)
            self._kept = ()
        if self.records.complete:
            self._kept = ()
        self._restoring = False
        self.hovered = -1
        self._look()

    def _restore_all(self, listed: Listed) -> None:
        if listed.marked is None:
            self.selectAll()
        else:
            self.mark(listed.marked)
        height = self.verticalHeader().defaultSectionSize()
        if self.seen()[0] != listed.top:
            self.updateGeometries()
            self.verticalScrollBar().setValue(listed.top * height + self._within)

    # What is looked at

    def _look(self) -> None:
        first, last = self.seen()
        self._within = self.verticalScrollBar().value() % self.verticalHeader().defaultSectionSize()
        self.records.watch(first, max(first, last))
        self.looked.emit(first, last)

    def _ring(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.ringed = current.row() if self.hasFocus() else -1
        self.viewport().update()

    def _dress(self) -> None:
        """The ground follows the theme, the widths follow the words."""
        self.setStyleSheet(f"QTableView {{ background: {colour('surface').name()}; border: none; }}")
        self._widths()

    def _hover(self, row: int) -> None:
        for changed in {self.hovered, row} - {-1}:
            top = self.rowViewportPosition(changed)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))
        self.hovered = row

    def _widths(self) -> None:
        """Give the fixed columns their width and the rest to the others; what does not fit at the right is left out."""
        fixed = {at: self._need(at) for at, shape in enumerate(self.shapes) if shape.width}
        loose = [at for at, shape in enumerate(self.shapes) if not shape.width]
        left = self.viewport().width() - sum(fixed.values())
        least = sum(TILED if self.shapes[at].tile else LEAST for at in loose)
        for at, width in reversed(fixed.items()):
            hide = left < least
            left += width if hide else 0
            self.setColumnHidden(at, hide)
            self.setColumnWidth(at, width)
        for at in loose:
            self.setColumnWidth(at, max(left // len(loose), 60) + (left % len(loose) if at == loose[-1] else 0))

    def _need(self, at: int) -> int:
        """The width of a fixed column, more where the words of the language are longer."""
        shape = self.shapes[at]
        states = max((pill.width(words(name)) for name in shape.states), default=0)
        return max(shape.width, self.header.need(at), states + 2 * PAD)

    # Qt's events

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        # Qt lists every cell of the change for screen readers: seconds when a million rows are marked.
        if sum(part.height() for part in (*_ranges(selected), *_ranges(deselected))) <= MANY:
            super().selectionChanged(selected, deselected)
        self.viewport().update()  # whole, or a ring leaves a line behind where pixels are not whole

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would walk through all rows; the search field finds them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(round(event.position().y()))
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        row = self.rowAt(round(event.position().y()))
        if row != self.hovered:
            self._hover(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.waiting and not self.records.numbers:
            self._cells.wait(QPainter(self.viewport()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring(self.currentIndex(), QModelIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.ringed = -1
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths()
        self._look()


def _ranges(selection: QItemSelection) -> list[QItemSelectionRange]:
    return list(cast(Iterable[QItemSelectionRange], selection))


def _runs(rows: Collection[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
