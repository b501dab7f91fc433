"""Names large enough for the other end of a room: each with a mark that says whether the person is there."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from resources.words import N_
from ui.kit import icons
from ui.kit.text import Follower, words
from ui.kit.theme import colour, font

WIDE, TALL, GAP = 230, 58, 10  # pixels of a name with its unit


class Name(NamedTuple):
    """Somebody on the wall."""

    key: Hashable
    name: str
    note: str
    there: bool


class NameWall(QScrollArea):
    """As many columns as there is room for. `chosen` tells whose name was clicked; the keyboard stays where it is."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.wall = _Wall(self)
        self.setWidget(self.wall)

    def show_names(self, names: Sequence[Name]) -> None:
        """Show these people, in this order."""
        self.wall.names = list(names)
        self.wall.fit()
        self.wall.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.wall.fit()


class _Wall(QWidget, Follower):
    def __init__(self, area: NameWall) -> None:
        super().__init__()
        self.area, self.names = area, list[Name]()
        self.setProperty("box", "clear")
        self.follow()

    def look(self) -> None:
        """Say who is there and who is not."""
        there = sum(name.there for name in self.names)
        self.setAccessibleName(words(N_("{there} of {n} people are there"), there=there, n=len(self.names)))
        missing = [name.name for name in self.names if not name.there]
        self.setAccessibleDescription(words(N_(", ")).join(missing))
        self.update()

    @property
    def across(self) -> int:
        """How many columns fit."""
        return max(1, (self.width() + GAP) // (WIDE + GAP))

    def fit(self) -> None:
        """Be as high as the names need."""
        rows = -(-len(self.names) // self.across)
        self.setMinimumHeight(rows * (TALL + GAP))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDE * 2, TALL * 4)

    def _spot(self, at: int) -> QRectF:
        across = self.across
        wide = (self.width() + GAP) / across - GAP
        return QRectF((at % across) * (wide + GAP), (at // across) * (TALL + GAP), wide, TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, name in enumerate(self.names):
            spot = self._spot(at)
            if not spot.intersects(QRectF(event.rect())):
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("ok", 1) if name.there else colour("surface"))
            painter.drawRoundedRect(spot, 8, 8)
            painter.setPen(colour("line"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            mark, tone = ("circle-check", "ok") if name.there else ("clock", "text3")
            icons.draw(painter, mark, colour(tone), spot.left() + 14, spot.center().y() - 12, 24, 2)
            self._text(painter, spot.adjusted(50, 6, -10, -24), name.name, 20, 600, "text")
            self._text(painter, spot.adjusted(50, 34, -10, -5), name.note, 13, 400, "text2")

    def _text(self, painter: QPainter, spot: QRectF, text: str, px: int, weight: int, tone: str) -> None:
        face = font(px, weight)
        painter.setFont(face)
        painter.setPen(colour(tone))
        shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, spot.width())
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, name in enumerate(self.names):
            if self._spot(at).contains(event.position()):
                self.area.chosen.emit(name.key)
                return

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing more than its first click: by the second the names may have moved on."""
