"""What a plan says of its orders goes onto each of them: the lines of its checklist, the permit its work takes; and
what an office may say instead of the law."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.listing import View
from tests.services.people import Office
from tests.services.test_work_checklists import LINES, lines, template
from tests.services.working import MONDAY, at, do, line, opened

TODAY = MONDAY.date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def plan(office: Office, **values: Any) -> UUID:
    given = {"compound_id": office.compound, "starts_on": TODAY}
    return office.add("maintenance_plans", **given | values)


def orders(office: Office) -> list[dict[str, Any]]:
    office.desk.do("maintenance_plans.generate", until=TODAY + timedelta(days=40))
    return office.desk.first(View("work_orders", sort="number"), 100)


def test_every_order_of_a_plan_carries_the_lines_of_its_checklist_as_they_read_on_that_day(office: Office) -> None:
    checklist = template(office)
    plan(office, title="给水检修", trade="plumbing", every=1, unit="month", room_id=office.room, checklist_id=checklist)
    made = orders(office)
    assert len(made) == 2
    for order in made:
        found = lines(office, order["id"])
        assert [(one.position, one.text) for one in found] == [(n, one["text"]) for n, one in enumerate(LINES, 1)]
        assert (found[1].least, found[1].most, found[1].measure, found[1].answered) == (150, 350, "MPa", False)
    item = next(row for row in office.desk.first(View("checklist_items"), 9) if row["position"] == 1)
    office.desk.do("checklist_items.revise", checklist_item_id=item["id"], text="阀门更换")
    assert lines(office, made[0]["id"])[0].text == "阀门关闭严密"
    do(office, "assign", made[0]["id"])
    do(office, "begin", made[0]["id"])
    with pytest.raises(Conflict, match="not answered"):
        do(office, "finish", made[0]["id"])


def test_a_plan_names_a_checklist_that_is_there_has_lines_and_is_of_its_compound(office: Office) -> None:
    given = {"title": "给水检修", "trade": "plumbing", "every": 1, "unit": "month"}
    with pytest.raises(Missing, match="names no record"):
        plan(office, checklist_id=office.room, **given)
    with pytest.raises(Conflict, match="has no lines yet"):
        plan(office, checklist_id=office.add("checklists", name="空表"), **given)
    with pytest.raises(Conflict, match="of another compound"):
        plan(office, checklist_id=template(office, compound_id=office.elsewhere), **given)
    kept = template(office)
    plan(office, checklist_id=kept, **given)
    with pytest.raises(Conflict):
        office.desk.do("checklists.remove", checklist_id=kept)


def test_nobody_begins_to_empty_a_septic_tank_without_the_permit_its_rule_asks_for(office: Office) -> None:
    plan(office, rule="septic_empty", building_id=office.building)
    (order,) = orders(office)
    assert order["permit"] == "confined_space"
    id = order["id"]
    do(office, "assign", id)
    with pytest.raises(Conflict, match="no open permit"):
        do(office, "begin", id)
    line(office, "work_permits", id, kind="confined_space", place="1号化粪池", measures="通风、检测、监护",
         issued_by_id=office.giver, watched_by_id=office.taker, valid_from=MONDAY,
         valid_until=MONDAY + timedelta(hours=8))  # fmt: skip
    do(office, "begin", id)


@pytest.mark.parametrize(
    ("rule", "permit"),
    [("tank_cleaning", "confined_space"), ("septic_empty", "confined_space"), ("drains", "confined_space"),
     ("boiler_internal", "confined_space"), ("vessel_full", "confined_space"), ("tree_pruning", "height"),
     ("wells", None), ("septic_look", None), ("lift_upkeep", None)],
)  # fmt: skip
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_plan_takes_the_permit_of_its_rule(office: Office, rule: str, permit: str | None) -> None:
    """Only who goes in works in a confined space (应急管理部令第13号 art. 3): a look from above takes no permit."""
    made = plan(office, rule=rule)
    assert office.row("maintenance_plans", made)["permit"] == permit


def test_a_permit_is_added_to_a_plan_but_not_taken_from_it(office: Office) -> None:
    wells = plan(office, rule="wells", permit="confined_space")
    assert office.row("maintenance_plans", wells)["permit"] == "confined_space"
    with pytest.raises(Invalid, match="takes a permit"):
        plan(office, rule="septic_empty", permit="fire")
    kept = plan(office, rule="septic_empty")
    office.desk.do("maintenance_plans.revise", maintenance_plan_id=kept, permit=None)
    assert office.row("maintenance_plans", kept)["permit"] == "confined_space"


def test_what_the_law_asks_for_beyond_doubt_no_office_says_is_its_own_affair(office: Office) -> None:
    more = {"from_on": TODAY, "basis_text": "本单位规定", "compound_id": office.compound}
    for code, law in (("lift_upkeep", "特种设备安全监察条例"), ("fire_test", "消防法第十六条")):
        with pytest.raises(Invalid, match=law):
            office.add("periodic_works", code=code, legal=False, **more)
    office.add("periodic_works", code="lift_upkeep", every=10, unit="day", **more)
    office.add("periodic_works", code="lift_brake", legal=False, **more)  # its source is still to be confirmed
    stricter = office.add("periodic_works", code="roof", legal=True, **more)
    office.desk.do("periodic_works.revise", periodic_work_id=stricter, legal=False)  # shipped as custom
    assert at(office.desk, MONDAY).ask("periodic_works.in_force", on=TODAY).of("lift_upkeep", office.compound).legal
