"""A meter on a thing or place, and what it was read to stand at."""

from __future__ import annotations

import enum
from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference
from models.quantity import Quantity


class MeterKind(enum.StrEnum):
    """What a meter counts."""

    ELECTRICITY = "electricity"
    WATER = "water"
    GAS = "gas"
    HEAT = "heat"
    HOURS = "hours"
    CYCLES = "cycles"
    DISTANCE = "distance"


class Meter(Scoped):
    """A meter; `measure` is its unit (度, 立方米, 小时). Readings are thousandths of it."""

    __tablename__ = "meter"
    __table_args__ = (living("meter", "number", unique=True), living("meter", "name"))
    naming = Naming(number="number", label="name", search=("number", "name"), through=("asset_id", "building_id"))
    ends: ClassVar[str] = "ended_on"
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[MeterKind]
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    asset_id: Mapped[UUID | None] = reference("asset.id")
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    ended_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(sa.Text)


class MeterReading(Scoped):
    """What a meter stood at on a day. `restarted`: it was changed or has turned over and counts from zero; `total` is
    everything counted since its first reading began."""

    __tablename__ = "meter_reading"
    __table_args__ = (living("meter_reading", "meter_id", "on", unique=True),)
    naming = Naming(number="on", label="on", within="meter_id", through=("meter_id",))
    meter_id: Mapped[UUID] = reference("meter.id")
    on: Mapped[date]
    value: Mapped[int] = mapped_column(Quantity, info={"least": 0})
    restarted: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int] = mapped_column(Quantity, default=0, info={"derived": True})
    note: Mapped[str | None] = mapped_column(sa.String(200))
