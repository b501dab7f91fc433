"""A lease: an asset or a place is used by somebody outside for rent, or shared for compensation, for a term."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.asset import AssetStatus
from models.base import Fen, Naming, Scoped, living, reference


class LeaseKind(enum.StrEnum):
    """Let out (出租), or shared with another organ for compensation (共享共用, Decree 738 art. 18)."""

    LEASE = "lease"
    SHARE = "share"


class LeaseState(enum.StrEnum):
    """draft → running → ended; a draft may be cancelled."""

    DRAFT = "draft"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


class RentPeriod(enum.StrEnum):
    """How often rent is due."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    ONCE = "once"


OPEN = frozenset({LeaseState.DRAFT, LeaseState.RUNNING})


class Lease(Scoped):
    """Of one card, or of a building or a room of it. `until_on` is the last day; `rent` is for one period, fen.

    `exception` says why the term is longer than the rule has it; `was` is the status of the card before it ran.
    """

    __tablename__ = "lease"
    __table_args__ = (
        living("lease", "number", unique=True),
        living("lease", "state"),
        living("lease", "until_on"),
        sa.Index("one_open_lease", "asset_id", unique=True,
                 sqlite_where=sa.text("alive = 1 AND state IN ('draft', 'running')"),
                 postgresql_where=sa.text("alive AND state IN ('draft', 'running')")),
    )  # fmt: skip
    naming = Naming(
        number="number", label="lessee", search=("number", "lessee", "approval_no", "bidding_no"),
        through=("asset_id", "building_id", "room_id"),
    )  # fmt: skip
    number: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[LeaseKind] = mapped_column(default=LeaseKind.LEASE)
    state: Mapped[LeaseState] = mapped_column(default=LeaseState.DRAFT)
    asset_id: Mapped[UUID | None] = reference("asset.id")
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    lessee: Mapped[str] = mapped_column(sa.String(120))
    contact: Mapped[str | None] = mapped_column(sa.String(80))
    purpose: Mapped[str | None] = mapped_column(sa.String(120))
    approval_no: Mapped[str | None] = mapped_column(sa.String(80))
    approved_on: Mapped[date | None]
    bidding_no: Mapped[str | None] = mapped_column(sa.String(80))
    appraisal_no: Mapped[str | None] = mapped_column(sa.String(80))
    appraised: Mapped[int | None] = mapped_column(Fen)
    contract_no: Mapped[str | None] = mapped_column(sa.String(80))
    from_on: Mapped[date]
    until_on: Mapped[date]
    exception: Mapped[str | None] = mapped_column(sa.String(200))
    rent: Mapped[int] = mapped_column(Fen)
    period: Mapped[RentPeriod] = mapped_column(default=RentPeriod.YEAR)
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(sa.String(200))
    was: Mapped[AssetStatus | None] = mapped_column(info={"hidden": True})
    note: Mapped[str | None] = mapped_column(sa.Text)


class LeaseRent(Scoped):
    """The rent of one period: due, received, paid to the treasury, fen."""

    __tablename__ = "lease_rent"
    __table_args__ = (living("lease_rent", "number", unique=True), living("lease_rent", "due_on"))
    naming = Naming(number="number", label="number", search=("number", "voucher"), through=("lease_id",))
    lease_id: Mapped[UUID] = reference("lease.id")
    number: Mapped[str] = mapped_column(sa.String(60))
    from_on: Mapped[date]
    until_on: Mapped[date]
    due_on: Mapped[date]
    amount: Mapped[int] = mapped_column(Fen)
    received_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    voucher: Mapped[str | None] = mapped_column(sa.String(60))
