"""A figure that is the point of its tile: name above, remark below, sometimes with a link."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from ui.kit.button import LinkButton
from ui.kit.card import Card
from ui.kit.layout import column, hide_unless, row
from ui.kit.text import Figure, Message, Note, Own


class Stat(Card):
    """Shows one figure; `opened` when its link is chosen."""

    opened = Signal()

    def __init__(self, name: Message, link: Message = "") -> None:
        super().__init__(pad=16, gap=4)
        self.name, self.figure, self.remark = Note(name, elide=True), Figure(Own("—")), Note(Own(" "), elide=True)
        self.link = LinkButton(link, "arrow-right")
        hide_unless(link, self.link)
        self.link.clicked.connect(self.opened)
        self.add(self.name)
        self.add(self.figure)
        self.add(row((column(self.remark), 1), self.link))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, value: Message, remark: Message = Own(" "), tone: str = "text") -> None:
        """Show another figure."""
        self.figure.say(value)
        self.figure.tone(tone)
        self.remark.say(remark)
