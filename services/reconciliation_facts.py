"""A difference between the books and something else: what both say, by how much, and which record settles it."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.reconciliation import ReconciliationRule
from resources.words import Word
from services.desk.session import DeskSession
from services.reconciliation_rules import Severity, Way

AT_ONCE = 500
Value = int | str | date | None  # a `Word` is a key of the catalogues, other text stands as it is


class Unit(enum.StrEnum):
    """What the two values are: pieces, fen, 0.01 m²; or no quantities."""

    PIECES = "pieces"
    FEN = "fen"
    AREA = "area"
    NONE = ""


@dataclass(frozen=True)
class Found:
    """One difference as a rule finds it.

    `kind`, `id`, `number` and `name` say what it is about; `subject` names that for an explanation, within the rule.
    `book` is what the books of the office say, `other` what the accounts, the count or the certificate say; `amount` is
    by how much the other is more, in `unit`. `opens` and `opens_id` name the record that settles it.
    """

    rule: ReconciliationRule
    compound_id: UUID | None
    kind: str
    id: UUID | None
    number: str
    name: str
    subject: str
    book: Value = None
    other: Value = None
    unit: Unit = Unit.NONE
    amount: int | None = None
    opens: str = ""
    opens_id: UUID | None = None
    settled: str = ""  # why it may stay as it is, where the record that settles it says so

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over both values: an explanation is of these."""
        said = "\x1f".join((self.rule.value, self.subject, _plain(self.book), _plain(self.other)))
        return hashlib.sha256(said.encode()).hexdigest()


def about(kind: str, row: Any, number: str = "", name: str = "", subject: str = "") -> Callable[..., Found]:
    """Makes differences about a record: its number and name, unless others are given, and its id as the subject."""
    return partial(
        Found, compound_id=row.compound_id, kind=kind, id=row.id, number=number or row.number, name=name or row.name,
        subject=subject or row.id.hex,
    )  # fmt: skip


def _plain(value: Value) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Explained:
    """The explanation that is there for a difference. `stale`: the values are others now, or its day has passed."""

    id: UUID | None
    number: str
    explanation: str
    basis: str
    until_on: date | None
    stale: bool = False


@dataclass(frozen=True)
class Difference:
    """A difference on the board. What the fields mean: see `Found`."""

    rule: ReconciliationRule
    way: Way
    severity: Severity
    compound_id: UUID | None
    compound: str
    kind: str
    id: UUID | None
    number: str
    name: str
    subject: str
    book: Value
    other: Value
    unit: Unit
    amount: int | None
    opens: str
    opens_id: UUID | None
    digest: str
    explained: Explained | None

    @property
    def open(self) -> bool:
        """Whether nobody has explained it as it is."""
        return self.explained is None or self.explained.stale


@dataclass(frozen=True)
class Totals:
    """What a set of accounts and the register come to on the day of the accounts, in pieces and fen."""

    ledger: str
    compound_id: UUID | None
    compound: str
    on: date
    quantity: int | None
    cost: int | None
    accumulated: int | None
    book_quantity: int
    book_cost: int
    book_accumulated: int


class Standing(enum.StrEnum):
    """Whether an explanation holds, its difference is open again (the values are others, or its day has passed), or
    there is no such difference any more."""

    HOLDS = "holds"
    AGAIN = "again"
    GONE = "gone"


@dataclass(frozen=True)
class Note:
    """What somebody said of a difference: account and instant (aware) of the last word, and how it stands."""

    id: UUID
    number: str
    rule: ReconciliationRule
    subject: str
    about: str
    compound: str
    explanation: str
    basis: str
    until_on: date | None
    by: str
    at: datetime
    standing: Standing


@dataclass(frozen=True)
class Board:
    """Every difference of a day, by rule and number, the totals of each set of accounts, and what was ever said of
    differences, the newest first."""

    on: date
    differences: tuple[Difference, ...] = ()
    totals: tuple[Totals, ...] = ()
    notes: tuple[Note, ...] = ()

    def of(self, way: Way) -> Sequence[Difference]:
        """The differences of one way."""
        return [found for found in self.differences if found.way is way]


@dataclass(frozen=True)
class Asked:
    """What is compared: as of a day, in one compound or in all, by these rules."""

    session: Session
    on: date
    compound_id: UUID | None = None
    rules: frozenset[ReconciliationRule] = field(default=frozenset(ReconciliationRule))

    @property
    def whole(self) -> bool:
        """Whether the whole office is compared: nobody else is told of its accounts."""
        reach = self.session.compounds if isinstance(self.session, DeskSession) else None
        return self.compound_id is None and reach is None

    def wants(self, *rules: ReconciliationRule) -> bool:
        """Whether one of these is asked for."""
        return bool(self.rules.intersection(rules))

    def inside(self, kind: Any) -> Iterable[sa.ColumnElement[bool]]:
        """The rows of a kind that lie in the compound."""
        return (kind.compound_id == self.compound_id,) if self.compound_id else ()


def called(session: Session, kind: Any, ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Records of a kind by their label; nothing for those out of reach."""
    wanted, found = list({id for id in ids if id}), dict[UUID | None, str]()
    label = getattr(kind, kind.naming.label)
    for start in range(0, len(wanted), AT_ONCE):
        part = sa.select(kind.id, label).where(kind.id.in_(wanted[start : start + AT_ONCE]))
        found |= {id: str(name or "") for id, name in session.execute(part)}
    return found


def joined(*parts: str | None) -> str:
    """Words beside each other."""
    return " ".join(filter(None, parts))


def word(key: str, value: object) -> Word:
    """The word of a choice."""
    return Word(f"{key}={value}")


def some(numbers: Sequence[str], most: int = 4) -> str:
    """The first of these numbers, and that there are more."""
    return ", ".join(numbers[:most]) + (" …" if len(numbers) > most else "")


def ordered(found: Iterable[Difference]) -> Iterator[Difference]:
    """As they are told: by rule, then by number."""
    place = {rule: at for at, rule in enumerate(ReconciliationRule)}
    yield from sorted(found, key=lambda one: (place[one.rule], one.compound, one.number, one.subject))
