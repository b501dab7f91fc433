"""What every stored thing has: an id made on this device, the records that wrote it, a scope, a name people use."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7

GLOBAL = UUID(int=0)  # the scope of rows that belong to no single compound
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EXACT = 2**53  # integers beyond this do not survive every JSON reader
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
LONGEST_NAME = 63  # characters of a name PostgreSQL keeps
Counted = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def new_id() -> UUID:
    """Made on this device, in order of time."""
    return uuid7()


class Id(TypeDecorator[UUID]):
    """A UUID: 16 bytes on SQLite, `uuid` on PostgreSQL."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Uuid() if dialect.name == "postgresql" else sa.LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: sa.Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> UUID | None:
        return value if value is None or dialect.name == "postgresql" else UUID(bytes=value)

    @property
    def python_type(self) -> type[UUID]:
        return UUID


class Whole(TypeDecorator[int]):
    """A measured quantity as a whole number of its smallest unit, never a float."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: sa.Dialect) -> int | None:
        if value is not None and (type(value) is not int or abs(value) > EXACT):
            raise TypeError(f"whole numbers are integers, not {value!r}")
        return value

    @property
    def python_type(self) -> type[int]:
        return int


class Fen(Whole):
    """Money in fen."""

    cache_ok = True


class Area(Whole):
    """Area in 0.01 m²."""

    cache_ok = True


class Cipher(str):
    """A personal value as it is stored and journaled: sealed under the key of one person (`services.desk.personal`)."""


class Personal(TypeDecorator[str]):
    """A personal value of at most `most` characters. Only its ciphertext is ever stored: plain text is refused here."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        if value is not None and type(value) is not Cipher:
            raise TypeError("a personal value is stored sealed or not at all")  # and not named here
        return value if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Cipher | None:
        return value if value is None else Cipher(value)

    @property
    def python_type(self) -> type[str]:
        return Cipher


class UtcTime(TypeDecorator[datetime]):
    """An instant: microseconds since 1970 on SQLite, `timestamptz` on PostgreSQL. Naive values are refused."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.DateTime(timezone=True) if dialect.name == "postgresql" else sa.BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value!r} has no time zone")
        return value if dialect.name == "postgresql" else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        return EPOCH + timedelta(microseconds=value) if isinstance(value, int) else value and value.astimezone(UTC)

    @property
    def python_type(self) -> type[datetime]:
        return datetime


class Base(DeclarativeBase):
    """Root of every table."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Id(),
        datetime: UtcTime(),
        bytes: sa.LargeBinary(),
        enum.Enum: sa.Enum(enum.Enum, native_enum=False, length=24, values_callable=lambda k: [m.value for m in k]),
    }


def ref(target: str, later: str = "") -> sa.ForeignKey:
    """A reference checked at commit: rows may be written, and bundles applied, in any order. Of two kinds that refer to
    each other one does so by a constraint with a name, added `later`, once both tables are there."""
    return sa.ForeignKey(target, deferrable=True, initially="DEFERRED", use_alter=bool(later), name=later or None)


def reference(target: str, **options: Any) -> MappedColumn[Any]:
    """A column that names another record by `ref`, with an index: while a unit of work is open SQLite looks for rows
    that wait for every record that arrives, and without one it would read the whole table."""
    return mapped_column(ref(target, options.pop("later", "")), index=True, **options)


@dataclass(frozen=True)
class Naming:
    """How people name a record: its number, within what the number is unique, its label, what a search looks at, and
    the references by whose number or label it is found too."""

    number: str
    label: str
    within: str = ""
    search: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


class Entity(Base):
    """A record people see: journaled, exchanged, never deleted."""

    __abstract__ = True
    naming: ClassVar[Naming]
    owned: ClassVar[str] = ""  # the column with the name of the account whose own affair it is
    ends: ClassVar[str] = ""  # the column with the day from which on nobody chooses it any more
    moves: ClassVar[bool] = False  # to another compound: closed by `moved_on`, opened there under the same number
    n: Mapped[int] = mapped_column(Counted, primary_key=True, sort_order=-10)
    id: Mapped[UUID] = mapped_column(unique=True, sort_order=-9)
    alive: Mapped[bool] = mapped_column(default=True, sort_order=90)
    rid: Mapped[int] = mapped_column(sa.BigInteger, sort_order=91)
    created_rid: Mapped[int] = mapped_column(sa.BigInteger, sort_order=92)
    stamps: Mapped[dict[str, int] | None] = mapped_column(JSON, sort_order=93)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 — SQLAlchemy hands it the class
        return {
            "primary_key": [cls.__table__.c.id],
            "version_id_col": cls.__table__.c.rid,
            "version_id_generator": False,
            "eager_defaults": False,
        }

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        super().__init__(**scalar_defaults(type(self)) | values)

    @property
    def scope(self) -> UUID:
        """The compound whose chain records this row."""
        return GLOBAL


