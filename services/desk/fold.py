"""fold(journal) == state: every row, field by field, and the stamps that name its writes.

Rows that were never changed are compared as their record is read; changed rows are folded in memory, so many of them at
a time that memory does not grow with the office: the journal is read once for each hundred thousand changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, entities, journaled, table
from models.journal import Record, Touch
from resources.words import N_, Word
from services.desk import codec
from services.desk.faults import AT_ONCE, Fault, Tell, changes_of, counted, goes_on, snapshot, step, streamed
from services.desk.store import Store

FOLDED = 100_000
States = dict[str, dict[str, Any]]  # row -> its values as the journal says them


def compare(store: Store, tell: Tell = goes_on) -> list[str]:
    """Every row that is not what the records say."""
    faults, made = list[str](), Counter[str]()
    with snapshot(store) as connection:
        records, turns = counted(connection, Record), max(1, ceil(counted(connection, Touch) / FOLDED))
        for turn in range(turns):
            for done, found in enumerate(_turn(connection, turn, turns, made), 1):
                faults += found
                step(tell, min(turn * records + done, turns * records), turns * records)
        if faults or any(counted(connection, kind) != made[entity] for entity, kind in entities().items()):
            faults += _surplus(connection)
    return faults


def _turn(connection: sa.Connection, turn: int, turns: int, made: Counter[str]) -> Iterator[list[str]]:
    """The faults of one of so many parts of the rows, record by record; `made` counts the rows that were created."""

    def mine(row: UUID) -> bool:
        return turns == 1 or row.bytes[-1] % turns == turn

    changed = {row.hex for row in connection.scalars(sa.select(Touch.row).distinct()) if mine(row)}
    folded: dict[str, States] = defaultdict(dict)
    every = sa.select(Record.lsn, Record.body).order_by(Record.lsn)
    with streamed(connection, every) as records:
        for lsn, body in records:
            fresh: dict[str, States] = defaultdict(dict)
            for c in changes_of(body):
                if not mine(UUID(c.id)):
                    continue
                made[c.e] += c.new is not None
                states = folded if c.id in changed else fresh
                fold(states[c.e].setdefault(c.id, {"stamps": {}}), lsn, c)
            yield [fault for e, states in fresh.items() for fault in differences(connection, e, states)]
    for entity, states in folded.items():
        yield list(differences(connection, entity, states))


def fold(state: dict[str, Any], lsn: int, change: codec.Change) -> None:
    """One change onto what a row was before it."""
    if change.new is None and not change.f:
        return  # witnessed
    if change.new is not None:
        state |= {"alive": True, "created_rid": lsn} | change.new
    else:
        state |= {key: after for key, (_, after) in change.f.items()}
        state["stamps"] |= dict.fromkeys(change.f, lsn)
    state["rid"] = lsn


def differences(connection: sa.Connection, entity: str, states: States) -> Iterator[str]:
    kind, ids, missing = entities()[entity], [UUID(i) for i in states], set(states)
    for start in range(0, len(ids), AT_ONCE):
        for id, stored in _stored(connection, kind, ids[start : start + AT_ONCE]):
            missing.discard(id.hex)
            said = {k: v for k, v in states[id.hex].items() if v is not None}
            wrong = sorted(k for k in stored.keys() | said.keys() if stored.get(k) != said.get(k))
            if wrong:
                not_so = N_("{kind} {id}: not as recorded: {fields}")
                yield Fault(not_so, kind=Word(entity), id=id, fields=", ".join(wrong))
    yield from (Fault(N_("{kind} {id}: missing"), kind=Word(entity), id=UUID(i)) for i in missing)


def _stored(connection: sa.Connection, kind: type[Entity], ids: list[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Rows as the journal would say them; of one whose values make no sense, only that."""
    t = table(kind)
    flags = {c for c in t.c if isinstance(c.type, sa.Boolean)}  # as they are stored: 7 would be read as true
    picked = [sa.type_coerce(c, sa.Integer).label(c.key) if c in flags else c for c in t.c]
    try:
        rows = connection.execute(sa.select(*picked).where(t.c.id.in_(ids))).mappings().all()
        found = []
        for row in rows:
            values = {k: codec.plain(v) for k, v in codec.spread({k: row[k] for k in journaled(kind)}).items()}
            kept = {"rid": row["rid"], "created_rid": row["created_rid"], "stamps": row["stamps"] or {}}
            found.append((row["id"], values | kept))
    except (LookupError, ValueError, TypeError, AttributeError):
        each = ids if len(ids) > 1 else []
        found = [pair for id in each for pair in _stored(connection, kind, [id])] or [(ids[0], {"nonsense": True})]
    yield from found


def _surplus(connection: sa.Connection) -> Iterator[str]:
    """Rows that no record created. Counted record by record, which takes memory: only where something is wrong."""
    born: Counter[tuple[str, int]] = Counter()
    every = sa.select(Record.lsn, Record.body)
    with streamed(connection, every) as records:
        for lsn, body in records:
            born.update((c.e, lsn) for c in changes_of(body) if c.new is not None)
    for entity, kind in entities().items():
        t = table(kind)
        for lsn, count in connection.execute(sa.select(t.c.created_rid, sa.func.count()).group_by(t.c.created_rid)):
            if (more := count - born[entity, lsn]) > 0:
                yield Fault(
                    N_("{kind}: {n} row(s) that record {lsn} does not know"), kind=Word(entity), n=more, lsn=lsn
                )
