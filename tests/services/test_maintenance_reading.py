"""What an auditor would find in maintenance: ways around a rule, deadlines that jump, dates that stop coming."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.work_measures import Measures
from services.working_time import Calendar, Stretch
from tests.services.people import Office
from tests.services.working import MONDAY, at, do, line, opened, report, until

TODAY, H, D = MONDAY.date(), timedelta(hours=1), timedelta(days=1)
LIFT = "A02051227"


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def later(office: Office, instant: datetime) -> Office:
    return replace(office, desk=at(office.desk, instant))


def on(office: Office, day: date) -> Office:
    return later(office, datetime.combine(day, time(9)).astimezone(UTC))


def certificate(office: Office, last: date) -> None:
    office.add("certificates", compound_id=office.compound, staff_id=office.giver, kind="low_voltage", paper_no="T001",
               number="T1", issued_on=TODAY - 400 * D, valid_until=last)  # fmt: skip


def plan(office: Office, **values: Any) -> UUID:
    return office.add("maintenance_plans", **{"compound_id": office.compound, "starts_on": TODAY} | values)


def generate(office: Office, day: date) -> int:
    made: int = on(office, day).desk.do("maintenance_plans.generate", until=day).value.orders
    return made


def came(office: Office) -> list[dict[str, Any]]:
    return office.desk.first(View("plan_occurrences", sort="planned_on"), 99)


def test_what_nobody_began_is_not_done_by_way_of_waiting(office: Office) -> None:
    order = report(office, trade="lift")
    do(office, "accept", order)
    do(office, "hold", order, hold_reason="contractor")
    with pytest.raises(Conflict, match="cannot be done"):
        do(office, "finish", order)


def test_what_is_done_while_it_waits_has_the_deadline_moved_too(office: Office) -> None:
    order = until(office, "begin")
    do(office, "hold", order, hold_reason="consent")
    week = later(office, MONDAY + 7 * D)
    do(week, "finish", order)
    due = office.row("work_orders", order)["completion_due"]
    assert due == datetime.fromisoformat("2026-12-03 09:00").astimezone(), "a week of consent does not count"


def test_work_taken_over_goes_on_from_waiting_where_it_stopped(office: Office) -> None:
    order = until(office, "begin")
    do(office, "assign", order, technician_id=office.taker)
    do(office, "hold", order, hold_reason="part")
    do(office, "resume", order)
    assert office.row("work_orders", order)["state"] == "assigned", "the other one has not begun"
    do(office, "accept", order)
    do(office, "hold", order, hold_reason="part")
    do(office, "resume", order)
    assert office.row("work_orders", order)["state"] == "accepted", "nobody has it"


def test_a_duplicate_taken_up_again_is_open_in_every_respect(office: Office) -> None:
    one, two = report(office), report(office)
    do(office, "merge", two, merged_into_id=one)
    do(office, "accept", two)
    assert office.row("work_orders", two)["closed_at"] is None
    assert not office.desk.first(View("work_order_links"), 9), "it was another fault after all"


def test_no_orders_wait_for_each_other(office: Office) -> None:
    one, two, three = (report(office) for _ in range(3))
    for first, then in ((one, two), (two, three)):
        line(office, "work_order_links", first, kind="blocking", other_id=then)
    with pytest.raises(Invalid, match="wait for each other"):
        line(office, "work_order_links", three, kind="blocking", other_id=one)
    line(office, "work_order_links", three, kind="related", other_id=one)


def test_a_corrected_order_keeps_the_deadline_it_has(office: Office) -> None:
    order = report(office)
    do(office, "accept", order)
    do(office, "hold", order, hold_reason="consent")
    do(later(office, MONDAY + D), "resume", order)
    due = office.row("work_orders", order)["completion_due"]
    office.desk.do("work_orders.revise", work_order_id=order, title="三楼水管漏水", trade="plumbing", priority="normal")
    assert office.row("work_orders", order)["completion_due"] == due


def test_another_priority_keeps_the_time_it_waited(office: Office) -> None:
    order = report(office)
    do(office, "accept", order)
    do(office, "hold", order, hold_reason="consent")
    do(later(office, MONDAY + D), "resume", order)
    office.desk.do("work_orders.revise", work_order_id=order, priority="emergency")
    due = office.row("work_orders", order)["completion_due"]
    assert due == MONDAY + 4 * H + D, "a day of consent does not count"


def test_the_legal_latest_of_planned_work_is_nobodys_priority(office: Office) -> None:
    asset = office.asset("1号客梯", class_code=LIFT, room_id=office.room, building_id=office.building)
    plan(office, rule="lift_upkeep", asset_id=asset)
    generate(office, TODAY)
    row = office.desk.first(View("work_orders"), 9)[0]
    office.desk.do("work_orders.revise", work_order_id=row["id"], priority="urgent")
    assert office.row("work_orders", row["id"])["completion_due"] == row["completion_due"]
    assert office.row("work_orders", row["id"])["respond_due"] is None


def test_given_work_does_not_become_certified_work_of_somebody_without(office: Office) -> None:
    order = until(office, "assign")
    for changed in ({"trade": "electric"}, {"needs": "low_voltage_work"}, {"trade": "lift"}):
        with pytest.raises(Conflict, match=r"may not do this work|Only a licensed firm"):
            office.desk.do("work_orders.revise", work_order_id=order, **changed)
    office.desk.do("work_orders.revise", work_order_id=order, trade="masonry")


def test_who_has_left_is_given_no_work_of_any_trade(office: Office) -> None:
    order = report(office)
    do(office, "accept", order)
    office.desk.do("staff.leave", staff_id=office.giver, left_on=TODAY - D, left_why="retired")
    with pytest.raises(Conflict, match="left on"):
        do(office, "assign", order)


def test_a_certificate_that_ended_before_the_day_of_work_stands_against_beginning(office: Office) -> None:
    certificate(office, TODAY + 2 * D)
    order = until(office, "assign", trade="electric")
    with pytest.raises(Conflict, match="expired"):
        do(on(office, TODAY + 3 * D), "begin", order)
    do(on(office, TODAY + 2 * D), "begin", order)


def test_planned_work_is_not_moved_past_the_certificate_of_who_has_it(office: Office) -> None:
    certificate(office, TODAY + 2 * D)
    plan(office, title="配电箱清扫", trade="electric", every=1, unit="month", building_id=office.building)
    generate(office, TODAY)
    order, row = office.desk.first(View("work_orders"), 9)[0]["id"], came(office)[0]
    do(office, "assign", order, planned_from=MONDAY, planned_until=MONDAY + H)
    move = {"plan_occurrence_id": row["id"], "moved_why": "停电改期"}
    with pytest.raises(Conflict, match="expired"):
        office.desk.do("maintenance_plans.reschedule", moved_to=TODAY + 3 * D, **move)
    office.desk.do("maintenance_plans.reschedule", moved_to=TODAY + 2 * D, **move)


def test_work_the_law_asks_for_is_not_planned_past_its_latest_by_giving_it_to_somebody(office: Office) -> None:
    plan(office, rule="fire_check")
    generate(office, TODAY)
    order = office.desk.first(View("work_orders"), 9)[0]["id"]
    with pytest.raises(Invalid, match="The law leaves until 2026-11-23"):
        do(office, "assign", order, planned_from=MONDAY + D)
    do(office, "assign", order, planned_from=MONDAY)
    late = on(office, TODAY + 2 * D)
    do(late, "assign", order, planned_from=MONDAY + 3 * D)


def test_hours_that_begin_later_leave_the_hours_of_today_alone(office: Office) -> None:
    due = office.row("work_orders", report(office))["respond_due"]
    office.add("working_hours", compound_id=office.compound, weekday=1, opens="10:00", closes="16:00",
               from_on=date(2027, 1, 4))  # fmt: skip
    assert office.row("work_orders", report(office))["respond_due"] == due


def test_hours_that_have_ended_give_way_to_the_shipped_ones(office: Office) -> None:
    due = office.row("work_orders", report(office))["respond_due"]
    office.add("working_hours", compound_id=office.compound, weekday=1, opens="10:00", closes="16:00",
               from_on=date(2025, 1, 4), until_on=date(2025, 12, 31))  # fmt: skip
    assert office.row("work_orders", report(office))["respond_due"] == due


def test_stretches_that_overlap_are_worked_once() -> None:
    calendar = Calendar([Stretch(1, 480, 720), Stretch(1, 600, 840)])
    morning = datetime.fromisoformat("2026-11-23 08:00").astimezone()
    assert calendar.between(morning, morning + 12 * H) == 360
    assert calendar.after(morning, 300) == morning + 5 * H


@pytest.mark.parametrize(
    "changed", [{"tolerance_days": 365}, {"starts_on": TODAY + 3650 * D}, {"basis": "expiry"}],
)  # fmt: skip
def test_no_field_of_a_legal_plan_lets_it_lapse(office: Office, changed: dict[str, Any]) -> None:
    asset = office.asset("1号客梯", class_code=LIFT, room_id=office.room, building_id=office.building)
    made = plan(office, rule="lift_upkeep", asset_id=asset)
    with pytest.raises(Invalid, match="特种设备安全监察条例"):
        office.desk.do("maintenance_plans.revise", maintenance_plan_id=made, **changed)
    with pytest.raises(Invalid, match="特种设备安全监察条例"):
        plan(office, rule="lift_upkeep", asset_id=asset, **changed)


def test_a_legal_plan_does_not_wait_for_a_meter(office: Office) -> None:
    meter = office.add("meters", compound_id=office.compound, name="电梯运行次数", kind="cycles")
    with pytest.raises(Invalid, match="特种设备安全监察条例"):
        plan(office, rule="lift_upkeep", every=15, unit="day", meter_id=meter, meter_step=10**6)


def test_an_inspection_whose_certificate_nobody_entered_comes_back_all_the_same(office: Office) -> None:
    asset = office.asset("1号客梯", class_code=LIFT, room_id=office.room, building_id=office.building)
    plan(office, rule="lift_inspection", asset_id=asset)
    assert generate(office, TODAY) == 1
    order = office.desk.first(View("work_orders"), 9)[0]["id"]
    firm = office.add("providers", name="检验院")
    office.add("provider_licences", provider_id=firm, licence="lift_repair", paper_no="TS1", issued_on=TODAY - 9 * D)
    do(office, "assign", order, technician_id=None, provider_id=firm)
    for step in ("begin", "finish"):
        do(office, step, order)
    assert generate(office, date(2027, 10, 1)) == 0
    assert generate(office, date(2027, 11, 20)) == 1, "a year later it is due, certificate or not"
    assert came(office)[1]["legal_until"] == date(2027, 11, 23)


def test_work_done_a_whole_interval_early_comes_back(office: Office) -> None:
    plan(office, title="泵房巡检", trade="plumbing", every=1, unit="week", basis="done", lead_days=7,
         building_id=office.building, starts_on=TODAY + 7 * D)  # fmt: skip
    generate(office, TODAY)
    order = office.desk.first(View("work_orders"), 9)[0]["id"]
    for step in ("assign", "begin", "finish"):
        do(office, step, order)
    assert generate(office, TODAY + D) == 1
    assert came(office)[0]["planned_on"] == TODAY + 6 * D, "within a week of the day it was done"


def test_work_on_what_is_gone_may_be_called_off(
    office: Office, raw: Callable[..., Any], unguard: Callable[[], None]
) -> None:
    asset = office.asset("1号客梯", class_code=LIFT, room_id=office.room, building_id=office.building)
    plan(office, rule="lift_upkeep", asset_id=asset)
    generate(office, TODAY)
    order = office.desk.first(View("work_orders"), 9)[0]["id"]
    with pytest.raises(Conflict, match="never dropped"):
        do(office, "cancel", order, word="电梯已拆除")
    unguard()
    raw("UPDATE asset SET status = 'disposed'")
    do(office, "cancel", order, word="电梯已拆除")


def test_a_plan_that_has_ended_this_year_fills_no_gap(office: Office) -> None:
    here = {"compound_id": office.compound}
    office.add("periodic_works", code="fire_drill", legal=False, from_on=TODAY, until_on=TODAY,
               basis_text="暂停", **here)  # fmt: skip
    ended = plan(office, rule="fire_drill")
    office.desk.do("maintenance_plans.end", maintenance_plan_id=ended, ended_on=TODAY, ended_why="搬迁")
    year = office.desk.ask("maintenance_plans.year", year=2026, on=TODAY + D, compound_ids=[office.compound])
    assert "fire_drill" in {gap.rule.code for gap in year.gaps}


def test_a_checklist_laid_on_after_the_work_is_answered_without_doing_it_again(office: Office) -> None:
    template = office.add("checklists", name="水泵检查")
    office.add("checklist_items", checklist_id=template, text="无渗漏")
    order = until(office, "rate")
    office.desk.do("work_checklists.lay", work_order_id=order, checklist_id=template)
    with pytest.raises(Conflict, match="not answered"):
        do(office, "close", order)
    said = {"work_checklist_line_id": office.desk.first(View("work_checklist_lines"), 9)[0]["id"]}
    office.desk.do("work_checklists.answer", yes=True, **said)
    with pytest.raises(Conflict, match="cannot be done"):
        office.desk.do("work_checklists.answer", yes=False, **said)
    do(office, "close", order)


def test_what_was_entered_stays_on_an_order_that_has_ended(office: Office) -> None:
    order = until(office, "begin")
    visit = line(office, "work_visits", order, staff_id=office.giver, came_at=MONDAY)
    firm = office.add("providers", name="甲")
    quote = line(office, "work_quotes", order, provider_id=firm, amount=5, quoted_on=TODAY)
    for step in ("finish", "check", "rate", "close"):
        do(office, step, order)
    for kind, row in (("work_visit", visit), ("work_quote", quote)):
        with pytest.raises(Conflict, match="cannot be done"):
            office.desk.do(f"{kind}s.remove", **{f"{kind}_id": row})


def test_entries_of_an_order_that_has_ended_are_not_taken_back(office: Office) -> None:
    order = until(office, "begin")
    office.add("labour_rates", an_hour=6000, from_on=TODAY - D, basis="x")
    given = {"compound_id": office.compound, "work_order_id": order}
    done = [
        office.desk.do("work_labour.add", staff_id=office.giver, on=TODAY, minutes=60, **given),
        office.desk.do("work_materials.add", name="阀门", on=TODAY, quantity=1000, unit_price=5000, **given),
        office.desk.do("work_costs.add", kind="other", label="垃圾清运", on=TODAY, amount=700, **given),
        office.desk.do("work_visits.add", staff_id=office.giver, came_at=MONDAY, **given),
    ]
    office.desk.do("journal.undo", operation=office.desk.do(
        "work_costs.add", kind="other", label="误录", on=TODAY, amount=1, **given).operation.hex)  # fmt: skip
    for step in ("finish", "check", "rate", "close"):
        do(office, step, order)
    for each in done:
        with pytest.raises(Conflict, match="cannot be done"):
            office.desk.do("journal.undo", operation=each.operation.hex)
    assert office.desk.sums(View("work_costs")) == {"amount": 11700}


def test_a_permit_under_which_work_began_is_not_taken_back(office: Office) -> None:
    order = until(office, "assign", permit="confined_space")
    given = {"compound_id": office.compound, "work_order_id": order, "kind": "confined_space", "place": "化粪池",
             "measures": "通风检测", "issued_by_id": office.giver, "watched_by_id": office.witness,
             "valid_from": MONDAY, "valid_until": MONDAY + 4 * H}  # fmt: skip
    done = office.desk.do("work_permits.add", **given)
    do(office, "begin", order)
    with pytest.raises(Conflict, match="stays closed"):
        office.desk.do("journal.undo", operation=done.operation.hex)


def test_what_others_pay_for_makes_no_asset_dearer(office: Office) -> None:
    asset = office.asset("锅炉", acquired_on=date(2025, 1, 1), entered_on=date(2025, 1, 1), cost=1000000,
                         life_months=120)  # fmt: skip
    order = report(office, asset_id=asset)
    for amount, payer in ((30000, "budget"), (9000, "warranty"), (500, "penalty")):
        line(office, "work_costs", order, kind="contract", label="大修", on=TODAY, amount=amount, payer=payer)
    office.desk.do("work_costs.capitalise", work_order_id=order, on=TODAY, paper="财函1号")
    assert office.row("assets", asset)["cost"] == 1030000


def test_the_warranty_that_held_when_the_fault_was_reported_is_noticed_later(office: Office) -> None:
    asset = office.asset(warranty_until=TODAY)
    order = report(office, asset_id=asset)
    bill = {"kind": "contract", "label": "外协", "on": TODAY + 3 * D, "amount": 100}
    with pytest.raises(Invalid, match="under warranty"):
        line(on(office, TODAY + 3 * D), "work_costs", order, **bill)
    line(on(office, TODAY + 3 * D), "work_costs", order, **bill, despite_warranty="厂家拒赔")


def test_orders_of_plans_were_answered_by_nobody(office: Office) -> None:
    order = report(office)
    do(later(office, MONDAY + H), "accept", order)
    plan(office, title="泵房巡检", trade="plumbing", every=1, unit="week", building_id=office.building)
    generate(office, TODAY)
    found: Measures = office.desk.ask("work_orders.kpis", from_on=TODAY, until_on=TODAY).whole
    assert (found.reported, found.mean_response) == (2, 60)
    assert office.desk.ask("work_orders.pulse", at=MONDAY + 2 * H).answered == H


def test_a_reading_entered_before_a_meter_was_changed_counts(office: Office) -> None:
    meter = office.add("meters", compound_id=office.compound, name="水表", kind="water")
    for day, value, changed in ((30, 100, False), (10, 10, True), (5, 20, False), (20, 150, False)):
        last = office.add("meter_readings", compound_id=office.compound, meter_id=meter, on=TODAY - day * D,
                          value=value, restarted=changed)  # fmt: skip
    assert last
    totals = [row["total"] for row in office.desk.first(View("meter_readings", sort="on"), 9)]
    assert sorted(totals) == [100, 150, 160, 170]
