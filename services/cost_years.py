"""A whole year of a compound's costs entered at once, and what is usual among the compounds."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.cost_entry import CostEntry, Function
from resources.words import N_, Word
from services.checks import checked_all
from services.costs import CompoundCost
from services.desk.errors import Invalid
from services.desk.intent import intent, query
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work

AMOUNTS = tuple(FieldSpec("cost_entry", function.value, Kind.MONEY, least=0) for function in Function)
_FIELDS = describe(CostEntry)
FIELDS = {spec.name: spec for spec in (_FIELDS["compound_id"], _FIELDS["year"], *AMOUNTS)}
EMPTY = N_("Fill in at least one amount")


@intent(N_("Enter costs of a year"), on=CostEntry, name="cost_entries.enter")
def enter(work: Work, **values: Any) -> int:
    """The amounts of a compound's year by function, in fen: entries that are there get theirs, missing ones are made,
    what is left empty stays as it is. How many entries changed. Invalid: there is no amount at all."""
    given = checked_all(FIELDS, values, whole=True)
    amounts = {f: given[f.value] for f in Function if given.get(f.value) is not None}
    if not amounts:
        raise Invalid(EMPTY, field=Word(f"cost_entry.{Function.MANAGEMENT.value}"))
    compound, year = given["compound_id"], given["year"]
    same = sa.select(CostEntry).where(CostEntry.compound_id == compound, CostEntry.year == year)
    there = {entry.function: entry for entry in work.session.scalars(same)}
    missing = [function for function in amounts if function not in there]
    for function, number in zip(missing, work.numbers("CB", len(missing)) if missing else (), strict=True):
        entry = CostEntry(
            compound_id=compound, number=number, year=year, function=function, amount=amounts[function]
        )  # fmt: skip
        work.add(entry)
    changed = [f for f in amounts if f in there and there[f].amount != amounts[f]]
    for function in changed:
        there[function].amount = amounts[function]
    return len(missing) + len(changed)


takes("cost_entries.enter", tuple(replace(f, required=f.name in ("compound_id", "year")) for f in FIELDS.values()))


@query(N_("Costs of a compound in a year"), name="costs.year")
def year_of(session: Session, *, compound_id: UUID, year: int) -> dict[str, int]:
    """The amounts by function, in fen; only of the functions that have an entry."""
    found = sa.select(CostEntry).where(CostEntry.compound_id == compound_id, CostEntry.year == year)
    return {entry.function.value: entry.amount for entry in session.scalars(found)}


def medians(found: Iterable[CompoundCost]) -> tuple[int | None, int | None]:
    """The middle of the costs per m² and per head, in fen, of the compounds of which they are known and that cost
    anything; None where there is none."""
    every = [cost for cost in found if cost.total]
    rates = [r for cost in every if (r := cost.per_square_metre) is not None]
    heads = [r for cost in every if (r := cost.per_head) is not None]
    return _middle(rates), _middle(heads)


def _middle(rates: list[int]) -> int | None:
    """Half up, as every rate is rounded."""
    return math.floor(statistics.median(rates) + 0.5) if rates else None
