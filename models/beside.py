"""Tables the journal does not keep: papers by content, number counters, shipped reference data, keys of people."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from models.asset import Structure
from models.base import Area, Base, Fen
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


class Reference(Base):
    """Shipped data, filled from `resources/reference` by its version: everybody reads it, nobody writes it."""

    __abstract__ = True


class AssetClass(Reference):
    """A class of the asset standard GB/T 14885-2022 (shipped). Assets name it by code and edition."""

    __tablename__ = "asset_class"
    n: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(9))
    edition: Mapped[str] = mapped_column(sa.String(8))
    name: Mapped[str] = mapped_column(sa.String(80))
    level: Mapped[int]
    parent: Mapped[str | None] = mapped_column(sa.String(9))
    __table_args__ = (sa.UniqueConstraint("code", "edition"),)


class OfficeStandard(Reference):
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


APPLIES_TO = (*(structure.value for structure in Structure), "attached", "nominal")
BODIES = ("administrative", "institution")


class DepreciationLife(Reference):
    """Over how many years a class of asset is depreciated, from a day on (shipped; 财会〔2017〕4号). `structure` is how
    a building is built; without years the class is not depreciated."""

    __tablename__ = "depreciation_life"
    n: Mapped[int] = mapped_column(primary_key=True)
    class_prefix: Mapped[str] = mapped_column(sa.String(9))
    structure: Mapped[str] = mapped_column(sa.String(24), info={"words": APPLIES_TO})
    word: Mapped[str] = mapped_column(sa.String(60))
    least_years: Mapped[int | None]
    most_years: Mapped[int | None]
    from_on: Mapped[date]
    source: Mapped[str] = mapped_column(sa.String(120))
    __table_args__ = (sa.UniqueConstraint("class_prefix", "structure", "from_on"),)


class AssetThreshold(Reference):
    """What one thing must cost to be a fixed asset, in fen, from a day on (shipped; 行政单位财务规则)."""

    __tablename__ = "asset_threshold"
    n: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(sa.String(16), info={"words": BODIES})
    class_prefix: Mapped[str] = mapped_column(sa.String(9))
    word: Mapped[str] = mapped_column(sa.String(60))
    amount: Mapped[int] = mapped_column(Fen)
    from_on: Mapped[date]
    source: Mapped[str] = mapped_column(sa.String(120))
    __table_args__ = (sa.UniqueConstraint("body", "class_prefix", "from_on"),)


class Shipped(Reference):
    """Which version of each shipped data file the store was filled from."""

    __tablename__ = "shipped"
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))


class Hidden(bytes):
    """Bytes that no log shows: a trace of the database's answers writes down the `repr` of every row."""

    def __repr__(self) -> str:
        return "Hidden()"


class Key(TypeDecorator[bytes]):
    """A key or secret of 32 bytes."""

    impl = sa.LargeBinary(32)
    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> Hidden | None:
        return value if value is None else Hidden(value)


class PersonKey(Base):
    """The key of one person's personal values; `row` is that person's record. To delete it is to erase the values
    wherever they stand, in the journal too: there is no other copy."""

    __tablename__ = "person_key"
    row: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(Key)


class PersonHash(Base):
    """What a person is found by who is looked for by a whole number: a hash of it under the secret of this store."""

    __tablename__ = "person_hash"
    row: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)


class PersonSecret(Base):
    """The one secret of this store that such hashes are made with."""

    __tablename__ = "person_secret"
    n: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(Key)


class SigningKey(Base):
    """The private key a person signs with, encrypted with a password only he knows (`services.desk.signing_keys`);
    `row` is his request. A server gives it to his own account and to nobody else."""

    __tablename__ = "signing_key"
    row: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(sa.String(40))
    sealed: Mapped[str] = mapped_column(sa.Text)
