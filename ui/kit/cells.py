"""How the cells of a list are painted: two lines with an icon, pills, sums at the right, rows still on their way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit import icons, show
from ui.kit.theme import LOOK, ROW, colour, font

if TYPE_CHECKING:
    from ui.kit.record_table import RecordTable
    from ui.kit.table_model import Line

PAD, EDGE, BAR = 12, 4, 3
TILE, TILE_ICON, TILE_GAP = 32, 18, 12
PILL, DOT = 22, 3.0
REMEMBERED = 6000  # measured texts kept; more than a screenful of pages


@dataclass(frozen=True)
class Ink:
    """Everything of one theme the painter needs, made once."""

    text: QColor
    text2: QColor
    text3: QColor
    line: QColor
    hover: QColor
    selected: QColor
    primary: QColor
    sunken: QColor
    surface: QColor
    track: QColor


@dataclass(frozen=True)
class Face:
    """A font with its measures; `key` tells the faces apart among the measured texts."""

    key: int
    font: QFont
    measure: QFontMetricsF


def _ink() -> Ink:
    return Ink(*(colour(name) for name in Ink.__dataclass_fields__))


def _face(key: int, px: int, weight: int) -> Face:
    made = font(px, weight)
    return Face(key, made, QFontMetricsF(made))


class Cells(QStyledItemDelegate):
    """Paints one table. Fonts, colours and measured texts are kept between frames."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self.table = table
        self.body, self.strong = _face(0, 13, 400), _face(1, 13, 500)
        self.small, self.label = _face(2, 12, 400), _face(3, 12, 500)
        self._texts: dict[tuple[str, int, int], tuple[str, float]] = {}
        self.ink = _ink()
        LOOK.changed.connect(self._look)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, rect, row, column, chosen)
        line = self.table.records.line(row)
        inner = QRectF(rect.adjusted(PAD + (EDGE if column == 0 else 0), 0, -PAD, 0))
        if line is None:
            self._waiting(painter, inner, row, column)
            return
        shape = self.table.shapes[column]
        if shape.tile or shape.second:
            self._double(painter, inner, line, column, chosen)
        elif shape.pill is not None and line.row.get(shape.name) is not None:
            tone = shape.pill.get(str(show.plain(line.row.get(shape.name))), "idle")
            self._pill(painter, inner, line.texts[column], tone)
        elif shape.right:
            self._text(painter, inner, line.texts[column], self.body, self.ink.text, right=True)
        else:
            self._text(painter, inner, line.texts[column], self.body, self.ink.text2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # or the next cell gets seams at 125 %

    def wait(self, painter: QPainter) -> None:
        """Paint the rows of a list nothing has come of yet."""
        table, height = self.table, self.table.verticalHeader().defaultSectionSize()
        for row in range(table.viewport().height() // height + 1):
            for column in range(len(table.shapes)):
                if not table.isColumnHidden(column):
                    left, width = table.columnViewportPosition(column), table.columnWidth(column)
                    rect = QRect(left, row * height, width, height)
                    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self.ink.line)
                    self._waiting(painter, QRectF(rect).adjusted(PAD + EDGE, 0, -PAD, 0), row, column)

    def _look(self) -> None:
        self.ink = _ink()
        self._texts.clear()
        self.table.viewport().update()

    def _ground(self, painter: QPainter, rect: QRect, row: int, column: int, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, self.ink.selected)
        elif row == self.table.hovered:
            painter.fillRect(rect, self.ink.hover)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self.ink.line)
        if column == 0 and chosen:
            painter.fillRect(rect.left(), rect.top(), BAR, rect.height(), self.ink.primary)
        if row == self.table.ringed and not chosen:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, self.ink.primary)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self.ink.primary)

    def _waiting(self, painter: QPainter, inner: QRectF, row: int, column: int) -> None:
        width = min(inner.width(), 40.0 + (row * 37 + column * 53) % 70)
        left = inner.right() - width if self.table.shapes[column].right else inner.left()
        painter.fillRect(QRectF(left, inner.center().y() - 5, width, 10), self.ink.track)

    def _double(self, painter: QPainter, inner: QRectF, line: Line, column: int, chosen: bool) -> None:
        shape, second = self.table.shapes[column], line.seconds[column]
        tall = inner.height() >= ROW - 4
        if shape.tile:
            name = shape.tile if isinstance(shape.tile, str) else shape.tile(line.row)
            size = TILE if tall else TILE_ICON
            spot = QRectF(inner.left(), inner.center().y() - size / 2, size, size)
            if tall:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(self.ink.line))
                painter.setBrush(self.ink.surface if chosen else self.ink.sunken)
                painter.drawRoundedRect(spot.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            picture = icons.pixmap(name, self.ink.text2.name(), TILE_ICON, self.table.devicePixelRatioF())
            painter.drawPixmap(spot.center() - QPointF(TILE_ICON / 2, TILE_ICON / 2), picture)
            inner = inner.adjusted(size + TILE_GAP, 0, 0, 0)
        if second and tall:
            top = inner.top() + inner.height() / 2 - 19
            self._text(painter, QRectF(inner.left(), top, inner.width(), 20), line.texts[column], self.strong)
            self._text(painter, QRectF(inner.left(), top + 19, inner.width(), 18), second, self.small, self.ink.text3)
        else:
            self._text(painter, inner, line.texts[column], self.strong)

    def _pill(self, painter: QPainter, inner: QRectF, text: str, tone: str) -> None:
        if not text:
            return
        laid, width = self._laid(text, self.label, int(inner.width()) - 31)
        spot = QRectF(inner.left(), inner.center().y() - PILL / 2, width + 31, PILL)
        front, back = colour(tone), colour(tone, 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(spot, PILL / 2, PILL / 2)
        painter.setBrush(front)
        painter.drawEllipse(QPointF(spot.left() + 12, spot.center().y()), DOT, DOT)
        self._draw(painter, QPointF(spot.left() + 21, spot.top()), PILL, laid, self.label, front)

    def _text(
        self,
        painter: QPainter,
        spot: QRectF,
        text: str,
        face: Face,
        ink: QColor | None = None,
        right: bool = False,
    ) -> None:
        if not text:
            return
        laid, width = self._laid(text, face, int(spot.width()))
        left = spot.right() - width if right else spot.left()
        self._draw(painter, QPointF(left, spot.top()), spot.height(), laid, face, ink or self.ink.text)

    def _draw(self, painter: QPainter, corner: QPointF, height: float, text: str, face: Face, ink: QColor) -> None:
        painter.setFont(face.font)
        painter.setPen(ink)
        painter.drawText(corner + QPointF(0, (height - face.measure.height()) / 2 + face.measure.ascent()), text)

    def _laid(self, text: str, face: Face, width: int) -> tuple[str, float]:
        """The text cut to a width, and how wide it is then. Measuring costs a third of painting it."""
        key = (text, face.key, width)
        found = self._texts.get(key)
        if found is None:
            wide = face.measure.horizontalAdvance(text)
            if wide > width:
                text = face.measure.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))
                wide = face.measure.horizontalAdvance(text)
            if len(self._texts) >= REMEMBERED:
                self._texts.clear()
            found = self._texts[key] = (text, wide)
        return found
