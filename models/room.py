"""A room of a building."""

from __future__ import annotations

import enum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Naming, Registered, Scoped, living, reference


class RoomUse(enum.StrEnum):
    """What a room is used for; the first four are those of the office-premises standard (发改投资〔2014〕2674号)."""

    OFFICE = "office"
    SERVICE = "service"
    EQUIPMENT = "equipment"
    ANCILLARY = "ancillary"
    DWELLING = "dwelling"
    SHOP = "shop"


class Room(Registered, Scoped):
    """`area` is usable floor area (使用面积)."""

    __tablename__ = "room"
    __table_args__ = (living("room", "building_id", "number", unique=True), living("room", "number"))
    naming = Naming(number="number", label="number", within="building_id", search=("number", "name"))
    building_id: Mapped[UUID] = reference("building.id")
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str | None] = mapped_column(sa.String(80))
    floor: Mapped[str | None] = mapped_column(sa.String(20))
    use: Mapped[RoomUse] = mapped_column(default=RoomUse.OFFICE)
    area: Mapped[int | None] = mapped_column(Area)
    note: Mapped[str | None] = mapped_column(sa.Text)
