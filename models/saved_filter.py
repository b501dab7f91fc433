"""A filter of a list that a person keeps for himself under a name."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living


class SavedFilter(Entity):
    """`content` is what is let through, searched for and sorted by, as JSON (`services.saved_filters`); the list opens
    with the one that is `first`."""

    __tablename__ = "saved_filter"
    owned: ClassVar[str] = "account"
    __table_args__ = (living("saved_filter", "account", "listing", "name", unique=True),)
    naming = Naming(number="name", label="name", within="account")
    account: Mapped[str] = mapped_column(sa.String(40))
    listing: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(60))
    content: Mapped[str] = mapped_column(sa.Text)
    first: Mapped[bool] = mapped_column(default=False)
