"""Offices against the standard for their users, and rooms nobody uses.

The standard is 发改投资〔2014〕2674号: usable floor area, an upper limit for each rank (`office_standard`, by date).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.beside import OfficeStandard
from models.building import Building
from models.compound import Compound
from models.occupancy import Occupancy, Rank, UnitLevel
from models.organization import Organization
from models.room import Room, RoomUse
from models.staff import Staff
from resources.words import N_
from services.desk.intent import query
from services.desk.listing import Listing, listing

STANDARDS = listing(Listing("office_standards", OfficeStandard, ("from_on",), words=("source",)))


@dataclass(frozen=True)
class OfficeCheck:
    """An office, or all offices of a unit, against the standard; areas in 0.01 m². `unknown` counts users for whose
    rank the standard gives no limit: with one of them nothing is said about too much. Of an office: `place` is its
    compound and building, `rows` its occupancies on the day, `decision` what was decided about it so far."""

    id: UUID | None
    number: str
    name: str
    used: int
    limit: int
    users: int
    unknown: int
    who: tuple[str, ...] = field(default=())
    place: str = ""
    rows: tuple[UUID, ...] = field(default=())
    decision: str = ""

    @property
    def over(self) -> int:
        """How much there is too much, 0 if there is not or nobody can say."""
        return max(0, self.used - self.limit) if self.users and not self.unknown else 0


@query(N_("Offices against the standard"), name="occupancies.check")
def check(session: Session, *, on: date) -> list[OfficeCheck]:
    """Every office in use on a day, those with most too much first."""
    allowed, users = limits(session, on), _by_room(session, on)
    names, places = people(session, users), _places(session)
    found = []
    for room in session.scalars(_offices(on)):
        rows = users[room.id]
        each = [allowed.get((row.level, row.rank)) for row in rows]
        who = tuple(filter(None, (names.get(row.staff_id) or names.get(row.unit_id) for row in rows)))
        found.append(
            OfficeCheck(
                room.id, room.number, room.name or "", room.area or 0, sum(a or 0 for a in each), len(rows),
                sum(a is None for a in each), who, places.get(room.building_id, ""), tuple(row.id for row in rows),
                next((row.decision for row in rows if row.decision), ""),
            )
        )  # fmt: skip
    return sorted(found, key=lambda c: (-c.over, c.number))


@query(N_("Offices of units against the standard"), name="occupancies.by_unit")
def by_unit(session: Session, *, on: date) -> list[OfficeCheck]:
    """What each unit uses and may use on a day; a shared room by shares, in equal parts where none are said."""
    allowed, users = limits(session, on), _by_room(session, on)
    sums: dict[UUID | None, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for room in session.scalars(_offices(on)):
        for row, area in shares(room, users[room.id]):
            limit = allowed.get((row.level, row.rank))
            said = (area, limit or 0, 1, limit is None)
            sums[row.unit_id] = [have + more for have, more in zip(sums[row.unit_id], said, strict=True)]
    units = {
        u.id: u for u in session.scalars(sa.select(Organization).where(Organization.id.in_([u for u in sums if u])))
    }
    found = []
    for id, (used, limit, count, unknown) in sums.items():
        unit = units.get(id) if id else None
        found.append(OfficeCheck(id, unit.code if unit else "", unit.name if unit else "", used, limit, count, unknown))
    return sorted(found, key=lambda c: (-c.over, c.number))


def _offices(on: date) -> sa.Select[Room]:
    """Offices with a user on a day; a subselect, for there may be more of them than a statement has places."""
    used = sa.select(Occupancy.room_id).where(*holds(on))
    return sa.select(Room).where(Room.use == RoomUse.OFFICE, Room.id.in_(used)).order_by(Room.number)


def _places(session: Session) -> dict[UUID, str]:
    """Buildings by id, as people say where something is."""
    found = sa.select(Building.id, Building.name, Compound.name).join(Compound, Compound.id == Building.compound_id)
    return {id: f"{compound} · {building}" for id, building, compound in session.execute(found)}


def shares(room: Room, rows: list[Occupancy]) -> list[tuple[Occupancy, int]]:
    """The room's area by user: what is said, and the rest in equal parts to those of whom nothing is said."""
    said = sum(row.area or 0 for row in rows)
    silent = [row for row in rows if row.area is None]
    rest = max(0, (room.area or 0) - said)
    parts = {row.id: rest // len(silent) + (at < rest % len(silent)) for at, row in enumerate(silent)} if silent else {}
    return [(row, row.area if row.area is not None else parts[row.id]) for row in rows]


@dataclass(frozen=True)
class IdleRoom:
    """A room nobody uses: since the day after the last use ended, or (None) as far back as anybody knows."""

    id: UUID
    number: str
    building_id: UUID
    use: RoomUse
    area: int
    since: date | None
    place: str = ""


@query(N_("Rooms nobody uses"), name="occupancies.idle")
def idle(session: Session, *, on: date) -> list[IdleRoom]:
    """Offices, dwellings and shops without a user on a day: vacated ones by how long, then those never used."""
    busy = sa.select(Occupancy.room_id).where(*holds(on))
    last = (
        sa.select(Occupancy.room_id, sa.func.max(Occupancy.until_on).label("last"))
        .where(Occupancy.until_on < on).group_by(Occupancy.room_id).subquery()
    )  # fmt: skip
    uses = (RoomUse.OFFICE, RoomUse.DWELLING, RoomUse.SHOP)
    found = session.execute(
        sa.select(Room, last.c.last).outerjoin(last, last.c.room_id == Room.id)
        .where(Room.use.in_(uses), Room.id.not_in(busy)).order_by(last.c.last.nulls_last(), Room.number)
    )  # fmt: skip
    places = _places(session)
    return [
        IdleRoom(r.id, r.number, r.building_id, r.use, r.area or 0, ended, places.get(r.building_id, ""))
        for r, ended in found
    ]


def holds(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    """That an occupancy lasts on a day."""
    return (Occupancy.from_on <= on, sa.or_(Occupancy.until_on.is_(None), Occupancy.until_on >= on))


def _by_room(session: Session, on: date) -> dict[UUID, list[Occupancy]]:
    users: dict[UUID, list[Occupancy]] = defaultdict(list)
    for row in session.scalars(sa.select(Occupancy).where(*holds(on)).order_by(Occupancy.number)):
        users[row.room_id].append(row)
    return users


def limits(session: Session, on: date) -> dict[tuple[UnitLevel | None, Rank | None], int]:
    """The standard in force on a day: the newest edition that had begun; the oldest for the days before."""
    rows = session.scalars(sa.select(OfficeStandard).order_by(OfficeStandard.from_on)).all()
    begun = [row.edition for row in rows if row.from_on <= on] or [row.edition for row in rows[:1]]
    return {(row.level, row.rank): row.area for row in rows if row.edition == begun[-1]} if begun else {}


def people(session: Session, users: dict[UUID, list[Occupancy]]) -> dict[Any, str]:
    """Names of people and units by id."""
    rows = [row for every in users.values() for row in every]
    found: dict[Any, str] = {}
    kinds: tuple[type[Staff] | type[Organization], ...] = (Staff, Organization)
    for kind, ids in zip(kinds, ({r.staff_id for r in rows}, {r.unit_id for r in rows}), strict=True):
        wanted = [id for id in ids if id]
        for start in range(0, len(wanted), 500):
            part = sa.select(kind.id, kind.name).where(kind.id.in_(wanted[start : start + 500]))
            found |= {row.id: row.name for row in session.execute(part)}
    return found
