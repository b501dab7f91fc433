"""The assets of a disposal: of losses with what happened and what is paid for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.listing import View
from services.disposal_sheet import Sheet
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine
from ui.kit.layout import column, emptied, row
from ui.kit.list_table import ListTable
from ui.kit.screen import Col
from ui.kit.text import Heading, Own, Text, said, words
from ui.kit.theme import LOOK

if TYPE_CHECKING:
    from ui.kit.background import Background

COLUMNS = (
    Col("position", 56, label=N_("No.")),
    Col("asset", second="asset_model", label=N_("Asset")),
    Col("asset_number", 150),
    Col("asset_quantity", 64),
    Col("asset_cost", 112),
    Col("asset_net_value", 112),
)
LOSSES = (
    Col("position", 56, label=N_("No.")),
    COLUMNS[1],
    Col("asset_number", 118),
    Col("cause", 84),
    Col("compensation", 116),
    Col("asset_cost", 100),
)
MANY = 500


class LinesCard(Card):
    """`asked`: the name of an act, and the ids of the marked assets."""

    asked = Signal(str, object)

    def __init__(self, background: Background, disposal: UUID) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 12, 1, 1))
        self.background = background
        self.view = View("disposal_lines", filters=(("disposal_id", (disposal,)),))
        self.table: ListTable | None = None
        self.losses = False
        self.editable = False
        self.explain, self.off = LinkButton(N_("What happened…")), LinkButton(N_("Take off"))
        self.explain.clicked.connect(partial(self._ask, "disposals.explain"))
        self.off.clicked.connect(partial(self._ask, "disposals.take_off"))
        head = QWidget()
        head.setLayout(row(Heading(N_("Assets")), None, self.explain, self.off, gap=14, margins=(19, 0, 19, 10)))
        self.place = column(gap=0)
        self.count, self.sum = Text(weight=600), Text(weight=600)
        total = row(Text(N_("Total"), weight=600), None, self.count, 24, self.sum, margins=(20, 9, 20, 9))
        for item in (head, (self.place, 1), HairLine(), total):
            self.add(item)
        self._show_table(losses=False)
        LOOK.changed.connect(self._name)
        self._offer()

    def _show_table(self, *, losses: bool) -> None:
        held = self.table is not None and self.table.hasFocus()
        emptied(self.place)
        self.losses = losses
        self.table = ListTable(self.background, self.view, LOSSES if losses else COLUMNS)
        self.table.marked.connect(self._offer)
        self.place.addWidget(self.table)
        self.setFocusProxy(self.table)
        if held:
            self.table.setFocus()
        self._name()

    def _name(self) -> None:
        if self.table is not None:
            self.table.setAccessibleName(words(N_("Assets")))

    def reload(self) -> None:
        """Read the lines again."""
        if self.table is not None:
            self.table.reload()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the sums, and the columns the mode needs."""
        losses = sheet.mode.value == "write_off"
        if losses != self.losses:
            self._show_table(losses=losses)
        self.editable = sheet.state.value == "draft"
        self.count.say(said(N_("{lines} lines, {pieces} pieces"), lines=sheet.lines, pieces=sheet.pieces))
        self.sum.say(Own(f"¥ {show.money(sheet.cost)}"))
        self._offer()

    def _offer(self) -> None:
        may, marked = self.background.desk.may, self.table is not None and self.table.marks() > 0
        self.explain.setVisible(self.editable and self.losses and marked and may("disposals.explain"))
        self.off.setVisible(self.editable and marked and may("disposals.take_off"))

    def _ask(self, act: str, _checked: bool = False) -> None:
        if self.table is not None:
            self.asked.emit(act, [line["asset_id"] for line in self.table.rows(MANY)])
