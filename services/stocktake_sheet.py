"""How a stocktake stands: what a reading met, how far the count is, whether the equation holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.building import Building
from models.room import Room
from models.staff import Staff
from models.stocktake import CountResult, Stocktake, StocktakeLine, StocktakeRoom, StocktakeSurplus, StocktakeTeam
from models.stocktake_scan import ScanOutcome, StocktakeScan
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession
from services.desk.work import NO_RECORD
from services.stocktake_equation import ClassRow, Equation, Sums, equation_of
from services.stocktake_facts import Card, Line, Scanned, lines, scans

__all__ = ["Card", "ClassRow", "Equation", "Line", "Scanned", "Sums"]  # what its queries answer with
R = CountResult
LATELY = 50
NO_LINE = (ScanOutcome.UNKNOWN, ScanOutcome.OUTSIDE)


@dataclass(frozen=True)
class Floor:
    """How many of the cards of a floor were seen, of all."""

    building: str
    floor: str
    seen: int
    all: int


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


@dataclass(frozen=True)
class Progress:
    """`row` is the stocktake as its list shows it. The counters are cards: all of them, those that were `seen`, and by
    result; `surplus` entries of things in no book, `unknown` codes nobody dealt with, `outside` readings of cards that
    are not to be counted here. Pieces and money are in the `equation`."""

    row: Mapping[str, Any]
    cards: int
    seen: int
    matched: int
    elsewhere: int
    pending: int
    missing: int
    short: int
    over: int
    surplus: int
    unknown: int
    outside: int
    floors: tuple[Floor, ...]
    rooms: tuple[RoomCount, ...]
    equation: Equation


@query(N_("Progress of a stocktake"), on=Stocktake, name="stocktakes.progress")
def progress(session: Session, stocktake_id: UUID) -> Progress:
    """How far it is, by floor and by room in the order they are walked. Missing: there is none."""
    found = session.get(Stocktake, stocktake_id)
    rows = Reader(cast("DeskSession", session), View("stocktakes")).page([found.n]) if found else []
    if found is None or not rows:
        raise Missing(NO_RECORD)
    by_room = _by_room(session, stocktake_id)
    results = {result: sum(counts.get(result, 0) for counts in by_room.values()) for result in R}
    rooms = _rooms(session, stocktake_id, by_room)
    cards, surplus = sum(results.values()), sa.select(sa.func.count(StocktakeSurplus.id))
    open_ = _open(session, stocktake_id)
    return Progress(
        rows[0], cards, cards - results[R.PENDING] - results[R.MISSING], results[R.MATCHED], results[R.ELSEWHERE],
        results[R.PENDING], results[R.MISSING], results[R.SHORT], results[R.OVER],
        session.scalar(surplus.where(StocktakeSurplus.stocktake_id == stocktake_id)) or 0,
        open_.get(ScanOutcome.UNKNOWN, 0), open_.get(ScanOutcome.OUTSIDE, 0), _floors(rooms), rooms,
        equation_of(session, stocktake_id),
    )  # fmt: skip


def _by_room(session: Session, stocktake_id: UUID) -> dict[UUID | None, dict[CountResult, int]]:
    line, out = StocktakeLine, dict[UUID | None, dict[CountResult, int]]()
    found = (
        sa.select(line.stocktake_room_id, line.result, sa.func.count())
        .where(line.stocktake_id == stocktake_id).group_by(line.stocktake_room_id, line.result)
    )  # fmt: skip
    for room, result, count in session.execute(found):
        out.setdefault(room, {})[result] = count
    return out


def _open(session: Session, stocktake_id: UUID) -> dict[ScanOutcome, int]:
    """Readings of no line that nobody dealt with, by outcome."""
    scan = StocktakeScan
    found = (
        sa.select(scan.outcome, sa.func.count(scan.id))
        .where(scan.stocktake_id == stocktake_id, scan.outcome.in_(NO_LINE),
               sa.not_(scan.put_aside), scan.stocktake_surplus_id.is_(None))
        .group_by(scan.outcome)
    )  # fmt: skip
    return {row[0]: row[1] for row in session.execute(found)}


def _rooms(
    session: Session, stocktake_id: UUID, by_room: Mapping[UUID | None, Mapping[CountResult, int]], *where: Any
) -> tuple[RoomCount, ...]:
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


def _floors(rooms: Sequence[RoomCount]) -> tuple[Floor, ...]:
    sums: dict[tuple[str, str], list[int]] = {}
    for room in rooms:
        known = sums.setdefault((room.building, room.floor), [0, 0])
        known[0] += room.seen
        known[1] += room.all
    return tuple(Floor(building, floor, seen, every) for (building, floor), (seen, every) in sums.items())


@query(N_("Equation of a stocktake"), on=Stocktake, name="stocktakes.equation")
def equation(session: Session, stocktake_id: UUID) -> Equation:
    """Book + surplus − loss = counted, by class and in total, in pieces and fen. Missing: there is none."""
    if session.get(Stocktake, stocktake_id) is None:
        raise Missing(NO_RECORD)
    return equation_of(session, stocktake_id)


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
    about = _rooms(session, stocktake_id, {row.id: counts}, StocktakeRoom.id == row.id)[0]
    here = (line.found_room_id == row.room_id, line.stocktake_room_id != row.id) if row.room_id else (sa.false(),)
    read = (scan.room_id == row.room_id,) if row.room_id else (sa.false(),)
    open_ = (scan.outcome.in_(NO_LINE), sa.not_(scan.put_aside), scan.stocktake_surplus_id.is_(None))
    return RoomSheet(about, tuple(mine), tuple(lines(session, found, *here)),
                     tuple(scans(session, found, *read, *open_)))  # fmt: skip


@query(N_("Last readings of a stocktake"), on=Stocktake, name="stocktakes.lately")
def lately(session: Session, stocktake_id: UUID, team_id: UUID | None = None, limit: int = LATELY) -> list[Scanned]:
    """The last readings (of one team) with what they met, the last first. Missing: there is no such stocktake."""
    found = session.get(Stocktake, stocktake_id)
    if found is None:
        raise Missing(NO_RECORD)
    mine = (StocktakeScan.team_id == team_id,) if team_id else ()
    return scans(session, found, *mine, limit=limit)


@dataclass(frozen=True)
class OwnCount:
    """A counter who was the only one to count things in his own keeping: how many cards."""

    team: str
    counter: str
    cards: int


@query(N_("Things counted by their own keepers alone"), on=Stocktake, name="stocktakes.own_keeping")
def own_keeping(session: Session, stocktake_id: UUID) -> list[OwnCount]:
    """Who counted what is in his own keeping, and no other team did: told on page and report, not refused."""
    line, scan, team, other = StocktakeLine, StocktakeScan, StocktakeTeam, aliased(StocktakeScan)
    others = sa.select(other.id).where(
        other.stocktake_id == stocktake_id, other.asset_id == line.asset_id, other.team_id != team.id
    )
    found = (
        sa.select(team.name, Staff.name.label("counter"), sa.func.count(sa.distinct(line.id)).label("cards"))
        .join(Staff, Staff.id == team.counter_id)
        .join(line, sa.and_(line.stocktake_id == team.stocktake_id, line.keeper_id == team.counter_id))
        .join(scan, sa.and_(scan.stocktake_id == stocktake_id, scan.asset_id == line.asset_id, scan.team_id == team.id))
        .where(team.stocktake_id == stocktake_id, ~others.exists())
        .group_by(team.name, Staff.name).order_by(team.name)
    )  # fmt: skip
    return [OwnCount(row.name, row.counter, row.cards) for row in session.execute(found)]
