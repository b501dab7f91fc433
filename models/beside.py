"""Tables the journal does not keep: papers by content, number counters, shipped reference data."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Base
from models.occupancy import Rank, UnitLevel


class Blob(Base):
    """The bytes of an issued paper under their SHA-256. Inserted once, never changed; a journaled row names it."""

    __tablename__ = "blob"
    sha256: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    bytes: Mapped[bytes]


class Counter(Base):
    """The last number given out under a prefix (`YJ-JGSW-2026`). Derived: it only ever goes up."""

    __tablename__ = "counter"
    prefix: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    last: Mapped[int] = mapped_column(sa.BigInteger)


class AssetClass(Base):
    """A class of the asset standard GB/T 14885-2022 (shipped). Assets name it by code and edition."""

    __tablename__ = "asset_class"
    n: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(9))
    edition: Mapped[str] = mapped_column(sa.String(8))
    name: Mapped[str] = mapped_column(sa.String(80))
    level: Mapped[int]
    parent: Mapped[str | None] = mapped_column(sa.String(9))
    __table_args__ = (sa.UniqueConstraint("code", "edition"),)


class OfficeStandard(Base):
    """How much usable floor area an office may have, by the level of the organ and the rank of its user, from a day
    on (shipped)."""

    __tablename__ = "office_standard"
    n: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(sa.String(8))
    level: Mapped[UnitLevel]
    rank: Mapped[Rank]
    area: Mapped[int] = mapped_column(Area)
    from_on: Mapped[date]
    source: Mapped[str] = mapped_column(sa.String(120))
    __table_args__ = (sa.UniqueConstraint("edition", "level", "rank"),)


class Shipped(Base):
    """Which version of each shipped data file the store was filled from."""

    __tablename__ = "shipped"
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
