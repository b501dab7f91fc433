"""Who could do a work order on a day: who is free, who may, and why not; the same of firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.provider import Provider
from models.staff import Staff, StaffAbsence
from models.work_order import WorkOrder
from models.work_states import UNDER_WAY
from resources.words import N_
from services import deadlines, providers
from services.certificates_held import raw
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import NO_RECORD
from services.may_do import ABSENT, present_on, standing_against
from services.reasons import Reason
from services.work_orders import ORDERS

MOST, FIRMS = 1_000, 200
FIRM_ONLY, NO_LICENCE = N_("only a licensed firm may do this work"), N_("has no valid licence “{licence}”")


@dataclass(frozen=True)
class Free:
    """Somebody of the compound: `busy` orders that day, `open` ones in all; what stands against him."""

    id: UUID
    number: str
    name: str
    unit: str
    busy: int
    open: int
    against: tuple[Reason, ...]


@dataclass(frozen=True)
class Firm:
    """A firm, its open orders, and the licence it lacks, if any."""

    id: UUID
    number: str
    name: str
    open: int
    against: tuple[Reason, ...]


@dataclass(frozen=True)
class Workload:
    """Who could do it: those who may before those who may not, the freest first. `asks` are the kinds of certified
    work it is."""

    on: date
    asks: tuple[str, ...]
    people: tuple[Free, ...]
    firms: tuple[Firm, ...]


@query(N_("Who could do a work order on a day"), on=WorkOrder, name="work_orders.workload")
def workload(session: Session, work_order_id: UUID, on: date) -> Workload:
    """The people of its compound and the firms. Missing: the order is out of reach."""
    order = session.get(WorkOrder, work_order_id)
    if order is None:
        raise Missing(NO_RECORD)
    row = deadlines.trade_of(session, order.trade, on)
    asks = tuple(dict.fromkeys(kind for kind in (row.certificate_trade if row else None, order.needs) if kind))
    own = () if providers.may_do(session, order.trade, on).ok else (Reason("firm_only", FIRM_ONLY),)
    people = _people(session, order.compound_id, on, asks, own)
    return Workload(on, asks, tuple(sorted(people, key=_freest)), tuple(_firms(session, order.trade, on)))


takes("work_orders.workload", (ORDERS.me, FieldSpec("work_order", "on", Kind.DATE, True)))


def _people(session: Session, compound: UUID, on: date, asks: Sequence[str], own: tuple[Reason, ...]) -> list[Free]:
    here = (
        sa.select(Staff.id, raw(Staff.id), Staff.number, Staff.name, Organization.name)
        .outerjoin(Organization, Organization.id == Staff.unit_id)
        .where(Staff.compound_id == compound, *present_on(on)).limit(MOST)
    )  # fmt: skip
    rows = session.execute(here).all()
    keys = [row[1] for row in rows]
    barred = [standing_against(session, kind, on, keys) for kind in asks]
    begin = datetime.combine(on, time()).astimezone()
    busy, every = _counts(session, compound, begin), _counts(session, compound, None)
    away = _away(session, on)
    made = []
    for id, key, number, name, unit in rows:
        against = [*own, *([Reason("absent", ABSENT, {"date": away[id]})] if id in away else [])]
        against += [why for found in barred for why in found.get(key, ())]
        made.append(Free(id, number, name, unit or "", busy.get(id, 0), every.get(id, 0), tuple(against)))
    return made


def _counts(session: Session, compound: UUID, day: datetime | None) -> Mapping[UUID, int]:
    """How many orders somebody has open, or is planned for on a day."""
    o = WorkOrder
    found = sa.select(o.technician_id, sa.func.count()).where(
        o.technician_id.is_not(None), o.state.in_(UNDER_WAY), o.compound_id == compound
    )
    if day is not None:
        found = found.where(o.planned_from >= day, o.planned_from < day + timedelta(days=1))
    return {who: n for who, n in session.execute(found.group_by(o.technician_id)) if who is not None}


def _away(session: Session, on: date) -> Mapping[UUID, date]:
    a = StaffAbsence
    found = sa.select(a.staff_id, a.until_on).where(a.from_on <= on, a.until_on >= on)
    return dict(session.execute(found).all())


def _firms(session: Session, trade: str, on: date) -> list[Firm]:
    o = WorkOrder
    counted = sa.select(o.provider_id, sa.func.count()).where(o.provider_id.is_not(None), o.state.in_(UNDER_WAY))
    open_ = dict(session.execute(counted.group_by(o.provider_id)).all())
    there = sa.or_(Provider.ended_on.is_(None), Provider.ended_on > on)
    found = sa.select(Provider.id, Provider.number, Provider.name).where(there).order_by(Provider.number).limit(FIRMS)
    rows = session.execute(found).all()
    lacks = providers.lacking(session, trade, on, [row[0] for row in rows])
    made = [
        Firm(id, number, name, open_.get(id, 0),
             tuple(Reason("licence", NO_LICENCE, {"licence": word}) for word in lacks[id]))
        for id, number, name in rows
    ]  # fmt: skip
    return sorted(made, key=_fit)


def _freest(free: Free) -> tuple[bool, int, int, str]:
    return bool(free.against), free.busy, free.open, free.number


def _fit(firm: Firm) -> tuple[bool, int, str]:
    return bool(firm.against), firm.open, firm.number
