"""Icons: shipped SVG line drawings in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import path


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str, stroke: float) -> QSvgRenderer:
    source = path("icons", f"{name}.svg").read_text("utf-8")
    source = source.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(source.encode()))


def draw(painter: QPainter, name: str, colour: QColor, x: float, y: float, size: float, stroke: float = 1.75) -> None:
    """Paint an icon into a square of `size` pixels."""
    _drawing(name, colour.name(), stroke).render(painter, QRectF(x, y, size, size))


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int = 18, ratio: float = 2.0) -> QPixmap:
    """An icon as a picture, sharp at `ratio` device pixels a pixel."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, name, QColor(colour), 0, 0, size * ratio)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, colour: QColor, size: int = 18) -> QIcon:
    """An icon for a button or an action."""
    return QIcon(pixmap(name, colour.name(), size))
