"""What a compound costs in a year, by function."""

from __future__ import annotations

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Scoped, living


class Function(enum.StrEnum):
    """What every compound pays for on its own: the survey's first complaint."""

    MANAGEMENT = "management"
    GUARDS = "guards"
    CLEANING = "cleaning"
    REPAIR = "repair"
    GREENING = "greening"
    CATERING = "catering"
    ENERGY = "energy"
    OTHER = "other"


class CostEntry(Scoped):
    """`amount` in fen for the whole year; posts are counted at the end of it, the office's own and the contracted."""

    __tablename__ = "cost_entry"
    __table_args__ = (
        living("cost_entry", "number", unique=True),
        living("cost_entry", "compound_id", "year", "function", unique=True),
        living("cost_entry", "year", "amount"),
        living("cost_entry", "amount"),
    )
    naming = Naming(number="number", label="number", through=("compound_id",))
    number: Mapped[str] = mapped_column(sa.String(60))
    year: Mapped[int] = mapped_column(info={"least": 1949})
    function: Mapped[Function]
    amount: Mapped[int] = mapped_column(Fen)
    posts_own: Mapped[int | None]
    posts_contracted: Mapped[int | None]
    basis: Mapped[str | None] = mapped_column(sa.String(200))
    note: Mapped[str | None] = mapped_column(sa.Text)
