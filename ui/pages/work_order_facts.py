"""What is known of a work order: what was reported, its deadlines, who has it, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import N_
from services.desk.listing import LISTINGS
from ui.kit import show
from ui.kit.card import Card, SectionHead
from ui.kit.layout import column, emptied, row
from ui.kit.page import ScrollPage
from ui.kit.text import Message, Note, Own, Text
from ui.kit.theme import GAP, LOOK
from ui.pages.work_order_pane import OrderPane

if TYPE_CHECKING:
    from ui.kit.background import Background

GROUPS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (N_("Where and what"), ("compound_id", "building_id", "room_id", "place", "asset_id", "trade", "needs", "kind",
                            "channel", "reporter", "reporter_id", "contact", "unit_id", "post_id", "payer",
                            "description")),
    (N_("Time"), ("priority", "reported_at", "respond_due", "completion_due", "responded_at", "planned_from",
                  "planned_until", "started_at", "hold_reason", "held_at", "done_at", "checked_at", "closed_at",
                  "down_from", "down_until", "reopened")),
    (N_("Who does it, and what came of it"), ("technician_id", "team_id", "provider_id", "unlicensed_why", "result",
                                              "cause", "speed", "quality", "manner", "opinion", "merged_into_id")),
)  # fmt: skip
UNTOUCHED = N_("Nobody has it yet.")


class FactsPane(OrderPane):
    """Three cards of facts; what is empty is left out."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.grids = [QGridLayout() for _ in GROUPS]
        for grid in self.grids:
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(9)
            grid.setColumnStretch(1, 1)
        cards = [Card(SectionHead(title), grid, None) for (title, _), grid in zip(GROUPS, self.grids, strict=True)]
        middle = row(*((card, 1) for card in cards), gap=GAP)
        self.setLayout(column((ScrollPage(middle, None, margin=0), 1)))

    def say(self) -> None:
        """Write the facts of the order."""
        if self.sheet is None:
            return
        specs, values = LISTINGS["work_orders"].columns, self.sheet.row
        for (_, names), grid in zip(GROUPS, self.grids, strict=True):
            emptied(grid)
            filled = [name for name in names if values.get(name) not in (None, "", 0)]
            for at, name in enumerate(filled):
                grid.addWidget(Note(specs[name].key), at, 0)
                grid.addWidget(_value(show.fact(LOOK.lang, specs[name], values[name], values)), at, 1)
            if not filled:
                grid.addWidget(Note(UNTOUCHED, wrap=True), 0, 0, 1, 2)
            grid.addWidget(QWidget(), len(filled) or 1, 0)
            grid.setRowStretch(len(filled) or 1, 1)


def _value(text: Any) -> Text:
    return Text(Own(text), wrap=True)
