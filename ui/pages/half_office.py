"""Half of an office is here: which file is missing, and what to do; nothing is set up over the other half."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Banner, KeyValue
from ui.kit.front import FrontPage
from ui.kit.layout import column, hide_unless, row
from ui.kit.text import Body, Own, Text
from ui.kit.tile import IconTile

WIDTH = 600
KEYS, DB = "keys.json", "dayuan.db"
LACKS = {
    KEYS: N_(
        "The data is here, the keys to it are not. Without keys.json neither a password nor the recovery sheet opens "
        "the data. Copy keys.json from the newest backup of this folder to where it was, then look again."
    ),
    DB: N_(
        "The keys are here, the data is not. Copy dayuan.db from the newest backup of this folder to where it was, "
        "together with the other files of that backup, then look again."
    ),
}
NOTHING = N_("Nothing is set up here, so that what is left stays as it is.")


def office_in(folder: Path) -> bool:
    """Whether an office is there (the same two files as in `services.office`)."""
    return all((folder / name).exists() for name in (KEYS, DB))


def missing_in(folder: Path) -> str:
    """Which half of an office is not there, although the other is; "" when neither or both are."""
    there = [name for name in (KEYS, DB) if (folder / name).exists()]
    return (DB if there == [KEYS] else KEYS) if len(there) == 1 else ""


class HalfPage(FrontPage):
    """Tells `looked` to look again, or `went_back` where there is a page before."""

    looked = Signal()
    went_back = Signal()

    def __init__(self, *, version: str, place: str, missing: str, back: bool = False) -> None:
        self.look_again = Button(N_("Look again"), "refresh-cw", kind="primary")
        self.back = Button(N_("Back"), "arrow-left")
        hide_unless(back, self.back)
        title = Text(N_("{file} is missing"), px=20, weight=600, wrap=True, file=missing)
        head = row(IconTile("triangle-alert", "warn", 48), (title, 1), gap=16)
        facts = column(KeyValue(N_("Folder"), Own(place)), KeyValue(N_("Missing file"), Own(missing)), gap=8)
        sheet = QFrame()
        sheet.setProperty("box", "sheet")
        sheet.setFixedWidth(WIDTH)
        parts = (head, Body(LACKS[missing]), facts, Banner("info", NOTHING), 2, row(self.back, None, self.look_again))
        sheet.setLayout(column(*parts, gap=16, margins=(32, 28, 32, 26)))
        super().__init__(sheet, version, [("Enter", N_("Look again"))])
        self.back.setShortcut("Esc")
        self.look_again.clicked.connect(self.looked)
        self.back.clicked.connect(self.went_back)

    def showEvent(self, event: QShowEvent) -> None:
        """Enter looks again."""
        super().showEvent(event)
        if not event.spontaneous():
            self.look_again.setFocus()
