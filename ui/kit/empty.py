"""What stands where a list would: why it is empty and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.kit.button import Button
from ui.kit.layout import column, row
from ui.kit.text import Heading, Message, Note
from ui.kit.tile import IconTile


class Emptiness(QWidget):
    """An icon, a title, a sentence and one thing to do."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tile, self.title, self.sentence = IconTile("package", "plain", 48), Heading(px=15), Note()
        self.action = Button("")
        self.action.clicked.connect(self.acted)
        middle = Qt.AlignmentFlag.AlignHCenter
        box = column(None, gap=8)
        for part in (self.tile, self.title, self.sentence):
            box.addWidget(part, 0, middle)
        box.addLayout(row(None, self.action, None, margins=(0, 8, 0, 0)))
        box.addStretch(2)
        self.setLayout(box)

    def say(self, icon: str, title: Message, sentence: Message, action: Message) -> None:
        """Show another reason; an empty `action` shows no button."""
        self.tile.show_icon(icon, "plain")
        self.title.say(title)
        self.sentence.say(sentence)
        self.action.say(action)
        self.action.setVisible(bool(action))
