"""What is wrong with a right, who sees to it, and how it ended."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference


class DefectKind(enum.StrEnum):
    """Title problems (权属问题)."""

    NO_CERTIFICATES = "no_certificates"
    HOUSE_ONLY = "house_only"
    LAND_ONLY = "land_only"
    HOLDER_DIFFERS = "holder_differs"
    NAME_OUTDATED = "name_outdated"
    AREA_DIFFERS = "area_differs"
    USE_DIFFERS = "use_differs"
    ADDRESS_CHANGED = "address_changed"
    NOT_IN_BOOKS = "not_in_books"
    BOOKED_WITHOUT_TITLE = "booked_without_title"
    SHARES_UNCLEAR = "shares_unclear"
    PARTLY_SOLD = "partly_sold"
    ENCUMBERED = "encumbered"
    LITIGATION = "litigation"
    NO_PERMITS = "no_permits"
    DANGEROUS = "dangerous"
    BORROWED = "borrowed"
    PAPER_LOST = "paper_lost"
    LAND_NATURE = "land_nature"


class DefectRoute(enum.StrEnum):
    """How it is put right (Decree 738 art. 40 and 41 for confirmation and disputes)."""

    FIRST_REGISTRATION = "first_registration"
    CHANGE = "change"
    CORRECTION = "correction"
    NEW_CERTIFICATE = "new_certificate"
    REPLACEMENT = "replacement"
    CONFIRMATION = "confirmation"
    BOOKING = "booking"
    AGREEMENT = "agreement"
    LITIGATION = "litigation"


class DefectState(enum.StrEnum):
    """Where it stands."""

    OPEN = "open"
    IN_HAND = "in_hand"
    SETTLED = "settled"


class TitleDefect(Scoped):
    """`by_rule` says that the program opened it, and on which difference: such a one is not opened twice."""

    __tablename__ = "title_defect"
    __table_args__ = (
        living("title_defect", "number", unique=True),
        living("title_defect", "state", "due_on"),
        living("title_defect", "due_on"),
    )
    naming = Naming(number="number", label="number", search=("number", "evidence"), through=("title_id", "staff_id"))
    number: Mapped[str] = mapped_column(sa.String(60))
    title_id: Mapped[UUID] = reference("title.id")
    kind: Mapped[DefectKind]
    evidence: Mapped[str | None] = mapped_column(sa.String(200))
    route: Mapped[DefectRoute | None]
    staff_id: Mapped[UUID | None] = reference("staff.id")
    opened_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[DefectState] = mapped_column(default=DefectState.OPEN)
    settled_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(sa.String(200))
    by_rule: Mapped[str | None] = mapped_column(sa.String(80), info={"hidden": True})
