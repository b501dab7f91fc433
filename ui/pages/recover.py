"""Back in with the recovery sheet: its code, typed or scanned, gives an account a new password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

import resources
from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.entry import Entry, PasswordEntry
from ui.kit.front import FrontPage
from ui.kit.layout import column, row
from ui.kit.progress import Bar
from ui.kit.text import Message, Note, Text, said
from ui.kit.tile import IconTile

SHORTEST = resources.settings("sign_in")["shortest_password"]  # characters
WIDTH = 600
ONCE = N_("The code works once: a new one is shown then, to be printed instead. Its use stands in the journal.")


class RecoverPage(FrontPage):
    """Tells `submitted` a dict of code, account and password, or `went_back`. Then: `set_busy(True)`, and `refuse` with
    a sentence when it failed."""

    submitted = Signal(dict)
    went_back = Signal()

    def __init__(self, *, version: str, account: str = "") -> None:
        self._busy = False
        self.code = Entry(N_("Recovery code"), "key-round", help=N_("6 groups of 5, or scan the square"), tall=True)
        self.account = Entry(N_("Account"), "user-round", help=N_("Whose password is lost"))
        self.password = PasswordEntry(N_("New password"), help=said(N_("At least {n} characters"), n=SHORTEST))
        self.again = PasswordEntry(N_("Password once more"))
        self.wrong, self.bar = Banner("bad"), Bar(N_("Opening the data"), 0, 0, height=4)
        self.go, self.back = Button(N_("Set new password"), "check", kind="primary"), Button(N_("Back"), "arrow-left")
        self.account.put(account)
        super().__init__(self._sheet(), version, [("Enter", N_("Next")), ("Esc", N_("Back"))])
        for entry in self.entries():
            entry.entered.connect(self._next)
            entry.edited.connect(self.wrong.hide)
        self.back.setShortcut("Esc")
        self.go.clicked.connect(self.submit)
        self.back.clicked.connect(self.went_back)
        self.set_busy(False)

    def entries(self) -> list[Entry]:
        """What is to be filled in, in the order of the page."""
        return [self.code, self.account, self.password, self.again]

    def _sheet(self) -> QFrame:
        note = Note(N_("For when a password is lost and nobody is there who can give a new one."), wrap=True)
        text = column(None, Text(N_("Use the recovery sheet"), px=20, weight=600), note, None, gap=2)
        head = row(IconTile("key-round", "tint", 48), (text, 1), gap=16)
        pair = row((self.password, 1), (self.again, 1), gap=16)
        foot = row(self.back, None, self.go)
        self.wrong.hide()
        sheet = QFrame()
        sheet.setProperty("box", "sheet")
        sheet.setFixedWidth(WIDTH)
        parts = (head, 6, self.code, self.account, pair, Banner("info", ONCE), self.wrong, self.bar, 2, foot)
        sheet.setLayout(column(*parts, gap=14, margins=(32, 28, 32, 26)))
        return sheet

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts where a scanner would type."""
        super().showEvent(event)
        if not event.spontaneous():
            self.code.setFocus()

    def set_busy(self, busy: bool) -> None:
        """It takes a moment: nothing can be changed meanwhile."""
        self._busy = busy
        for entry in self.entries():
            entry.box.lock(busy)
        for button in (self.go, self.back, self.password.eye, self.again.eye):
            button.setEnabled(not busy)
        self.bar.setVisible(busy)
        if busy:
            self.wrong.hide()

    def refuse(self, message: Message, /, **values: object) -> None:
        """Say why it failed; everything filled in stays."""
        self.set_busy(False)
        self.wrong.say(message, **values)
        self.wrong.show()
        self.code.setFocus()

    def submit(self) -> None:
        """Tell what is filled in when nothing is missing, else go to the first entry that is not right."""
        for entry in self.entries():
            entry.clear()
        if not self.code.text().strip():
            self.code.refuse(N_("Please fill in the code."))
        if not self.account.text().strip():
            self.account.refuse(N_("Please fill in the account."))
        count = len(self.password.text())
        if count < SHORTEST:
            self.password.refuse(N_("At least {n} characters; these are {count}."), n=SHORTEST, count=count)
        elif self.password.text() != self.again.text():
            self.again.refuse(N_("The two passwords are not the same."))
        first = next((entry for entry in self.entries() if entry.box.wrong), None)
        if first is not None:
            first.setFocus()
        elif not self._busy:
            account = self.account.text().strip()
            told = {"code": self.code.text(), "account": account, "password": self.password.text()}
            self.submitted.emit(told)

    def _next(self) -> None:
        entries = self.entries()
        here = next((n for n, entry in enumerate(entries) if entry.line.hasFocus()), len(entries))
        if here + 1 < len(entries):
            entries[here + 1].setFocus()
        else:
            self.submit()
