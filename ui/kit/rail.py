"""The rail: the places of the product, at the left of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QSizePolicy, QToolButton, QWidget

from resources.words import N_
from ui.kit import icons
from ui.kit.layout import column, row
from ui.kit.text import Follower, Message, Note, Text, tip, words
from ui.kit.theme import RAIL, colour, font
from ui.kit.tile import IconTile

NARROW, WIDE_FROM, ITEM = 64, 1200, 38  # pixels: rail of icons, window from which the words show, height of an item
NUMBERED = 9


@dataclass(frozen=True)
class Place:
    """One entry of the rail. Entries of the same `group` stand together under its name; `foot` ones at the bottom."""

    key: str
    icon: str
    name: Message
    group: Message = ""
    foot: bool = False


class RailItem(QToolButton, Follower):
    """An entry: icon, name, and how many things wait for somebody there."""

    def __init__(self, place: Place, keys: str) -> None:
        super().__init__()
        self.place, self._keys = place, keys
        self.waiting, self.narrow = 0, False
        self.setCheckable(True)
        self.setFixedHeight(ITEM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.follow()

    def look(self) -> None:
        """Say the name again, with what waits there."""
        name = words(self.place.name)
        self.setText(name)
        self.setAccessibleName(words(N_("{name}, {n} waiting"), name=name, n=self.waiting) if self.waiting else name)
        self.setToolTip(tip(f"{name}  {self._keys}".strip()))
        self.update()

    def sizeHint(self) -> QSize:
        """The rail sets the width."""
        return QSize(NARROW - 24, ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tinted when current, ringed when the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, on = QRectF(self.rect()), self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("tint" if on else "hover"))
            painter.drawRoundedRect(area, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(colour("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 7, 7)
        ink = colour("primary" if on else "text2")
        left = (self.width() - 18) / 2 if self.narrow else 12
        icons.draw(painter, self.place.icon, ink, left, (ITEM - 18) / 2, 18)
        if self.narrow:
            self._paint_dot(painter)
            return
        painter.setPen(ink)
        painter.setFont(font(13, 500 if on else 400))
        middle, room = Qt.AlignmentFlag.AlignVCenter, self.room()
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, middle | Qt.TextFlag.TextSingleLine, name)
        if self.waiting:
            painter.setPen(colour("primary" if on else "text3"))
            painter.setFont(font(11, 500))
            painter.drawText(area.adjusted(0, 0, -12, 0), middle | Qt.AlignmentFlag.AlignRight, str(self.waiting))

    def room(self) -> QRectF:
        """Where the name stands; as wide as it gets where nothing waits."""
        return QRectF(self.rect()).adjusted(42, 0, -34 if self.waiting else -8, 0)

    def _paint_dot(self, painter: QPainter) -> None:
        if self.waiting:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("primary"))
            painter.drawEllipse(QRectF(self.width() - 13, 7, 6, 6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the entry, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Rail(QFrame):
    """Brand and entries. Ctrl+1…9 open the first nine; Up and Down move along; narrow in a narrow window."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setProperty("box", "rail")
        self._labels: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._items = {place.key: self._item(n, place) for n, place in enumerate(places)}
        self._group.buttonClicked.connect(self._clicked)
        self._column = column(self._brand(), 14, gap=2, margins=(12, 16, 12, 12))
        self._list, inner = column(gap=2), QWidget()
        inner.setProperty("box", "clear")
        inner.setLayout(self._list)
        self._scroll = QScrollArea()  # a low window has no room for all of them
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._column.addWidget(self._scroll, 1)
        self._fill(places)
        self.setLayout(self._column)
        self.fit(WIDE_FROM)

    def _brand(self) -> QWidget:
        head = QWidget()
        name = QWidget()
        name.setLayout(column(Text(N_("Dayuan"), px=15, weight=600), Note(N_("Facilities of offices")), gap=0))
        self._labels.append(name)
        head.setLayout(row(IconTile("building-2", "primary", 34), name, None, gap=10, margins=(3, 0, 0, 0)))
        return head

    def _item(self, n: int, place: Place) -> RailItem:
        keys = f"Ctrl+{n + 1}" if n < NUMBERED else ""
        item = RailItem(place, keys)
        item.installEventFilter(self)
        if keys:
            QShortcut(QKeySequence(keys), self).activated.connect(item.click)
        self._group.addButton(item)
        return item

    def _fill(self, places: Sequence[Place]) -> None:
        group: Message = ""
        for place in places:
            if not place.foot:
                if place.group and place.group != group:
                    self._list.addWidget(self._group_name(place.group))
                group = place.group
                self._list.addWidget(self._items[place.key])
        self._list.addStretch(1)
        for place in places:
            if place.foot:
                self._column.addWidget(self._items[place.key])

    def _group_name(self, name: Message) -> Text:
        label = Text(name, px=11, weight=500, tone="text3")
        label.setContentsMargins(12, 12, 0, 4)
        self._labels.append(label)
        return label

    def show_current(self, key: str) -> None:
        """Mark the entry of the page now open; "" marks none."""
        self._group.setExclusive(False)
        for name, item in self._items.items():
            item.setChecked(name == key)
        self._group.setExclusive(True)
        self._reach(self._items.get(key))
        if key in self._items:
            self._scroll.ensureWidgetVisible(self._items[key])

    def show_waiting(self, key: str, n: int) -> None:
        """Show how many things wait for somebody there; 0 shows nothing."""
        self._items[key].waiting = n
        self._items[key].look()

    def fit(self, window_width: int) -> None:
        """Show words or icons only, as the window has room for."""
        narrow = window_width < WIDE_FROM
        self.setFixedWidth(NARROW if narrow else RAIL)
        bars = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if narrow else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._scroll.setVerticalScrollBarPolicy(bars)  # among icons alone it would take half their room
        for label in self._labels:
            label.setVisible(not narrow)
        for item in self._items.values():
            item.narrow = narrow
            item.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the width of the window."""
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.fit(self.window().width())
        if not any(item.isChecked() for item in self._items.values()):
            self._reach(next(iter(self._items.values()), None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window was resized, or an arrow key pressed on an entry."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self.fit(self.window().width())
        if isinstance(watched, RailItem) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                self._move(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _move(self, item: RailItem, step: int) -> None:
        items = list(self._items.values())
        near = items[(items.index(item) + step) % len(items)]
        near.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(near)

    def _clicked(self, item: RailItem) -> None:
        self._reach(item)
        self.chosen.emit(item.place.key)

    def _reach(self, item: RailItem | None) -> None:
        """Only one entry is in the way of Tab; the arrows reach the others."""
        for other in self._items.values():
            other.setFocusPolicy(Qt.FocusPolicy.TabFocus if other is item else Qt.FocusPolicy.ClickFocus)
