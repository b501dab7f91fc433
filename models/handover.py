"""A handover note: things pass from one keeper to another, and both sides sign."""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference


class HandoverState(enum.StrEnum):
    """draft → issued → half signed → done; cancelled from any of the first three."""

    DRAFT = "draft"
    ISSUED = "issued"
    HALF_SIGNED = "half_signed"
    DONE = "done"
    CANCELLED = "cancelled"


class HandoverMode(enum.StrEnum):
    """How the things are checked on the day."""

    ITEM_CHECK = "item_check"
    LIST_CHECK = "list_check"
    SAMPLING = "sampling"


class Side(enum.StrEnum):
    """The parties of a note."""

    FROM = "from"
    TO = "to"
    SUPERVISOR = "supervisor"


OPEN = frozenset({HandoverState.DRAFT, HandoverState.ISSUED, HandoverState.HALF_SIGNED})


class Handover(Scoped):
    """Required when user or keeper of a state asset changes (Decree 738 art. 15)."""

    __tablename__ = "handover"
    __table_args__ = (living("handover", "number", unique=True), living("handover", "state"))
    naming = Naming(number="number", label="number", search=("number", "basis"))
    number: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int] = mapped_column(default=0)
    state: Mapped[HandoverState] = mapped_column(default=HandoverState.DRAFT)
    from_unit_id: Mapped[UUID | None] = reference("organization.id")
    from_staff_id: Mapped[UUID | None] = reference("staff.id")
    to_unit_id: Mapped[UUID | None] = reference("organization.id")
    to_staff_id: Mapped[UUID] = reference("staff.id")
    to_room_id: Mapped[UUID | None] = reference("room.id")
    supervisor_id: Mapped[UUID | None] = reference("staff.id")
    basis: Mapped[str | None] = mapped_column(sa.String(200))
    mode: Mapped[HandoverMode] = mapped_column(default=HandoverMode.ITEM_CHECK)
    handed_on: Mapped[date]
    issued_at: Mapped[datetime | None]
    from_signed_on: Mapped[date | None]
    to_signed_on: Mapped[date | None]
    supervised_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def signed(self) -> bool:
        """Both parties have signed."""
        return self.from_signed_on is not None and self.to_signed_on is not None


class HandoverLine(Scoped):
    """One card on a note. While the note is open no other open note may hold the card."""

    __tablename__ = "handover_line"
    __table_args__ = (
        living("handover_line", "handover_id", "position"),
        sa.Index("one_open_line", "asset_id", unique=True, sqlite_where=sa.text("alive = 1 AND open = 1"),
                 postgresql_where=sa.text("alive AND open")),
    )  # fmt: skip
    naming = Naming(number="position", label="position", within="handover_id")
    handover_id: Mapped[UUID] = reference("handover.id")
    asset_id: Mapped[UUID] = reference("asset.id")
    position: Mapped[int]
    open: Mapped[bool] = mapped_column(default=True)
