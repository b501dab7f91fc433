"""An issued paper: which record it is about, which version, and the digest of its bytes."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living


class Document(Scoped):
    """`number` is the number of the record it is about; the bytes are in `blob` under `sha256` (hex)."""

    __tablename__ = "document"
    __table_args__ = (living("document", "number", "version", unique=True),)
    naming = Naming(number="number", label="number", search=("number",))
    kind: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int]
    about_id: Mapped[UUID] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
