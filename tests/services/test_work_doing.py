"""Doing work: visits, hours by dated rates, materials, and what is told of an order on its page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.words import Word
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.work_entries import share
from tests.services.people import Office
from tests.services.working import MONDAY, do, line, opened, report, until

TODAY = MONDAY.date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def doing(office: Office, order: Any) -> Any:
    return office.desk.ask("work_orders.doing", work_order_id=order, on=TODAY, now=MONDAY)


def money(office: Office, order: Any) -> Any:
    return office.desk.ask("work_orders.money", work_order_id=order, on=TODAY)


def test_who_came_and_how_long_it_took(office: Office) -> None:
    order = until(office, "begin")
    line(office, "work_visits", order, staff_id=office.giver, came_at=MONDAY - timedelta(hours=1), left_at=MONDAY,
         travel_minutes=20)  # fmt: skip
    (visit,) = doing(office, order).visits
    assert (visit.who, visit.travel_minutes, visit.left_at) == ("李秀英", 20, MONDAY)
    with pytest.raises(Invalid, match="Say who came"):
        line(office, "work_visits", order, came_at=MONDAY)
    with pytest.raises(Invalid, match="ends before it begins"):
        line(office, "work_visits", order, person="张师傅", came_at=MONDAY, left_at=MONDAY - timedelta(hours=1))
    with pytest.raises(Invalid, match="lies ahead"):
        line(office, "work_visits", order, person="张师傅", came_at=MONDAY + timedelta(hours=1))


def test_hours_are_charged_by_the_rate_of_their_day(office: Office) -> None:
    order = until(office, "begin")
    office.add("labour_rates", an_hour=4000, from_on=date(2026, 1, 1), basis="内部结算办法")
    office.add("labour_rates", an_hour=5000, from_on=date(2026, 11, 23), basis="内部结算办法")
    office.add("labour_rates", compound_id=office.compound, trade="plumbing", an_hour=6000, from_on=TODAY, basis="x")
    office.add("labour_rates", compound_id=office.elsewhere, an_hour=9900, from_on=TODAY, basis="x")
    early = line(office, "work_labour", order, staff_id=office.giver, on=date(2026, 11, 20), minutes=90)
    late = line(office, "work_labour", order, staff_id=office.giver, on=TODAY, minutes=50)
    assert {row.id: row.amount for row in doing(office, order).labour} == {early: 6000, late: 5000}
    assert money(office, order).by_kind == {"labour": 11000}
    assert doing(office, order).minutes == 140


def test_where_no_rate_is_set_the_time_is_kept_and_nothing_charged(office: Office) -> None:
    order = until(office, "begin")
    line(office, "work_labour", order, staff_id=office.giver, on=TODAY, minutes=30)
    assert (doing(office, order).minutes, money(office, order).total) == (30, 0)
    with pytest.raises(Invalid, match="24 hours"):
        line(office, "work_labour", order, staff_id=office.giver, on=TODAY, minutes=1441)


def test_a_material_writes_its_cost_line_and_takes_it_along(office: Office) -> None:
    order = until(office, "begin", payer="unit")
    pipe = line(office, "work_materials", order, name="PPR管 DN20/25", on=TODAY, quantity=2500, measure="米",
                unit_price=333)  # fmt: skip
    (cost,) = money(office, order).costs
    assert (cost.amount, cost.payer, cost.follows, cost.label) == (833, "unit", True, "PPR管 DN20/25")
    office.desk.do("work_materials.revise", work_material_id=pipe, quantity=3000)
    assert money(office, order).total == 999
    with pytest.raises(Conflict, match="follows hours or materials"):
        office.desk.do("work_costs.revise", work_cost_id=cost.id, amount=1)
    with pytest.raises(Conflict, match="follows hours or materials"):
        office.desk.do("work_costs.remove", work_cost_id=cost.id)
    office.desk.do("work_costs.revise", work_cost_id=cost.id, payer="owner", voucher="记-12")
    assert money(office, order).by_payer == {"owner": 999}
    office.desk.do("work_materials.remove", work_material_id=pipe)
    assert money(office, order).costs == () and doing(office, order).materials == ()


def test_two_materials_of_one_name_are_two_lines(office: Office) -> None:
    order, other = until(office, "begin"), until(office, "begin")
    for each in (order, order, other):
        line(office, "work_materials", each, name="螺丝", on=TODAY, quantity=1000, unit_price=10)
    assert money(office, order).total == 20


def test_an_order_that_has_ended_takes_no_more_lines(office: Office) -> None:
    order = until(office, "close")
    with pytest.raises(Conflict, match="cannot be done any more"):
        line(office, "work_materials", order, name="螺丝", on=TODAY, quantity=1000, unit_price=10)
    do(office, "redo", order)
    line(office, "work_materials", order, name="螺丝", on=TODAY, quantity=1000, unit_price=10)


def test_how_long_the_asset_was_out_of_order(office: Office) -> None:
    down = {"down_from": MONDAY - timedelta(hours=3)}
    assert doing(office, report(office, **down)).down == 180
    assert doing(office, report(office, **down, down_until=MONDAY - timedelta(hours=1))).down == 120
    assert doing(office, report(office)).down is None


def test_pictures_say_whether_they_show_it_before_or_after(office: Office, tmp_path: Path) -> None:
    order = until(office, "begin")
    for shows in ("before", "after"):
        path = tmp_path / f"{shows}.txt"
        path.write_text(shows, "utf-8")
        office.desk.do("attachments.add", about_kind="work_order", about_id=order, path=str(path), shows=shows)
    view = View("attachments", filters=(("about_id", (order,)), ("shows", ("after",))))
    assert [row["name"] for row in office.desk.first(view, 9)] == ["after.txt"]


@given(st.integers(0, 10**8), st.lists(st.integers(1, 1440), min_size=1, max_size=20))
def test_rounding_of_lines_is_never_off_by_more_than_half_a_fen_each(rate: int, minutes: list[int]) -> None:
    lines = [share(rate, each, 60, Word("work_labour.minutes")) for each in minutes]
    assert all(abs(60 * amount - rate * each) * 2 <= 60 for amount, each in zip(lines, minutes, strict=True))
    assert abs(60 * sum(lines) - rate * sum(minutes)) * 2 <= 60 * len(lines)
