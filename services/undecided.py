"""Cards whose class is to be decided: gathered by what they say, each with a proposal that a person confirms.

A code of an older edition only narrows where to look (`resources/reference/class_map.csv`): the same digits mean other
things in other editions, so nothing is ever taken over from it by itself.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.asset import Asset
from models.beside import AssetClass
from resources.words import N_
from services.assets import ASSETS, EDITION
from services.desk.errors import Invalid
from services.desk.intent import intent, query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.imports.cells import fold

SHOWN, EVERY = 400, 50  # groups told at once, the largest first; cards between two reports of progress
LEAST = 2  # characters of the name of a class that is found inside another name
MANY = (
    "class_code", "brand", "model", "measure", "acquisition", "acquired_on", "entered_on", "in_service_on",
    "value_kind", "funding", "depreciation", "life_months", "supplier", "contract", "invoice", "warranty_until",
    "ownership", "shared", "status", "building_id", "room_id", "unit_id", "keeper_id", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A class of the standard that fits; `sure` when it is called exactly so. `source` says what the map of an older
    code that it rests on rests on."""

    code: str
    name: str
    sure: bool
    source: str = ""


@dataclass(frozen=True)
class Undecided:
    """Cards that say the same about their class: an older code with its edition, words, or only their name."""

    code: str
    edition: str
    text: str
    name: str
    assets: tuple[UUID, ...]
    proposal: Proposal | None


@intent(N_("Revise several assets"), on=Asset, name="assets.revise_many")
def revise_many(work: Work, **values: object) -> int:
    """The same values on many cards, each checked as if it were revised alone; all or none. Returns how many."""
    ids = list(dict.fromkeys(values.pop("asset_ids", None) or ()))  # type: ignore[call-overload]
    if not ids or not values:
        raise Invalid(N_("Choose assets, and at least one field to change"))
    for done, id in enumerate(ids, 1):
        ASSETS.revise(work, asset_id=id, **values)
        if done % EVERY == 0:
            work.progress(done, len(ids))
    return len(ids)


takes("assets.revise_many", (
    FieldSpec("asset", "asset_ids", Kind.REFERENCE, True, target="asset", many=True),
    *(ASSETS.changeable[name] for name in MANY),
))  # fmt: skip


@query(N_("Assets whose class is to be decided"), on=Asset, name="assets.undecided")
def undecided(session: Session) -> list[Undecided]:
    """The groups with the most cards first, each with what its class probably is."""
    open_ = sa.or_(Asset.class_code.is_(None), Asset.class_edition != EDITION)
    rows = sa.select(Asset.id, Asset.class_code, Asset.class_edition, Asset.class_text, Asset.name)
    groups = defaultdict[tuple[str, str, str, str], list[UUID]](list)
    for id, code, edition, text, name in session.execute(rows.where(open_, Asset.moved_on.is_(None))):
        groups[code or "", edition or "", text or "", name].append(id)
    classes = _classes(session)
    largest = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))[:SHOWN]
    return [Undecided(*said, tuple(ids), propose(classes, *said)) for said, ids in largest]


def _classes(session: Session) -> dict[str, str]:
    """The classes that may be chosen, code -> name: those without classes below."""
    found = sa.select(AssetClass.code, AssetClass.name, AssetClass.parent).where(AssetClass.edition == EDITION)
    rows = session.execute(found).all()
    parents = {parent for _, _, parent in rows}
    return {code: name for code, name, _ in rows if code not in parents}


def propose(classes: Mapping[str, str], code: str, edition: str, text: str, name: str) -> Proposal | None:
    """The class a card probably belongs to: one called as the card says, or the longest name found inside that."""
    within, source = _within(edition, code)
    for said in filter(None, (text, name)):
        words = fold(said)
        exact = [c for c, called in classes.items() if fold(called) == words]
        if found := _one(exact, within):
            return Proposal(found, classes[found], sure=True)
    for said in filter(None, (text, name)):
        words = fold(said)
        inside = [c for c, called in classes.items() if len(called) >= LEAST and fold(called) in words]
        longest = max((len(classes[c]) for c in inside), default=0)
        if found := _one([c for c in inside if len(classes[c]) == longest], within):
            return Proposal(found, classes[found], sure=False, source=source if found.startswith(within) else "")
    return None


def _one(codes: Sequence[str], within: str) -> str:
    """The one that fits; of several that within the group an older code points to."""
    near = [code for code in codes if within and code.startswith(within)] or list(codes)
    return near[0] if len(near) == 1 else ""


@cache
def _map() -> tuple[tuple[str, str, str, str], ...]:
    with resources.path("reference", "class_map.csv").open(encoding="utf-8") as file:
        return tuple((row["edition"], row["old"], row["new"], row["source"]) for row in csv.DictReader(file))


def _within(edition: str, code: str) -> tuple[str, str]:
    """The group an older code points to, and what says so; empty where nothing does."""
    fitting = ((old, new, source) for of, old, new, source in _map() if of == edition and code.startswith(old))
    longest = max(fitting, key=lambda found: len(found[0]), default=("", "", ""))
    return longest[1], longest[2]
