"""What came, changed and went over a period: opening + additions + changes - disposals - moves = closing.

The statement of assets of an audit on leaving office (离任经济责任审计), by compound and class: the balance holds for
cards, original value and accumulated depreciation alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.asset_value import AssetValueChange, ValueChange
from models.compound import Compound
from resources.words import N_, Word
from services import depreciation as rules
from services.depreciation import Card
from services.depreciation_balances import class_names
from services.depreciation_lives import EDITION
from services.desk.errors import Invalid
from services.desk.intent import query

WAYS = ("opening", "added", "changed", "parts", "moved_in", "disposed", "moved_out", "closing")
BY_PARTS = (ValueChange.SPLIT, ValueChange.MERGE)
COLUMNS = (
    Asset.id, Asset.compound_id, Asset.class_code, Asset.class_edition, Asset.cost, Asset.acquired_on,
    Asset.entered_on, Asset.life_months, Asset.prior_accumulated, Asset.depreciation, Asset.value_kind,
    Asset.disposed_on, Asset.moved_on, Asset.predecessor_id, Asset.quantity,
)  # fmt: skip


@dataclass(frozen=True)
class Amounts:
    """Cards, original value and accumulated depreciation, in fen; what goes is negative."""

    cards: int = 0
    cost: int = 0
    accumulated: int = 0

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.cards + other.cards, self.cost + other.cost, self.accumulated + other.accumulated)

    def __neg__(self) -> Amounts:
        return Amounts(-self.cards, -self.cost, -self.accumulated)


@dataclass(frozen=True)
class Flow:
    """A class in a compound over a period. `taken` is what its months took, in fen; `parts` what splitting and merging
    cards moved, nothing over all classes."""

    compound_id: UUID
    compound: str
    class_prefix: str
    class_name: str
    opening: Amounts
    added: Amounts
    changed: Amounts
    parts: Amounts
    moved_in: Amounts
    disposed: Amounts
    moved_out: Amounts
    closing: Amounts
    taken: int

    @property
    def holds(self) -> bool:
        """Whether the equation does."""
        came = self.opening + self.added + self.changed + self.parts + self.moved_in + Amounts(accumulated=self.taken)
        return came + self.disposed + self.moved_out == self.closing


@query(N_("Assets over a period"), name="depreciation.flows")
def flows(session: Session, *, from_on: date, until_on: date, compound_id: UUID | None = None) -> list[Flow]:
    """By compound and class, in order of their codes; those without any card in the period are left out. Invalid: it
    ends before it begins."""
    if until_on < from_on:
        raise Invalid(N_("“From” lies after “To”."), field=Word("depreciation.until_on"))
    every: dict[tuple[UUID, str], dict[str, Amounts]] = defaultdict(lambda: dict.fromkeys(WAYS, Amounts()))
    taken, names = defaultdict[tuple[UUID, str], int](int), class_names(session)
    for row, way, amounts in _moved(session, from_on, until_on, compound_id, taken):
        every[_key(row)][way] += amounts
    compounds = session.execute(sa.select(Compound.id, Compound.name).order_by(Compound.code)).all()
    return [
        Flow(id, name, key[1], names.get(key[1], ""), taken=taken[key], **every[key])
        for id, name in compounds for key in sorted(k for k in every if k[0] == id)
    ]  # fmt: skip


def _key(row: Any) -> tuple[UUID, str]:
    known = row.class_code if row.class_edition == EDITION else None
    return row.compound_id, (known or "")[:5]


def _moved(
    session: Session, begin: date, end: date, compound: UUID | None, taken: dict[tuple[UUID, str], int]
) -> Iterator[tuple[Any, str, Amounts]]:
    changes: dict[UUID, list[AssetValueChange]] = defaultdict(list)
    for change in session.scalars(sa.select(AssetValueChange)):
        changes[change.asset_id].append(change)
    by_parts: set[UUID | None] = {c.other_id for own in changes.values() for c in own if c.other_id}
    found = sa.select(*COLUMNS).where(*((Asset.compound_id == compound,) if compound else ()))
    for row in session.execute(found.execution_options(yield_per=1000)):
        card = rules.card_of(row, changes.get(row.id, ()))
        for way, amounts in _of(card, row, changes.get(row.id, []), begin, end, by_parts):
            yield row, way, amounts
        taken[_key(row)] += rules.between(card, rules.ended(begin - timedelta(days=1)), rules.ended(end))


def _of(
    card: Card, row: Any, changes: list[AssetValueChange], begin: date, end: date, by_parts: set[UUID | None]
) -> Iterator[tuple[str, Amounts]]:
    """What one card did."""
    before, first, left = begin - timedelta(days=1), card.stretches[0], card.ended_on
    if card.there(before):
        yield "opening", Amounts(1, rules.cost(card, before), rules.accumulated(card, before))
    elif begin <= first.on <= end and (left is None or left > first.on):
        way = "moved_in" if row.predecessor_id else "parts" if row.id in by_parts else "added"
        yield way, Amounts(1, first.cost, first.carried)
    else:
        return
    kinds = [change.kind for change in sorted(changes, key=_order)]
    for was, now, kind in zip(card.stretches, card.stretches[1:], kinds, strict=False):
        if begin <= now.on <= end and (left is None or now.on < left):
            spent = was.taken(rules.month_of(now.on) - rules.month_of(was.on))
            yield "parts" if kind in BY_PARTS else "changed", Amounts(0, now.cost - was.cost, now.carried - spent)
    if left is not None and left <= end:
        way = "disposed" if left == row.disposed_on else "parts" if row.id in by_parts else "moved_out"
        yield way, -Amounts(1, rules.cost(card, left), rules.accumulated(card, left))
    else:
        yield "closing", Amounts(1, rules.cost(card, end), rules.accumulated(card, end))


def _order(change: AssetValueChange) -> tuple[date, UUID]:
    return (change.on, change.id)
