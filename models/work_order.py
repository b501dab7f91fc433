"""A work order: what is to be done where, who does it, how far it is, and every step it took."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference
from models.work_permit import PermitKind
from models.work_rules import CERTIFIED, HOLD_REASONS, WORK_TRADES, Priority
from models.work_states import STEPS, WorkState


class WorkKind(enum.StrEnum):
    """Why there is work (工单类型)."""

    REPAIR = "repair"
    PREVENTIVE = "preventive"
    INSPECTION = "inspection"
    EMERGENCY = "emergency"
    SHARED_PART = "shared_part"
    PROJECT = "project"


class Channel(enum.StrEnum):
    """How it became known (报修渠道)."""

    PHONE = "phone"
    COUNTER = "counter"
    UNIT = "unit"
    INSPECTION = "inspection"
    CHECKLIST = "checklist"
    PLAN = "plan"


class Payer(enum.StrEnum):
    """Who pays for it (费用承担)."""

    BUDGET = "budget"
    COMPOUND = "compound"
    UNIT = "unit"
    OWNER = "owner"
    FUND = "fund"
    INSURER = "insurer"
    WARRANTY = "warranty"
    PENALTY = "penalty"


class LinkKind(enum.StrEnum):
    """What one order has to do with another: `blocking` says that it has to be done before the other can be."""

    RELATED = "related"
    DUPLICATE = "duplicate"
    SPLIT = "split"
    BLOCKING = "blocking"


class WorkOrder(Scoped):
    """Work at a place or on an asset. The deadlines are those of the service level of the day it was reported;
    `needs` is a kind of certified work beyond what its trade asks for, `permit` one of dangerous work;
    `unlicensed_why` is why somebody without a valid certificate did it anyway. Ratings go from 1 to 5."""

    __tablename__ = "work_order"
    __table_args__ = (
        living("work_order", "number", unique=True),
        living("work_order", "state", "completion_due"),
        living("work_order", "reported_at"),
        living("work_order", "priority", "reported_at"),
        living("work_order", "closed_at"),
        living("work_order", "planned_from"),
    )
    naming = Naming(number="number", label="title", search=("number", "title", "reporter", "place"),
                    through=("asset_id", "room_id"))  # fmt: skip
    number: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[WorkKind] = mapped_column(default=WorkKind.REPAIR)
    trade: Mapped[str] = mapped_column(sa.String(24), info=WORK_TRADES)
    needs: Mapped[str | None] = mapped_column(sa.String(24), info=CERTIFIED)
    permit: Mapped[PermitKind | None]
    priority: Mapped[Priority] = mapped_column(default=Priority.NORMAL)
    state: Mapped[WorkState] = mapped_column(default=WorkState.REPORTED, info={"derived": True})
    channel: Mapped[Channel] = mapped_column(default=Channel.PHONE)
    description: Mapped[str | None] = mapped_column(sa.Text)
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    place: Mapped[str | None] = mapped_column(sa.String(120))
    asset_id: Mapped[UUID | None] = reference("asset.id")
    unit_id: Mapped[UUID | None] = reference("organization.id")
    reporter_id: Mapped[UUID | None] = reference("staff.id")
    reporter: Mapped[str | None] = mapped_column(sa.String(80))
    contact: Mapped[str | None] = mapped_column(sa.String(60), info={"private": True})
    reported_at: Mapped[datetime | None]  # always there: who says none means now
    respond_due: Mapped[datetime | None] = mapped_column(info={"derived": True})
    completion_due: Mapped[datetime | None] = mapped_column(info={"derived": True})
    post_id: Mapped[UUID | None] = reference("post.id")
    technician_id: Mapped[UUID | None] = reference("staff.id", info={"derived": True})
    team_id: Mapped[UUID | None] = reference("organization.id", info={"derived": True})
    provider_id: Mapped[UUID | None] = reference("provider.id", info={"derived": True})
    planned_from: Mapped[datetime | None] = mapped_column(info={"derived": True})
    planned_until: Mapped[datetime | None] = mapped_column(info={"derived": True})
    unlicensed_why: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})
    responded_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    started_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    hold_reason: Mapped[str | None] = mapped_column(sa.String(24), info=HOLD_REASONS | {"derived": True})
    held_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    done_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    result: Mapped[str | None] = mapped_column(sa.Text, info={"derived": True})
    cause: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})
    checked_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    speed: Mapped[int | None] = mapped_column(info={"derived": True, "least": 1})
    quality: Mapped[int | None] = mapped_column(info={"derived": True, "least": 1})
    manner: Mapped[int | None] = mapped_column(info={"derived": True, "least": 1})
    opinion: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})
    closed_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    reopened: Mapped[int] = mapped_column(default=0, info={"derived": True})
    merged_into_id: Mapped[UUID | None] = reference("work_order.id", info={"derived": True})
    payer: Mapped[Payer | None]
    down_from: Mapped[datetime | None]
    down_until: Mapped[datetime | None]

    def may_become(self, state: WorkState) -> bool:
        """Whether that state may follow its own."""
        return state in STEPS[self.state]


class WorkOrderStep(Scoped):
    """One step an order took: from which state to which, when, by whom, and why. Never changed afterwards."""

    __tablename__ = "work_order_step"
    __table_args__ = (living("work_order_step", "work_order_id", "at"), living("work_order_step", "at"))
    naming = Naming(number="at", label="became", within="work_order_id", through=("work_order_id",))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    at: Mapped[datetime]
    was: Mapped[WorkState | None]
    became: Mapped[WorkState]
    account: Mapped[str] = mapped_column(sa.String(40))
    word: Mapped[str | None] = mapped_column(sa.String(200))


class WorkOrderLink(Scoped):
    """Two orders that have to do with each other; the first one blocks, or was split, or is the duplicate."""

    __tablename__ = "work_order_link"
    __table_args__ = (living("work_order_link", "work_order_id", "kind"),)
    naming = Naming(number="kind", label="kind", within="work_order_id", through=("work_order_id", "other_id"))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    kind: Mapped[LinkKind]
    other_id: Mapped[UUID] = reference("work_order.id")
