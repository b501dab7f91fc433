"""Offices against the standard for their users, and rooms nobody uses.

The standard is 发改投资〔2014〕2674号: usable floor area, an upper limit for each rank (`office_standard`, by date).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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

AT_ONCE = 500  # places of a statement
STANDARDS = listing(Listing("office_standards", OfficeStandard, ("from_on",), words=("source",)))


@dataclass(frozen=True)
class OfficeCheck:
    """An office, or all offices of a unit, against the standard; areas in 0.01 m². `unknown` counts users for whose
    rank the standard gives no limit, and every user of an office of no known area: with one of them nothing is said
    about too much. Of an office: `place` is its compound and building. Of one over the standard: `who` uses it, `rows`
    its occupancies on the day, `decision` what was decided about it so far."""

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
    """Every office in use on a day, those with most too much first. One sum for each office; who uses it is read of
    those over the standard alone."""
    places, limit = _places(session), OfficeStandard.area
    sums = (
        sa.select(
            Occupancy.room_id, sa.func.coalesce(sa.func.sum(limit), 0).label("may"),
            sa.func.count(Occupancy.id).label("users"), sa.func.count(limit).label("known"),
        ).outerjoin(OfficeStandard, _ranked(session, on)).where(*holds(on)).group_by(Occupancy.room_id).subquery()
    )  # fmt: skip
    rows = sa.select(
        Room.id, Room.number, Room.name, Room.area, Room.building_id, sums.c.may, sums.c.users, sums.c.known
    ).join(sums, sums.c.room_id == Room.id)
    found = [
        OfficeCheck(id, number, name or "", area or 0, int(may), users, users if area is None else users - known,
                    place=places.get(building, ""))
        for id, number, name, area, building, may, users, known in session.execute(
            rows.where(Room.use == RoomUse.OFFICE)
        )
    ]  # fmt: skip
    found.sort(key=lambda c: (-c.over, c.number))
    wrong = sum(check.over > 0 for check in found)
    return [*_told(session, found[:wrong], on), *found[wrong:]]


def _told(session: Session, wrong: list[OfficeCheck], on: date) -> Iterator[OfficeCheck]:
    """Each with its users and what was decided about them."""
    rows = (
        sa.select(Occupancy.room_id, Occupancy.id, Occupancy.decision, Staff.name, Organization.name)
        .outerjoin(Staff, Staff.id == Occupancy.staff_id).outerjoin(Organization, Organization.id == Occupancy.unit_id)
        .where(*holds(on)).order_by(Occupancy.number)
    )  # fmt: skip
    for start in range(0, len(wrong), AT_ONCE):
        part, users = wrong[start : start + AT_ONCE], defaultdict[UUID | None, list[tuple[Any, ...]]](list)
        for room, *row in session.execute(rows.where(Occupancy.room_id.in_([check.id for check in part]))):
            users[room].append(tuple(row))
        for check in part:
            used = users[check.id]
            yield replace(
                check, who=tuple(filter(None, (person or unit for _, _, person, unit in used))),
                rows=tuple(id for id, *_ in used),
                decision=next((decision for _, decision, *_ in used if decision), ""),
            )  # fmt: skip


@query(N_("Offices of units against the standard"), name="occupancies.by_unit")
def by_unit(session: Session, *, on: date) -> list[OfficeCheck]:
    """What each unit uses and may use on a day; a shared room by shares, in equal parts where none are said. Whoever
    has several offices may have one (党政机关办公用房管理办法, 2017): his limit counts once."""
    shared = _shared(session, on)
    person = sa.func.coalesce(shared.c.staff_id, shared.c.id)
    each = (
        sa.select(shared.c.unit_id, sa.func.sum(shared.c.share).label("used"), sa.func.max(shared.c.may).label("may"))
        .group_by(shared.c.unit_id, person).subquery()
    )  # fmt: skip
    sums = sa.select(
        Organization.id, Organization.code, Organization.name, sa.func.sum(each.c.used),
        sa.func.coalesce(sa.func.sum(each.c.may), 0), sa.func.count(), sa.func.count(each.c.may),
    ).select_from(each).outerjoin(Organization, Organization.id == each.c.unit_id)  # fmt: skip
    found = [
        OfficeCheck(id, code or "", name or "", int(used), int(may), users, users - known)
        for id, code, name, used, may, users, known in session.execute(
            sums.group_by(Organization.id, Organization.code, Organization.name)
        )
    ]
    return sorted(found, key=lambda c: (-c.over, c.number))


def _shared(session: Session, on: date) -> sa.Subquery:
    """The users of offices on a day with what their rank may have and their share of the room, as `shares` says it."""
    silent = Occupancy.area.is_(None)
    many = sa.func.count().filter(silent).over(partition_by=Occupancy.room_id)
    said = sa.func.coalesce(sa.func.sum(Occupancy.area).over(partition_by=Occupancy.room_id), 0)
    nth = sa.func.row_number().over(partition_by=(Occupancy.room_id, silent), order_by=Occupancy.number)
    rows = (
        sa.select(
            Occupancy.id, Occupancy.unit_id, Occupancy.staff_id, OfficeStandard.area.label("may"), Occupancy.area,
            (sa.func.coalesce(Room.area, 0) - sa.cast(said, sa.BigInteger)).label("rest"),
            sa.cast(many, sa.BigInteger).label("many"), sa.cast(nth, sa.BigInteger).label("nth"),
        )
        .join(Room, Room.id == Occupancy.room_id).outerjoin(OfficeStandard, _ranked(session, on))
        .where(Room.use == RoomUse.OFFICE, *holds(on)).subquery()
    )  # fmt: skip
    rest = sa.case((rows.c.rest > 0, rows.c.rest), else_=0)
    part = rest // rows.c.many + sa.case((rows.c.nth <= rest % rows.c.many, 1), else_=0)
    share = sa.case((rows.c.area.is_not(None), rows.c.area), else_=part).label("share")
    return sa.select(rows.c.id, rows.c.unit_id, rows.c.staff_id, rows.c.may, share).subquery()


def _ranked(session: Session, on: date) -> sa.ColumnElement[bool]:
    """That a row of the standard in force on a day is about the rank of an occupancy."""
    same = (OfficeStandard.level == Occupancy.level, OfficeStandard.rank == Occupancy.rank)
    return sa.and_(OfficeStandard.edition == edition(session, on), *same)


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
    """A room nobody uses. `since` is the last day of the last use; None: it was never used, as far as anybody knows."""

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
        sa.select(Room.id, Room.number, Room.building_id, Room.use, Room.area, last.c.last)
        .outerjoin(last, last.c.room_id == Room.id)
        .where(Room.use.in_(uses), Room.id.not_in(busy)).order_by(last.c.last.nulls_last(), Room.number)
    )  # fmt: skip
    places = _places(session)
    return [
        IdleRoom(id, number, building, use, area or 0, ended, places.get(building, ""))
        for id, number, building, use, area, ended in found
    ]


def holds(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    """That an occupancy lasts on a day."""
    return (Occupancy.from_on <= on, sa.or_(Occupancy.until_on.is_(None), Occupancy.until_on >= on))


def edition(session: Session, on: date) -> str | None:
    """The edition of the standard in force on a day: the newest that had begun; the oldest for the days before."""
    began = sa.select(OfficeStandard.edition, sa.func.min(OfficeStandard.from_on)).group_by(OfficeStandard.edition)
    known = sorted((day, name) for name, day in session.execute(began))
    return next((name for day, name in reversed(known) if day <= on), known[0][1] if known else None)


def limits(session: Session, on: date) -> dict[tuple[UnitLevel | None, Rank | None], int]:
    """The standard in force on a day."""
    rows = session.scalars(sa.select(OfficeStandard).where(OfficeStandard.edition == edition(session, on)))
    return {(row.level, row.rank): row.area for row in rows}


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
