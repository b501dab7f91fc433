"""A change of what an asset is worth in the books, or of how long it is depreciated."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Scoped, living, reference


class ValueChange(enum.StrEnum):
    """Why (政府会计准则第3号 and 应用指南). The last two come of splitting and merging cards alone."""

    INCREASE = "increase"
    REBUILT = "rebuilt"
    DECREASE = "decrease"
    FINAL = "final"  # what was entered provisionally is settled
    CORRECTION = "correction"
    LIFE = "life"
    SPLIT = "split"
    MERGE = "merge"


class AssetValueChange(Scoped):
    """From its month on the asset is depreciated anew: (`cost` - `accumulated`) over `months_left`.

    Money in fen. What stood before is kept beside it: `cost_before`, `life_before`, what was `accumulated_before` by
    the end of the month before, over `months_taken`. `accumulated_off` goes with what was taken off;
    `other_id` is the card that was split off or merged into this one.
    """

    __tablename__ = "asset_value_change"
    __table_args__ = (
        living("asset_value_change", "number", unique=True),
        living("asset_value_change", "on"),
    )
    naming = Naming(number="number", label="paper", search=("number", "paper"), through=("asset_id", "compound_id"))
    number: Mapped[str] = mapped_column(sa.String(60))
    asset_id: Mapped[UUID] = reference("asset.id")
    kind: Mapped[ValueChange]
    on: Mapped[date]
    cost: Mapped[int | None] = mapped_column(Fen)
    life_months: Mapped[int | None] = mapped_column(info={"least": 1})
    accumulated_off: Mapped[int | None] = mapped_column(Fen)
    paper: Mapped[str] = mapped_column(sa.String(160))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    cost_before: Mapped[int | None] = mapped_column(Fen, info={"derived": True})
    life_before: Mapped[int | None] = mapped_column(info={"derived": True})
    accumulated_before: Mapped[int] = mapped_column(Fen, default=0, info={"derived": True})
    accumulated: Mapped[int] = mapped_column(Fen, default=0, info={"derived": True})
    months_taken: Mapped[int] = mapped_column(default=0, info={"derived": True})
    months_left: Mapped[int | None] = mapped_column(info={"derived": True})
    other_id: Mapped[UUID | None] = reference("asset.id", info={"derived": True})
