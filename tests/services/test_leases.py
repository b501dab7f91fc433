"""Letting and sharing: what it takes, what rent is due when, what becomes of the card, what waits for somebody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.lease import LeaseState, RentPeriod
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.rent_schedule import MONTHS, longer_than, months_on, schedule
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

TODAY = datetime.now(UTC).astimezone().date()
Y = date
PAPERS = {"approval_no": "批〔2026〕3号", "bidding_no": "竞-3", "appraisal_no": "评-3"}


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def draft(office: Office, **values: Any) -> UUID:
    given = {"lessee": "某咖啡公司", "from_on": Y(2024, 1, 1), "until_on": Y(2026, 12, 31), "rent": 1200000} | values
    made: UUID = office.desk.do("leases.draft", **given).value
    return made


def running(office: Office, asset: UUID, **values: Any) -> UUID:
    made = draft(office, asset_id=asset, **PAPERS | values)
    office.desk.do("leases.start", lease_id=made)
    return made


def sheet(office: Office, lease: UUID, on: date = TODAY) -> Any:
    return office.desk.ask("leases.sheet", lease_id=lease, on=on)


def due(office: Office, on: date) -> list[tuple[str, str, int]]:
    return [(row.waits.value, row.who, row.days) for row in office.desk.ask("leases.due", on=on)]


def status(office: Office, asset: UUID) -> str:
    return str(office.row("assets", asset)["status"])


def test_an_asset_is_let_with_a_rent_for_each_year_and_given_back(office: Office) -> None:
    asset = office.asset(status="idle")
    made = running(office, asset)
    assert status(office, asset) == "leased"
    rents = [(rent.due_on, rent.amount) for rent in sheet(office, made).rents]
    assert rents == [(Y(year, 1, 1), 1200000) for year in (2024, 2025, 2026)]
    with pytest.raises(Conflict, match="lease"):
        office.desk.do("disposals.draft", asset_ids=[asset], mode="scrapping", ground="over_age")
    with pytest.raises(Invalid, match="set by the document"):
        office.desk.do("assets.revise", asset_id=asset, status="in_use")
    first = sheet(office, made).rents[0].id
    office.desk.do("leases.receive", lease_rent_id=first, received_on=Y(2024, 1, 5))
    with pytest.raises(Invalid, match="end_reason” is required"):
        office.desk.do("leases.end", lease_id=made, ended_on=Y(2025, 6, 30))
    office.desk.do("leases.end", lease_id=made, ended_on=Y(2025, 6, 30), end_reason="承租方退租")
    now = sheet(office, made)
    assert status(office, asset) == "idle" and now.state is LeaseState.ENDED
    assert [r.due_on.year for r in now.rents] == [2024, 2025], "what never began is not due"
    office.desk.do("disposals.draft", asset_ids=[asset], mode="scrapping", ground="over_age")


def test_rent_is_received_then_paid_to_the_treasury(office: Office) -> None:
    made = draft(office, asset_id=office.asset(), **PAPERS)
    first, second, _ = (rent.id for rent in sheet(office, made).rents)
    with pytest.raises(Conflict, match="draft"):
        office.desk.do("leases.receive", lease_rent_id=first, received_on=Y(2024, 1, 5))
    office.desk.do("leases.start", lease_id=made)
    with pytest.raises(Conflict, match="not received"):
        office.desk.do("leases.pay", lease_rent_id=first, paid_on=TODAY, voucher="x")
    office.desk.do("leases.change_rent", lease_rent_id=second, amount=900000, due_on=Y(2025, 2, 1))
    office.desk.do("leases.receive", lease_rent_id=first, received_on=Y(2024, 1, 5))
    again: dict[str, dict[str, Any]] = {"change_rent": {"amount": 1}, "receive": {"received_on": TODAY}}
    for act, values in again.items():
        with pytest.raises(Conflict, match="was received"):
            office.desk.do(f"leases.{act}", lease_rent_id=first, **values)
    with pytest.raises(Invalid, match="before the day"):
        office.desk.do("leases.pay", lease_rent_id=first, paid_on=Y(2024, 1, 4), voucher="x")
    office.desk.do("leases.pay", lease_rent_id=first, paid_on=Y(2024, 1, 9), voucher="非税-1")
    with pytest.raises(Conflict, match="was paid"):
        office.desk.do("leases.pay", lease_rent_id=first, paid_on=TODAY, voucher="x")
    with pytest.raises(Invalid, match="ahead"):
        office.desk.do("leases.receive", lease_rent_id=second, received_on=TODAY + timedelta(days=1))
    now = sheet(office, made, Y(2025, 3, 1))
    assert (now.due, now.received, now.paid, now.overdue) == (3300000, 1200000, 1200000, 900000)


def test_a_lease_takes_approval_bidding_and_appraisal_and_a_fitting_term(office: Office) -> None:
    made = draft(office, asset_id=office.asset(), until_on=Y(2029, 1, 1))
    assert [gap.values["field"] for gap in sheet(office, made).missing] == [
        "lease.approval_no", "lease.bidding_no", "lease.appraisal_no", "lease.exception",
    ]  # fmt: skip
    office.desk.do("leases.revise", lease_id=made, **PAPERS)
    with pytest.raises(Conflict, match="Longer than 5 years"):
        office.desk.do("leases.start", lease_id=made)
    office.desk.do("leases.revise", lease_id=made, until_on=Y(2034, 1, 1), exception="装修投入大")
    with pytest.raises(Conflict, match="Longer than 10 years"):
        office.desk.do("leases.start", lease_id=made)
    office.desk.do("leases.revise", lease_id=made, until_on=Y(2033, 12, 31))
    office.desk.do("leases.start", lease_id=made)
    assert sheet(office, made).long


def test_five_years_to_the_day_need_no_exception(office: Office) -> None:
    running(office, office.asset(), until_on=Y(2028, 12, 31))


def test_other_terms_make_the_rents_anew_while_it_is_a_draft(office: Office) -> None:
    made = draft(office, asset_id=office.asset(), period="quarter", until_on=Y(2024, 12, 31))
    assert len(sheet(office, made).rents) == 4
    office.desk.do("leases.revise", lease_id=made, period="month", rent=5)
    assert [rent.amount for rent in sheet(office, made).rents] == [5] * 12
    rent = sheet(office, made).rents[3].id
    office.desk.do("leases.change_rent", lease_rent_id=rent, amount=7)
    office.desk.do("leases.revise", lease_id=made, contact="王某")
    assert sheet(office, made).rents[3].amount == 7, "what was typed stays while the terms do"
    office.desk.do("leases.cancel", lease_id=made)
    assert office.desk.count(View("lease_rents")) == 0
    with pytest.raises(Conflict, match="cancelled"):
        office.desk.do("leases.start", lease_id=made)


def test_office_rooms_and_places_without_a_clear_title_are_not_let(office: Office) -> None:
    desk_room = office.add(
        "rooms", compound_id=office.compound, building_id=office.building, number="303", use="office"
    )
    shop = office.add("rooms", compound_id=office.compound, building_id=office.building, number="101", use="ancillary")
    made = draft(office, room_id=shop, **PAPERS)
    with pytest.raises(Conflict, match="not registered"):
        office.desk.do("leases.start", lease_id=made)
    enter(office.desk, title(office), "first_registration", Y(2020, 1, 1), party="某局")
    office.desk.do("leases.start", lease_id=made)
    refused = draft(office, room_id=desk_room, **PAPERS)
    with pytest.raises(Conflict, match="office space"):
        office.desk.do("leases.start", lease_id=refused)
    office.add(
        "occupancies", compound_id=office.compound, room_id=office.room, unit_id=office.unit, from_on=Y(2023, 1, 1)
    )
    used = draft(office, room_id=office.room, **PAPERS)
    with pytest.raises(Conflict, match="in use"):
        office.desk.do("leases.start", lease_id=used)


def test_one_place_is_let_once_at_a_time(office: Office) -> None:
    first = draft(office, room_id=office.room)
    for values in ({"room_id": office.room}, {"building_id": office.building}):
        with pytest.raises(Conflict, match="lets this place"):
            draft(office, **values)
    draft(office, room_id=office.room, from_on=Y(2027, 1, 1), until_on=Y(2027, 12, 31))
    office.desk.do("leases.cancel", lease_id=first)
    draft(office, room_id=office.room)
    asset = office.asset()
    held = draft(office, asset_id=asset)
    with pytest.raises(Conflict, match="already"):
        draft(office, asset_id=asset)
    office.desk.do("leases.revise", lease_id=held, contact="王某")


def test_a_lease_is_of_one_thing(office: Office) -> None:
    for values in ({}, {"asset_id": office.asset(), "room_id": office.room}):
        with pytest.raises(Invalid, match="what is let"):
            draft(office, **values)
    with pytest.raises(Conflict, match="another building"):
        draft(office, room_id=office.far_room, building_id=office.building)
    with pytest.raises(Invalid, match="after"):
        draft(office, asset_id=office.asset(), until_on=Y(2023, 1, 1))


def test_sharing_takes_an_agreement_and_leaves_the_status(office: Office) -> None:
    asset = office.asset()
    made = draft(office, asset_id=asset, kind="share", lessee="某兄弟单位", rent=100000)
    with pytest.raises(Conflict, match="contract_no"):
        office.desk.do("leases.start", lease_id=made)
    office.desk.do("leases.revise", lease_id=made, contract_no="共享-1")
    office.desk.do("leases.start", lease_id=made)
    row = office.row("assets", asset)
    assert (row["shared"], row["status"]) == (True, "in_use")
    office.desk.do("leases.end", lease_id=made, ended_on=TODAY, end_reason="另有安排")
    assert office.row("assets", asset)["shared"] is False


def test_what_waits_is_listed_the_oldest_first(office: Office) -> None:
    made = running(office, office.asset())
    assert due(office, Y(2024, 1, 1)) == [], "due today is not late"
    assert due(office, Y(2024, 1, 2)) == [("overdue", "某咖啡公司", 1)]
    first = sheet(office, made).rents[0].id
    office.desk.do("leases.receive", lease_rent_id=first, received_on=Y(2024, 1, 5))
    assert due(office, Y(2024, 2, 4)) == [] and due(office, Y(2024, 2, 5)) == [("unpaid", "某咖啡公司", 31)]
    office.desk.do("leases.pay", lease_rent_id=first, paid_on=Y(2024, 2, 5), voucher="x")
    assert [row[0] for row in due(office, Y(2026, 10, 2))] == ["overdue", "overdue", "ending"]
    assert due(office, Y(2027, 1, 1))[-1] == ("over", "某咖啡公司", 1)


def test_the_register_is_a_paper(office: Office) -> None:
    with pytest.raises(Invalid, match="no leases"):
        office.desk.ask("leases.register", on=TODAY)
    running(office, office.asset())
    assert office.desk.ask("leases.register", on=TODAY)[:4] == b"%PDF"


DAYS = st.dates(Y(2000, 1, 1), Y(2040, 1, 1))


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(0, 4000), st.integers(0, 10**12), st.sampled_from(list(RentPeriod)))
def test_periods_follow_each_other_and_cover_the_term(start: date, days: int, rent: int, period: RentPeriod) -> None:
    end = start + timedelta(days=days)
    parts = list(schedule(start, end, rent, period))
    assert parts[0].from_on == start and parts[-1].until_on == end
    assert all(a.until_on + timedelta(days=1) == b.from_on for a, b in pairwise(parts))
    assert all(part.amount == rent for part in parts[:-1]) and 0 <= parts[-1].amount <= rent
    if period is not RentPeriod.ONCE:
        whole = [months_on(start, at * MONTHS[period]) for at in range(len(parts))]
        assert [part.from_on for part in parts] == whole, "the day of the month comes back"
        last = parts[-1]
        full = (months_on(start, len(parts) * MONTHS[period]) - last.from_on).days
        share = rent * ((last.until_on - last.from_on).days + 1) / full
        assert abs(last.amount - share) <= 0.5 + rent * 1e-12


def test_months_end_where_months_end() -> None:
    parts = list(schedule(Y(2024, 1, 31), Y(2024, 5, 30), 100, RentPeriod.MONTH))
    assert [part.from_on for part in parts] == [Y(2024, 1, 31), Y(2024, 2, 29), Y(2024, 3, 31), Y(2024, 4, 30)]
    assert [part.amount for part in parts] == [100] * 4
    assert not longer_than(Y(2024, 2, 29), Y(2029, 2, 27), 5) and longer_than(Y(2024, 2, 29), Y(2029, 2, 28), 5)
