"""A sheet of labels in small: shows which places will be printed on, and lets somebody say where to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import N_
from ui.kit.text import Follower, words
from ui.kit.theme import colour

WIDTH, TALLEST, RADIUS = 200, 282, 3  # pixels
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class SheetPicker(QWidget, Follower):
    """`places` are the labels as shares of the page (left, top, width, height); arrows, Home and End move the start."""

    picked = Signal(int)  # the first place, from 1

    def __init__(self) -> None:
        super().__init__()
        self._shape, self._places, self._columns = (210.0, 297.0), list[tuple[float, float, float, float]](), 1
        self.start, self.count = 1, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow()

    def look(self) -> None:
        """Say where it begins."""
        said = words(N_("Begin at label {start} of {most}"), start=self.start, most=max(1, len(self._places)))
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def show_sheet(
        self, shape: tuple[float, float], places: list[tuple[float, float, float, float]], columns: int, count: int
    ) -> None:
        """Show another kind of sheet, and how many labels come on it."""
        self._shape, self._places, self._columns, self.count = shape, places, columns, count
        self.start = min(self.start, max(1, len(places)))
        self.updateGeometry()
        self.look()

    def sizeHint(self) -> QSize:
        """As wide as the column it stands in, unless the page is too tall."""
        wide, high = self._shape
        scale = min(WIDTH / wide, TALLEST / high)
        return QSize(round(wide * scale), round(high * scale))

    def pick(self, start: int) -> None:
        """Begin at another place."""
        start = max(1, min(start, len(self._places)))
        if start != self.start:
            self.start = start
            self.look()
            self.picked.emit(start)

    def _spot(self, at: int) -> QRectF:
        x, y, wide, high = self._places[at]
        return QRectF(x * self.width(), y * self.height(), wide * self.width(), high * self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at in range(len(self._places)):
            if self._spot(at).contains(event.position()):
                self.pick(at + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            across, down = STEPS[key]
            self.pick(self.start + across + down * self._columns)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.pick(1 if key == Qt.Key.Key_Home else len(self._places))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("primary" if self.hasFocus() else "border"), 1))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        last = self.start + self.count - 1
        for at in range(len(self._places)):
            first, used = at + 1 == self.start, self.start <= at + 1 <= last
            painter.setPen(QPen(colour("primary" if first else "line"), 2 if first else 1))
            painter.setBrush(colour("tint" if used else "sunken"))
            painter.drawRoundedRect(self._spot(at).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
