"""What was found when the office was opened and should not have been: a missing tail, another history, a copy."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living


class IncidentKind(enum.StrEnum):
    """How the store differed from the marker that this computer keeps outside of it (`services.desk.marker`)."""

    TRUNCATED = "truncated"  # the marker knows records the store has no more
    REPLACED = "replaced"  # the store has another record where the marker knows one
    COPIED = "copied"  # another computer, or another file under the same name
    UNMARKED = "unmarked"  # no marker here: copied to this computer, or the marker was taken away
    UNREADABLE = "unreadable"  # the marker is damaged, or another store's
    KEY = "key"  # the signing key is gone, or another one
    CLOCK = "clock"  # the clock of this computer was set back


class Incident(Entity):
    """One finding. `lost` operations were known and are missing (None: cannot be told), those after `kept_at`, the
    newest that is there; `seen_at` is when this computer last saw the store whole. `predecessor` is the writer that
    wrote until then and never writes again, `place` the computer's name."""

    __tablename__ = "incident"
    __table_args__ = (living("incident", "number", unique=True), living("incident", "at"))
    naming = Naming(number="number", label="number", search=("number", "place"))
    number: Mapped[str] = mapped_column(sa.String(40))
    at: Mapped[datetime]
    kind: Mapped[IncidentKind]
    lost: Mapped[int | None]
    kept_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    predecessor: Mapped[str | None] = mapped_column(sa.String(32))
    place: Mapped[str] = mapped_column(sa.String(80))
