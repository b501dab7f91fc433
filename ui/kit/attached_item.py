"""One file of a record: its kind, its name, what is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from models.attachment import Media
from resources.words import N_, Word
from services.attached.names import on_disk
from ui.kit import show
from ui.kit.button import IconButton
from ui.kit.layout import column, hide_unless, row
from ui.kit.text import Note, Own, Text, said, words
from ui.kit.tile import IconTile

ICONS = {
    Media.JPEG: "image", Media.PNG: "image", Media.TIFF: "image", Media.WEBP: "image", Media.XLSX: "sheet",
    Media.CSV: "sheet", Media.PPTX: "presentation",
}  # fmt: skip
UNITS = ("B", "KB", "MB")


def size(count: int) -> str:
    """Bytes as people read them, in steps of 1,024: `1.2 MB`."""
    at, shown = 0, float(count)
    while shown >= 1024 and at + 1 < len(UNITS):
        at, shown = at + 1, shown / 1024
    return f"{shown:.1f} {UNITS[at]}" if at and shown < 100 else f"{shown:,.0f} {UNITS[at]}"


class AttachedItem(QWidget):
    """Enter or a double click opens it."""

    open_asked = Signal(object)
    save_asked = Signal(object)
    revise_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, found: Mapping[str, Any], *, revisable: bool, removable: bool) -> None:
        super().__init__()
        self.row = found
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(found["name"])
        self.tile = IconTile(ICONS.get(found["media"], "file-text"), "plain", 32)
        self.name, self.facts = Text(Own(found["name"]), weight=500, elide=True), Note(self._facts, elide=True)
        self.more = Note(Own(found["note"] or ""), tone="text2", wrap=True)
        hide_unless(found["note"], self.more)
        buttons = [self._button("eye", N_("Open"), self.open_asked)]
        buttons.append(self._button("download", N_("Save a copy"), self.save_asked))
        if revisable:
            buttons.append(self._button("pencil", N_("Revise attachment"), self.revise_asked))
        if removable:
            buttons.append(self._button("trash-2", N_("Remove attachment"), self.remove_asked))
        lines = column(row((self.name, 1), *buttons, gap=0), self.facts, self.more, gap=0)
        self.setLayout(row(column(4, self.tile, None, gap=0), (lines, 1), gap=10))

    def _button(self, icon: str, word: str, signal: Any) -> IconButton:
        made = IconButton(icon, said(N_("{act}: {file}"), act=Word(word), file=self.row["name"]), size=26, symbol=15)
        made.clicked.connect(partial(self._ask, signal))
        return made

    def _ask(self, signal: Any, _checked: bool = False) -> None:
        signal.emit(self)

    def _facts(self) -> str:
        kind = words(f"attachment.media={self.row['media'].value}")
        return " · ".join((size(self.row["size"]), kind, self.row["added_by"], show.instant(self.row["added_at"])))

    def file_name(self) -> str:
        """A name a copy of it may have."""
        return on_disk(self.row["name"], self.row["media"])

    def say_lost(self) -> None:
        """Its content is not there, or not what it was."""
        self.tile.show_icon("triangle-alert", "bad")
        self.more.say(N_("Its content is missing or was changed"))
        self.more.tone("bad")
        self.more.show()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.open_asked.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_asked.emit(self)
        else:
            super().keyPressEvent(event)
