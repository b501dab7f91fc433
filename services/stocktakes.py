"""Stocktakes: what is to be counted is drafted, revised, called off. What follows: the other `stocktake_*` modules.

Decree 738 (行政事业性国有资产管理条例) art. 34, 37, 39: things are counted every year and at certain causes; every
difference is explained, approved, and only then changes the books.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from models.stocktake import (
    Stocktake,
    StocktakeLine,
    StocktakeReason,
    StocktakeRoom,
    StocktakeSurplus,
    StocktakeTeam,
)
from models.stocktake_scan import StocktakeScan
from resources.words import N_, Word
from services import checks
from services.desk.errors import Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import write
from services.stocktake_blind import blinded
from services.stocktake_states import KEPT, OTHER_ROOM, S, in_state, inside, stepping

STOCKTAKES = listing(Listing("stocktakes", Stocktake, ("number",)))
LINES = listing(
    Listing("stocktake_lines", StocktakeLine, ("number",), sums=("cost",), made=blinded(),
            also={"room_id": ("floor",), "found_room_id": ("floor",)})
)  # fmt: skip
SURPLUSES = listing(
    Listing("stocktake_surpluses", StocktakeSurplus, ("position",), sums=("value",), also={"room_id": ("floor",)})
)
SCANS = listing(
    Listing("stocktake_scans", StocktakeScan, ("scanned_at",),
            also={"room_id": ("floor",), "asset_id": ("number", "name", "model", "serial", "measure")})
)  # fmt: skip
TEAMS = listing(Listing("stocktake_teams", StocktakeTeam, ("name",)))
ROOMS = listing(Listing("stocktake_rooms", StocktakeRoom, ("position",), also={"room_id": ("floor", "name")}))
DUE_BEFORE = N_("It cannot be due before its base date {date}")
NO_CLASS = N_("{text} is no beginning of a class code: a letter A and up to eight digits")
ME = FieldSpec("stocktake", "stocktake_id", Kind.REFERENCE, True, target="stocktake")
SCOPE = ("building_id", "room_id", "unit_id", "keeper_id", "class_prefix")
TERMS = {
    name: replace(describe(Stocktake)[name], required=name in ("title", "base_on"))
    for name in ("title", "base_on", "reason", "due_on", *SCOPE, "blind", "note")
}  # fmt: skip


@intent(N_("Draft stocktake"), on=Stocktake, name="stocktakes.draft", kept=KEPT)
def draft(
    work: Work,
    compound_id: UUID,
    title: str,
    base_on: date,
    *,
    reason: StocktakeReason = StocktakeReason.YEARLY,
    due_on: date | None = None,
    building_id: UUID | None = None,
    room_id: UUID | None = None,
    unit_id: UUID | None = None,
    keeper_id: UUID | None = None,
    class_prefix: str | None = None,
    blind: bool = False,
    note: str | None = None,
) -> UUID:
    """A new stocktake over the cards of a compound, narrowed by what else is named; its id. Invalid: a day or a scope
    makes no sense; Conflict: the scope lies in another compound."""
    terms = {"title": title, "base_on": base_on, "reason": reason, "due_on": due_on, "building_id": building_id,
             "room_id": room_id, "unit_id": unit_id, "keeper_id": keeper_id, "class_prefix": class_prefix,
             "blind": blind, "note": note}  # fmt: skip
    made = Stocktake(
        compound_id=compound_id, number=next(work.numbers("PD")), **checks.checked_all(TERMS, terms, whole=True)
    )
    _sensible(work, made)
    return work.add(made).id


@intent(N_("Revise stocktake"), on=Stocktake, name="stocktakes.revise", kept=KEPT)
def revise(work: Work, stocktake_id: UUID, **terms: Any) -> None:
    """The terms of a draft; what is not given stays."""
    found = in_state(work, stocktake_id, S.DRAFT)
    write(found, describe(Stocktake), checks.checked_all(TERMS, terms, whole=False))
    _sensible(work, found)


takes("stocktakes.revise", (ME, *(replace(spec, required=False, default=None) for spec in TERMS.values())))


@intent(N_("Cancel stocktake"), on=Stocktake, name="stocktakes.cancel", why=True, kept=KEPT)
def cancel(work: Work, stocktake_id: UUID) -> None:
    """Before it is reported: what was counted stays to be read, the number is void."""
    stepping(work, stocktake_id, S.CANCELLED)


def _sensible(work: Work, found: Stocktake) -> None:
    """The days are in order, the scope lies in the compound and its parts fit each other."""
    inside(work, found, ("building_id", "room_id", "unit_id", "keeper_id"))
    if found.due_on and found.due_on < found.base_on:
        raise Invalid(DUE_BEFORE, field=Word("stocktake.due_on"), date=found.base_on)
    if found.building_id and found.room_id and work.see("room", found.room_id).building_id != found.building_id:
        raise Invalid(OTHER_ROOM, field=Word("stocktake.room_id"))
    if found.class_prefix:
        text = checks.number(found.class_prefix)
        if not (text[0] == "A" and (text == "A" or text[1:].isdigit())):
            raise Invalid(NO_CLASS, field=Word("stocktake.class_prefix"), text=found.class_prefix)
        found.class_prefix = text
