"""Stocktakes in the window: drafted, counted, explained, taken from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models.stocktake_scan import ScanMeans
from resources.words import N_
from services.desk.intent import INTENTS
from ui.kit.editors import today
from ui.kit.going import ToFiles
from ui.kit.messages import confirm, toast
from ui.kit.screen import Section
from ui.kit.text import Message, Own, said
from ui.pages.stocktake import StocktakePage
from ui.part import Asked, Part, Row
from ui.screens import stocktakes as form_of

if TYPE_CHECKING:
    from services.desk.desk import Done
    from services.stocktake_sheet import Scanned
    from ui.workbench import Workbench

SURE = {  # acts that are asked about first: title, sentence, word on the button
    "stocktakes.start": (N_("Start counting?"), N_("The books are frozen as of the base date. This takes a moment."),
                         N_("Start counting")),
    "stocktakes.finish": (N_("End counting?"), N_("What nobody saw is a loss then, until it is explained or counting"
                          " is resumed."), N_("End counting")),
    "stocktakes.resume": (N_("Resume counting?"), N_("What was lost is pending again."), N_("Resume counting")),
    "stocktakes.recall": (N_("Recall this report?"), N_("The issued paper is superseded; its differences are explained"
                          " anew."), N_("Recall")),
    "stocktakes.drop_surplus": (N_("Drop the marked surplus?"), N_("Its code waits to be dealt with again."),
                                N_("Drop")),
}  # fmt: skip
AFTER: Mapping[str, Message] = {
    "stocktakes.start": N_("The books are frozen; counting may begin"),
    "stocktakes.finish": N_("Counting has ended"),
    "stocktakes.report": N_("Reported: the paper is kept"),
    "stocktakes.settle": N_("The documents are drafted; finish them where they are listed"),
    "stocktakes.close": N_("The stocktake is closed"),
}
FORMS: Mapping[str, tuple[Section, ...]] = {
    "stocktakes.team": form_of.TEAM, "stocktakes.cancel": (), "stocktakes.approve": form_of.APPROVAL,
    "stocktakes.send_back": form_of.BACK, "stocktakes.surplus": form_of.SURPLUS,
}  # fmt: skip
OF_MARKED = {"stocktakes.explain": "line_ids", "stocktakes.explain_surplus": "surplus_ids"}
KINDS = {"stocktake_line": "line_ids", "stocktake_surplus": "surplus_ids"}


class Stocktakes(Part):
    """What the window does about stocktakes."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"stocktakes.draft": self._draft}
        self.opens = {"stocktake": self._row}

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def _draft(self, _asked: Asked) -> None:
        page = self.bench.form(
            "stocktakes.draft", N_("Draft stocktake"), form_of.TERMS, {}, then=self._drafted,
            initial={"base_on": today()}, once=True,
        )  # fmt: skip
        page.save.say(N_("Draft stocktake"))

    def _drafted(self, done: Done[Any]) -> None:
        self.bench.show_screen("stocktakes")
        self.open(done.value)

    def open(self, stocktake: UUID) -> None:
        """Open a stocktake."""
        page = StocktakePage(self.bench.background, stocktake)
        page.asked.connect(self._act)
        self.bench.open_page(page)

    def _act(self, act: str, values: Any) -> None:
        """What the page asks for; names with an underscore are only for the words around it."""
        if act == "open":
            self._document(values.kind, values.id)
        elif "_scan" in values:
            self._reading(act, values)
        elif "_rows" in values and act != "stocktakes.surplus":
            self._marked(act, values)
        elif act == "stocktakes.revise":
            self._revise(values)
        elif act in FORMS:
            self._ask(act, values, {})
        elif act not in SURE or confirm(self.bench, *SURE[act]):
            self._do(act, {"stocktake_id": values["stocktake_id"]})

    def _do(self, act: str, values: dict[str, Any]) -> None:
        self.bench.background.do(act, values, partial(self._done, act), self.bench.refused)

    def _done(self, act: str, _done: Done[Any]) -> None:
        toast(self.bench, AFTER.get(act, N_("Saved")))

    def _document(self, kind: str, id: UUID) -> None:
        """The document that settles a difference."""
        way = next((part.opens[kind] for part in self.bench.parts if kind in part.opens), None)
        if way is not None:
            way({"id": id})

    # Forms

    def _ask(self, act: str, values: Mapping[str, Any], initial: dict[str, Any], **more: Any) -> None:
        facts: Message = Own(f"{values['_row']['number']} · {values['_row']['title']}")
        fixed = {"stocktake_id": values["stocktake_id"]} | more.pop("fixed", {})
        if act == "stocktakes.approve":
            initial = {"approved_on": today()} | initial
        if act == "stocktakes.surplus" and "_scan" not in values and values.get("_room"):
            initial = {"room_id": values["_room"].room_id, "building_id": values["_room"].building_id,
                       "room": values["_room"].room, "building": values["_room"].building} | initial  # fmt: skip
        self.bench.form(act, INTENTS[act].label, FORMS[act], fixed, initial=initial, once=True, facts=facts, **more)

    def _revise(self, values: Mapping[str, Any]) -> None:
        row = values["_row"]
        fixed, facts = {"stocktake_id": values["stocktake_id"]}, Own(str(row["number"]))
        self.bench.form("stocktakes.revise", INTENTS["stocktakes.revise"].label, form_of.TERMS, fixed,
                        initial=dict(row), revising=True, facts=facts)  # fmt: skip

    def _reading(self, act: str, values: Mapping[str, Any]) -> None:
        """What is said of the last reading, or the surplus an unknown code becomes."""
        found: Scanned = values["_scan"]
        if act == "stocktakes.surplus":
            self._ask(act, values, {"quantity": found.quantity}, fixed={"scan_id": found.scan_id, "code": found.code})
            return
        room = values["_room"]
        fixed: dict[str, Any] = {"stocktake_id": values["stocktake_id"], "team_id": values["_team"],
                                 "code": found.code, "means": ScanMeans.LIST}  # fmt: skip
        fixed |= {"room_id": room.room_id, "building_id": room.building_id} if room else {}
        name = found.line.name if found.line else found.code
        self.bench.form(
            "stocktakes.scan", N_("What was found"), form_of.READING, fixed, initial={"quantity": found.quantity},
            once=True, facts=Own(f"{name} · {found.code}"), then=partial(self._replaced, found.scan_id),
        )  # fmt: skip

    def _replaced(self, before: UUID, _done: Done[Any]) -> None:
        """The reading that was said more of is taken back: the new one stands for it."""
        self.bench.background.do("stocktakes.take_back_scan", {"scan_id": before}, None, self.bench.refused)

    def _marked(self, act: str, values: Mapping[str, Any]) -> None:
        rows, kind = values["_rows"], values["_kind"]
        ids, first = [row["id"] for row in rows], rows[0]
        if act == "attachments.list":
            self.bench.places.go(ToFiles(kind, first["id"], Own(str(first["name"]))))
        elif act == "stocktakes.drop_surplus":
            if confirm(self.bench, *SURE[act], kind="bad"):
                for id in ids:
                    self._do(act, {"stocktake_surplus_id": id})
        elif act == "stocktakes.revise_surplus":
            self.bench.form(act, INTENTS[act].label, form_of.SURPLUS, {"stocktake_surplus_id": first["id"]},
                            initial=dict(first), revising=True, facts=Own(str(first["name"])))  # fmt: skip
        else:
            fixed = {"stocktake_id": values["stocktake_id"], OF_MARKED.get(act, KINDS[kind]): ids}
            if act == "stocktakes.opine":
                fixed |= {name: [] for name in KINDS.values() if name not in fixed}
            sections = form_of.OPINION if act == "stocktakes.opine" else form_of.EXPLANATION
            one = dict(first) if len(rows) == 1 and act != "stocktakes.opine" else {}
            self.bench.form(act, INTENTS[act].label, sections, fixed, initial=one, once=True,
                            facts=said(N_("{n} marked"), n=len(ids)))  # fmt: skip
