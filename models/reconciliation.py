"""The three-way reconciliation 账账、账实、账证: what may differ, and why a difference is left as it is for a while."""

from __future__ import annotations

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Shared, living


class ReconciliationRule(enum.StrEnum):
    """What is compared; the way, the law and the severity of each: `resources/reference/reconciliation_rules.csv`."""

    BOOK_QUANTITY = "book_quantity"
    BOOK_COST = "book_cost"
    BOOK_ACCUMULATED = "book_accumulated"
    BOOK_ACCOUNTS_ONLY = "book_accounts_only"
    BOOK_REGISTER_ONLY = "book_register_only"
    BOOK_NET = "book_net"
    BOOK_CLASS_UNKNOWN = "book_class_unknown"
    BOOK_DISPOSAL_UNBOOKED = "book_disposal_unbooked"
    BOOK_NO_VOUCHER = "book_no_voucher"
    BOOK_PROVISIONAL = "book_provisional"
    THING_MISSING = "thing_missing"
    THING_SHORT = "thing_short"
    THING_OVER = "thing_over"
    THING_SURPLUS = "thing_surplus"
    THING_ELSEWHERE = "thing_elsewhere"
    THING_KEEPER = "thing_keeper"
    THING_DAMAGED = "thing_damaged"
    THING_NOT_COUNTED = "thing_not_counted"
    THING_SAME_SERIAL = "thing_same_serial"
    TITLE_NONE = "title_none"
    TITLE_NOT_BOOKED = "title_not_booked"
    TITLE_HOLDER = "title_holder"
    TITLE_AREA_BOOK = "title_area_book"
    TITLE_AREA_SURVEY = "title_area_survey"
    TITLE_CARD_NOWHERE = "title_card_nowhere"
    TITLE_NO_CARD = "title_no_card"
    TITLE_FLOOR_AREA = "title_floor_area"
    TITLE_NUMBER = "title_number"
    TITLE_CANCELLED = "title_cancelled"
    TITLE_EXPIRED = "title_expired"
    TITLE_CARD_GONE = "title_card_gone"


class ReconciliationNote(Shared):
    """Why a difference is as it is: of one rule about one `subject` (`about` is what that was called). It holds for the
    values `digest` is made of (SHA-256, hex) and through `until_on`; afterwards the difference is open again.
    """

    __tablename__ = "reconciliation_note"
    __table_args__ = (
        living("reconciliation_note", "number", unique=True),
        living("reconciliation_note", "rule", "subject"),
        living("reconciliation_note", "until_on"),
    )
    naming = Naming(number="number", label="about", search=("number", "about", "explanation", "basis"))
    number: Mapped[str] = mapped_column(sa.String(60))
    rule: Mapped[ReconciliationRule]
    about: Mapped[str] = mapped_column(sa.String(200))
    subject: Mapped[str] = mapped_column(sa.String(120), info={"hidden": True})
    digest: Mapped[str] = mapped_column(sa.String(64), info={"hidden": True})
    explanation: Mapped[str] = mapped_column(sa.String(400))
    basis: Mapped[str | None] = mapped_column(sa.String(160))
    until_on: Mapped[date | None]
