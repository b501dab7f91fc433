"""What was counted in a store is typed in from its sheet, line by line; it is stored as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_, Word
from services.desk.errors import Invalid, UserError
from ui.kit import read, show
from ui.kit.button import Button, KeyHints
from ui.kit.card import Banner, Card, HairLine
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.line_box import LineBox
from ui.kit.messages import confirm
from ui.kit.page import PageHead, StickyFooter
from ui.kit.text import Body, Message, Note, Own, said, words
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.kit.background import Background

HINT = N_("Type what was counted and press Enter: the next line is marked. What is not there is 0.")
COUNTED, REASON = Word("part_count_line.counted"), Word("part_count_line.reason")
HEADS = (
    Head("part_count_line.position", 60, right=True), Head("part_count_line.part_id"), Head("part_stock.place", 80),
    Head("part.measure", 60), Head("part_count_line.counted", 90, right=True), Head("part_count_line.reason"),
)  # fmt: skip
NO_QUANTITY = N_("Write how much was counted")
PROGRESS = N_("{n} of {all} lines")


class Typed(NamedTuple):
    """What is typed of a line: thousandths, and why it differs."""

    counted: int
    reason: str | None


class _Box(LineBox):
    """A line with the name of what is typed there."""

    def __init__(self, name: Message, read_: Any, write: Any = str) -> None:
        self._name = name
        super().__init__(read_, write)
        self.setFocusProxy(self.line)

    def look(self) -> None:
        self.line.setAccessibleName(words(self._name))
        super().look()


class CountPage(QWidget):
    """All lines of a count; `entered` tells that they are stored."""

    left = Signal()
    entered = Signal(object)  # Done

    def __init__(
        self, background: Background, count: UUID, lines: Sequence[Mapping[str, Any]], facts: Message,
        back: tuple[str, Message],
    ) -> None:  # fmt: skip
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.count, self.lines = background, count, {line["position"]: line for line in lines}
        self.typed = {at: Typed(line["counted"], line["reason"]) for at, line in self.lines.items()
                      if line["counted"] is not None}  # fmt: skip
        self.before, self.taken, self._busy = dict(self.typed), set[int](), False
        self._make(facts, back)
        self._arrange()
        self._show()
        self.grid.mark(next((at for at in self.lines if at not in self.typed), next(iter(self.lines), None)))

    def _make(self, facts: Message, back: tuple[str, Message]) -> None:
        self.head = PageHead(N_("Enter what was counted"), back=(back,), facts=facts)
        self.wrong = Banner("bad", Own(""))
        self.wrong.hide()
        self.about, self.done = Body(Own(" ")), Note(Own(""), tone="text2")
        self.amount, self.reason = _Box(COUNTED, read.thousandths, show.quantity), _Box(REASON, str.strip)
        self.amount.setFixedWidth(140)
        for box in (self.amount, self.reason):
            box.follow()
            box.line.returnPressed.connect(self.take)
        self.add = Button(N_("Take line"), "plus")
        self.grid = Grid(N_("Lines of the sheet"), HEADS, tall=34)
        self.cancel, self.save = Button(N_("Cancel")), Button(N_("Save"), "check", kind="primary")
        self.head.went_back.connect(self.leave)
        self.grid.marked.connect(self._marked)
        self.add.clicked.connect(self.take)
        self.cancel.clicked.connect(self.leave)
        self.save.clicked.connect(self.submit)
        self.setFocusProxy(self.amount.line)

    def _arrange(self) -> None:
        boxes = row(column(Note(COUNTED), self.amount, gap=4), (column(Note(REASON), self.reason, gap=4), 1),
                    column(None, self.add), gap=12)  # fmt: skip
        card = Card(Note(HINT), self.about, boxes, HairLine(), self.done, (self.grid, 1))
        page = column(self.head, self.wrong, (card, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        keys = KeyHints([("Enter", N_("take line")), ("Ctrl+S", N_("Save")), ("Esc", N_("back"))])
        self.setLayout(column((page, 1), StickyFooter([self.cancel], [self.save], keys), gap=0))
        shortcuts(self, {"Esc": self.leave, "Ctrl+S": self.submit, "Ctrl+Down": partial(self._step, 1),
                         "Ctrl+Up": partial(self._step, -1)})  # fmt: skip

    # Lines

    def take(self, _checked: bool = False) -> None:
        """What is typed belongs to the marked line; the next one that is not counted is marked."""
        at = self.grid.key()
        try:
            counted = self.amount.value()
        except Invalid as error:
            self._wrong(said(error.message, **error.values))
            return
        if counted is None or not isinstance(at, int):
            self._wrong(NO_QUANTITY)
            return
        self.wrong.hide()
        self.typed[at] = Typed(counted, self.reason.value() or None)
        self.taken.add(at)
        self._show()
        order = list(self.lines)
        after = [*order[order.index(at) + 1 :], *order[: order.index(at)]]
        self.grid.mark(next((each for each in after if each not in self.typed), at))
        self.amount.line.setFocus()
        self.amount.line.selectAll()

    def _step(self, by: int) -> None:
        order, at = list(self.lines), self.grid.key()
        if at in order:
            self.grid.mark(order[(order.index(at) + by) % len(order)])

    def _marked(self, at: object) -> None:
        line = self.lines.get(at) if isinstance(at, int) else None
        known = self.typed.get(at) if isinstance(at, int) else None
        self.wrong.hide()
        self.amount.set_value(known.counted if known else None)
        self.reason.set_value(known.reason if known else None)
        self.about.say(Own(f"{line['position']}  {_named(line)}" if line else " "))
        self.amount.line.selectAll()

    def _wrong(self, sentence: Message) -> None:
        self.wrong.say(sentence)
        self.wrong.show()
        self.amount.line.setFocus()

    def _show(self) -> None:
        self.grid.show_lines([Line(at, partial(self._cells, at)) for at in self.lines])
        self.done.say(said(PROGRESS, n=len(self.typed), all=len(self.lines)))
        self.save.setEnabled(bool(self.taken) and not self._busy)

    def _cells(self, at: int) -> list[Cell]:
        line, known = self.lines[at], self.typed.get(at)
        return [
            Cell(Own(str(at)), tone="text3"), Cell(Own(_named(line, "part"))),
            Cell(Own(str(line["part_stock_place"] or ""))), Cell(Own(str(line["part_measure"] or ""))),
            Cell(Own(show.quantity(known.counted) if known else show.NOTHING)),
            Cell(Own(known.reason or "" if known else "")),
        ]  # fmt: skip

    # Storing

    def submit(self) -> None:
        """Store the lines that were taken here, with the one that is being typed."""
        at = self.grid.key()
        if self.amount.line.isModified() and self.amount.line.text().strip() and isinstance(at, int):
            self.take()
        if not self.taken or self._busy or self.wrong.isVisible():
            return
        self._busy = True
        self._show()
        rows = [(at, *self.typed[at]) for at in sorted(self.taken)]  # what was stored keeps the books of its moment
        self.background.do("part_counts.enter", {"part_count_id": self.count, "rows": rows}, self._entered,
                           self._refused)  # fmt: skip

    def _entered(self, done: Done[Any]) -> None:
        self.before, self.taken = dict(self.typed), set()
        self.left.emit()
        self.entered.emit(done)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._show()
        if not isinstance(error, UserError):
            self.background.failed.emit(error)
            return
        self._wrong(said(error.message, **error.values))

    def may_leave(self) -> bool:
        """Asks when lines were typed that are stored nowhere."""
        return self.typed == self.before or confirm(
            self, N_("Leave the sheet?"), N_("What was typed is not stored."), N_("Leave"), kind="bad"
        )

    def leave(self, _key: str = "") -> None:
        """Go back, if nothing is lost or somebody agrees."""
        if self.may_leave():
            self.before = dict(self.typed)
            self.left.emit()


def _named(line: Mapping[str, Any], *first: str) -> str:
    names = (*(first or ("part_number", "part")), "part_specification")
    return " ".join(str(line[name]) for name in names if line[name])
