"""A building, another structure, or a piece of land in a compound."""

from __future__ import annotations

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Naming, Registered, Scoped, living


class BuildingKind(enum.StrEnum):
    """The three kinds of real property."""

    BUILDING = "building"
    STRUCTURE = "structure"
    LAND = "land"


class Tenure(enum.StrEnum):
    """By what right the office holds it."""

    OWNED = "owned"
    LEASED = "leased"
    LENT = "lent"


class BuildingState(enum.StrEnum):
    """Whether it is being used."""

    IN_USE = "in_use"
    VACANT = "vacant"
    CLOSED = "closed"


class Building(Registered, Scoped):
    """`area` is the floor area (建筑面积), of land its ground area."""

    __tablename__ = "building"
    __table_args__ = (living("building", "compound_id", "code", unique=True), living("building", "name"))
    naming = Naming(number="code", label="name", within="compound_id", search=("code", "name", "address"))
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[BuildingKind] = mapped_column(default=BuildingKind.BUILDING)
    tenure: Mapped[Tenure | None]
    state: Mapped[BuildingState] = mapped_column(default=BuildingState.IN_USE)
    area: Mapped[int | None] = mapped_column(Area)
    floors: Mapped[int | None]
    built_year: Mapped[int | None]
    address: Mapped[str | None] = mapped_column(sa.String(200))
    note: Mapped[str | None] = mapped_column(sa.Text)
