"""Needs in the window: opened on a page, met or decided, accepted onto cards, labelled straight away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_
from services.desk.intent import INTENTS
from ui.kit.editors import today
from ui.kit.going import ToAsset, ToLabels, ToPaper
from ui.kit.messages import confirm, toast
from ui.kit.text import Own, counted
from ui.pages.need import NeedPage
from ui.part import Part, Row
from ui.screens import SCREENS
from ui.screens import asset_needs as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.need_sheet import NeedSheet
    from ui.kit.form import FormPage
    from ui.workbench import Workbench

SOME = 5  # numbers that are said
PROCURED = ("procurement", "supplier", "contract", "invoice", "price")
NONE_IDLE = N_("Nothing of this class lies idle within your reach.")


class Needs(Part):
    """What the window does about needs."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        if bench.background.desk.may("asset_needs.sheet"):
            self.opens = {"asset_need": self._row}

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def open(self, need: UUID) -> NeedPage:
        """Open the page of a need."""
        page = NeedPage(self.bench.background, need)
        page.asked.connect(self._asked)
        page.opened.connect(self._asset)
        self.bench.open_page(page)
        return page

    def _asset(self, asset: UUID) -> None:
        self.bench.places.go(ToAsset(asset))

    def _asked(self, act: str, values: dict[str, Any]) -> None:
        sheet: NeedSheet = values["_sheet"]
        fixed = {"asset_need_id": values["asset_need_id"]}
        match act:
            case "asset_needs.decide":
                self._form(act, screen.DECIDE, fixed, sheet, {"decided_on": today()})
            case "asset_needs.procure":
                initial = {
                    name: sheet.row[name] for name in ("procurement", "supplier", "contract", "invoice", "price")
                }
                self._form(act, screen.PROCURE, fixed, sheet, initial)
            case "asset_needs.accept":
                self._accept(fixed, sheet)
            case "asset_needs.meet":
                self._meet(fixed, sheet, values["_marked"])
            case "asset_needs.revise":
                self.bench.edit(SCREENS["asset_needs"], sheet.row)
            case "asset_needs.paper":
                paper = partial(_paper, fixed["asset_need_id"])
                self.bench.places.go(ToPaper(N_("Acceptance note"), f"{sheet.row['number']}.pdf", paper))
            case "labels.sheet":
                self.bench.places.go(ToLabels(tuple(card.id for card in sheet.cards)))
            case "handovers.facts":
                self.bench.notes.open(sheet.row["handover_id"])
            case _:
                self._sure(act, fixed, sheet)

    def _form(
        self, act: str, sections: Any, fixed: dict[str, Any], sheet: NeedSheet, initial: dict[str, Any], **options: Any
    ) -> FormPage:
        inside = {"compound_id": sheet.row["compound_id"]}
        options = {"facts": _named(sheet)} | options
        return self.bench.form(act, INTENTS[act].label, sections, fixed, initial=initial, once=True, inside=inside,
                               **options)  # fmt: skip

    def _accept(self, fixed: dict[str, Any], sheet: NeedSheet) -> None:
        row = sheet.row
        price = row["price"] if row["price"] is not None else row["unit_price"]
        initial = {
            "accepted_on": today(), "accepted": row["quantity"], "price": price, "invoice": row["invoice"],
            "each": True, "unit_id": row["unit_id"], "entered_on": today(), "rejected": 0,
        }  # fmt: skip
        labels = {"unit_id": str(row.get("unit") or "")}
        then = partial(self._accepted, fixed["asset_need_id"])
        self._form("asset_needs.accept", screen.ACCEPT, fixed, sheet, initial, labels=labels, quiet=True, then=then)

    def _accepted(self, need: UUID, done: Done[int]) -> None:
        """Offer the labels of what came onto cards."""
        if not done.value:
            toast(self.bench, N_("Saved"))
            return
        action = N_("Print labels") if self.bench.background.desk.may("labels.sheet") else ""
        told = toast(self.bench, counted("{n} card was made", "{n} cards were made", done.value), action)
        told.acted.connect(partial(self._labels, need))

    def _labels(self, need: UUID) -> None:
        self.bench.background.ask(partial(_cards, need), self._to_labels, self.bench.refused)

    def _to_labels(self, cards: list[UUID]) -> None:
        self.bench.places.go(ToLabels(tuple(cards)))

    def _meet(self, fixed: dict[str, Any], sheet: NeedSheet, marked: object) -> None:
        """With the asset that is marked, and as many more of its compound as are needed; from another compound they are
        transferred here."""
        offered = sheet.offer.assets
        if not offered:
            toast(self.bench, NONE_IDLE, kind="info")
            return
        first = next((asset for asset in offered if asset.id == marked), offered[0])
        there = [asset for asset in offered if asset.compound == first.compound and asset.id != first.id]
        chosen = [first, *there][: sheet.row["quantity"]]
        initial: dict[str, Any] = {"to_staff_id": sheet.row["staff_id"]}
        labels = {"to_staff_id": str(sheet.row.get("staff") or "")}
        fixed = fixed | {"asset_ids": [asset.id for asset in chosen]}
        facts = Own(f"{sheet.row['number']} · {_numbers([asset.number for asset in chosen])}")
        page = self._form("asset_needs.meet", screen.MEET, fixed, sheet, initial, labels=labels, facts=facts)
        page.save.say(N_("Draft note"))

    def _sure(self, act: str, fixed: dict[str, Any], sheet: NeedSheet) -> None:
        label = INTENTS[act].label
        if confirm(self.bench, label, _named(sheet), label, kind="bad"):
            self.bench.background.do(act, fixed, self.bench.operations.saved, self.bench.refused)


def _numbers(numbers: list[str]) -> str:
    """The assets that are handed over, as many as a line holds."""
    return ", ".join(numbers[:SOME]) + (" …" if len(numbers) > SOME else "")


def _named(sheet: NeedSheet) -> Own:
    return Own(f"{sheet.row['number']} · {sheet.row['name']}")


def _paper(need: UUID, desk: Desk) -> bytes:
    data: bytes = desk.ask("asset_needs.paper", asset_need_id=need)
    return data


def _cards(need: UUID, desk: Desk) -> list[UUID]:
    found: list[UUID] = desk.ask("asset_needs.cards", asset_need_id=need)
    return found
