"""A box to tick, with its sentence beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ui.kit import icons
from ui.kit.text import Follower, Message, words
from ui.kit.theme import colour, font

BOX, GAP, HIGH = 18, 10, 28


class Tick(QCheckBox, Follower):
    """Ticked by a click on box or sentence, by Space or Enter."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self._message = message
        self.setFont(font(13))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.follow()

    def look(self) -> None:
        """Say the sentence again."""
        self.setText(words(self._message))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Box and sentence on one line."""
        return QSize(3 + BOX + GAP + self.fontMetrics().horizontalAdvance(self.text()) + 6, HIGH)

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:
        """The sentence belongs to it."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box filled when ticked, ringed when the keyboard is here."""
        painter, on = QPainter(self), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(3, (self.height() - BOX) / 2, BOX, BOX)
        if self.hasFocus():
            painter.setPen(QPen(colour("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 7, 7)
        painter.setPen(QPen(colour("primary" if on else "control"), 1))
        painter.setBrush(colour("primary" if on else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if on:
            icons.draw(painter, "check", colour("onprimary"), box.x() + 2, box.y() + 2, BOX - 4)
        painter.setPen(colour("text"))
        painter.setFont(self.font())
        painter.drawText(
            QRectF(self.rect()).adjusted(3 + BOX + GAP, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
