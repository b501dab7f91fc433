"""Meters and their readings: what was counted altogether goes on when a meter is changed or turns over."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.meter import Meter, MeterReading
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work
from services.records import records

AHEAD = N_("{date} lies ahead")
FALLS = N_("The meter stood at {value} on {date}: it does not run backwards. If it was changed, say that it began anew")
NOT_LAST = N_("There are later readings; remove those first")
TWICE = N_("The meter was read on {date} already ({value}): revise that reading")
RUNS_ON = N_("The meter stood at {value} on {date}, which is less")


def _read(work: Work, row: MeterReading, given: dict[str, Any]) -> None:
    if row.on > work.today:
        raise Invalid(AHEAD, field=Word("meter_reading.on"), date=row.on)
    with work.session.no_autoflush:
        before, after = _beside(work.session, row, later=False), _beside(work.session, row, later=True)
        same = work.session.scalar(_same_day(row))
    if same is not None:
        raise Conflict(TWICE, value=shown(same), date=row.on)
    if row.rid and after is not None:
        raise Conflict(NOT_LAST)
    if before is not None and not row.restarted and row.value < before.value:
        raise Invalid(FALLS, field=Word("meter_reading.value"), value=shown(before.value), date=before.on)
    if after is not None and (row.restarted or (not after.restarted and after.value < row.value)):
        raise Invalid(RUNS_ON, field=Word("meter_reading.value"), value=shown(after.value), date=after.on)
    if not row.rid and after is not None and after.restarted:
        _counted_more(work, row, row.value - (0 if before is None or row.restarted else before.value))
    start = 0 if before is None else before.total
    row.total = start + (row.value if before is None or row.restarted else row.value - before.value)


def shown(value: int) -> str:
    """A reading (thousandths) as a sentence says it."""
    return f"{value // 1000}{f'.{value % 1000:03}'.rstrip('0') if value % 1000 else ''}"


def _counted_more(work: Work, row: MeterReading, more: int) -> None:
    """The readings after one that is entered late, before the meter began anew, count what it adds."""
    later = (MeterReading.meter_id == row.meter_id, MeterReading.on > row.on)
    for after in work.session.scalars(sa.select(MeterReading).where(*later)):
        after.total += more


def _parting(work: Work, row: MeterReading) -> None:
    if _beside(work.session, row, later=True) is not None:
        raise Conflict(NOT_LAST)


def _same_day(row: MeterReading) -> sa.Select[int]:
    of = MeterReading
    return sa.select(of.value).where(of.meter_id == row.meter_id, of.on == row.on, of.id != row.id)


def _beside(session: Session, row: MeterReading, *, later: bool) -> MeterReading | None:
    """The reading of the same meter next to one, before or after it."""
    found = sa.select(MeterReading).where(MeterReading.meter_id == row.meter_id, MeterReading.id != row.id)
    if later:
        return session.scalars(found.where(MeterReading.on > row.on).order_by(MeterReading.on)).first()
    return session.scalars(found.where(MeterReading.on < row.on).order_by(MeterReading.on.desc())).first()


METERS = records("meters", Meter, sorts=("number", "name"), series="YB")
READINGS = records("meter_readings", MeterReading, sorts=("on",), settle=_read, parting=_parting)
