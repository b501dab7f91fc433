"""The books are frozen: one line for every card that was there on the base date, one row for every room to go to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.asset_value import AssetValueChange
from models.base import new_id
from models.building import Building
from models.room import Room
from models.stocktake import Stocktake, StocktakeLine, StocktakeRoom, StocktakeState
from resources.words import N_
from services.asset_values import BY_PARTS
from services.depreciation_sql import figures
from services.desk.errors import Conflict
from services.desk.intent import intent
from services.desk.work import Work
from services.stocktake_states import KEPT, in_state, not_ahead

S = StocktakeState
EMPTY = N_("No card was in the books on {date} in this scope: nothing is to be counted. Widen the scope of the draft")
FROZEN = ("number", "name", "class_code", "class_edition", "model", "serial", "measure", "status", "quantity",
          "building_id", "room_id", "unit_id", "keeper_id")  # fmt: skip
DIGITS = re.compile(r"(\d+)")
Key = tuple[Any, ...]


class Spot(NamedTuple):
    """Where somebody has to go: a room, or what is known of no room."""

    building_id: UUID | None
    room_id: UUID | None


@intent(N_("Begin counting"), on=Stocktake, name="stocktakes.start", kept=KEPT)
def start(work: Work, stocktake_id: UUID) -> int:
    """Freezes the books as of the base date and opens the count; how many lines. Conflict: nothing is in the scope;
    Invalid: the base date lies ahead."""
    found = in_state(work, stocktake_id, S.DRAFT)
    not_ahead(work, found.base_on, "stocktake.base_on")
    cards = _cards(work, found)
    if not cards:
        raise Conflict(EMPTY, date=found.base_on)
    spots = _ordered(work, found, {_spot(card) for card in cards})
    rooms, total = {spot: (position, new_id()) for position, spot in enumerate(spots, 1)}, len(cards) + len(spots)
    found.state, found.started_on = S.COUNTING, work.today
    shared = {"compound_id": found.compound_id, "stocktake_id": found.id}
    work.bulk_insert(StocktakeRoom, (
        {**shared, "id": id, "position": position, "building_id": spot.building_id, "room_id": spot.room_id}
        for spot, (position, id) in rooms.items()
    ), total)  # fmt: skip
    cards.sort(key=lambda card: (rooms[_spot(card)][0], card.number))  # rooms lie together: they are read together
    return work.bulk_insert(StocktakeLine, (shared | line for line in _lines(cards, rooms)), total)


def _cards(work: Work, found: Stocktake) -> list[Any]:
    """The cards in the books at the end of the base date that are still here, with what was depreciated until then;
    those that were split or merged since, and what was split off, as they are now: pieces and value belong together."""
    where = [Asset.compound_id == found.compound_id, Asset.moved_on.is_(None)]
    where += [getattr(Asset, name) == id for name in ("building_id", "room_id", "unit_id", "keeper_id")
              if (id := getattr(found, name))]  # fmt: skip
    if found.class_prefix:
        where.append(Asset.class_code.startswith(found.class_prefix, autoescape=True))
    picked = (Asset.id.label("id"), Asset.cost.label("value"), *(getattr(Asset, name).label(name) for name in FROZEN))
    parted, made = _parted(work, found), list[Any]()
    for day, mine in ((found.base_on, Asset.id.not_in(parted)), (work.today, Asset.id.in_(parted)))[: 1 + bool(parted)]:
        made += work.session.execute(sa.select(figures(day, *picked, where=(*where, mine)).rows))
    return made


def _parted(work: Work, found: Stocktake) -> set[UUID]:
    """Cards of the base date that were split or took up others since, and what was split off from them."""
    change, ids = AssetValueChange, set[UUID]()
    begun = sa.func.coalesce(Asset.entered_on, Asset.acquired_on)
    since = (
        sa.select(change.asset_id, change.other_id, sa.or_(begun.is_(None), begun <= found.base_on))
        .join(Asset, Asset.id == change.asset_id)
        .where(change.compound_id == found.compound_id, change.kind.in_(BY_PARTS), change.on > found.base_on)
    )
    for asset, other, there in work.session.execute(since.order_by(change.n)):
        if other and (there or asset in ids):
            ids |= {asset, other}
    return ids


def _spot(card: Any) -> Spot:
    return Spot(card.building_id, card.room_id)


def _lines(cards: Sequence[Any], rooms: Mapping[Spot, tuple[int, UUID]]) -> Iterator[dict[str, Any]]:
    for card in cards:
        cost = card.value
        yield {name: getattr(card, name) for name in FROZEN} | {
            "asset_id": card.id, "cost": cost, "accumulated": None if cost is None else min(card.accumulated, cost),
            "stocktake_room_id": rooms[_spot(card)][1],
        }  # fmt: skip


def _ordered(work: Work, found: Stocktake, spots: set[Spot]) -> list[Spot]:
    """As somebody walks: by building, floor and room; what is known of no room after the rooms of its building, what is
    known of no building last."""
    inside = work.session.execute(
        sa.select(Room.id, Room.floor, Room.number).where(Room.compound_id == found.compound_id)
    )
    rooms = {row.id: (_natural(row.floor), _natural(row.number)) for row in inside}
    known = work.session.execute(sa.select(Building.id, Building.code).where(Building.compound_id == found.compound_id))
    buildings = {row.id: _natural(row.code) for row in known}

    def key(spot: Spot) -> Key:
        building = buildings.get(spot.building_id) if spot.building_id else None
        room = rooms.get(spot.room_id) if spot.room_id else None
        return (building is None, building or (), room is None, room or ())

    return sorted(spots, key=key)


def _natural(text: str | None) -> Key:
    """Room 9 comes before room 10."""
    parts = DIGITS.split(text or "")
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)
