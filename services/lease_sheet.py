"""A lease at a glance, and the register of leases as a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.building import Building
from models.lease import Lease, LeaseKind, LeaseRent, LeaseState
from models.room import Room
from resources.words import N_
from services import lease_rents
from services.desk.errors import Missing
from services.desk.intent import query
from services.disposal_sheet import NO_DISPOSAL, Gap
from services.leases import gaps, term_rule
from services.rent_schedule import longer_than


@dataclass(frozen=True)
class Rent:
    """The rent of one period, fen; `late` days since it was due and did not come."""

    id: UUID
    number: str
    from_on: date
    until_on: date
    due_on: date
    amount: int
    received_on: date | None
    paid_on: date | None
    voucher: str
    late: int


@dataclass(frozen=True)
class LeaseSheet:
    """A lease on a day: what is let, its rents with their sums (fen), whether its term is longer than usual, and what
    is missing before it may run."""

    number: str
    state: LeaseState
    thing: str
    rents: tuple[Rent, ...]
    due: int
    received: int
    paid: int
    overdue: int
    long: bool
    missing: tuple[Gap, ...]


@query(N_("A lease with its rents"), on=Lease, name="leases.sheet")
def sheet(session: Session, lease_id: UUID, on: date) -> LeaseSheet:
    """Missing: it is out of reach."""
    found = session.get(Lease, lease_id)
    if found is None:
        raise Missing(NO_DISPOSAL)
    rents = tuple(_rent(row, on) for row in lease_rents.of(session, lease_id))
    rule = term_rule(found.from_on) if found.kind is LeaseKind.LEASE else None
    return LeaseSheet(
        found.number, found.state, thing(session, found), rents, sum(rent.amount for rent in rents),
        sum(rent.amount for rent in rents if rent.received_on), sum(rent.amount for rent in rents if rent.paid_on),
        sum(rent.amount for rent in rents if rent.late),
        rule is not None and longer_than(found.from_on, found.until_on, rule["years"]),
        tuple(gaps(session, found, on)) if found.state is LeaseState.DRAFT else (),
    )  # fmt: skip


@query(N_("Register of leases"), on=Lease, name="leases.register")
def register(session: Session, on: date) -> bytes:
    """Every lease that runs or ran, with rents due, received and paid to the treasury, as a PDF. Invalid: none."""
    from services.documents import lease_register  # the PDF libraries are loaded with the first paper

    agreed = sa.select(Lease).where(Lease.state.in_((LeaseState.RUNNING, LeaseState.ENDED))).order_by(Lease.number)
    rows = [(lease, thing(session, lease), lease_rents.of(session, lease.id)) for lease in session.scalars(agreed)]
    return lease_register.of(session, rows, on)


def thing(session: Session, lease: Lease) -> str:
    """What is let, as people name it."""
    if lease.asset_id and (asset := session.get(Asset, lease.asset_id)):
        return f"{asset.name} {asset.number}"
    building = session.get(Building, lease.building_id) if lease.building_id else None
    room = session.get(Room, lease.room_id) if lease.room_id else None
    return " ".join([building.name if building else "", room.number if room else ""]).strip()


def _rent(row: LeaseRent, on: date) -> Rent:
    late = max(0, (on - row.due_on).days) if row.received_on is None else 0
    return Rent(row.id, row.number, row.from_on, row.until_on, row.due_on, row.amount, row.received_on, row.paid_on,
                row.voucher or "", late)  # fmt: skip
