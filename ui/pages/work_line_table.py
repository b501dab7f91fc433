"""Lines of one kind on a work order: a table as high as its rows, and what is done with the marked one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Card, HairLine, SectionHead
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column
from ui.kit.screen import Act
from ui.kit.text import Message, Note, Own
from ui.kit.theme import HEAD

TALL, MOST = 50, 12  # pixels of a row, rows before the table scrolls by itself
REMOVE = N_("Remove")


def always(_line: Any) -> bool:
    """Of every line."""
    return True


class LineAct(NamedTuple):
    """What can be done with a line that `fits`, with what is said beforehand; or with none (`on="none"`)."""

    act: Act
    fits: Callable[[Any], bool] = always
    values: Mapping[str, Any] = {}


class Lines(NamedTuple):
    """A kind of line: its entity, its title, the heads of its table, its cells, what is said where there are none, its
    acts (the first that fits is what Enter does)."""

    entity: str
    title: str
    heads: tuple[Head, ...]
    cells: Callable[[Any], Sequence[Cell]]
    none: str
    acts: tuple[LineAct, ...]


def kept(listing: str, add: str, fits: Callable[[Any], bool] = always) -> tuple[LineAct, ...]:
    """The acts of plain lines: revised and removed where they fit, and added."""
    return (LineAct(Act(f"{listing}.revise", "pencil", N_("Edit")), fits),
            LineAct(Act(f"{listing}.remove", "trash-2", REMOVE), fits),
            LineAct(Act(f"{listing}.add", "plus", add, on="none")))  # fmt: skip


class LineTable(Card):
    """`asked` tells an act and the line it is about (None: a new one)."""

    asked = Signal(object, object)  # LineAct, line

    def __init__(self, kind: Lines, may: Callable[[str], bool]) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 1))
        self.kind, self.rows, self.open = kind, tuple[Any, ...](), False
        self.acts = tuple(act for act in kind.acts if may(act.act.name))
        self.buttons = [Button(act.act.label, act.act.icon, small=True) for act in self.acts]
        for act, button in zip(self.acts, self.buttons, strict=True):
            button.clicked.connect(partial(self.run, act))
        self.grid, self.none = Grid(kind.title, kind.heads, tall=TALL), QWidget()
        self.none.setLayout(column(Note(kind.none, wrap=True), margins=(19, 12, 19, 14)))
        self.title = SectionHead(kind.title, *self.buttons, note=Own(" "))
        self.add(column(self.title, margins=(19, 10, 12, 8)))
        self.add(HairLine())
        self.add(self.grid)
        self.add(self.none)
        self.grid.marked.connect(self._offer)
        self.grid.opened.connect(self._open)

    def show_rows(self, rows: Sequence[Any], note: Message = Own(""), *, open: bool) -> None:
        """Show other lines and a remark beside the title; while the order is `open` they can be changed."""
        self.rows, self.open = tuple(rows), open
        self.title.note.say(note)
        self.grid.show_lines([Line(row.id, partial(self.kind.cells, row)) for row in rows])
        self.grid.setFixedHeight(HEAD + TALL * min(len(rows), MOST) + 2)
        self.grid.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self._offer()

    def marked(self) -> Any:
        """The line that is marked, or None."""
        return next((row for row in self.rows if row.id == self.grid.key()), None)

    def fits(self, act: LineAct) -> bool:
        """Whether an act can be done now."""
        row = self.marked()
        return self.open and (act.act.on == "none" or (row is not None and act.fits(row)))

    def run(self, act: LineAct, _checked: bool = False) -> None:
        """Ask for an act, where it fits."""
        if self.fits(act):
            self.asked.emit(act, None if act.act.on == "none" else self.marked())

    def _offer(self, _key: object = None) -> None:
        for act, button in zip(self.acts, self.buttons, strict=True):
            button.setVisible(self.fits(act))

    def _open(self, _key: object) -> None:
        first = next((act for act in self.acts if act.act.on == "one" and self.fits(act)), None)
        if first is not None:
            self.run(first)
