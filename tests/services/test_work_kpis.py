"""Figures of maintenance: counted by hand for one small month, and by a second way for any orders and any period."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base import Entity, new_id
from models.work_doing import WorkVisit
from models.work_money import CostKind, WorkCost
from models.work_order import Payer, WorkOrder
from models.work_states import OPEN, WorkState
from services import work_report
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work
from services.work_cost_totals import CostBy
from services.work_measures import KpiBy, Measures
from tests.documents.sample import pages
from tests.services.people import Office
from tests.services.working import MONDAY, at, do, line, opened, report

H, D = timedelta(hours=1), timedelta(days=1)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@intent("Load work for tests", name="tests.load_work")
def load(work: Work, /, kind: type[Entity], rows: list[dict[str, Any]]) -> None:
    """Many at once."""
    work.bulk_insert(kind, rows)


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def played(office: Office) -> None:
    """Four faults: one done on the day by one visit; one late, in two visits and reopened; one open; one cancelled."""
    office.desk.do("buildings.revise", building_id=office.building, area=100_000)
    good, bad = report(office), report(office, trade="masonry")
    report(office, reported_at=MONDAY - 10 * D, title="墙面裂缝")
    do(office, "cancel", report(office), word="误报")
    hour = replace(office, desk=at(office.desk, MONDAY + H))
    for order in (good, bad):
        do(hour, "accept", order)
        do(hour, "assign", order)
        do(hour, "begin", order)
    line(hour, "work_visits", good, staff_id=office.giver, came_at=MONDAY + H)
    for came in (MONDAY, MONDAY + H):
        line(hour, "work_visits", bad, staff_id=office.giver, came_at=came)
    do(hour, "finish", good)
    do(hour, "check", good)
    do(hour, "rate", good, speed=5, quality=4, manner=3)
    late = replace(office, desk=at(office.desk, MONDAY + 5 * D))
    do(late, "finish", bad)
    do(late, "redo", bad)
    do(late, "finish", bad)
    line(late, "work_feedback", bad, kind="complaint", at=MONDAY + 4 * D, words="拖延")
    line(hour, "work_costs", good, kind="contract", label="x", on=MONDAY.date(), amount=50_000)
    office.desk.do("work_orders.revise", work_order_id=good, down_from=MONDAY, down_until=MONDAY + H)


def test_a_small_month_counted_by_hand(office: Office) -> None:
    played(office)
    found = office.desk.ask("work_orders.kpis", from_on=FIRST, until_on=LAST)
    (row,) = found.rows
    assert (row.name, row.of) == ("建设路大院", found.whole)
    assert found.whole == Measures(
        reported=3, answered=2, response=120, promised=3, in_time=2, done=2, due=2, on_time=1, first_time=1,
        reworked=1, rated=1, points=12, down=60, backlog=1, late=1, waiting=17, complaints=1, return_visits=0,
        cost=50_000, area=100_000,
    )  # fmt: skip
    assert (found.whole.satisfaction, found.whole.mean_response, found.whole.backlog_age) == (4.0, 60.0, 17.0)
    assert found.whole.per_square_metre == 50, "500 yuan on 1,000 m²"
    trades = office.desk.ask("work_orders.kpis", from_on=FIRST, until_on=LAST, by="trade")
    assert {r.key: (r.of.reported, r.of.done, r.of.reworked, r.of.cost) for r in trades.rows} == {
        "plumbing": (2, 1, 0, 50_000), "masonry": (1, 1, 1, 0),
    }  # fmt: skip
    before = office.desk.ask("work_orders.kpis", from_on=date(2026, 10, 1), until_on=date(2026, 10, 31))
    assert before.whole == Measures(area=100_000) and before.rows == (), "no row of nothing"


def test_the_report_of_a_month_says_it_in_both_languages(office: Office) -> None:
    played(office)
    paper = "".join(pages(work_report.report(office.desk, FIRST, LAST, "zh_CN")))
    for words in ("维修月报", "建设路大院", "按时完成", "50%", "给水排水", "500.00", "0.50"):
        assert words in paper, words
    english = "".join(pages(work_report.report(office.desk, FIRST, LAST, "en", [office.elsewhere])))
    assert "Maintenance report" in english and "500.00" not in english
    assert pages(work_report.report(office.desk, date(2020, 1, 1), date(2020, 1, 31), "en")), "nothing was reported"


DAYS = 90
START = datetime(2026, 9, 1, tzinfo=UTC)


def many(office: Office, count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], Counter[UUID]]:
    """Orders of three months in two compounds, with cost lines and visits; the same every time."""
    chance, states = random.Random(9), [s for s in WorkState if s is not WorkState.MERGED]
    orders, costs, visits = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
    for n in range(count):
        here = chance.random() < 0.7
        reported = START + timedelta(minutes=chance.randrange(DAYS * 1440))
        state = chance.choice(states)
        done = None if state in OPEN - {WorkState.DONE} else reported + timedelta(minutes=chance.randrange(20_000))
        points = [chance.randrange(1, 6) for _ in range(3)] if done and chance.random() < 0.5 else [None] * 3
        orders.append({
            "id": new_id(), "compound_id": office.compound if here else office.elsewhere, "number": f"WX{n}",
            "title": "x", "trade": chance.choice(["plumbing", "masonry", "other"]), "place": "x", "state": state,
            "reported_at": reported, "responded_at": chance.choice([None, reported + timedelta(minutes=n % 500)]),
            "respond_due": reported + timedelta(minutes=120), "completion_due": reported + timedelta(minutes=4320),
            "done_at": done, "closed_at": done if state is WorkState.CLOSED else None,
            "technician_id": chance.choice([None, office.giver, office.taker]) if here else None,
            "reopened": chance.choice([0, 0, 1]), "speed": points[0], "quality": points[1], "manner": points[2],
        })  # fmt: skip
        made = {"compound_id": orders[-1]["compound_id"], "work_order_id": orders[-1]["id"]}
        for k in range(chance.randrange(3)):
            costs.append(made | {
                "id": new_id(), "number": f"FY{n}-{k}", "kind": chance.choice(list(CostKind)), "label": "x",
                "payer": chance.choice(list(Payer)), "on": reported.date(), "amount": chance.randrange(10**6),
            })  # fmt: skip
        visits += [made | {"id": new_id(), "came_at": reported, "person": "x"} for _ in range(chance.randrange(3))]
    for kind, rows in ((WorkOrder, orders), (WorkCost, costs), (WorkVisit, visits)):
        office.desk.do(load, kind, rows)
    return orders, costs, Counter(row["work_order_id"] for row in visits)


def counted(
    orders: list[dict[str, Any]], costs: list[dict[str, Any]], visits: Counter[UUID], first: date, last: date
) -> Measures:
    """The slow way."""

    def day(at: datetime | None) -> date | None:
        return at.astimezone().date() if at else None

    def inside(at: datetime | None) -> bool:
        return (on := day(at)) is not None and first <= on <= last

    end = datetime.combine(last + D, datetime.min.time()).astimezone()
    there = [o for o in orders if o["state"] not in (WorkState.CANCELLED, WorkState.TRANSFERRED)]
    new, done = [o for o in there if inside(o["reported_at"])], [o for o in there if inside(o["done_at"])]
    heard = [o for o in new if o["responded_at"]]
    rated = [o for o in done if o["quality"]]
    waits = [o for o in there if o["reported_at"] < end and not (o["done_at"] and o["done_at"] < end)]
    return Measures(
        reported=len(new), answered=len(heard), promised=len(new),
        response=sum(int((o["responded_at"] - o["reported_at"]) / timedelta(minutes=1)) for o in heard),
        in_time=sum(o["responded_at"] <= o["respond_due"] for o in heard), done=len(done), due=len(done),
        on_time=sum(o["done_at"] <= o["completion_due"] for o in done),
        first_time=sum(not o["reopened"] and visits[o["id"]] <= 1 for o in done),
        reworked=sum(o["reopened"] > 0 for o in done), rated=len(rated),
        points=sum(o["speed"] + o["quality"] + o["manner"] for o in rated), backlog=len(waits),
        late=sum(o["completion_due"] < end for o in waits), waiting=sum((end - o["reported_at"]).days for o in waits),
        cost=sum(c["amount"] for c in costs if first <= c["on"] <= last),
    )  # fmt: skip


def test_figures_are_the_same_counted_another_way_and_their_parts_add_up(office: Office) -> None:
    orders, costs, visits = many(office, 400)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, DAYS), st.integers(0, DAYS), st.sampled_from(KpiBy), st.sampled_from(CostBy))
    def same(start: int, length: int, by: KpiBy, cost_by: CostBy) -> None:
        first = START.date() + start * D
        period = {"from_on": first, "until_on": first + length * D}
        found = office.desk.ask("work_orders.kpis", by=by, **period)
        assert replace(found.whole, area=0) == counted(orders, costs, visits, *period.values())
        spent = office.desk.ask("work_costs.totals", by=cost_by, **period)
        assert sum(row.total for row in spent.rows) == spent.whole.total == found.whole.cost
        assert sum(row.lines for row in spent.rows) == spent.whole.lines

    same()
