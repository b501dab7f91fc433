"""A month of depreciation as it was booked: the totals of a compound by class, and a digest over the amounts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Scoped, living, reference


class DepreciationRun(Scoped):
    """One compound's month (`month` is its first day). Money in fen: `cost` of the cards there were at its end,
    the month's `amount`, what was `accumulated` by then. `unknown` cards had no life; `digest` is a SHA-256 (hex) over
    the amounts of every card in the order of their ids. Nothing here is asked for a balance: it is what stands in the
    account books, and is compared with what follows from the cards."""

    __tablename__ = "depreciation_run"
    __table_args__ = (
        living("depreciation_run", "number", unique=True),
        living("depreciation_run", "compound_id", "month", unique=True),
        living("depreciation_run", "month"),
        living("depreciation_run", "amount"),
    )
    naming = Naming(number="number", label="number", through=("compound_id",))
    number: Mapped[str] = mapped_column(sa.String(60))
    month: Mapped[date]
    cards: Mapped[int]
    cost: Mapped[int] = mapped_column(Fen)
    amount: Mapped[int] = mapped_column(Fen)
    accumulated: Mapped[int] = mapped_column(Fen)
    unknown: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(sa.String(64))
    previous_id: Mapped[UUID | None] = reference("depreciation_run.id", info={"hidden": True})


class DepreciationLine(Scoped):
    """The part of one class (the first two levels of GB/T 14885-2022, empty where no such class is known) in a run."""

    __tablename__ = "depreciation_line"
    __table_args__ = (
        living("depreciation_line", "number", unique=True),
        living("depreciation_line", "class_prefix"),
    )
    naming = Naming(number="number", label="class_prefix", through=("run_id", "compound_id"))
    number: Mapped[str] = mapped_column(sa.String(60))
    run_id: Mapped[UUID] = reference("depreciation_run.id")
    class_prefix: Mapped[str] = mapped_column(sa.String(9))
    cards: Mapped[int]
    cost: Mapped[int] = mapped_column(Fen)
    amount: Mapped[int] = mapped_column(Fen)
    accumulated: Mapped[int] = mapped_column(Fen)
