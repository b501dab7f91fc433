"""A line of the accounting books on a day: what finance, the head office or a branch has booked of a class."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Registered, Shared, living, reference
from resources.words import N_


class AccountLedger(enum.StrEnum):
    """Whose books they are: the finance office's, the head office's, a branch's (财务账、总账、分账)."""

    FINANCE = "finance"
    HEAD_OFFICE = "head_office"
    BRANCH = "branch"


class AccountBalance(Registered, Shared):
    """One class at the end of a day, in fen; of one compound, or (without one) of the whole office.

    `name` is what the books call the class, `account` the code of the account; `class_code` is what it was understood
    as, empty where nobody can say: such a line is compared with nothing. What the books do not say is empty. `basis`
    is the statement or voucher the line is from.
    """

    __tablename__ = "account_balance"
    __table_args__ = (
        living("account_balance", "number", unique=True),
        living("account_balance", "on"),
        living("account_balance", "name"),
        living("account_balance", "cost"),
    )
    naming = Naming(number="number", label="name", search=("number", "name", "account"), through=("compound_id",))
    compound_id: Mapped[UUID | None] = reference("compound.id", sort_order=-8, info={"empty": N_("Whole office")})
    number: Mapped[str] = mapped_column(sa.String(60))
    ledger: Mapped[AccountLedger] = mapped_column(default=AccountLedger.FINANCE)
    on: Mapped[date]
    name: Mapped[str] = mapped_column(sa.String(120))
    account: Mapped[str | None] = mapped_column(sa.String(40))
    class_code: Mapped[str | None] = mapped_column(sa.String(9), info={"class_code": True})
    class_edition: Mapped[str | None] = mapped_column(sa.String(8), default="2022", info={"hidden": True})
    quantity: Mapped[int | None]
    cost: Mapped[int | None] = mapped_column(Fen)
    accumulated: Mapped[int | None] = mapped_column(Fen)
    net: Mapped[int | None] = mapped_column(Fen)
    basis: Mapped[str | None] = mapped_column(sa.String(160))
