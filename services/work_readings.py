"""What a checklist line reads off a meter is a reading of that meter: entered once, changed and taken back with it."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from models.meter import Meter, MeterKind, MeterReading
from models.work_checklist import WorkChecklistLine
from models.work_order import WorkOrder
from services.desk.work import Work
from services.meters import READINGS


def enter(work: Work, order: WorkOrder, line: WorkChecklistLine, *, restarted: bool) -> None:
    """The number of a line (thousandths) as the reading of today; a line that was answered before changes its own.
    Nothing is entered where the order is on nothing with one such meter, or somebody entered the same already. Invalid,
    Conflict: it stands below the last one and was not changed, or was read differently today."""
    if line.reading_id is not None:
        READINGS.revise(work, meter_reading_id=line.reading_id, value=line.number, restarted=restarted)
        return
    meter = meter_of(work, order, line.meter) if line.meter else None
    if meter is None:
        return
    found = sa.select(MeterReading.value).where(MeterReading.meter_id == meter, MeterReading.on == work.today)
    if work.session.scalar(found) == line.number:
        return
    given = {"meter_id": meter, "on": work.today, "value": line.number, "restarted": restarted, "note": order.number}
    line.reading_id = READINGS.add(work, compound_id=line.compound_id, **given)


def take_back(work: Work, line: WorkChecklistLine) -> None:
    """The reading goes with the answer. Conflict: the meter was read again since."""
    if line.reading_id is not None:
        gone, line.reading_id = line.reading_id, None
        work.session.flush()  # nothing refers to it any more
        READINGS.remove(work, meter_reading_id=gone)


def meter_of(work: Work, order: WorkOrder, kind: MeterKind) -> UUID | None:
    """The one meter of a kind on the asset of an order or, where it is on none, of its room or building; None: there is
    none, or there are several and nobody can tell which was read."""
    places = (("asset_id", order.asset_id), ("room_id", order.room_id), ("building_id", order.building_id))
    on = next(((name, id) for name, id in places if id is not None), None)
    if on is None:
        return None
    still = sa.or_(Meter.ended_on.is_(None), Meter.ended_on > work.today)
    found = sa.select(Meter.id).where(getattr(Meter, on[0]) == on[1], Meter.kind == kind, still).limit(2)
    ids = list(work.session.scalars(found))
    return ids[0] if len(ids) == 1 else None
