"""An extract of the journal with the proof of its chains: what was recorded in a period, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import GLOBAL, entities, table
from models.journal import Record, Touch, Writer
from resources.words import N_
from services.desk import codec, undo
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.faults import Fault, body_of, step
from services.desk.intent import query
from services.desk.names import Named, named
from services.desk.pen import own_role
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.session import DeskSession
from services.desk.trail import CHAIN, faults_of, writers_of
from services.desk.work import NO_RECORD
from services.journal import AT_ONCE as IN_MEMORY
from services.journal import Changed, referred, seen, told_of, within
from services.soundness import ALL_OF_IT
from services.work_spans import begins

MOST = 20_000  # records on one paper: a thousand sheets
TOLD = 4  # records of one unit of work that are told; an import has up to a million
AT_ONCE, KEPT = 200, 200
GONE = N_("records {first} to {last} of the chain are missing")
TOO_MANY = N_(
    "{n} records are too many for a paper, which holds {most}: choose a shorter period, a person, an act or a compound"
)
rec = table(Record)


@dataclass(frozen=True)
class Line:
    """One record. `first` is the act behind every taking back, `times` how many of them there were; `compound` is empty
    for the whole office; `changes` are the first of `total` records it made, changed or looked at."""

    record: int
    at: datetime
    actor: str
    cmd: str
    first: str
    times: int
    compound: str
    reason: str
    changes: tuple[Changed, ...]
    total: int
    readable: bool


@dataclass(frozen=True)
class Link:
    """A record as a link of its chain: its number, its place in the chain, SHA-256 of it and the one before, hex."""

    record: int
    seq: int
    at: datetime
    hash: str
    before: str


@dataclass(frozen=True)
class Chain:
    """The part of a chain an extract lies in. `key` is the SHA-256 of the writer's public key, hex; `told` counts its
    records in the extract, `count` those from the first to the last of them, which were all looked at."""

    writer: int
    place: str
    key: str
    compound: str
    told: int
    count: int
    first: Link
    last: Link
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Extract:
    """The records in their order, how people name what they refer to, and the chains they stand in."""

    lines: tuple[Line, ...]
    names: dict[UUID, Named]
    chains: tuple[Chain, ...]
    operations: int


@query(N_("Journal extract"), name="journal.extract")
def extract(
    session: Session,
    from_on: date | None = None,
    until_on: date | None = None,
    accounts: Sequence[str] = (),
    acts: Sequence[str] = (),
    compound_ids: Sequence[UUID | None] = (),
    entity: str = "",
    record_id: UUID | None = None,
    search: str = "",
) -> Extract:
    """The records of a period (both days counted), of some accounts, acts and compounds (None: the whole office), of
    one record of a kind, of what has a text in its account or reason; all where nothing is said. Every chain is
    verified from its first to its last record in the extract: hash, place, link and seal of each. `tell` of the desk
    hears of every record.

    Invalid: too many for a paper. Missing: the record is out of reach. Conflict: the office is on a server and not all
    of it may be read.
    """
    assert isinstance(session, DeskSession)
    if own_role(session.info["store"].engine) and session.kinds is not None:
        raise Conflict(ALL_OF_IT)
    wanted = [
        *([Record.at >= begins(from_on)] if from_on else []),
        *([Record.at < begins(until_on + timedelta(days=1))] if until_on else []),
        *([Record.actor.in_(accounts)] if accounts else []), *([Record.cmd.in_(acts)] if acts else []),
        *([Record.st.in_([GLOBAL if id is None else id for id in compound_ids])] if compound_ids else []),
        *([Record.lsn.in_(_about(session, entity, record_id))] if record_id else []),
        *([sa.or_(*(c.icontains(search, autoescape=True) for c in (Record.actor, Record.reason)))] if search else []),
    ]  # fmt: skip
    return _Extract(session, wanted).read()


takes("journal.extract", (
    FieldSpec("rec", "from_on", Kind.DATE), FieldSpec("rec", "until_on", Kind.DATE),
    FieldSpec("rec", "accounts", Kind.TEXT, many=True), FieldSpec("rec", "acts", Kind.TEXT, many=True),
    FieldSpec("rec", "compound_ids", Kind.REFERENCE, target="compound", many=True),
    FieldSpec("rec", "entity", Kind.TEXT), FieldSpec("rec", "record_id", Kind.TEXT),
    FieldSpec("rec", "search", Kind.TEXT),
))  # fmt: skip


def _about(session: DeskSession, entity: str, id: UUID) -> list[int]:
    """The records that made, changed or looked at a record. Missing: it is out of reach, or there is no such kind."""
    kind = entities().get(entity)
    if kind is None:
        raise Missing(NO_RECORD)
    born = session.scalar(sa.select(kind.created_rid).where(kind.id == id), execution_options={"dead": True})
    if born is None:
        raise Missing(NO_RECORD)
    return sorted({born, *session.scalars(sa.select(Touch.lsn).where(Touch.row == id))})


class _Extract:
    """What is read of it on the way."""

    def __init__(self, session: DeskSession, wanted: Sequence[sa.ColumnElement[bool]]) -> None:
        self.session, self.wanted, self.tell = session, wanted, session.info["tell"]
        spans = sa.select(Record.w, Record.st, sa.func.min(Record.seq), sa.func.max(Record.seq), sa.func.count())
        spans = within(session, spans.where(*wanted)).group_by(Record.w, Record.st).order_by(Record.w, Record.st)
        self.spans = session.execute(spans).all()
        self.count = sum(n for *_, n in self.spans)
        if self.count > MOST:
            raise Invalid(TOO_MANY, n=f"{self.count:,}", most=f"{MOST:,}")
        self.done, self.total = 0, self.count + sum(last - first + 1 for _, _, first, last, _ in self.spans)
        places = named(session, "compound", [st for _, st, *_ in self.spans if st != GLOBAL])
        self.places = {st: found.label for st, found in places.items() if isinstance(st, UUID)}
        self.names, self.operations = dict[UUID, Named](), set[UUID]()

    def read(self) -> Extract:
        """All of it."""
        lines = tuple(self._lines())
        return Extract(lines, self.names, tuple(self._chain(*span) for span in self.spans), len(self.operations))

    def _step(self) -> None:
        self.done += 1
        step(self.tell, self.done, self.total, AT_ONCE)

    def _lines(self) -> Iterator[Line]:
        picked = within(self.session, sa.select(*LINE).where(*self.wanted)).order_by(Record.lsn)
        batch = list[Any]()
        for record in self.session.execute(picked, execution_options={"yield_per": IN_MEMORY}):
            batch.append((record, *self._changes(record)))
            self._step()
            if len(batch) == AT_ONCE:
                yield from self._told(batch)
                batch = []
        yield from self._told(batch)

    def _changes(self, record: Any) -> tuple[list[codec.Change], int, bool]:
        """The first changes of a record that may be told, how many there are, whether it can be read."""
        body = body_of(record.body)
        found = seen(self.session, body.ch, record.st) if body else []
        return found[:TOLD], len(found), body is not None

    def _told(self, batch: Sequence[Any]) -> Iterator[Line]:
        changes = [change for _, found, *_ in batch for change in found]
        self.names |= referred(self.session, changes)
        told = iter(told_of(self.session, changes))
        for record, found, total, readable in batch:
            self.operations.add(record.uow)
            first, times = undo.root(self.session.raw(), record.uow) if record.undoes else (record.cmd, 0)
            said = tuple(next(told) for _ in found)
            yield Line(
                record.lsn, record.at, record.actor, record.cmd, first or record.cmd, times,
                self.places.get(record.st, ""), record.reason, said, total, readable,
            )  # fmt: skip

    def _chain(self, w: int, st: UUID, first: int, last: int, told: int) -> Chain:
        """One chain from its first to its last record in the extract, each against the one before it."""
        raw = self.session.raw()
        writers, here = writers_of(raw), sa.and_(rec.c.w == w, rec.c.st == st)
        before = raw.execute(sa.select(rec.c.seq, rec.c.hash).where(here, rec.c.seq == first - 1)).first()
        heads = {(w, st): (before.seq, before.hash)} if before else {}
        faults, count, ends, seq = list[str](), 0, list[Any](), first - 1
        picked = sa.select(rec).where(here, rec.c.seq.between(first, last)).order_by(rec.c.seq)
        with raw.execute(picked, execution_options={"yield_per": AT_ONCE}) as records:
            for r in records:
                if r.seq > seq + 1:
                    faults.append(Fault(GONE, first=seq + 1, last=r.seq - 1))
                faults += [Fault(sentence, lsn=r.lsn) for sentence in faults_of(r, writers, heads, signatures=True)]
                heads[w, st], seq, count = (r.seq, r.hash), r.seq, count + 1
                ends = [ends[0] if ends else r, r]
                self._step()
        after = raw.execute(sa.select(rec.c.body).where(here, rec.c.seq == last + 1)).first()
        body = body_of(after.body) if after else None
        if body is not None and body.ph != heads[w, st][1].hex():
            faults.append(Fault(CHAIN, lsn=ends[1].lsn))
        writer = raw.execute(sa.select(table(Writer)).where(table(Writer).c.no == w)).one()
        key, place = sha256(writer.public_key).hexdigest(), self.places.get(st, "")
        return Chain(w, writer.place, key, place, told, count, _link(ends[0]), _link(ends[1]), tuple(faults[:KEPT]))


LINE = (
    Record.lsn,
    Record.at,
    Record.actor,
    Record.cmd,
    Record.reason,
    Record.st,
    Record.uow,
    Record.undoes,
    Record.body,
)


def _link(r: Any) -> Link:
    body = body_of(r.body)
    return Link(r.lsn, r.seq, r.at, r.hash.hex(), body.ph if body else "")
