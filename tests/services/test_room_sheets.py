"""A room with everybody who used it, the sheet of use of a place, and papers that run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Missing, NotAllowed
from services.desk.listing import View
from tests.services.people import Office, found
from tests.services.test_places import room, use

DAY = date(2024, 5, 5)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def test_the_sheet_names_those_there_now_first_and_all_before_them(office: Office) -> None:
    made = room(office, "401", 3000)
    use(office, made, "staff", staff_id=office.witness, from_on=date(2010, 1, 1), until_on=date(2015, 1, 1))
    use(office, made, "division_deputy", staff_id=office.giver, area=2000)
    use(office, made, "staff", staff_id=office.taker, unit_id=office.other_unit, agreement="协1号")
    use(office, made, unit_id=office.other_unit, from_on=date(2030, 1, 1))
    sheet = office.desk.ask("occupancies.room", room_id=made, on=DAY)
    assert [u.person or u.unit for u in sheet.uses] == ["李秀英", "王建国", "财务处", "赵磊"]
    assert [(u.person, u.area, u.limit) for u in sheet.now] == [("李秀英", 2000, 1800), ("王建国", 1000, 900)]
    assert (sheet.limit, sheet.over, sheet.building, sheet.compound) == (2700, 300, "1号楼", "建设路大院")
    before = office.desk.ask("occupancies.room", room_id=made, on=date(2012, 1, 1))
    assert [u.person for u in before.now] == ["赵磊"] and before.over == 2100


def test_nothing_is_too_much_where_a_rank_is_not_known_or_nobody_is_there(office: Office) -> None:
    made = room(office, "401", 9000)
    assert office.desk.ask("occupancies.room", room_id=made, on=DAY).over == 0
    use(office, made)
    sheet = office.desk.ask("occupancies.room", room_id=made, on=DAY)
    assert (sheet.limit, sheet.over) == (None, 0)


def test_the_rooms_of_a_place_come_with_their_users_of_the_day(office: Office) -> None:
    first, second = room(office, "401", 900), room(office, "402", 900)
    use(office, first, "staff")
    use(office, second, "staff", until_on=date(2021, 1, 1))
    rows = office.desk.ask("occupancies.usage", compound_id=office.compound, on=DAY)
    assert [(r.number, len(r.uses)) for r in rows] == [("302", 0), ("401", 1), ("402", 0)]
    one = office.desk.ask("occupancies.usage", compound_id=office.compound, building_id=office.building, on=DAY)
    assert rows == one
    assert office.desk.ask("occupancies.usage", compound_id=office.elsewhere, building_id=office.building, on=DAY) == []


def test_a_room_out_of_reach_has_no_sheet(office: Office) -> None:
    clerk = replace(office.desk, grants=accounts.of_role(Role.VIEWER, office.elsewhere))
    with pytest.raises(Missing):
        clerk.ask("occupancies.room", room_id=office.room, on=DAY)
    assert clerk.ask("occupancies.usage", compound_id=office.compound, on=DAY) == []
    technician = replace(office.desk, grants=accounts.of_role(Role.TECHNICIAN))
    with pytest.raises(NotAllowed):
        technician.ask("occupancies.room", room_id=office.room, on=DAY)
    with pytest.raises(Missing):
        office.desk.ask("occupancies.room", room_id=UUID(int=9), on=DAY)


@pytest.mark.parametrize("field", ["agreement_until", "certificate_until", "until_on"])
def test_what_runs_out_within_a_month_is_found_by_a_range(office: Office, field: str) -> None:
    made = room(office, "401", 9000)
    days = (date(2024, 5, 4), date(2024, 5, 31), date(2024, 6, 1), None)
    people = (office.giver, office.taker, office.witness, None)
    for day, person in zip(days, people, strict=True):
        values: dict[str, Any] = {"staff_id": person, field: day}
        use(office, made, **values)
    view = View("occupancies", filters=((field, (date(2024, 5, 5), date(2024, 5, 31))),))
    assert [row[field] for row in office.desk.first(view, 9)] == [date(2024, 5, 31)]
    expired = View("occupancies", filters=((field, (None, date(2024, 5, 4))),))
    assert office.desk.count(expired) == 1


def test_offices_are_checked_with_their_place_and_what_was_decided(office: Office) -> None:
    made = room(office, "401", 3000)
    row = use(office, made, "staff", staff_id=office.giver)
    office.desk.do("occupancies.revise", occupancy_id=row, decision="调整至小办公室", decided_on=DAY)
    (said,) = office.desk.ask("occupancies.check", on=DAY)
    assert (said.place, said.rows, said.decision) == ("建设路大院 · 1号楼", (row,), "调整至小办公室")
    assert {r.place for r in office.desk.ask("occupancies.idle", on=DAY)} == {
        "建设路大院 · 1号楼",
        "西湖里宿舍 · 1号楼",
    }
