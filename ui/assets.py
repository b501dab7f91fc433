"""Assets in the window: the page of one, its form by kind of card, sets."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_
from services.card_kinds import changing, kind_of, left_out
from services.desk.errors import Invalid
from services.desk.intent import INTENTS
from services.document_issuing import Subject
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.going import ToAsset, ToLabels, ToList, ToPaper
from ui.kit.messages import confirm, toast
from ui.kit.scanner import Scanner
from ui.kit.screen import Section
from ui.kit.text import Own, counted, said
from ui.pages import asset_papers
from ui.pages.asset import AssetPage, in_list
from ui.part import Asked, Part, Row
from ui.screens import SCREENS
from ui.screens.assets import MERGE, SPLIT

if TYPE_CHECKING:
    from services.asset_sheet import About
    from services.desk.desk import Desk
    from ui.workbench import Workbench

AT_ONCE = 500
UNKNOWN_CODE = N_("No asset in your reach has the code {code}. Check the label, or search for a part of it.")
MANY = N_("{n} assets have the code {code}; they are listed here.")
WHOLE = (
    Section(N_("Main asset"), N_("It moves with its main asset from now on; both lie in one compound."),
            ("part_of_id", 6)),
)  # fmt: skip


class Assets(Part):
    """What the window does about assets."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        if bench.background.desk.may("assets.sheet"):
            self.opens = {"asset": self._row}
        self.forms = {"assets.add": watch, "assets.revise": watch}
        self.acts = {
            "labels.sheet": self._labels_of, "labels.changed": self._labels_changed, "assets.sheet": self._card,
            "assets.list": self._register, "assets.revise_many": self._several, "assets.split": self._split,
            "assets.merge": self._merge, "maintenance_plans.equipment_file": self._safety_file,
        }  # fmt: skip
        self.scanner = Scanner(bench)
        self.scanner.scanned.connect(self.scanned)
        bench.places.learn(ToAsset, self._to_asset)
        bench.places.learn(ToLabels, self.labels)

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def open(self, asset: UUID) -> AssetPage:
        """Open the page of an asset."""
        page = AssetPage(self.bench.background, asset, self.bench.places.back())
        page.acted.connect(partial(self.bench.run, SCREENS["assets"]))
        page.edited.connect(partial(self.bench.edit, SCREENS["assets"]))
        page.asked.connect(partial(self._asked, page))
        page.shown.connect(self.open)
        page.opened.connect(self._document)
        page.went.connect(self.bench.places.go)
        page.history.undo_asked.connect(self.bench.operations.take_back)
        if page.photos is not None:
            page.photos.files.revise_asked.connect(self.bench.describe)
        self.bench.open_page(page)
        return page

    def _to_asset(self, where: ToAsset) -> None:
        self.open(where.id)

    # A scanner

    def scanned(self, code: str) -> None:
        """What a scanner read: the page in front may want it, else the asset with this code is opened."""
        page = self.bench.pages.currentWidget()
        take: Callable[[str], bool] | None = getattr(page, "take_scan", None)
        if take is not None and take(code):
            return
        if self.bench.background.desk.may("assets.find_code"):
            self.bench.background.ask(
                partial(_by_code, code), partial(self._by_code, code), self.bench.refused, tag="scan"
            )

    def _by_code(self, code: str, found: list[UUID]) -> None:
        page = self.bench.pages.currentWidget()
        if not found:
            told = toast(self.bench, UNKNOWN_CODE, N_("Search the list"), kind="warn", code=code)
            told.acted.connect(partial(self._search, code))
        elif len(found) > 1:
            toast(self.bench, said(MANY, code=code, n=len(found)), kind="info")
            self._search(code)
        elif not (isinstance(page, AssetPage) and page.asset == found[0]):
            self.open(found[0])

    def _search(self, code: str) -> None:
        """Look for the code in the list: it may be part of a number, or stand elsewhere on a card."""
        self.bench.places.go(ToList("assets"))
        if (shown := self.bench.lists.get("assets")) is not None:
            shown.filters.search.set_value(code)

    # Labels

    def _labels_of(self, asked: Asked) -> None:
        work = partial(_ids, asked.screen.listing, asked.numbers)
        self.bench.background.ask(work, self._labels_found, self.bench.refused)

    def _labels_found(self, ids: list[UUID]) -> None:
        self.labels(ToLabels(tuple(ids)))

    def _labels_changed(self, _asked: Asked) -> None:
        self.labels(ToLabels())

    def labels(self, where: ToLabels) -> None:
        """Show labels before they are printed."""
        from ui.pages.labels import LabelsPage

        self.bench.open_page(LabelsPage(self.bench.background, where.assets, self.bench.places.back()))

    # Many at once

    def _several(self, asked: Asked) -> None:
        work = partial(_ids, asked.screen.listing, asked.numbers)
        self.bench.background.ask(work, self._change, self.bench.refused)

    def _change(self, ids: list[UUID]) -> None:
        """One form; what is left empty stays as it is on every card."""
        self.bench.form(
            "assets.revise_many", N_("Change several…"), SCREENS["assets"].form, {"asset_ids": ids}, once=True,
            facts=counted("{n} asset; what is left empty stays", "{n} assets; what is left empty stays", len(ids)),
        )  # fmt: skip

    def _split(self, asked: Asked) -> None:
        row = asked.rows[0]
        facts = Own(f"{row['number']} · {row['name']}")
        self.bench.form("assets.split", N_("Split card"), SPLIT, {"asset_id": row["id"]}, once=True, facts=facts)

    def _merge(self, asked: Asked) -> None:
        self.bench.background.ask(
            partial(_ids, asked.screen.listing, asked.numbers), self._together, self.bench.refused
        )

    def _together(self, ids: list[UUID]) -> None:
        facts = counted("{n} card", "{n} cards", len(ids))
        self.bench.form("assets.merge", N_("Merge cards"), MERGE, {"asset_ids": ids}, once=True, facts=facts)

    # Papers

    def _card(self, asked: Asked) -> None:
        row = asked.rows[0]
        work = partial(asset_papers.card, row["id"])
        about = Subject.of("card", row, today())
        self.bench.places.go(ToPaper(N_("Asset card"), f"{row['number']}.pdf", work, about))

    def _safety_file(self, asked: Asked) -> None:
        row = asked.rows[0]
        work = partial(asset_papers.safety_file, row["id"])
        name, about = f"{row['number']}-safety.pdf", Subject.of("equipment", row, today())
        self.bench.places.go(ToPaper(N_("Safety file of special equipment"), name, work, about))

    def _register(self, _asked: Asked) -> None:
        """The register of what the list shows now."""
        view = self.bench.lists["assets"].view()
        about = Subject.within("register", {**dict(view.filters), "": (view.search,)}, today())
        self.bench.places.go(ToPaper(N_("Asset register"), "assets.pdf", partial(asset_papers.register, view), about))

    # What the page of an asset asks for

    def _document(self, kind: str, about: About) -> None:
        """A document opens its page, or its list where it has none."""
        way = next((part.opens[kind] for part in self.bench.parts if kind in part.opens), None)
        if way is not None and about.id is not None:
            way({"id": about.id, "number": about.number})
        elif f"{kind}s" in SCREENS:
            self.bench.places.go(in_list(about))

    def _asked(self, page: AssetPage, intent: str, values: dict[str, Any]) -> None:
        assert page.sheet is not None
        row = page.sheet.row
        facts, label = Own(f"{row['number']} · {row['name']}"), INTENTS[intent].label
        if intent == "assets.put_in_set":
            inside = {"compound_id": row["compound_id"]}
            self.bench.form(intent, label, WHOLE, values, once=True, inside=inside, facts=facts)
        elif confirm(self.bench, label, facts, label):
            self.bench.background.do(intent, values, self.bench.operations.saved, self.bench.refused)


def watch(page: FormPage) -> None:
    """The form shows the fields of the kind of card that its class makes it, and those that are filled in."""
    if "class_code" in page.fields:
        page.fields["class_code"].edited.connect(partial(show_kind, page))
        show_kind(page)


def show_kind(page: FormPage) -> None:
    """Leave out of a form what says nothing about things of its class."""
    try:
        code = page.fields["class_code"].value()
    except Invalid:
        return  # still being typed
    hidden = left_out(kind_of(code)) & page.fields.keys()
    filled = {name for name in changing() & page.fields.keys() if not _empty(page, name)}
    page.card.leave_out(hidden - filled)


def _by_code(code: str, desk: Desk) -> list[UUID]:
    found: list[UUID] = desk.ask("assets.find_code", code=code)
    return found


def _ids(listing: str, numbers: array[int], desk: Desk) -> list[UUID]:
    """The ids behind local row numbers, in their order."""
    parts = (desk.page(listing, numbers[at : at + AT_ONCE]) for at in range(0, len(numbers), AT_ONCE))
    return [row["id"] for part in parts for row in part]


def _empty(page: FormPage, name: str) -> bool:
    try:
        return page.fields[name].value() in (None, False)
    except Invalid:
        return False
