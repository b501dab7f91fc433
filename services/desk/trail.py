"""Reads the journal back: the history of a row, the proof that the records are whole and the rows follow from them."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from models.base import GLOBAL, Entity, journaled, table
from models.beside import Blob
from models.document import Document
from models.journal import Record, Touch, Writer
from models.signing import DocumentSignature
from resources.words import N_
from services.desk import codec
from services.desk.faults import Fault, Tell, body_of, changes_of, counted, goes_on, snapshot, step, streamed
from services.desk.fold import compare
from services.desk.listing import LISTINGS
from services.desk.pages import engine_faults
from services.desk.personal import PersonKeys
from services.desk.private import closed
from services.desk.session import DeskSession
from services.desk.store import Store, fingerprint

__all__ = ["check", "compare", "engine_faults", "heads", "history", "papers", "verify"]
Heads = dict[tuple[int, UUID], tuple[int, bytes]]
Writers = dict[int, tuple[UUID, Ed25519PublicKey]]
HASH = N_("record {lsn}: the hash is not the body's")
SENSE = N_("record {lsn}: it makes no sense, or its writer is unknown")
COLUMNS = N_("record {lsn}: the columns are not the body's")
CHAIN = N_("record {lsn}: the chain is broken")
SEALED = N_("record {lsn}: the seal is not the writer's")


@dataclass(frozen=True)
class Step:
    """One entry in the history of a row: `fields` are journal fields with their value before and after."""

    operation: UUID
    wall: str
    actor: str
    cmd: str
    reason: str
    created: bool
    fields: dict[str, list[Any]]
    place: str = ""  # the machine it was done at
    auth: str = ""
    undoes: str = ""  # the operation it took back
    readable: bool = True


def history(session: DeskSession, kind: type[Entity], id: UUID) -> list[Step]:
    """Everything that happened to a row, oldest first; nothing if the row is out of reach. Of personal values it says
    that they changed, or were erased since. Of a record that cannot be read it says what stands beside it."""
    born = session.scalar(sa.select(kind.created_rid).where(kind.id == id), execution_options={"dead": True})
    if born is None:
        return []
    later = sa.select(Touch.lsn).where(Touch.row == id)
    told = (Record.body, Record.uow, Record.at, Record.actor, Record.cmd, Record.reason, Writer.place)
    found = sa.select(*told).join(Writer, Writer.no == Record.w)
    found = found.where((Record.lsn == born) | Record.lsn.in_(later)).order_by(Record.lsn)
    steps, people = list[Step](), PersonKeys(session.raw())
    for raw, uow, at, actor, cmd, reason, place in session.execute(found):
        body = body_of(raw)
        if body is None:
            steps.append(Step(uow, codec.wall(at), actor, cmd, reason, False, {}, place, readable=False))
            continue
        for c in (c for c in body.ch if c.id == id.hex):
            fields = people.told(kind, id, visible(session, kind, changed(c)))
            said = (uow, body.wall, body.actor, body.cmd, body.reason, c.new is not None, fields)
            steps.append(Step(*said, place, body.auth, body.undoes))
    return steps


def changed(change: codec.Change) -> dict[str, list[Any]]:
    """The fields of a row with their values before and after; of a new row nothing was before."""
    return change.f if change.new is None else {key: [None, value] for key, value in change.new.items()}


def visible(session: DeskSession, kind: type[Entity], fields: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The fields of a step that people may see: what the description of a record hides stays hidden in its history,
    what its list tells by more than the row itself says, and what is private to those who may not open its page."""
    hidden = {name for name, column in journaled(kind).items() if column.info.get("hidden")} | closed(session, kind)
    hidden |= {made.spec.name for of in LISTINGS.values() if of.kind is kind for made in of.made if made.was is None}
    return {name: pair for name, pair in fields.items() if name not in hidden}


def standing(done: Iterable[tuple[str, str]]) -> list[str]:
    """Of operations in their order, each with the one it took back, those whose effect stands: what was taken back is
    gone with what took it back, and what brought that back stands for it."""
    found = list[str]()
    for operation, undoes in done:
        if undoes in found:
            found.remove(undoes)
        else:
            found.append(operation)
    return found


def verify(store: Store, anchors: Heads | None = None, tell: Tell = goes_on, *, signatures: bool = True) -> list[str]:
    """Every fault of the records. `anchors` are heads kept elsewhere: only they show a tail that was cut off."""
    faults, heads, touched = list[str](), Heads(), _Bag()
    gseqs: dict[int, array[int]] = defaultdict(lambda: array("q"))
    unit, part = (0, GLOBAL, GLOBAL), 0  # the unit of work whose records in one scope follow each other
    with snapshot(store) as connection:
        writers, total = writers_of(connection), counted(connection, Record)
        every = sa.select(table(Record)).order_by(Record.w, Record.st, Record.seq)
        with streamed(connection, every) as records:
            for done, r in enumerate(records, 1):
                faults += [Fault(sentence, lsn=r.lsn) for sentence in faults_of(r, writers, heads, signatures)]
                part = part + 1 if (r.w, r.st, r.uow) == unit else 0
                unit = (r.w, r.st, r.uow)
                faults += [Fault(COLUMNS, lsn=r.lsn)] if r.part != part else []
                heads[r.w, r.st] = (r.seq, r.hash)
                gseqs[r.w].append(r.gseq)
                for c in changes_of(r.body):
                    if c.new is None:
                        touched.put(bytes.fromhex(c.id), r.lsn)
                step(tell, done, total)
        faults += _anchored(connection, anchors or {})
        for w, found in gseqs.items():
            if sorted(found) != list(range(1, len(found) + 1)):
                faults.append(Fault(N_("writer {w}: a record is missing"), w=w))
        return faults + _touches(connection, touched)


