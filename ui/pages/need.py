"""The page of a need: what is asked for, the idle assets that could meet it, the next step, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Signal

from resources.words import N_
from services.asset_thresholds import Ledger
from services.desk.listing import LISTINGS
from ui.kit import acts, show
from ui.kit.button import Button
from ui.kit.card import Banner, Card, KeyValue, SectionHead, headed
from ui.kit.editors import today
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, emptied, row
from ui.kit.page import PageHead, SidePane
from ui.kit.pill import Pill
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.screen import Act
from ui.kit.steps import StepBar
from ui.kit.text import Own, said, words
from ui.kit.theme import GAP, LOOK, MARGIN
from ui.screens import asset_needs as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.need_sheet import Idle, NeedSheet
    from ui.kit.background import Background

STEPS = (
    (N_("Asked for"), N_("what, how many, why")),
    (N_("Decided"), N_("idle assets first")),
    (N_("Accepted"), N_("by two persons")),
    (N_("On cards"), N_("with labels")),
)
STEP_OF = {"requested": 1, "decided": 2, "accepted": 4, "met": 4}  # a cancelled need goes no further
HEADS = (
    Head(N_("Asset")), Head("asset.compound_id", 170), Head("asset.room_id", 80), Head("asset.acquired_on", 100),
    Head("asset.cost", 110, right=True),
)  # fmt: skip
LEDGERS = {
    Ledger.LOW_VALUE: N_("Below {least} yuan a piece: no fixed asset, it belongs to the low-value ledger ({source})"),
    Ledger.LARGE_BATCH: N_("Below {least} yuan a piece, but a fixed asset as a large batch of like things ({source})"),
}
NEXT = {  # state -> what is done next
    "requested": Act("asset_needs.decide", "check", N_("Decide…")),
    "decided": Act("asset_needs.accept", "clipboard-check", N_("Accept…")),
    "accepted": Act("labels.sheet", "tag", N_("Print labels")),
    "met": Act("handovers.facts", "arrow-right-left", N_("Handover note")),
}
MORE = {
    "requested": (Act("asset_needs.meet", "arrow-right-left", N_("Meet with idle assets…")),
                  Act("asset_needs.revise", "pencil", N_("Edit")), Act("asset_needs.cancel", "x", N_("Cancel need"))),
    "decided": (Act("asset_needs.procure", "coins", N_("Procurement…")),
                Act("asset_needs.reconsider", "undo-2", N_("Reconsider")),
                Act("asset_needs.cancel", "x", N_("Cancel need"))),
    "accepted": (Act("asset_needs.paper", "printer", N_("Acceptance note")),),
    "met": (Act("asset_needs.reconsider", "undo-2", N_("Reconsider")),),
    "cancelled": (),
}  # fmt: skip


class NeedPage(RecordPage):
    """Shows a need as of today. The window runs what `asked` names; `opened` names an asset."""

    watched = frozenset({"asset_need", "need_card", "asset", "handover"})
    asked = Signal(str, object)  # name of an act, its values
    opened = Signal(object)
    sheet: NeedSheet | None

    def __init__(self, background: Background, need: UUID) -> None:
        super().__init__(background)
        self.need = need
        self._make()
        self._arrange()
        self.begin()

    def _make(self) -> None:
        self.more, self.next = Button(N_("More"), "ellipsis"), Button(N_("Decide…"), "check", kind="primary")
        self.head = PageHead("asset_need", self.more, self.next, back=(("asset_needs", "asset_needs"),), facts=Own(" "))
        self.steps = StepBar(STEPS)
        self.way = Card(self.steps, margins=(20, 8, 20, 8))
        self.ledger = Banner("warn")
        for part in (self.ledger, self.more, self.next):
            part.hide()
        self.offer, self.made = SectionHead(N_("Idle assets of this class"), note=Own(" ")), SectionHead(N_("Cards"))
        self.idle, self.cards = Grid(N_("Idle assets of this class"), HEADS), Grid(N_("Cards"), HEADS)
        self.facts = column(gap=10)
        self.next.clicked.connect(self._next)
        self.more.clicked.connect(self._menu)
        for grid in (self.idle, self.cards):
            grid.opened.connect(self.opened)

    def _arrange(self) -> None:
        self.boxes = headed(self.offer, (self.idle, 1)), headed(self.made, (self.cards, 1))
        side = SidePane(SectionHead(N_("Facts")), self.facts, None, width=330)
        middle = row((column(*((box, 1) for box in self.boxes), gap=14), 1), side, gap=GAP)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, self.ledger, self.way, (middle, 1), gap=14, margins=margins))

    # What is said

    def question(self) -> Callable[[Desk], NeedSheet]:
        """The need as of today."""
        return asking("asset_needs.sheet", asset_need_id=self.need, on=today())

    def _first(self, sheet: NeedSheet) -> None:
        (self.idle if self.idle.isVisible() else self.cards).setFocus()

    def _say(self, sheet: NeedSheet) -> None:
        state = sheet.row["state"].value
        self.head.title.say(Own(str(sheet.row["name"])))
        self.head.show_facts(Own(f"{sheet.row['number']} · {sheet.row['class_name']} · {screen.pieces(sheet.row)}"))
        self.head.show_pills(Pill(f"asset_need.state={state}", screen.STATES[state]))
        self.way.setVisible(state in STEP_OF)
        self.steps.show_current(STEP_OF.get(state, 0))
        said_ = LEDGERS.get(sheet.verdict.ledger)
        self.ledger.setVisible(said_ is not None)
        if said_:
            self.ledger.say(
                said_, least=f"{(sheet.verdict.least or 0) // 100:,}", source=words(show.source(sheet.verdict.source))
            )
        self._say_acts(state)
        self._say_facts(sheet)
        self._say_lists(sheet, state)

    def _say_acts(self, state: str) -> None:
        act, desk = NEXT.get(state), self.background.desk
        self.next.setVisible(act is not None and desk.may(act.name))
        if act is not None:
            self.next.say(act.label, act.icon)
        self.more.setVisible(bool(self._rest()))

    def _rest(self) -> list[Act]:
        if self.sheet is None:
            return []
        return [act for act in MORE[self.sheet.row["state"].value] if self.background.desk.may(act.name)]

    def _say_facts(self, sheet: NeedSheet) -> None:
        emptied(self.facts)
        specs = LISTINGS["asset_needs"].columns
        for name in screen.SCREEN.facts:
            if (value := sheet.row.get(name)) not in (None, ""):
                self.facts.addWidget(
                    KeyValue(specs[name].key, Own(show.fact(LOOK.lang, specs[name], value, sheet.row)))
                )

    def _say_lists(self, sheet: NeedSheet, state: str) -> None:
        open_ = state in ("requested", "decided")
        self.boxes[0].setVisible(open_)
        self.boxes[1].setVisible(not open_)
        self.idle.show_lines([_line(asset) for asset in sheet.offer.assets])
        self.cards.show_lines([_line(asset) for asset in sheet.cards])
        offer = sheet.offer
        far = said(N_("{n} within your reach, {far} more in other compounds"), n=offer.count, far=offer.beyond)
        near = said(N_("{n} in all compounds"), n=offer.count)
        self.offer.note.say(far if offer.beyond else near)
        self.offer.note.show()

    # What is asked

    def _next(self) -> None:
        if self.sheet is not None:
            self._run(NEXT[self.sheet.row["state"].value])

    def _menu(self) -> None:
        acts.popup(self, self.more.mapToGlobal(QPoint(0, self.more.height() + 4)), self._rest(), 1, self._run)

    def _run(self, act: Act) -> None:
        assert self.sheet is not None
        self.asked.emit(act.name, {"asset_need_id": self.need, "_sheet": self.sheet, "_marked": self.idle.key()})


def _line(asset: Idle) -> Line:
    def cells() -> list[Cell]:
        when = asset.acquired_on.isoformat() if asset.acquired_on else show.NOTHING
        return [
            Cell(Own(asset.name), asset.number, note=Own(" · ".join(filter(None, (asset.number, asset.model))))),
            Cell(Own(asset.compound), asset.compound, tone="" if asset.here else "text3"),
            Cell(Own(asset.room or show.NOTHING)), Cell(Own(when), asset.acquired_on),
            Cell(Own(show.NOTHING if asset.cost is None else show.money(asset.cost)), asset.cost),
        ]  # fmt: skip

    return Line(asset.id, cells)
