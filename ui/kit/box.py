"""The frame around whatever can be filled in: edge, focus, error, prefix and unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.kit.layout import row
from ui.kit.text import Follower
from ui.kit.theme import CONTROL, colour, font

RADIUS = 8


class Box(QWidget, Follower):
    """A control of 36 pixels. What is typed goes into the widget `inner` names; the box shows the state."""

    edited = Signal()  # by a person
    left = Signal()  # the keyboard went elsewhere
    entered = Signal()

    def __init__(self, *, left: int = 11, right: int = 10) -> None:
        super().__init__()
        self.wrong = self.locked = self._over = self._active = False
        self._row = row(gap=8, margins=(left, 1, right, 1))
        self.setLayout(self._row)
        self.setMinimumHeight(CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def inner(self) -> QWidget:
        """The widget that takes the keyboard."""
        raise NotImplementedError

    def value(self) -> Any:
        """What is filled in, None for nothing. Raises Invalid when it cannot be read."""
        raise NotImplementedError

    def set_value(self, value: Any, words: str = "") -> None:
        """Show a value; `words` are the words of a reference."""
        raise NotImplementedError

    def lock(self, locked: bool) -> None:
        """Read-only: it can be read, copied and reached, not changed."""
        self.locked = locked
        self.update()

    def show_wrong(self, wrong: bool) -> None:
        """Paint the edge of an error."""
        self.wrong = wrong
        self.update()

    def look(self) -> None:
        """Colours changed."""
        self.update()

    def focus(self, active: bool) -> None:
        """`inner` got or lost the keyboard."""
        self._active = active
        self.update()
        (self.entered if active else self.left).emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.wrong or (self._active and not self.locked)
        edge = "bad" if self.wrong else "primary" if self._active else "control" if self._over else "border"
        edge = edge if self.isEnabled() else "line"
        width = 2.0 if strong else 1.0
        painter.setPen(QPen(colour(edge), width))
        painter.setBrush(colour("sunken" if self.locked or not self.isEnabled() else "surface"))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), RADIUS, RADIUS)


class Line(QLineEdit, Follower):
    """A bare line of text for inside a box."""

    focused = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFrame(False)
        self.setProperty("box", "bare")
        self.setFont(font(13))
        self.setTextMargins(-2, 0, -2, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.follow()

    def look(self) -> None:
        """Take the colours of the theme."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, colour("text3" if self.isReadOnly() else "text"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, colour("text3"))
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Highlight, colour("primary"))
        palette.setColor(QPalette.ColorRole.HighlightedText, colour("onprimary"))
        self.setPalette(palette)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.focused.emit(False)
