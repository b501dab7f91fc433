"""Assets in the window: the page of one, its form by kind of card, sets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_
from services.card_kinds import changing, kind_of, left_out
from services.desk.errors import Invalid
from services.desk.intent import INTENTS
from ui.kit.form import FormPage
from ui.kit.messages import confirm
from ui.kit.screen import Section
from ui.kit.text import Own
from ui.pages.asset import AssetPage, in_list
from ui.part import Part, Row
from ui.screens import SCREENS

if TYPE_CHECKING:
    from services.asset_sheet import About
    from ui.workbench import Workbench

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


def _empty(page: FormPage, name: str) -> bool:
    try:
        return page.fields[name].value() in (None, False)
    except Invalid:
        return False
