"""200,000 work orders with their visits and cost lines: the figures of maintenance and what it costs, against bare SQL
of the same rows on the same store."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import services.registry  # noqa: F401 — the queries people have
from bench import million
from bench.figures import HEAD, Figure, told
from bench.premises import against
from bench.skills import load
from models.base import new_id, table
from models.building import Building
from models.compound import Compound
from models.staff import Staff
from models.work_doing import WorkVisit
from models.work_feedback import WorkFeedback
from models.work_money import CostKind, WorkCost
from models.work_order import Payer, WorkOrder
from models.work_states import WorkState
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.work_cost_totals import CostBy
from services.work_measures import KpiBy

ORDERS, COMPOUNDS, PEOPLE, LIMIT = 200_000, 40, 400, 3.0
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
START, SPAN = datetime(2024, 1, 1, tzinfo=UTC), 3 * 365 * 1440
TRADES = ("plumbing", "electric", "masonry", "joinery", "cooling", "fire", "lift", "other")
STATES = (*[WorkState.CLOSED] * 15, WorkState.DONE, WorkState.WORKING, WorkState.ASSIGNED, WorkState.REPORTED,
          WorkState.CANCELLED)  # fmt: skip
order, visit, cost, said = (table(kind) for kind in (WorkOrder, WorkVisit, WorkCost, WorkFeedback))
DONE = frozenset({WorkState.CLOSED, WorkState.DONE})
Row = Mapping[str, Any]


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, the median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        fill(desk)
        period = {"from_on": FIRST, "until_on": LAST}
        for by, key, at in (
            (KpiBy.COMPOUND, order.c.compound_id, cost.c.compound_id), (KpiBy.TRADE, order.c.trade, order.c.trade),
            (KpiBy.TECHNICIAN, order.c.technician_id, order.c.technician_id),
        ):  # fmt: skip
            what = f"figures of {ORDERS:,} work orders by {by.value}"
            yield against(
                desk, what, LIMIT, 1, partial(desk.ask, "work_orders.kpis", by=by, **period), _figures(key, at)
            )
        for cost_by, key in ((CostBy.COMPOUND, cost.c.compound_id), (CostBy.PAYER, cost.c.payer),
                        (CostBy.ORDER, cost.c.work_order_id), (CostBy.BUILDING, order.c.building_id)):  # fmt: skip
            what = f"what they cost, by {cost_by.value}"
            spent = partial(desk.ask, "work_costs.totals", by=cost_by, **period)
            yield against(desk, what, LIMIT, 1, spent, _costs(key))
        opened.close()


def fill(desk: Desk) -> None:
    """Three years of faults in 40 compounds: a cost line and a visit each."""
    places = [{"id": new_id(), "code": f"C{n}", "name": f"大院{n}"} for n in range(COMPOUNDS)]
    desk.do(load, Compound, places)
    halls = [{"id": new_id(), "compound_id": at["id"], "code": "B1", "name": "主楼", "area": 900_000} for at in places]
    desk.do(load, Building, halls)
    people = [
        {"id": new_id(), "compound_id": places[n % COMPOUNDS]["id"], "number": f"P{n}", "name": f"某{n}"}
        for n in range(PEOPLE)
    ]
    desk.do(load, Staff, people)
    ids = [new_id() for _ in range(ORDERS)]
    desk.do(load, WorkOrder, (_order(n, ids[n], halls, people) for n in range(ORDERS)))
    desk.do(load, WorkVisit, (_line(n, ids[n], halls) | {"came_at": _at(n), "person": "某"} for n in range(ORDERS)))
    desk.do(load, WorkCost, (
        _line(n, ids[n], halls) | {
            "number": f"FY{n}", "kind": list(CostKind)[n % 4], "label": "维修", "payer": list(Payer)[n % 8],
            "on": _at(n).date(), "amount": n % 90_000,
        } for n in range(ORDERS)
    ))  # fmt: skip


def _at(n: int) -> datetime:
    return START + timedelta(minutes=n * 7919 % SPAN)


def _line(n: int, id: UUID, halls: Sequence[Row]) -> dict[str, Any]:
    return {"id": new_id(), "compound_id": halls[n % COMPOUNDS]["compound_id"], "work_order_id": id}


def _order(n: int, id: UUID, halls: Sequence[Row], people: Sequence[Row]) -> Row:
    at, hall, state = _at(n), halls[n % COMPOUNDS], STATES[n * 31 % len(STATES)]
    done = at + timedelta(minutes=n % 9000) if state in DONE else None
    points = dict.fromkeys(("speed", "quality", "manner"), 1 + n % 5 if state is WorkState.CLOSED else None)
    return points | {
        "id": id, "compound_id": hall["compound_id"], "number": f"WX{n}", "title": "水管漏水", "state": state,
        "trade": TRADES[n * 13 % len(TRADES)], "building_id": hall["id"], "technician_id": people[n % PEOPLE]["id"],
        "reported_at": at, "responded_at": at + timedelta(minutes=n % 300), "respond_due": at + timedelta(hours=2),
        "completion_due": at + timedelta(days=3), "done_at": done, "reopened": int(n % 17 == 0),
        "closed_at": done if state is WorkState.CLOSED else None,
    }  # fmt: skip


# What anybody would send


def _figures(key: Any, beside: Any) -> list[sa.Select[Any]]:
    """One select each of what was reported, done, left, said and spent."""
    o, start, end = order.c, datetime(2026, 1, 1).astimezone(), datetime(2027, 1, 1).astimezone()
    there = (o.alive == sa.true(), o.state.not_in([WorkState.CANCELLED, WorkState.TRANSFERRED, WorkState.MERGED]))
    twice = sa.select(visit.c.work_order_id).group_by(visit.c.work_order_id).having(sa.func.count() > 1)
    begun, late = o.responded_at - o.reported_at, o.done_at <= o.completion_due
    left = (o.reported_at < end, sa.or_(o.done_at.is_(None), o.done_at >= end),
            sa.or_(o.closed_at.is_(None), o.closed_at >= end))  # fmt: skip
    plain = beside.table is not order
    spent = sa.select(beside, sa.func.sum(cost.c.amount)).select_from(cost if plain else _joined())
    return [
        sa.select(key, sa.func.count(), sa.func.count(o.responded_at), sa.func.sum(sa.cast(begun, sa.BigInteger)),
                  _many(o.responded_at <= o.respond_due))
        .where(*there, o.reported_at.between(start, end)).group_by(key),
        sa.select(key, sa.func.count(), _many(late), _many(sa.and_(o.reopened == 0, o.id.not_in(twice))),
                  _many(o.reopened > 0), sa.func.sum(o.speed + o.quality + o.manner))
        .where(*there, o.done_at.between(start, end)).group_by(key),
        sa.select(key, sa.func.count(), _many(o.completion_due < end), sa.func.min(o.reported_at))
        .where(*there, *left).group_by(key),
        spent.where(cost.c.alive == sa.true(), cost.c.on.between(FIRST, LAST)).group_by(beside),
        sa.select(said.c.compound_id, sa.func.count()).where(said.c.alive == sa.true()).group_by(said.c.compound_id),
    ]  # fmt: skip


def _costs(key: Any) -> list[sa.Select[Any]]:
    c = cost.c
    sums = [sa.func.sum(sa.case((c.kind == kind, c.amount), else_=0)) for kind in CostKind]
    source: Any = _joined() if key.table is order else cost
    whole = sa.func.sum(c.amount)
    where = (c.alive == sa.true(), c.on.between(FIRST, LAST))
    return [
        sa.select(key, *sums, whole).select_from(source).where(*where).group_by(key).order_by(whole.desc()).limit(500),
        sa.select(*sums, whole).where(*where),
    ]


def _joined() -> Any:
    return cost.join(order, order.c.id == cost.c.work_order_id)


def _many(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))


if __name__ == "__main__":
    print(told(HEAD), flush=True)
    figures = list(measure())
    for figure in figures:
        print(figure.line(), flush=True)
    sys.exit(any(figure.over for figure in figures))
