"""Permits to work: where somebody could suffocate, burn or fall, nobody begins without one."""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference
from models.beside import Reference
from models.work_rules import WORK_TRADES


class PermitKind(enum.StrEnum):
    """What the work is: in a confined space (有限空间), with fire (动火), at a height (高处)."""

    CONFINED_SPACE = "confined_space"
    FIRE = "fire"
    HEIGHT = "height"


class PermitRule(Reference):
    """From a day on work of this kind takes a permit, valid `most_hours` at most (shipped). With a trade all work of
    the trade is of this kind; without one, an order says so itself."""

    __tablename__ = "permit_rule"
    n: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PermitKind]
    trade: Mapped[str] = mapped_column(sa.String(24), info=WORK_TRADES)
    most_hours: Mapped[int | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(200))
    __table_args__ = (sa.UniqueConstraint("kind", "trade", "from_on"),)


class WorkPermit(Scoped):
    """A permit for one order: where, with which measures, by whom, who watches, from when until when. It is open until
    it is closed."""

    __tablename__ = "work_permit"
    __table_args__ = (
        living("work_permit", "number", unique=True),
        living("work_permit", "work_order_id", "valid_from"),
        living("work_permit", "valid_until"),
    )
    naming = Naming(number="number", label="place", search=("number", "place"), through=("work_order_id",))
    number: Mapped[str] = mapped_column(sa.String(40))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    kind: Mapped[PermitKind]
    place: Mapped[str] = mapped_column(sa.String(120))
    measures: Mapped[str] = mapped_column(sa.Text)
    issued_by_id: Mapped[UUID] = reference("staff.id")
    watched_by_id: Mapped[UUID | None] = reference("staff.id")
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    closing: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})
