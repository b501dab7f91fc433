"""Who may sign in, and in which role."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living


class Account(Entity):
    """The password is nowhere in the store: it opens the account's key slot (`services.desk.keys`)."""

    __tablename__ = "account"
    __table_args__ = (living("account", "name", unique=True),)
    naming = Naming(number="name", label="name", search=("name",))
    name: Mapped[str] = mapped_column(sa.String(40))
    role: Mapped[str] = mapped_column(sa.String(40))
