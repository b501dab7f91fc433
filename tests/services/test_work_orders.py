"""Work orders: reported with deadlines, carried through every state, given to nobody who may not do them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.work_states import BACK, FORWARD, STEPS, WorkState, further, furthest
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from tests.services.people import Office, found

MONDAY = datetime.fromisoformat("2026-11-23 09:00").astimezone()
S = WorkState


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(replace(desk, clock=lambda: MONDAY.astimezone(UTC)))


def at(office: Office, instant: datetime) -> Desk:
    return replace(office.desk, clock=lambda: instant.astimezone(UTC))


def report(office: Office, **values: Any) -> UUID:
    given = {"compound_id": office.compound, "title": "水管漏水", "trade": "plumbing", "room_id": office.room}
    return office.add("work_orders", **given | values)


def do(office: Office, step: str, order: UUID, **values: Any) -> None:
    office.desk.do(f"work_orders.{step}", work_order_id=order, **values)


def test_an_order_has_a_number_a_place_and_the_deadlines_of_its_priority(office: Office) -> None:
    row = office.row("work_orders", report(office))
    assert row["number"].startswith("WX-JGSW-2026-")
    assert row["building_id"] == office.building, "the room says its building"
    assert row["respond_due"] == MONDAY + timedelta(hours=2)
    assert row["completion_due"] == datetime.fromisoformat("2026-11-26 09:00").astimezone()


def test_an_emergency_is_counted_by_every_hour(office: Office) -> None:
    night = datetime.fromisoformat("2026-11-22 23:00").astimezone()
    row = office.row("work_orders", report(office, priority="emergency", reported_at=night))
    assert row["respond_due"] == night + timedelta(minutes=30)
    assert row["completion_due"] == night + timedelta(hours=4)


def test_what_a_compound_promises_comes_before_the_shipped_level(office: Office) -> None:
    promise = {"priority": "normal", "clock": "working", "from_on": MONDAY.date(), "basis": "服务承诺"}
    office.add("service_levels", complete_minutes=60, **promise)
    office.add("service_levels", compound_id=office.compound, trade="plumbing", complete_minutes=30, **promise)
    assert office.row("work_orders", report(office))["completion_due"] == MONDAY + timedelta(minutes=30)
    other = report(office, trade="masonry")
    assert office.row("work_orders", other)["completion_due"] == MONDAY + timedelta(hours=1)


def test_a_day_off_of_the_compound_moves_the_deadline(office: Office) -> None:
    office.add("calendar_days", compound_id=office.compound, on=MONDAY.date(), kind="holiday", name="停水检修")
    tuesday = datetime.fromisoformat("2026-11-24 10:30").astimezone()
    assert office.row("work_orders", report(office))["respond_due"] == tuesday


def test_where_it_is_must_be_said_and_fit(office: Office) -> None:
    with pytest.raises(Invalid, match="Say where"):
        report(office, room_id=None)
    with pytest.raises(Conflict, match="another compound"):
        report(office, room_id=office.far_room)
    asset = office.asset(room_id=office.room, building_id=office.building)
    assert office.row("work_orders", report(office, room_id=None, asset_id=asset))["room_id"] == office.room


def test_from_the_report_to_the_end(office: Office) -> None:
    order = report(office)
    do(office, "accept", order)
    do(office, "assign", order, technician_id=office.giver)
    for step in ("depart", "begin"):
        do(office, step, order)
    do(office, "finish", order, result="更换阀门", cause="老化")
    do(office, "check", order)
    do(office, "rate", order, speed=5, quality=4, manner=5)
    do(office, "close", order)
    row = office.row("work_orders", order)
    assert (row["state"], row["responded_at"], row["closed_at"]) == ("closed", MONDAY, MONDAY)
    steps = office.desk.first(View("work_order_steps", filters=(("work_order_id", (order,)),)), 100)
    assert {s["became"] for s in steps} == {
        "reported", "accepted", "assigned", "travelling", "working", "done", "checked", "rated", "closed"
    }  # fmt: skip
    assert {s["account"] for s in steps} == {"li.wei"}


def test_what_was_not_done_is_opened_again_and_its_history_stays(office: Office) -> None:
    order = report(office)
    do(office, "accept", order)
    do(office, "assign", order, technician_id=office.giver)
    do(office, "begin", order)
    do(office, "finish", order, result="擦干")
    do(office, "redo", order, word="还在漏")
    row = office.row("work_orders", order)
    assert (row["state"], row["reopened"], row["done_at"]) == ("working", 1, None)
    steps = office.desk.first(View("work_order_steps", filters=(("work_order_id", (order,)),)), 100)
    assert [s["word"] for s in steps if s["word"]] == ["还在漏"]


def test_what_waits_goes_on_and_what_was_done_is_redone_by_no_other_way(office: Office) -> None:
    order = report(office)
    do(office, "accept", order)
    do(office, "assign", order, technician_id=office.giver)
    do(office, "hold", order, hold_reason="part")
    for step in ("accept", "begin"):
        with pytest.raises(Conflict, match="cannot be done"):
            do(office, step, order)
    do(office, "resume", order)
    do(office, "begin", order)
    do(office, "finish", order, result="好了")
    with pytest.raises(Conflict, match="cannot be done"):
        do(office, "begin", order)


@pytest.mark.parametrize("reason", ["consent", "part"])
def test_the_deadline_waits_only_for_reasons_that_pause_it(office: Office, reason: str) -> None:
    order = report(office)
    do(office, "accept", order)
    do(office, "hold", order, hold_reason=reason)
    later = datetime.fromisoformat("2026-11-24 10:00").astimezone()
    at(office, later).do("work_orders.resume", work_order_id=order)
    row = office.row("work_orders", order)
    waited = "2026-11-27 10:00" if reason == "consent" else "2026-11-26 09:00"  # nine hours of work: a day and a half
    assert row["state"] == "accepted"
    assert row["completion_due"] == datetime.fromisoformat(waited).astimezone()


def test_nobody_without_the_certificate_is_given_the_work(office: Office) -> None:
    order = report(office, title="更换配电箱", trade="electric")
    do(office, "accept", order)
    with pytest.raises(Conflict, match="there is no certificate"):
        do(office, "assign", order, technician_id=office.giver)
    held = {"compound_id": office.compound, "staff_id": office.giver, "kind": "low_voltage", "paper_no": "T001"}
    office.add("certificates", number="T1", issued_on=MONDAY.date() - timedelta(days=400),
               valid_until=MONDAY.date() + timedelta(days=1), **held)  # fmt: skip
    with pytest.raises(Conflict, match="expired"):
        do(office, "assign", order, technician_id=office.giver, planned_from=MONDAY + timedelta(days=9))
    do(office, "assign", order, technician_id=office.giver)


def test_that_somebody_did_it_without_is_written_down_and_flagged(office: Office) -> None:
    order = report(office, trade="electric")
    do(office, "accept", order)
    do(office, "assign", order, team_id=office.unit)
    with pytest.raises(Conflict, match="has not been begun"):
        do(office, "flag", order, technician_id=office.giver, unlicensed_why="抢修")
    do(office, "begin", order)
    do(office, "flag", order, technician_id=office.giver, unlicensed_why="夜间抢修，持证人未到")
    flagged = office.desk.first(View("work_orders_flagged"), 10)
    assert [row["id"] for row in flagged] == [order]


def test_lifts_are_kept_by_licensed_firms_only(office: Office) -> None:
    order = report(office, trade="lift")
    do(office, "accept", order)
    with pytest.raises(Conflict, match="Only a licensed firm"):
        do(office, "assign", order, technician_id=office.giver)
    firm = office.add("providers", name="永升电梯")
    with pytest.raises(Conflict, match="no valid licence"):
        do(office, "assign", order, provider_id=firm)
    office.add("provider_licences", provider_id=firm, licence="lift_repair", paper_no="TS1",
               issued_on=MONDAY.date() - timedelta(days=9), valid_until=MONDAY.date())  # fmt: skip
    do(office, "assign", order, provider_id=firm)
    with pytest.raises(Conflict, match="no valid licence"):
        do(office, "assign", order, provider_id=firm, planned_from=MONDAY + timedelta(days=1))


def test_the_same_fault_is_merged_and_one_that_ended_takes_no_other(office: Office) -> None:
    one, two, three = report(office), report(office), report(office)
    do(office, "merge", two, merged_into_id=one)
    row = office.row("work_orders", two)
    assert (row["state"], row["merged_into_id"]) == ("merged", one)
    with pytest.raises(Conflict, match="has ended"):
        do(office, "merge", three, merged_into_id=two)
    with pytest.raises(Invalid, match="itself"):
        do(office, "merge", three, merged_into_id=three)


def test_the_order_another_is_merged_into_keeps_what_was_promised_for_either(office: Office) -> None:
    """As urgent as the more urgent, due when the first is due, with the permit and certificate either asks for; in
    both directions alike. What was done on the other, and what it cost, stays there."""
    for swapped in (False, True):
        calm = report(office, needs="crane_work" if swapped else None)
        night = report(office, priority="emergency", permit="fire", reported_at=MONDAY - timedelta(hours=2))
        one, two = (night, calm) if swapped else (calm, night)
        due = {name: min(office.row("work_orders", id)[name] for id in (one, two))
               for name in ("respond_due", "completion_due")}  # fmt: skip
        office.add("work_costs", compound_id=office.compound, work_order_id=two, kind="other", label="车费",
                   on=MONDAY.date(), amount=500)  # fmt: skip
        do(office, "merge", two, merged_into_id=one)
        row = office.row("work_orders", one)
        assert {name: row[name] for name in due} == due
        assert (row["priority"], row["permit"], row["state"]) == ("emergency", "fire", "reported")
        assert row["needs"] == ("crane_work" if swapped else None)
        filters = (("work_order_id", (two,)),)
        assert len(office.desk.first(View("work_costs", filters=filters), 9)) == 1
        (link,) = office.desk.first(View("work_order_links", filters=filters), 9)
        assert (link["kind"], link["other_id"]) == ("duplicate", one)
        do(office, "accept", two)
        assert office.row("work_orders", one)["priority"] == "emergency", "another fault after all: the promise stays"


def test_an_order_that_was_begun_is_not_merged_into_one_nobody_has_begun(office: Office) -> None:
    begun, fresh = report(office), report(office)
    do(office, "accept", begun)
    do(office, "assign", begun, technician_id=office.giver)
    do(office, "begin", begun)
    do(office, "hold", begun, hold_reason="part")
    with pytest.raises(Conflict, match="has begun"):
        do(office, "merge", begun, merged_into_id=fresh)
    do(office, "merge", fresh, merged_into_id=begun)


def test_whoever_has_the_order_has_to_be_allowed_what_the_other_needs(office: Office) -> None:
    one, two = report(office), report(office, needs="welding_work")
    do(office, "accept", one)
    do(office, "assign", one, technician_id=office.giver)
    with pytest.raises(Conflict, match="may not do this work"):
        do(office, "merge", two, merged_into_id=one)


def test_what_has_to_be_done_before_stands_against_the_end(office: Office) -> None:
    first, then = report(office), report(office)
    office.add("work_order_links", compound_id=office.compound, work_order_id=first, kind="blocking", other_id=then)
    for order in (then, first):
        do(office, "accept", order)
        do(office, "assign", order, technician_id=office.giver)
        do(office, "begin", order)
    with pytest.raises(Conflict, match="first"):
        do(office, "finish", then, result="好了")
    do(office, "finish", first, result="好了")
    do(office, "finish", then, result="好了")


def test_an_order_somebody_works_on_is_not_removed(office: Office) -> None:
    order, mistake = report(office), report(office)
    office.desk.do("work_orders.remove", work_order_id=mistake)
    do(office, "accept", order)
    with pytest.raises(Conflict, match="cancel it instead"):
        office.desk.do("work_orders.remove", work_order_id=order)


def test_points_beyond_five_are_refused(office: Office) -> None:
    with pytest.raises(Invalid, match="from 1 to 5"):
        do(office, "rate", report(office), speed=6, quality=1, manner=1)


@given(st.sampled_from(S), st.sampled_from(S))
def test_every_step_leads_forward_or_back_and_never_both(one: WorkState, other: WorkState) -> None:
    assert not FORWARD[one] & BACK.get(one, frozenset())
    assert further(one, other) == further(other, one)
    if other in FORWARD[one]:
        assert further(one, other) is other


SAID = st.frozensets(st.sampled_from(S), min_size=1)


@given(SAID, SAID, SAID)
def test_offices_put_together_in_any_order_agree(one: frozenset[S], two: frozenset[S], three: frozenset[S]) -> None:
    """Commutative, associative, idempotent: no way of exchanging makes another answer."""
    assert furthest(one, two) == furthest(two, one)
    assert furthest(furthest(one, two), three) == furthest(one, furthest(two, three))
    assert furthest(furthest(one, two), two) == furthest(one, two)
    assert furthest(one, one) == furthest(one, furthest(one, one)) != frozenset()


@given(st.sampled_from(S), st.sampled_from(S), st.sampled_from(S))
def test_what_one_office_finds_further_every_office_does(one: S, two: S, three: S) -> None:
    assert further(one, one) is one
    assert further(one, two) is further(two, one)
    first, last = further(one, two), further(two, three)
    if first is not None and last is not None:
        assert further(first, three) is further(one, last)


def test_every_state_can_be_reached_and_left() -> None:
    assert {to for ways in STEPS.values() for to in ways} == set(S) - {S.REPORTED} | {S.REPORTED}
    assert {s for s in S if not STEPS[s]} == {S.TRANSFERRED, S.CANCELLED}


def test_work_nobody_rates_is_closed_without_points(office: Office) -> None:
    order = report(office, kind="preventive", priority="planned")
    do(office, "accept", order)
    do(office, "assign", order, technician_id=office.giver)
    do(office, "begin", order)
    do(office, "finish", order, result="已保养")
    do(office, "check", order)
    do(office, "close", order)
    day = MONDAY.date()
    whole = office.desk.ask("work_orders.kpis", from_on=day, until_on=day).whole
    assert office.row("work_orders", order)["state"] == "closed"
    assert (whole.done, whole.rated, whole.satisfaction) == (1, 0, None)
