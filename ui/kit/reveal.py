"""A personal value in a small dialog that closes by itself; it stands nowhere else in the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

import resources
from resources.words import N_
from ui.kit.button import Button
from ui.kit.layout import column, row
from ui.kit.text import Follower, Message, Note, Own, Text, said, words
from ui.kit.tile import IconTile

SECOND = 1000  # milliseconds


class RevealDialog(QDialog, Follower):
    """Closes after some seconds, on Escape, and when the window behind it goes away. What it showed is not kept."""

    def __init__(self, parent: QWidget, field: Message, whose: str, value: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.left: int = resources.settings("personal")["shown_seconds"]
        self.value = Text(Own(value), px=20, weight=600, wrap=True)
        self.value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.value.setAccessibleName(value)
        self.note = Note(self._closes)
        self.close_now = Button(N_("Close"))
        self.close_now.clicked.connect(self.reject)
        text = column(Text(field, px=12, weight=500, tone="text2"), self.value, Note(Own(whose), wrap=True), gap=4)
        top = row(column(IconTile("eye", "info", 40), None), (text, 1), gap=16)
        self.setLayout(column(top, row(self.note, None, self.close_now), gap=20, margins=(24, 24, 24, 20)))
        self.setFixedWidth(460)
        self.close_now.setDefault(True)
        self._clock = QTimer(self, interval=SECOND)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        parent.installEventFilter(self)
        self.follow()

    def look(self) -> None:
        """Say the title again; what is shown is not in it."""
        self.setWindowTitle(words(N_("Show personal data")))

    def done(self, result: int) -> None:
        """Close; the value is gone from the label before the label is, and from the clipboard if it was copied."""
        self._clock.stop()
        _uncopy(self.value.text())
        for forget in (self.value.setText, self.value.setAccessibleName):
            forget("")
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nobody sees it over a window that is locked or left."""
        if event.type() == QEvent.Type.Hide and watched is self.parent():
            self.reject()
        return super().eventFilter(watched, event)

    def _tick(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.reject()
        else:
            self.note.look()

    def _closes(self) -> str:
        return said(N_("Closes by itself in {n} s"), n=self.left)()


def _uncopy(value: str) -> None:
    """What somebody else put there meanwhile stays."""
    board = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if value and board.text(mode) == value:
            board.clear(mode)
