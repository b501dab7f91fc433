"""Pills: a state as colour, symbol and word together."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.kit import icons
from ui.kit.text import Message, Text
from ui.kit.theme import colour, font

KINDS = ("ok", "idle", "warn", "bad", "info", "tint")
HEIGHT, SYMBOL, PX = 22, 13, 12


def width(text: str, *, dot: bool = True, icon: str = "") -> int:
    """Pixels a pill with this text takes."""
    ink = QFontMetricsF(font(PX, 500)).horizontalAdvance(text)
    return round(ink + 20 + (17 if icon else 12 if dot else 0))


def draw(painter: QPainter, x: float, y: float, text: str, kind: str, *, dot: bool = True, icon: str = "") -> None:
    """Paint a pill with its top left corner at (x, y); lists paint their states with it."""
    area = QRectF(x, y, width(text, dot=dot, icon=icon), HEIGHT)
    name = "primary" if kind == "tint" else kind
    ink, left = colour(name), 10
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("tint") if kind == "tint" else colour(kind, 1))
    painter.drawRoundedRect(area, HEIGHT / 2, HEIGHT / 2)
    if icon:
        icons.draw(painter, icon, ink, x + 8, y + (HEIGHT - SYMBOL) / 2, SYMBOL, 2)
        left = 25
    elif dot:
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(x + 12, y + HEIGHT / 2), 3, 3)
        left = 21
    painter.setFont(font(PX, 500))
    painter.setPen(ink)
    painter.drawText(area.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


class Pill(Text):
    """A state: tinted, with a dot or a symbol, and its word."""

    def __init__(
        self, message: Message = "", kind: str = "idle", *, dot: bool = True, icon: str = "", **values: Any
    ) -> None:
        self._kind, self._dot, self._icon = kind, dot, icon
        super().__init__(message, px=PX, weight=500, **values)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, message: Message, kind: str, *, icon: str = "", **values: Any) -> None:
        """Show another state."""
        self._kind, self._icon = kind, icon
        self.say(message, **values)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word, 22 high."""
        return QSize(width(self.text(), dot=self._dot, icon=self._icon), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, 0, 0, self.text(), self._kind, dot=self._dot, icon=self._icon)


class CountPill(Pill):
    """A bare number beside a name."""

    def __init__(self, message: Message = "", kind: str = "idle", **values: Any) -> None:
        super().__init__(message, kind, dot=False, **values)
