"""A handover note: things pass from one keeper to another, and both sides sign."""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.asset import AssetStatus
from models.base import Naming, Scoped, living, reference


class HandoverState(enum.StrEnum):
    """draft → issued → half signed → done; cancelled from any of the first three."""

    DRAFT = "draft"
    ISSUED = "issued"
    HALF_SIGNED = "half_signed"
    DONE = "done"
    CANCELLED = "cancelled"


class HandoverPurpose(enum.StrEnum):
    """What a note is for: to another keeper 移交, to another compound 调拨, on loan 出借, back from a loan 归还,
    everything of a person who leaves a post 离岗交接."""

    ASSIGN = "assign"
    TRANSFER = "transfer"
    LEND = "lend"
    RETURN = "return"
    LEAVING = "leaving"


class LineCheck(enum.StrEnum):
    """What one side found of a line: not looked at yet, all there, so many missing, damaged."""

    PENDING = "pending"
    CHECKED = "checked"
    SHORT = "short"
    DAMAGED = "damaged"


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
    """Required when user or keeper of a state asset changes (Decree 738 art. 15).

    `unsaid`: since its paper was issued something was found otherwise than it says. `borrower` is who borrows that is
    none of our people; a loan is to be back by `due_on` and is over on `returned_on`, when the last of its lines came
    back by notes that name it as their `loan_id`.
    """

    __tablename__ = "handover"
    __table_args__ = (living("handover", "number", unique=True), living("handover", "state"))
    naming = Naming(number="number", label="number", search=("number", "basis"))
    number: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int] = mapped_column(default=0)
    state: Mapped[HandoverState] = mapped_column(default=HandoverState.DRAFT)
    purpose: Mapped[HandoverPurpose] = mapped_column(default=HandoverPurpose.ASSIGN)
    from_unit_id: Mapped[UUID | None] = reference("organization.id")
    from_staff_id: Mapped[UUID | None] = reference("staff.id", info={"ended": True})  # what he left is handed over
    to_unit_id: Mapped[UUID | None] = reference("organization.id")
    to_staff_id: Mapped[UUID | None] = reference("staff.id")
    to_compound_id: Mapped[UUID | None] = reference("compound.id")
    to_room_id: Mapped[UUID | None] = reference("room.id")
    borrower: Mapped[str | None] = mapped_column(sa.String(120))
    contact: Mapped[str | None] = mapped_column(sa.String(120))
    due_on: Mapped[date | None]
    loan_id: Mapped[UUID | None] = reference("handover.id")
    returned_on: Mapped[date | None]
    supervisor_id: Mapped[UUID | None] = reference("staff.id")
    basis: Mapped[str | None] = mapped_column(sa.String(200))
    mode: Mapped[HandoverMode] = mapped_column(default=HandoverMode.ITEM_CHECK)
    handed_on: Mapped[date]
    issued_at: Mapped[datetime | None]
    from_signed_on: Mapped[date | None]
    to_signed_on: Mapped[date | None]
    supervised_on: Mapped[date | None]
    unsaid: Mapped[bool] = mapped_column(default=False, info={"hidden": True})
    note: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def signed(self) -> bool:
        """Both parties have signed."""
        return self.from_signed_on is not None and self.to_signed_on is not None


class HandoverLine(Scoped):
    """One card on a note. While the note is open no other open note may hold the card.

    Each side says what it found: `*_check`, how many pieces of the card's `quantity` are missing, a word about it.
    `was_*` is what a loan changes and its return changes back; a return's line names that of the loan, and a move to
    another compound the card that was opened there.
    """

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
    quantity: Mapped[int] = mapped_column(default=1, info={"least": 1})
    from_check: Mapped[LineCheck] = mapped_column(default=LineCheck.PENDING)
    from_short: Mapped[int | None]
    from_word: Mapped[str | None] = mapped_column(sa.String(200))
    to_check: Mapped[LineCheck] = mapped_column(default=LineCheck.PENDING)
    to_short: Mapped[int | None]
    to_word: Mapped[str | None] = mapped_column(sa.String(200))
    was_status: Mapped[AssetStatus | None] = mapped_column(info={"hidden": True})
    was_keeper_id: Mapped[UUID | None] = reference("staff.id", info={"hidden": True})
    was_unit_id: Mapped[UUID | None] = reference("organization.id", info={"hidden": True})
    was_building_id: Mapped[UUID | None] = reference("building.id", info={"hidden": True})
    was_room_id: Mapped[UUID | None] = reference("room.id", info={"hidden": True})
    loan_line_id: Mapped[UUID | None] = reference("handover_line.id", info={"hidden": True})
    returned_on: Mapped[date | None]
    successor_id: Mapped[UUID | None] = reference("asset.id", info={"hidden": True})

    @property
    def missing(self) -> int:
        """How many pieces the receiver did not get."""
        return self.to_short or 0 if self.to_check is LineCheck.SHORT else 0

    @property
    def found_wrong(self) -> bool:
        """Whether a side found something missing or damaged."""
        return bool({self.from_check, self.to_check} & {LineCheck.SHORT, LineCheck.DAMAGED})

    @classmethod
    def out(cls) -> sa.ColumnElement[bool]:
        """Lent and not back."""
        return sa.and_(cls.returned_on.is_(None), cls.was_status.is_not(None))
