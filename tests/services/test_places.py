"""Places as a tree with their totals, what compounds cost side by side, offices against the standard, idle rooms."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cost_entry import Function
from models.occupancy import Rank, UnitLevel
from services.costs import CompoundCost
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.intent import Grant
from services.desk.listing import View
from services.places import walk
from tests.services.people import Office, found

DAY = date(2024, 5, 5)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def room(office: Office, number: str, area: int, **values: Any) -> UUID:
    return office.add(
        "rooms", **{"compound_id": office.compound, "building_id": office.building} | values, number=number, area=area
    )


def use(office: Office, room: UUID, rank: str = "", level: str | None = "city", **values: Any) -> UUID:
    """Somebody in a room since 2020."""
    ranked = {"rank": rank, "level": level} if rank else {}
    known = {"compound_id": office.compound, "room_id": room, "unit_id": office.unit, "from_on": date(2020, 1, 1)}
    return office.add("occupancies", **known | ranked | values)


def test_every_node_of_the_tree_has_the_totals_of_what_is_below(office: Office) -> None:
    office.desk.do("buildings.revise", building_id=office.building, area=100000)
    for number, floor, area in (("201", "2", 3000), ("202", "2", 1000), ("B01", "B1", 500), ("101", "1", 2000)):
        room(office, number, area, floor=floor)
    office.asset("desk", room_id=office.room)
    office.asset("pump")
    first, second = office.desk.ask("places.tree")
    assert (first.name, first.floor_area, first.usable, first.rooms, first.assets) == ("建设路大院", 100000, 6500, 5, 2)
    (building,) = first.children
    assert building.assets == 1 and [f.number for f in building.children] == ["B1", "1", "2", ""]
    assert [f.usable for f in building.children] == [500, 2000, 4000, 0]
    assert (second.name, second.rooms, second.usable) == ("西湖里宿舍", 1, 0)
    assert sum(node.kind == "floor" for node in walk([first, second])) == 5


def test_costs_stand_side_by_side_the_dearest_first(office: Office) -> None:
    desk = office.desk
    desk.do("buildings.revise", building_id=office.building, area=500000)  # 5,000 m²
    desk.do("compounds.revise", compound_id=office.compound, headcount=200, establishment=210)
    for function, amount, own, other in (("guards", 30000000, 6, 4), ("cleaning", 20000000, 0, 8)):
        office.add(
            "cost_entries", compound_id=office.compound, year=2025, function=function, amount=amount, posts_own=own,
            posts_contracted=other,
        )  # fmt: skip
    office.add("cost_entries", compound_id=office.elsewhere, year=2025, function="repair", amount=100)
    here, there = desk.ask("costs.compare", year=2025)
    assert (here.total, here.per_square_metre, here.per_head) == (50000000, 10000, 250000)
    assert (here.posts_own, here.posts_contracted) == (6, 12)
    assert (there.total, there.per_square_metre, there.per_head) == (100, None, None)
    assert desk.ask("costs.years") == [2025]
    assert [c.total for c in desk.ask("costs.compare", year=2024)] == [0, 0]


def test_a_year_has_one_entry_for_a_function(office: Office) -> None:
    entry = {"compound_id": office.compound, "year": 2025, "function": "guards", "amount": 1}
    first = office.add("cost_entries", **entry)
    with pytest.raises(Conflict, match="2025 has an entry"):
        office.add("cost_entries", **entry)
    office.desk.do("cost_entries.revise", cost_entry_id=first, amount=2)
    office.add("cost_entries", **entry | {"compound_id": office.elsewhere})


@given(st.integers(0, 10**12), st.integers(1, 10**8), st.integers(1, 10**5))
def test_rates_are_rounded_half_up(amount: int, area: int, heads: int) -> None:
    cost = CompoundCost(UUID(int=1), "c", "c", "office", area, heads, {Function.GUARDS: amount})
    assert cost.per_square_metre is not None and cost.per_head is not None
    assert abs(cost.per_square_metre * area - amount * 100) * 2 <= area
    assert abs(cost.per_head * heads - amount) * 2 <= heads


@pytest.mark.parametrize(
    ("area", "rank", "over"),
    [(2400, "division_chief", 0), (2401, "division_chief", 1), (1800, "staff", 900), (1000, "", 0)],
)
def test_an_office_over_the_standard_is_told_by_how_much(office: Office, area: int, rank: str, over: int) -> None:
    made = room(office, "401", area)
    use(office, made, rank)
    (said,) = office.desk.ask("occupancies.check", on=DAY)
    assert (said.id, said.used, said.over, said.who) == (made, area, over, ("后勤处",) if over else ())


def test_two_in_one_office_may_have_what_both_may_have(office: Office) -> None:
    made = room(office, "401", 3000)
    use(office, made, "staff", staff_id=office.giver)
    use(office, made, "division_deputy", staff_id=office.taker, unit_id=office.other_unit)
    (said,) = office.desk.ask("occupancies.check", on=DAY)
    assert (said.limit, said.over, said.who) == (2700, 300, ("李秀英", "王建国"))
    units = {u.name: (u.used, u.limit, u.over) for u in office.desk.ask("occupancies.by_unit", on=DAY)}
    assert units == {"后勤处": (1500, 900, 600), "财务处": (1500, 1800, 0)}


def test_whoever_has_two_offices_may_have_one(office: Office) -> None:
    for number, area in (("401", 2400), ("402", 1000)):
        use(office, room(office, number, area), "division_chief", staff_id=office.giver)
    use(office, room(office, "403", 900), "staff", staff_id=office.taker)
    (unit,) = office.desk.ask("occupancies.by_unit", on=DAY)
    assert (unit.users, unit.used, unit.limit, unit.over) == (2, 4300, 3300, 1000)


def test_units_use_what_the_shares_of_their_rooms_say(office: Office) -> None:
    draw = random.Random(7)
    for n in range(12):
        made = room(office, f"6{n:02d}", draw.randrange(900, 4000))
        for at in range(draw.randrange(1, 5)):
            area = draw.choice((None, None, 0, 150 + at))
            unit = draw.choice((office.unit, office.other_unit))
            until = draw.choice((None, DAY, DAY - timedelta(days=1)))
            use(office, made, draw.choice(("staff", "")), unit_id=unit, until_on=until, area=area)
    gone = use(office, room(office, "700", 9000), "staff")
    office.desk.do("occupancies.remove", occupancy_id=gone)
    here = replace(office.desk, grants=(Grant(("*",), frozenset({office.compound})),))
    use(office, office.far_room, "staff", compound_id=office.elsewhere)
    assert len(office.desk.ask("occupancies.check", on=DAY)) == len(here.ask("occupancies.check", on=DAY)) + 1
    sheets = office.desk.ask("occupancies.usage", compound_id=office.compound, on=DAY)
    uses = [use for sheet in sheets for use in sheet.now]
    for unit in here.ask("occupancies.by_unit", on=DAY):
        own = [use for use in uses if use.unit == unit.name]
        said = (sum(u.area or 0 for u in own), len(own), sum(u.limit or 0 for u in own), sum(not u.limit for u in own))
        assert (unit.used, unit.users, unit.limit, unit.unknown) == said and unit.users


def test_an_office_of_no_known_area_is_not_judged(office: Office) -> None:
    use(office, office.room, "staff")
    (said,) = office.desk.ask("occupancies.check", on=DAY)
    assert (said.users, said.unknown, said.over) == (1, 1, 0)


def test_floors_are_ordered_however_they_are_written(office: Office) -> None:
    for n, floor in enumerate(("3²", "地上2层", "1", "地下1层", "b2", "屋面")):
        room(office, f"9{n}", 1000, floor=floor)
    office.desk.do("rooms.revise", room_id=office.room, floor="1")
    (first, _) = office.desk.ask("places.tree")
    assert [f.number for f in first.children[0].children] == ["b2", "地下1层", "1", "地上2层", "3²", "屋面"]


def test_nobody_is_counted_as_approved_where_nobody_is(office: Office) -> None:
    office.desk.do("compounds.revise", compound_id=office.compound, headcount=0, establishment=10)
    office.desk.do("cost_entries.enter", compound_id=office.compound, year=2025, guards=500)
    here = next(c for c in office.desk.ask("costs.compare", year=2025) if c.total)
    assert (here.heads, here.per_head) == (0, None)


def test_the_standard_of_the_day_counts(office: Office) -> None:
    rows = office.desk.first(View("office_standards"), 99)
    limits = {(r["level"], r["rank"]): r["area"] for r in rows}
    assert limits[UnitLevel.CENTRAL, Rank.MINISTER] == 5400 and limits[UnitLevel.COUNTY, Rank.STAFF] == 900
    assert 600 not in limits.values()  # six square metres are of the list of 1999


def test_rooms_without_a_user_are_listed_the_longest_vacant_first(office: Office) -> None:
    first, second, third = (room(office, number, 1000) for number in ("501", "502", "503"))
    use(office, first, until_on=date(2023, 1, 1))
    use(office, second, until_on=date(2022, 1, 1))
    use(office, third)
    room(office, "504", 1000, use="equipment")
    idle = [(r.number, r.since) for r in office.desk.ask("occupancies.idle", on=DAY)]
    assert idle[:2] == [("502", date(2022, 1, 1)), ("501", date(2023, 1, 1))]
    assert {number for number, since in idle if since is None} == {"101", "302"}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"until_on": date(2019, 1, 1)}, "lies after"), ({"unit_id": None}, "who uses"),
        ({"rank": "minister", "level": "county"}, "no .* at this level"),
        ({"rank": "staff", "level": None}, "required"),
        ({"area": 99999}, "more than its area"),
    ],
)  # fmt: skip
def test_a_use_that_makes_no_sense_is_refused(office: Office, values: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        use(office, room(office, "401", 2000), **values)


def test_shares_of_a_room_are_added_up_of_those_who_are_there_at_once(office: Office) -> None:
    made, turn = room(office, "401", 2000), date(2022, 1, 1)
    use(office, made, area=1000, until_on=turn)
    use(office, made, area=1000, from_on=turn + timedelta(days=1))
    use(office, made, area=1000, until_on=date(2025, 1, 1))
    with pytest.raises(Invalid, match="more than its area"):
        use(office, made, area=1, from_on=turn, until_on=turn)


def test_the_same_person_is_in_a_room_once_at_a_time(office: Office) -> None:
    made = room(office, "401", 2000)
    use(office, made, staff_id=office.giver, until_on=date(2021, 1, 1))
    use(office, made, staff_id=office.giver, from_on=date(2021, 1, 2))
    with pytest.raises(Conflict, match="already"):
        use(office, made, staff_id=office.giver, from_on=date(2020, 6, 1), until_on=date(2020, 7, 1))
