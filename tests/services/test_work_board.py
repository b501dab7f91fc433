"""The board, the calendar and who could do a job: what stands where, what is late, who is free and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from models.work_states import WorkState
from services.desk.desk import Desk
from services.desk.errors import Conflict, Missing
from services.work_board import LANE_OF, LANES, Card, Lane
from services.work_order_sheet import OrderSheet
from services.workload import Workload
from tests.services.people import Office, found
from tests.services.reach_work import WAYS

NOW = datetime.fromisoformat("2026-11-23 09:00").astimezone(UTC)
TODAY = NOW.astimezone().date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(replace(desk, clock=lambda: NOW))


def report(office: Office, title: str = "漏水", **values: Any) -> UUID:
    given = {"compound_id": office.compound, "trade": "plumbing", "room_id": office.room}
    return office.add("work_orders", title=title, **given | values)


def walk(office: Office, order: UUID, *steps: str, **who: Any) -> UUID:
    asks: dict[str, dict[str, Any]] = {
        "assign": who or {"technician_id": office.giver}, "finish": {"result": "x"},
        "rate": {"speed": 5, "quality": 4, "manner": 5},
    }  # fmt: skip
    for step in steps:
        office.desk.do(f"work_orders.{step}", work_order_id=order, **asks.get(step, {}))
    return order


def board(desk: Desk, at: datetime = NOW, **only: Any) -> dict[str, Lane]:
    return {lane.name: lane for lane in desk.ask("work_orders.board", at=at, **only)}


def titles(lane: Lane) -> list[str]:
    return [card.title for card in lane.cards]


def test_every_state_that_is_not_over_has_a_lane() -> None:
    assert set(LANE_OF) == set(WorkState) - {"closed", "transferred", "merged", "cancelled"}
    assert list(LANES) == ["reported", "assigned", "working", "done"]


def test_orders_stand_in_the_lane_of_their_state_the_nearest_deadline_first(office: Office) -> None:
    report(office, "一般")
    report(office, "紧急", priority="emergency")
    walk(office, report(office, "已收"), "accept")
    walk(office, report(office, "在修"), "accept", "assign", "begin")
    walk(office, report(office, "修好"), "accept", "assign", "begin", "finish")
    walk(office, report(office, "关了"), *WAYS["close"], "close")
    lanes = board(office.desk)
    assert titles(lanes["reported"])[0] == "紧急" and lanes["reported"].total == 3
    assert (titles(lanes["assigned"]), titles(lanes["working"]), titles(lanes["done"])) == ([], ["在修"], ["修好"])
    [card] = lanes["working"].cards
    assert (card.technician, card.where, card.compound) == ("李秀英", ("1号楼", "302"), "建设路大院")


def test_late_is_counted_by_the_answer_first_and_by_the_work_afterwards(office: Office) -> None:
    report(office, "没人理", priority="emergency")
    walk(office, report(office, "做得慢", priority="emergency"), "accept", "assign", "begin")
    walk(office, report(office, "做完了", priority="emergency"), "accept", "assign", "begin", "finish")
    soon, later = (board(office.desk, NOW + timedelta(minutes=n)) for n in (31, 241))
    assert [lane.late for lane in soon.values()] == [1, 0, 0, 0]
    assert [lane.late for lane in later.values()] == [1, 0, 1, 0]
    for lanes, at in ((soon, 31), (later, 241)):
        for lane in lanes.values():
            assert lane.late == sum(card.late(NOW + timedelta(minutes=at)) for card in lane.cards)


def test_filters_let_through_what_they_say_and_nobody_means_what_nobody_has(office: Office) -> None:
    report(office, "甲", priority="urgent")
    walk(office, report(office, "乙", trade="masonry"), "accept", "assign", technician_id=office.taker)
    report(office, "丙", compound_id=office.elsewhere, room_id=office.far_room)
    every = {"甲", "乙", "丙"}
    for only, wanted in (
        ({}, every), ({"priorities": ["urgent"]}, {"甲"}), ({"trades": ["masonry", "pest"]}, {"乙"}),
        ({"technician_ids": [office.taker]}, {"乙"}), ({"technician_ids": [None]}, {"甲", "丙"}),
        ({"technician_ids": [None, office.taker]}, every), ({"compound_ids": [office.elsewhere]}, {"丙"}),
        ({"building_ids": [office.building]}, {"甲", "乙"}),
    ):  # fmt: skip
        lanes = board(office.desk, **only)
        assert {title for lane in lanes.values() for title in titles(lane)} == wanted, only
        assert sum(lane.total for lane in lanes.values()) == len(wanted)


def test_of_many_the_first_are_there_and_all_are_counted_in_two_statements(office: Office) -> None:
    for n in range(6):
        report(office, f"第{n}件", priority="emergency", reported_at=NOW - timedelta(hours=n))
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "work_order" in statement:
            sent.append(statement)

    event.listen(office.desk.store.engine, "before_cursor_execute", note)
    lane = board(office.desk, most=4)["reported"]
    event.remove(office.desk.store.engine, "before_cursor_execute", note)
    assert (lane.total, lane.more, titles(lane)) == (6, 2, ["第5件", "第4件", "第3件", "第2件"])
    assert len(sent) <= 2


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(minutes=st.integers(-5000, 5000), state=st.sampled_from(list(LANE_OF)))
def test_a_card_is_late_only_once_its_own_deadline_has_passed(minutes: int, state: WorkState) -> None:
    none = UUID(int=0)
    due = NOW + timedelta(minutes=minutes)
    card = Card(none, "1", "x", state, "normal", "x", none, "", "", "", "", NOW, due, due, None, None, "", None, None,  # type: ignore[arg-type]
                None, "", "", "")  # fmt: skip
    assert card.late(NOW) is (minutes < 0 and LANE_OF[state] != "done")


def test_the_figures_are_those_of_the_week_and_of_the_last_ratings(office: Office) -> None:
    walk(office, report(office, reported_at=NOW - timedelta(minutes=30)), *WAYS["close"], "close")
    report(office)
    report(office, reported_at=NOW - timedelta(days=20))
    pulse = office.desk.ask("work_orders.pulse", at=NOW)
    assert (pulse.new, pulse.answered, pulse.rated, pulse.content) == (2, timedelta(minutes=30), 1, 1000)


def test_the_page_shows_steps_in_order_and_links_from_both_sides(office: Office) -> None:
    first, second = walk(office, report(office, "先"), "accept"), report(office, "后")
    office.add("work_order_links", compound_id=office.compound, work_order_id=first, kind="blocking", other_id=second)
    sheet: OrderSheet = office.desk.ask("work_orders.sheet", work_order_id=first)
    assert [step.became for step in sheet.steps] == ["reported", "accepted"]
    assert [(link.title, link.first) for link in sheet.links] == [("后", True)]
    other: OrderSheet = office.desk.ask("work_orders.sheet", work_order_id=second)
    assert [(link.title, link.first) for link in other.links] == [("先", False)]
    with pytest.raises(Missing):
        office.desk.ask("work_orders.sheet", work_order_id=UUID(int=1))


def test_similar_work_is_what_is_open_in_the_room_or_of_the_trade_in_the_building(office: Office) -> None:
    room = office.add("rooms", compound_id=office.compound, building_id=office.building, number="401")
    report(office, "同室", trade="masonry")
    report(office, "同楼同工种", room_id=room)
    report(office, "同楼别的工种", room_id=room, trade="pest")
    walk(office, report(office, "修好了"), "accept", "assign", "begin", "finish", "check")
    asked = {"compound_id": office.compound, "building_id": office.building, "trade": "plumbing"}
    here = office.desk.ask("work_orders.open_here", room_id=office.room, **asked)
    assert {card.title for card in here} == {"同室", "同楼同工种"}
    assert office.desk.ask("work_orders.open_here", compound_id=office.compound) == []


def test_days_show_what_is_planned_and_what_waits_for_a_day(office: Office) -> None:
    walk(office, report(office, "有日子"), "accept", "assign", technician_id=office.giver, planned_from=NOW)
    walk(office, report(office, "没日子"), "accept")
    walk(office, report(office, "别的日子"), "accept", "assign", technician_id=office.giver,
         planned_from=NOW + timedelta(days=9))  # fmt: skip
    span = {"first": NOW, "last": NOW + timedelta(days=1)}
    shown = office.desk.ask("work_orders.planned", **span)
    assert ([c.title for c in shown.days], [c.title for c in shown.waiting]) == (["有日子"], ["没日子"])
    mine = office.desk.ask("work_orders.planned", technician_ids=[office.taker], **span)
    assert mine.days == ()


def test_who_may_and_is_free_comes_first_and_who_may_not_is_told_why(office: Office) -> None:
    for who, until in ((office.taker, None), (office.witness, TODAY - timedelta(days=1))):
        office.add("certificates", compound_id=office.compound, staff_id=who, kind="low_voltage", paper_no=f"T{who}",
                   issued_on=TODAY - timedelta(days=90), **({"valid_until": until} if until else {}))  # fmt: skip
    order = walk(office, report(office, "断电", trade="electric"), "accept")
    walk(office, report(office, "别处"), "accept", "assign", technician_id=office.taker, planned_from=NOW)
    load: Workload = office.desk.ask("work_orders.workload", work_order_id=order, on=TODAY)
    assert load.asks == ("low_voltage_work",)
    first, *others = load.people
    assert (first.name, first.busy, first.open, first.against) == ("王建国", 1, 1, ())
    assert {one.name: [r.code for r in one.against] for one in others} == {"李秀英": ["missing"], "赵磊": ["expired"]}
    next_day: Workload = office.desk.ask("work_orders.workload", work_order_id=order, on=TODAY + timedelta(days=1))
    assert next_day.people[0].busy == 0


def test_only_a_licensed_firm_stands_free_for_a_lift(office: Office) -> None:
    good, bad = (office.add("providers", name=name) for name in ("持证", "过期"))
    for firm, until in ((good, None), (bad, TODAY - timedelta(days=1))):
        office.add("provider_licences", provider_id=firm, licence="lift_repair", paper_no=f"L{firm}",
                   issued_on=TODAY - timedelta(days=900), **({"valid_until": until} if until else {}))  # fmt: skip
    order = walk(office, report(office, "困人", trade="lift"), "accept")
    load: Workload = office.desk.ask("work_orders.workload", work_order_id=order, on=TODAY)
    assert all("firm_only" in [reason.code for reason in one.against] for one in load.people)
    assert [(firm.name, bool(firm.against)) for firm in load.firms] == [("持证", False), ("过期", True)]


def test_what_a_rule_of_the_trade_forbids_is_told_and_refused(office: Office) -> None:
    """总局令第30号 art. 4: special operations take somebody of 18 at least."""
    child = office.add("staff", compound_id=office.compound, number="P9", name="小王",
                       born_on=TODAY.replace(year=TODAY.year - 17))  # fmt: skip
    office.add("certificates", compound_id=office.compound, staff_id=child, kind="low_voltage", paper_no="T9",
               issued_on=TODAY - timedelta(days=30))  # fmt: skip
    order = walk(office, report(office, "断电", trade="electric"), "accept")
    load: Workload = office.desk.ask("work_orders.workload", work_order_id=order, on=TODAY)
    assert [r.code for one in load.people if one.id == child for r in one.against] == ["young"]
    with pytest.raises(Conflict, match="小王 may not do this work"):
        walk(office, order, "assign", technician_id=child)
