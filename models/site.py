"""The office itself: its name and the site code its numbers carry."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming


class Site(Entity):
    """One office, one store."""

    __tablename__ = "site"
    naming = Naming(number="code", label="name")
    code: Mapped[str] = mapped_column(sa.String(6))
    name: Mapped[str] = mapped_column(sa.String(120))
