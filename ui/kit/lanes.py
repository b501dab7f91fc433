"""A board: columns of cards side by side, walked by J and K, H and L or the arrows; one card is marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.kit.cards import Card
from ui.kit.lane import Lane
from ui.kit.layout import row
from ui.kit.text import Message

UP, DOWN = (Qt.Key.Key_K,), (Qt.Key.Key_J,)
ASIDE = {Qt.Key.Key_H: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_L: 1, Qt.Key.Key_Right: 1}


class LaneHead(NamedTuple):
    """A column: its name, its word, the colours of its pill, and what its plus sign says (nothing: it has none)."""

    name: str
    title: Message
    kind: str
    add: Message = ""


class Lanes(QWidget):
    """`opened` names the key of a card; `moving` asks where a card may go, beside a place on the screen; `wanted` says
    that a column is near the end of its cards; `added` that a plus sign was pressed."""

    opened = Signal(object)
    moving = Signal(object, object)  # the card, a QPoint
    wanted = Signal(str)
    added = Signal(str)

    def __init__(self, heads: Sequence[LaneHead]) -> None:
        super().__init__()
        self.lanes = {head.name: Lane(head.title, head.kind, add=head.add) for head in heads}
        self.setLayout(row(*((lane, 1) for lane in self.lanes.values()), gap=14))
        self._current = heads[0].name
        for name, lane in self.lanes.items():
            lane.list.entered.connect(partial(self._entered, name))
            lane.list.ended.connect(partial(self.wanted.emit, name))
            lane.list.opened.connect(self.opened)
            lane.added.connect(partial(self.added.emit, name))
        self.setFocusProxy(self.lanes[self._current].list)
        self._mark()

    @property
    def lane(self) -> Lane:
        """The column the keyboard is in, or was last."""
        return self.lanes[self._current]

    def current(self) -> Card | None:
        """The marked card."""
        return self.lane.list.current()

    def mark(self, key: Any) -> bool:
        """Mark a card wherever it stands; whether it is there."""
        for name, lane in self.lanes.items():
            for at, card in enumerate(lane.list.held.cards):
                if card.key == key:
                    self._go(name)
                    lane.list.mark(at)
                    return True
        return False

    def _entered(self, name: str) -> None:
        self._current = name
        self.setFocusProxy(self.lane.list)
        self._mark()

    def _mark(self) -> None:
        for name, lane in self.lanes.items():
            lane.list.live = name == self._current
            lane.list.viewport().update()

    def _go(self, name: str) -> None:
        """Another column takes the mark, and the keyboard if the board has it."""
        held = self.lane.list.hasFocus()
        self._current = name
        self.setFocusProxy(self.lane.list)
        self._mark()
        if held:
            self.lane.list.setFocus()

    def _aside(self, by: int) -> None:
        names = list(self.lanes)
        at = names.index(self._current) + by
        if 0 <= at < len(names):
            self._go(names[at])

    def spot(self) -> QPoint:
        """Where what is asked about the marked card stands on the screen."""
        place = self.lane.list.visualRect(self.lane.list.currentIndex())
        return self.lane.list.viewport().mapToGlobal(QPoint(place.left() + 24, place.top() + 40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the board; what is none of them goes on to the page."""
        key, here, card = Qt.Key(event.key()), self.lane.list, self.current()
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in (*UP, *DOWN):
            here.mark(here.currentIndex().row() + (1 if key in DOWN else -1))
        elif key in ASIDE:
            self._aside(ASIDE[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None:
            self.opened.emit(card.key)
        elif key in (Qt.Key.Key_M, Qt.Key.Key_Menu) and card is not None:
            self.moving.emit(card, self.spot())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        here = self.lane.list
        index = here.indexAt(here.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid():
            here.mark(index.row())
            self.moving.emit(here.held.cards[index.row()], event.globalPos())
