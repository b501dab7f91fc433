"""A room and everybody who uses or used it; and the rooms of a place with their users, as the sheet of use lists them.

办公用房使用情况统计表 and the room sheet are made from the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.building import Building
from models.compound import Compound
from models.occupancy import Occupancy, Rank, UnitLevel
from models.room import Room, RoomUse
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.office_space import holds, limits, people, shares

NO_ROOM = N_("There is no such room, or it is out of your reach")


@dataclass(frozen=True)
class Use:
    """One user of a room. Areas in 0.01 m²: `area` is his share on the day asked for (None when he is not there then),
    `limit` what the standard gives his rank, None where it says nothing."""

    id: UUID
    number: str
    unit_id: UUID | None
    unit: str
    person: str
    level: UnitLevel | None
    rank: Rank | None
    area: int | None
    limit: int | None
    from_on: date
    until_on: date | None
    agreement: str
    agreement_until: date | None
    certificate: str
    certificate_until: date | None
    decision: str
    decided_on: date | None
    result: str

    def lasts(self, on: date) -> bool:
        """Whether he uses the room on a day."""
        return self.from_on <= on and (self.until_on is None or self.until_on >= on)


@dataclass(frozen=True)
class RoomSheet:
    """A room on a day: where it is, its area in 0.01 m², its users, those on the day first and the newest before."""

    id: UUID
    number: str
    name: str
    floor: str
    use: RoomUse
    area: int | None
    note: str
    building_id: UUID
    building: str
    compound_id: UUID
    compound: str
    on: date
    uses: tuple[Use, ...] = field(default=())

    @property
    def now(self) -> tuple[Use, ...]:
        """Those who use it on the day."""
        return tuple(use for use in self.uses if use.lasts(self.on))

    @property
    def limit(self) -> int | None:
        """What its users may have together; None where it is no office, nobody is in it, or a rank is not known."""
        known = [use.limit for use in self.now]
        if self.use is not RoomUse.OFFICE or not known or None in known:
            return None
        return sum(limit or 0 for limit in known)

    @property
    def over(self) -> int:
        """How much there is too much; 0 where nobody can say."""
        return 0 if self.limit is None else max(0, (self.area or 0) - self.limit)


@query(N_("A room with its users"), name="occupancies.room")
def room(session: Session, *, room_id: UUID, on: date) -> RoomSheet:
    """Everybody who used it, uses it or will. Missing: there is no such room."""
    every = sa.select(Occupancy).where(Occupancy.room_id == room_id)
    found = _sheets(session, [Room.id == room_id], every, on)
    if not found:
        raise Missing(NO_ROOM)
    return found[0]


@query(N_("Rooms of a place with their users"), name="occupancies.usage")
def usage(session: Session, *, compound_id: UUID, building_id: UUID | None = None, on: date) -> list[RoomSheet]:
    """Every room of a compound or of one of its buildings, by building and number, with its users on a day."""
    inside = [Room.compound_id == compound_id, *([Room.building_id == building_id] if building_id else [])]
    held = sa.select(Occupancy).where(Occupancy.compound_id == compound_id, *holds(on))
    return _sheets(session, inside, held, on)


def _sheets(
    session: Session, inside: Iterable[sa.ColumnElement[bool]], users: sa.Select[Occupancy], on: date
) -> list[RoomSheet]:
    rows: dict[UUID, list[Occupancy]] = defaultdict(list)
    for row in session.scalars(users.order_by(Occupancy.from_on.desc(), Occupancy.number)):
        rows[row.room_id].append(row)
    names, allowed = people(session, rows), limits(session, on)
    found = session.execute(
        sa.select(Room, Building.name, Compound.name)
        .join(Building, Building.id == Room.building_id).join(Compound, Compound.id == Room.compound_id)
        .where(*inside).order_by(Building.code, Room.number)
    )  # fmt: skip
    return [_sheet(r, building, compound, on, rows[r.id], names, allowed) for r, building, compound in found]


def _sheet(
    room: Room, building: str, compound: str, on: date, rows: list[Occupancy], names: dict[Any, str],
    allowed: dict[tuple[UnitLevel | None, Rank | None], int],
) -> RoomSheet:  # fmt: skip
    now = [row for row in rows if row.from_on <= on and (row.until_on is None or row.until_on >= on)]
    parts = {row.id: area for row, area in shares(room, now)}
    uses = [
        Use(
            row.id, row.number, row.unit_id, names.get(row.unit_id, ""), names.get(row.staff_id, ""), row.level,
            row.rank, parts.get(row.id), allowed.get((row.level, row.rank)), row.from_on, row.until_on,
            row.agreement or "", row.agreement_until, row.certificate or "", row.certificate_until,
            row.decision or "", row.decided_on, row.result or "",
        )
        for row in sorted(rows, key=lambda row: row.id not in parts)
    ]  # fmt: skip
    return RoomSheet(
        room.id, room.number, room.name or "", room.floor or "", room.use, room.area, room.note or "",
        room.building_id, building, room.compound_id, compound, on, tuple(uses),
    )  # fmt: skip
