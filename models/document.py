"""An issued paper: which record it is about, which version, and the digest of its bytes."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living

KINDS = (
    "handover", "acceptance", "disposal_application", "disposal_approval", "disposal_write_off",
    "stocktake_report", "stocktake_approval", "training_certificate",
)  # fmt: skip


class Document(Scoped):
    """`number` is the number of the record it is about; the bytes are in `blob` under `sha256` (hex). `code` is what
    its QR code says, `spots` where it is signed, as JSON (`services.documents.sheet.Spot`)."""

    __tablename__ = "document"
    __table_args__ = (living("document", "number", "version", unique=True),)
    naming = Naming(number="number", label="number", search=("number",))
    kind: Mapped[str] = mapped_column(sa.String(40), info={"words": KINDS})
    number: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int]
    about_id: Mapped[UUID] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    code: Mapped[str | None] = mapped_column(sa.Text, info={"hidden": True})
    spots: Mapped[str | None] = mapped_column(sa.Text, info={"hidden": True})
