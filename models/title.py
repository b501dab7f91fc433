"""A right to real property: the certificate or the older paper that proves it, or that there is none."""

from __future__ import annotations

import enum
from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Naming, Registered, Scoped, living, reference


class TitlePaper(enum.StrEnum):
    """What proves it (不动产登记暂行条例; the older papers stay valid until they are changed)."""

    ESTATE_CERTIFICATE = "estate_certificate"
    LAND_CERTIFICATE = "land_certificate"
    HOUSE_CERTIFICATE = "house_certificate"
    REGISTRATION_PROOF = "registration_proof"
    LEASE = "lease"
    NONE = "none"


class RightKind(enum.StrEnum):
    """Rights that are registered (不动产登记暂行条例 art. 5; Civil Code art. 366 for the right of residence)."""

    LAND_USE = "land_use"
    LAND_USE_AND_HOUSE = "land_use_and_house"
    HOUSE = "house"
    COLLECTIVE_LAND = "collective_land"
    EASEMENT = "easement"
    RESIDENCE = "residence"
    LEASE = "lease"
    OTHER = "other"


class LandNature(enum.StrEnum):
    """How the land was obtained (权利性质)."""

    ALLOCATED = "allocated"
    GRANTED = "granted"
    LEASED = "leased"
    CONTRIBUTED = "contributed"
    AUTHORISED = "authorised"
    COLLECTIVE = "collective"


class CoOwnership(enum.StrEnum):
    """Whether others own it too (共有情况, Civil Code art. 297)."""

    SINGLE = "single"
    JOINT = "joint"
    SHARES = "shares"


class TitleState(enum.StrEnum):
    """What the ledger says of the right."""

    UNREGISTERED = "unregistered"
    FILED = "filed"
    REGISTERED = "registered"
    CANCELLED = "cancelled"


DERIVED: dict[str, object] = {"derived": True}  # computed from the events, never typed


class Title(Registered, Scoped):
    """One right. Who it is, is typed: paper, unit number, kind. How it stands is derived from its events
    (`TitleEvent`) and kept here to be listed; `services.title_state` computes it for any day.

    `certificate` is the number on the paper as it is printed; `unit_number` the 28 characters of the real-estate unit
    (GB/T 37346), without blanks.
    """

    __tablename__ = "title"
    __table_args__ = (
        living("title", "number", unique=True),
        living("title", "certificate"),
        living("title", "state", "number"),
        living("title", "term_until"),
    )
    stays_inside: ClassVar[bool] = True
    naming = Naming(
        number="number", label="location", search=("number", "certificate", "unit_number", "location", "holder"),
        through=("compound_id",),
    )  # fmt: skip
    number: Mapped[str] = mapped_column(sa.String(60))
    location: Mapped[str] = mapped_column(sa.String(200))
    paper: Mapped[TitlePaper] = mapped_column(default=TitlePaper.NONE)
    certificate: Mapped[str | None] = mapped_column(sa.String(80))
    unit_number: Mapped[str | None] = mapped_column(sa.String(40))
    right_kind: Mapped[RightKind] = mapped_column(default=RightKind.LAND_USE_AND_HOUSE)
    note: Mapped[str | None] = mapped_column(sa.Text)
    state: Mapped[TitleState] = mapped_column(default=TitleState.UNREGISTERED, info=DERIVED)
    holder: Mapped[str | None] = mapped_column(sa.String(120), info=DERIVED)
    holder_unit_id: Mapped[UUID | None] = reference("organization.id", info=DERIVED)
    manager_id: Mapped[UUID | None] = reference("organization.id", info=DERIVED)
    co_ownership: Mapped[CoOwnership | None] = mapped_column(info=DERIVED)
    use: Mapped[str | None] = mapped_column(sa.String(80), info=DERIVED)
    land_nature: Mapped[LandNature | None] = mapped_column(info=DERIVED)
    term_until: Mapped[date | None] = mapped_column(info=DERIVED)
    area: Mapped[int | None] = mapped_column(Area, info=DERIVED)
    surveyed_area: Mapped[int | None] = mapped_column(Area, info=DERIVED)
    mortgaged: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    seized: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    disputed: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    lost: Mapped[bool] = mapped_column(default=False, info=DERIVED)


class TitleCoverage(Scoped):
    """What a title is about: a building (or structure, or land) as a whole, or one room of it. n:m."""

    __tablename__ = "title_coverage"
    __table_args__ = (
        living("title_coverage", "number", unique=True),
        living("title_coverage", "title_id", "building_id", "room_id", unique=True),
    )
    naming = Naming(number="number", label="number")
    number: Mapped[str] = mapped_column(sa.String(60))
    title_id: Mapped[UUID] = reference("title.id")
    building_id: Mapped[UUID] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
