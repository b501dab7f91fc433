"""An office on a server: its address, as who runs the server told it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.entry import Entry
from ui.kit.front import FrontPage
from ui.kit.layout import column, row
from ui.kit.text import Note, Text
from ui.kit.tile import IconTile

WIDTH, FILE, BEGINS = 600, "server.txt", "postgresql://"
RUNS = N_("Whoever runs the server sets the office up there; the security administrator gives out accounts.")


def server_of(folder: Path) -> str:
    """The address of the server somebody signed in at last, where there is no office in the folder itself."""
    with suppress(OSError, UnicodeDecodeError):
        return (folder / FILE).read_text("utf-8").strip()
    return ""


def remember(folder: Path, address: str) -> None:
    """The next start offers this office. That it cannot be written stops nobody."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(address, "utf-8")


def nameless(address: str) -> str:
    """An address without the name or password somebody typed into it: who comes is asked on the next page."""
    rest = address.strip().removeprefix(BEGINS)
    host, slash, database = rest.partition("/")
    return f"{BEGINS}{host.rpartition('@')[2]}{slash}{database}" if address.strip().startswith(BEGINS) else address


class JoinPage(FrontPage):
    """Tells `submitted(address)`, or `went_back`."""

    submitted = Signal(str)
    went_back = Signal()

    def __init__(self, *, version: str, address: str = "") -> None:
        self.address = Entry(
            N_("Address of the office"), "hard-drive", help=N_("As in postgresql://server.office.cn/dayuan"), tall=True
        )
        self.address.put(address or BEGINS)
        self.go, self.back = Button(N_("Next"), "arrow-right", kind="primary"), Button(N_("Back"), "arrow-left")
        super().__init__(self._sheet(), version, [("Enter", N_("Next")), ("Esc", N_("Back"))])
        self.address.entered.connect(self.submit)
        self.back.setShortcut("Esc")
        self.go.clicked.connect(self.submit)
        self.back.clicked.connect(self.went_back)

    def _sheet(self) -> QFrame:
        note = Note(N_("Several people at once, each at his own computer."), wrap=True)
        text = column(None, Text(N_("An office on a server"), px=20, weight=600), note, None, gap=2)
        head = row(IconTile("hard-drive", "tint", 48), (text, 1), gap=16)
        sheet = QFrame()
        sheet.setProperty("box", "sheet")
        sheet.setFixedWidth(WIDTH)
        parts = (head, 6, self.address, Banner("info", RUNS), 2, row(self.back, None, self.go))
        sheet.setLayout(column(*parts, gap=14, margins=(32, 28, 32, 26)))
        return sheet

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts behind what is known of the address."""
        super().showEvent(event)
        if not event.spontaneous():
            self.address.setFocus()

    def submit(self) -> None:
        """Tell the address when it can be one."""
        self.address.clear()
        said = nameless(self.address.text())
        if said.startswith(BEGINS) and "/" in said.removeprefix(BEGINS).strip("/"):
            self.submitted.emit(said)
        else:
            self.address.refuse(N_("An address is postgresql://, the server, a slash and the name of the database."))
            self.address.setFocus()
