"""Signing in: what is known of the data on this computer, account and password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Banner, HairLine
from ui.kit.entry import Entry, PasswordEntry
from ui.kit.front import Brand, FrontPage
from ui.kit.layout import column, hide_unless, row
from ui.kit.progress import Bar
from ui.kit.text import Message, Note, Own, Text, TwoLine
from ui.kit.tile import Icon, IconTile

WITH_SERVER = N_("The server checks the password. It is not stored.")
WIDTH, HEIGHT, LEFT = 842, 484, 384


class SignInPage(FrontPage):
    """Tells `submitted(account, password)`; then `set_busy(True)`, and `refuse` with a sentence when it failed.

    `office` and `opened` (when and by whom it was opened last) are shown where they are known. With `back` there is
    another page to go back to: `went_back`. `served`: the place is the address of a server. `forgotten` asks for the
    page of the recovery sheet.
    """

    submitted = Signal(str, str)
    forgotten = Signal()
    went_back = Signal()

    def __init__(
        self,
        *,
        version: str,
        place: str,
        office: str = "",
        account: str = "",
        opened: Message = "",
        back: bool = False,
        served: bool = False,
    ) -> None:
        self.account = Entry(N_("Account"), "user-round", tall=True)
        self.password = PasswordEntry(N_("Password"), "lock-keyhole", tall=True)
        self.caps, self.wrong = Banner("warn", N_("Caps lock is on")), Banner("bad")
        self.go = Button(N_("Sign in"), "log-in", kind="primary")
        self.back = Button(N_("Back"), "arrow-left", kind="quiet")
        hide_unless(back, self.back)
        self.lost = Button(N_("Forgotten? Use the recovery sheet"), kind="link", small=True)
        self.bar = Bar(N_("Opening the data"), 0, 0, height=4)
        self.account.put(account)
        sheet = QFrame()
        sheet.setProperty("box", "sheet")
        sheet.setFixedWidth(WIDTH)
        sheet.setMinimumHeight(HEIGHT)
        side = _facts(place, office, opened, served)
        sheet.setLayout(row(side, (self._form(served), 1), gap=0, margins=(1, 1, 1, 1)))
        super().__init__(sheet, version, [("Enter", N_("Sign in"))])
        self.account.entered.connect(self._entered)
        self.password.entered.connect(self._entered)
        self.password.caps.connect(self.caps.setVisible)
        self.go.clicked.connect(self._submit)
        self.back.clicked.connect(self.went_back)
        self.lost.clicked.connect(self.forgotten)
        self.back.setShortcut("Esc")
        self.set_busy(False)

    def _form(self, served: bool) -> QWidget:
        self.go.enlarge()
        self.caps.hide()
        self.wrong.hide()
        form = QWidget()
        foot = row(
            Icon("shield-check", "text3", 15),
            Note(N_("Nobody can open this data without a password. Keep it safe.")),
            None,
            gap=7,
        )
        ways = row(None, self.lost, self.back, None, gap=16)
        parts = (self.account, self.password, self.caps, self.wrong, 4, self.go, self.bar, ways)
        head = (
            Text(N_("Sign in"), px=20, weight=600),
            Note(WITH_SERVER if served else N_("The password also unlocks the data. It is not stored.")),
        )
        form.setLayout(column(*head, 8, *parts, None, HairLine(), foot, gap=11, margins=(40, 30, 40, 22)))
        return form

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts where something is missing."""
        super().showEvent(event)
        if not event.spontaneous():
            (self.password if self.account.text() else self.account).setFocus()

    def set_busy(self, busy: bool) -> None:
        """Opening takes a moment: nothing can be changed meanwhile."""
        for entry in (self.account, self.password):
            entry.box.lock(busy)
        self.password.eye.setEnabled(not busy)
        for button in (self.go, self.back, self.lost):
            button.setEnabled(not busy)
        self.go.say(N_("Opening…") if busy else N_("Sign in"), "" if busy else "log-in")
        self.bar.setVisible(busy)
        if busy:
            self.wrong.hide()

    def refuse(self, message: Message, /, **values: object) -> None:
        """Say why it did not open, and let the password be typed again."""
        self.set_busy(False)
        self.wrong.say(message, **values)
        self.wrong.show()
        self.password.hide_text()
        self.password.line.selectAll()
        self.password.setFocus()

    def _entered(self) -> None:
        if self.account.text().strip() and not self.password.text():
            self.password.setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        self.wrong.hide()
        for entry, sentence in (
            (self.password, N_("Please fill in the password.")), (self.account, N_("Please fill in the account."))
        ):  # fmt: skip
            if not entry.text().strip():
                entry.refuse(sentence)
                entry.setFocus()
        if self.go.isEnabled() and self.account.text().strip() and self.password.text():
            self.submitted.emit(self.account.text().strip(), self.password.text())


def _facts(place: str, office: str, opened: Message, served: bool) -> QFrame:
    side = QFrame()
    side.setProperty("box", "sheetside")
    side.setFixedWidth(LEFT)
    facts = (
        _of_server(place)
        if served
        else [
            _fact("hard-drive", Own(office) if office else N_("Data on this computer"), Own(place)),
            _fact("lock", N_("Encrypted"), N_("Whoever takes the file cannot read it")),
            _fact("cloud-off", N_("No network needed"), N_("Everything works without a connection")),
        ]
    )
    if opened:
        facts.append(_fact("history", N_("Last opened"), opened))
    brand = Brand(N_("Facilities of offices, shared") if served else N_("Facilities of offices, on one computer"))
    side.setLayout(column(brand, 14, *facts, None, gap=16, margins=(32, 32, 28, 28)))
    return side


def _of_server(address: str) -> list[QWidget]:
    return [
        _fact("hard-drive", N_("An office on a server"), Own(address)),
        _fact("lock", N_("Each as himself"), N_("The server itself shows everybody what is his")),
        _fact("users", N_("The network is needed"), N_("Several people work in it at once")),
    ]


def _fact(icon: str, title: Message, remark: Message) -> QWidget:
    line = QWidget()
    line.setLayout(row(IconTile(icon, "raised", 34), (TwoLine(title, remark), 1), gap=12))
    return line
