"""How the cells of a grid are painted: texts with a second line, sums with a bar below them, pills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.kit import icons, pill
from ui.kit.cells import EDGE, PAD
from ui.kit.grid_model import Cell
from ui.kit.text import words
from ui.kit.theme import colour, font

if TYPE_CHECKING:
    from ui.kit.grid import Grid

BAR, SYMBOL = 4, 16  # pixels: how thick a bar is, how large an icon


class GridCells(QStyledItemDelegate):
    """Paints one grid."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self.grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, self.grid.tall)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = self.grid.records.line(index)
        if line is None:
            return
        at = index.column()
        cell, head, rect = line.cells[at], self.grid.records.heads[at], QRectF(option.rect)
        left = 4 if at == 0 and self.grid.rootIsDecorated() else PAD + (EDGE if at == 0 else 0)
        inner = rect.adjusted(left, 0, -PAD, 0)
        if cell.pill:
            spot = inner.left(), inner.center().y() - pill.HEIGHT / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pill.draw(painter, *spot, words(cell.text), cell.tone or "idle")
        else:
            rise = 3 if any(other.bar >= 0 for other in line.cells) else 0  # all figures of a row on one line
            weight = 500 if at == 0 or line.foot else 400
            self._texts(painter, inner.adjusted(0, -rise, 0, -rise), cell, weight, right=head.right, lead=at == 0)
        if cell.bar >= 0:
            self._bar(painter, inner, cell)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _texts(
        self, painter: QPainter, inner: QRectF, cell: Cell, weight: int, *, right: bool, lead: bool
    ) -> None:  # fmt: skip
        if cell.icon:
            icons.draw(painter, cell.icon, colour("text3"), inner.left(), inner.center().y() - SYMBOL / 2, SYMBOL)
            inner = inner.adjusted(SYMBOL + 8, 0, 0, 0)
        ink = cell.tone or ("text" if lead or right else "text2")
        if cell.note:
            half = inner.height() / 2
            self._text(painter, inner.adjusted(0, half - 19, 0, -half), words(cell.text), 13, weight, ink, right)
            note = inner.adjusted(0, half, 0, -half + 17)
            self._text(painter, note, words(cell.note), 12, 400, cell.note_tone, right)
        else:
            self._text(painter, inner, words(cell.text), 13, weight, ink, right)

    def _text(
        self, painter: QPainter, spot: QRectF, text: str, px: int, weight: int, ink: str, right: bool
    ) -> None:  # fmt: skip
        face = font(px, weight)
        painter.setFont(face)
        painter.setPen(colour(ink))
        shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, spot.width() + 0.5)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(spot, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _bar(self, painter: QPainter, inner: QRectF, cell: Cell) -> None:
        top = inner.bottom() - 10
        painter.fillRect(QRectF(inner.left(), top, inner.width(), BAR), colour("track"))
        long = inner.width() * min(cell.bar, 1.0)
        tone = {"bad": "badfill", "warn": "warnfill", "ok": "okfill"}.get(cell.tone, "primary")
        painter.fillRect(QRectF(inner.left(), top, long, BAR), colour("chart2" if cell.own < 1 else tone))
        if 0 < cell.own < 1:
            painter.fillRect(QRectF(inner.left(), top, long * cell.own, BAR), colour("primary"))
        if cell.mark >= 0:
            spot = inner.left() + inner.width() * min(cell.mark, 1.0)
            painter.fillRect(QRectF(spot - 0.75, top - 3, 1.5, BAR + 6), colour("text2"))
