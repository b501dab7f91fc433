"""A sheet filled in by hand is typed in later: each step at the time it was taken; the figures follow those times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from tests.services.people import Office
from tests.services.working import MONDAY, at, do, line, opened, report

H = timedelta(hours=1)
NIGHT = MONDAY - 12 * H  # Sunday, nine in the evening
TIMES = {"accept": 1, "assign": 1, "depart": 2, "begin": 3, "finish": 5, "check": 6, "redo": 7, "hold": 8}


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def typed(office: Office, step: str, order: UUID, moment: datetime, **values: Any) -> None:
    do(office, step, order, at=moment, **values)


def steps(office: Office, order: UUID) -> list[datetime]:
    view = View("work_order_steps", filters=(("work_order_id", (order,)),), sort="at")
    return [row["at"] for row in office.desk.first(view, 20)]


def test_a_job_of_the_night_is_typed_in_next_morning_with_its_own_times(office: Office) -> None:
    order = report(office, reported_at=NIGHT, priority="emergency")
    for step, hours in TIMES.items():
        typed(office, step, order, NIGHT + hours * H, **({"hold_reason": "part"} if step == "hold" else {}))
    typed(office, "resume", order, NIGHT + 9 * H)
    typed(office, "finish", order, NIGHT + 10 * H)
    typed(office, "check", order, NIGHT + 11 * H)
    do(office, "rate", order)
    do(office, "close", order)
    row = office.row("work_orders", order)
    marked = {name: row[name] - NIGHT for name in ("responded_at", "started_at", "done_at", "checked_at", "closed_at")}
    assert marked == {"responded_at": H, "started_at": 3 * H, "done_at": 10 * H, "checked_at": 11 * H,
                      "closed_at": 12 * H}  # fmt: skip
    assert [moment - NIGHT for moment in steps(office, order)] == [
        hours * H for hours in (0, 1, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 12)
    ]


@pytest.mark.parametrize("step", ["accept", "assign", "depart", "begin", "hold", "finish", "check", "redo"])
def test_no_step_lies_ahead_or_before_the_one_before_it(office: Office, step: str) -> None:
    order = report(office, reported_at=NIGHT)
    more: dict[str, Any] = {"hold_reason": "part"} if step == "hold" else {}
    first = NIGHT
    for each, hours in {"accept": 1, "assign": 2, "depart": 3, "begin": 4, "finish": 5, "check": 6, "redo": 7}.items():
        if each == step or (step == "hold" and each == "finish"):
            break
        first = NIGHT + hours * H
        typed(office, each, order, first)
    with pytest.raises(Invalid, match="lies ahead"):
        typed(office, step, order, MONDAY + H, **more)
    with pytest.raises(Invalid, match=f"taken at {first:%Y-%m-%d %H:%M}"):
        typed(office, step, order, first - timedelta(minutes=1), **more)
    typed(office, step, order, first, **more)
    assert steps(office, order)[-1] == first


def test_the_figures_follow_the_times_that_were_typed_in(office: Office) -> None:
    """Reported, answered and done on the last evening of October, typed in on the second of November."""
    evening = datetime.fromisoformat("2026-10-31 18:00").astimezone()
    later = replace(office, desk=at(office.desk, evening + 40 * H))
    order = report(later, reported_at=evening, priority="emergency")
    for step, minutes in (("accept", 10), ("assign", 10), ("begin", 30), ("finish", 90)):
        typed(later, step, order, evening + timedelta(minutes=minutes))
    asked = {"from_on": date(2026, 10, 1), "until_on": date(2026, 10, 31)}
    found = office.desk.ask("work_orders.kpis", **asked).whole
    assert (found.answered, found.response, found.in_time, found.done, found.on_time) == (1, 10, 1, 1, 1)
    assert office.desk.ask("work_orders.kpis", from_on=date(2026, 11, 1), until_on=date(2026, 11, 2)).whole.done == 0


def test_planned_work_is_done_on_the_day_it_was_done(office: Office) -> None:
    """Done on the last day the law leaves and typed in on the day after, it is no breach."""
    asset = office.asset("1号客梯", class_code="A02051227")
    early = replace(office, desk=at(office.desk, MONDAY - timedelta(days=2)))
    plan = {"rule": "lift_daily", "asset_id": asset, "starts_on": MONDAY.date() - timedelta(days=1)}
    early.add("maintenance_plans", compound_id=office.compound, **plan)
    early.desk.do("maintenance_plans.generate", until=MONDAY.date() - timedelta(days=1))
    (came,) = office.desk.first(View("plan_occurrences"), 9)
    order = came["work_order_id"]
    for step in ("assign", "begin", "finish"):
        typed(office, step, order, MONDAY - timedelta(days=1))
    (came,) = office.desk.first(View("plan_occurrences"), 9)
    assert (came["legal_until"], came["done_on"], came["breached"]) == (
        *(MONDAY.date() - timedelta(days=1),) * 2,
        False,
    )


def test_a_permit_has_to_have_held_when_work_began(office: Office) -> None:
    order = report(office, reported_at=NIGHT, permit="fire")
    for step in ("accept", "assign"):
        typed(office, step, order, NIGHT)
    permit = line(office, "work_permits", order, kind="fire", place="x", measures="x", issued_by_id=office.giver,
                  valid_from=NIGHT + H, valid_until=NIGHT + 3 * H)  # fmt: skip
    office.desk.do("work_permits.close", work_permit_id=permit, closing="清理完毕")
    for wrong in (NIGHT, NIGHT + 4 * H):
        with pytest.raises(Conflict, match="no open permit"):
            typed(office, "begin", order, wrong)
    typed(office, "begin", order, NIGHT + 2 * H)
    typed(office, "finish", order, NIGHT + 3 * H)
