"""A maintenance plan: what comes back, on what, how often, with everything its orders need; and each time it came."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference
from models.periodic_work import PERIODIC, PlanBasis, Unit
from models.quantity import Quantity
from models.work_order import Payer, WorkKind
from models.work_permit import PermitKind
from models.work_rules import CERTIFIED, WORK_TRADES, Priority


class MaintenancePlan(Scoped):
    """Work on one asset, on every asset of a class, on a room or building, or on the whole compound. It comes back
    `every` so many `unit`s from `starts_on` on, within a season (days as 05-01, over the new year too), or each time a
    meter has counted `meter_step` more from `meter_from` on (thousandths of its unit). With a `rule` it is what that
    asks for, and what is left empty follows from it; `legal` plans are never dropped. The rest is carried over to every
    order, on which the lines of `checklist_id` are laid too."""

    __tablename__ = "maintenance_plan"
    __table_args__ = (living("maintenance_plan", "number", unique=True), living("maintenance_plan", "title"))
    naming = Naming(number="number", label="title", search=("number", "title"), through=("asset_id", "building_id"))
    ends: ClassVar[str] = "ended_on"
    number: Mapped[str] = mapped_column(sa.String(40))
    rule: Mapped[str | None] = mapped_column(sa.String(24), info=PERIODIC)
    title: Mapped[str | None] = mapped_column(sa.String(120))
    asset_id: Mapped[UUID | None] = reference("asset.id")
    class_prefix: Mapped[str | None] = mapped_column(sa.String(9))
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    starts_on: Mapped[date]
    every: Mapped[int | None] = mapped_column(info={"least": 1})
    unit: Mapped[Unit | None]
    basis: Mapped[PlanBasis | None]
    until_on: Mapped[date | None]
    season_from: Mapped[str | None] = mapped_column(sa.String(5))
    season_until: Mapped[str | None] = mapped_column(sa.String(5))
    tolerance_days: Mapped[int | None]
    lead_days: Mapped[int | None]
    meter_id: Mapped[UUID | None] = reference("meter.id")
    meter_step: Mapped[int | None] = mapped_column(Quantity, info={"least": 1})
    meter_from: Mapped[int | None] = mapped_column(Quantity, info={"least": 0})
    legal: Mapped[bool] = mapped_column(default=False, info={"derived": True})
    kind: Mapped[WorkKind | None]
    trade: Mapped[str | None] = mapped_column(sa.String(24), info=WORK_TRADES)
    needs: Mapped[str | None] = mapped_column(sa.String(24), info=CERTIFIED)
    permit: Mapped[PermitKind | None]
    priority: Mapped[Priority] = mapped_column(default=Priority.PLANNED)
    post_id: Mapped[UUID | None] = reference("post.id")
    team_id: Mapped[UUID | None] = reference("organization.id")
    provider_id: Mapped[UUID | None] = reference("provider.id")
    payer: Mapped[Payer | None]
    checklist_id: Mapped[UUID | None] = reference("checklist.id")
    place: Mapped[str | None] = mapped_column(sa.String(120))
    description: Mapped[str | None] = mapped_column(sa.Text)
    ended_on: Mapped[date | None] = mapped_column(info={"derived": True})
    ended_why: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})


class PlanOccurrence(Scoped):
    """One time a plan came for one thing: planned, moved with a reason, done; `legal_until` is the last day the law
    leaves, and `breached` says that it passed before the work was done. `thing_id` is the asset, room, building or
    compound; `reading` what its meter had counted (thousandths). Made once for a plan, a thing and a day."""

    __tablename__ = "plan_occurrence"
    __table_args__ = (
        living("plan_occurrence", "maintenance_plan_id", "thing_id", "planned_on", unique=True),
        living("plan_occurrence", "planned_on"),
        living("plan_occurrence", "legal_until"),
    )
    naming = Naming(number="planned_on", label="planned_on", within="maintenance_plan_id",
                    through=("maintenance_plan_id", "asset_id"))  # fmt: skip
    maintenance_plan_id: Mapped[UUID] = reference("maintenance_plan.id")
    thing_id: Mapped[UUID] = mapped_column(info={"hidden": True})
    asset_id: Mapped[UUID | None] = reference("asset.id")
    planned_on: Mapped[date]
    legal_until: Mapped[date | None]
    moved_to: Mapped[date | None]
    moved_why: Mapped[str | None] = mapped_column(sa.String(200))
    done_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    breached: Mapped[bool] = mapped_column(default=False)
    reading: Mapped[int | None] = mapped_column(Quantity, info={"least": None})
    work_order_id: Mapped[UUID | None] = reference("work_order.id")
