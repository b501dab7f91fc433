"""A unit: an organ, a department of it, a service centre."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, Registered, living, reference


class Organization(Registered, Entity):
    """Units form a tree; assets, staff and compounds name the unit they belong to."""

    __tablename__ = "organization"
    __table_args__ = (living("organization", "code", unique=True),)
    naming = Naming(number="code", label="name", search=("code", "name"))
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    parent_id: Mapped[UUID | None] = reference("organization.id")
