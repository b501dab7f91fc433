"""What the database itself finds wrong with an encrypted file: its pages, its structure, its references."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from resources.words import N_
from services.desk.errors import STOPPED, Cancelled
from services.desk.faults import Fault, Tell, goes_on
from services.desk.store import Store

INSTRUCTIONS = 100_000  # of the database, between two looks whether somebody stopped it


@contextmanager
def _asking(store: Store, tell: Tell) -> Iterator[sa.Connection]:
    """A connection whose statements end when the person stops them. How far they are the database does not say."""
    with store.reading.connect() as connection:
        connection.begin()  # before anything asks whether to stop
        raw: Any = connection.connection.driver_connection
        stopped = False

        def stop() -> bool:
            nonlocal stopped
            stopped = not tell(0, 0)
            return stopped

        raw.set_progress_handler(stop, INSTRUCTIONS)
        try:
            yield connection
        except sa.exc.DatabaseError as error:
            if stopped:
                raise Cancelled(STOPPED) from error
            raise
        finally:
            raw.set_progress_handler(None, 0)
            connection.invalidate()  # one that met a damaged page reads nothing any more


def pages(store: Store, tell: Tell = goes_on) -> list[str]:
    """Pages that are not what was written."""
    with _asking(store, tell) as connection:
        found = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
    return [Fault(N_("page: {problem}"), problem=problem) for (problem,) in found]


def structure(store: Store, tell: Tell = goes_on) -> list[str]:
    """Tables and indexes that do not fit together."""
    with _asking(store, tell) as connection:
        found = [problem for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if found == ["ok"] else [Fault(N_("structure: {problem}"), problem=problem) for problem in found]


def references(store: Store, tell: Tell = goes_on) -> list[str]:
    """Rows that name a row which is not there."""
    with _asking(store, tell) as connection:
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    sentence = N_("{table} {row}: refers to nothing in {other}")
    return [Fault(sentence, table=table, row=row, other=other) for table, row, other, _ in lost]


def engine_faults(store: Store) -> list[str]:
    """All three; of damaged pages nothing more can be asked."""
    if store.path is None:
        return []
    return pages(store) or structure(store) or references(store)
