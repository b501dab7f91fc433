"""Where things are counted: a line for the scanner, in large letters what the last reading met, codes of no book."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from resources.words import N_
from ui.kit.box import Box, Line
from ui.kit.button import Button, IconButton
from ui.kit.card import Card
from ui.kit.layout import column, hide_unless, row
from ui.kit.pill import Pill
from ui.kit.text import Follower, Message, Note, Own, Text, counted, restyle, said, words
from ui.kit.theme import font
from ui.kit.tile import Icon
from ui.pages.stocktake_words import ASIDE, MET, heard, of_card, place

if TYPE_CHECKING:
    from services.stocktake_sheet import Scanned

HINT = N_("Scan a label, or type a number and press Enter; 3* before it counts three pieces")
NOWHERE = N_("Choose a room at the right first")
TALL = 52


class _Code(Line):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
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
        self.look()

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> str:
        return self.line.text()

    def set_value(self, value: str, words: str = "") -> None:
        self.line.setText(value)

    def look(self) -> None:
        """Say again what belongs here."""
        if hasattr(self, "line"):
            self.line.setFont(font(16))
            self.line.setPlaceholderText(words(HINT))
            self.line.setAccessibleName(words(HINT))
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
    if star and many.strip().isdigit() and int(many) > 0:
        return int(many), code.strip()
    return 0, text.strip()


class Met(QFrame, Follower):
    """What a reading met: tone, symbol and word, the thing, when. At most a few things can be done about it."""

    asked = Signal(str, object)  # an act, and the reading it is about

    def __init__(self, *acts: tuple[str, Message, str], large: bool) -> None:
        super().__init__()
        self.setProperty("box", "banner")
        self.found: Scanned | None = None
        self.symbol = Icon("circle-check", "ok", 36 if large else 18)
        self.word = Text(weight=600, px=18 if large else 13)
        self.name = Text(weight=500, px=15 if large else 13, elide=True)
        self.about, self.at, self.nth = Note(elide=True), Text(weight=500), Note()
        self.buttons = {act: Button(label, icon, small=not large) for act, label, icon in acts}
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self._ask, act))
        for part in (self.at, self.nth):
            part.setAlignment(Qt.AlignmentFlag.AlignRight)
        what = column(row(self.word, (self.name, 1), gap=10), self.about, gap=3)
        when = column(self.at, self.nth, gap=3)
        pad = 14 if large else 9
        items = (self.symbol, (what, 1), when, *self.buttons.values())
        self.setLayout(row(*items, gap=12, margins=(16, pad, 14, pad)))
        self.hide()
        self.follow()

    def show_reading(self, found: Scanned | None) -> None:
        """Show another reading, or nothing."""
        self.found = found
        self.setVisible(found is not None)
        self.look()

    def look(self) -> None:
        """Say it in the language in force."""
        found = self.found
        if found is None:
            return
        tone, icon, word = MET[found.outcome.value]
        self.symbol.show_icon(icon, tone)
        self.setProperty("kind", tone)
        restyle(self)
        for part in (self.word, self.about):
            part.tone(tone)
        self.word.say(word)
        self.name.say(Own(found.line.name if found.line else found.code))
        self.about.say(Own(self._about(found)))
        self.at.say(Own(found.at.astimezone().strftime("%H:%M:%S")))
        self.nth.say(counted("{n} reading today", "{n} readings today", found.nth) if found.nth else Own(""))
        self.setAccessibleName(heard(found))

    def _about(self, found: Scanned) -> str:
        here = place(found.building, found.room)
        if found.line is None:
            return " · ".join(filter(None, (words(N_("No card has this number")), here)))
        parts = [of_card(found.line)]
        if found.outcome.value == "elsewhere" and here:
            parts.append(words(N_("found in {place}"), place=here))
        if found.counted is not None and found.line.quantity != 1:
            parts.append(words(N_("{n} pieces counted"), n=found.counted))
        parts += [words(f"stocktake_line.{name}") for name in ("damaged", "unlabelled") if getattr(found, name)]
        return " · ".join(filter(None, (*parts, found.word)))

    def _ask(self, act: str, _checked: bool = False) -> None:
        if self.found is not None:
            self.asked.emit(act, self.found)


class ScanCard(Card):
    """`read`: pieces and code. `asked`: an act, and the reading it is about."""

    read = Signal(int, str)
    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(pad=16, gap=10)
        self.code = CodeBox()
        self.where = Pill(NOWHERE, "warn", icon="map-pin")
        self.loud = IconButton("phone", N_("Sound"))
        self.loud.setCheckable(True)
        self.loud.setChecked(True)
        self.code.add(self.where)
        self.code.add(self.loud)
        self.last = Met(("remark", N_("Remark…"), "pencil"), ("stocktakes.take_back_scan", N_("Undo"), "undo-2"),
                        large=True)  # fmt: skip
        self.open = Met(("stocktakes.surplus", N_("Enter as surplus…"), "package"),
                        ("stocktakes.put_aside", ASIDE, "x"), large=False)  # fmt: skip
        self.more = Note()
        hide_unless(False, self.more)
        for part in (self.code, self.last, self.open, self.more):
            self.add(part)
        self.code.read.connect(self.read)
        self.last.asked.connect(self.asked)
        self.open.asked.connect(self.asked)
        self.setFocusProxy(self.code)

    def show_where(self, name: Message | None) -> None:
        """In which room the team stands."""
        if name is None:
            self.where.show_state(NOWHERE, "warn", icon="map-pin")
        else:
            self.where.show_state(name, "ok", icon="map-pin")

    def show_met(self, found: Scanned) -> None:
        """Show and sound what a reading met; a screen reader says it."""
        self.last.show_reading(found)
        bad = found.outcome.value in ("unknown", "outside")
        if self.loud.isChecked():
            for _ in range(2 if bad else 1):
                QApplication.beep()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.last, heard(found)))

    def show_open(self, codes: list[Scanned]) -> None:
        """The newest code nobody dealt with, and how many more there are."""
        self.open.show_reading(codes[0] if codes else None)
        self.more.setVisible(len(codes) > 1)
        self.more.say(said(N_("{n} more codes wait to be dealt with"), n=len(codes) - 1))

    def values(self, pieces: int) -> dict[str, Any]:
        """What a reading says of how many pieces there are."""
        return {"quantity": pieces or 1}
