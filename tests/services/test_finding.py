"""What is found by the names of what it refers to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.desk.desk import Desk
from services.desk.intent import Grant
from services.desk.listing import View
from tests.services.people import Office, found


@pytest.fixture
def office(desk: Desk) -> Office:
    """With an air conditioner of 李秀英 in 302, a cupboard of 王建国, and a lamp that refers to nobody."""
    made = found(desk)
    made.asset("空调机", number="FX-1", room_id=made.room, building_id=made.building)
    made.asset("书柜", number="FX-2", keeper_id=made.taker, unit_id=made.other_unit)
    made.asset("台灯", number="FX-3", keeper_id=None, unit_id=None, keeper_text="王建国")
    return made


def numbers(desk: Desk, text: str, sort: str = "") -> list[str]:
    view = View("assets", search=text, sort=sort)
    rows = desk.page("assets", desk.ids(view))
    assert desk.count(view) == len(rows)
    assert [row["n"] for row in desk.first(view, 2)] == [row["n"] for row in rows][:2]
    return [row["number"] for row in rows]


@pytest.mark.parametrize(("text", "hits"), [
    ("李秀英", ["FX-1"]), ("秀英", ["FX-1"]), ("秀", []), ("p0", ["FX-1"]),
    ("王建国", ["FX-3", "FX-2"]), ("302", ["FX-1"]),
    ("1号楼", ["FX-1"]), ("1号楼 302 空调", ["FX-1"]), ("后勤 空调机", ["FX-1"]), ("后勤处", ["FX-1"]),
    ("建设路", ["FX-3", "FX-2", "FX-1"]), ("建设路 财务处", ["FX-2"]), ("财务处 空调", []), ("王建国 李秀英", []),
    ("西湖里", []), ("% 李秀英", []), ("FX 李秀英", ["FX-1"]), ("李英", []), ("书柜", ["FX-2"]),
])  # fmt: skip
def test_an_asset_is_found_by_what_it_refers_to(office: Office, text: str, hits: list[str]) -> None:
    assert numbers(office.desk, text) == hits
    assert numbers(office.desk, text, "number") == sorted(hits)


def test_a_renamed_keeper_is_found_by_the_new_name_only(office: Office) -> None:
    office.desk.do("staff.revise", staff_id=office.giver, name="王秀英")
    assert (numbers(office.desk, "李秀英"), numbers(office.desk, "王秀英")) == ([], ["FX-1"])


def test_only_number_and_name_of_what_is_referred_to_count(office: Office) -> None:
    office.desk.do("compounds.revise", compound_id=office.compound, address="人民路7号")
    assert numbers(office.desk, "人民路") == []


def test_nothing_out_of_reach_is_found_through_a_name(office: Office) -> None:
    office.asset("冰箱", number="FX-4", compound_id=office.elsewhere)
    clerk = replace(office.desk, grants=(Grant(("*",), frozenset({office.elsewhere})),))
    assert numbers(office.desk, "李秀英") == ["FX-4", "FX-1"]
    assert numbers(clerk, "李秀英") == ["FX-4"]


def test_pairs_of_characters_from_different_places_are_no_name(office: Office) -> None:
    office.asset("秀英李秀", number="FX-5", keeper_id=None)
    assert numbers(office.desk, "李秀英") == ["FX-1"]
