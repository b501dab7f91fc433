"""Icons that stand alone: plain, on a tile, and the initial of a person."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit import icons
from ui.kit.text import Follower
from ui.kit.theme import colour, font


def inks(kind: str) -> tuple[QColor, QColor]:
    """Foreground and background of a tile kind: plain, tint, raised, primary or a state (ok idle warn bad info)."""
    names = {
        "plain": ("text2", "sunken"),
        "tint": ("primary", "tint"),
        "raised": ("primary", "surface"),
        "primary": ("onprimary", "primary"),
    }
    if kind in names:
        front, back = names[kind]
        return colour(front), colour(back)
    return colour(kind), colour(kind, 1)


def draw(painter: QPainter, x: float, y: float, icon: str, kind: str = "plain", size: float = 32) -> None:
    """Paint a tile with its icon at half its size; lists paint their first column with it."""
    front, back = inks(kind)
    painter.setBrush(back)
    painter.setPen(colour("line") if kind in ("plain", "raised") else Qt.PenStyle.NoPen)
    edge = 0.5 if kind in ("plain", "raised") else 0
    radius = size / 4 if size < 48 else 10
    painter.drawRoundedRect(QRectF(x, y, size, size).adjusted(edge, edge, -edge, -edge), radius, radius)
    inner = 16 if size <= 32 else round(size / 2)
    icons.draw(painter, icon, front, x + (size - inner) / 2, y + (size - inner) / 2, inner)


class _Painted(QWidget, Follower):
    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.follow()

    def look(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        raise NotImplementedError


class Icon(_Painted):
    """A line drawing in a text colour of the theme; decoration, so it has no name of its own."""

    def __init__(self, icon: str, tone: str = "text2", size: int = 18) -> None:
        self._icon, self._tone = icon, tone
        super().__init__(size)

    def show_icon(self, icon: str, tone: str) -> None:
        """Show another drawing."""
        if (icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.update()

    def paint(self, painter: QPainter) -> None:
        """Paint the drawing."""
        icons.draw(painter, self._icon, colour(self._tone), 0, 0, self._size)


class IconTile(_Painted):
    """An icon on a rounded square."""

    def __init__(self, icon: str, kind: str = "plain", size: int = 32) -> None:
        self.icon, self._kind = icon, kind
        super().__init__(size)

    def show_icon(self, icon: str, kind: str) -> None:
        """Show another icon."""
        if (icon, kind) != (self.icon, self._kind):
            self.icon, self._kind = icon, kind
            self.update()

    def paint(self, painter: QPainter) -> None:
        """Paint the tile."""
        draw(painter, 0, 0, self.icon, self._kind, self._size)


class Avatar(_Painted):
    """A person: the first character of the name on a disc."""

    def __init__(self, name: str, kind: str = "primary", size: int = 30) -> None:
        self._name, self._kind = name, kind
        super().__init__(size)

    def show_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Paint the disc."""
        front, back = inks(self._kind)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawEllipse(QRectF(0, 0, self._size, self._size))
        painter.setPen(front)
        painter.setFont(font(round(self._size * 0.44), 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name[:1].upper())
