"""The rooms of a stocktake: how far each is, what is in it, what was read there last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.building import Building
from models.room import Room
from models.stocktake import CountResult, Stocktake, StocktakeLine, StocktakeRoom, StocktakeTeam
from models.stocktake_scan import ScanOutcome, StocktakeScan
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.work import NO_RECORD
from services.stocktake_facts import Line, Scanned
from services.stocktake_shown import lines, scans

R = CountResult
LATELY = 50
NO_LINE = (ScanOutcome.UNKNOWN, ScanOutcome.OUTSIDE)


@dataclass(frozen=True)
class RoomCount:
    """How many of the cards of a room were seen, of all; without a room it is what no room is known of."""

    stocktake_room_id: UUID
    building: str
    floor: str
    room: str
    name: str
    building_id: UUID | None
    room_id: UUID | None
    team_id: UUID | None
    team: str
    seen: int
    all: int
    done_on: date | None


def rooms_of(
    session: Session, stocktake_id: UUID, by_room: Mapping[UUID | None, Mapping[CountResult, int]], *where: Any
) -> tuple[RoomCount, ...]:
    """The rooms in the order they are walked, with how many cards of each have which result."""
    room = StocktakeRoom
    found = (
        sa.select(room.id, room.building_id, room.room_id, room.team_id, room.done_on, Building.name,
                  Room.floor, Room.number, Room.name, StocktakeTeam.name)
        .outerjoin(Building, Building.id == room.building_id).outerjoin(Room, Room.id == room.room_id)
        .outerjoin(StocktakeTeam, StocktakeTeam.id == room.team_id)
        .where(room.stocktake_id == stocktake_id, *where).order_by(room.position)
    )  # fmt: skip
    made = list[RoomCount]()
    for id, building_id, room_id, team_id, done_on, building, floor, number, name, team in session.execute(found):
        counts = by_room.get(id, {})
        every = sum(counts.values())
        seen = every - counts.get(R.PENDING, 0) - counts.get(R.MISSING, 0)
        made.append(RoomCount(id, building or "", floor or "", number or "", name or "", building_id, room_id, team_id,
                              team or "", seen, every, done_on))  # fmt: skip
    return tuple(made)


@dataclass(frozen=True)
class RoomSheet:
    """A room while it is counted: the `lines` that are there by the books, those of other rooms that were found in it
    (`strays`), and the `codes` read in it of no line that nobody dealt with."""

    room: RoomCount
    lines: tuple[Line, ...]
    strays: tuple[Line, ...]
    codes: tuple[Scanned, ...]


@query(N_("A room of a stocktake"), on=Stocktake, name="stocktakes.room")
def room(session: Session, stocktake_id: UUID, stocktake_room_id: UUID) -> RoomSheet:
    """What is to be counted in a room and what was. Missing: it is no room of this stocktake."""
    found, row = session.get(Stocktake, stocktake_id), session.get(StocktakeRoom, stocktake_room_id)
    if found is None or row is None or row.stocktake_id != stocktake_id:
        raise Missing(NO_RECORD)
    line, scan = StocktakeLine, StocktakeScan
    mine = lines(session, found, line.stocktake_room_id == row.id)
    counts: dict[CountResult, int] = {}
    for one in mine:
        counts[one.result] = counts.get(one.result, 0) + 1
    about = rooms_of(session, stocktake_id, {row.id: counts}, StocktakeRoom.id == row.id)[0]
    here = (line.found_room_id == row.room_id, line.stocktake_room_id != row.id) if row.room_id else (sa.false(),)
    read = (scan.room_id == row.room_id,) if row.room_id else (sa.false(),)
    open_ = (scan.outcome.in_(NO_LINE), sa.not_(scan.put_aside), scan.stocktake_surplus_id.is_(None))
    return RoomSheet(about, tuple(mine), tuple(lines(session, found, *here)),
                     tuple(scans(session, found, *read, *open_)))  # fmt: skip


@query(N_("Last readings of a stocktake"), on=Stocktake, name="stocktakes.lately")
def lately(
    session: Session, stocktake_id: UUID, team_id: UUID | None = None, limit: int = LATELY, waiting: bool = False
) -> list[Scanned]:
    """The last readings (of one team; `waiting`: only codes of no line that nobody dealt with) with what they met, the
    last first. Missing: there is no such stocktake."""
    found = session.get(Stocktake, stocktake_id)
    if found is None:
        raise Missing(NO_RECORD)
    scan = StocktakeScan
    mine = (scan.team_id == team_id,) if team_id else ()
    open_ = (scan.outcome.in_(NO_LINE), sa.not_(scan.put_aside), scan.stocktake_surplus_id.is_(None)) if waiting else ()
    return scans(session, found, *mine, *open_, limit=limit)
