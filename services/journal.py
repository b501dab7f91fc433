"""What was done: the lists of operations, what one of them did, and how it is taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import GLOBAL, About, entities, table
from models.journal import Record, Writer
from resources.words import N_, Word
from services.desk import codec, undo
from services.desk.errors import Missing
from services.desk.faults import body_of
from services.desk.intent import INTENTS, QUERIES, intent, query
from services.desk.listing import LISTINGS, Listing, Made, listing
from services.desk.names import Named, named
from services.desk.personal import PersonKeys
from services.desk.schema import FieldSpec, Kind, describe
from services.desk.session import DeskSession
from services.desk.sight import sees
from services.desk.trail import changed, visible
from services.desk.undo import NO_OPERATION
from services.desk.work import Work

AT_ONCE = 20  # records in memory; one of a thousand rows is half a megabyte
TOLD = (Record.uow, Record.at, Record.actor, Record.cmd)
SHOWN = 200  # changes of one operation that are told; an import has up to a million
WHOLE = N_("The whole office")
TAKES, TAKEN = "takes", "taken"
later, next_ = table(Record).alias("later"), table(Record).alias("next")


class ActSpec(FieldSpec):
    """The field that holds the name of an act: it is shown by the act's label, where the program still knows it."""

    def choice_key(self, value: str) -> Word:
        """The sentence that names an act."""
        known = INTENTS.get(value) or QUERIES.get(value)
        return Word(known.label if known else value)


def _back(t: sa.Table) -> sa.ColumnElement[Any]:
    """Whether it is taken back, or takes one back itself. What was done stands again when what took it back was taken
    back in turn, and so on: only an odd number of them leaves it taken back."""
    answered = sa.exists().where(later.c.undoes == t.c.uow)
    takes = t.c.undoes.is_not(None)
    return sa.case((sa.and_(takes, answered), TAKEN), (takes, TAKES), (sa.and_(answered, _odd(t)), TAKEN))


def _odd(t: sa.Table) -> sa.ColumnElement[bool]:
    """Whether the chain of operations that took an act back, brought it back, … is of an odd length."""
    begin = sa.select(later.c.uow, sa.literal(1).label("length")).where(later.c.undoes == t.c.uow).correlate(t)
    chain = begin.cte("chain", recursive=True, nesting=True)
    chain = chain.union(sa.select(next_.c.uow, chain.c.length + 1).where(next_.c.undoes == chain.c.uow))
    return sa.select(sa.func.max(chain.c.length) % 2 == 1).scalar_subquery()


def _compound(t: sa.Table) -> sa.ColumnElement[Any]:
    return sa.case((t.c.st != GLOBAL, t.c.st))


def _reason(t: sa.Table) -> sa.ColumnElement[Any]:
    return t.c.reason


def _first(t: sa.Table) -> sa.ColumnElement[bool]:
    """One row for each operation and compound. Written out: SQLite knows its index by the words alone."""
    return t.c.part == sa.literal_column("0")


