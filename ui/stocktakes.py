"""Stocktakes in the window: drafted, counted, explained, taken from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from models.stocktake_scan import ScanMeans
from resources.words import N_
from services.desk.errors import UserError
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from services.stocktake_device_file import Readings, readings
from services.stocktake_rooms import NO_LINE
from ui.kit.editors import today
from ui.kit.going import ToFiles, ToPaper
from ui.kit.messages import confirm, toast
from ui.kit.screen import Section
from ui.kit.text import Message, Own, said, words
from ui.kit.theme import LOOK
from ui.pages.stocktake import StocktakePage
from ui.pages.stocktake_assign import AssignPage
from ui.pages.stocktake_counting import instead
from ui.pages.stocktake_menus import PAPERS
from ui.pages.stocktake_sheet import SheetPage
from ui.part import Asked, Part, Row
from ui.screens import stocktakes as form_of

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
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
    "stocktakes.disband": (N_("Disband this team?"), N_("Its rooms are nobody's again."), N_("Disband")),
    "stocktakes.close": (N_("Close this stocktake?"), N_("It is read from then on, and not changed any more."),
                         N_("Close stocktake")),
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
NO_TEAM = N_("Form a team first: readings are made by somebody")
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
        page.asked.connect(partial(self._act, page))
        self.bench.open_page(page)

    def _act(self, page: StocktakePage, act: str, values: Any) -> None:
        """What the page asks for; names with an underscore are only for the words around it."""
        beside = {"stocktakes.paper": self._paper, "stocktakes.assign": self._assign, "stocktakes.revise": self._revise,
                  "stocktakes.enter_sheet": self._type_in, "stocktakes.disband": self._disband}  # fmt: skip
        if act == "open":
            self._document(values.kind, values.id)
        elif act in beside:
            beside[act](values)
        elif act == "stocktakes.read_in":
            self._read_in(page, values)
        elif "_scan" in values:
            self._reading(page, act, values)
        elif "_rows" in values and act != "stocktakes.surplus":
            self._marked(act, values)
        elif act in FORMS:
            self._ask(act, values, {})
        elif act not in SURE or confirm(self.bench, *SURE[act]):
            page.run(act, {"stocktake_id": values["stocktake_id"]}, partial(self._done, act))

    def _do(self, act: str, values: dict[str, Any]) -> None:
        self.bench.background.do(act, values, partial(self._done, act), self.bench.refused)

    def _done(self, act: str, _done: Done[Any]) -> None:
        toast(self.bench, AFTER.get(act, N_("Saved")))

    def _document(self, kind: str, id: UUID) -> None:
        """The document that settles a difference."""
        way = next((part.opens[kind] for part in self.bench.parts if kind in part.opens), None)
        if way is not None:
            way({"id": id})

    def _paper(self, values: Mapping[str, Any]) -> None:
        """A paper, in the language of the window where it is not frozen."""
        stage, room, about = values["_stage"], values["_room"], values["_row"]
        more: dict[str, Any] = {"stocktake_id": values["stocktake_id"], "lang": LOOK.lang,
                                "stage": "sheet" if stage in ("team", "room") else stage}  # fmt: skip
        more |= {"team_id": values["_team"]} if stage == "team" else {}
        more |= {"stocktake_room_id": room.stocktake_room_id} if stage == "room" else {}
        title = next(word for name, word, _ in PAPERS if name == stage)
        self.bench.places.go(ToPaper(title, f"{about['number']}-{stage}.pdf", partial(_drawn, more)))

    # Beside the scanner

    def _assign(self, values: Mapping[str, Any]) -> None:
        self.bench.open_page(AssignPage(self.bench.background, values["stocktake_id"], _facts(values)))

    def _disband(self, values: Mapping[str, Any]) -> None:
        if confirm(self.bench, *SURE["stocktakes.disband"], kind="bad"):
            self._do("stocktakes.disband", {"team_id": values["_about"]["id"]})

    def _type_in(self, values: Mapping[str, Any]) -> None:
        if values["_team"] is None:
            toast(self.bench, NO_TEAM, kind="warn")
            return
        room = values["_room"]
        page = SheetPage(self.bench.background, values["stocktake_id"], values["_team"], room.room_id if room else None,
                         _facts(values))  # fmt: skip
        page.entered.connect(self._told)
        self.bench.open_page(page)
        page.setFocus()

    def _told(self, done: Done[Any]) -> None:
        """What a sheet or a file brought."""
        got = done.value
        unknown = sum(n for outcome, n in got.outcomes.items() if outcome in NO_LINE)
        toast(self.bench, N_("{n} readings: {twice} there before, {unknown} of no line"), n=got.readings,
              twice=got.twice, unknown=unknown)  # fmt: skip

    def _read_in(self, page: StocktakePage, values: Mapping[str, Any]) -> None:
        if values["_team"] is None:
            toast(self.bench, NO_TEAM, kind="warn")
            return
        place, _ = QFileDialog.getOpenFileName(self.bench, words(N_("Read in the file of a device")), "",
                                               words(N_("Readings (*.csv *.txt)")))  # fmt: skip
        if place:
            fixed = {"stocktake_id": values["stocktake_id"], "team_id": values["_team"]}
            self.bench.background.ask(partial(_of_file, Path(place)), partial(self._got_file, page, fixed),
                                      self.bench.refused)  # fmt: skip

    def _got_file(self, page: StocktakePage, fixed: dict[str, Any], found: Readings) -> None:
        refused = partial(self._wrong_line, found)
        page.run("stocktakes.read_in", fixed | {"rows": found.rows}, self._told, refused)

    def _wrong_line(self, found: Readings, error: Exception) -> None:
        """Lines are counted as they stand in the file, with its heading and its empty ones."""
        line = error.values.get("line") if isinstance(error, UserError) else None
        if isinstance(error, UserError) and isinstance(line, int):
            error.values["line"] = found.lines[line - 1]
        self.bench.refused(error)

    # Forms

    def _ask(self, act: str, values: Mapping[str, Any], initial: dict[str, Any], **more: Any) -> None:
        fixed = {"stocktake_id": values["stocktake_id"]} | more.pop("fixed", {})
        if act == "stocktakes.approve":
            initial = {"approved_on": today()} | initial
        if act == "stocktakes.surplus":
            more["then"] = self._photo
            room = values.get("_room")
            if "_scan" not in values and room:
                initial = {"room_id": room.room_id, "building_id": room.building_id} | initial
                more["labels"] = {"room_id": room.room, "building_id": room.building}
        self.bench.form(act, INTENTS[act].label, FORMS[act], fixed, initial=initial, once=True,
                        **{"facts": _facts(values)} | more)  # fmt: skip

    def _photo(self, done: Done[Any]) -> None:
        """A thing in no book is entered: now its photo can be taken in."""
        made = toast(self.bench, N_("The surplus is entered"), N_("Add a photo…"))
        made.acted.connect(partial(self.bench.places.go, ToFiles("stocktake_surplus", done.value, N_("Surplus"))))

    def _revise(self, values: Mapping[str, Any]) -> None:
        about = dict(values["_row"])
        fixed = {"stocktake_id": values["stocktake_id"]}
        names = [spec.name for spec in arguments("stocktakes.revise") if spec.name not in fixed]
        labels = {name: str(about.get(name.removesuffix("_id")) or "") for name in names}
        initial = {name: about.get(name) for name in names}
        self.bench.form("stocktakes.revise", INTENTS["stocktakes.revise"].label, form_of.TERMS, fixed, initial=initial,
                        labels=labels, revising=True, facts=Own(str(about["number"])))  # fmt: skip

    def _reading(self, page: StocktakePage, act: str, values: Mapping[str, Any]) -> None:
        """What is said of the last reading, or the surplus an unknown code becomes."""
        found: Scanned = values["_scan"]
        if act == "stocktakes.surplus":
            self._ask(act, values, {"quantity": found.quantity}, fixed={"scan_id": found.scan_id, "code": found.code},
                      facts=Own(f"{_facts(values)} · {found.code}"))  # fmt: skip
            return
        fixed = {"stocktake_id": values["stocktake_id"], "means": ScanMeans.LIST, **instead(found)}
        known = {name: getattr(found, name) for name in ("quantity", "damaged", "unlabelled", "keeper_id", "word")}
        name = found.line.name if found.line else found.code
        self.bench.form(
            "stocktakes.scan", N_("What was found"), form_of.READING, fixed, initial=known, once=True,
            labels={"keeper_id": found.keeper}, facts=Own(f"{name} · {found.code}"),
            then=partial(self._said_more, page),
        )  # fmt: skip

    def _said_more(self, page: StocktakePage, done: Done[Any]) -> None:
        """What can be taken back now is the reading that says more."""
        page.scan.last.show_reading(done.value)

    def _marked(self, act: str, values: Mapping[str, Any]) -> None:
        rows, kind = values["_rows"], values["_kind"]
        if not rows:  # the lists are being read anew
            return
        ids, first = [row["id"] for row in rows], rows[0]
        if act == "attachments.list":
            self.bench.places.go(ToFiles(kind, first["id"], Own(str(first["name"]))))
        elif act == "stocktakes.drop_surplus":
            if confirm(self.bench, *SURE[act], kind="bad"):
                for id in ids:
                    self._do(act, {"stocktake_surplus_id": id})
        elif act == "stocktakes.revise_surplus":
            labels = {f"{name}_id": str(first[name] or "") for name in ("room", "building", "keeper")}
            fixed, facts = {"stocktake_surplus_id": first["id"]}, Own(str(first["name"]))
            self.bench.form(act, INTENTS[act].label, form_of.SURPLUS, fixed, initial=_known(act, first), labels=labels,
                            revising=True, facts=facts)  # fmt: skip
        else:
            fixed = {"stocktake_id": values["stocktake_id"], OF_MARKED.get(act, KINDS[kind]): ids}
            if act == "stocktakes.opine":
                fixed |= {name: [] for name in KINDS.values() if name not in fixed}
            sections = form_of.OPINION if act == "stocktakes.opine" else form_of.EXPLANATION
            opine = act == "stocktakes.opine"
            one = _known(act, first) if len(rows) == 1 and not opine else {}
            self.bench.form(act, INTENTS[act].label, sections, fixed, initial=one, once=True, revising=not opine,
                            facts=said(N_("{n} marked"), n=len(ids)))  # fmt: skip


def _facts(values: Mapping[str, Any]) -> Own:
    return Own(f"{values['_row']['number']} · {values['_row']['title']}")


def _known(act: str, row: Row) -> dict[str, Any]:
    """What a record says already of what an act asks."""
    return {spec.name: row[spec.name] for spec in arguments(act) if spec.name in row}


def _drawn(values: dict[str, Any], desk: Desk) -> bytes:
    data: bytes = desk.ask("stocktakes.paper", **values)
    return data


def _of_file(file: Path, _desk: Desk) -> Readings:
    return readings(file.read_bytes())
