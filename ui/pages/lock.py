"""The page over a locked workbench: who works here, one's password, or sign out; nothing of the data."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.entry import PasswordEntry
from ui.kit.front import FrontPage
from ui.kit.layout import column, row
from ui.kit.progress import Bar
from ui.kit.text import Message, Note, Own, Text, TwoLine
from ui.kit.tile import Avatar, IconTile

WIDTH = 420


class LockPage(FrontPage):
    """Tells `submitted(password)`, then `set_busy(True)`, and `refuse` with a sentence when it was wrong; `left` asks
    to sign out."""

    submitted = Signal(str)
    left = Signal()

    def __init__(self, *, version: str, account: str, idle: bool) -> None:
        self.password = PasswordEntry(N_("Password"), "lock-keyhole", tall=True)
        self.caps, self.wrong = Banner("warn", N_("Caps lock is on")), Banner("bad")
        self.bar = Bar(N_("Checking the password"), 0, 0, height=4)
        self.go, self.out = Button(N_("Unlock"), "log-in", kind="primary"), Button(N_("Sign out"), kind="quiet")
        why = N_("Nobody was here for a while.") if idle else N_("You locked it.")
        note = Note(why, wrap=True)
        text = column(None, Text(N_("Locked"), px=20, weight=600), note, None, gap=2)
        who = row(Avatar(account, size=34), (TwoLine(Own(account), N_("Signed in")), 1), gap=12)
        stays = Note(N_("What you typed is still there, and what was running goes on."), wrap=True)
        sheet = QFrame()
        sheet.setProperty("box", "sheet")
        sheet.setFixedWidth(WIDTH)
        self.go.enlarge()
        for part in (self.caps, self.wrong):
            part.hide()
        head = row(IconTile("lock", "tint", 48), (text, 1), gap=16)
        parts = (head, who, self.password, self.caps, self.wrong, self.go, self.bar, stays, row(None, self.out, None))
        sheet.setLayout(column(*parts, gap=14, margins=(32, 28, 32, 20)))
        super().__init__(sheet, version, [("Enter", N_("Unlock"))])
        self.password.entered.connect(self._submit)
        self.password.caps.connect(self.caps.setVisible)
        self.go.clicked.connect(self._submit)
        self.out.clicked.connect(self.left)
        self.set_busy(False)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is in the password."""
        super().showEvent(event)
        if not event.spontaneous():
            self.password.setFocus()

    def set_busy(self, busy: bool) -> None:
        """The check takes a moment."""
        self.password.box.lock(busy)
        for button in (self.go, self.out, self.password.eye):
            button.setEnabled(not busy)
        self.bar.setVisible(busy)
        if busy:
            self.wrong.hide()

    def refuse(self, message: Message, /, **values: object) -> None:
        """Say why it stays locked."""
        self.set_busy(False)
        self.wrong.say(message, **values)
        self.wrong.show()
        self.password.hide_text()
        self.password.line.selectAll()
        self.password.setFocus()

    def _submit(self) -> None:
        if not self.password.text():
            self.password.refuse(N_("Please fill in the password."))
            self.password.setFocus()
        elif self.go.isEnabled():
            self.submitted.emit(self.password.text())

    def wipe(self) -> None:
        """The password is not kept in the line."""
        self.password.put("")
