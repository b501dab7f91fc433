"""What waits to come in, or to go to the treasury, and which leases end: one list for those who see to it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.compound import Compound
from models.disposal import COSTS, Disposal, DisposalIncome
from models.lease import Lease, LeaseRent, LeaseState
from resources.words import N_
from services.desk.intent import query
from services.disposal_sheet import total

AT_ONCE = 500


class Waits(enum.StrEnum):
    """What is to be done about it."""

    OVERDUE = "overdue"  # due, and not received
    UNPAID = "unpaid"  # received, and not paid to the treasury in time
    ENDING = "ending"  # a lease that ends soon
    OVER = "over"  # a lease that runs past its end


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: about a lease or a disposal, who is concerned, the day it counts from, and how many days
    ago that was (below zero: still to come). `amount` in fen, None where it is about no sum."""

    waits: Waits
    kind: str
    id: UUID
    number: str
    compound: str
    who: str
    on: date
    days: int
    amount: int | None = None


@query(N_("Rents, income and leases that wait for somebody"), on=Lease, name="leases.due")
def due(session: Session, on: date) -> list[Waiting]:
    """Overdue rents and income, sums not paid to the treasury within the days of `lease_rules.json`, leases that end
    within its days or are over; the oldest first."""
    rules = resources.settings("lease_rules")
    late = on - timedelta(days=rules["treasury_days"]["value"])
    soon = on + timedelta(days=rules["ending_days"]["value"])
    compounds = {row.id: row.name for row in session.scalars(sa.select(Compound))}
    found = [*_rents(session, on, late, compounds), *_incomes(session, on, late, compounds)]
    found += _leases(session, on, soon, compounds)
    return sorted(found, key=lambda row: (row.on, row.number, row.waits.value))


def _rents(session: Session, on: date, late: date, compounds: dict[UUID, str]) -> Iterator[Waiting]:
    waiting = sa.or_(
        sa.and_(LeaseRent.received_on.is_(None), LeaseRent.due_on < on),
        sa.and_(LeaseRent.paid_on.is_(None), LeaseRent.received_on < late),
    )
    agreed = Lease.state.in_((LeaseState.RUNNING, LeaseState.ENDED))
    found = sa.select(LeaseRent, Lease).join(Lease, Lease.id == LeaseRent.lease_id).where(agreed, waiting)
    for row, lease in session.execute(found):
        where = compounds.get(row.compound_id, "")
        waits, day = (Waits.UNPAID, row.received_on) if row.received_on else (Waits.OVERDUE, row.due_on)
        yield Waiting(waits, "lease", lease.id, row.number, where, lease.lessee, day, (on - day).days, row.amount)


def _incomes(session: Session, on: date, late: date, compounds: dict[UUID, str]) -> Iterator[Waiting]:
    waiting = sa.or_(
        sa.and_(DisposalIncome.received_on.is_(None), DisposalIncome.due_on < on),
        sa.and_(DisposalIncome.paid_on.is_(None), DisposalIncome.received_on < late),
    )
    found = (
        sa.select(DisposalIncome, Disposal)
        .join(Disposal, Disposal.id == DisposalIncome.disposal_id)
        .where(waiting, DisposalIncome.kind.not_in(tuple(COSTS)))
    )
    rows = session.execute(found).all()
    left = _left(session, {disposal.id for row, disposal in rows if row.received_on})
    for row, disposal in rows:
        if row.received_on and not left[disposal.id]:
            continue  # costs have eaten it: there is nothing to pay
        where, who = compounds.get(row.compound_id, ""), row.payer or disposal.receiver or ""
        waits, day = (Waits.UNPAID, row.received_on) if row.received_on else (Waits.OVERDUE, row.due_on or on)
        yield Waiting(waits, "disposal", disposal.id, row.number, where, who, day, (on - day).days, row.amount)


def _left(session: Session, disposals: set[UUID]) -> dict[UUID, int]:
    """What of disposals is still to be paid to the treasury, fen."""
    sums = dict[UUID, list[DisposalIncome]]((id, []) for id in disposals)
    ids = list(disposals)
    for start in range(0, len(ids), AT_ONCE):
        part = DisposalIncome.disposal_id.in_(ids[start : start + AT_ONCE])
        for row in session.scalars(sa.select(DisposalIncome).where(part)):
            sums[row.disposal_id].append(row)
    return {id: total(rows).left for id, rows in sums.items()}


def _leases(session: Session, on: date, soon: date, compounds: dict[UUID, str]) -> Iterator[Waiting]:
    ending = sa.select(Lease).where(Lease.state == LeaseState.RUNNING, Lease.until_on <= soon)
    for lease in session.scalars(ending):
        waits, where = Waits.OVER if lease.until_on < on else Waits.ENDING, compounds.get(lease.compound_id, "")
        days = (on - lease.until_on).days
        yield Waiting(waits, "lease", lease.id, lease.number, where, lease.lessee, lease.until_on, days)
