"""What an intent may touch while it runs: rows, numbers, papers, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import Entity, Scoped, entities, journaled, table
from models.beside import Blob
from models.journal import Record
from models.site import Site
from resources.words import N_, Word
from services.desk import numbers
from services.desk.errors import Cancelled, Conflict, Missing
from services.desk.journal import Unit
from services.desk.pen import queue
from services.desk.session import DeskSession
from services.desk.store import Store, fingerprint

E = TypeVar("E", bound=Entity)
Tell = Callable[[int, int], bool]
NO_RECORD = N_("There is no such record, or it is out of your reach")


@dataclass(frozen=True)
class Work:
    """What an intent may touch."""

    session: Session
    unit: Unit = field(repr=False)
    store: Store = field(repr=False)
    tell: Tell
    now: datetime

    @property
    def actor(self) -> str:
        """The name of the account that does it."""
        return self.unit.stamp.actor

    @property
    def today(self) -> date:
        """The day of the unit of work: where the machine is, unless its clock tells a zone of its own."""
        return (self.now.astimezone() if self.now.tzinfo is UTC else self.now).date()

    def get(self, kind: type[E], id: UUID, *, dead: bool = False) -> E:
        """The row, or Missing."""
        row = self.session.get(kind, id, execution_options={"dead": dead})
        if row is None:
            raise Missing(NO_RECORD)
        return row

    def add(self, row: E) -> E:
        """A new row."""
        self.session.add(row)
        return row

    def remove(self, row: Entity) -> None:
        """Made by mistake: hide it for good. Refused while something living still refers to it, out of reach or not."""
        self.session.flush()
        for kind in entities().values():
            for column in journaled(kind).values():
                if column.references(table(type(row)).c.id):
                    users = sa.select(sa.func.count()).where(column == row.id, table(kind).c.alive == sa.true())
                    if count := self.unit.session.raw().scalar(users):
                        raise Conflict(N_("Still used by {count} × {kind}"), count=count, kind=Word(kind.__tablename__))
        row.alive = False

    def bulk_insert(self, kind: type[Entity], rows: Iterable[Mapping[str, Any]], total: int = 0) -> int:
        """Many new rows at once, as column values; returns how many."""
        return self.unit.bulk_insert(kind, rows, lambda done: self.progress(done, total))

    def numbers(self, kind: str, count: int = 1) -> Iterator[str]:
        """The next numbers of a kind, e.g. `YJ`, under this office's code and this year."""
        code = self.session.scalar(sa.select(Site.code))
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
        code, highest = self.session.scalar(sa.select(Site.code)) if known else None, dict[str, int]()
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

    def because(self, reason: str) -> None:
        """Says in the records of this unit of work why it was done, where the person gave no reason."""
        self.unit.stamp = replace(self.unit.stamp, reason=self.unit.stamp.reason or reason)

    def held(self, kind: type[Entity], numbers_: Sequence[str]) -> set[str]:
        """Which of these numbers, unique in the whole office, records have that are out of reach; nothing where a
        number is unique in something else."""
        t, found = table(kind), set[str]()
        scoped = issubclass(kind, Scoped) and not kind.naming.within
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

    def keep(self, data: bytes) -> str:
        """Keeps the bytes of a paper; returns their SHA-256 in hex, to be named by a journaled row."""
        digest, blob = fingerprint(data), table(Blob)
        raw = self.unit.session.raw()
        if raw.scalar(sa.select(sa.func.count()).where(blob.c.sha256 == bytes.fromhex(digest))) == 0:
            raw.execute(sa.insert(blob), {"sha256": bytes.fromhex(digest), "bytes": data})
        return digest

    def once_stored(self, call: Callable[[], None]) -> None:
        """Does this when the unit of work is stored: what lies outside the store must not come before it."""
        self.unit.afterwards.append(call)

    def progress(self, done: int, total: int) -> None:
        """Reports progress; raises Cancelled when the person stopped it."""
        if not self.tell(done, total):
            raise Cancelled(N_("Cancelled; nothing was stored"))
