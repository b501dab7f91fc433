"""What a disposal brings and costs, down to the day it was paid to the treasury.

Decree 738 art. 25–26: disposal income of administrative units, less its costs, is non-tax income of the treasury.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.disposal import Disposal, DisposalIncome, DisposalState
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.undo import guarding
from services.desk.work import Work
from services.disposal_sheet import total

INCOMES = listing(Listing("disposal_incomes", DisposalIncome, ("number", "due_on"), sums=("amount", "paid")))
FIELDS = {name: describe(DisposalIncome)[name] for name in
          ("disposal_id", "kind", "amount", "payer", "due_on", "note")}  # fmt: skip
ME = FieldSpec("disposal_income", "disposal_income_id", Kind.REFERENCE, True, target="disposal_income")
RUNNING = (DisposalState.APPROVED, DisposalState.EXECUTED)
NOT_YET = N_("Sums are entered when the disposal is approved; this one is {state}")
NOTHING = N_("A sum of nothing is no sum")
RECEIVED = N_("{number} was received on {date}")
NOT_RECEIVED = N_("{number} was not received yet")
PAID = N_("{number} was paid to the treasury on {date}")
IS_COST = N_("{number} is a cost: only income is paid to the treasury")
EATEN = N_("After costs nothing is left to be paid to the treasury")
UNPAID_FOR = N_("More was paid to the treasury than income less costs would then be")
AHEAD, BEFORE = N_("{date} lies ahead"), N_("{date} lies before the day it was received: {first}")


@intent(N_("Enter income or cost of disposal"), on=DisposalIncome, name="disposals.earn")
def earn(work: Work, **values: Any) -> UUID:
    """A sum (fen) that is due to the office, or that it spends; entered once the disposal is approved."""
    given = checks.checked_all(FIELDS, values, whole=True)
    found = work.get(Disposal, given["disposal_id"])
    if found.state not in RUNNING:
        raise Conflict(NOT_YET, state=Word(f"disposal.state={found.state.value}"))
    if given["amount"] == 0:
        raise Invalid(NOTHING, field=Word("disposal_income.amount"))
    row = DisposalIncome(compound_id=found.compound_id, number=next(work.numbers("SR")), **given)
    return work.add(row).id


takes("disposals.earn", tuple(FIELDS.values()))


@intent(N_("Record receipt"), on=DisposalIncome, name="disposals.receive")
def receive(work: Work, disposal_income_id: UUID, received_on: date) -> None:
    """The sum came in; of a cost: it was spent. Conflict: it was already; the costs would be more than is there."""
    row = work.get(DisposalIncome, disposal_income_id)
    if row.received_on:
        raise Conflict(RECEIVED, number=row.number, date=row.received_on)
    _past(work, received_on, "disposal_income.received_on")
    row.received_on = received_on
    _covered(work, row)


@intent(N_("Record payment to the treasury"), on=DisposalIncome, name="disposals.pay")
def pay(work: Work, disposal_income_id: UUID, paid_on: date, voucher: str) -> None:
    """What was received went to the treasury: of this sum as much as costs have left. Conflict: they left nothing."""
    row = work.get(DisposalIncome, disposal_income_id)
    if row.cost:
        raise Conflict(IS_COST, number=row.number)
    if row.received_on is None:
        raise Conflict(NOT_RECEIVED, number=row.number)
    if row.paid_on:
        raise Conflict(PAID, number=row.number, date=row.paid_on)
    _past(work, paid_on, "disposal_income.paid_on")
    if paid_on < row.received_on:
        raise Invalid(BEFORE, field=Word("disposal_income.paid_on"), date=paid_on, first=row.received_on)
    number = checks.checked(replace(describe(DisposalIncome)["voucher"], required=True), voucher)
    left = min(row.amount, total(rows_of(work.session, row.disposal_id)).left)
    if left == 0:
        raise Conflict(EATEN)
    row.paid, row.paid_on, row.voucher = left, paid_on, number


@intent(N_("Take off income or cost"), on=DisposalIncome, name="disposals.drop")
def drop(work: Work, disposal_income_id: UUID) -> None:
    """Entered by mistake, and nothing of it was received or spent."""
    row = work.get(DisposalIncome, disposal_income_id)
    if row.received_on:
        raise Conflict(RECEIVED, number=row.number, date=row.received_on)
    work.remove(row)


def rows_of(session: Session, disposal: UUID) -> Sequence[DisposalIncome]:
    """The sums of a disposal, in the order they were entered."""
    found = sa.select(DisposalIncome).where(DisposalIncome.disposal_id == disposal).order_by(DisposalIncome.n)
    return session.scalars(found).all()


def _past(work: Work, day: date, field: str) -> None:
    if day > work.today:
        raise Invalid(AHEAD, field=Word(field), date=day)


def _covered(work: Work, row: DisposalIncome) -> None:
    """Costs come out of what is not paid yet."""
    now = total(rows_of(work.session, row.disposal_id))
    if row.cost and now.paid and now.paid > now.received - now.spent:
        raise Conflict(UNPAID_FOR)


@guarding(DisposalIncome)
def _stays_covered(work: Work, row: DisposalIncome, values: dict[str, Any], since: int) -> None:
    """Nothing is taken back that would leave more paid than was there."""
    rows = rows_of(work.session, row.disposal_id)
    now = total([other for other in rows if other.id != row.id])
    received = now.received + (row.amount if values.get("received_on", row.received_on) and not row.cost else 0)
    spent = now.spent + (row.amount if values.get("received_on", row.received_on) and row.cost else 0)
    paid = now.paid + (values.get("paid", row.paid) or 0)
    if paid > max(0, received - spent):
        raise Conflict(UNPAID_FOR)
