"""Money of disposals and leases where their steps meet, and what is printed or numbered of what left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from tests.services.people import Office, found
from tests.services.test_asset_life import TODAY, at
from tests.services.test_asset_values import bought
from tests.services.test_disposals import PAPERS, executed
from tests.services.test_leases import running


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def approved(office: Office, card: UUID, authority: str = "finance", on: date = TODAY) -> UUID:
    terms: dict[str, Any] = {"mode": "scrapping", "ground": "over_age", "level": "city"}
    made: UUID = office.desk.do("disposals.draft", asset_ids=[card], **terms).value
    for item in PAPERS:
        office.desk.do("disposals.file", disposal_id=made, item=item, paper_no="1")
    office.desk.do("disposals.apply", disposal_id=made)
    said = {"authority": authority, "approval_no": "1", "approved_on": on}
    office.desk.do("disposals.approve", disposal_id=made, **said)
    return made


def test_a_cancelled_disposal_expects_no_sum_any_more(office: Office) -> None:
    made = approved(office, office.asset())
    sum_ = {"kind": "scrap", "amount": 5000, "due_on": TODAY - timedelta(days=3)}
    office.desk.do("disposals.earn", disposal_id=made, **sum_)
    assert [row.kind for row in office.desk.ask("leases.due", on=TODAY)] == ["disposal"]
    office.desk.do("disposals.cancel", disposal_id=made)
    assert office.desk.ask("leases.due", on=TODAY) == []


def test_what_costs_have_eaten_waits_for_nobody(office: Office) -> None:
    made = approved(office, office.asset())
    for kind, amount in (("scrap", 5000), ("auction", 9000)):
        sum_ = office.desk.do("disposals.earn", disposal_id=made, kind=kind, amount=amount).value
        office.desk.do("disposals.receive", disposal_income_id=sum_, received_on=TODAY)
    assert office.desk.ask("leases.due", on=TODAY + timedelta(days=400)) == []


def test_what_became_dearer_after_the_approval_does_not_leave_on_it(office: Office) -> None:
    card = office.asset(cost=100_000)
    made = approved(office, card, authority="department")
    office.desk.do("assets.revise", asset_id=card, cost=9_000_000_00)
    with pytest.raises(Conflict, match="takes the approval"):
        office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY)


def test_nothing_leaves_before_its_value_was_changed(office: Office) -> None:
    before = TODAY - timedelta(days=2)
    at(office, before)
    card = office.asset(acquired_on=before, life_months=60)
    made = approved(office, card, on=before)
    at(office, TODAY)
    change = {"kind": "increase", "on": TODAY, "cost": 400_000, "paper": "1"}
    office.desk.do("assets.change_value", asset_id=card, **change)
    with pytest.raises(Invalid, match="lies before"):
        office.desk.do("disposals.execute", disposal_id=made, executed_on=before)
    office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY)


def test_a_thing_shared_for_nothing_has_no_rent_that_waits(office: Office) -> None:
    terms = {"from_on": date(2024, 1, 1), "until_on": date(2026, 12, 31), "rent": 0, "lessee": "某局", "kind": "share"}
    made = office.desk.do("leases.draft", asset_id=office.asset(), approval_no="1", contract_no="1", **terms).value
    office.desk.do("leases.start", lease_id=made)
    assert [row.waits.value for row in office.desk.ask("leases.due", on=date(2026, 6, 1))] == []


def test_a_lease_has_not_ended_before_its_last_day_came(office: Office) -> None:
    made = running(office, office.asset(status="idle"), until_on=TODAY + timedelta(days=90))
    with pytest.raises(Invalid, match="lies ahead"):
        office.desk.do("leases.end", lease_id=made, ended_on=TODAY + timedelta(days=30), end_reason="x")


def test_a_label_is_printed_for_nothing_that_left(office: Office) -> None:
    gone, here = office.asset(), office.asset()
    executed(office, gone)
    assert office.desk.ask("labels.changed", since=TODAY) == [here]


def test_no_two_kinds_of_paper_share_a_series(office: Office) -> None:
    office.asset(acquired_on=date(2026, 1, 8))
    office.desk.do("depreciation.book", month=date(2026, 6, 1))
    running(office, office.asset(status="idle"))
    runs, rents = (
        {row["number"].split("-")[0] for row in office.desk.first(View(of), 9)}
        for of in ("depreciation_runs", "lease_rents")
    )
    assert not runs & rents


def test_a_part_with_its_value_gets_a_card_of_its_own(office: Office) -> None:
    server = bought(office, date(2026, 1, 8), life_months=72)
    day = {"asset_ids": [server], "on": date(2026, 11, 20)}
    before = office.desk.ask("depreciation.worth", **day)[server]
    for values, why in (
        ({}, "how many pieces"),
        ({"cost": 720000}, "less than the whole"),
        ({"quantity": 1}, "at least"),
    ):
        with pytest.raises(Invalid, match=why):
            office.desk.do("assets.split", asset_id=server, **values)
    disks = office.desk.do("assets.split", asset_id=server, cost=200000, name="磁盘阵列").value
    row = office.row("assets", disks)
    assert (row["name"], row["quantity"], row["cost"]) == ("磁盘阵列", 1, 200000)
    assert (office.row("assets", server)["quantity"], office.row("assets", server)["cost"]) == (1, 520000)
    now = office.desk.ask("depreciation.worth", **day | {"asset_ids": [server, disks]})
    assert tuple(map(sum, zip(*now.values(), strict=True))) == before
