"""A reading made during a stocktake, kept as it was made, beside what it says of the things."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference


class ScanMeans(enum.StrEnum):
    """How a thing was counted: its label read, chosen in the list, by its serial number, typed in from a printed sheet,
    or read in from the file of a collecting device."""

    SCANNER = "scanner"
    LIST = "list"
    SERIAL = "serial"
    SHEET = "sheet"
    FILE = "file"


class ScanOutcome(enum.StrEnum):
    """What a scan met: a line as in the books, a line in another place or with another person, a line counted before,
    a card that is not in this stocktake, no card at all."""

    MATCHED = "matched"
    ELSEWHERE = "elsewhere"
    AGAIN = "again"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class StocktakeScan(Scoped):
    """One reading as it was made, kept beside the lines: `code` as read, by which team, when, standing in which room,
    how many pieces. `outcome` is what it met then; a code of no card becomes a surplus, or is put aside."""

    __tablename__ = "stocktake_scan"
    __table_args__ = (
        living("stocktake_scan", "stocktake_id", "scanned_at"),
        living("stocktake_scan", "stocktake_id", "asset_id"),
        living("stocktake_scan", "stocktake_id", "outcome", "scanned_at"),
    )
    naming = Naming(number="code", label="code", within="stocktake_id")
    stocktake_id: Mapped[UUID] = reference("stocktake.id")
    team_id: Mapped[UUID] = reference("stocktake_team.id")
    code: Mapped[str] = mapped_column(sa.String(120))
    means: Mapped[ScanMeans] = mapped_column(default=ScanMeans.SCANNER)
    scanned_at: Mapped[datetime]
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    keeper_id: Mapped[UUID | None] = reference("staff.id")
    quantity: Mapped[int] = mapped_column(default=1)
    damaged: Mapped[bool] = mapped_column(default=False)
    unlabelled: Mapped[bool] = mapped_column(default=False)
    word: Mapped[str | None] = mapped_column(sa.String(200))
    outcome: Mapped[ScanOutcome]
    asset_id: Mapped[UUID | None] = reference("asset.id")
    stocktake_surplus_id: Mapped[UUID | None] = reference("stocktake_surplus.id")
    put_aside: Mapped[bool] = mapped_column(default=False)
