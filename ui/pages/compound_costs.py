"""What a compound cost in its last year, by function, against the median of all compounds."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from models.cost_entry import Function
from resources.words import N_
from services.costs import CompoundCost
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine, SectionHead
from ui.kit.grid import Grid
from ui.kit.grid_model import NONE, Cell, Head, Line
from ui.kit.layout import column, row
from ui.kit.page import EmptyState
from ui.kit.text import Message, Note, Own, Text, said
from ui.pages.costs_rows import DEAR, Usual, rate

HEADS = (
    Head(N_("Function")), Head(N_("Yuan"), 126, right=True), Head(N_("Yuan per m²"), 100, right=True),
)  # fmt: skip


class CostsCard(Card):
    """One row a function, its bar against the highest of all compounds, the median as a mark."""

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 1))
        self.entries = LinkButton(N_("Entries"), "arrow-right")
        self.title = SectionHead(N_("Costs"), self.entries, note=Own(" "))
        above, below = QWidget(), QWidget()
        above.setLayout(row(self.title, margins=(19, 12, 19, 8)))
        self.grid = Grid(N_("Costs"), HEADS, tall=46)
        self.none = EmptyState("coins", N_("No costs yet"), N_("Enter what this compound paid in a year, by function."))
        self.total, self.rates = Text(weight=600), Note(Own(" "), elide=True)
        below.setLayout(column(row(Text(N_("Total"), weight=600), None, self.total), self.rates, gap=2,
                               margins=(19, 10, 19, 12)))  # fmt: skip
        self.foot = below
        for part in (above, HairLine(), self.grid, self.none, HairLine(), below):
            self.box.addWidget(part, int(part in (self.grid, self.none)))

    def show_cost(self, cost: CompoundCost | None, year: int | None, usual: Usual | None) -> None:
        """Show another compound's year, or that there is none."""
        there = cost is not None and usual is not None
        for part in (self.grid, self.foot):
            part.setVisible(there)
        self.none.setVisible(not there)
        self.title.note.setVisible(there)
        if cost is None or usual is None:
            return
        self.title.note.say(Own(str(year)))
        known = [function for function in Function if cost.amounts.get(function)]
        self.grid.show_lines([Line(function, partial(_cells, cost, function, usual)) for function in known])
        self.total.say(Own(f"¥ {show.money(cost.total)}"))
        self.rates.say(partial(_rates, cost, usual))
        dear = bool(usual.per_square_metre) and (cost.per_square_metre or 0) > DEAR * (usual.per_square_metre or 0)
        self.rates.tone("bad" if dear else "text3")


def _cells(cost: CompoundCost, function: Function, usual: Usual) -> list[Cell]:
    own, (middle, highest) = rate(cost, function), usual.functions.get(function, (0.0, 0.0))
    name: Message = f"cost_entry.function={function.value}"
    amount = cost.amounts[function]
    if own is None or not highest:
        return [Cell(name), Cell(Own(show.money(amount)), amount), Cell(Own(show.NOTHING), None, "text3")]
    tone = "bad" if own > DEAR * middle else ""
    tip = said(N_("{sum} yuan per m²; the median is {median}"), sum=show.money(round(own * 100)),
               median=show.money(round(middle * 100)))  # fmt: skip
    bar = Cell(Own(show.money(round(own * 100))), own, tone, bar=own / highest, mark=middle / highest or NONE, tip=tip)
    return [Cell(name, name), Cell(Own(show.money(amount)), amount), bar]


def _rates(cost: CompoundCost, usual: Usual) -> str:
    def one(value: int | None) -> str:
        return show.NOTHING if value is None else show.money(value)

    return said(
        N_("{a} per m² (median {am}), {h} per head (median {hm})"), a=one(cost.per_square_metre),
        am=one(usual.per_square_metre), h=one(cost.per_head), hm=one(usual.per_head),
    )()  # fmt: skip