def _of_compounds(t: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(_first(t), t.c.st != GLOBAL)


def _act(t: sa.Table) -> sa.ColumnElement[Any]:
    return t.c.cmd


def _listed(name: str, only: Callable[[sa.Table], sa.ColumnElement[bool]], *, required: bool = False) -> Listing:
    """The newest first, by the order they were recorded in."""
    entity = Record.__tablename__
    made = (
        Made(ActSpec(entity, "cmd", Kind.CHOICE), _act),
        Made(FieldSpec(entity, "reason", Kind.TEXT), _reason),
        Made(FieldSpec(entity, "compound_id", Kind.REFERENCE, required, target="compound", empty=WHOLE), _compound),
        Made(FieldSpec(entity, "back", Kind.CHOICE, choices=(TAKEN, TAKES)), _back),
    )
    return Listing(name, Record, (), words=("actor", "reason"), made=made, only=only, within="st", id="uow")


JOURNAL = listing(_listed("journal", _first))
OPERATIONS = listing(_listed("operations", _of_compounds, required=True))


@dataclass(frozen=True)
class Told:
    """Another operation in one line."""

    operation: UUID
    at: datetime
    actor: str
    cmd: str


@dataclass(frozen=True)
class Changed:
    """One record an operation made, changed or only looked at, by the name people give it."""

    entity: str
    id: UUID
    named: Named | None
    created: bool
    fields: dict[str, list[Any]]  # journal field -> before, after


@dataclass(frozen=True)
class Operation:
    """One operation as far as it is within reach. `first` is the act behind every taking back and bringing back,
    `times` how many of them there were until this."""

    operation: UUID
    at: datetime
    actor: str
    place: str
    auth: str
    cmd: str
    first: str
    times: int
    reason: str
    compounds: tuple[str, ...]
    everywhere: bool
    takes_back: Told | None
    taken_back: Told | None
    changes: tuple[Changed, ...]
    total: int
    names: dict[UUID, Named]  # of everything the changes refer to
    unread: int = 0  # records of it that cannot be read


@query(N_("What an operation did"))
def operation(session: Session, *, operation: str) -> Operation:
    """Who did what, when, where and why, and the first 200 records it made, changed or looked at.

    Only the records of compounds within reach are told, and only of kinds whose list one may see. Missing: there is
    no such operation, or nothing of it is within reach.
    """
    assert isinstance(session, DeskSession)
    picked = sa.select(*TOLD, Record.reason, Record.undoes, Record.st, Record.body, Writer.place)
    picked = picked.join(Writer, Writer.no == Record.w).where(Record.uow == _id(operation)).order_by(Record.lsn)
    changes, total, unread, scopes, head, auth = list[codec.Change](), 0, 0, set[UUID](), None, ""
    for record in session.execute(within(session, picked), execution_options={"yield_per": AT_ONCE}):
        body = body_of(record.body)
        part = seen(session, body.ch, record.st) if body else []
        if part or body is None or _may_see_all(session, record.st):
            head, auth = head or record, body.auth if body else auth
            scopes.add(record.st)
        unread += body is None
        changes += part[: SHOWN - len(changes)]
        total += len(part)
    if head is None:
        raise Missing(NO_OPERATION)
    compounds = named(session, "compound", list(scopes - {GLOBAL})).values()
    first, times = undo.root(session.raw(), head.uow)
    return Operation(
        head.uow, head.at, head.actor, head.place, auth, head.cmd, first or "", times,
        head.reason, tuple(sorted(c.label for c in compounds)), GLOBAL in scopes,
        _told(session, Record.uow == head.undoes) if head.undoes else None, _told(session, Record.undoes == head.uow),
        told_of(session, changes), total, referred(session, changes), unread,
    )  # fmt: skip


@intent(N_("Take back an operation"), name="journal.undo")
def take_back(work: Work, *, operation: str) -> int:
    """What it made is retired, what it changed gets back what was there; how many records that concerned. Taking back
    what took something back brings it back.

    Missing, NotAllowed, Conflict as `services.desk.undo.take_back`: then nothing is taken back.
    """
    return undo.take_back(work, _id(operation))


def _id(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise Missing(NO_OPERATION) from None


def within(session: DeskSession, found: Any) -> Any:
    """The compounds within reach alone: what concerns all of them is told to those who reach all."""
    return found if session.compounds is None else found.where(Record.st.in_(session.compounds))


def _may_see_all(session: DeskSession, st: UUID) -> bool:
    """Whether somebody has the whole journal, there."""
    return bool(session.info["may"](f"{JOURNAL.name}.list", *([st] if st != GLOBAL else [])))


def seen(session: DeskSession, changes: Sequence[codec.Change], st: UUID) -> list[codec.Change]:
    """The changes of records somebody may list in that scope; what is said about records, of those about kinds he may
    list there. What no list has is for who has the whole journal."""
    if _may_see_all(session, st):
        return list(changes)
    listed, scope = {known.entity for known in LISTINGS.values()}, st if st != GLOBAL else None
    seen = [c for c in changes if c.e in listed and sees(session.kinds, c.e, scope)]
    about = _about(session, [c for c in seen if issubclass(entities()[c.e], About)])
    return [c for c in seen if c.id not in about or sees(session.kinds, about[c.id], scope)]


def _about(session: DeskSession, changes: Sequence[codec.Change]) -> dict[str, str]:
    """The kind of record that each of these says something about, by its id. It never changes."""
    found = {c.id: str((c.new or {}).get("about_kind", "")) for c in changes}
    for entity in {c.e for c in changes if c.new is None}:
        t, ids = table(entities()[entity]), [UUID(c.id) for c in changes if c.e == entity and c.new is None]
        for start in range(0, len(ids), SHOWN):
            picked = sa.select(t.c.id, t.c.about_kind).where(t.c.id.in_(ids[start : start + SHOWN]))
            found |= {row.id.hex: row.about_kind for row in session.raw().execute(picked)}
    return found


def _told(session: DeskSession, which: sa.ColumnElement[bool]) -> Told | None:
    row = session.execute(within(session, sa.select(*TOLD).where(which)).order_by(Record.lsn).limit(1)).first()
    return Told(*row) if row else None


def told_of(session: DeskSession, changes: Sequence[codec.Change]) -> tuple[Changed, ...]:
    """Changes by the names people use, without what is hidden from who reads."""
    names, people = names_of(session, ((c.e, UUID(c.id)) for c in changes)), PersonKeys(session.raw())
    told, made = list[Changed](), entities()
    for c in changes:
        id = UUID(c.id)
        fields = people.told(made[c.e], id, visible(session, made[c.e], changed(c))) if c.e in made else changed(c)
        told.append(Changed(c.e, id, names.get(id), c.new is not None, fields))
    return tuple(told)


def referred(session: DeskSession, changes: Iterable[codec.Change]) -> dict[UUID, Named]:
    """How people name what changes refer to."""
    wanted = set[tuple[str, UUID]]()
    for change in changes:
        specs = describe(entities()[change.e])
        for name, pair in changed(change).items():
            if name in specs and specs[name].kind is Kind.REFERENCE:
                wanted |= {(specs[name].target, UUID(value)) for value in pair if value}
    return names_of(session, wanted)


def names_of(session: DeskSession, wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Named]:
    """How people name records, one question a kind."""
    by_kind, found = defaultdict[str, set[UUID]](set), dict[UUID, Named]()
    for entity, id in wanted:
        by_kind[entity].add(id)
    for entity, ids in by_kind.items():
        if entity in entities():
            found |= named(session, entity, list(ids))
    return found
