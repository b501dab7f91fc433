"""The record tables: who wrote, what was written, which rows it touched."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Counted, ref

HIDDEN = {"hidden": True}  # people see the rest


class Writer(Base):
    """One incarnation of one installation; `no` is its short local number, `place` the name of its machine."""

    __tablename__ = "writer"
    no: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    place: Mapped[str] = mapped_column(sa.String(80))
    public_key: Mapped[bytes]


class Record(Base):
    """What one unit of work did in one scope. `body` is what is hashed, signed and shipped, byte for byte.

    Who did what, when and why stands beside it once more, to be listed; `part` counts the records of one unit of work
    in one scope from 0. `services.desk.trail.verify` holds every column against the body.
    """

    __tablename__ = "rec"
    __table_args__ = (
        sa.UniqueConstraint("w", "st", "seq"),
        sa.UniqueConstraint("w", "gseq"),
        sa.Index("by_rec_part", "lsn", "st", "actor", "cmd", "at",  # what the list of operations counts and filters by
                 sqlite_where=sa.text("part = 0"), postgresql_where=sa.text("part = 0")),
        sa.Index("by_rec_act", "cmd", "lsn",  # the newest of one act, such as registers taken in
                 sqlite_where=sa.text("part = 0"), postgresql_where=sa.text("part = 0")),
        sa.Index("by_rec_undoes", "undoes", sqlite_where=sa.text("undoes IS NOT NULL"),
                 postgresql_where=sa.text("undoes IS NOT NULL")),
    )  # fmt: skip
    lsn: Mapped[int] = mapped_column(Counted, primary_key=True, autoincrement=False, info=HIDDEN)
    w: Mapped[int] = mapped_column(ref("writer.no"), info=HIDDEN)
    st: Mapped[UUID] = mapped_column(info=HIDDEN)
    seq: Mapped[int] = mapped_column(sa.BigInteger, info=HIDDEN)
    gseq: Mapped[int] = mapped_column(sa.BigInteger, info=HIDDEN)
    hlc: Mapped[int] = mapped_column(sa.BigInteger, info=HIDDEN)
    uow: Mapped[UUID] = mapped_column(index=True, info=HIDDEN)
    part: Mapped[int] = mapped_column(info=HIDDEN)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(40))
    cmd: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str] = mapped_column(sa.Text)
    undoes: Mapped[UUID | None] = mapped_column(info=HIDDEN)
    body: Mapped[bytes] = mapped_column(info=HIDDEN)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), info=HIDDEN)
    sig: Mapped[bytes] = mapped_column(sa.LargeBinary(64), info=HIDDEN)


class Reserved(Base):
    """The number of a record, reserved before the rows that carry it are written; the commit demands the record.

    Rows name their record without a reference of their own. With one, SQLite would read every table for rows that
    wait whenever a record arrives, and the office would slow down with every asset it has.
    """

    __tablename__ = "reserved"
    lsn: Mapped[int] = mapped_column(Counted, ref("rec.lsn"), primary_key=True, autoincrement=False)


class Touch(Base):
    """A record changed a row that an earlier record had created: the row's history, derived."""

    __tablename__ = "touch"
    __table_args__ = {"sqlite_with_rowid": False}
    row: Mapped[UUID] = mapped_column(primary_key=True)
    lsn: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
