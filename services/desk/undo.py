"""An operation is taken back by another: what it made is retired, what it changed gets back what was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, entities, journaled, refers, table
from models.journal import Record
from resources.words import N_, Word
from services.desk import codec
from services.desk.errors import Conflict, Missing
from services.desk.past import value_of
from services.desk.schema import Kind, describe
from services.desk.work import NO_RECORD, Work

AT_ONCE = 500
NO_OPERATION = N_("There is no such operation, or it is out of your reach")
SINCE = N_("{kind} {number} was changed since then: it cannot be taken back")
USED = N_("It cannot be taken back: {count} × {kind} refer to what it made")
GONE = N_("It cannot be taken back: “{field}” of {kind} {number} was something that is removed now")
NOTHING = N_("It changed nothing: there is nothing to take back")
Allow = Callable[[Entity, dict[str, Any]], object]
rec = table(Record)


class _Did(NamedTuple):
    """What an operation did: ids of the rows it made, and of those it changed what each field was before, by kind."""

    made: dict[type[Entity], list[UUID]]
    changed: dict[type[Entity], dict[UUID, dict[str, Any]]]
    lsns: frozenset[int]


def take_back(work: Work, operation: UUID, allow: Allow = lambda row, before: None) -> int:
    """Undoes an operation as a whole, as part of the work; returns how many rows it concerned. `allow(row, values)` may
    refuse that a row gets these values back.

    Missing: there is none, or some of it is out of reach. Conflict: something of it was changed since, something later
    refers to what it made, or what was there before refers to what is gone; then nothing is taken back.
    """
    did = _did(work, operation)
    if not did.made and not did.changed:
        raise Conflict(NOTHING)
    _unused(work, did, operation)
    total, done = sum(map(len, did.made.values())) + sum(map(len, did.changed.values())), 0
    for kind, befores in did.changed.items():
        for row in _rows(work, kind, list(befores), did.lsns):
            values = _before(row, befores[row.id])
            _alive(work, row, values)
            allow(row, values)
            for name, value in values.items():
                setattr(row, name, value)
            done += 1
        work.progress(done, total)
    for kind, ids in did.made.items():
        for start in range(0, len(ids), AT_ONCE):
            for row in _rows(work, kind, ids[start : start + AT_ONCE], did.lsns):
                row.alive = False
                done += 1
            work.progress(done, total)
    work.unit.stamp = replace(work.unit.stamp, undoes=operation.hex)
    return done


def _did(work: Work, operation: UUID) -> _Did:
    made: dict[type[Entity], list[UUID]] = defaultdict(list)
    changed: dict[type[Entity], dict[UUID, dict[str, Any]]] = defaultdict(dict)
    found = sa.select(rec.c.lsn, rec.c.body).where(rec.c.uow == operation).order_by(rec.c.lsn.desc())
    lsns, known = set[int](), entities()
    for lsn, body in work.unit.session.raw().execute(found):
        lsns.add(lsn)
        for change in codec.decode(body).ch:
            if change.new is None and not change.f:
                continue  # witnessed
            if change.new is not None:
                made[known[change.e]].append(UUID(change.id))
            else:
                before = {field: past for field, (past, _) in change.f.items()}
                changed[known[change.e]].setdefault(UUID(change.id), {}).update(before)
    if not lsns:
        raise Missing(NO_OPERATION)
    for kind, ids in made.items():
        for id in ids:
            changed[kind].pop(id, None)
    return _Did(made, {kind: rows for kind, rows in changed.items() if rows}, frozenset(lsns))


def _rows(work: Work, kind: type[Entity], ids: Sequence[UUID], lsns: frozenset[int]) -> Iterator[Entity]:
    """The rows, each as the operation left it."""
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        picked = sa.select(kind).where(kind.id.in_(part))
        found = work.session.scalars(picked, execution_options={"dead": True}).all()
        if len(found) != len(part):
            raise Missing(NO_RECORD)
        for row in found:
            if row.rid not in lsns:
                number = getattr(row, kind.naming.number)
                raise Conflict(SINCE, kind=Word(kind.__tablename__), number=number)
            yield row


def _unused(work: Work, did: _Did, operation: UUID) -> None:
    """Nothing that is alive and was not part of the operation refers to what it made, out of reach or not."""
    own = sa.select(rec.c.lsn).where(rec.c.uow == operation)
    for kind in did.made:
        made = sa.select(table(kind).c.id).where(table(kind).c.created_rid.in_(own))
        for other in entities().values():
            t = table(other)
            columns = [c for c in journaled(other).values() if refers(other, c, kind)]
            if not columns:
                continue
            uses = sa.or_(*(column.in_(made) for column in columns))
            picked = sa.select(sa.func.count()).where(uses, t.c.alive == sa.true(), t.c.rid.not_in(own))
            if count := work.unit.session.raw().scalar(picked):
                raise Conflict(USED, count=count, kind=Word(other.__tablename__))


def _alive(work: Work, row: Entity, values: dict[str, Any]) -> None:
    """What a row refers to again must still be there."""
    for name, spec in describe(type(row)).items():
        named = spec.kind is Kind.REFERENCE and spec.target in entities() and values.get(name)
        if named and work.session.get(entities()[spec.target], named) is None:
            number = getattr(row, row.naming.number)
            raise Conflict(GONE, kind=Word(row.__tablename__), number=number, field=spec.key)


def _before(row: Entity, before: dict[str, Any]) -> dict[str, Any]:
    """What was there before, as column values."""
    fields, found = describe(type(row)), dict[str, Any]()
    for name, spec in fields.items():
        if spec.kind is Kind.EXTRA:
            facts = {k.removeprefix(codec.EXTRA): v for k, v in before.items() if k.startswith(codec.EXTRA)}
            if facts:
                whole = (getattr(row, name) or {}) | facts
                found[name] = {k: v for k, v in whole.items() if v is not None} or None
        elif name in before:
            found[name] = value_of(spec, before)
    return found | {k: v for k, v in before.items() if k not in fields and not k.startswith(codec.EXTRA)}
