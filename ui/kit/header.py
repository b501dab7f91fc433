"""The head of a list: names of columns, the sort arrow, a click sorts."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.kit import icons
from ui.kit.cells import EDGE, PAD
from ui.kit.theme import LOOK, colour, font

ARROW, WIDEST = 14, 160


class Header(QHeaderView):
    """Columns in `sortable` can be clicked; those in `right` stand at their right edge."""

    asked = Signal(int, bool)  # column, descending

    def __init__(self, parent: QWidget, sortable: frozenset[int], right: frozenset[int]) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sortable, self.right = sortable, right
        self.sorted, self.descending = -1, False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(40)
        self.sectionClicked.connect(self._clicked)
        LOOK.changed.connect(self.viewport().update)

    def show_sort(self, column: int, descending: bool) -> None:
        """Put the arrow on a column, -1 for none."""
        self.sorted, self.descending = column, descending
        self.viewport().update()

    def need(self, column: int) -> int:
        """The width a name takes with its arrow, within reason."""
        name = str(self.model().headerData(column, Qt.Orientation.Horizontal))
        wide = QFontMetricsF(font(12, 500)).horizontalAdvance(name) + 2 * PAD
        return min(round(wide + (ARROW + 4 if column in self.sortable else 0)), WIDEST)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.fillRect(rect, colour("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("border"))
        painter.setFont(font(12, 500))
        room = QRectF(rect).adjusted(PAD + (EDGE if column == 0 else 0), 0, -PAD, 0)
        arrow = ARROW + 2 if column == self.sorted else 0
        name = str(self.model().headerData(column, Qt.Orientation.Horizontal))
        name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width() - arrow) + 1)
        width = painter.fontMetrics().horizontalAdvance(name)
        left = room.right() - width - arrow if column in self.right else room.left()
        painter.setPen(colour("primary" if arrow else "text3"))
        spot = QRectF(left, room.top(), width + 2, room.height())
        painter.drawText(spot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        if arrow:
            shape = "arrow-down" if self.descending else "arrow-up"
            icons.draw(painter, shape, colour("primary"), left + width + 3, room.center().y() - ARROW / 2, ARROW)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.logicalIndexAt(event.position().toPoint()) in self.sortable
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def _clicked(self, column: int) -> None:
        if column in self.sortable:
            self.asked.emit(column, column == self.sorted and not self.descending)