class _Bag:
    """What was put in, in any order, as one number: two bags of the same things are equal, whatever their size."""

    def __init__(self) -> None:
        self.sum = 0

    def put(self, row: bytes, lsn: int) -> None:
        """One thing more."""
        own = hashlib.sha256(row + lsn.to_bytes(8, "big", signed=True)).digest()
        self.sum = (self.sum + int.from_bytes(own, "big")) % (1 << 256)


def _touches(connection: sa.Connection, touched: _Bag) -> list[str]:
    """Which of the touches differ from the records; that some do is seen without keeping them."""
    kept, every = _Bag(), sa.select(table(Touch))
    with streamed(connection, every) as touches:
        for touch in touches:
            kept.put(touch.row.bytes, touch.lsn)
    if kept.sum == touched.sum:
        return []
    said = {
        (bytes.fromhex(c.id), lsn)
        for lsn, body in connection.execute(sa.select(Record.lsn, Record.body))
        for c in changes_of(body)
        if c.new is None
    }
    there = {(touch.row.bytes, touch.lsn) for touch in connection.execute(every)}
    return [Fault(N_("touch {lsn}: differs from the records"), lsn=lsn) for _, lsn in there ^ said]


def writers_of(connection: sa.Connection) -> Writers:
    """The writers whose public keys can be one; the records of another make no sense."""
    found = connection.execute(sa.select(table(Writer)))
    keys = [(w.no, w.id, bytes(w.public_key)) for w in found if len(w.public_key) == 32]
    return {no: (id, Ed25519PublicKey.from_public_bytes(key)) for no, id, key in keys}


def _anchored(connection: sa.Connection, anchors: Heads) -> Iterator[str]:
    for (w, st), (seq, own) in anchors.items():
        same = sa.and_(Record.w == w, Record.st == st, Record.seq == seq)
        if connection.scalar(sa.select(Record.hash).where(same)) != own:
            sentence = N_("writer {w} scope {st}: record {seq} is not the one anchored")
            yield Fault(sentence, w=w, st=st, seq=seq)


def faults_of(r: Any, writers: Writers, heads: Heads, signatures: bool) -> Iterator[str]:
    """What is wrong with one record, given the head of its chain before it."""
    seq, before = heads.get((r.w, r.st), (0, b""))
    if codec.digest(r.body) != r.hash:
        yield HASH
        return
    try:
        body, (writer, public) = codec.decode(r.body), writers[r.w]
    except (ValueError, KeyError):
        yield SENSE
        return
    said = (body.w, body.st, body.seq, body.gseq, body.hlc, body.uow)
    told = (body.wall, body.actor, body.cmd, body.reason, body.undoes)
    listed = (codec.wall(r.at), r.actor, r.cmd, r.reason, r.undoes.hex if r.undoes else "")
    if said != (writer.hex, r.st.hex, r.seq, r.gseq, f"{r.hlc:016x}", r.uow.hex) or told != listed:
        yield COLUMNS
    if r.seq != seq + 1 or body.ph != before.hex():
        yield CHAIN
    if signatures:
        try:
            public.verify(r.sig, codec.SEAL + r.hash)
        except InvalidSignature:
            yield SEALED


def heads(store: Store) -> Heads:
    """The newest record of every chain: print it, ship it, keep it elsewhere."""
    newest = (
        sa.select(Record.w, Record.st, sa.func.max(Record.seq).label("seq")).group_by(Record.w, Record.st).subquery()
    )
    same = sa.and_(Record.w == newest.c.w, Record.st == newest.c.st, Record.seq == newest.c.seq)
    with store.reading.connect() as connection:
        found = connection.execute(sa.select(Record.w, Record.st, Record.seq, Record.hash).join(newest, same))
        return {(w, st): (seq, own) for w, st, seq, own in found}


KEPT: dict[type[Entity], tuple[str, str, str]] = {
    Document: (
        N_("paper {number} version {version}: missing"), N_("paper {number} version {version}: changed"), "version",
    ),
    DocumentSignature: (
        N_("paper {number} with signature {position}: missing"),
        N_("paper {number} with signature {position}: changed"), "position",
    ),
}  # fmt: skip


def papers(store: Store, tell: Tell = goes_on) -> list[str]:
    """Every issued paper is there, signed and unsigned, with the bytes its record names."""
    faults, blob, done = list[str](), table(Blob), 0
    with snapshot(store) as connection:
        total = sum(counted(connection, kind) for kind in KEPT)
        for kind, (missing, changed, nth) in KEPT.items():
            with streamed(connection, sa.select(table(kind))) as rows:
                for row in rows:
                    found = sa.select(blob.c.bytes).where(blob.c.sha256 == bytes.fromhex(row.sha256))
                    data, named = connection.scalar(found), {"number": row.number, nth: getattr(row, nth)}
                    if data is None:
                        faults.append(Fault(missing, **named))
                    elif fingerprint(data) != row.sha256 or len(data) != row.size:
                        faults.append(Fault(changed, **named))
                    step(tell, done := done + 1, total)
    return faults


def check(store: Store) -> list[str]:
    """Every fault of every part (`services.desk.checking`); what cannot be read is one."""
    from services.desk.checking import everything

    return [fault for checked in everything(store) for fault in checked.faults]
