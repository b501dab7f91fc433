"""What an asset is worth: value, depreciation, what is left today, month by month, and its changes with their paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QShowEvent

from resources.words import N_
from services.depreciation import Month
from services.depreciation_balances import Changed, Sheet
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Banner, KeyValue, SectionHead, headed
from ui.kit.editors import today
from ui.kit.going import ToForm
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, row
from ui.kit.page import PageHead, SidePane
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.screen import Section
from ui.kit.stat import Stat
from ui.kit.text import Message, Own, said, words
from ui.kit.theme import GAP, MARGIN
from ui.screens.assets import SPLIT

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

SECTIONS = (
    Section(N_("What changes"), N_("What is left empty stays; what was depreciated is not restated."), ("kind", 2),
            ("on", 2), ("cost", 2), ("life_months", 2), ("accumulated_off", 2)),
    Section(N_("By which paper"), N_("Settlement of accounts, decision or correction it rests on."), ("paper", 6),
            ("reason", 6)),
)  # fmt: skip
MONTHS = (
    Head("depreciation_run.month"), Head("depreciation_run.amount", 118, right=True),
    Head("depreciation_run.accumulated", 128, right=True), Head(N_("Net value"), 128, right=True),
)  # fmt: skip
CHANGES = (
    Head("asset_value_change.kind"), Head("asset_value_change.on", 104),
    Head("asset_value_change.cost", 128, right=True), Head("asset_value_change.life_months", 150, right=True),
    Head("asset_value_change.paper", 190),
)  # fmt: skip
NO_LIFE = N_(
    "Nobody knows its life, value or day: it is not depreciated. Give it a class (a building its structure too)."
)
BELOW = N_("It cost less than the {sum} yuan a fixed asset of its class had to cost then ({source}).")
SAID = N_("Its register says that {said} yuan are left; by the rules it is {net}.")


class AssetValuePage(RecordPage):
    """As of today; `went` tells what somebody wants to do with it."""

    watched = frozenset({"asset", "asset_value_change", "depreciation_run"})
    sheet: Sheet | None

    def __init__(self, background: Background, asset: UUID, back: tuple[str, str]) -> None:
        super().__init__(background)
        self.asset = asset
        self._make(back)
        self._arrange()
        self.begin()

    def _make(self, back: tuple[str, str]) -> None:
        may = self.background.desk.may
        self.change = Button(N_("Change value…"), "pencil", kind="primary")
        self.split = Button(N_("Split card…"), "copy")
        shown = [b for b, act in ((self.split, "assets.split"), (self.change, "assets.change_value")) if may(act)]
        self.change.clicked.connect(self._change)
        self.split.clicked.connect(self._split)
        self.head = PageHead(N_("Value of an asset"), *shown, back=(back,), facts=Own(" "))
        names = ("asset.cost", "depreciation_run.accumulated", N_("Net value"), N_("Each month"))
        self.stats = tuple(map(Stat, names))
        self.banner, self.remark = Banner("warn"), Banner("info")
        self.banner.hide()
        self.remark.hide()
        self.months = Grid(N_("Months"), MONTHS, tall=36)
        self.changes = Grid("asset_value_changes", CHANGES, tall=52, least=160)
        self.facts = {
            name: KeyValue(name) for name in (
                "asset.depreciation", "asset.value_kind", "asset.life_months", N_("Depreciated from"), N_("Until"),
                N_("Left on"), N_("Split off from"), N_("Booked until"),
            )
        }  # fmt: skip

    def _arrange(self) -> None:
        stats = row(*((stat, 1) for stat in self.stats), gap=14)
        side = SidePane(SectionHead(N_("Facts")), *self.facts.values(), width=300)
        side.add(None)
        changes = headed(SectionHead("asset_value_changes"), (self.changes, 1))
        months = headed(SectionHead(N_("Months")), (self.months, 1))
        left = column(stats, self.wrong, self.banner, self.remark, (changes, 2), (months, 3), gap=14)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, (row((left, 1), side, gap=GAP), 1), gap=14, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.months.setFocus()

    # What is said

    def question(self) -> Callable[[Desk], Sheet]:
        """What it is worth today."""
        return asking("depreciation.sheet", asset_id=self.asset, on=today())

    def _say(self, sheet: Sheet) -> None:
        self.head.title.say(Own(sheet.name))
        self.head.show_facts(Own(sheet.number))
        ends = said(N_("until {month}"), month=f"{sheet.ends:%Y-%m}") if sheet.ends and sheet.monthly else Own(" ")
        for stat, fen in zip(self.stats, (sheet.cost, sheet.accumulated, sheet.net, sheet.monthly), strict=True):
            stat.say(_yuan(fen))
        self.stats[3].remark.say(ends)
        self.months.show_lines([Line(m.month, partial(_month, m)) for m in reversed(sheet.months)])
        self.changes.show_lines([Line(c.id, partial(_changed, c)) for c in reversed(sheet.changes)])
        gone = sheet.left_on is not None
        self.change.setEnabled(not gone)
        self.split.setEnabled(not gone)
        self._say_facts(sheet)
        self._say_doubts(sheet)

    def _say_facts(self, sheet: Sheet) -> None:
        kinds = (("asset.depreciation", sheet.depreciation), ("asset.value_kind", sheet.value_kind))
        said_ = [f"{key}={value.value}" if value else Own(show.NOTHING) for key, value in kinds]
        days = (sheet.begun, sheet.ends, sheet.left_on)
        plain = (str(sheet.life or ""), *(day.isoformat() if day else "" for day in days), sheet.origin,
                 f"{sheet.booked:%Y-%m}" if sheet.booked else "")  # fmt: skip
        values: list[Message] = [*said_, *(Own(text or show.NOTHING) for text in plain)]
        for fact, value in zip(self.facts.values(), values, strict=True):
            fact.say(value)

    def _say_doubts(self, sheet: Sheet) -> None:
        self.banner.setVisible(sheet.unknown)
        self.banner.say(NO_LIFE)
        below = sheet.threshold is not None and sheet.cost is not None and sheet.cost < sheet.threshold
        differs = sheet.said_net is not None and sheet.said_net != sheet.net and not sheet.unknown
        self.remark.setVisible(below or differs)
        if below:
            self.remark.say(
                BELOW, sum=show.money(sheet.threshold or 0), source=words(show.source(sheet.threshold_source))
            )
        elif differs:
            self.remark.say(SAID, said=show.money(sheet.said_net or 0), net=show.money(sheet.net))

    # What can be done

    def _change(self) -> None:
        if self.sheet is not None:
            fixed, facts = {"asset_id": self.asset}, Own(f"{self.sheet.number} {self.sheet.name}")
            self.went.emit(ToForm("assets.change_value", N_("Change value"), fixed, {"on": today()}, SECTIONS, facts))

    def _split(self) -> None:
        if self.sheet is not None:
            fixed, facts = {"asset_id": self.asset}, Own(f"{self.sheet.number} {self.sheet.name}")
            self.went.emit(ToForm("assets.split", N_("Split card"), fixed, {}, SPLIT, facts))


def _yuan(fen: int | None) -> Message:
    return Own(show.NOTHING) if fen is None else Own(show.money(fen))


def _month(month: Month) -> list[Cell]:
    sums = (month.amount, month.accumulated, month.net)
    return [Cell(Own(f"{month.month:%Y-%m}"), month.month), *(Cell(Own(show.money(fen)), fen) for fen in sums)]


def _changed(change: Changed) -> list[Cell]:
    before = said(N_("before {value}"), value=show.money(change.cost_before or 0))
    life = said(N_("before {value}"), value=change.life_before or show.NOTHING)
    number = change.other or change.number
    return [
        Cell(f"asset_value_change.kind={change.kind.value}", change.kind.value, note=Own(number)),
        Cell(Own(change.on.isoformat()), change.on),
        Cell(_yuan(change.cost), change.cost, note=before if change.cost != change.cost_before else ""),
        Cell(Own(str(change.life or show.NOTHING)), change.life,
             note=life if change.life != change.life_before else ""),
        Cell(Own(change.paper), change.paper, note=Own(change.reason)),
    ]  # fmt: skip
