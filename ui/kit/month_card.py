"""A month on a card: its name, and the ways to the one before, the one after and today."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.button import Button, IconButton, KeyHints
from ui.kit.card import Card, HairLine
from ui.kit.editors import today
from ui.kit.layout import row
from ui.kit.month import Month
from ui.kit.text import Heading, Message, Own


class MonthCard(Card):
    """Begins with today; `hints` are the keys that work in the `month`."""

    def __init__(self, name: Message, hints: KeyHints) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 1))
        self.month, self.title = Month(today(), name), Heading(Own(" "))
        before, after = IconButton("chevron-left", N_("Month before")), IconButton("chevron-right", N_("Month after"))
        now, head = Button(N_("Today"), small=True), QWidget()
        before.clicked.connect(partial(self._turn, -1))
        after.clicked.connect(partial(self._turn, 1))
        now.clicked.connect(self._to_today)
        self.month.moved.connect(self._say)
        head.setLayout(row(before, self.title, after, now, None, hints, gap=6, margins=(12, 8, 12, 8)))
        for item in (head, HairLine(), (self.month, 1)):
            self.add(item)
        self._say()

    def _turn(self, months: int, _checked: bool = False) -> None:
        self.month.turn(months)

    def _to_today(self) -> None:
        self.month.today = today()
        self.month.go(today())

    def _say(self, _day: object = None) -> None:
        self.title.say(Own(f"{self.month.day:%Y-%m}"))
