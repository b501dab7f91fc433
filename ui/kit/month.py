"""A month as a calendar: a field for each day with what is on it, walked by the arrows, opened with Enter."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QSizePolicy, QWidget

from resources.words import N_
from ui.kit.text import Follower, Message, Note, words
from ui.kit.theme import colour, font

WEEKS, DAYS, LEAST = 6, 7, 74  # rows, columns, pixels a day is high at least
NAMES = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
LINE, TOP = 20, 28  # pixels of an entry, and where the first begins
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS}


class Entry(NamedTuple):
    """Something on a day: its words, the tone of its mark, whether it is called off; what has a `key` may be pulled to
    another day with the mouse."""

    text: str
    tone: str = "info"
    off: bool = False
    key: Any = None


class Month(QWidget, Follower):
    """Shows the month of `day`. `moved` tells another day, `turned` that its month is another one, `opened` Enter,
    `pulled` the key of an entry and the day it was let go on."""

    moved = Signal(object)
    turned = Signal(object)
    opened = Signal(object)
    pulled = Signal(object, object)

    def __init__(self, day: date, name: Message) -> None:
        super().__init__()
        self.day, self.today, self._name = day, day, name
        self.entries: Mapping[date, Sequence[Entry]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 12)
        grid.setSpacing(0)
        for at, title in enumerate(NAMES):
            grid.addWidget(Note(title), 0, at)
            grid.setColumnStretch(at, 1)
        self.fields = [_Day(self) for _ in range(WEEKS * DAYS)]
        for at, field in enumerate(self.fields):
            grid.addWidget(field, 1 + at // DAYS, at % DAYS)
            grid.setRowStretch(1 + at // DAYS, 1)
        self._place()
        self.follow()

    def look(self) -> None:
        """Name the days again."""
        self.setAccessibleName(words(self._name))
        for field in self.fields:
            field.say()

    @property
    def first(self) -> date:
        """The first day shown: a Monday."""
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + timedelta(days=WEEKS * DAYS - 1)

    def show_entries(self, entries: Mapping[date, Sequence[Entry]]) -> None:
        """Show what is on the days."""
        self.entries = entries
        for field in self.fields:
            field.say()

    def go(self, day: date) -> None:
        """Mark a day, in its month."""
        if day == self.day:
            return
        before, self.day = self.day, day
        held = any(field.hasFocus() for field in self.fields)
        if (before.year, before.month) != (day.year, day.month):
            self._place()
            self.turned.emit(day)
        for field in self.fields:
            field.say()
        if held:
            self.field(day).setFocus()
        self.moved.emit(day)

    def turn(self, months: int) -> None:
        """So many months on or back, to the same day where there is one."""
        year, month = divmod(self.day.year * 12 + self.day.month - 1 + months, 12)
        if 1 < year < 9999:
            self.go(date(year, month + 1, min(self.day.day, calendar.monthrange(year, month + 1)[1])))

    def field(self, day: date) -> _Day:
        """The field of a day that is shown."""
        return self.fields[(day - self.first).days]

    def day_at(self, place: QPoint) -> date | None:
        """The day at a place of the screen, if there is one."""
        here = self.mapFromGlobal(place)
        return next((field.day for field in self.fields if field.geometry().contains(here)), None)

    def _place(self) -> None:
        for at, field in enumerate(self.fields):
            field.day = self.first + timedelta(days=at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.go(self.day + timedelta(days=STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.day)
        else:
            super().keyPressEvent(event)


class _Day(QAbstractButton):
    """One day. Only the marked one takes the keyboard with Tab; the arrows move it."""

    def __init__(self, month: Month) -> None:
        super().__init__(month)
        self.month, self.day = month, month.day
        self._pulled, self._from, self._pulling = None, QPoint(), False
        self.setMinimumSize(60, LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._mark)

    def say(self) -> None:
        """Name the day and what is on it."""
        marked = self.day == self.month.day
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if marked else Qt.FocusPolicy.ClickFocus)
        found = self.month.entries.get(self.day, ())
        self.setAccessibleName(", ".join((self.day.isoformat(), *(entry.text for entry in found))))
        self.update()

    def _mark(self) -> None:
        self.month.go(self.day)

    def sizeHint(self) -> QSize:
        return QSize(120, LEAST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.month.keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.month.opened.emit(self.day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = (event.position().y() - TOP) // LINE
        found = self.shown()
        entry = found[int(at)] if 0 <= at < len(found) and event.button() == Qt.MouseButton.LeftButton else None
        self._pulled, self._from = entry.key if entry else None, event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        far = (event.position().toPoint() - self._from).manhattanLength() >= QApplication.startDragDistance()
        if self._pulled is not None and far and not self._pulling:
            self._pulling = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key, pulling = self._pulled, self._pulling
        self._pulled, self._pulling = None, False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        day = self.month.day_at(event.globalPosition().toPoint()) if pulling else None
        if pulling:
            self.setDown(False)
        else:
            super().mouseReleaseEvent(event)
        if day is not None and day != self.day:
            self.month.pulled.emit(key, day)

    def shown(self) -> Sequence[Entry]:
        """The entries there is room for; the last line says how many more there are."""
        found = self.month.entries.get(self.day, ())
        room = max(1, int((self.height() - TOP - 4) // LINE))
        return found if len(found) <= room else found[: room - 1]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        month = self.month
        marked, inside = self.day == month.day, self.day.month == month.day.month
        ground = "selected" if marked else "hover" if self.underMouse() else "surface" if inside else "sunken"
        painter.fillRect(area, colour(ground))
        painter.setPen(colour("line"))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        if marked:
            painter.setPen(QPen(colour("primary"), 2 if self.hasFocus() else 1))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        today = self.day == month.today
        painter.setFont(font(13, 600 if today else 500))
        painter.setPen(colour("primary" if today else "text" if inside else "text3"))
        painter.drawText(QRectF(8, 5, area.width() - 16, 20), str(self.day.day))
        self._entries(painter, area)

    def _entries(self, painter: QPainter, area: QRectF) -> None:
        found = self.month.entries.get(self.day, ())
        shown = self.shown()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = font(12)
        for at, entry in enumerate(shown):
            y = TOP + at * LINE
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(entry.tone))
            painter.drawRoundedRect(QRectF(8, y + 3, 3, LINE - 7), 1.5, 1.5)
            face.setStrikeOut(entry.off)
            painter.setFont(face)
            painter.setPen(colour("text3" if entry.off else "text2"))
            text = QFontMetricsF(face).elidedText(entry.text, Qt.TextElideMode.ElideRight, area.width() - 24)
            painter.drawText(QRectF(16, y, area.width() - 20, LINE), Qt.AlignmentFlag.AlignVCenter, text)
        if len(found) > len(shown):
            face.setStrikeOut(False)
            painter.setFont(face)
            painter.setPen(colour("text3"))
            more = words(N_("{n} more"), n=len(found) - len(shown))
            painter.drawText(QRectF(16, TOP + len(shown) * LINE, area.width() - 20, LINE), more)
