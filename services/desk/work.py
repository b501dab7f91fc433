"""What an intent may touch while it runs: rows, numbers, papers, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, BinaryIO, TypeVar
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from sqlalchemy.orm import Session

from models.base import PLACED, Entity, entities, journaled, refers, table
from models.beside import Blob
from models.journal import Record
from resources.words import N_, Word
from services.desk import numbers, signing_keys
from services.desk.doors import Doors, Ring
from services.desk.errors import NOT_STORED, Cancelled, Conflict, Missing
from services.desk.journal import Unit
from services.desk.pen import own_role, queue
from services.desk.referring import uses
from services.desk.session import DeskSession
from services.desk.site import the_office
from services.desk.store import Store, fingerprint
from services.desk.vault import Damaged

E = TypeVar("E", bound=Entity)
Tell = Callable[[int, int], bool]
NO_VALUE = N_("There is nothing under “{field}”")
ERASED_VALUE = N_("“{field}” was erased; nobody can read it any more")
NO_DOORS = N_("Accounts of an office on a server are kept by the server")
May = Callable[..., bool]
NO_RECORD = N_("There is no such record, or it is out of your reach")


@dataclass(frozen=True)
class Work:
    """What an intent may touch."""

    session: Session
    unit: Unit = field(repr=False)
    store: Store = field(repr=False)
    tell: Tell
    now: datetime
    may: May = lambda needs, *compounds: True  # does the person hold a right, in all of these compounds?

    @property
    def actor(self) -> str:
        """The name of the account that does it."""
        return self.unit.stamp.actor

    @property
    def today(self) -> date:
        """The day of the unit of work: where the machine is, unless its clock tells a zone of its own."""
        return (self.now.astimezone() if self.now.tzinfo is UTC else self.now).date()

    def reaches(self, scopes: Iterable[UUID]) -> bool:
        """Whether the work may touch all of these compounds; rows of no compound need a right everywhere."""
        within = self.unit.session.compounds
        return within is None or within.issuperset(scopes)

    def get(self, kind: type[E], id: UUID, *, dead: bool = False) -> E:
        """The row, or Missing."""
        row = self.session.get(kind, id, execution_options={"dead": dead})
        if row is None:
            raise Missing(NO_RECORD)
        return row

    def hold(self, kind: type[E], id: UUID) -> E:
        """The row, or Missing; until this is stored nobody else holds it, so that of a server no two give away the last
        of something it has."""
        queue(self.unit.session.raw(), self.unit.pen)  # first, or two units of one writer would wait for each other
        self.session.scalar(sa.select(kind.id).where(kind.id == id).with_for_update())
        return self.get(kind, id)

    def alone(self, what: str) -> None:
        """Until this is stored nobody else works on what is named so, even where there is no row of it yet."""
        raw = self.unit.session.raw()
        queue(raw, self.unit.pen)
        if raw.dialect.name == "postgresql":  # a file has one who writes at a time
            raw.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(what, 0))))

    def see(self, kind: str, id: UUID) -> Any:
        """A row that is only looked at, or Missing. Its kind is named by its table: a server lets people write every
        kind an intent names by its class."""
        return self.get(entities()[kind], id)

    def add(self, row: E) -> E:
        """A new row."""
        self.session.add(row)
        return row

    def remove(self, row: Entity) -> None:
        """Made by mistake: hide it for good. Refused while something living still refers to it, out of reach or not."""
        self.session.flush()
        for kind in entities().values():
            for column in journaled(kind).values():
                used = refers(kind, column, type(row)) and uses(self.unit.session.raw(), kind, column, [row.id])
                if used:
                    raise Conflict(N_("Still used by {count} × {kind}"), count=used, kind=Word(kind.__tablename__))
        row.alive = False

    def bulk_insert(self, kind: type[Entity], rows: Iterable[Mapping[str, Any]], total: int = 0) -> int:
        """Many new rows at once, as column values; returns how many."""
        return self.unit.bulk_insert(kind, rows, lambda done: self.progress(done, total))

    @property
    def office(self) -> str:
        """What the office is called."""
        return the_office(self.session).name

    def numbers(self, kind: str, count: int = 1) -> Iterator[str]:
        """The next numbers of a kind, e.g. `YJ`, under this office's code and this year."""
        code = the_office(self.session).code
        if code is None:
            raise Missing(N_("The office has no site code yet"))
        prefix = f"{kind}-{code}-{self.today.year}"
        raw = self.unit.session.raw()
        queue(raw, self.unit.pen)  # before the counter is held, or two units would wait for each other
        first = numbers.take(raw, prefix, count, self.store.high.read().get(prefix, 0))
        self.unit.taken[prefix] = first + count - 1
        return (numbers.written(prefix, first + i) for i in range(count))

    def saw(self, numbers_: Iterable[str]) -> None:
        """Numbers that came in from elsewhere: those of this office's own series are not given out again."""
        known = [found for number in numbers_ if (found := numbers.counted(number))]
        code, highest = the_office(self.session).code if known else None, dict[str, int]()
        for prefix, count in known:
            if prefix.split("-")[1] == code:
                highest[prefix] = max(count, highest.get(prefix, 0))
        if highest:
            raw = self.unit.session.raw()
            queue(raw, self.unit.pen)
            numbers.raise_to(raw, highest)
            self.unit.taken |= {p: max(n, self.unit.taken.get(p, 0)) for p, n in highest.items()}

    def witness(self, *rows: Entity) -> None:
        """Says in the records that these rows were looked at or used, although nothing of them changes: it stands in
        their history. Without rows it leaves a record of what was done, about nothing in particular."""
        self.unit.witness(rows)

    def reveal(self, row: Entity, field: str) -> str:
        """The plain value of one personal field; it stands in the history of the record that it was looked at.
        Missing: there is none, or it is erased."""
        text = self.plain(row, field)
        if text is None:
            erased = getattr(row, field) is not None
            raise Missing(ERASED_VALUE if erased else NO_VALUE, field=Word(f"{row.__tablename__}.{field}"))
        self.witness(row)
        return text

    def plain(self, row: Entity, field: str) -> str | None:
        """A personal value as it was typed, None where there is none or it is erased. Who shows it to a person names
        the record with `witness`."""
        sealed = getattr(row, field)
        return self.unit.people.opened(type(row), row.id, field, sealed) if sealed is not None else None

    def mask(self, row: Entity, field: str) -> str:
        """A personal value as everybody sees it."""
        return self.unit.people.shown(type(row), row.id, field, getattr(row, field)) or ""

    def says(self, row: Entity, field: str, text: str) -> bool:
        """Whether this is the personal value that is there, or its mask."""
        return self.unit.people.same(type(row), row.id, field, getattr(row, field), text)

    def erase(self, row: Entity) -> None:
        """The personal values of a record are gone for good, wherever they stand; that it was done stays."""
        self.unit.people.erase(row.id)
        self.unit.touched.add(row.__tablename__)
        self.witness(row)
        self.once_stored(self.store.forget)

    def because(self, reason: str) -> None:
        """Says in the records of this unit of work why it was done, where the person gave no reason."""
        self.unit.stamp = replace(self.unit.stamp, reason=self.unit.stamp.reason or reason)

    def held(self, kind: type[Entity], numbers_: Sequence[str]) -> set[str]:
        """Which of these numbers, unique in the whole office, records have that are out of reach; nothing where a
        number is unique in something else."""
        t, found = table(kind), set[str]()
        scoped = issubclass(kind, PLACED) and not kind.naming.within
        if not scoped or not isinstance(self.session, DeskSession) or self.session.compounds is None:
            return found
        column, reach = t.c[kind.naming.number], self.session.compounds
        for start in range(0, len(numbers_), 500):
            part = column.in_(numbers_[start : start + 500])
            away = sa.select(column).where(part, t.c.alive == sa.true(), t.c.compound_id.not_in(reach))
            found |= set(self.unit.session.raw().scalars(away))
        return found

    def head(self) -> tuple[int, str]:
        """The number of the newest record before this unit of work, and its SHA-256 (hex): what papers print."""
        newest = sa.select(Record.lsn, Record.hash).order_by(Record.lsn.desc()).limit(1)
        found = self.unit.session.raw().execute(newest).first()
        return (found.lsn, found.hash.hex()) if found else (0, "")

    def seal(self, data: bytes) -> bytes:
        """A signature (Ed25519) of this installation over a few bytes, as the QR codes of papers carry."""
        return self.unit.pen.key.sign(data)

    def keep_key(self, row: UUID, key: EllipticCurvePrivateKey, password: str) -> None:
        """Keeps a key the person signs with, under his request, encrypted with a password only he knows."""
        signing_keys.put(self.unit.session.raw(), row, self.actor, key, password)

    def own_key(self, row: UUID, password: str) -> EllipticCurvePrivateKey:
        """The key of a request of his own. Missing: there is none of his. NotAllowed: wrong password."""
        return signing_keys.opened(self.unit.session.raw(), row, self.actor, password)

    def keep(self, data: bytes) -> str:
        """Keeps the bytes of a paper; returns their SHA-256 in hex, to be named by a journaled row."""
        digest, blob = fingerprint(data), table(Blob)
        raw = self.unit.session.raw()
        if raw.scalar(sa.select(sa.func.count()).where(blob.c.sha256 == bytes.fromhex(digest))) == 0:
            there = " ON CONFLICT DO NOTHING" if own_role(raw) else ""  # out of reach
            put = sa.text(f"INSERT INTO blob (sha256, bytes) VALUES (:sha256, :bytes){there}")
            raw.execute(put, {"sha256": bytes.fromhex(digest), "bytes": data})
        return digest

    def keep_file(self, source: BinaryIO, size: int, sha256: str, tell: Callable[[int], object]) -> None:
        """Keeps the content of a file, read from where it stands, to be named by a journaled row. Conflict: it is not
        what it was when size and SHA-256 (hex) were taken. What is kept and then named by nothing is swept."""
        vault = self.store.vault
        try:
            if vault is None:
                if self.keep(source.read()) != sha256:
                    raise Damaged
                return
            vault.keep(source, size, sha256, tell)
        except Damaged:
            raise Conflict(N_("The file was changed while it was read; please add it again")) from None
        self.once_stored(partial(vault.kept, sha256))

    def once_stored(self, call: Callable[[], None]) -> None:
        """Does this when the unit of work is stored: what lies outside the store must not come before it."""
        self.unit.afterwards.append(call)

    def at_door(self, change: Callable[[Ring], None]) -> None:
        """Changes who can come in, and by which password: on a server as part of this unit of work, beside a file once
        it is stored. Conflict: this store has no doors of its own."""
        ring = self.store.ring
        if ring is None:
            raise Conflict(NO_DOORS)
        if not isinstance(ring, Doors):
            return self.once_stored(partial(change, ring))
        self.session.flush()
        return change(ring.within(self.unit.session.raw()))

    def remark(self, words: str) -> None:
        """Adds words to the reason the records give, such as a count."""
        said = self.unit.stamp.reason
        self.unit.stamp = replace(self.unit.stamp, reason=f"{said} ({words})" if said else words)

    def progress(self, done: int, total: int) -> None:
        """Reports progress; raises Cancelled when the person stopped it."""
        if not self.tell(done, total):
            raise Cancelled(NOT_STORED)
