"""The orders a work order has to do with: opened with Enter, linked and let go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_, Word
from services.work_order_sheet import Linked
from ui.kit.button import Button
from ui.kit.card import Card, HairLine, SectionHead
from ui.kit.going import ToOrder
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, hide_unless
from ui.kit.page import EmptyState
from ui.kit.text import Message, Own
from ui.pages.work_order_pane import OrderPane
from ui.screens.work_orders import STATES

if TYPE_CHECKING:
    from services.work_order_sheet import OrderSheet
    from ui.kit.background import Background

HEADS = (
    Head("work_order_link.kind", 190, sorts=False), Head("work_order", sorts=False),
    Head("work_order.state", 130, sorts=False),
)  # fmt: skip
SAID: dict[tuple[str, bool], Message] = {  # the kind, and whether this order stands first in it
    ("related", True): N_("Related"), ("related", False): N_("Related"),
    ("duplicate", True): N_("A duplicate of"), ("duplicate", False): N_("Its duplicate"),
    ("split", True): N_("Split from"), ("split", False): N_("Split off"),
    ("blocking", True): N_("Has to be done before"), ("blocking", False): N_("Waits for"),
}  # fmt: skip


class LinksPane(OrderPane):
    """A table of them, or how to link some."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        may = background.desk.may
        self.grid, self.stack = Grid(N_("Links"), HEADS, tall=50), QStackedWidget()
        self.link, self.part = Button(N_("Link an order…"), "plus", small=True), Button(N_("Unlink"), "x", small=True)
        hide_unless(may("work_order_links.add"), self.link)
        hide_unless(False, self.part)
        none = EmptyState("copy", N_("No links"), N_("Link what belongs together, or what has to be done first."))
        for page in (self.grid, none):
            self.stack.addWidget(page)
        head = QWidget()
        head.setLayout(column(SectionHead(N_("Links"), self.part, self.link), margins=(19, 12, 19, 8)))
        self.setLayout(column((Card(head, HairLine(), (self.stack, 1), gap=0, margins=(1, 1, 1, 1)), 1)))
        self.link.clicked.connect(self._link)
        self.part.clicked.connect(self._part)
        self.grid.opened.connect(self._open)
        self.grid.marked.connect(self._offer)

    def show_sheet(self, sheet: OrderSheet) -> None:
        super().show_sheet(sheet)
        self._offer()

    def say(self) -> None:
        """Write them."""
        links = self.sheet.links if self.sheet is not None else ()
        self.grid.show_lines([Line(link.id, partial(_cells, link)) for link in links])
        self.stack.setCurrentIndex(0 if links else 1)

    def marked(self) -> Linked | None:
        """The link that is marked."""
        links = self.sheet.links if self.sheet is not None else ()
        return next((link for link in links if link.id == self.grid.key()), None)

    def _offer(self, _key: object = None) -> None:
        self.part.setVisible(self.marked() is not None and self.background.desk.may("work_order_links.remove"))

    def _open(self, _key: object) -> None:
        link = self.marked()
        if link is not None:
            self.went.emit(ToOrder(link.order_id))

    def _link(self) -> None:
        if self.sheet is not None:
            fixed = {"work_order_id": self.sheet.id, "compound_id": self.sheet.row["compound_id"]}
            self.asked.emit("work_order_links.add", fixed)

    def _part(self) -> None:
        link = self.marked()
        if link is not None and isinstance(link.id, UUID):
            self.asked.emit("work_order_links.remove", {"work_order_link_id": link.id})


def _cells(link: Linked) -> Sequence[Cell]:
    state = link.state.value
    return (Cell(SAID[link.kind.value, link.first]), Cell(Own(link.title), note=Own(link.number)),
            Cell(Word(f"work_order.state={state}"), tone=STATES[state], pill=True))  # fmt: skip
