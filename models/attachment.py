"""A file kept as evidence about a record: a photo, a scanned contract, a register somebody sent."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import About, Naming, living


class Media(enum.StrEnum):
    """The kinds of file that are kept; `resources/reference/attachments.json` says how each is told."""

    PDF = "pdf"
    OFD = "ofd"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    TEXT = "text"
    CSV = "csv"


class Shows(enum.StrEnum):
    """What a picture shows of work: the place before it, or after it."""

    BEFORE = "before"
    AFTER = "after"


class Attachment(About):
    """`name` is the name of the file, as text: it is never a path. The bytes are kept under `sha256` (hex, of the plain
    content), `size` bytes of them; `taken_on` is the day of the photo or of the paper."""

    __tablename__ = "attachment"
    __table_args__ = (
        living("attachment", "number", unique=True),
        living("attachment", "about_id"),
        living("attachment", "name"),
        living("attachment", "size"),
        living("attachment", "added_at"),
        sa.Index("by_attachment_sha256", "sha256"),
    )
    naming = Naming(number="number", label="name", search=("number", "name", "note"))
    number: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(120))
    media: Mapped[Media]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    taken_on: Mapped[date | None]
    shows: Mapped[Shows | None]
    note: Mapped[str | None] = mapped_column(sa.String(500))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(sa.String(40))
