"""What is done on a work order: visits, hours worked, things used up, and what an hour costs from a day on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Scoped, Shared, living, reference
from models.quantity import Quantity
from models.work_rules import WORK_TRADES


class WorkVisit(Scoped):
    """Somebody was there: one of the office's own, or of a firm. `travel_minutes` there and back."""

    __tablename__ = "work_visit"
    __table_args__ = (living("work_visit", "work_order_id", "came_at"), living("work_visit", "came_at"))
    naming = Naming(number="came_at", label="came_at", within="work_order_id", through=("work_order_id",))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    staff_id: Mapped[UUID | None] = reference("staff.id")
    provider_id: Mapped[UUID | None] = reference("provider.id")
    person: Mapped[str | None] = mapped_column(sa.String(80))
    came_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    travel_minutes: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(sa.String(200))


class LabourRate(Shared):
    """What an hour of the office's own people costs, fen, from a day on; without a trade it holds for all of them."""

    __tablename__ = "labour_rate"
    __table_args__ = (living("labour_rate", "from_on"),)
    naming = Naming(number="from_on", label="basis", search=("basis",))
    trade: Mapped[str | None] = mapped_column(sa.String(24), info=WORK_TRADES)
    an_hour: Mapped[int] = mapped_column(Fen)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    basis: Mapped[str] = mapped_column(sa.String(160))


class WorkLabour(Scoped):
    """Time somebody worked on a day, minutes. `an_hour` and `amount` (fen) go by the rate that holds on that day; where
    there is none, the time is kept and nothing is charged."""

    __tablename__ = "work_labour"
    __table_args__ = (living("work_labour", "work_order_id", "on"), living("work_labour", "on"))
    naming = Naming(number="on", label="on", within="work_order_id", through=("work_order_id", "staff_id"))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    staff_id: Mapped[UUID] = reference("staff.id")
    on: Mapped[date]
    minutes: Mapped[int] = mapped_column(info={"least": 1})
    note: Mapped[str | None] = mapped_column(sa.String(200))
    an_hour: Mapped[int | None] = mapped_column(Fen, info={"derived": True})
    amount: Mapped[int] = mapped_column(Fen, default=0, info={"derived": True})


class WorkMaterial(Scoped):
    """Something that was used up: `quantity` in thousandths of `measure`, `unit_price` in fen, `amount` in fen. What
    came out of a store names its issue (`part_movement_id`) and follows that."""

    __tablename__ = "work_material"
    __table_args__ = (living("work_material", "work_order_id", "name"), living("work_material", "on"))
    naming = Naming(number="on", label="name", search=("name",), through=("work_order_id",))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    on: Mapped[date]
    name: Mapped[str] = mapped_column(sa.String(120))
    quantity: Mapped[int] = mapped_column(Quantity, info={"least": 1})
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    unit_price: Mapped[int] = mapped_column(Fen)
    note: Mapped[str | None] = mapped_column(sa.String(200))
    amount: Mapped[int] = mapped_column(Fen, default=0, info={"derived": True})
    part_movement_id: Mapped[UUID | None] = reference("part_movement.id", info={"derived": True})
