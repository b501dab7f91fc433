"""A board of lines: what waits, one line each, with a way to the record it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from resources.words import N_
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.read_page import NONE, ReadPage
from ui.kit.screen import Tone
from ui.kit.text import Message, Note, Own, Text, counted, said
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

SOON, MOST = 30, 300  # days that are few; rows that are shown


class Shown(NamedTuple):
    """How a board looks: its title, heads with the room each takes, its icon and words when it is empty, the kinds of
    record whose change makes it read again."""

    title: str
    heads: tuple[tuple[Message, int], ...]
    icon: str
    empty: tuple[str, str]
    watched: frozenset[str]


class LineBoard(ReadPage):
    """Reads its lines off the window's thread. What it is made from says its words, its cells and where a line leads;
    `facts` of all lines stand in the head. One that is opened as a page leads `back` to a place."""

    left = Signal()  # of one that was opened as a page

    def __init__(
        self, background: Background, shown: Shown, read: Callable[[Desk], Sequence[Any]],
        back: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(background)
        self.shown, self.watched, self._read = shown, shown.watched, read
        self.head = PageHead(shown.title, facts=Own(" "), back=(back,) if back else ())
        self.head.went_back.connect(self._back)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(19, 12, 19, 12)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        for at, (_, stretch) in enumerate(shown.heads):
            self.grid.setColumnStretch(at, stretch)
        self.links: list[LinkButton] = []
        self.empty = EmptyState(shown.icon, *shown.empty)
        card = Card(self.grid, pad=0, gap=0, margins=(1, 1, 1, 1))
        self.stack = QStackedWidget()
        self.stack.addWidget(ScrollPage(card, None, margin=0))
        self.stack.addWidget(self.empty)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, (self.stack, 1), gap=14, margins=margins))
        self.begin({"Esc": self._back} if back else NONE)

    def facts(self, rows: Sequence[Any]) -> Message:
        """What is said of all lines."""
        raise NotImplementedError

    def cells(self, found: Any) -> Sequence[QWidget]:
        """A line, one widget a head but for the last, which is the link."""
        raise NotImplementedError

    def link(self, found: Any) -> tuple[Message, str]:
        """The word on the link of a line, and what a screen reader says of where it leads."""
        raise NotImplementedError

    def follow(self, found: Any) -> None:
        """Go where a line leads."""
        raise NotImplementedError

    def question(self) -> Callable[[Desk], Sequence[Any]]:
        """The lines."""
        return self._read

    def _got(self, rows: Sequence[Any]) -> None:
        while (old := self.grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.links.clear()
        self.stack.setCurrentIndex(0 if rows else 1)
        self.head.show_facts(self.facts(rows))
        for at, (name, _) in enumerate(self.shown.heads):
            self.grid.addWidget(Note(name), 0, at)
        for line, found in enumerate(rows[:MOST]):
            self._line(2 * line + 1, found)
        if len(rows) > MOST:
            more = Note(N_("{n} more follow"), n=len(rows) - MOST)
            self.grid.addWidget(more, 2 * MOST + 1, 0, 1, len(self.shown.heads))

    def _line(self, at: int, found: Any) -> None:
        self.grid.addWidget(HairLine(), at, 0, 1, len(self.shown.heads))
        word, leads = self.link(found)
        link = LinkButton(word, "arrow-right")
        link.setAccessibleDescription(leads)
        link.clicked.connect(partial(self._follow, found))
        self.links.append(link)
        for column_, part in enumerate((*self.cells(found), link)):
            self.grid.addWidget(part, at + 1, column_)
        self.grid.setRowMinimumHeight(at + 1, 42)

    def _back(self, _key: str = "") -> None:
        self.left.emit()

    def _follow(self, found: Any, _checked: bool = False) -> None:
        self.follow(found)


def days_left(days: int | None, over: str = N_("ended {n} days ago")) -> QWidget:
    """How long something has: warned of when it is soon, bad when it is over, which the sentence `over` says."""
    if days is None:
        return Text(Own("—"))
    tone: Tone = "bad" if days < 0 else "warn" if days <= SOON else "idle"
    left: Message = counted("{n} day", "{n} days", days)
    if days < 0:
        left = said(over, n=-days)
    holder = QWidget()
    holder.setLayout(row(Pill(left, tone), None))
    return holder
