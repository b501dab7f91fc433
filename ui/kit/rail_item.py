"""Entries of the rail: a place of the product, and the name of a group of places, which folds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton

from resources.words import N_
from ui.kit import icons
from ui.kit.text import Follower, Message, tip, words
from ui.kit.theme import colour, font

NARROW, ITEM, HEAD = 64, 38, 30  # pixels: width of a rail of icons, heights of an entry and of a group's name


@dataclass(frozen=True)
class Place:
    """One entry of the rail. Entries of the same `group` stand together under its name; `foot` ones at the bottom."""

    key: str
    icon: str
    name: Message
    group: Message = ""
    foot: bool = False


class RailButton(QToolButton, Follower):
    """What both kinds of entry are: as wide as the rail, reached by its arrows, pressed by Enter and by Space."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.narrow = False
        self._height = height
        self.setCheckable(True)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def sizeHint(self) -> QSize:
        """The rail sets the width."""
        return QSize(NARROW - 24, self._height)

    def _begin(self, ground: str) -> QPainter:
        """A painter on the entry, with its ground, ringed when the keyboard is here."""
        painter, area = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(ground))
            painter.drawRoundedRect(area, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(colour("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 7, 7)
        return painter

    def _write(self, painter: QPainter, room: QRectF) -> None:
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, name)

    def _count(self, painter: QPainter, waiting: int, right: int) -> None:
        if waiting:
            painter.setFont(font(11, 500))
            area = QRectF(self.rect()).adjusted(0, 0, -right, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(waiting))

    def _paint_dot(self, painter: QPainter, waiting: int) -> None:
        if waiting:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("primary"))
            painter.drawEllipse(QRectF(self.width() - 13, 7, 6, 6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the entry, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class RailItem(RailButton):
    """A place: icon, name, and how many things wait for somebody there."""

    def __init__(self, place: Place, keys: str) -> None:
        super().__init__(ITEM)
        self.place, self._keys, self.waiting = place, keys, 0
        self.follow()

    def look(self) -> None:
        """Say the name again, with what waits there."""
        name = words(self.place.name)
        self.setText(name)
        self.setAccessibleName(words(N_("{name}, {n} waiting"), name=name, n=self.waiting) if self.waiting else name)
        self.setToolTip(tip(f"{name}  {self._keys}".strip()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tinted when current."""
        on = self.isChecked()
        painter = self._begin("tint" if on else "hover" if self.underMouse() else "")
        ink = colour("primary" if on else "text2")
        left = (self.width() - 18) / 2 if self.narrow else 12
        icons.draw(painter, self.place.icon, ink, left, (ITEM - 18) / 2, 18)
        if self.narrow:
            self._paint_dot(painter, self.waiting)
            return
        painter.setPen(ink)
        painter.setFont(font(13, 500 if on else 400))
        self._write(painter, self.room())
        painter.setPen(colour("primary" if on else "text3"))
        self._count(painter, self.waiting, 12)

    def room(self) -> QRectF:
        """Where the name stands; as wide as it gets where nothing waits."""
        return QRectF(self.rect()).adjusted(42, 0, -34 if self.waiting else -8, 0)


class RailGroup(RailButton):
    """The name of a group of places, which unfolds and folds them; folded it tells what waits in all of them."""

    def __init__(self, name: Message, items: Sequence[RailItem]) -> None:
        super().__init__(HEAD)
        self.name, self.items = name, items
        self.toggled.connect(self.unfold)
        self.follow()
        self.unfold(False)

    @property
    def waiting(self) -> int:
        """How many things wait in the places that are folded away."""
        return 0 if self.isChecked() else sum(item.waiting for item in self.items)

    def unfold(self, on: bool) -> None:
        """Show the places, or only the name."""
        for item in self.items:
            item.setVisible(on)
        self.look()

    def look(self) -> None:
        """Say the name again, with what waits there."""
        name = words(self.name)
        self.setText(name)
        self.setToolTip(tip(name))
        said = words(N_("{name}, {n} waiting"), name=name, n=self.waiting) if self.waiting else name
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name and a chevron; among icons alone the chevron."""
        painter = self._begin("hover" if self.underMouse() else "")
        left = (self.width() - 14) / 2 if self.narrow else self.width() - 26
        icons.draw(painter, self._chevron(), colour("text3"), left, (HEAD - 14) / 2, 14)
        if self.narrow:
            self._paint_dot(painter, self.waiting)
            return
        painter.setPen(colour("text3"))
        painter.setFont(font(11, 500))
        self._write(painter, QRectF(self.rect()).adjusted(12, 0, -54 if self.waiting else -30, 0))
        painter.setPen(colour("primary"))
        self._count(painter, self.waiting, 32)

    def _chevron(self) -> str:
        return "chevron-down" if self.isChecked() else "chevron-right"
