"""A printed count sheet is typed in, line by line; it is stored as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import UserError
from ui.kit.box import Box, Line
from ui.kit.button import Button, KeyHints, LinkButton
from ui.kit.card import Banner, Card, HairLine
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head
from ui.kit.grid_model import Line as GridLine
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.messages import confirm
from ui.kit.page import PageHead, StickyFooter
from ui.kit.text import Body, Message, Note, Own, counted, said, words
from ui.kit.theme import MARGIN
from ui.kit.tick import Tick

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.kit.background import Background

TITLE = N_("Type in a printed sheet")
HINT = N_(
    "Number of the line, what stands at the end of the number on the label, and how many pieces; Enter takes the line."
    " Something the sheet does not list: leave the line empty and write the whole number."
)
POSITION, CODE, PIECES, WORD = N_("Line on the sheet"), N_("End of the number"), N_("Pieces"), N_("Remark")
HEADS = (
    Head("#", 46, right=True, sorts=False), Head(POSITION, 110, right=True, sorts=False), Head(CODE, sorts=False),
    Head(PIECES, 80, right=True, sorts=False), Head(N_("Seen"), sorts=False),
)  # fmt: skip
NO_POSITION = N_("The line on the sheet is a number")
NO_PIECES = N_("The pieces are a number from 1 on")
NO_CODE = N_("Write what stands at the end of the number on the label: it shows that the thing was visited")


class Written(NamedTuple):
    """A line as it is typed, in the order `stocktakes.enter_sheet` takes it."""

    position: int | None
    code: str
    quantity: int
    damaged: bool
    unlabelled: bool
    word: str | None
    room_id: UUID | None


class _Box(Box):
    """A short line; Enter says that the line of the sheet is whole."""

    def __init__(self, name: Message, width: int) -> None:
        super().__init__()
        self.line, self._name = Line(), name
        self._row.addWidget(self.line, 1)
        self.line.focused.connect(self.focus)
        if width:
            self.setFixedWidth(width)
        self.setFocusProxy(self.line)
        self.follow()

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> str:
        return self.line.text().strip()

    def set_value(self, value: str, words: str = "") -> None:
        self.line.setText(value)

    def look(self) -> None:
        self.line.setAccessibleName(words(self._name))
        super().look()


class _Grid(Grid):
    """`removed`: the key of a row that is taken off again."""

    removed = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.key() is not None:
            self.removed.emit(self.key())
        else:
            super().keyPressEvent(event)


class SheetPage(QWidget):
    """Lines for one team; `entered` tells what came of them."""

    left = Signal()
    entered = Signal(object)  # Done

    def __init__(self, background: Background, stocktake: UUID, team: UUID, room: UUID | None, facts: Message) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.room = background, room
        self.fixed = {"stocktake_id": stocktake, "team_id": team}
        self.rows: list[Written] = []
        self._busy = False
        self._make(facts)
        self._arrange()
        self._show()

    def _make(self, facts: Message) -> None:
        self.head = PageHead(TITLE, back=(("stocktakes", "stocktakes"),), facts=facts)
        self.wrong = Banner("bad", Own(""))
        self.wrong.hide()
        self.position, self.code, self.pieces = _Box(POSITION, 120), _Box(CODE, 190), _Box(PIECES, 90)
        self.word = _Box(WORD, 0)
        self.boxes = (self.position, self.code, self.pieces, self.word)
        self.damaged, self.unlabelled = Tick("stocktake_scan.damaged"), Tick("stocktake_scan.unlabelled")
        self.add = Button(N_("Take line"), "plus")
        self.off = LinkButton(N_("Take the marked line off"), "x", after=False)
        self.grid = _Grid(N_("Lines of the sheet"), HEADS, tall=34)
        self.count = Note(Own(""), tone="text2")
        self.cancel, self.save = Button(N_("Cancel")), Button(N_("Enter the sheet"), "check", kind="primary")
        self.head.went_back.connect(self.leave)
        for box in self.boxes:
            box.line.returnPressed.connect(self.take)
        self.add.clicked.connect(self.take)
        self.off.clicked.connect(self._off)
        self.grid.removed.connect(self._remove)
        self.cancel.clicked.connect(self.leave)
        self.save.clicked.connect(self.submit)
        self.setFocusProxy(self.position)

    def _arrange(self) -> None:
        named = ((POSITION, self.position, 0), (CODE, self.code, 0), (PIECES, self.pieces, 0), (WORD, self.word, 1))
        boxes = [(column(Note(name), box, gap=4), stretch) for name, box, stretch in named]
        line = row(*boxes, column(None, self.damaged), column(None, self.unlabelled), column(None, self.add), gap=12)
        card = Card(Body(HINT), line, HairLine(), row(self.count, None, self.off), (self.grid, 1))
        page = column(self.head, self.wrong, (card, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        keys = KeyHints([("Enter", N_("take line")), ("Ctrl+S", N_("enter the sheet")), ("Esc", N_("back"))])
        self.setLayout(column((page, 1), StickyFooter([self.cancel], [self.save], keys), gap=0))
        shortcuts(self, {"Esc": self.leave, "Ctrl+S": self.submit})

    # Lines

    def take(self) -> None:
        """The line that is typed belongs to the sheet; the next one begins."""
        position, pieces = self.position.value(), self.pieces.value()
        if position and not position.isdecimal():
            self._wrong(NO_POSITION, self.position)
        elif pieces and not (pieces.isdecimal() and int(pieces) > 0):
            self._wrong(NO_PIECES, self.pieces)
        elif not self.code.value():
            self._wrong(NO_CODE, self.code)
        else:
            self.wrong.hide()
            room = None if position else self.room
            self.rows.append(Written(int(position) if position else None, self.code.value(), int(pieces or 1),
                                     self.damaged.isChecked(), self.unlabelled.isChecked(), self.word.value() or None,
                                     room))  # fmt: skip
            for box in self.boxes:
                box.set_value("")
            for tick in (self.damaged, self.unlabelled):
                tick.setChecked(False)
            self._show()
            self.position.line.setFocus()

    def _typed(self) -> bool:
        """Whether a line is being typed."""
        return any(box.value() for box in self.boxes)

    def _wrong(self, sentence: str, box: _Box) -> None:
        self.wrong.say(sentence)
        self.wrong.show()
        box.line.setFocus()

    def _show(self) -> None:
        self.grid.show_lines([GridLine(at, partial(_cells, at, one)) for at, one in enumerate(self.rows)])
        self.count.say(counted("{n} line", "{n} lines", len(self.rows)))
        self.save.setEnabled(bool(self.rows) and not self._busy)
        self.off.setVisible(bool(self.rows))

    def _off(self) -> None:
        self._remove(self.grid.key())

    def _remove(self, at: Any) -> None:
        if isinstance(at, int) and at < len(self.rows):
            one = self.rows.pop(at)
            known = ("" if one.position is None else str(one.position), one.code, str(one.quantity), one.word or "")
            for box, text in zip(self.boxes, known, strict=True):
                box.set_value(text)
            self.damaged.setChecked(one.damaged)
            self.unlabelled.setChecked(one.unlabelled)
            self._show()
            self.position.line.setFocus()

    # Storing

    def submit(self) -> None:
        """Store all of it, with the line that is being typed, or say which line is wrong."""
        if self._typed():
            self.take()
        if self.rows and not self._busy and not self._typed():
            self._busy = True
            self._show()
            values = self.fixed | {"rows": [tuple(one) for one in self.rows]}
            self.background.do("stocktakes.enter_sheet", values, self._entered, self._refused)

    def _entered(self, done: Done[Any]) -> None:
        self.rows = []
        self.left.emit()
        self.entered.emit(done)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._show()
        if not isinstance(error, UserError):
            self.background.failed.emit(error)
            return
        line = error.values.get("line")
        if isinstance(line, int):
            self.grid.mark(line - 1)
        self.wrong.say(said(error.message, **error.values))
        self.wrong.show()

    def may_leave(self) -> bool:
        """Asks when lines were typed that are stored nowhere."""
        kept = not self.rows and not self._typed()
        return kept or confirm(
            self, N_("Leave the sheet?"), N_("What was typed is not stored."), N_("Leave"), kind="bad"
        )

    def leave(self, _key: str = "") -> None:
        """Go back, if nothing is lost or somebody agrees."""
        if self.may_leave():
            self.rows = []
            self.left.emit()


def _cells(at: int, one: Written) -> list[Cell]:
    said_ = [words(f"stocktake_scan.{name}") for name in ("damaged", "unlabelled") if getattr(one, name)]
    seen = " · ".join(filter(None, (*said_, one.word)))
    position = "—" if one.position is None else str(one.position)
    return [Cell(Own(str(at + 1)), tone="text3"), Cell(Own(position)), Cell(Own(one.code)),
            Cell(Own(str(one.quantity))), Cell(Own(seen))]  # fmt: skip
