"""Plain records: what is asked of their values, numbers and references."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.checks import checked, code
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, UserError
from services.desk.listing import View
from services.desk.numbers import written
from services.desk.schema import FieldSpec, Kind
from tests.services.people import Office, found


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": ""}, "required"), ({"name": "x" * 121}, "at most 120"), ({"name": "a\u202eb"}, "invisible"),
        ({"cost": -1}, "at least 0"), ({"quantity": 0}, "at least 1"), ({"cost": 2**60}, "too large"),
        ({"status": "broken"}, "one of"), ({"quantity": "two"}, "cannot be"), ({"colour": "red"}, "no field"),
        ({"number": "\u0410B-1"}, "look alike"), ({"number": "\u0391B-1"}, "look alike"),
        ({"class_code": "A99999999"}, "no class"), ({"number": "a/b"}, "contain"), ({"quantity": True}, "cannot be"),
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_refused_with_its_field(
    office: Office, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(UserError, match=says):
        office.asset(**{"name": "ok"} | values)
    assert office.desk.count(View("assets")) == 0


def test_numbers_are_unique_where_they_should_be(office: Office) -> None:
    office.asset(number="ZC-1")
    with pytest.raises(Conflict, match="already in use"):
        office.asset(number="ZC－1", compound_id=office.elsewhere)  # full-width dash: the same number
    office.add("buildings", compound_id=office.elsewhere, code="B2", name="2号楼")
    office.add("buildings", compound_id=office.compound, code="B2", name="2号楼")
    with pytest.raises(Conflict):
        office.add("buildings", compound_id=office.compound, code="B2", name="again")


def test_a_removed_record_frees_its_number_but_a_used_one_stays(office: Office) -> None:
    asset = office.asset(number="ZC-1", room_id=office.room)
    with pytest.raises(Conflict, match="Still used"):
        office.desk.do("rooms.remove", room_id=office.room)
    office.desk.do("assets.remove", asset_id=asset)
    assert office.desk.count(View("assets")) == 0
    office.asset(number="ZC-1")
    office.desk.do("rooms.remove", room_id=office.room)
    with pytest.raises(Missing):
        office.desk.do("assets.revise", asset_id=asset, name="x")


def test_a_room_brings_its_building_and_stays_in_its_compound(office: Office) -> None:
    asset = office.asset(room_id=office.room)
    assert office.row("assets", asset)["building"] == "1号楼"
    with pytest.raises(Conflict, match="another compound"):
        office.desk.do("assets.revise", asset_id=asset, room_id=office.far_room)
    other = office.add("buildings", compound_id=office.compound, code="B9", name="9号楼")
    office.desk.do("assets.revise", asset_id=asset, building_id=other)
    assert office.row("assets", asset)["room"] is None


def test_revising_touches_only_what_is_given(office: Office) -> None:
    asset = office.asset(model="KFR", extra={"颜色": "白"})
    office.desk.do("assets.revise", asset_id=asset, cost=100)
    row = office.row("assets", asset)
    assert (row["cost"], row["model"], row["extra"]) == (100, "KFR", {"颜色": "白"})
    office.desk.do("assets.revise", asset_id=asset, model=None)
    assert office.row("assets", asset)["model"] is None
    with pytest.raises(Invalid, match="required"):
        office.desk.do("assets.revise", asset_id=asset, name=None)


def test_numbers_left_empty_come_from_the_offices_series(office: Office) -> None:
    numbers = {office.row("assets", office.asset())["number"] for _ in range(3)}
    assert len(numbers) == 3
    assert all(n.startswith("ZC-JGSW-") for n in numbers)


@given(st.text(max_size=40))
def test_a_checked_text_checked_again_is_the_same(text: str) -> None:
    spec = FieldSpec("asset", "name", Kind.TEXT, max_length=30)
    try:
        once = checked(spec, text)
    except Invalid:
        return
    assert checked(spec, once) == once
    assert once is None or (once == once.strip() and len(once) <= 30)


@given(st.text(max_size=40))
def test_folding_a_number_twice_is_folding_it_once(text: str) -> None:
    assert code(code(text)) == code(text)


def test_a_number_of_our_own_series_is_not_given_out_again(office: Office) -> None:
    given = office.row("assets", office.asset())["number"]
    counted = given.rsplit("-", 2)[0]
    ahead = written(counted, 7)
    office.asset(number=ahead)
    assert office.row("assets", office.asset())["number"] == written(counted, 8)
    office.asset(number="ZC-OTHER-2026-00999-X")  # of another office: no matter of ours
    assert office.row("assets", office.asset())["number"] == written(counted, 9)


def test_an_emptied_building_empties_the_room(office: Office) -> None:
    asset = office.asset(room_id=office.room)
    office.desk.do("assets.revise", asset_id=asset, building_id=None)
    row = office.row("assets", asset)
    assert (row["building_id"], row["room_id"]) == (None, None)
