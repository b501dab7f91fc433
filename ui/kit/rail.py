"""The rail: the places of the product, at the left of every page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QWidget

from resources.words import N_
from ui.kit.layout import column, row
from ui.kit.rail_item import NARROW, Place, RailButton, RailGroup, RailItem
from ui.kit.text import Note, Text
from ui.kit.theme import RAIL
from ui.kit.tile import IconTile

WIDE_FROM = 1200  # pixels: width of a window from which the words show
NUMBERED = 9
FOLDS = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Rail(QFrame):
    """Brand and entries in groups that fold; the group of the place that is shown is unfolded.

    Ctrl+1…9 open the first nine places; Up and Down move along, Left and Right fold and unfold. Narrow in a narrow
    window.
    """

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
        self.setLayout(self._column)
        self.groups: list[RailGroup] = []
        self._ways: list[RailButton] = []  # as they stand, from above
        self._fill()
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

    def _fill(self) -> None:
        for name, found in groupby((i for i in self._items.values() if not i.place.foot), lambda i: i.place.group):
            items = list(found)
            group = RailGroup(name, items) if name else None
            if group:
                group.installEventFilter(self)
                group.toggled.connect(self._still_reached)
                self.groups.append(group)
            self._ways += [group, *items] if group else items
        for way in self._ways:
            self._list.addWidget(way)
        self._list.addStretch(1)
        for item in self._items.values():
            if item.place.foot:
                self._ways.append(item)
                self._column.addWidget(item)

    def show_current(self, key: str) -> None:
        """Mark the entry of the page now open and unfold its group; "" marks none."""
        self._group.setExclusive(False)
        for name, item in self._items.items():
            item.setChecked(name == key)
        self._group.setExclusive(True)
        current = self._items.get(key)
        self._reach(current)
        if current is not None:
            for group in self.groups:
                group.setChecked(group.isChecked() or current in group.items)
            QTimer.singleShot(0, self._bring)  # a group that was unfolded just now is laid out by then

    def _bring(self) -> None:
        current = self._group.checkedButton()
        if current is not None:
            self._scroll.ensureWidgetVisible(current)

    def show_waiting(self, key: str, n: int) -> None:
        """Show how many things wait for somebody there; 0 shows nothing."""
        self._items[key].waiting = n
        self._items[key].look()
        for group in self.groups:
            group.look()

    def fit(self, window_width: int) -> None:
        """Show words or icons only, as the window has room for."""
        narrow = window_width < WIDE_FROM
        self.setFixedWidth(NARROW if narrow else RAIL)
        bars = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if narrow else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._scroll.setVerticalScrollBarPolicy(bars)  # among icons alone it would take half their room
        for label in self._labels:
            label.setVisible(not narrow)
        for way in self._ways:
            way.narrow = narrow
            way.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the width of the window."""
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.fit(self.window().width())
        if not any(item.isChecked() for item in self._items.values()):
            self._reach(next(iter(self._ways), None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window was resized, or an arrow key pressed on an entry."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self.fit(self.window().width())
        if isinstance(watched, RailButton) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in STEPS:
                self._move(watched, STEPS[key])
                return True
            if key in FOLDS:
                self._fold(watched, FOLDS[key])
                return True
        return super().eventFilter(watched, event)

    def _move(self, way: RailButton, step: int) -> None:
        ways = [found for found in self._ways if not found.isHidden()]
        self._go(ways[(ways.index(way) + step) % len(ways)])

    def _go(self, way: RailButton) -> None:
        way.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(way)

    def _fold(self, way: RailButton, on: bool) -> None:
        """A place folds away with its group, whose name then has the keyboard."""
        for group in self.groups:
            if way is group or (way in group.items and not on):
                self._go(group)
                group.setChecked(on)

    def _still_reached(self) -> None:
        """Tab comes to the name of the group when the entry it came to is folded away."""
        for group in self.groups:
            if not group.isChecked() and any(i.focusPolicy() == Qt.FocusPolicy.TabFocus for i in group.items):
                self._reach(group)

    def _clicked(self, item: RailItem) -> None:
        self._reach(item)
        self.chosen.emit(item.place.key)

    def _reach(self, way: RailButton | None) -> None:
        """Only one entry is in the way of Tab; the arrows reach the others."""
        for other in self._ways:
            other.setFocusPolicy(Qt.FocusPolicy.TabFocus if other is way else Qt.FocusPolicy.ClickFocus)
