"""A person who works for the office or keeps its things."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Personal, Registered, Scoped, living, reference


class Staff(Registered, Scoped):
    """Has a home compound, and may keep things in any other."""

    __tablename__ = "staff"
    __table_args__ = (living("staff", "number", unique=True), living("staff", "name"))
    naming = Naming(number="number", label="name", search=("number", "name"))
    stays_inside: ClassVar[bool] = False
    ends: ClassVar[str] = "left_on"
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    id_number: Mapped[str | None] = mapped_column(Personal(30))
    phone: Mapped[str | None] = mapped_column(Personal(30))
    address: Mapped[str | None] = mapped_column(Personal(120))
    left_on: Mapped[date | None] = mapped_column(info={"derived": True})
