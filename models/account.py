"""Who may sign in."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living


class Account(Entity):
    """One person's way in. The password is nowhere in the store: it opens the account's key slot
    (`services.desk.keys`). What it may do are its grants (`RoleGrant`). `failed_before` are wrong passwords before it
    signed in last, `failed_tries` those since; `delayed_until` is when the next one may be tried."""

    __tablename__ = "account"
    __table_args__ = (living("account", "name", unique=True),)
    naming = Naming(number="name", label="person", search=("name", "person"))
    ends: ClassVar[str] = "retired_on"
    name: Mapped[str] = mapped_column(sa.String(40))
    person: Mapped[str] = mapped_column(sa.String(80))
    retired_on: Mapped[date | None]
    password_at: Mapped[datetime | None]
    signed_in_at: Mapped[datetime | None]
    failed_before: Mapped[int] = mapped_column(default=0)
    failed_tries: Mapped[int] = mapped_column(default=0)
    delayed_until: Mapped[datetime | None]
