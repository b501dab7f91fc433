"""Setting up an office: its name and code, the first account, the passwords of the three officers."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

import resources
from resources.words import N_, Word
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.entry import Entry, PasswordEntry
from ui.kit.front import FrontPage
from ui.kit.layout import Item, column, row
from ui.kit.progress import Bar
from ui.kit.text import Message, Note, Text, said
from ui.kit.tile import IconTile

SHORTEST = resources.settings("sign_in")["shortest_password"]  # characters
CODE = re.compile(r"[A-Z0-9]{2,6}")
SAMPLE_ACCOUNT = "admin"
OFFICERS = ("system", "security", "audit")  # the names of their accounts, and of their roles
WIDTH = 600


class SetUpPage(FrontPage):
    """Tells `submitted` a dict of name, code, account, password and officers (of the sample only account and password),
    or `went_back`.

    Then: `set_busy(True)`, `tell` how far it is, `refuse` with a sentence when it failed.
    """

    submitted = Signal(dict)
    went_back = Signal()

    def __init__(self, *, version: str, sample: bool = False) -> None:
        self._sample, self._busy = sample, False
        self.name = Entry(N_("Name of the office"))
        self.code = Entry(N_("Code"), help=N_("2–6 letters A–Z or digits"))
        self.account = Entry(N_("Account"), help=N_("You sign in with it"))
        self.password = PasswordEntry(N_("Password"), help=said(N_("At least {n} characters"), n=SHORTEST))
        self.again = PasswordEntry(N_("Password once more"))
        self.officers = {role: PasswordEntry(_officer(role)) for role in OFFICERS}
        self.wrong, self.bar = Banner("bad"), Bar(N_("Setting up"), 0, 0, height=4)
        self.go, self.back = Button(N_("Set up"), "check", kind="primary"), Button(N_("Back"), "arrow-left")
        super().__init__(self._sheet(), version, [("Enter", N_("Next")), ("Ctrl+Enter", N_("Set up"))])
        for entry in self.entries():
            entry.entered.connect(self._next)
            entry.edited.connect(self._told)
        for entry, most in ((self.name, 120), (self.code, 6), (self.account, 40)):
            entry.line.setMaxLength(most)
        self.code.line.textEdited.connect(self._raise_case)
        self.password.edited.connect(self._weigh)
        self.go.setShortcut("Ctrl+Return")
        self.back.setShortcut("Esc")
        self.go.clicked.connect(self.submit)
        self.back.clicked.connect(self.went_back)
        self.set_busy(False)

    def entries(self) -> list[Entry]:
        """What is to be filled in, in the order of the page."""
        own = [] if self._sample else [self.name, self.code, self.account]
        return [*own, self.password, self.again, *([] if self._sample else self.officers.values())]

    def _sheet(self) -> QFrame:
        title, sentence, icon = SAMPLE_WORDS if self._sample else OFFICE_WORDS
        text = column(None, Text(title, px=20, weight=600), Note(sentence, wrap=True), None, gap=2)
        items: list[Item] = [row(IconTile(icon, "tint", 48), (text, 1), gap=16), 6]
        if not self._sample:
            items += [self.name, row((self.code, 1), (self.account, 1), gap=16)]
        else:
            items.append(Banner("info", SAMPLE_NOTE, account=SAMPLE_ACCOUNT))
        items += [row((self.password, 1), (self.again, 1), gap=16)]
        keep = N_("A recovery code comes next, to be printed: without it nobody can help when every password is lost.")
        if not self._sample:
            items += [4, Text(N_("Three officers, three passwords"), weight=600), Note(THREE, wrap=True)]
            items += [row(*((entry, 1) for entry in self.officers.values()), gap=16), Banner("warn", keep)]
        items += [self.wrong, self.bar, 2, row(self.back, None, self.go)]
        self.wrong.hide()
        sheet = QFrame()
        sheet.setProperty("box", "sheet")
        sheet.setFixedWidth(WIDTH)
        sheet.setLayout(column(*items, gap=14, margins=(32, 28, 32, 26)))
        return sheet

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the first entry."""
        super().showEvent(event)
        if not event.spontaneous():
            self.entries()[0].setFocus()

    def set_busy(self, busy: bool) -> None:
        """It takes a moment: nothing can be changed meanwhile."""
        self._busy = busy
        for entry in self.entries():
            entry.box.lock(busy)
        eyes = [entry.eye for entry in (self.password, self.again, *self.officers.values())]
        for button in (self.go, self.back, *eyes):
            button.setEnabled(not busy)
        self.bar.setVisible(busy)
        if busy:
            self.bar.tell(0, 0)
            self.wrong.hide()

    def tell(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.tell(done, total)

    def refuse(self, message: Message, /, **values: object) -> None:
        """Say why it failed; everything filled in stays."""
        self.set_busy(False)
        self.wrong.say(message, **values)
        self.wrong.show()

    def submit(self) -> None:
        """Check what is filled in; tell it when all is right, else go to the first entry that is not."""
        for entry in self.entries():
            entry.clear()
        self._weigh()
        self._check()
        first = next((entry for entry in self.entries() if entry.box.wrong), None)
        if first is not None:
            first.setFocus()
        elif not self._busy:
            known: dict[str, object] = {}
            if not self._sample:
                officers = {role: entry.text() for role, entry in self.officers.items()}
                known = {"name": self.name.text().strip(), "code": self.code.text(), "officers": officers}
            account = SAMPLE_ACCOUNT if self._sample else self.account.text().strip()
            self.submitted.emit({**known, "account": account, "password": self.password.text()})

    def _check(self) -> None:
        if not self._sample:
            if not self.name.text().strip():
                self.name.refuse(N_("Please fill in the name of the office."))
            if not CODE.fullmatch(self.code.text()):
                self.code.refuse(N_("Please give 2–6 letters A–Z or digits."))
            if not self.account.text().strip():
                self.account.refuse(N_("Please fill in the account."))
            elif self.account.text().strip() in OFFICERS:
                self.account.refuse(N_("This is the account of an officer; take another name."))
            self._check_officers()
        if not self.password.text():
            self.password.refuse(NO_PASSWORD)
        elif len(self.password.text()) < SHORTEST:
            self.password.refuse(N_("At least {n} characters; these are {count}."), **self._length())
        if self.password.text() != self.again.text():
            self.again.refuse(N_("The two passwords are not the same."))

    def _check_officers(self) -> None:
        """Each long enough, and no two alike: whoever knows one must not know another."""
        known = {self.password.text()}
        for entry in self.officers.values():
            text = entry.text()
            if not text:
                entry.refuse(NO_PASSWORD)
            elif len(text) < SHORTEST:
                entry.refuse(N_("At least {n} characters; these are {count}."), n=SHORTEST, count=len(text))
            elif text in known:
                entry.refuse(N_("Another account has this password."))
            known.add(text)

    def _length(self) -> dict[str, object]:
        return {"n": SHORTEST, "count": len(self.password.text())}

    def _weigh(self) -> None:
        """Say in plain words how hard the password is to guess."""
        text = self.password.text()
        if not text:
            self.password.clear()
        elif len(text) < SHORTEST:
            self.password.remark(N_("At least {n} characters; these are {count}."), **self._length())
        else:
            sentence, tone = strength(text, self.account.text())
            self.password.remark(sentence, tone)

    def _raise_case(self, text: str) -> None:
        place = self.code.line.cursorPosition()
        self.code.put("".join(c for c in text.upper() if c.isascii() and c.isalnum()))
        self.code.line.setCursorPosition(place)

    def _told(self) -> None:
        self.wrong.hide()

    def _next(self) -> None:
        entries = self.entries()
        here = next((n for n, entry in enumerate(entries) if entry.line.hasFocus()), len(entries))
        if here + 1 < len(entries):
            entries[here + 1].setFocus()
        else:
            self.submit()


NO_PASSWORD = N_("Please choose a password.")
SAMPLE_NOTE = N_(
    "The account of the sample is {account}; its officers system, security and audit have the same password"
)
THREE = N_(
    "The system administrator keeps the data, the security administrator says who may do what, the auditor reads "
    "everything and changes nothing. Three people should hold them."
)
OFFICE_WORDS = (
    N_("Set up this office"),
    N_("Name and code stand on every paper; the code stays for good."),
    "building-2",
)
SAMPLE_WORDS = (
    N_("Try the sample office"),
    N_("Choose a password for the sample; you will need it to open it again."),
    "flask-conical",
)


def _officer(role: str) -> Message:
    """The name of an officer with that of his account, which he signs in with."""
    return said(N_("{role} ({account})"), role=Word(f"role_grant.role={role}"), account=role)


def strength(password: str, account: str) -> tuple[str, str]:
    """A sentence on how hard a long enough password is to guess, and its tone."""
    kinds = sum(bool(re.search(kind, password)) for kind in (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]"))
    holds = any(len(word) > 2 and word in password.lower() for word in (account.lower(), "password"))
    if len(set(password)) < 6 or holds:
        return N_("Easy to guess: it repeats itself, or holds the account or the word password"), "warn"
    if len(password) >= 16 or (kinds >= 3 and len(password) >= 12):
        return N_("Hard to guess"), "ok"
    return N_("Good enough; longer is better"), "text3"
