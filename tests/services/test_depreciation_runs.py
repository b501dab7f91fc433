"""Months of depreciation: booked in order, once, when they have ended; what they rest on stays; they are recomputed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models.role_grant import Role
from services import accounts
from services.depreciation_runs import next_month
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.listing import View
from tests.services.people import Office, found
from tests.services.test_asset_values import at, bought, change, register

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def office(desk: Desk) -> Office:
    """On the last day of November, with two servers here and a desk elsewhere."""
    made = found(at(desk, date(2026, 11, 30)))
    bought(made, number="S1")
    bought(made, number="S2", day=date(2026, 11, 2), cost=1440000)
    made.add("assets", compound_id=made.elsewhere, name="办公桌", class_code="A05010201", cost=180000,
             acquired_on=date(2020, 1, 1), number="D1")  # fmt: skip
    return made


def book(office: Office, month: date, **values: Any) -> Any:
    return office.desk.do("depreciation.book", month=month, **values)


def asset(office: Office, number: str) -> UUID:
    return next(row["id"] for row in office.desk.first(View("assets"), 99) if row["number"] == number)  # type: ignore[no-any-return]


def due(office: Office, on: date) -> date | None:
    return next_month(office.desk.ask("depreciation.preview", month=on), on)


def runs(office: Office) -> list[tuple[str, date, int, int, int, int]]:
    return sorted(
        (row["compound"], row["month"], row["cards"], row["cost"], row["amount"], row["accumulated"])
        for row in office.desk.first(View("depreciation_runs"), 99)
    )


def test_a_month_is_booked_by_compound_and_class(office: Office) -> None:
    assert book(office, date(2026, 10, 17)).value == 2
    assert book(office, NOVEMBER).value == 2
    assert runs(office) == [
        ("建设路大院", OCTOBER, 1, 720000, 10000, 80000), ("建设路大院", NOVEMBER, 2, 2160000, 30000, 110000),
        ("西湖里宿舍", OCTOBER, 1, 180000, 1000, 82000), ("西湖里宿舍", NOVEMBER, 1, 180000, 1000, 83000),
    ]  # fmt: skip
    lines = office.desk.first(View("depreciation_lines"), 9)
    assert sorted((row["class_prefix"], row["amount"], row["run_month"]) for row in lines) == [
        ("A0201", 10000, OCTOBER), ("A0201", 30000, NOVEMBER), ("A0501", 1000, OCTOBER), ("A0501", 1000, NOVEMBER),
    ]  # fmt: skip
    assert office.desk.ask("depreciation.verify") == []
    assert office.desk.sums(View("depreciation_runs")) == {"amount": 42000}


def test_months_come_in_order_once_and_not_before_their_end(office: Office) -> None:
    assert due(office, date(2026, 11, 29)) == OCTOBER
    book(office, date(2026, 9, 1))
    with pytest.raises(Conflict, match="建设路大院: 2026-10 comes first"):
        book(office, NOVEMBER)
    assert due(office, date(2026, 11, 29)) == OCTOBER
    book(office, OCTOBER)
    with pytest.raises(Conflict, match="2026-10 is booked already"):
        book(office, OCTOBER)
    with pytest.raises(Conflict, match="2026-09 is booked already"):
        book(office, date(2026, 9, 30))
    with pytest.raises(Invalid, match="has not ended"):
        book(replace(office, desk=at(office.desk, date(2026, 11, 29))), NOVEMBER)
    with pytest.raises(Invalid, match="has not ended"):
        book(office, date(2026, 12, 1))
    with pytest.raises(Missing, match="no assets"):
        office.desk.do("depreciation.book", month=date(2019, 12, 1), compound_ids=[office.building])
    book(office, NOVEMBER)
    assert due(office, date(2026, 11, 30)) is None


def test_a_compound_may_be_ahead_and_the_others_follow(office: Office) -> None:
    assert book(office, OCTOBER, compound_ids=[office.elsewhere]).value == 1
    parts = {part.compound: part for part in office.desk.ask("depreciation.preview", month=OCTOBER)}
    assert (parts["西湖里宿舍"].booked, parts["建设路大院"].booked, parts["建设路大院"].ready) == (True, False, True)
    assert parts["建设路大院"].total.amount == 10000 and parts["建设路大院"].by_class["A0201"].cards == 1
    assert book(office, OCTOBER).value == 1, "the one that is missing"


def test_who_looks_after_one_compound_books_that_alone(office: Office) -> None:
    clerk = replace(office.desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.compound))
    assert clerk.do("depreciation.book", month=OCTOBER).value == 1
    assert [row[0] for row in runs(office)] == ["建设路大院"]
    assert len(clerk.ask("depreciation.preview", month=NOVEMBER)) == 1


def test_what_a_booked_month_rests_on_is_not_typed_over(office: Office, tmp_path: Any) -> None:
    book(office, OCTOBER)
    first, second = asset(office, "S1"), asset(office, "S2")
    for field, value in (("cost", 5), ("life_months", 9), ("acquired_on", date(2026, 4, 1))):
        with pytest.raises(Conflict, match="2026-10 is booked and rests on"):
            office.desk.do("assets.revise", asset_id=first, **{field: value})
    office.desk.do("assets.revise", asset_id=second, cost=1450000)
    with pytest.raises(Conflict, match="name a day after it"):
        office.desk.do("assets.revise", asset_id=second, acquired_on=date(2026, 10, 31))
    with pytest.raises(Conflict, match="name a day after it"):
        bought(office, day=date(2026, 10, 31))
    with pytest.raises(Conflict, match="2026-10 is booked for this compound"):
        change(office, first, "increase", date(2026, 10, 31), cost=800000)
    with pytest.raises(Conflict, match="dispose of it instead"):
        office.desk.do("assets.remove", asset_id=first)
    rows = "S1,服务器甲,1,2026-03-10\nN1,电脑,5,2026-10-03\nN2,电脑,5,2026-11-03\n"
    report = register(office, tmp_path, f"资产编号,资产名称,原值,取得日期\n{rows}")
    assert (report.new, report.refused, report.changed) == (1, 1, 1)
    assert office.row("assets", first)["cost"] == 720000 and office.row("assets", first)["name"] == "服务器甲"
    change(office, first, "increase", date(2026, 11, 5), cost=800000)
    assert office.desk.ask("depreciation.verify") == []


def test_runs_are_taken_back_in_the_other_order_and_then_nothing_is_fixed(office: Office) -> None:
    october, november = book(office, OCTOBER), book(office, NOVEMBER)
    with pytest.raises(Conflict):
        office.desk.do("journal.undo", operation=october.operation.hex)
    for done in (november, october):
        office.desk.do("journal.undo", operation=done.operation.hex)
    office.desk.do("assets.revise", asset_id=asset(office, "S1"), cost=5)
    assert book(office, OCTOBER).value == 2


def test_nothing_a_booked_month_rests_on_is_taken_back(office: Office) -> None:
    first, second = asset(office, "S1"), asset(office, "S2")
    typed = office.desk.do("assets.revise", asset_id=first, cost=730000)
    rise = office.desk.do("assets.change_value", asset_id=second, kind="increase", cost=1500000, paper="x",
                          on=date(2026, 11, 9))  # fmt: skip
    book(office, OCTOBER)
    with pytest.raises(Conflict, match="2026-10 is booked and rests on S1"):
        office.desk.do("journal.undo", operation=typed.operation.hex)
    book(office, NOVEMBER)
    with pytest.raises(Conflict, match="2026-11 is booked and rests on S2"):
        office.desk.do("journal.undo", operation=rise.operation.hex)


def test_a_booked_month_that_no_longer_follows_from_the_cards_is_told(
    office: Office, raw: Callable[..., Any], unguard: Callable[[], None]
) -> None:
    bought(office, number="S3", cost=720072)
    book(office, OCTOBER)
    book(office, NOVEMBER)
    office.desk.do("assets.revise", asset_id=asset(office, "D1"), class_code="A02010105")
    classed, _ = office.desk.ask("depreciation.verify", compound_id=office.elsewhere)
    assert classed.classes and classed.booked == classed.now
    unguard()
    raw("UPDATE asset SET cost = CASE number WHEN 'S1' THEN 720072 ELSE 720000 END WHERE number IN ('S1', 'S3')")
    wrong = office.desk.ask("depreciation.verify", compound_id=office.compound)
    assert [(w.month, w.classes) for w in wrong] == [(OCTOBER, False), (NOVEMBER, False)]
    assert all(w.booked == w.now for w in wrong), "the sums agree, the single amounts do not: only the digest tells"
    raw("UPDATE asset SET cost = 1 WHERE number = 'S2'")
    (november,) = [
        w for w in office.desk.ask("depreciation.verify", compound_id=office.compound) if w.month == NOVEMBER
    ]
    assert (november.booked.cost, november.now.cost) == (2880072, 1440073)


def test_cards_without_a_life_are_counted_and_take_nothing(office: Office) -> None:
    office.asset("楼", class_code="A01010100", acquired_on=date(2001, 1, 1), cost=10**8)
    (here, _) = office.desk.ask("depreciation.preview", month=OCTOBER)
    assert (here.total.cards, here.total.unknown, here.total.amount) == (2, 1, 10000)
    book(office, OCTOBER)
    assert sorted(row["unknown"] for row in office.desk.first(View("depreciation_runs"), 9)) == [0, 1]


def test_an_empty_compound_goes_on_being_booked(office: Office) -> None:
    book(office, OCTOBER)
    office.desk.do("assets.revise", asset_id=asset(office, "D1"), note="x")
    assert book(office, NOVEMBER).value == 2
