"""The office itself: its name and the site code its numbers carry."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming

HIDDEN = {"hidden": True}  # everybody may read the office's name; how its doors stand is asked by who keeps the keys


class Site(Entity):
    """One office, one store. `recovery_at` is when its recovery sheet was made, `recovery_failed` how often a wrong
    code was tried since, `unknown_tries` how often somebody tried to sign in as an account there is none of."""

    __tablename__ = "site"
    naming = Naming(number="code", label="name")
    code: Mapped[str] = mapped_column(sa.String(6))
    name: Mapped[str] = mapped_column(sa.String(120))
    recovery_at: Mapped[datetime | None] = mapped_column(info=HIDDEN)
    recovery_failed: Mapped[int] = mapped_column(default=0, info=HIDDEN)
    unknown_tries: Mapped[int] = mapped_column(default=0, info=HIDDEN)
