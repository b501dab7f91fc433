"""What a reading met, in large letters; codes of no book that wait until somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from resources.words import N_
from ui.kit.box import Box, Line
from ui.kit.button import Button
from ui.kit.layout import column, hide_unless, row
from ui.kit.text import Follower, Message, Note, Own, Text, counted, restyle, words
from ui.kit.tile import Icon
from ui.pages.stocktake_words import ASIDE, heard, met, of_card, place

if TYPE_CHECKING:
    from services.stocktake_sheet import Scanned

HOW_MANY = N_("How many are here?")
DIGITS = 4  # a longer number is a code: nothing is counted in tens of thousands in one room


class Met(QFrame, Follower):
    """What a reading met: tone, symbol and word, the thing, when. At most a few things can be done about it."""

    asked = Signal(str, object)  # an act, and the reading it is about

    def __init__(self, *acts: tuple[str, Message, str], large: bool) -> None:
        super().__init__()
        self.setProperty("box", "banner")
        self.large = large
        self.found: Scanned | None = None
        self.symbol = Icon("circle-check", "ok", 36 if large else 18)
        self.word = Text(weight=600, px=20 if large else 13, elide=True)
        self.name = Text(weight=500, px=15 if large else 13, elide=True)
        self.about, self.at, self.nth = Note(elide=True), Text(weight=500), Note()
        self.buttons = {act: Button(label, icon, small=not large) for act, label, icon in acts}
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self._ask, act))
        for part in (self.at, self.nth):
            hide_unless(large, part)
            part.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.below = column(gap=6)
        what = column(row(self.word, (self.name, 1), gap=10), self.about, self.below, gap=3)
        when = column(self.at, self.nth, gap=3)
        pad = 14 if large else 9
        self.setLayout(row(self.symbol, (what, 1), when, *self.buttons.values(), gap=12, margins=(16, pad, 14, pad)))
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
        tone, icon, word = met(found)
        tone = tone if self.large else "warn"  # what waits is no verdict any more
        self.symbol.show_icon(icon, tone)
        if self.property("kind") != tone:
            self.setProperty("kind", tone)
            restyle(self)
        for part in (self.word, self.about):
            part.tone(tone)
        self.word.say(word)
        self.name.say(Own(found.line.name if found.line else found.code))
        self.about.say(Own(self._about(found)))
        self.at.say(Own(_time(found)))
        self.nth.say(counted("{n} reading today", "{n} readings today", found.nth) if found.nth else Own(""))
        self.nth.setVisible(self.large and bool(found.nth))
        self.setAccessibleName(heard(found))

    def _about(self, found: Scanned) -> str:
        here, when = place(found.building, found.room), "" if self.large else _time(found)
        if found.line is None:
            return " · ".join(filter(None, (words(N_("No card has this number")), when, here)))
        parts = [of_card(found.line), when]
        if found.outcome.value == "elsewhere" and here:
            parts.append(words(N_("found in {place}"), place=here))
        if found.outcome.value == "matched":
            parts.append(words(N_("place and keeper as in the books")))
        if found.counted is not None and found.line.quantity != 1:
            parts.append(words(N_("{n} pieces counted"), n=found.counted))
        parts += [words(f"stocktake_line.{name}") for name in ("damaged", "unlabelled") if getattr(found, name)]
        return " · ".join(filter(None, (*parts, found.word)))

    def _ask(self, act: str, _checked: bool = False) -> None:
        if self.found is not None:
            self.asked.emit(act, self.found)


def _time(found: Scanned) -> str:
    return found.at.astimezone().strftime("%H:%M:%S")


class _Number(Line):
    """`left_off`: nobody wants to say a number."""

    left_off = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_off.emit()
        else:
            super().keyPressEvent(event)


class NumberBox(Box):
    """A short line for a number of pieces. A scanner may type into it: `read` tells a code that is no such number."""

    said = Signal(int)
    read = Signal(str)
    left_off = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = _Number()
        self._row.addWidget(self.line, 1)
        self.line.focused.connect(self.focus)
        self.line.returnPressed.connect(self._entered)
        self.line.left_off.connect(self.left_off)
        self.setFixedWidth(110)
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
        self.line.setAccessibleName(words(HOW_MANY))
        super().look()

    def _entered(self) -> None:
        text = self.line.text().strip()
        self.line.clear()
        if text.isdecimal() and len(text) <= DIGITS and int(text) > 0:
            self.said.emit(int(text))
        elif text and not (text.isdecimal() and len(text) <= DIGITS):
            self.read.emit(text)
        else:
            self.left_off.emit()


class LastMet(Met):
    """The last reading. Of a thing that is there in pieces it asks how many: `pieces` says the reading and the number,
    `read` a code that was scanned instead, `left_off` that one it is."""

    pieces = Signal(object, int)
    read = Signal(str)
    left_off = Signal()

    def __init__(self) -> None:
        super().__init__(("remark", N_("Remark…"), "pencil"), ("stocktakes.take_back_scan", N_("Undo"), "undo-2"),
                         large=True)  # fmt: skip
        self.number, self.asking = NumberBox(), QWidget()
        how = Note(N_("Enter counts them; go on scanning where it is one"), elide=True)
        self.asking.setLayout(row(Text(HOW_MANY, weight=600), self.number, (how, 1)))
        self.below.addWidget(self.asking)
        self.asking.hide()
        self.number.said.connect(self._said)
        self.number.read.connect(self.read)
        self.number.left_off.connect(self.stop_asking)

    def show_reading(self, found: Scanned | None) -> None:
        super().show_reading(found)
        self.number.line.clear()
        self.asking.hide()

    def ask_pieces(self) -> None:
        """Ask how many there are."""
        self.asking.show()
        self.number.setFocus()

    def stop_asking(self) -> None:
        """It is one, or somebody goes on."""
        self.asking.hide()
        self.left_off.emit()

    def _said(self, pieces: int) -> None:
        self.asking.hide()
        if self.found is not None:
            self.pieces.emit(self.found, pieces)
        self.left_off.emit()


class OpenCodes(QWidget):
    """The newest code nobody dealt with, and how many more there are."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.met = Met(("stocktakes.surplus", N_("As surplus…"), "package"), ("rescan", N_("Scan again"), ""),
                       ("stocktakes.put_aside", ASIDE, "x"), large=False)  # fmt: skip
        self.more = Note()
        hide_unless(False, self.more)
        self.setLayout(column(self.met, self.more, gap=6))
        self.met.asked.connect(self.asked)
        hide_unless(False, self)

    @property
    def found(self) -> Scanned | None:
        """The code that is shown."""
        return self.met.found

    def show_codes(self, codes: Sequence[Scanned], *, scanning: bool, may: bool) -> None:
        """Show other codes; they can be read once more only while things are counted."""
        self.met.show_reading(codes[0] if codes else None)
        for act, button in self.met.buttons.items():
            fits = act != "stocktakes.surplus" or bool(codes and codes[0].line is None)
            button.setVisible(may and fits and (scanning or act != "rescan"))
        self.more.setVisible(len(codes) > 1)
        self.more.say(counted("{n} more code waits to be dealt with", "{n} more codes wait to be dealt with",
                              len(codes) - 1))  # fmt: skip
        self.setVisible(bool(codes))
