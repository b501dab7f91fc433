"""Every step a work order took, the newest first: what it became, when, by whom, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from resources.words import N_, Word
from services.work_order_sheet import Step
from ui.kit import show
from ui.kit.card import Card
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column
from ui.kit.text import Own
from ui.pages.work_order_pane import OrderPane
from ui.screens.work_orders import STATES

if TYPE_CHECKING:
    from ui.kit.background import Background

HEADS = (
    Head("work_order_step.at", 160, sorts=False), Head("work_order_step.became", 130, sorts=False),
    Head("work_order_step.account", 130, sorts=False), Head("work_order_step.word", sorts=False),
)  # fmt: skip


class StepsPane(OrderPane):
    """A table of them."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.grid = Grid(N_("Steps"), HEADS)
        self.setLayout(column((Card((self.grid, 1), gap=0, margins=(1, 1, 1, 1)), 1)))
        self.setFocusProxy(self.grid)

    def say(self) -> None:
        """Write them."""
        if self.sheet is not None:
            steps = list(enumerate(self.sheet.steps))
            self.grid.show_lines([Line(at, partial(_cells, step)) for at, step in reversed(steps)])


def _cells(step: Step) -> Sequence[Cell]:
    state = step.became.value
    return (Cell(Own(show.instant(step.at))), Cell(Word(f"work_order.state={state}"), tone=STATES[state], pill=True),
            Cell(Own(step.account)), Cell(Own(step.word)))  # fmt: skip
