"""Surfaces and what stands on them: cards, section heads, facts, banners."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.button import Button
from ui.kit.layout import Item, Margins, add, column, hide_unless, row
from ui.kit.text import Heading, Message, Note, Text, words
from ui.kit.theme import PAD
from ui.kit.tile import Icon

SYMBOLS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "info": "info", "idle": "info"}


class Card(QFrame):
    """A surface with a 1-pixel edge; items stand in a column (`layout.Item`)."""

    def __init__(self, *items: Item, pad: int = PAD, gap: int = 12, margins: Margins | None = None) -> None:
        super().__init__()
        self.setProperty("box", "card")
        self.box: QVBoxLayout = column(*items, gap=gap, margins=margins or (pad, pad, pad, pad))
        self.setLayout(self.box)

    def add(self, item: Item) -> None:
        """Add an item below the others."""
        add(self.box, item)


class HairLine(QFrame):
    """A 1-pixel line, lying or `upright`."""

    def __init__(self, *, upright: bool = False, length: int = 0) -> None:
        super().__init__()
        self.setProperty("box", "line")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        if length:
            self.setFixedSize(1 if upright else length, length if upright else 1)


class SectionHead(QWidget):
    """Name of a card, a remark beside it, and what can be done at the right."""

    def __init__(self, title: Message, *actions: QWidget, note: Message = "") -> None:
        super().__init__()
        self.title, self.note = Heading(title), Note(note)
        hide_unless(note, self.note)
        self.setLayout(row(self.title, self.note, None, *actions))


def headed(head: SectionHead, *items: Item) -> Card:
    """A card with its head above a line; what stands below it, a table most of all, goes from edge to edge."""
    above = QWidget()
    above.setLayout(row(head, margins=(19, 12, 19, 8)))
    return Card(above, HairLine(), *items, gap=0, margins=(1, 1, 1, 1))


class KeyValue(QWidget):
    """A fact in one row: its name at the left, its value at the right, cut when it must be or, where it is a sentence,
    told whole over several lines (`wrap`)."""

    def __init__(
        self, name: Message, value: Message = "", *, tone: str = "text", weight: int = 400, wrap: bool = False
    ) -> None:  # fmt: skip
        super().__init__()
        self.name = Note(name)
        self.value = Text(value, tone=tone, weight=weight, elide=not wrap, wrap=wrap)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = row(self.name, (self.value, 1), gap=16)
        self.setLayout(self._row)

    def say(self, value: Message, /, **values: Any) -> None:
        """Show another value."""
        self.value.say(value, **values)

    def add(self, part: QWidget) -> None:
        """Put something behind the value."""
        self._row.addWidget(part)


class FactTile(QFrame):
    """A fact in a sunken box: name, value, remark. `kind` warn or bad flags a doubtful one."""

    def __init__(self, name: Message, value: Message = "", note: Message = "", *, kind: str = "") -> None:
        super().__init__()
        self.setProperty("box", "fact")
        self.setProperty("kind", kind)
        self.value = Text(value, weight=500, tone=kind or "text", elide=True)
        self.note = Note(note, elide=True)
        hide_unless(note, self.note)
        self.setLayout(column(Note(name, elide=True), self.value, self.note, gap=2, margins=(12, 10, 12, 10)))


class Banner(QFrame):
    """A sentence about the state of the page, with at most one thing to do about it. Kinds: ok warn bad info idle."""

    acted = Signal()

    def __init__(self, kind: str, message: Message = "", action: Message = "", **values: Any) -> None:
        super().__init__()
        self.setProperty("box", "banner")
        self.setProperty("kind", kind)
        self.symbol = Icon(SYMBOLS[kind], kind, 16)
        self.sentence = Text(message, px=12, weight=500, tone=kind, wrap=True, **values)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = Button(action, small=True)
        hide_unless(action, self.action)
        self.action.clicked.connect(self.acted)
        self.setLayout(row(self.symbol, (self.sentence, 1), self.action, gap=8, margins=(12, 8, 8, 8)))

    def say(self, message: Message, /, **values: Any) -> None:
        """Show another sentence."""
        self.sentence.say(message, **values)
        self.setAccessibleName(words(message, **values))
