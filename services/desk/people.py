"""The proof that personal values can still be read, or were erased on record, and are found by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, entities, personal, table
from models.beside import PersonHash, PersonSecret
from models.journal import Record
from resources.words import N_, Word
from services.desk.errors import STOPPED, Cancelled, Invalid
from services.desk.faults import AT_ONCE, Fault, Tell, counted, goes_on, snapshot
from services.desk.pen import own_role
from services.desk.personal import PersonKeys, erasures
from services.desk.store import Store

LOST = N_("{kind} {id}: “{field}” cannot be read, its key is gone and no record says that it was erased")
DAMAGED = N_("{kind} {id}: “{field}” is damaged and cannot be read")
FOUND_BY = N_("{kind} {id}: “{field}” is not found by what it says")
STRAY = N_("{n} entries of the look-up by whole numbers belong to nobody")
NO_SECRET = N_("the secret of the look-up by whole numbers is missing")
rec, hashes = table(Record), table(PersonHash)


def people(store: Store, tell: Tell = goes_on) -> list[str]:
    """Every personal value that is neither readable nor erased on record, and every look-up that says something
    else than the value."""
    faults, kinds, done, known = list[str](), {k for k in entities().values() if personal(k)}, 0, 0
    with snapshot(store) as connection:
        if not own_role(connection) and connection.scalar(sa.select(PersonSecret.key)) is None:
            return [Fault(NO_SECRET)]
        total = sum(counted(connection, kind) for kind in kinds)
        for kind in sorted(kinds, key=lambda kind: kind.__tablename__):
            ids = list(connection.scalars(sa.select(table(kind).c.id)))
            for start in range(0, len(ids), AT_ONCE):
                part = ids[start : start + AT_ONCE]
                known += connection.scalar(sa.select(sa.func.count()).where(hashes.c.row.in_(part))) or 0
                faults += faults_of(connection, kind, part)
                done += len(part)
                if not tell(done, total):
                    raise Cancelled(STOPPED)
        if stray := counted(connection, PersonHash) - known:
            faults.append(Fault(STRAY, n=stray))
    return faults


def faults_of(connection: sa.Connection, kind: type[Entity], ids: Sequence[UUID]) -> list[str]:
    """The same of some rows, at most 500."""
    return list(_faults(connection, kind, ids)) if personal(kind) else []


def _faults(connection: sa.Connection, kind: type[Entity], ids: Sequence[UUID]) -> Iterator[str]:
    t, names, keys = table(kind), personal(kind), PersonKeys(connection)
    said = connection.execute(sa.select(hashes).where(hashes.c.row.in_(ids)))
    kept = {(row.row, row.field): bytes(row.hash) for row in said}
    rows = connection.execute(sa.select(t).where(t.c.id.in_(ids)).order_by(t.c.n)).mappings().all()
    keys.read(row["id"] for row in rows)
    gone = list[tuple[Any, str]]()
    for row in (row for row in rows if row["id"] not in keys.withheld):  # who looks may not read them
        for name in names:
            text, places = None, {"kind": Word(kind.__tablename__), "id": row["id"], "field": _field(kind, name)}
            if (sealed := row[name]) is not None:
                try:
                    text = keys.opened(kind, row["id"], name, sealed)
                except Invalid:
                    yield Fault(DAMAGED, **places)
                    continue
                gone += [(row, name)] if text is None else []
            wanted = keys.found_by(kind, row["id"], name, text) if text is not None else None
            if wanted != kept.get((row["id"], name)):
                yield Fault(FOUND_BY, **places)
    yield from _lost(connection, kind, gone)


def _lost(connection: sa.Connection, kind: type[Entity], gone: Sequence[tuple[Any, str]]) -> Iterator[str]:
    """Values without their key that nobody erased since they were written. A value that was taken back to was written
    long before; then any erasure of that person will do."""
    erased = erasures(connection, list({row["id"] for row, _ in gone})) if gone else {}
    for row, name in gone:
        written, newest = (row["stamps"] or {}).get(name, row["created_rid"]), erased.get(row["id"])
        if newest is not None and newest < written:
            back = sa.select(rec.c.undoes).where(rec.c.lsn == written)
            newest = newest if connection.scalar(back) is not None else None
        if newest is None:
            yield Fault(LOST, kind=Word(kind.__tablename__), id=row["id"], field=_field(kind, name))


def _field(kind: type[Entity], name: str) -> Word:
    return Word(f"{kind.__tablename__}.{name}")
