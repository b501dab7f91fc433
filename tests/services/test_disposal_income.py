"""What disposals bring and cost: never more is paid to the treasury than was received less costs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base import new_id
from models.disposal import COSTS, DisposalIncome, IncomeKind
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.disposal_sheet import total
from tests.services.people import Office, found
from tests.services.test_disposals import TODAY, approved, draft, sheet


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def earn(office: Office, disposal: UUID, kind: str, amount: int, *, received: bool = True) -> UUID:
    made: UUID = office.desk.do("disposals.earn", disposal_id=disposal, kind=kind, amount=amount).value
    if received:
        office.desk.do("disposals.receive", disposal_income_id=made, received_on=TODAY)
    return made


def pay(office: Office, income: UUID, on: date = TODAY) -> Any:
    return office.desk.do("disposals.pay", disposal_income_id=income, paid_on=on, voucher="非税-1")


def test_income_less_costs_goes_to_the_treasury(office: Office) -> None:
    made = approved(office, office.asset())
    sold, scrap = earn(office, made, "proceeds", 100_00), earn(office, made, "scrap", 30_00)
    earn(office, made, "auction", 40_00)
    assert sheet(office, made).balance.left == 90_00
    pay(office, sold)
    with pytest.raises(Conflict, match="nothing is left"):
        pay(office, scrap)
    now = sheet(office, made).balance
    assert (now.due, now.received, now.spent, now.paid, now.left) == (130_00, 130_00, 40_00, 90_00, 0)
    row = office.row("disposal_incomes", sold)
    assert (row["paid"], row["paid_on"], row["voucher"]) == (90_00, TODAY, "非税-1")


def test_sums_come_in_their_order(office: Office) -> None:
    with pytest.raises(Conflict, match="draft"):
        earn(office, draft(office, office.asset()), "scrap", 1)
    made = approved(office, office.asset())
    for amount in (0, -1):
        with pytest.raises(Invalid):
            earn(office, made, "scrap", amount)
    due, cost = earn(office, made, "scrap", 100, received=False), earn(office, made, "tax", 10)
    with pytest.raises(Conflict, match="not received"):
        pay(office, due)
    with pytest.raises(Conflict, match="is a cost"):
        pay(office, cost)
    office.desk.do("disposals.receive", disposal_income_id=due, received_on=TODAY)
    with pytest.raises(Conflict, match="was received"):
        office.desk.do("disposals.receive", disposal_income_id=due, received_on=TODAY)
    with pytest.raises(Invalid, match="before the day"):
        pay(office, due, TODAY - timedelta(days=1))
    pay(office, due)
    with pytest.raises(Conflict, match="was paid"):
        pay(office, due)
    with pytest.raises(Conflict, match="was received"):
        office.desk.do("disposals.drop", disposal_income_id=due)
    with pytest.raises(Conflict, match="than income less costs"):
        earn(office, made, "tax", 10)


def test_a_sum_entered_by_mistake_is_dropped_and_a_receipt_taken_back(office: Office) -> None:
    made = approved(office, office.asset())
    office.desk.do("disposals.drop", disposal_income_id=earn(office, made, "scrap", 5, received=False))
    due = earn(office, made, "scrap", 100, received=False)
    done = office.desk.do("disposals.receive", disposal_income_id=due, received_on=TODAY)
    office.desk.do("journal.undo", operation=done.operation.hex)
    assert sheet(office, made).balance.received == 0


def test_nothing_is_taken_back_that_would_leave_too_much_paid(office: Office) -> None:
    made = approved(office, office.asset())
    first, second = earn(office, made, "scrap", 100), earn(office, made, "proceeds", 50, received=False)
    done = office.desk.do("disposals.receive", disposal_income_id=second, received_on=TODAY)
    spent = earn(office, made, "tax", 50)
    assert spent
    pay(office, first)
    with pytest.raises(Conflict, match="than income less costs"):
        office.desk.do("journal.undo", operation=done.operation.hex)


SUMS = st.lists(st.tuples(st.sampled_from(list(IncomeKind)), st.integers(1, 10**12), st.booleans()), max_size=12)


@settings(max_examples=200, deadline=None)
@given(SUMS)
def test_the_balance_adds_up(sums: list[tuple[IncomeKind, int, bool]]) -> None:
    rows = [
        DisposalIncome(id=new_id(), kind=kind, amount=amount, received_on=TODAY if got else None)
        for kind, amount, got in sums
    ]
    for row in rows:  # pay every sum as `disposals.pay` does
        left = min(row.amount, total(rows).left)
        if row.received_on and not row.cost and left:
            row.paid = left
    now = total(rows)
    received = sum(amount for kind, amount, got in sums if got and kind not in COSTS)
    spent = sum(amount for kind, amount, got in sums if got and kind in COSTS)
    assert (now.received, now.spent) == (received, spent)
    assert now.paid == max(0, received - spent) and now.left == 0
