"""Who uses rooms, from when until when, by which paper.

党政机关办公用房管理办法 (2017): use by agreement and certificate. How much room there may be: `services.office_space`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from models.occupancy import Occupancy, UnitLevel
from models.room import Room
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work
from services.office_space import limits
from services.records import records

NO_SUCH_RANK = N_("The standard has no {rank} at this level")
FITS = N_("{number} says the same person uses this room then already")
TOO_MUCH = N_("The users of this room would have more than its area: {area} m²")


def _settle(work: Work, row: Occupancy, given: dict[str, Any]) -> None:
    if row.until_on and row.until_on < row.from_on:
        raise Invalid(N_("“From” lies after “To”."), field=Word("occupancy.until_on"))
    if row.unit_id is None and row.staff_id is None:
        raise Invalid(N_("Say who uses the room: a unit or a person"), field=Word("occupancy.unit_id"))
    if row.rank and not row.level:
        raise Invalid(N_("“{field}” is required"), field=Word("occupancy.level"))
    with work.session.no_autoflush:
        if (
            row.rank
            and row.level is not UnitLevel.TOWNSHIP
            and not limits(work.session, row.from_on).get((row.level, row.rank))
        ):
            raise Invalid(NO_SUCH_RANK, field=Word("occupancy.rank"), rank=Word(f"occupancy.rank={row.rank.value}"))
        others = _others(work, row)
        if row.staff_id and (same := next((o for o in others if o.staff_id == row.staff_id), None)):
            raise Conflict(FITS, field=Word("occupancy.staff_id"), number=same.number)
        room = work.get(Room, row.room_id)
        if room.area and (row.area or 0) + _most(row, others) > room.area:
            raise Invalid(TOO_MUCH, field=Word("occupancy.area"), area=f"{room.area / 100:.2f}")


def _most(row: Occupancy, others: list[Occupancy]) -> int:
    """The largest area the others have together on a day of this use: they need not all be there at once."""
    days = {max(row.from_on, other.from_on) for other in others}
    there = ([o for o in others if o.from_on <= day and (o.until_on is None or o.until_on >= day)] for day in days)
    return max((sum(o.area or 0 for o in found) for found in there), default=0)


def _others(work: Work, row: Occupancy) -> list[Occupancy]:
    """The other users of the room at some day of this use."""
    last = [Occupancy.from_on <= row.until_on] if row.until_on else []
    held = sa.select(Occupancy).where(
        Occupancy.room_id == row.room_id, Occupancy.id != row.id, *last,
        sa.or_(Occupancy.until_on.is_(None), Occupancy.until_on >= row.from_on),
    )  # fmt: skip
    return list(work.session.scalars(held))


OCCUPANCIES = records(
    "occupancies", Occupancy, sorts=("number", "from_on", "until_on"), sums=("area",), series="SY", settle=_settle
)
