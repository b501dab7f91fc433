"""Rooms, their users and the titles over them: lists, the office check, rights and the survey against bare SQL of the
same rows on the same store."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bench.figures import ROUNDS, Figure, spent
from models.base import Entity, new_id, table
from models.beside import OfficeStandard
from models.building import Building
from models.occupancy import Occupancy, Rank, UnitLevel
from models.organization import Organization
from models.room import Room, RoomUse
from models.staff import Staff
from models.title import Title, TitleCoverage
from models.title_defect import TitleDefect
from models.title_event import TitleEvent, TitleEventKind
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.listing import View
from services.desk.work import Work
from services.rights import Purpose

USES, PEOPLE, UNITS, ON, FIRST, NTH, WORD = 160_000, 60_000, 300, date(2026, 11, 1), 24, 5, "3023"
LEDGER = ("FIRST_REGISTRATION", "CHANGE", "MORTGAGE", "MORTGAGE_RELEASE", "SURVEY")
RANKS = ((Rank.DIVISION_CHIEF, 2), (Rank.DIVISION_DEPUTY, 2), (Rank.STAFF, 3))
Row = Mapping[str, Any]
room, use, title, unit = (table(kind) for kind in (Room, Occupancy, Title, Organization))
cover, entry, standard = table(TitleCoverage), table(TitleEvent), table(OfficeStandard)


@intent("Load premises for measuring", name="bench.load_premises")
def load(work: Work, /, kind: type[Entity], rows: Iterable[Row]) -> None:
    """Many at once."""
    work.bulk_insert(kind, rows)


def measure(desk: Desk) -> Iterator[Figure]:
    """A store with its rooms gets users and titles; then ours and the floor, interleaved, the median of each."""
    fill(desk)
    building, one = _one(desk)
    place = {"building_id": building, "room_id": one, "on": ON}
    for what, limit, times, ours, floor in (
        ("rooms: first page", 8.0, 50, partial(desk.first, View("rooms"), FIRST), _page()),
        ("rooms: how many", 4.0, 20, partial(desk.count, View("rooms")), _count()),
        (f"rooms: search “{WORD}”", 0.5, 50, partial(desk.first, View("rooms", search=WORD), FIRST), _like()),
        ("rights in a room on a day", 20.0, 20, partial(desk.ask, "rights.on", **place), _ledger()),
        ("may a room be leased", 20.0, 20, partial(desk.ask, "rights.may", **place, purpose=Purpose.LEASE),
         _ledger()),
        (f"offices of {USES:,} users against the standard", 5.0, 1, partial(desk.ask, "occupancies.check", on=ON),
         _offices()),
        ("… by unit", 3.0, 1, partial(desk.ask, "occupancies.by_unit", on=ON), _units()),
        ("rooms nobody uses", 3.0, 1, partial(desk.ask, "occupancies.idle", on=ON), _idle()),
        ("survey of 2,000 titles, as a paper", 40.0, 1, partial(desk.ask, "titles.survey", on=ON), _titles()),
    ):  # fmt: skip
        yield against(desk, what, limit, times, ours, floor)


def against(
    desk: Desk, what: str, limit: float, times: int, ours: Callable[[], object], floor: list[sa.Select[Any]]
) -> Figure:
    ask = partial(bare, desk, [_text(desk, query) for query in floor])
    found = [(spent(ask, times), spent(ours, times)) for _ in range(ROUNDS)]
    floors, own = zip(*found, strict=True)
    return Figure(what, statistics.median(own), limit, statistics.median(floors))


def bare(desk: Desk, queries: Iterable[str]) -> None:
    """What anybody would send, read into memory as it comes."""
    with desk.store.reading.connect() as connection:
        for query in queries:
            connection.exec_driver_sql(query).fetchall()


def _text(desk: Desk, query: sa.Select[Any]) -> str:
    return str(query.compile(desk.store.reading, compile_kwargs={"literal_binds": True})).replace("%", "%%")


def fill(desk: Desk) -> None:
    """Units, people, users of the first rooms, and a title with its ledger for each building."""
    with desk.store.reading.connect() as connection:
        rooms = connection.execute(sa.select(room.c.id, room.c.compound_id).order_by(room.c.n).limit(USES)).all()
        at = table(Building).c
        buildings = connection.execute(sa.select(at.id, at.compound_id)).all()
    units = [{"id": new_id(), "code": f"U{n}", "name": f"单位{n}"} for n in range(UNITS)]
    desk.do(load, Organization, units)
    people = [
        {"id": new_id(), "compound_id": rooms[n].compound_id, "number": f"P{n}", "name": f"某{n}",
         "unit_id": units[n % UNITS]["id"]} for n in range(PEOPLE)
    ]  # fmt: skip
    desk.do(load, Staff, people)
    desk.do(load, Occupancy, (_use(n, at, units, people) for n, at in enumerate(rooms)))
    desk.do(load, Title, titles := [
        {"id": new_id(), "compound_id": at.compound_id, "number": f"CQ{n}", "location": f"建设路{n}号"}
        for n, at in enumerate(buildings)
    ])  # fmt: skip
    pairs = list(zip(titles, buildings, strict=True))
    desk.do(load, TitleCoverage, [
        {"compound_id": at.compound_id, "number": f"FG{n}", "title_id": title["id"], "building_id": at.id}
        for n, (title, at) in enumerate(pairs)
    ])  # fmt: skip
    desk.do(load, TitleEvent, [
        {"compound_id": at.compound_id, "number": f"CS{n}-{m}", "title_id": title["id"], "kind": TitleEventKind[kind],
         "on": date(2000 + m, 1, 1), "paper": "证", "party": "某局", "area": 300_000}
        for n, (title, at) in enumerate(pairs) for m, kind in enumerate(LEDGER)
    ])  # fmt: skip


def _use(n: int, at: Any, units: Sequence[Row], people: Sequence[Row]) -> Row:
    """Every tenth has ended, every third is a unit's without a name; about one in eight has too much."""
    rank = Rank.PROVINCE_CHIEF if n % 8 else RANKS[n // 8 % len(RANKS)][0]
    return {
        "compound_id": at.compound_id, "room_id": at.id, "number": f"SY{n}", "unit_id": units[n % UNITS]["id"],
        "staff_id": people[n % PEOPLE]["id"] if n % 3 else None,
        "level": UnitLevel.PROVINCE if n % 8 else UnitLevel.CITY, "rank": rank, "from_on": date(2020, 1, 1),
        "until_on": date(2025, 1, 1) if n % 10 == 9 else None, "agreement": f"协{n % 500}",
    }  # fmt: skip


def _one(desk: Desk) -> tuple[UUID, UUID]:
    with desk.store.reading.connect() as connection:
        row = connection.execute(sa.select(room.c.building_id, room.c.id).where(room.c.n == NTH)).one()
    return row.building_id, row.id


# What anybody would send


def _page() -> list[sa.Select[Any]]:
    return [sa.select(room).where(room.c.alive == sa.true()).order_by(room.c.number, room.c.n).limit(FIRST)]


def _count() -> list[sa.Select[Any]]:
    return [sa.select(sa.func.count()).select_from(room).where(room.c.alive == sa.true())]


def _like() -> list[sa.Select[Any]]:
    said = sa.or_(room.c.number.contains(WORD), room.c.name.contains(WORD))
    return [sa.select(room).where(room.c.alive == sa.true(), said).order_by(room.c.n.desc()).limit(FIRST)]


def _ledger() -> list[sa.Select[Any]]:
    """The rows about the room that is asked for."""
    one = sa.select(room.c.id).where(room.c.n == NTH).scalar_subquery()
    building = sa.select(room.c.building_id).where(room.c.n == NTH).scalar_subquery()
    ids = sa.select(cover.c.title_id).where(cover.c.building_id == building, cover.c.alive == sa.true())
    return [
        sa.select(title).where(title.c.id.in_(ids)), sa.select(entry).where(entry.c.title_id.in_(ids)),
        sa.select(use).where(use.c.room_id == one, *_lasts()), sa.select(room).where(room.c.n == NTH),
    ]  # fmt: skip


def _lasts() -> tuple[sa.ColumnElement[bool], ...]:
    return use.c.alive == sa.true(), use.c.from_on <= ON, sa.or_(use.c.until_on.is_(None), use.c.until_on >= ON)


def _offices() -> list[sa.Select[Any]]:
    """The sums of every office and the users of one in eight."""
    ranked = sa.and_(standard.c.level == use.c.level, standard.c.rank == use.c.rank)
    inside, office = use.join(room, room.c.id == use.c.room_id), (room.c.use == RoomUse.OFFICE, *_lasts())
    sums = (room.c.id, room.c.number, room.c.area, sa.func.sum(standard.c.area), sa.func.count())
    return [
        sa.select(*sums).select_from(inside.outerjoin(standard, ranked)).where(*office)
        .group_by(room.c.id, room.c.number, room.c.area),
        sa.select(use.c.room_id, use.c.id, unit.c.name)
        .select_from(inside.join(unit, unit.c.id == use.c.unit_id)).where(*office, use.c.level == UnitLevel.CITY),
    ]  # fmt: skip


def _units() -> list[sa.Select[Any]]:
    """As if no room were shared."""
    ranked = sa.and_(standard.c.level == use.c.level, standard.c.rank == use.c.rank)
    inside = use.join(room, room.c.id == use.c.room_id).outerjoin(standard, ranked)
    return [
        sa.select(use.c.unit_id, sa.func.sum(room.c.area), sa.func.sum(standard.c.area), sa.func.count())
        .select_from(inside).where(room.c.use == RoomUse.OFFICE, *_lasts()).group_by(use.c.unit_id)
    ]  # fmt: skip


def _idle() -> list[sa.Select[Any]]:
    busy = sa.select(use.c.room_id).where(*_lasts())
    uses = (RoomUse.OFFICE, RoomUse.DWELLING, RoomUse.SHOP)
    last = (
        sa.select(use.c.room_id, sa.func.max(use.c.until_on).label("last"))
        .where(use.c.alive == sa.true(), use.c.until_on < ON).group_by(use.c.room_id).subquery()
    )  # fmt: skip
    return [
        sa.select(room.c.id, room.c.number, room.c.building_id, room.c.use, room.c.area, last.c.last)
        .outerjoin_from(room, last, last.c.room_id == room.c.id)
        .where(room.c.alive == sa.true(), room.c.use.in_(uses), room.c.id.not_in(busy))
        .order_by(last.c.last, room.c.number)
    ]  # fmt: skip


def _titles() -> list[sa.Select[Any]]:
    kinds = (Title, TitleCoverage, TitleEvent, TitleDefect, Building)
    return [sa.select(t).where(t.c.alive == sa.true()) for t in map(table, kinds)]
