"""Where things are counted: a line for the scanner, in large letters what the last reading met, codes of no book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from resources.words import N_
from ui.kit.box import Box, Line
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.pill import Pill
from ui.kit.text import Message, words
from ui.kit.theme import font
from ui.kit.tile import Icon
from ui.pages.stocktake_met import DIGITS, LastMet, OpenCodes
from ui.pages.stocktake_words import heard

if TYPE_CHECKING:
    from services.stocktake_sheet import Scanned

HINT = N_("Scan a label, or type a number and press Enter")
MANY = N_("3*ZC2011000001 counts three pieces at once")
NOWHERE = N_("Choose a room at the right first")
TALL = 56
SECOND = 180  # milliseconds between the two tones of what is wrong


class _Code(Line):
    """`undone`: the last reading is taken back, for nothing typed can be."""

    undone = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.text():
            self.undone.emit()
        else:
            super().keyPressEvent(event)


class CodeBox(Box):
    """A large line. `read` tells what was typed: how many pieces, or 0 when that was not said, and the code."""

    read = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(left=16, right=12)
        self.line = _Code()
        self._row.setSpacing(12)
        self._row.addWidget(Icon("maximize", "primary", 22))
        self._row.addWidget(self.line, 1)
        self.line.focused.connect(self.focus)
        self.line.returnPressed.connect(self._entered)
        self.setFixedHeight(TALL)
        self.setFocusProxy(self.line)
        self.follow()

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> str:
        return self.line.text()

    def set_value(self, value: str, words: str = "") -> None:
        self.line.setText(value)

    def look(self) -> None:
        """Say again what belongs here."""
        self.line.setFont(font(16))
        self.line.setPlaceholderText(words(HINT))
        self.line.setAccessibleName(words(HINT))
        self.line.setToolTip(words(MANY))
        super().look()

    def add(self, part: QWidget) -> None:
        """Put something at the right end."""
        self._row.addWidget(part)

    def _entered(self) -> None:
        pieces, code = split(self.line.text())
        self.line.clear()
        if code:
            self.read.emit(pieces, code)


def split(text: str) -> tuple[int, str]:
    """How many pieces, and the code: `3*ZC2011000001`; 0 where no number stands before it."""
    many, star, code = text.strip().partition("*")
    if star and many.strip().isdecimal() and len(many) <= DIGITS and int(many) > 0:
        return int(many), code.strip()
    return 0, text.strip()


class ScanCard(Card):
    """`read`: pieces and code. `asked`: an act, and the reading it is about. `pieces`: how many a reading stands for.
    `undone`: take the last reading back."""

    read = Signal(int, str)
    asked = Signal(str, object)
    pieces = Signal(object, int)
    undone = Signal()

    def __init__(self) -> None:
        super().__init__(pad=16, gap=10)
        self.code, self.last, self.open = CodeBox(), LastMet(), OpenCodes()
        self.where = Pill(NOWHERE, "warn", icon="map-pin")
        self.loud = Button(N_("Sound on"), kind="quiet", small=True)
        self.loud.setCheckable(True)
        self.loud.setChecked(True)
        self.code.add(self.where)
        self.code.add(self.loud)
        for part in (self.code, self.last, self.open):
            self.add(part)
        self.loud.toggled.connect(self._sound)
        self.code.read.connect(self.read)
        self.code.line.undone.connect(self.undone)
        self.last.asked.connect(self.asked)
        self.last.pieces.connect(self.pieces)
        self.last.read.connect(self._scanned)
        self.last.left_off.connect(self.setFocus)
        self.open.asked.connect(self.asked)
        self.setFocusProxy(self.code)

    def _sound(self, on: bool) -> None:
        self.loud.say(N_("Sound on") if on else N_("Sound off"))
        self.setFocus()

    def _scanned(self, code: str) -> None:
        self.last.stop_asking()
        self.read.emit(0, code)

    def show_where(self, name: Message | None) -> None:
        """In which room the team stands."""
        if name is None:
            self.where.show_state(NOWHERE, "warn", icon="map-pin")
        else:
            self.where.show_state(name, "ok", icon="map-pin")

    def show_met(self, found: Scanned) -> None:
        """Show and sound what a reading met; a screen reader says it."""
        self.last.show_reading(found)
        self.sound(bad=found.outcome.value in ("unknown", "outside"))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.last, heard(found)))

    def sound(self, *, bad: bool) -> None:
        """One tone for what is well, two for what is not."""
        if self.loud.isChecked():
            QApplication.beep()
            if bad:
                QTimer.singleShot(SECOND, QApplication.beep)

    def show_open(self, codes: Sequence[Scanned], *, may: bool) -> None:
        """The codes nobody dealt with."""
        self.open.show_codes(codes, scanning=True, may=may)
