"""What a ledger answers where it is easily wrong: sold rooms, rights only filed, leases, papers that came later."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.listing import View
from services.rights import Purpose
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

Y = date
TODAY = Y(2026, 11, 23)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def row(desk: Desk, id: UUID) -> dict[str, Any]:
    return next(r for r in desk.first(View("titles"), 50) if r["id"] == id)


def refusals(office: Office, purpose: Purpose = Purpose.DISPOSE, **place: Any) -> set[str]:
    said = office.desk.ask("rights.may", **{"building_id": office.building} | place, purpose=purpose, on=TODAY)
    return {finding.code for finding in said.findings if finding.effect == "refuse"}


def holders(office: Office, on: date = TODAY, **place: Any) -> list[tuple[str, str]]:
    said = office.desk.ask("rights.on", building_id=office.building, on=on, **place)
    return [(fact.who, fact.paper) for fact in said.holders]


def registered(office: Office, **values: Any) -> UUID:
    right = title(office, **values)
    enter(office.desk, right, "first_registration", Y(1990, 1, 1), party="某局", paper="旧证")
    return right


def test_a_room_that_was_sold_is_its_buyers_by_the_paper_of_the_sale(office: Office) -> None:
    right = registered(office)
    enter(office.desk, right, "housing_sale", Y(2001, 1, 1), party="张三", room_id=office.room, paper="房改〔2001〕7号")
    assert holders(office, room_id=office.room) == [("张三", "房改〔2001〕7号")]
    assert holders(office, Y(2000, 12, 31), room_id=office.room) == [("某局", "旧证")] == holders(office)


def test_who_is_named_again_holds_it_since_he_was_named_first(office: Office) -> None:
    right, unit = registered(office), {"unit_id": office.unit}
    enter(office.desk, right, "change", Y(2005, 1, 1), party="某局", area=5, paper="换证")
    enter(office.desk, right, "management", Y(2010, 1, 1), **unit, paper="甲文")
    enter(office.desk, right, "management", Y(2015, 1, 1), **unit, paper="乙文")
    said = office.desk.ask("rights.on", building_id=office.building, on=TODAY)
    assert [(f.since, f.paper) for f in said.holders] == [(Y(1990, 1, 1), "换证")]
    assert [(f.since, f.paper) for f in said.managers] == [(Y(2010, 1, 1), "乙文")]
    enter(office.desk, right, "transfer", Y(2020, 1, 1), party="另局")
    said = office.desk.ask("rights.on", building_id=office.building, on=TODAY)
    assert [(f.who, f.since) for f in said.holders] == [("另局", Y(2020, 1, 1))]


def test_what_nobody_registered_is_managed_all_the_same(office: Office) -> None:
    enter(office.desk, title(office), "management", Y(2010, 1, 1), unit_id=office.unit)
    said = office.desk.ask("rights.on", building_id=office.building, room_id=office.room, on=TODAY)
    assert said.holders == () and [fact.who for fact in said.managers] == ["后勤处"]


def test_what_was_sold_as_a_whole_is_not_disposed_of_until_it_comes_back(office: Office) -> None:
    right = registered(office)
    enter(office.desk, right, "housing_sale", Y(2001, 1, 1), party="张三")
    enter(office.desk, right, "change", Y(2002, 1, 1), party="张三丰")
    assert holders(office) == [("张三丰", "change 2002-01-01")] == holders(office, room_id=office.room)
    assert refusals(office) == {"sold"} == refusals(office, room_id=office.room)
    enter(office.desk, right, "transfer", Y(2010, 1, 1), party="某局")
    assert refusals(office) == set()


def test_a_change_of_what_is_only_filed_leaves_it_filed(office: Office) -> None:
    right = title(office)
    enter(office.desk, right, "record_filing", Y(2020, 1, 1), party="某局")
    enter(office.desk, right, "change", Y(2021, 1, 1), area=5)
    assert (row(office.desk, right)["state"].value, row(office.desk, right)["area"]) == ("filed", 5)
    assert refusals(office) == {"filed"}
    enter(office.desk, right, "first_registration", Y(2022, 1, 1), party="某局")
    enter(office.desk, right, "correction", Y(2023, 1, 1), area=6)
    assert row(office.desk, right)["state"].value == "registered"


@pytest.mark.parametrize("kind", ["first_registration", "record_filing"])
def test_what_is_leased_is_not_ours_to_dispose_of(office: Office, kind: str) -> None:
    right = title(office, right_kind="lease", paper="lease")
    enter(office.desk, right, kind, Y(2020, 1, 1), party="某局")
    assert refusals(office) == {"leased_in"} and refusals(office, Purpose.LEASE) == set()
    enter(office.desk, registered(office), "mortgage", Y(2021, 1, 1), party="某银行")
    assert refusals(office) == set()


def test_a_right_to_the_land_is_none_to_the_house_on_it(office: Office) -> None:
    registered(office, right_kind="land_use")
    assert refusals(office) == {"unregistered"}
    office.desk.do("buildings.revise", building_id=office.building, kind="land")
    assert refusals(office) == set()


def test_a_certificate_that_was_replaced_by_another_stands_in_nobodys_way(office: Office) -> None:
    old = registered(office)
    enter(office.desk, old, "loss", Y(2000, 1, 1))
    enter(office.desk, old, "cancellation", Y(2019, 8, 6))
    assert refusals(office) == {"cancelled", "unregistered"}
    registered(office)
    said = office.desk.ask("rights.may", building_id=office.building, purpose=Purpose.DISPOSE, on=TODAY)
    assert [finding.code for finding in said.findings] == ["office"]


def test_what_stands_against_one_room_stands_against_the_building(office: Office) -> None:
    registered(office)
    part = office.add("titles", compound_id=office.compound, location="302")
    office.desk.do("titles.cover", title_id=part, building_id=office.building, room_id=office.room)
    enter(office.desk, part, "first_registration", Y(2000, 1, 1), party="乙")
    enter(office.desk, part, "seizure", Y(2001, 1, 1), party="某法院")
    other = office.add("rooms", compound_id=office.compound, building_id=office.building, number="303")
    assert refusals(office) == {"seized"} == refusals(office, room_id=office.room)
    assert refusals(office, room_id=other) == set()


def test_a_new_certificate_stands_in_for_the_lost_one(office: Office) -> None:
    right = title(office)
    enter(office.desk, right, "first_registration", Y(1990, 1, 1), party="某局", certificate="甲")
    enter(office.desk, right, "loss", Y(2001, 1, 1))
    enter(office.desk, right, "change", Y(2001, 6, 1), certificate="甲", area=5)
    assert row(office.desk, right)["lost"]
    enter(office.desk, right, "transfer", Y(2002, 1, 1), party="乙局", certificate="乙")
    assert not row(office.desk, right)["lost"]
