"""An operation is taken back by another: what it made is retired, what it changed gets back what was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, entities, journaled, refers, table
from models.journal import Record, Touch
from resources.words import N_, Word
from services.desk import codec
from services.desk.chain import line
from services.desk.errors import NOT_YOURS, Conflict, Missing, NotAllowed
from services.desk.faults import body_of
from services.desk.intent import INTENTS
from services.desk.past import value_of
from services.desk.referring import uses
from services.desk.schema import Kind, describe
from services.desk.trail import standing
from services.desk.work import NO_RECORD, Work

AT_ONCE = 500
NO_OPERATION = N_("There is no such operation, or it is out of your reach")
SINCE = N_("{kind} {number} was changed since then: it cannot be taken back")
USED = N_("It cannot be taken back: {count} × {kind} refer to what it made")
GONE = N_("It cannot be taken back: “{field}” of {kind} {number} was something that is removed now")
NOTHING = N_("It changed nothing: there is nothing to take back")
TWICE = N_("It was taken back already")
AGAIN = N_("It was taken back and brought back since: take that back instead")
UNREADABLE = N_("A record of it cannot be read: it cannot be taken back. Tell the system administrator")
UNKNOWN = N_("This version of the program does not know “{act}” any more: it cannot be taken back")
Allow = Callable[[Work, Any, dict[str, Any], int], None]
rec, touch = table(Record), table(Touch)
Follow = Callable[[Work, list[UUID]], None]
_guards: dict[type[Entity], list[Allow]] = defaultdict(list)
_followers: dict[type[Entity], list[Follow]] = defaultdict(list)


def guarding(kind: type[Entity]) -> Callable[[Allow], Allow]:
    """Marks a rule every taking back obeys: `rule(work, row, values, since)` raises when a row of this kind may not get
    back these values; `since` is the last record of what is taken back."""

    def mark(rule: Allow) -> Allow:
        _guards[kind].append(rule)
        return rule

    return mark


def following(kind: type[Entity]) -> Callable[[Follow], Follow]:
    """Marks what every taking back does afterwards: `rule(work, ids)` brings what is computed from rows of this kind up
    to them; `ids` are those of the kind that came, went or changed."""

    def mark(rule: Follow) -> Follow:
        _followers[kind].append(rule)
        return rule

    return mark


class _Did(NamedTuple):
    """What an operation did: ids of the rows it made, and of those it changed what each field was before, by kind."""

    made: dict[type[Entity], list[UUID]]
    changed: dict[type[Entity], dict[UUID, dict[str, Any]]]
    lsns: frozenset[int]

    def rows(self) -> set[UUID]:
        """Everything it wrote."""
        return {id for ids in (*self.made.values(), *self.changed.values()) for id in ids}

    def gone(self) -> Iterator[tuple[type[Entity], list[UUID]]]:
        """The rows that will not be there any more."""
        for kind in self.made.keys() | self.changed.keys():
            changed = self.changed.get(kind, {})
            yield kind, [*self.made.get(kind, ()), *(id for id, was in changed.items() if was.get("alive") is False)]

    def back(self) -> set[UUID]:
        """The rows that will be there again."""
        return {id for rows in self.changed.values() for id, was in rows.items() if was.get("alive") is True}


def take_back(work: Work, operation: UUID) -> int:
    """Undoes an operation as a whole, as part of the work; returns how many rows it concerned. What took another one
    back is itself taken back like any other: that brings the other one back.

    Missing: there is none, or some of it is out of reach. NotAllowed: the person may not do what was done. Conflict: it
    can never be taken back, or was already; something of it was changed since, something later refers to what it made,
    what was there before refers to what is gone, or a rule of its kind forbids it; then nothing is taken back.
    """
    _allowed(work, operation)
    did = _did(work, operation)
    if not did.made and not did.changed:
        raise Conflict(NOTHING)
    total, done, back = sum(map(len, did.made.values())) + sum(map(len, did.changed.values())), 0, did.back()
    for kind, ids in did.gone():
        _unused(work, kind, ids, did)
    for kind, befores in did.changed.items():
        for row in _rows(work, kind, list(befores), did.lsns):
            values = _before(row, befores[row.id])
            _alive(work, row, values, back)
            for rule in _guards[kind]:
                rule(work, row, values, max(did.lsns))
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
    work.session.flush()
    for kind in [known for known in _followers if known in did.made or known in did.changed]:
        for follow in _followers[kind]:
            follow(work, [*did.made.get(kind, ()), *did.changed.get(kind, ())])
    work.unit.stamp = replace(work.unit.stamp, undoes=operation.hex)
    return done


def _allowed(work: Work, operation: UUID) -> None:
    """It stands, what was done can be taken back at all, and the person may do it wherever it was done."""
    raw = work.unit.session.raw()
    first, _ = root(raw, operation)
    whole = line if raw.dialect.name == "postgresql" else rec  # where a server keeps back what is not to be read
    scopes = list(raw.scalars(sa.select(whole.c.st).where(whole.c.uow == operation)))
    seen = raw.scalar(sa.select(sa.func.count()).where(rec.c.uow == operation))
    if first is None or seen != len(scopes) or not work.reaches(scopes):
        raise Missing(NO_OPERATION)
    known = INTENTS.get(first)
    if known is None:
        raise Conflict(UNKNOWN, act=first)
    if not work.may(first, *set(scopes)):
        raise NotAllowed(NOT_YOURS, needs=Word(known.label))
    if known.kept:
        raise Conflict(known.kept)
    later = sa.select(rec.c.uow).where(rec.c.undoes == operation)
    if by := raw.scalar(later):
        raise Conflict(AGAIN if raw.scalar(sa.select(rec.c.uow).where(rec.c.undoes == by)) else TWICE)


def root(raw: sa.Connection, operation: UUID) -> tuple[str | None, int]:
    """The name of what was done at first (None: there is none), and how many times it was taken back and brought back
    until this: an odd number leaves it taken back."""
    act, at, times = None, operation, -1
    while row := raw.execute(sa.select(rec.c.cmd, rec.c.undoes).where(rec.c.uow == at).limit(1)).first():
        act, at, times = row.cmd, row.undoes, times + 1
        if at is None:
            break
    return act, times


def _did(work: Work, operation: UUID) -> _Did:
    made: dict[type[Entity], list[UUID]] = defaultdict(list)
    changed: dict[type[Entity], dict[UUID, dict[str, Any]]] = defaultdict(dict)
    found = sa.select(rec.c.lsn, rec.c.body).where(rec.c.uow == operation).order_by(rec.c.lsn.desc())
    lsns, known = set[int](), entities()
    for lsn, body in work.unit.session.raw().execute(found):
        lsns.add(lsn)
        said = body_of(body)
        if said is None:
            raise Conflict(UNREADABLE)
        for change in said.ch:
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
        changed = _changed_since(work, {row.id: row.rid for row in found if row.rid not in lsns}, lsns)
        for row in found:
            if row.id in changed:
                number = getattr(row, kind.naming.number)
                raise Conflict(SINCE, kind=Word(kind.__tablename__), number=number)
            yield row


def _changed_since(work: Work, rids: Mapping[UUID, int], lsns: frozenset[int]) -> set[UUID]:
    """Which rows, by the record that wrote them last, are not as the operation left them: something stands that was
    done to them since. What was done and taken back again left nothing behind."""
    later: dict[UUID, list[Any]] = {id: [] for id in rids}
    if rids:
        picked = sa.select(touch.c.row, rec.c.lsn, rec.c.uow, rec.c.undoes).join_from(
            touch, rec, rec.c.lsn == touch.c.lsn
        )
        since = sa.and_(touch.c.lsn > min(lsns), touch.c.lsn.not_in(lsns), touch.c.row.in_(rids))
        for found in work.unit.session.raw().execute(picked.where(since).order_by(rec.c.lsn)):
            later[found.row].append(found)
    changed = {id for id, done in later.items() if rids[id] not in {d.lsn for d in done}}  # others wrote at the time
    for id, done in later.items():
        stand = standing((d.uow.hex, d.undoes.hex if d.undoes else "") for d in done)
        if any(d.uow.hex in stand and _wrote(work, d.lsn, id) for d in done):
            changed.add(id)
    return changed


def _wrote(work: Work, lsn: int, id: UUID) -> bool:
    """Whether a record changed a row, not only looked at it."""
    body = work.unit.session.raw().execute(sa.select(rec.c.body).where(rec.c.lsn == lsn)).scalar_one()
    said = body_of(body)
    return said is None or any(c.id == id.hex and bool(c.f) for c in said.ch)


def _unused(work: Work, kind: type[Entity], ids: Sequence[UUID], did: _Did) -> None:
    """Nothing that is alive and was not part of the operation refers to these rows, out of reach or not."""
    raw, rows = work.unit.session.raw(), did.rows()
    for other in entities().values() if ids else ():
        count = 0
        for column in (c for c in journaled(other).values() if refers(other, c, kind)):
            for start in range(0, len(ids), AT_ONCE):
                count += uses(raw, other, column, ids[start : start + AT_ONCE], did.lsns, rows)
        if count:
            raise Conflict(USED, count=count, kind=Word(other.__tablename__))


def _alive(work: Work, row: Entity, values: dict[str, Any], back: Iterable[UUID]) -> None:
    """What a row refers to again must still be there, or come back with it."""
    revived = values.get("alive") is True
    for name, spec in describe(type(row)).items():
        if spec.kind is not Kind.REFERENCE or spec.target not in entities():
            continue
        named = values[name] if name in values else getattr(row, name) if revived else None
        if named and named not in back and work.session.get(entities()[spec.target], named) is None:
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
