"""The money of a work order: quotes compared and one chosen, cost lines with who pays, and whether a warranty does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from models.work_order import Payer
from resources.words import N_, Word
from services.work_facts import Facts
from services.work_money import Money
from ui.kit import show
from ui.kit.card import Banner, HairLine, KeyValue, SectionHead
from ui.kit.editors import today
from ui.kit.layout import column, emptied, row
from ui.kit.page import ScrollPage, SidePane
from ui.kit.text import Own
from ui.kit.theme import GAP
from ui.pages import work_money_cells as cells
from ui.pages.work_lines_pane import LinesPane

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

WARRANTY = N_("{asset} is under warranty until {date} ({who}): ask for that before money is spent.")


class Asked(NamedTuple):
    """Of which order, and which asset it is about."""

    order: UUID
    compound: UUID
    asset: UUID | None


class MoneyPane(LinesPane):
    """Two tables, and at the side who pays how much."""

    kinds = frozenset({"work_quote", "work_cost", "work_labour", "work_material", "provider", "asset"})

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found: Money | None = None
        self.facts: Facts | None = None
        self.banner = Banner("warn")
        self.banner.hide()
        self.quotes, self.costs = self.table(cells.QUOTES), self.table(cells.COSTS)
        self.sums, self.total = column(gap=10), KeyValue(N_("Total (yuan)"), Own(show.NOTHING), weight=600)
        self.capital = KeyValue(N_("Of it in the asset's value"), Own(show.NOTHING))
        side = SidePane(SectionHead(N_("Who pays")), self.sums, HairLine(), self.total, self.capital, width=280)
        left = ScrollPage(self.costs, self.quotes, None, margin=0, gap=GAP)
        self.setLayout(column(self.banner, (row((left, 1), column(side, None), gap=GAP), 1), gap=12))
        self.setFocusProxy(self.costs.grid)

    def read(self) -> None:
        """Read it again."""
        if self.sheet is not None:
            asked = Asked(self.sheet.id, self.sheet.row["compound_id"], self.sheet.row["asset_id"])
            self.background.ask(partial(_read, asked), self._got, tag=f"money{id(self)}")

    def _got(self, found: tuple[Money, Facts | None]) -> None:
        self.found, self.facts = found
        self.say()

    def say(self) -> None:
        """Write quotes, costs and sums."""
        found, facts = self.found, self.facts
        if found is None or self.sheet is None:
            return
        self.quotes.show_rows(found.quotes, open=self.open)
        self.costs.show_rows(found.costs, open=self.open)
        emptied(self.sums)
        for payer, fen in sorted(found.by_payer.items()):
            self.sums.addWidget(KeyValue(Word(f"work_cost.payer={payer.value}"), Own(show.money(fen))))
        self.total.say(Own(show.money(found.total)))
        self.capital.say(Own(show.money(found.capital)))
        self.capital.setVisible(bool(found.capital))
        warranted = facts is not None and facts.under_warranty and self.open
        if facts is not None and warranted:
            who = " · ".join(part for part in (facts.supplier, facts.contract) if part) or show.NOTHING
            self.banner.say(WARRANTY, asset=self.sheet.row["asset"] or "", date=facts.warranty_until, who=who)
        self.banner.setVisible(warranted)

    def beginning(self, act: str) -> Mapping[str, Any]:
        """Today, and who pays by the order; under warranty whoever gave it is to pay."""
        assert self.sheet is not None
        warranted = self.facts is not None and self.facts.under_warranty
        payer = Payer.WARRANTY.value if warranted else self.sheet.row["payer"]
        known = {"payer": payer} if payer and act == "work_costs.add" else {}
        return known | {"on": today(), "quoted_on": today()}


def _read(asked: Asked, desk: Desk) -> tuple[Money, Facts | None]:
    money: Money = desk.ask("work_orders.money", work_order_id=asked.order, on=today())
    facts = None
    if asked.asset is not None and desk.may("work_orders.facts"):
        facts = desk.ask("work_orders.facts", compound_id=asked.compound, on=today(), asset_id=asked.asset,
                         work_order_id=asked.order)  # fmt: skip
    return money, facts
