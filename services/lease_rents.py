"""The rents of a lease, period by period: due, received, paid to the treasury (Decree 738 art. 25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.lease import Lease, LeaseRent, LeaseState
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import write
from services.rent_schedule import schedule

RENTS = listing(
    Listing("lease_rents", LeaseRent, ("number", "due_on"), sums=("amount",), also={"lease_id": ("number", "state")})
)
TERMS = ("from_on", "until_on", "rent", "period")  # what the rents of a draft follow from
FIELDS = describe(LeaseRent)
CHANGEABLE = {name: replace(FIELDS[name], required=False) for name in ("due_on", "amount")}
ME = FieldSpec("lease_rent", "lease_rent_id", Kind.REFERENCE, True, target="lease_rent")
MANY = 1200  # periods of one lease: a hundred years of months
TOO_MANY = N_("These would be {count} periods; at most {most}")
RECEIVED = N_("{number} was received on {date}")
NOT_RECEIVED = N_("{number} was not received yet")
PAID = N_("{number} was paid to the treasury on {date}")
NOT_RUNNING = N_("Rent is received once the lease runs; this one is {state}")
AHEAD, BEFORE = N_("{date} lies ahead"), N_("{date} lies before the day it was received: {first}")


@intent(N_("Change rent due"), on=LeaseRent, name="leases.change_rent")
def change_rent(work: Work, lease_rent_id: UUID, **values: Any) -> None:
    """Another day or sum (fen) for one period, before it is received."""
    row = work.get(LeaseRent, lease_rent_id)
    if row.received_on:
        raise Conflict(RECEIVED, number=row.number, date=row.received_on)
    write(row, FIELDS, checks.checked_all(CHANGEABLE, values, whole=False))


takes("leases.change_rent", (ME, *CHANGEABLE.values()))


@intent(N_("Record rent received"), on=LeaseRent, name="leases.receive")
def receive(work: Work, lease_rent_id: UUID, received_on: date) -> None:
    """The rent of a period came in."""
    row = work.get(LeaseRent, lease_rent_id)
    lease = work.get(Lease, row.lease_id)
    if lease.state not in (LeaseState.RUNNING, LeaseState.ENDED):
        raise Conflict(NOT_RUNNING, state=Word(f"lease.state={lease.state.value}"))
    if row.received_on:
        raise Conflict(RECEIVED, number=row.number, date=row.received_on)
    _past(work, received_on, "lease_rent.received_on")
    row.received_on = received_on


@intent(N_("Record rent paid to the treasury"), on=LeaseRent, name="leases.pay")
def pay(work: Work, lease_rent_id: UUID, paid_on: date, voucher: str) -> None:
    """The rent of a period went to the treasury, whole, under this voucher."""
    row = work.get(LeaseRent, lease_rent_id)
    if row.received_on is None:
        raise Conflict(NOT_RECEIVED, number=row.number)
    if row.paid_on:
        raise Conflict(PAID, number=row.number, date=row.paid_on)
    _past(work, paid_on, "lease_rent.paid_on")
    if paid_on < row.received_on:
        raise Invalid(BEFORE, field=Word("lease_rent.paid_on"), date=paid_on, first=row.received_on)
    row.voucher = checks.checked(replace(FIELDS["voucher"], required=True), voucher)
    row.paid_on = paid_on


def of(session: Session, lease: UUID) -> Sequence[LeaseRent]:
    """The rents of a lease by their periods."""
    found = sa.select(LeaseRent).where(LeaseRent.lease_id == lease).order_by(LeaseRent.from_on)
    return session.scalars(found).all()


def make(work: Work, lease: Lease) -> None:
    """The rents a draft's terms make, instead of those it had; nothing is due of what is used for nothing. Invalid: too
    many."""
    parts = list(schedule(lease.from_on, lease.until_on, lease.rent, lease.period))
    if len(parts) > MANY:
        raise Invalid(TOO_MANY, field=Word("lease.until_on"), count=len(parts), most=MANY)
    clear(work, lease.id)
    parts = [part for part in parts if part.amount]
    if not parts:
        return
    numbers = work.numbers("ZJ", len(parts))
    for part in parts:
        work.add(
            LeaseRent(
                compound_id=lease.compound_id, lease_id=lease.id, number=next(numbers), from_on=part.from_on,
                until_on=part.until_on, due_on=part.from_on, amount=part.amount,
            )
        )  # fmt: skip


def clear(work: Work, lease: UUID) -> None:
    """No rent is due any more; a draft has received none."""
    with work.session.no_autoflush:
        for row in of(work.session, lease):
            row.alive = False


def cut(work: Work, lease: Lease, ended_on: date) -> None:
    """Rents of periods that never began, and were not received, are not due."""
    for row in of(work.session, lease.id):
        if row.from_on > ended_on and row.received_on is None:
            row.alive = False


def _past(work: Work, day: date, field: str) -> None:
    if day > work.today:
        raise Invalid(AHEAD, field=Word(field), date=day)
