"""A compound: offices or dwellings behind one gate."""

from __future__ import annotations

import enum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Entity, Naming, Registered, living, reference


class CompoundKind(enum.StrEnum):
    """What a compound is for."""

    OFFICE = "office"
    DORMITORY = "dormitory"
    MIXED = "mixed"


class Compound(Registered, Entity):
    """The scope of nearly every other record. `unit_id` is the managing unit, `establishment` how many heads are
    approved (编制), `headcount` how many there are."""

    __tablename__ = "compound"
    __table_args__ = (living("compound", "code", unique=True),)
    naming = Naming(number="code", label="name", search=("code", "name", "address"))
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[CompoundKind] = mapped_column(default=CompoundKind.OFFICE)
    address: Mapped[str | None] = mapped_column(sa.String(200))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    administrator_id: Mapped[UUID | None] = reference("staff.id", later="compound_administrator")
    land_area: Mapped[int | None] = mapped_column(Area)
    establishment: Mapped[int | None]
    headcount: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(sa.Text)
