"""What a look at the whole store is made of: faults in words, progress, one moment of the data from start to end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.base import Base, entities, table
from resources.words import N_
from services.desk import codec
from services.desk.errors import STOPPED, Cancelled
from services.desk.store import Store

Tell = Callable[[int, int], bool]
AT_ONCE = 500  # rows
UNREAD = N_("This record cannot be read")
_ID = re.compile(r"[0-9a-f]{32}").fullmatch
EVERY = 256  # records between two reports of progress


class Fault(str):
    """One fault as an English sentence; `sentence` and `values` say it in any language."""

    sentence: str
    values: dict[str, Any]

    def __new__(cls, sentence: str, /, **values: Any) -> Fault:
        made = super().__new__(cls, sentence.format(**values))
        made.sentence, made.values = sentence, values
        return made


def goes_on(done: int, total: int) -> bool:
    """For who wants to hear nothing of progress."""
    return True


def step(tell: Tell, done: int, total: int, every: int = EVERY) -> None:
    """Reports progress now and then. Cancelled: the person stopped it."""
    if (done % every == 0 or done == total) and not tell(done, total):
        raise Cancelled(STOPPED)


@contextmanager
def snapshot(store: Store) -> Iterator[sa.Connection]:
    """A connection that sees one moment of the store, however long it reads and whoever writes meanwhile."""
    with store.reading.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with _whole(connection):
            yield connection


@contextmanager
def _whole(connection: sa.Connection) -> Iterator[None]:
    """A connection that met a damaged page reads nothing any more: it is not given to anybody else."""
    try:
        yield
    except sa.exc.DatabaseError:
        connection.invalidate()
        raise


@contextmanager
def streamed(connection: sa.Connection, statement: sa.Executable) -> Iterator[Iterable[Any]]:
    """The rows of a statement, some at a time; whoever stops early leaves nothing open."""
    with connection.execution_options(yield_per=AT_ONCE).execute(statement) as rows:
        yield rows


def body_of(raw: bytes) -> codec.Body | None:
    """What a record says, of its changes those that make sense; None when it cannot be read, which `trail.verify`
    reports. One damaged record keeps nobody from reading the others."""
    try:
        body, known = codec.decode(raw), entities()
        datetime.fromisoformat(body.wall)
    except ValueError:
        return None
    body.ch = [c for c in body.ch if c.e in known and _ID(c.id) and all(len(pair) == 2 for pair in c.f.values())]
    return body


def changes_of(raw: bytes) -> list[codec.Change]:
    """The changes a record tells that make sense."""
    body = body_of(raw)
    return body.ch if body else []


def counted(connection: sa.Connection, kind: type[Base]) -> int:
    """How many rows a table has."""
    return connection.scalar(sa.select(sa.func.count()).select_from(table(kind))) or 0
