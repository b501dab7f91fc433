"""What is kept beside a ledger follows it: certificates, areas, defects, also when something is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.listing import View
from services.desk.trail import check
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

Y = date
TODAY = Y(2026, 11, 23)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def row(desk: Desk, id: UUID) -> dict[str, Any]:
    return next(r for r in desk.first(View("titles"), 50) if r["id"] == id)


def defects(desk: Desk) -> list[str]:
    return sorted(defect["state"].value for defect in desk.first(View("title_defects"), 9))


def test_the_certificate_of_an_entry_goes_with_the_entry(office: Office) -> None:
    desk, right = office.desk, title(office, certificate="甲  1号")
    for number, then in (("乙 2号", "甲 1号"), ("甲  1号", "甲 1号")):
        wrong = enter(desk, right, "first_registration", Y(1990, 1, 1), party="某局", certificate=number)
        assert row(desk, right)["certificate"] == " ".join(number.split())
        desk.do("titles.strike", title_event_id=wrong, reason="typed twice")
        assert row(desk, right)["certificate"] == then


def test_the_certificate_the_ledger_names_is_changed_by_an_entry_alone(office: Office) -> None:
    desk, right = office.desk, title(office)
    desk.do("titles.revise", title_id=right, certificate="甲")
    enter(desk, right, "first_registration", Y(1990, 1, 1), party="某局", certificate="乙")
    with pytest.raises(Conflict, match="The ledger names 乙"):
        desk.do("titles.revise", title_id=right, certificate="丙")
    desk.do("titles.revise", title_id=right, certificate="乙", note="同证")
    assert desk.do("titles.rebuild").value == 0


def test_an_event_is_about_a_room_of_its_own_compound(office: Office) -> None:
    right = title(office)
    with pytest.raises(Conflict, match="another compound"):
        enter(office.desk, right, "housing_sale", Y(2001, 1, 1), party="张三", room_id=office.far_room)
    with pytest.raises(Missing):
        enter(office.desk, right, "housing_sale", Y(2001, 1, 1), party="张三", room_id=office.building)


def test_taking_an_entry_back_leaves_what_the_other_entries_say(office: Office) -> None:
    desk, right = office.desk, title(office)
    loan = {"title_id": right, "kind": "mortgage", "paper": "抵", "party": "某银行"}
    first = desk.do("titles.enter", **loan, on=Y(1995, 1, 1))
    desk.do("titles.enter", **loan, on=Y(1996, 1, 1))
    back = desk.do("journal.undo", operation=str(first.operation))
    assert row(desk, right)["mortgaged"] and desk.do("titles.rebuild").value == 0
    desk.do("journal.undo", operation=str(back.operation))
    assert desk.count(View("title_events")) == 2 and desk.do("titles.rebuild").value == 0
    assert check(desk.store) == []


def test_a_book_taken_back_is_compared_again(office: Office) -> None:
    desk, right = office.desk, title(office)
    desk.do("buildings.revise", building_id=office.building, area=100_000)
    booked = desk.do("buildings.revise", building_id=office.building, area=120_000)
    enter(desk, right, "first_registration", Y(1990, 1, 1), party="某局", area=120_000)
    assert defects(desk) == []
    desk.do("journal.undo", operation=str(booked.operation))
    assert defects(desk) == ["open"] and check(desk.store) == []


def test_the_books_count_a_building_once_and_no_usable_area(office: Office) -> None:
    desk, right = office.desk, title(office)
    enter(desk, right, "first_registration", Y(1990, 1, 1), party="某局", area=100_000)
    desk.do("buildings.revise", building_id=office.building, area=100_000)
    desk.do("rooms.revise", room_id=office.room, area=2_000)
    desk.do("titles.cover", title_id=right, building_id=office.building, room_id=office.room)
    land = office.add("buildings", compound_id=office.compound, code="L1", name="土地", area=900_000)
    desk.do("buildings.revise", building_id=land, kind="land")
    desk.do("titles.cover", title_id=right, building_id=land)
    ground = office.add("titles", compound_id=office.compound, location="土地", right_kind="land_use")
    desk.do("titles.cover", title_id=ground, building_id=office.building)
    flat = office.add("titles", compound_id=office.compound, location="302")
    desk.do("titles.cover", title_id=flat, building_id=office.building, room_id=office.room)
    booked = [desk.ask("titles.sheet", title_id=id, on=TODAY).booked for id in (right, ground, flat)]
    assert booked == [100_000, None, None] and defects(desk) == []
    desk.do("titles.cover", title_id=ground, building_id=land)
    assert desk.ask("titles.sheet", title_id=ground, on=TODAY).booked == 900_000


def test_a_difference_somebody_decided_about_is_not_opened_again_unless_it_changes(office: Office) -> None:
    desk, right = office.desk, title(office)
    enter(desk, right, "first_registration", Y(1990, 1, 1), party="某局", area=100_000)
    enter(desk, right, "survey", Y(2001, 1, 1), area=120_000)
    (opened,) = desk.first(View("title_defects"), 9)
    desk.do("title_defects.settle", title_defect_id=opened["id"], result="测绘口径不同，维持")
    desk.do("titles.rebuild")
    assert defects(desk) == ["settled"]
    enter(desk, right, "survey", Y(2002, 1, 1), area=130_000)
    assert defects(desk) == ["open", "settled"]


def test_a_defect_is_not_settled_without_saying_how(office: Office) -> None:
    desk, right = office.desk, title(office)
    given = {"compound_id": office.compound, "title_id": right, "opened_on": Y(2020, 1, 1)}
    made = desk.do("title_defects.add", **given, kind="no_permits").value
    with pytest.raises(Invalid, match="required"):
        desk.do("title_defects.revise", title_defect_id=made, state="settled")
    with pytest.raises(Invalid, match="opened on"):
        desk.do("title_defects.revise", title_defect_id=made, state="settled", result="x", settled_on=Y(2019, 1, 1))
    desk.do("title_defects.revise", title_defect_id=made, state="settled", result="已补办")
    assert office.row("title_defects", made)["settled_on"] is not None
    desk.do("title_defects.revise", title_defect_id=made, state="open")
    assert office.row("title_defects", made)["settled_on"] is None