class Scoped(Entity):
    """An entity that belongs to one compound for ever; a transfer closes it and opens another."""

    __abstract__ = True
    stays_inside: ClassVar[bool] = True  # only records of its own compound may refer to it
    compound_id: Mapped[UUID] = mapped_column(ref("compound.id"), index=True, sort_order=-8)

    @property
    def scope(self) -> UUID:
        return self.compound_id


class Shared(Entity):
    """An entity of one compound for ever or, when it names none, of the whole office: then only a right over all
    compounds writes it, and one that reaches anywhere reads it, or (not `open`) one over all compounds too."""

    __abstract__ = True
    open: ClassVar[bool] = True
    compound_id: Mapped[UUID | None] = mapped_column(ref("compound.id"), index=True, sort_order=-8)

    @property
    def scope(self) -> UUID:
        return self.compound_id or GLOBAL


class About(Shared):
    """It says something about any other record, and lies in its compound. Who may not list records of that kind there
    does not read it either (`services.desk.sight`)."""

    __abstract__ = True
    about_kind: Mapped[str] = mapped_column(sa.String(40), sort_order=-7)
    about_id: Mapped[UUID] = mapped_column(sort_order=-6)


PLACED = (Scoped, Shared)  # the kinds whose rows name the compound they are in


class Registered:
    """A kind of record that registers bring in: `source` is the fingerprint of the row it came from, `extra` keeps what
    its register says beyond the fields, by header."""

    source: Mapped[str | None] = mapped_column(sa.String(64), info={"hidden": True}, sort_order=80)
    extra: Mapped[dict[str, Any] | None] = mapped_column(JSON, sort_order=81)


def living(table: str, *fields: str, unique: bool = False, moves: bool = False) -> sa.Index:
    """An index over the rows that are alive: numbers are unique among them, lists are sorted by it. Of a kind that
    `moves` to other compounds a number is unique among those that are here, and lists of a million tell by the index
    alone which rows those are."""
    here = " AND moved_on IS NULL" if moves and unique else ""
    columns = fields if unique else (*fields, "n", *(["moved_on"] if moves else []))
    return sa.Index(
        f"{'one' if unique else 'by'}_{table}_{'_'.join(fields)}"[:LONGEST_NAME], *columns, unique=unique,
        sqlite_where=sa.text(f"alive = 1{here}"), postgresql_where=sa.text(f"alive{here}"),
    )  # fmt: skip


def refers(kind: type[Entity], column: sa.Column[Any], target: type[Entity]) -> bool:
    """Whether a column of a kind may name records of another: by a reference, or because it is about any record."""
    about = issubclass(kind, About) and column.key == "about_id"
    return about or column.references(table(target).c.id)


def present(kind: type[Entity]) -> sa.ColumnElement[bool]:
    """The records of a kind that were not moved to another compound."""
    return table(kind).c.moved_on.is_(None) if kind.moves else sa.true()


BOOKKEEPING = frozenset({"n", "id", "rid", "created_rid", "stamps"})


@cache
def journaled(kind: type[Entity]) -> dict[str, sa.Column[Any]]:
    """The columns whose values the journal keeps, by attribute name."""
    found = {a.key: a.columns[0] for a in sa.inspect(kind).column_attrs if a.key not in BOOKKEEPING}
    return {key: column for key, column in found.items() if isinstance(column, sa.Column)}


@cache
def personal(kind: type[Entity]) -> tuple[str, ...]:
    """The fields of a kind that hold personal values."""
    return tuple(key for key, column in journaled(kind).items() if isinstance(column.type, Personal))


@cache
def scalar_defaults(kind: type[Entity]) -> dict[str, Any]:
    """Column defaults, known before the flush so that the journal sees them."""
    columns = journaled(kind).items()
    return {k: c.default.arg for k, c in columns if isinstance(c.default, sa.ColumnDefault) and c.default.is_scalar}


def table(kind: type[Base]) -> sa.Table:
    """The table itself. For desk modules only: the scope filter does not see it."""
    found = kind.__table__
    assert isinstance(found, sa.Table)
    return found


@cache
def entities() -> dict[str, type[Entity]]:
    """Every entity by table name, which is its name in the journal."""
    return {m.class_.__tablename__: m.class_ for m in Base.registry.mappers if issubclass(m.class_, Entity)}
