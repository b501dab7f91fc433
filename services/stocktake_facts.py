"""Lines and readings of a stocktake as they are shown: with the names of places and persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.asset import Asset
from models.building import Building
from models.organization import Organization
from models.room import Room
from models.staff import Staff
from models.stocktake import CountResult, Stocktake, StocktakeLine, StocktakeSurplus, StocktakeTeam
from models.stocktake_scan import ScanOutcome, StocktakeScan

FoundBuilding, FoundRoom, FoundKeeper = aliased(Building), aliased(Room), aliased(Staff)
AT_ONCE = 500


@dataclass(frozen=True)
class Card:
    """A card as the books of the stocktake say (a card that is not on it: as it is now). `quantity` is None where who
    counts is not to see it."""

    line_id: UUID | None
    asset_id: UUID
    number: str
    name: str
    model: str
    serial: str
    measure: str
    quantity: int | None
    building: str
    floor: str
    room: str
    unit: str
    keeper: str


@dataclass(frozen=True)
class Where:
    """Where something is, in words; empty as far as nobody knows."""

    building: str = ""
    floor: str = ""
    room: str = ""


@dataclass(frozen=True)
class Line:
    """A line as it stands: the card, and what was counted when, where and with whom."""

    card: Card
    result: CountResult
    counted: int | None
    counted_at: datetime | None
    building: str
    floor: str
    room: str
    keeper: str
    damaged: bool
    unlabelled: bool
    word: str
    left_by: str


@dataclass(frozen=True)
class Scanned:
    """A reading and what it met: `line` is the card it names, where one may be told — of an outcome OUTSIDE a card that
    is not on this stocktake; `result` and `counted` what its line says now. `building`, `floor`, `room` and `keeper`
    are where and with whom it was read; `nth` counts the readings of its team on that day, 0 in a list of many."""

    scan_id: UUID
    code: str
    outcome: ScanOutcome
    line: Card | None
    result: CountResult | None
    counted: int | None
    quantity: int
    building: str
    floor: str
    room: str
    keeper: str
    damaged: bool
    unlabelled: bool
    word: str
    team: str
    at: datetime
    nth: int
    put_aside: bool
    surplus_id: UUID | None


def lines(session: Session, found: Stocktake, *where: Any, limit: int = 0) -> list[Line]:
    """The lines of a stocktake that fit, in the order they are walked."""
    line = StocktakeLine
    picked = (
        sa.select(line, Building.name, Room.floor, Room.number, Organization.name, Staff.name, FoundBuilding.name,
                  FoundRoom.floor, FoundRoom.number, FoundKeeper.name)
        .outerjoin(Building, Building.id == line.building_id).outerjoin(Room, Room.id == line.room_id)
        .outerjoin(Organization, Organization.id == line.unit_id).outerjoin(Staff, Staff.id == line.keeper_id)
        .outerjoin(FoundBuilding, FoundBuilding.id == line.found_building_id)
        .outerjoin(FoundRoom, FoundRoom.id == line.found_room_id)
        .outerjoin(FoundKeeper, FoundKeeper.id == line.found_keeper_id)
        .where(line.stocktake_id == found.id, *where).order_by(line.n)
    )  # fmt: skip
    rows = session.execute(picked.limit(limit) if limit else picked)
    return [_line(found, row[0], [text or "" for text in row[1:]]) for row in rows]


def _line(found: Stocktake, row: StocktakeLine, names: Sequence[str]) -> Line:
    building, floor, room, unit, keeper, seen_in, seen_on, seen_at, seen_with = names
    card = Card(row.id, row.asset_id, row.number, row.name, row.model or "", row.serial or "", row.measure or "",
                None if found.blind else row.quantity, building, floor, room, unit, keeper)  # fmt: skip
    return Line(card, row.result, row.counted, row.counted_at, seen_in, seen_on, seen_at, seen_with, row.damaged,
                row.unlabelled, row.found_word or "", row.left_by or "")  # fmt: skip


def scanned(session: Session, found: Stocktake, row: StocktakeScan) -> Scanned:
    """One reading, with its number in the round of its team that day."""
    return scans(session, found, StocktakeScan.id == row.id, nth=_nth(session, row))[0]


def _nth(session: Session, row: StocktakeScan) -> int:
    day = datetime.combine(row.scanned_at.astimezone().date(), time()).astimezone(UTC)
    scan = StocktakeScan
    mine = sa.select(sa.func.count(scan.id)).where(
        scan.stocktake_id == row.stocktake_id, scan.scanned_at >= day, scan.scanned_at <= row.scanned_at,
        scan.team_id == row.team_id,
    )  # fmt: skip
    return session.scalar(mine) or 0


def scans(session: Session, found: Stocktake, *where: Any, limit: int = 0, nth: int = 0) -> list[Scanned]:
    """The readings of a stocktake that fit, the last first."""
    scan = StocktakeScan
    picked = (
        sa.select(scan, Building.name, Room.floor, Room.number, Staff.name, StocktakeTeam.name)
        .outerjoin(Building, Building.id == scan.building_id).outerjoin(Room, Room.id == scan.room_id)
        .outerjoin(Staff, Staff.id == scan.keeper_id).outerjoin(StocktakeTeam, StocktakeTeam.id == scan.team_id)
        .where(scan.stocktake_id == found.id, *where).order_by(scan.scanned_at.desc(), scan.n.desc())
    )  # fmt: skip
    rows = session.execute(picked.limit(limit) if limit else picked).all()
    named = list(dict.fromkeys(row[0].asset_id for row in rows if row[0].asset_id))
    known = dict[UUID, Line]()
    for start in range(0, len(named), AT_ONCE):
        some = lines(session, found, StocktakeLine.asset_id.in_(named[start : start + AT_ONCE]))
        known |= {line.card.asset_id: line for line in some}
    outside = _outside(session, [id for id in named if id not in known])
    return [_scan(row[0], [text or "" for text in row[1:]], known, outside, nth) for row in rows]


def _scan(
    row: StocktakeScan, names: Sequence[str], known: dict[UUID, Line], outside: dict[UUID, Card], nth: int
) -> Scanned:
    building, floor, room, keeper, team = names
    line = known.get(row.asset_id) if row.asset_id else None
    card = line.card if line else outside.get(row.asset_id) if row.asset_id else None
    return Scanned(
        row.id, row.code, row.outcome, card, line.result if line else None, line.counted if line else None,
        row.quantity, building, floor, room, keeper, row.damaged, row.unlabelled, row.word or "", team, row.scanned_at,
        nth, row.put_aside, row.stocktake_surplus_id,
    )  # fmt: skip


def _outside(session: Session, ids: Sequence[UUID]) -> dict[UUID, Card]:
    """Cards that are not on the stocktake, as they are now."""
    out = dict[UUID, Card]()
    for start in range(0, len(ids), AT_ONCE):
        picked = (
            sa.select(Asset, Building.name, Room.floor, Room.number, Organization.name, Staff.name)
            .outerjoin(Building, Building.id == Asset.building_id).outerjoin(Room, Room.id == Asset.room_id)
            .outerjoin(Organization, Organization.id == Asset.unit_id).outerjoin(Staff, Staff.id == Asset.keeper_id)
            .where(Asset.id.in_(ids[start : start + AT_ONCE]))
        )  # fmt: skip
        for asset, *names in session.execute(picked):
            building, floor, room, unit, keeper = (text or "" for text in names)
            out[asset.id] = Card(None, asset.id, asset.number, asset.name, asset.model or "", asset.serial or "",
                                 asset.measure or "", asset.quantity, building, floor, room, unit, keeper)  # fmt: skip
    return out


def places(session: Session, rows: Sequence[StocktakeSurplus]) -> dict[UUID, tuple[Where, str]]:
    """Where and with whom surpluses were found, by their ids."""
    more, out = StocktakeSurplus, dict[UUID, tuple[Where, str]]()
    for start in range(0, len(rows), AT_ONCE):
        picked = (
            sa.select(more.id, Building.name, Room.floor, Room.number, Staff.name)
            .outerjoin(Building, Building.id == more.building_id).outerjoin(Room, Room.id == more.room_id)
            .outerjoin(Staff, Staff.id == more.keeper_id)
            .where(more.id.in_([row.id for row in rows[start : start + AT_ONCE]]))
        )  # fmt: skip
        for id, building, floor, room, keeper in session.execute(picked):
            out[id] = Where(building or "", floor or "", room or ""), keeper or ""
    return out
