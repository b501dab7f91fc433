"""Stocktakes: what is to be counted, which books are frozen, who goes round; who may do what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Invalid, Missing, NotAllowed
from services.desk.intent import Grant
from services.desk.trail import compare, verify
from tests.served import Served
from tests.services.counting import BASE, TODAY, Count, counting

ALL = ["ZC-1", "ZC-2", "ZC-3", "ZC-4", "ZC-5", "ZC-6"]


@pytest.fixture
def office(desk: Desk) -> Count:
    """Nothing is drafted yet."""
    return counting(desk)


@pytest.fixture
def count(office: Count) -> Count:
    return office.begin()


def numbers(count: Count) -> list[str]:
    return sorted(row["number"] for row in count.rows("stocktake_lines"))


def draft(office: Count, **scope: Any) -> UUID:
    given = {"compound_id": office.office.compound, "title": "年度盘点", "base_on": BASE} | scope
    made: UUID = office.do("draft", **given)
    return made


def test_the_books_are_frozen_and_every_room_is_one_to_go_to(count: Count) -> None:
    assert numbers(count) == ALL
    line = count.line("ZC-1")
    assert (line["name"], line["room"], line["room_floor"], line["keeper"]) == ("空调机", "301", "3", "李秀英")
    assert (line["quantity"], line["cost"], line["result"]) == (1, 329900, "pending")
    made = count.progress()
    assert [(room.room, room.all) for room in made.rooms] == [("302", 2), ("301", 3), ("", 1)]
    assert [(floor.floor, floor.seen, floor.all) for floor in made.floors] == [("", 0, 2), ("3", 0, 3), ("", 0, 1)]
    assert (made.cards, made.pending, made.seen) == (6, 6, 0)
    assert made.row["started_on"] == TODAY
    count.desk.do("assets.revise", asset_id=count.cards["ZC-1"], name="改名", cost=1)
    assert (count.line("ZC-1")["name"], count.line("ZC-1")["cost"]) == ("空调机", 329900)
    assert verify(count.desk.store) == compare(count.desk.store) == []


def test_what_was_in_the_books_on_the_base_date_is_counted_and_nothing_else(office: Count) -> None:
    made, desk = office.office, office.desk
    made.asset(number="LATE", entered_on=TODAY)
    pair = [made.asset("椅", number=number, entered_on=BASE) for number in ("KEPT", "MERGED")]
    desk.do("assets.merge", asset_ids=pair)
    made.asset(number="NO-DAY")
    made.asset(number="BOUGHT", acquired_on=BASE)
    made.add("assets", compound_id=made.elsewhere, name="别处", number="FAR", entered_on=BASE)
    for number, day in (("GONE", BASE), ("STILL", TODAY)):
        card = made.asset(number=number, entered_on=date(2020, 1, 1))
        one = desk.do("disposals.draft", asset_ids=[card], mode="scrapping", ground="over_age", level="city").value
        for item in ("application", "decision", "value", "inspection"):
            desk.do("disposals.file", disposal_id=one, item=item, paper_no="1")
        earlier = replace(desk, clock=lambda: office.at(BASE))
        earlier.do("disposals.apply", disposal_id=one)
        earlier.do("disposals.approve", disposal_id=one, authority="finance", approval_no="1", approved_on=BASE)
        desk.do("disposals.execute", disposal_id=one, executed_on=day)
    assert numbers(office.begin()) == sorted([*ALL, "NO-DAY", "BOUGHT", "STILL", "KEPT"])


def test_what_was_depreciated_until_the_base_date_stands_on_the_line(office: Count) -> None:
    card: dict[str, Any] = {"cost": 120000, "life_months": 120, "class_code": "A02061804"}
    office.office.asset(number="OLD", entered_on=date(2021, 1, 1), **card)
    office.begin(base_on=date(2021, 12, 31))
    assert office.line("OLD")["accumulated"] == 12000


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"room_id": "301"}, ["ZC-1", "ZC-2", "ZC-3"]),
        ({"class_prefix": "a0206"}, ["ZC-1", "ZC-5"]),
        ({"keeper_id": "王建国"}, ["ZC-4"]),
    ],
)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_scope_narrows_it(office: Count, scope: dict[str, str], expected: list[str]) -> None:
    office.desk.do("assets.revise", asset_id=office.cards["ZC-4"], keeper_id=office.people["王建国"])
    named = office.rooms | office.people
    assert numbers(office.begin(**{name: named.get(text, text) for name, text in scope.items()})) == expected


def test_a_draft_that_makes_no_sense_is_refused(office: Count) -> None:
    made = office.office
    for wrong, words in (
        ({"room_id": made.far_room}, "another compound"), ({"due_on": BASE - timedelta(days=1)}, "base date"),
        ({"class_prefix": "X02"}, "class code"), ({"title": " "}, "required"),
    ):  # fmt: skip
        with pytest.raises((Invalid, Conflict), match=words):
            draft(office, **wrong)
    empty, ahead = draft(office, room_id=office.rooms["401"]), draft(office, base_on=TODAY + timedelta(days=1))
    with pytest.raises(Conflict, match="nothing is to be counted"):
        office.do("start", stocktake_id=empty)
    with pytest.raises(Invalid, match="lies ahead"):
        office.do("start", stocktake_id=ahead)
    office.do("revise", stocktake_id=ahead, base_on=BASE, room_id=office.rooms["301"])
    assert office.do("start", stocktake_id=ahead) == 3
    with pytest.raises(Conflict, match="cannot be done any more"):
        office.do("revise", stocktake_id=ahead, title="x")


def test_stopped_while_the_books_are_frozen_nothing_is_stored(office: Count) -> None:
    made = draft(office)
    with pytest.raises(Cancelled):
        office.desk.having(tell=lambda done, total: False).do("stocktakes.start", stocktake_id=made)
    office.id = made
    assert office.rows("stocktake_lines") == office.rows("stocktake_rooms") == []
    assert office.do("start", stocktake_id=made) == 6


def test_two_stocktakes_run_at_once_and_one_that_was_cancelled_is_void(count: Count) -> None:
    first, teams = count.id, count.teams
    count.begin(title="抽查", room_id=count.rooms["301"])
    count.scan("ZC-1")
    assert count.progress().matched == 1
    count.do("cancel", stocktake_id=count.id, reason="改期")
    with pytest.raises(Conflict, match="cannot be done any more"):
        count.scan("ZC-2")
    count.id, count.teams = first, teams
    assert count.progress().pending == 6
    assert count.scan("ZC-1").nth == 1


def test_a_team_is_two_persons_who_are_here(count: Count) -> None:
    def team(name: str, one: str, two: str) -> Any:
        persons = {"counter_id": count.people[one], "supervisor_id": count.people[two]}
        return count.do("team", stocktake_id=count.id, name=name, **persons)

    with pytest.raises(Invalid, match="two different persons"):
        team("丙", "陈静", "陈静")
    with pytest.raises(Conflict, match="a team"):
        team("甲", "赵磊", "刘洋")
    count.desk.do("staff.leave", staff_id=count.people["王建国"], left_on=TODAY, left_why="retired")
    with pytest.raises(Invalid, match="has left"):
        team("丙", "陈静", "王建国")
    third = team("丙", "陈静", "赵磊")
    rooms = [room.stocktake_room_id for room in count.progress().rooms]
    assert count.do("assign", stocktake_id=count.id, stocktake_room_ids=rooms, team_id=third) == 3
    assert {room.team for room in count.progress().rooms} == {"丙"}
    count.do("disband", team_id=third)
    assert {room.team for room in count.progress().rooms} == {""}
    count.scan("ZC-1")
    with pytest.raises(Conflict, match="has counted"):
        count.do("disband", team_id=count.teams["甲"])


def test_what_belongs_to_another_stocktake_is_no_part_of_this_one(count: Count) -> None:
    first, team = count.id, count.teams["甲"]
    rooms = [room.stocktake_room_id for room in count.progress().rooms]
    count.begin()
    with pytest.raises(Conflict, match="another stocktake"):
        count.do("scan", stocktake_id=count.id, team_id=team, code="ZC-1")
    with pytest.raises(Invalid, match="at least one room"):
        count.do("assign", stocktake_id=count.id, stocktake_room_ids=rooms, team_id=count.teams["甲"])
    with pytest.raises(Missing):
        count.ask("room", stocktake_room_id=rooms[0])
    assert first != count.id


def test_who_counts_his_own_things_alone_is_told(count: Count) -> None:
    count.desk.do("assets.revise", asset_id=count.cards["ZC-4"], keeper_id=count.people["陈静"])
    count.begin()
    count.scan("ZC-4", "302")
    count.scan("ZC-1")
    assert [(own.team, own.counter, own.cards) for own in count.ask("own_keeping")] == [("甲", "陈静", 1)]
    count.scan("ZC-4", "302", team="乙")
    assert count.ask("own_keeping") == []


def test_a_technician_counts_and_does_nothing_else(count: Count) -> None:
    here = frozenset({count.office.compound})
    grants = tuple(replace(grant, compounds=here) for grant in accounts.of_role(Role.TECHNICIAN))
    count.office.desk = replace(count.desk, grants=grants)
    assert count.scan("ZC-1").result == "matched"
    assert count.progress().matched == 1
    for name, values in (("finish", {}), ("cancel", {"reason": "x"}), ("explain", {"line_ids": []})):
        with pytest.raises(NotAllowed):
            count.do(name, stocktake_id=count.id, **values)


def test_of_another_compound_nothing_is_counted_or_told(count: Count) -> None:
    made, boss = count.office, count.desk
    boss.do("assets.add", compound_id=made.elsewhere, name="别处的", number="FAR", entered_on=BASE)
    assert count.scan("FAR").outcome == "outside"
    assert count.ask("lately")[0].line is None
    made.desk = replace(boss, grants=(Grant(("*",), frozenset({made.compound})),))
    assert count.scan("FAR").outcome == "unknown"
    made.desk = replace(boss, grants=(Grant(("*",), frozenset({made.elsewhere})),))
    for ask in ("progress", "equation", "lately", "differences", "own_keeping"):
        with pytest.raises(Missing):
            count.ask(ask)
    with pytest.raises(Missing):
        count.scan("ZC-1")


def test_on_a_server_a_technician_counts_with_no_more_rights_than_that_takes(served: Served) -> None:
    count = counting(served.boss).begin()
    count.office.desk = served.join("worker", (Role.TECHNICIAN, count.office.compound))
    met = count.scan("ZC-4", "401", keeper_id=None)
    assert (met.outcome, met.line and met.line.keeper, met.room) == ("elsewhere", "李秀英", "401")
    assert count.scan("SN-1").outcome == "matched"
    count.do("take_back_scan", scan_id=met.scan_id)
    unknown = count.scan("没有", "401")
    count.do("surplus", stocktake_id=count.id, scan_id=unknown.scan_id, name="打印机", class_code="A02021001")
    count.do("put_aside", scan_id=count.scan("也没有").scan_id)
    room = count.progress().rooms[1]
    count.do("room_done", stocktake_room_id=room.stocktake_room_id)
    assert [line.result for line in count.ask("room", stocktake_room_id=room.stocktake_room_id).lines] == [
        "matched", "pending", "pending"
    ]  # fmt: skip
    assert [scan.team for scan in count.ask("lately")] == ["甲"] * 3
    assert count.equation().pieces.surplus == 1
    with served.plain("worker") as connection:
        for kind in ("stocktake", "stocktake_team", "asset", "staff"):
            assert connection.execute(f"update {kind} set rid = rid".encode()).rowcount == 0, kind
        connection.rollback()
