"""The money of work: quotes compared, lines with who pays, warranty noticed, a major repair put into the asset."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from tests.services.people import Office
from tests.services.working import MONDAY, line, opened, report, until

TODAY = MONDAY.date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def money(office: Office, order: UUID) -> Any:
    return office.desk.ask("work_orders.money", work_order_id=order, on=TODAY)


def cost(office: Office, order: UUID, amount: int = 10000, kind: str = "contract", **values: Any) -> UUID:
    return line(office, "work_costs", order, kind=kind, label="外协维修", on=TODAY, amount=amount, **values)


def quote(office: Office, order: UUID, amount: int, **values: Any) -> UUID:
    firm = office.add("providers", name=f"维修公司{amount}")
    return line(office, "work_quotes", order, provider_id=firm, amount=amount, quoted_on=TODAY, **values)


def test_the_cheapest_quote_is_chosen_freely_and_another_with_a_reason(office: Office) -> None:
    order = report(office)
    cheap, dear = quote(office, order, 90000), quote(office, order, 120000, days=2)
    old = line(office, "work_quotes", order, provider_id=office.add("providers", name="旧"), amount=80000,
               quoted_on=TODAY - timedelta(days=40), valid_until=TODAY - timedelta(days=1))  # fmt: skip
    assert [(each.amount, each.over) for each in money(office, order).quotes] == [
        (80000, None), (90000, 0), (120000, 30000),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="ask for a new one"):
        office.desk.do("work_quotes.choose", work_quote_id=old)
    with pytest.raises(Invalid, match=r"asks for 900\.00 yuan"):
        office.desk.do("work_quotes.choose", work_quote_id=dear)
    office.desk.do("work_quotes.choose", work_quote_id=cheap)
    office.desk.do("work_quotes.choose", work_quote_id=dear, chosen_why="两天内完工")
    chosen = [each for each in money(office, order).quotes if each.chosen_on]
    assert [(each.amount, each.chosen_why) for each in chosen] == [(120000, "两天内完工")]
    office.desk.do("work_quotes.revise", work_quote_id=dear, amount=130000)
    assert not [each for each in money(office, order).quotes if each.chosen_on], "what was chosen was another quote"


def test_who_pays_is_that_of_the_order_until_a_line_says_otherwise(office: Office) -> None:
    order, other = report(office, payer="fund"), report(office)
    cost(office, order, 100)
    cost(office, order, 50, payer="owner")
    cost(office, other, 7)
    assert money(office, order).by_payer == {"fund": 100, "owner": 50}
    assert money(office, other).by_payer == {"budget": 7}
    rows = office.desk.first(View("work_costs", filters=(("payer", ("owner",)),)), 9)
    assert [(row["amount"], row["work_order_trade"]) for row in rows] == [(50, "plumbing")]
    assert office.desk.sums(View("work_costs")) == {"amount": 157}


def test_warranty_is_noticed_before_money_is_spent(office: Office) -> None:
    asset = office.asset(warranty_until=TODAY, supplier="格力")
    order = report(office, asset_id=asset, room_id=None, place="302")
    facts = office.desk.ask("work_orders.facts", compound_id=office.compound, asset_id=asset, on=TODAY)
    assert (facts.under_warranty, facts.supplier) == (True, "格力")
    after = office.desk.ask("work_orders.facts", compound_id=office.compound, asset_id=asset,
                            on=TODAY + timedelta(days=1))  # fmt: skip
    assert not after.under_warranty
    with pytest.raises(Invalid, match="under warranty until 2026-11-23"):
        cost(office, order)
    with pytest.raises(Invalid, match="under warranty"):
        office.desk.do("work_quotes.choose", work_quote_id=quote(office, order, 100))
    cost(office, order, payer="warranty")
    cost(office, order, despite_warranty="人为损坏，不在保修范围")
    line(office, "work_materials", order, name="保险丝", on=TODAY, quantity=1000, unit_price=100)
    assert money(office, order).total == 20100


def test_what_is_open_and_what_was_done_there_is_told_beforehand(office: Office) -> None:
    done, old, new = until(office, "check"), report(office), report(office, priority="emergency")
    far = office.add("work_orders", compound_id=office.elsewhere, title="远", trade="plumbing", room_id=office.far_room)
    facts = office.desk.ask("work_orders.facts", compound_id=office.compound, room_id=office.room, on=TODAY)
    assert [each.id for each in facts.open] == [new, old], "the most urgent first"
    assert [(each.id, each.result) for each in facts.last] == [(done, "更换阀门")]
    but = office.desk.ask("work_orders.facts", compound_id=office.compound, room_id=office.room, on=TODAY,
                          work_order_id=new)  # fmt: skip
    assert far not in [each.id for each in facts.open] and [each.id for each in but.open] == [old]


def test_a_major_repair_goes_into_the_value_and_life_of_the_asset(office: Office) -> None:
    asset = office.asset(class_code="A02061804", cost=1_000_000, acquired_on=date(2024, 1, 1), life_months=72)
    order = until(office, "begin", asset_id=asset, room_id=None, place="302")
    cost(office, order, 300_000)
    line(office, "work_materials", order, name="压缩机", on=TODAY, quantity=1000, unit_price=200_000)
    change = office.desk.do("work_costs.capitalise", work_order_id=order, on=TODAY, paper="大修决算〔2026〕3号",
                            life_months=120).value  # fmt: skip
    row = office.row("assets", asset)
    assert (row["cost"], row["life_months"]) == (1_500_000, 120)
    told = office.row("asset_value_changes", change)
    assert (told["kind"], told["cost_before"], told["paper"]) == ("rebuilt", 1_000_000, "大修决算〔2026〕3号")
    assert money(office, order).capital == 500_000
    assert {each["value_change_id"] for each in office.desk.first(View("work_costs"), 9)} == {change}
    (first, *_) = money(office, order).costs
    with pytest.raises(Conflict, match="went into the value"):
        office.desk.do("work_costs.revise", work_cost_id=first.id, voucher="x")
    with pytest.raises(Conflict, match="no cost line"):
        office.desk.do("work_costs.capitalise", work_order_id=order, on=TODAY, paper="x")


def test_without_an_asset_there_is_no_value_to_change(office: Office) -> None:
    order = report(office)
    cost(office, order)
    with pytest.raises(Conflict, match="not about an asset"):
        office.desk.do("work_costs.capitalise", work_order_id=order, on=TODAY, paper="x")


def test_complaints_and_return_visits_are_kept_with_their_answers(office: Office) -> None:
    order = until(office, "close")
    said = line(office, "work_feedback", order, kind="complaint", at=MONDAY, person="王建国", words="修完仍滴水")
    with pytest.raises(Invalid, match="was satisfied"):
        line(office, "work_feedback", order, kind="return_visit", at=MONDAY, words="电话回访")
    line(office, "work_feedback", order, kind="return_visit", at=MONDAY, words="电话回访", satisfied=True)
    office.desk.do("work_feedback.answer", work_feedback_id=said, answer="已安排返修")
    rows = office.desk.ask("work_orders.doing", work_order_id=order, on=TODAY).said
    assert [(each.kind, each.answer) for each in rows] == [("complaint", "已安排返修"), ("return_visit", "")]
