"""An issued paper: which record it is about, which version, and the digest of its bytes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Shared, living

OWN = (  # issued by the step of the record they are about
    "handover", "acceptance", "disposal_application", "disposal_approval", "disposal_write_off",
    "stocktake_report", "stocktake_approval", "training_certificate",
)  # fmt: skip
FILED = (  # drawn whenever somebody asks, and filed when somebody says so
    "register", "card", "survey", "history", "usage", "offices", "costs", "situation", "reconciliation", "structure",
    "order", "maintenance", "plans", "calendar", "equipment", "ledger", "stock", "training_plan", "training_audit",
    "training_card", "training_passport", "leases", "certificates", "term", "room", "compound", "handover_list",
    "statutory", "audit",
)  # fmt: skip
BOTH = frozenset({  # drawn in Chinese or in English
    "register", "card", "history", "usage", "offices", "costs", "situation", "structure", "maintenance", "ledger",
    "stock", "term", "room", "compound", "handover_list", "statutory", "audit",
})  # fmt: skip
KINDS = OWN + FILED


class Document(Shared):
    """`number` is the number of the record it is about, or one of the archive's own series; the bytes are in `blob`
    under `sha256` (hex). A paper with the same `subject` is its next version. `code` is what its QR code says, `spots`
    where it is signed, as JSON (`services.documents.sheet.Spot`)."""

    open = False
    __tablename__ = "document"
    __table_args__ = (
        living("document", "number", "version", unique=True),
        living("document", "subject", "version", unique=True),
    )
    naming = Naming(number="number", label="number", search=("number", "title", "account"))
    kind: Mapped[str] = mapped_column(sa.String(40), info={"words": KINDS})
    number: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int]
    title: Mapped[str | None] = mapped_column(sa.String(200))
    on: Mapped[date | None]
    account: Mapped[str | None] = mapped_column(sa.String(40))
    issued_at: Mapped[datetime | None]
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    subject: Mapped[str | None] = mapped_column(sa.String(200), index=True, info={"hidden": True})
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    pages: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(sa.Text, info={"hidden": True})
    spots: Mapped[str | None] = mapped_column(sa.Text, info={"hidden": True})
