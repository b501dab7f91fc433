"""A card goes to another compound: it is closed here and opened there, under one number and with one history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.asset_value import ValueChange
from models.handover import Handover
from models.room import Room
from resources.words import N_, Word
from services import asset_values, asset_worth
from services.asset_parts import copied, left
from services.desk.errors import Conflict
from services.desk.work import Work

AT_ONCE = 500
BOTH = N_("The move is finished by somebody who may work in both compounds")


def move(work: Work, note: Handover, asset: Asset) -> Asset:
    """The card in the other compound. Conflict: the person has no right there."""
    assert note.to_compound_id
    if not work.reaches([note.to_compound_id]):
        raise Conflict(BOTH)
    room = work.get(Room, note.to_room_id) if note.to_room_id else None
    day = max(filter(None, (note.from_signed_on, note.to_signed_on)))
    asset_worth.unbooked(work, note.to_compound_id, day, Word("handover.to_signed_on"))
    now = asset_values.begun(work, asset, ValueChange.SPLIT, day, note.number)  # what its value goes on from there
    here = copied(asset) | {
        "number": asset.number, "serial": asset.serial, "quantity": asset.quantity, "cost": asset.cost,
        "net_value": asset.net_value, "prior_accumulated": now.accumulated or None, "life_months": left(now),
        "entered_on": day if asset.entered_on or asset.acquired_on else None,
    }  # fmt: skip
    there = Asset(**here | {
        "compound_id": note.to_compound_id, "predecessor_id": asset.id, "keeper_id": note.to_staff_id,
        "unit_id": note.to_unit_id or asset.unit_id, "keeper_text": None, "place_text": None,
        "room_id": room.id if room else None, "building_id": room.building_id if room else None,
        "part_of_id": _successor(work, asset.part_of_id) if asset.part_of_id else None,
    })  # fmt: skip
    asset.moved_on = day
    work.session.flush()  # the number is free before it is taken again
    return work.add(there)


def wholes_first(assets: Mapping[UUID, Asset]) -> dict[UUID, int]:
    """How deep each card lies in a set of which more is among these: a whole goes before its parts."""
    depth = dict[UUID, int]()
    for id, asset in assets.items():
        seen, above = {id}, asset.part_of_id
        while above is not None and above in assets and above not in seen:
            seen.add(above)
            above = assets[above].part_of_id
        depth[id] = len(seen)
    return depth


def left_behind(work: Work, moved: Iterable[UUID]) -> None:
    """Parts that are still here, of wholes that are not, stand for themselves."""
    wholes = list(moved)
    for start in range(0, len(wholes), AT_ONCE):
        stays = sa.select(Asset).where(Asset.part_of_id.in_(wholes[start : start + AT_ONCE]), Asset.moved_on.is_(None))
        for part in work.session.scalars(stays):
            part.part_of_id = None


def _successor(work: Work, id: UUID) -> UUID | None:
    """Where the main asset went, if it moved before its parts in the same note."""
    return work.session.scalar(sa.select(Asset.id).where(Asset.predecessor_id == id))
