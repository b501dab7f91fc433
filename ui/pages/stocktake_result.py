"""Beside the differences: book + surplus − loss = counted, by class, in total, and in money."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from resources.words import N_
from ui.kit import show
from ui.kit.card import HairLine, KeyValue
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.page import SidePane
from ui.kit.text import Heading, Note, Own

if TYPE_CHECKING:
    from services.stocktake_sheet import ClassRow, Equation, Progress

WIDE = 380
SUMS = (("book", N_("Book")), ("surplus", N_("Surpluses")), ("loss", N_("Losses")), ("counted", N_("Counted")))
HEADS = (Head(N_("Class")), Head(N_("Book"), 58, right=True), Head("+ −", 66, right=True),
         Head(N_("Counted"), 62, right=True))  # fmt: skip


class ResultPane(SidePane):
    """The equation of a stocktake that was counted."""

    def __init__(self) -> None:
        self.facts = {name: KeyValue(word, weight=500) for name, word in SUMS}
        self.sentence = Note(wrap=True)
        self.grid = Grid(N_("Equation of a stocktake"), HEADS, tall=40, least=80)
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        super().__init__(Heading(N_("Result")), *self.facts.values(), HairLine(), (self.grid, 1), HairLine(),
                         self.sentence, width=WIDE, pad=14, gap=10)  # fmt: skip

    def show_progress(self, found: Progress) -> None:
        """Show another result."""
        sums = found.equation
        for name, line in self.facts.items():
            line.say(N_("{n} pieces · {money} yuan"), n=f"{getattr(sums.pieces, name):,}",
                     money=show.money(getattr(sums.cost, name)))  # fmt: skip
        pieces = sums.pieces
        self.sentence.say(
            N_("{book} by the books + {surplus} surplus − {loss} loss = {counted} counted"), book=f"{pieces.book:,}",
            surplus=f"{pieces.surplus:,}", loss=f"{pieces.loss:,}", counted=f"{pieces.counted:,}",
        )  # fmt: skip
        self.grid.show_lines([*(Line(row.code, partial(_cells, row)) for row in sums.rows), _foot(sums)])


def _cells(row: ClassRow) -> list[Cell]:
    pieces = row.pieces
    changed = " ".join(f"{sign}{n:,}" for sign, n in (("+", pieces.surplus), ("−", pieces.loss)) if n)
    name = Own(row.name) if row.name else N_("Without a class")
    return [Cell(name, order=row.code, note=Own(row.code)), Cell(Own(f"{pieces.book:,}"), order=pieces.book),
            Cell(Own(changed or "—"), order=pieces.surplus - pieces.loss, tone="warn" if changed else ""),
            Cell(Own(f"{pieces.counted:,}"), order=pieces.counted)]  # fmt: skip


def _foot(sums: Equation) -> Line:
    pieces = sums.pieces
    changed = f"+{pieces.surplus:,} −{pieces.loss:,}"
    cells = [Cell(N_("Total")), Cell(Own(f"{pieces.book:,}")), Cell(Own(changed)), Cell(Own(f"{pieces.counted:,}"))]
    return Line("total", lambda: cells, foot=True)
