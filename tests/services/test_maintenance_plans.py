"""Maintenance plans: what follows from a rule, their dates and orders, made once; late work, certificates, meters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Invalid
from services.desk.listing import View
from services.plan_orders import Made
from tests.services.people import Office, found

MONDAY = datetime.fromisoformat("2026-11-23 09:00").astimezone()
TODAY = MONDAY.date()
LIFT = "A02051227"


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(at(desk, TODAY))


def at(desk: Desk, day: date) -> Desk:
    moment = datetime.combine(day, MONDAY.timetz().replace(tzinfo=None)).astimezone(UTC)
    return replace(desk, clock=lambda: moment)


def plan(office: Office, **values: Any) -> UUID:
    given = {"compound_id": office.compound, "starts_on": TODAY}
    return office.add("maintenance_plans", **given | values)


def made(office: Office, until: date, on: date | None = None, **which: Any) -> Made:
    done: Made = at(office.desk, on or TODAY).do("maintenance_plans.generate", until=until, **which).value
    return done


def came(office: Office, **filters: Any) -> list[dict[str, Any]]:
    view = View("plan_occurrences", filters=tuple((name, (value,)) for name, value in filters.items()),
                sort="planned_on")  # fmt: skip
    return office.desk.first(view, 1000)


def orders(office: Office) -> list[dict[str, Any]]:
    return office.desk.first(View("work_orders"), 1000)


def lift(office: Office, name: str = "1号客梯") -> UUID:
    return office.asset(name, class_code=LIFT, room_id=office.room, building_id=office.building)


def finish(office: Office, order: UUID, on: date) -> None:
    desk = at(office.desk, on)
    state = office.row("work_orders", order)["state"]
    if state == "accepted":
        desk.do("work_orders.assign", work_order_id=order, technician_id=office.giver)
    desk.do("work_orders.begin", work_order_id=order)
    desk.do("work_orders.finish", work_order_id=order, result="完成")


def test_what_a_plan_leaves_empty_follows_from_its_rule(office: Office) -> None:
    row = office.row("maintenance_plans", plan(office, rule="lift_upkeep", asset_id=lift(office)))
    assert row["number"].startswith("BY-JGSW-2026-")
    assert row["title"] == "电梯半月维护保养（清洁、润滑、调整、检查）"
    assert (row["every"], row["unit"], row["trade"], row["legal"], row["lead_days"]) == (15, "day", "lift", True, 7)


def test_an_office_says_another_interval_instead_of_the_shipped_one(office: Office) -> None:
    more = {"code": "tank_cleaning", "every": 3, "unit": "month", "from_on": TODAY, "basis_text": "本市二次供水办法"}
    office.add("periodic_works", compound_id=office.compound, **more)
    here = office.row("maintenance_plans", plan(office, rule="tank_cleaning", building_id=office.building))
    there = office.add("maintenance_plans", compound_id=office.elsewhere, rule="tank_cleaning", starts_on=TODAY)
    assert (here["every"], office.row("maintenance_plans", there)["every"]) == (3, 6)
    with pytest.raises(Invalid, match="never less"):
        plan(office, rule="tank_cleaning", every=6, unit="month")


def test_the_law_is_planned_more_often_but_never_less_and_never_dropped(office: Office) -> None:
    with pytest.raises(Invalid, match="never less"):
        plan(office, rule="lift_upkeep", every=1, unit="month")
    with pytest.raises(Invalid, match="no season"):
        plan(office, rule="lift_upkeep", season_from="05-01", season_until="09-30")
    with pytest.raises(Invalid, match="never dropped"):
        plan(office, rule="lift_upkeep", until_on=TODAY + timedelta(days=30))
    kept = plan(office, rule="lift_upkeep", every=14, unit="day", asset_id=lift(office))
    for attempt in ("remove", "end"):
        said = {"ended_on": TODAY, "ended_why": "省钱"} if attempt == "end" else {}
        with pytest.raises(Conflict, match="never dropped"):
            office.desk.do(f"maintenance_plans.{attempt}", maintenance_plan_id=kept, **said)
    with pytest.raises(Conflict, match="keeps its rule"):
        office.desk.do("maintenance_plans.revise", maintenance_plan_id=kept, rule=None)
    with pytest.raises(Conflict, match="stays on its thing"):
        office.desk.do("maintenance_plans.revise", maintenance_plan_id=kept, asset_id=lift(office, "2号客梯"))


def test_a_plan_of_our_own_may_be_ended(office: Office) -> None:
    own = plan(office, title="会议室投影机除尘", trade="other", every=1, unit="month", room_id=office.room)
    office.desk.do("maintenance_plans.end", maintenance_plan_id=own, ended_on=TODAY, ended_why="设备停用")
    assert made(office, TODAY + timedelta(days=90)).orders == 0


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": "x", "trade": "other"}, "Say how often"),
        ({"title": "x", "every": 1, "unit": "day"}, "which trade"),
        ({"trade": "other", "every": 1, "unit": "day"}, "what is to be done"),
        ({"title": "x", "trade": "other", "every": 1, "unit": "day", "season_from": "5月"}, "no day of the year"),
        ({"title": "x", "trade": "other", "every": 1, "unit": "day", "basis": "expiry"}, "end of a certificate"),
        ({"title": "x", "trade": "other", "meter_step": 100_000}, "names the meter"),
    ],
)
def test_what_is_missing_is_said(office: Office, values: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        plan(office, **values)


def test_one_order_for_every_lift_with_all_that_the_plan_says_and_never_twice(office: Office) -> None:
    one, two = lift(office, "1号客梯"), lift(office, "2号客梯")
    office.asset("空调机", class_code="A02061804")
    post = office.add("posts", compound_id=office.compound, name="设备主管", function="lifts")
    plan(office, title="电梯机房清扫", trade="cleaning", every=1, unit="month", class_prefix=LIFT, priority="normal",
         post_id=post, payer="compound", team_id=office.unit, description="含井道", lead_days=5)  # fmt: skip
    assert made(office, date(2027, 1, 31)) == Made(6, 0, 0)
    assert made(office, date(2027, 1, 31)) == Made(0, 0, 0), "none twice"
    rows = orders(office)
    assert {row["asset_id"] for row in rows} == {one, two} and len(rows) == 6
    first = next(row for row in rows if row["asset_id"] == one)
    carried = ("trade", "priority", "post_id", "payer", "team_id", "description", "room_id", "state", "channel", "kind")
    assert [first[name] for name in carried] == [
        "cleaning", "normal", post, "compound", office.unit, "含井道", office.room, "assigned", "plan", "preventive",
    ]  # fmt: skip
    assert sorted({row["planned_on"] for row in came(office)}) == [TODAY, date(2026, 12, 23), date(2027, 1, 23)]
    steps = office.desk.first(View("work_order_steps", filters=(("work_order_id", (first["id"],)),)), 9)
    assert {step["became"] for step in steps} == {"accepted", "assigned"}
    assert made(office, date(2027, 2, 18)).orders == 2, "five days before the 23rd"


def test_all_of_it_is_one_unit_of_work_that_can_be_stopped(office: Office) -> None:
    lift(office)
    plan(office, rule="lift_upkeep", class_prefix=LIFT)
    with pytest.raises(Cancelled):
        office.desk.having(tell=lambda done, total: False).do("maintenance_plans.generate", until=TODAY)
    assert orders(office) == [] and came(office) == []
    done = office.desk.do("maintenance_plans.generate", until=date(2026, 12, 31))
    operations = {step.operation for row in came(office) for step in office.desk.history("plan_occurrence", row["id"])}
    assert operations == {done.operation}


def test_only_a_licensed_firm_is_given_the_lift_and_only_while_its_licence_holds(office: Office) -> None:
    firm = office.add("providers", name="永升电梯")
    office.add("provider_licences", provider_id=firm, licence="lift_repair", paper_no="TS1",
               issued_on=TODAY - timedelta(days=9), valid_until=TODAY + timedelta(days=20))  # fmt: skip
    plan(office, rule="lift_upkeep", asset_id=lift(office), provider_id=firm)
    assert made(office, date(2026, 12, 31)) == Made(4, 2, 0)
    by_day = sorted((row["planned_from"], row["state"], row["provider_id"]) for row in orders(office))
    assert [(state, given) for _, state, given in by_day] == [
        ("assigned", firm), ("assigned", firm), ("accepted", None), ("accepted", None),
    ]  # fmt: skip


def test_late_work_does_not_move_the_legal_grid_and_is_a_breach(office: Office) -> None:
    plan(office, rule="fire_check", team_id=office.unit)
    made(office, TODAY)
    first = came(office)[0]
    assert (first["planned_on"], first["legal_until"]) == (TODAY, TODAY)
    late = TODAY + timedelta(days=12)
    assert made(office, late, late) == Made(0, 0, 1), "a breach while it is open"
    finish(office, first["work_order_id"], late)
    row = came(office)[0]
    assert (row["done_on"], row["breached"]) == (late, True)
    made(office, date(2027, 2, 28), late)
    assert [row["planned_on"] for row in came(office)] == [TODAY, date(2027, 2, 23)]


def test_who_comes_more_often_than_the_law_asks_has_the_days_between(office: Office) -> None:
    plan(office, rule="lift_upkeep", every=10, unit="day", asset_id=lift(office))
    made(office, date(2026, 12, 10))
    assert [(row["planned_on"], row["legal_until"]) for row in came(office)] == [
        (TODAY, TODAY), (date(2026, 12, 3), date(2026, 12, 8)), (date(2026, 12, 13), date(2026, 12, 18)),
    ]  # fmt: skip


def test_what_follows_the_day_it_was_done_waits_for_it(office: Office) -> None:
    plan(office, rule="boiler_gauge", building_id=office.building, team_id=office.unit)
    assert made(office, date(2027, 11, 1)).orders == 1, "the next follows the first"
    done = TODAY + timedelta(days=10)
    finish(office, came(office)[0]["work_order_id"], done)
    made(office, date(2027, 11, 1), done)
    last = came(office)[-1]
    assert (last["planned_on"], last["legal_until"]) == (date(2027, 6, 3), date(2027, 6, 3))


def test_the_certificate_drives_the_next_inspection(office: Office) -> None:
    thing = lift(office)
    office.add("inspections", compound_id=office.compound, number="T-2026-1", rule="lift_inspection", asset_id=thing,
               inspected_on=date(2026, 3, 15), valid_until=date(2027, 3, 14))  # fmt: skip
    plan(office, rule="lift_inspection", asset_id=thing)
    assert made(office, date(2027, 2, 11)).orders == 0
    assert made(office, date(2027, 2, 12)).orders == 1
    row = came(office)[0]
    assert (row["planned_on"], row["legal_until"]) == (date(2027, 2, 12), date(2027, 3, 14)), "thirty days before"
    assert office.row("work_orders", row["work_order_id"])["kind"] == "inspection"
    assert made(office, date(2027, 12, 31)).orders == 0, "not before the new certificate is there"


def test_a_meter_brings_the_next_order_after_so_many_hours(office: Office) -> None:
    meter = office.add("meters", compound_id=office.compound, name="发电机运行小时", kind="hours")
    plan(office, title="发电机换机油", trade="other", meter_id=meter, meter_step=250_000, meter_from=100_000,
         place="发电机房")  # fmt: skip
    read = {"compound_id": office.compound, "meter_id": meter}
    office.add("meter_readings", on=TODAY - timedelta(days=40), value=340_000, **read)
    assert made(office, TODAY).orders == 0
    office.add("meter_readings", on=TODAY - timedelta(days=2), value=870_500, **read)
    assert made(office, TODAY).orders == 1
    assert came(office)[0]["reading"] == 850_000, "the count it passed last"
    assert made(office, TODAY).orders == 0
    with pytest.raises(Invalid, match="does not run backwards"):
        office.add("meter_readings", on=TODAY, value=20_250, **read)
    changed = office.add("meter_readings", on=TODAY, value=20_250, restarted=True, **read)
    assert office.row("meter_readings", changed)["total"] == 890_750, "a new meter counts on"


def test_rescheduled_with_a_reason_and_no_further_than_the_law_leaves(office: Office) -> None:
    plan(office, rule="lift_upkeep", every=10, unit="day", asset_id=lift(office))
    made(office, date(2026, 12, 10))
    row = came(office)[1]
    move = {"plan_occurrence_id": row["id"], "moved_why": "春节前集中检修"}
    with pytest.raises(Invalid, match="at the latest"):
        office.desk.do("maintenance_plans.reschedule", moved_to=date(2026, 12, 9), **move)
    with pytest.raises(Invalid, match="required"):
        office.desk.do("maintenance_plans.reschedule", **move | {"moved_to": date(2026, 12, 8), "moved_why": " "})
    office.desk.do("maintenance_plans.reschedule", moved_to=date(2026, 12, 8), **move)
    order = office.row("work_orders", row["work_order_id"])
    assert order["planned_from"].astimezone().date() == date(2026, 12, 8)
    made(office, date(2026, 12, 16))
    assert [one["planned_on"] for one in came(office)] == [
        TODAY, date(2026, 12, 3), date(2026, 12, 13), date(2026, 12, 23),
    ]  # fmt: skip


@pytest.mark.parametrize("way", ["cancel", "transfer", "merge"])
def test_an_order_the_law_asks_for_does_not_end_undone(office: Office, way: str) -> None:
    plan(office, rule="fire_check")
    made(office, TODAY)
    order, other = (
        came(office)[0]["work_order_id"],
        office.add("work_orders", compound_id=office.compound, title="x", trade="fire", place="院内"),
    )
    said = {"merged_into_id": other} if way == "merge" else {"word": "不做了"}
    with pytest.raises(Conflict, match="never dropped"):
        office.desk.do(f"work_orders.{way}", work_order_id=order, **said)


def test_work_of_our_own_is_called_off_with_its_order_and_goes_on_from_there(office: Office) -> None:
    plan(office, title="擦灯罩", trade="cleaning", every=1, unit="month", basis="done", place="大厅")
    made(office, TODAY)
    office.desk.do("work_orders.cancel", work_order_id=came(office)[0]["work_order_id"], word="停水")
    assert came(office)[0]["dropped_on"] == TODAY
    made(office, date(2026, 12, 31))
    assert [row["planned_on"] for row in came(office)] == [TODAY, date(2026, 12, 23)]


def test_what_was_found_wanting_was_not_done(office: Office) -> None:
    plan(office, rule="fire_check", team_id=office.unit)
    made(office, TODAY)
    order = came(office)[0]["work_order_id"]
    finish(office, order, TODAY)
    assert came(office)[0]["done_on"] == TODAY
    office.desk.do("work_orders.redo", work_order_id=order, word="未双方签字")
    assert came(office)[0]["done_on"] is None


def test_the_dates_of_a_plan_are_shown_before_it_is_saved(office: Office) -> None:
    shown = office.desk.ask("maintenance_plans.preview", starts_on=date(2026, 1, 31), every=1, unit="month")
    assert [day.on.isoformat() for day in shown.dates[:4]] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert (shown.of_year, len(shown.dates)) == (12, 12)
    by_rule = office.desk.ask("maintenance_plans.preview", starts_on=date(2026, 1, 1), rule="lift_upkeep")
    assert by_rule.of_year == 25 and by_rule.dates[1].legal_until == date(2026, 1, 16)
    with pytest.raises(Invalid, match="Say how often"):
        office.desk.ask("maintenance_plans.preview", starts_on=TODAY)


def test_the_year_shows_what_is_planned_done_and_breached_and_what_the_law_asks_for_unplanned(office: Office) -> None:
    lift(office, "1号客梯")
    lift(office, "2号客梯")
    plan(office, rule="lift_upkeep", class_prefix=LIFT, starts_on=date(2026, 11, 10))
    year = office.desk.ask("maintenance_plans.year", year=2026, on=TODAY)
    row = year.rows[0]
    assert [m.planned for m in row.months] == [0] * 10 + [4, 4], "the 10th and 25th of both months, two lifts"
    assert (row.months[10].missed, year.missed, row.alarm) == (2, 2, True), "no order was made for the 10th"
    assert {gap.rule.code: gap.things for gap in year.gaps if gap.compound_id == office.compound} == {
        "lift_quarter": 2, "lift_half_year": 2, "lift_year": 2, "lift_inspection": 2, "lift_governor": 2,
        "lift_brake": 2, "lift_daily": 2, "lift_weekly": 2, "lift_monthly": 2, "fire_test": 1, "fire_check": 1,
        "fire_drill": 1, "lightning": 1,
    }  # fmt: skip
    made(office, TODAY + timedelta(days=1))
    later = office.desk.ask("maintenance_plans.year", year=2026, on=date(2026, 12, 13))
    assert [(m.planned, m.breached, m.missed) for m in later.rows[0].months[10:]] == [(4, 4, 0), (4, 0, 2)]


def test_work_reported_done_past_the_legal_latest_is_a_breach_at_once(office: Office) -> None:
    plan(office, rule="fire_check", team_id=office.unit)
    made(office, TODAY)
    finish(office, came(office)[0]["work_order_id"], TODAY + timedelta(days=1))
    assert came(office)[0]["breached"] is True


def test_a_thing_with_a_plan_of_its_own_is_no_gap(office: Office) -> None:
    plan(office, rule="lift_quarter", asset_id=lift(office, "1号客梯"))
    lift(office, "2号客梯")
    year = office.desk.ask("maintenance_plans.year", year=2026, on=TODAY, compound_ids=[office.compound])
    assert {gap.rule.code: gap.things for gap in year.gaps}["lift_quarter"] == 1


def test_what_was_disposed_of_is_worked_on_no_more_and_its_plan_may_end(
    office: Office, raw: Callable[..., Any], unguard: Callable[[], None]
) -> None:
    kept = plan(office, rule="lift_upkeep", asset_id=lift(office))
    unguard()
    raw("UPDATE asset SET status = 'disposed'")
    assert made(office, date(2026, 12, 31)).orders == 0
    office.desk.do("maintenance_plans.end", maintenance_plan_id=kept, ended_on=TODAY, ended_why="报废")
