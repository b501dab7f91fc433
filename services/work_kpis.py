"""How maintenance does: response, completion on time, first-time fix, rework, satisfaction, cost, backlog.

Definitions. Orders *reported* in the period count for response, but for those of plans, to which nobody waits for an
answer; orders *done* in it for completion on time, first-time fix (done, never reopened, one visit at most), rework
(reopened) and satisfaction (the mean of the three points).
The backlog is what was reported until the end of the period and was not done then. Cost is by the day of the cost line,
without what went into the value of assets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import Entity
from models.building import Building
from models.compound import Compound
from models.provider import Provider
from models.staff import Staff
from models.work_doing import WorkVisit
from models.work_feedback import FeedbackKind, WorkFeedback
from models.work_money import WorkCost
from models.work_order import Channel, WorkOrder
from models.work_states import WorkState
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.work_measures import Kpi, KpiBy, Kpis, Measures
from services.work_spans import begins, minutes_between, month_of, within

KEY = "kpi_key"
ASIDE = (WorkState.TRANSFERRED, WorkState.MERGED, WorkState.CANCELLED)  # never to be done: counted nowhere


NAMED: dict[KpiBy, tuple[Any, type[Entity]]] = {
    KpiBy.COMPOUND: (WorkOrder.compound_id, Compound),
    KpiBy.TECHNICIAN: (WorkOrder.technician_id, Staff),
    KpiBy.PROVIDER: (WorkOrder.provider_id, Provider),
}


@query(N_("How maintenance does"), on=WorkOrder, name="work_orders.kpis")
def kpis(
    session: Session, from_on: date, until_on: date, by: KpiBy = KpiBy.COMPOUND, compound_ids: Sequence[UUID] = ()
) -> Kpis:
    """Of a period (both days counted), of some compounds or all in reach. The database counts."""
    by, found = KpiBy(by), dict[Any, dict[str, int]]()
    parts = _Parts(by, from_on, until_on, tuple(compound_ids))
    for part in parts.all():
        for key, *values in session.execute(part.select):
            found.setdefault(key, {}).update(zip(part.names, (int(v or 0) for v in values), strict=True))
    names = _names(session, by, found)
    rows = [
        Kpi(key, names.get(key, str(key or "")), Measures(**values))
        for key, values in found.items()
        if any(value for name, value in values.items() if name != "area")
    ]
    rows.sort(key=_place)
    whole = Measures(area=sum(values.get("area", 0) for values in found.values()))
    return Kpis(by, tuple(rows), sum((replace(row.of, area=0) for row in rows), whole))


_BY = FieldSpec("work_order", "by", Kind.CHOICE, choices=tuple(by.value for by in KpiBy), choice_type=KpiBy,
                default=KpiBy.COMPOUND)  # fmt: skip
takes("work_orders.kpis", (
    FieldSpec("work_order", "from_on", Kind.DATE, True), FieldSpec("work_order", "until_on", Kind.DATE, True), _BY,
    FieldSpec("work_order", "compound_ids", Kind.REFERENCE, target="compound", many=True),
))  # fmt: skip


@dataclass(frozen=True)
class _Part:
    """A select of a key and the named sums."""

    names: tuple[str, ...]
    select: sa.Select[Any]


@dataclass(frozen=True)
class _Parts:
    """One select for each set of orders that is counted."""

    by: KpiBy
    from_on: date
    until_on: date
    compounds: tuple[UUID, ...]

    def all(self) -> Iterable[_Part]:
        """In no particular order."""
        yield self._reported()
        yield self._done()
        yield self._backlog()
        yield self._feedback()
        yield self._cost()
        if self.by is KpiBy.COMPOUND:
            area = sa.select(Building.compound_id, sa.func.sum(Building.area)).group_by(Building.compound_id)
            yield _Part(("area",), self._here(area, Building.compound_id))

    def _reported(self) -> _Part:
        o, asked = WorkOrder, WorkOrder.channel != Channel.PLAN
        sums = {
            "reported": sa.func.count(), "answered": sa.func.count(sa.case((asked, o.responded_at))),
            "response": sa.func.sum(sa.case((asked, minutes_between(o.reported_at, o.responded_at)))),
            "promised": sa.func.count(o.respond_due), "in_time": _many(o.responded_at <= o.respond_due),
        }  # fmt: skip
        return self._orders(sums, o.reported_at, within(o.reported_at, self.from_on, self.until_on))

    def _done(self) -> _Part:
        o = WorkOrder
        twice = sa.select(WorkVisit.work_order_id).group_by(WorkVisit.work_order_id).having(sa.func.count() > 1)
        first = sa.and_(o.reopened == 0, o.id.not_in(twice))
        sums = {
            "done": sa.func.count(), "due": sa.func.count(o.completion_due),
            "on_time": _many(o.done_at <= o.completion_due), "first_time": _many(first),
            "reworked": _many(o.reopened > 0), "rated": sa.func.count(o.quality),
            "points": sa.func.sum(o.speed + o.quality + o.manner),
            "down": sa.func.sum(minutes_between(o.down_from, o.down_until)),
        }  # fmt: skip
        return self._orders(sums, o.done_at, within(o.done_at, self.from_on, self.until_on))

    def _backlog(self) -> _Part:
        o, end = WorkOrder, begins(self.until_on + timedelta(days=1))
        when = sa.literal(end, o.reported_at.type)
        sums = {
            "backlog": sa.func.count(), "late": _many(o.completion_due < when),
            "waiting": sa.func.sum(minutes_between(o.reported_at, when) // (24 * 60)),
        }  # fmt: skip
        where = (o.reported_at < end, sa.or_(o.done_at.is_(None), o.done_at >= end),
                 sa.or_(o.closed_at.is_(None), o.closed_at >= end))  # fmt: skip
        return self._orders(sums, None, *where)

    def _feedback(self) -> _Part:
        f = WorkFeedback
        sums = {"complaints": _many(f.kind == FeedbackKind.COMPLAINT),
                "return_visits": _many(f.kind == FeedbackKind.RETURN_VISIT)}  # fmt: skip
        return self._beside(f, f.at, sums, within(f.at, self.from_on, self.until_on))

    def _cost(self) -> _Part:
        c = WorkCost
        where = (c.on.between(self.from_on, self.until_on), c.value_change_id.is_(None))
        return self._beside(c, c.on, {"cost": sa.func.sum(c.amount)}, *where)

    def _orders(self, sums: dict[str, Any], at: Any, *where: Any) -> _Part:
        found = sa.select(self._key(at), *sums.values()).select_from(WorkOrder)
        found = self._here(found.where(*where, WorkOrder.state.not_in(ASIDE)), WorkOrder.compound_id)
        return _Part(tuple(sums), found if at is None and self.by is KpiBy.MONTH else found.group_by(KEY))

    def _beside(self, kind: Any, at: Any, sums: dict[str, Any], *where: Any) -> _Part:
        """Rows that name an order, which is joined only where the key asks for it."""
        key = kind.compound_id.label(KEY) if self.by is KpiBy.COMPOUND else self._key(at)
        found: Any = sa.select(key, *sums.values()).select_from(kind).where(*where)
        if self.by not in (KpiBy.COMPOUND, KpiBy.MONTH):
            found = found.join(WorkOrder, WorkOrder.id == kind.work_order_id)
        return _Part(tuple(sums), self._here(found, kind.compound_id).group_by(KEY))

    def _key(self, at: Any) -> Any:
        """Under a name of its own: what it is made of is not repeated where rows are put together."""
        if self.by in NAMED:
            key = NAMED[self.by][0]
        elif self.by is KpiBy.TRADE:
            key = WorkOrder.trade
        elif at is None:  # a backlog stands at the end
            key = sa.literal(f"{self.until_on:%Y-%m}")
        elif at is WorkCost.on:
            key = sa.func.substr(sa.cast(WorkCost.on, sa.String), 1, 7)
        else:
            key = month_of(at, self.from_on, self.until_on)
        return key.label(KEY)

    def _here(self, found: Any, compound: Any) -> Any:
        return found.where(compound.in_(self.compounds)) if self.compounds else found


def _many(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _names(session: Session, by: KpiBy, keys: Iterable[Any]) -> dict[Any, str]:
    ids = [key for key in keys if key is not None]
    if by not in NAMED or not ids:
        return {}
    kind = NAMED[by][1]
    rows = session.execute(sa.select(kind.id, getattr(kind, kind.naming.label)).where(kind.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _place(row: Kpi) -> tuple[bool, str, str]:
    return row.key is None, row.name, str(row.key)
