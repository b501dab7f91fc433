"""What happened to the rights in a building: the entries of every title that covers it or a room of it, and who used
it by which agreement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.building import Building
from models.compound import Compound
from models.occupancy import Occupancy
from models.organization import Organization
from models.room import Room
from models.staff import Staff
from models.title import Title, TitleCoverage
from models.title_event import TitleEvent
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.rights import NO_PLACE, Rights, on_day
from services.title_sheet import Entry, entry_of
from services.title_state import in_order, standing


@dataclass(frozen=True)
class Step:
    """An entry of a ledger. `title` is the certificate in force after it, else the number of the title."""

    title: str
    entry: Entry


@dataclass(frozen=True)
class Using:
    """A unit or person in rooms of the building by one agreement ("": none). `until_on` None: still there. `area` in
    0.01 m² of usable floor area."""

    who: str
    agreement: str
    from_on: date
    until_on: date | None
    rooms: tuple[str, ...]
    area: int


@dataclass(frozen=True)
class History:
    """A building up to a day, oldest first. `area` is its floor area in the register, in 0.01 m²."""

    building: str
    compound: str
    address: str
    area: int | None
    on: date
    now: Rights
    titles: int
    steps: tuple[Step, ...]
    uses: tuple[Using, ...]


@query(N_("History of the rights in a building"), name="rights.history")
def history(session: Session, *, building_id: UUID, on: date) -> History:
    """Everything entered for a day up to `on`. Missing: there is no such building."""
    building = session.get(Building, building_id)
    if building is None:
        raise Missing(NO_PLACE)
    compound = session.get(Compound, building.compound_id)
    covering = sa.select(TitleCoverage.title_id).where(TitleCoverage.building_id == building_id)
    titles = session.scalars(sa.select(Title).where(Title.id.in_(covering)).order_by(Title.number)).all()
    steps = [step for title in titles for step in _steps(session, title, on)]
    return History(
        f"{building.code} {building.name}", compound.name if compound else "", building.address or "", building.area,
        on, on_day(session, building_id=building_id, on=on), len(titles),
        tuple(sorted(steps, key=lambda step: step.entry.on)), _uses(session, building_id, on),
    )  # fmt: skip


def _steps(session: Session, title: Title, on: date) -> list[Step]:
    ledger = list(session.scalars(sa.select(TitleEvent).where(TitleEvent.title_id == title.id)))
    now = standing(ledger, on)
    past, steps = in_order(event for event in ledger if event.on <= on), list[Step]()
    for at, event in enumerate(past, 1):
        certificate = standing(past[:at], event.on).certificate
        steps.append(Step(certificate or title.certificate or title.number, entry_of(session, event, now)))
    return steps


def _uses(session: Session, building: UUID, on: date) -> tuple[Using, ...]:
    """Occupancies put together by who it is and by which paper, the first to come first."""
    rows = session.execute(
        sa.select(Occupancy, Room.number, Room.area, Organization.name, Staff.name)
        .join(Room, Room.id == Occupancy.room_id)
        .outerjoin(Organization, Organization.id == Occupancy.unit_id)
        .outerjoin(Staff, Staff.id == Occupancy.staff_id)
        .where(Room.building_id == building, Occupancy.from_on <= on)
    )
    held: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        held[row[3] or row[4] or "", row[0].agreement or ""].append(row)
    made = [_using(who, agreement, rows, on) for (who, agreement), rows in held.items()]
    return tuple(sorted(made, key=lambda using: (using.from_on, using.who)))


def _using(who: str, agreement: str, rows: list[Any], on: date) -> Using:
    ends = [row[0].until_on if row[0].until_on and row[0].until_on <= on else None for row in rows]
    rooms = {row[0].room_id: (row[1], row[2] or 0) for row in rows}
    return Using(
        who, agreement, min(row[0].from_on for row in rows), None if None in ends else max(filter(None, ends)),
        tuple(sorted(number for number, _ in rooms.values())), sum(area for _, area in rooms.values()),
    )  # fmt: skip
