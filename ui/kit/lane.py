"""A column of a board: its word, how many stand in it, how many of them are late, and its cards; only those in view
are painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from resources.words import N_
from ui.kit import cards
from ui.kit.button import IconButton
from ui.kit.cards import Card
from ui.kit.layout import column, hide_unless, row
from ui.kit.pill import Pill
from ui.kit.text import Follower, Message, Note, Own, said, words
from ui.kit.theme import colour

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOTHING = QModelIndex()
HEAD, NEAR = 30, 4  # pixels; cards before the end at which more are asked for


class Cards(QAbstractListModel):
    """The cards of one column."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[Card, ...] = ()

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        card = self.cards[index.row()]
        return {Role.DisplayRole: card.title, Role.AccessibleTextRole: card.spoken}.get(Role(role))

    def put(self, found: Sequence[Card]) -> None:
        """Hold other cards."""
        self.beginResetModel()
        self.cards = tuple(found)
        self.endResetModel()


class _Paint(QStyledItemDelegate):
    def __init__(self, view: CardList) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, cards.TALL + cards.GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect).adjusted(0, 0, 0, -cards.GAP)
        painter.save()
        cards.paint(
            painter, area, self.view.held.cards[index.row()], held=self.view.hasFocus(),
            chosen=self.view.live and index.row() == self.view.currentIndex().row(),
            over=bool(option.state & QStyle.StateFlag.State_MouseOver),
        )  # fmt: skip
        painter.restore()


class CardList(QListView):
    """The cards, walked by Up and Down; other keys are the board's. `entered` tells that the keyboard came here,
    `ended` that its end is near."""

    entered = Signal()
    ended = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.held, self.live = Cards(), False
        self.setModel(self.held)
        self.setItemDelegate(_Paint(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def current(self) -> Card | None:
        """The marked card."""
        at = self.currentIndex().row()
        return self.held.cards[at] if 0 <= at < len(self.held.cards) else None

    def mark(self, at: int) -> None:
        """Mark a card by its place, the nearest there is."""
        if self.held.cards:
            index = self.held.index(max(0, min(at, len(self.held.cards) - 1)))
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self._scrolled()

    def show_cards(self, found: Sequence[Card]) -> None:
        """Show other cards; what is marked stays so where it is still there, else its neighbour is."""
        before, at, place = self.current(), self.currentIndex().row(), self.verticalScrollBar().value()
        self.held.put(found)
        same = next((n for n, card in enumerate(found) if before and card.key == before.key), max(at, 0))
        if found:
            self.setCurrentIndex(self.held.index(min(same, len(found) - 1)))
        self.verticalScrollBar().setValue(place)
        self.viewport().update()

    def _scrolled(self, _value: int = 0) -> None:
        last = self.indexAt(self.viewport().rect().bottomLeft())
        if self.held.cards and (not last.isValid() or last.row() >= len(self.held.cards) - NEAR):
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -4, Qt.Key.Key_PageDown: 4}
        if event.key() in ways:
            self.mark(self.currentIndex().row() + ways[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self.mark(0)
        elif event.key() == Qt.Key.Key_End:
            self.mark(len(self.held.cards))
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are the board's keys."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.mark(0)
        self.entered.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.held.cards[index.row()].key)


class Lane(QFrame, Follower):
    """A column with its head. `added` asks for a new record in it."""

    added = Signal()

    def __init__(self, title: Message, kind: str, *, add: Message = "") -> None:
        super().__init__()
        self.setProperty("box", "lane")
        self._title, self.late = title, Pill(Own(""), "bad", icon="circle-alert")
        self.list, self.count = CardList(), Note(Own("0"), tone="text2")
        self.plus = IconButton("plus", add or title, size=26, symbol=16)
        self.plus.clicked.connect(self.added)
        hide_unless(add, self.plus)
        hide_unless(False, self.late)
        head = QWidget()
        head.setFixedHeight(HEAD)
        head.setLayout(row(Pill(title, kind), self.count, self.late, None, self.plus, gap=8))
        self.setLayout(column(head, (self.list, 1), gap=6, margins=(12, 9, 12, 4)))
        self.follow()

    def look(self) -> None:
        """Take the colours in force and name the list."""
        self.list.setStyleSheet(f"QListView {{ background: {colour('sunken').name()}; border: none; outline: none; }}")
        self._name()
        self.list.viewport().update()

    def _name(self) -> None:
        told = said(N_("{lane}, {n} cards"), lane=words(self._title), n=self.count.text())
        self.list.setAccessibleName(words(told))

    def show_lane(self, found: Sequence[Card], total: int, late: int) -> None:
        """Show its cards, how many there are in all, and how many of them are late."""
        self.count.say(Own(f"{total:,}"))
        self.late.setVisible(late > 0)
        self.late.show_state(said(N_("{n} late"), n=f"{late:,}"), "bad", icon="circle-alert")
        self.list.show_cards(found)
        self._name()
