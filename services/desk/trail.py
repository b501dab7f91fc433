"""Reads the journal back: the history of a row, the proof that the records are whole and the rows follow from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from models.base import GLOBAL, Entity, entities, journaled, table
from models.beside import Blob
from models.document import Document
from models.journal import Record, Touch, Writer
from services.desk import codec
from services.desk.evidence import attachments
from services.desk.personal import PersonKeys
from services.desk.session import DeskSession
from services.desk.store import Store, fingerprint

AT_ONCE = 500
Heads = dict[tuple[int, UUID], tuple[int, bytes]]


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


def history(session: DeskSession, kind: type[Entity], id: UUID) -> list[Step]:
    """Everything that happened to a row, oldest first; nothing if the row is out of reach. Of personal values it says
    that they changed, or were erased since."""
    born = session.scalar(sa.select(kind.created_rid).where(kind.id == id), execution_options={"dead": True})
    if born is None:
        return []
    later = sa.select(Touch.lsn).where(Touch.row == id)
    found = sa.select(Record.body, Writer.place).join(Writer, Writer.no == Record.w)
    found = found.where((Record.lsn == born) | Record.lsn.in_(later)).order_by(Record.lsn)
    steps, people = list[Step](), PersonKeys(session.raw())
    for raw, place in session.execute(found):
        body = codec.decode(raw)
        for c in (c for c in body.ch if c.id == id.hex):
            fields = people.told(kind, id, changed(c))
            said = (UUID(body.uow), body.wall, body.actor, body.cmd, body.reason, c.new is not None, fields)
            steps.append(Step(*said, place, body.auth, body.undoes))
    return steps


def changed(change: codec.Change) -> dict[str, list[Any]]:
    """The fields of a row with their values before and after; of a new row nothing was before."""
    return change.f if change.new is None else {key: [None, value] for key, value in change.new.items()}


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


def verify(store: Store, anchors: Heads | None = None, *, signatures: bool = True) -> list[str]:
    """Every fault of the records. `anchors` are heads kept elsewhere: only they show a tail that was cut off."""
    faults, heads = list[str](), Heads()
    gseqs: dict[int, list[int]] = defaultdict(list)
    touched: set[tuple[bytes, int]] = set()
    unit, part = (0, GLOBAL, GLOBAL), 0  # the unit of work whose records in one scope follow each other
    with store.reading.connect() as connection:
        found = connection.execute(sa.select(table(Writer)))
        keys = [(w.no, w.id, bytes(w.public_key)) for w in found if len(w.public_key) == 32]
        writers = {no: (id, Ed25519PublicKey.from_public_bytes(key)) for no, id, key in keys}
        every = sa.select(table(Record)).order_by(Record.w, Record.st, Record.seq)
        for r in connection.execution_options(yield_per=AT_ONCE).execute(every):
            faults += [f"record {r.lsn}: {fault}" for fault in faults_of(r, writers, heads, signatures)]
            part = part + 1 if (r.w, r.st, r.uow) == unit else 0
            unit = (r.w, r.st, r.uow)
            faults += [f"record {r.lsn}: the columns are not the body's"] if r.part != part else []
            heads[r.w, r.st] = (r.seq, r.hash)
            gseqs[r.w].append(r.gseq)
            touched |= {(bytes.fromhex(c.id), r.lsn) for c in changes_of(r.body) if c.new is None}
        for (w, st), (seq, own) in (anchors or {}).items():
            same = sa.and_(Record.w == w, Record.st == st, Record.seq == seq)
            if connection.scalar(sa.select(Record.hash).where(same)) != own:
                faults.append(f"writer {w} scope {st}: record {seq} is not the one anchored")
        faults += [
            f"writer {w}: a record is missing" for w, g in gseqs.items() if sorted(g) != list(range(1, len(g) + 1))
        ]
        kept = {(t.row.bytes, t.lsn) for t in connection.execute(sa.select(table(Touch)))}
    return faults + [f"touch {lsn}: differs from the records" for _, lsn in kept ^ touched]


def changes_of(body: bytes) -> list[codec.Change]:
    """What a record says; nothing if it makes no sense, which `verify` reports."""
    try:
        found = codec.decode(body).ch
        return [
            c for c in found if c.e in entities() and UUID(c.id).hex == c.id and all(len(v) == 2 for v in c.f.values())
        ]
    except ValueError:
        return []


def faults_of(
    r: Any, writers: dict[int, tuple[UUID, Ed25519PublicKey]], heads: Heads, signatures: bool
) -> Iterator[str]:
    """What is wrong with one record, given the head of its chain before it."""
    seq, before = heads.get((r.w, r.st), (0, b""))
    if codec.digest(r.body) != r.hash:
        yield "the hash is not the body's"
        return
    try:
        body, (writer, public) = codec.decode(r.body), writers[r.w]
    except (ValueError, KeyError):
        yield "it makes no sense, or its writer is unknown"
        return
    said = (body.w, body.st, body.seq, body.gseq, body.hlc, body.uow)
    told = (body.wall, body.actor, body.cmd, body.reason, body.undoes)
    listed = (codec.wall(r.at), r.actor, r.cmd, r.reason, r.undoes.hex if r.undoes else "")
    if said != (writer.hex, r.st.hex, r.seq, r.gseq, f"{r.hlc:016x}", r.uow.hex) or told != listed:
        yield "the columns are not the body's"
    if r.seq != seq + 1 or body.ph != before.hex():
        yield "the chain is broken"
    if signatures:
        try:
            public.verify(r.sig, codec.SEAL + r.hash)
        except InvalidSignature:
            yield "the seal is not the writer's"


def heads(store: Store) -> Heads:
    """The newest record of every chain: print it, ship it, keep it elsewhere."""
    newest = (
        sa.select(Record.w, Record.st, sa.func.max(Record.seq).label("seq")).group_by(Record.w, Record.st).subquery()
    )
    same = sa.and_(Record.w == newest.c.w, Record.st == newest.c.st, Record.seq == newest.c.seq)
    with store.reading.connect() as connection:
        found = connection.execute(sa.select(Record.w, Record.st, Record.seq, Record.hash).join(newest, same))
        return {(w, st): (seq, own) for w, st, seq, own in found}


def compare(store: Store) -> list[str]:
    """fold(journal) == state: every row, field by field, and the stamps that name its writes.

    Rows that were never changed are compared as their record is read; only changed rows are folded in memory.
    """
    faults, folded = list[str](), dict[tuple[str, str], dict[str, Any]]()
    born: Counter[tuple[str, int]] = Counter()
    with store.reading.connect() as connection:
        changed = {row.hex for row in connection.scalars(sa.select(Touch.row).distinct())}
        every = sa.select(Record.lsn, Record.body).order_by(Record.lsn)
        for lsn, raw in connection.execution_options(yield_per=AT_ONCE).execute(every):
            fresh: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
            for c in changes_of(raw):
                born[c.e, lsn] += c.new is not None
                if c.id in changed:
                    fold(folded.setdefault((c.e, c.id), {"stamps": {}}), lsn, c)
                else:
                    state: dict[str, Any] = {"stamps": {}}
                    fold(state, lsn, c)
                    fresh[c.e][c.id] = state
            for entity, states in fresh.items():
                faults += differences(connection, entity, states)
        for entity in entities():
            faults += differences(connection, entity, {i: s for (e, i), s in folded.items() if e == entity})
            faults += _surplus(connection, entity, born)
    return faults


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


def differences(connection: sa.Connection, entity: str, states: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Rows, by their ids in hex, that are not what was folded from their records."""
    kind, ids, missing = entities()[entity], [UUID(i) for i in states], set(states)
    for start in range(0, len(ids), AT_ONCE):
        for id, stored in _stored(connection, kind, ids[start : start + AT_ONCE]):
            missing.discard(id.hex)
            said = {k: v for k, v in states[id.hex].items() if v is not None}
            wrong = sorted(k for k in stored.keys() | said.keys() if stored.get(k) != said.get(k))
            if wrong:
                yield f"{entity} {id}: {', '.join(wrong)}"
    yield from (f"{entity} {UUID(i)}: missing" for i in missing)


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


def _surplus(connection: sa.Connection, entity: str, born: Counter[tuple[str, int]]) -> Iterator[str]:
    t = table(entities()[entity])
    for lsn, count in connection.execute(sa.select(t.c.created_rid, sa.func.count()).group_by(t.c.created_rid)):
        if count > born[entity, lsn]:
            yield f"{entity}: {count - born[entity, lsn]} row(s) that record {lsn} does not know"


def papers(store: Store) -> list[str]:
    """Every issued paper is there, with the bytes its record names."""
    faults, blob = list[str](), table(Blob)
    with store.reading.connect() as connection:
        for document in connection.execute(sa.select(table(Document))):
            found = sa.select(blob.c.bytes).where(blob.c.sha256 == bytes.fromhex(document.sha256))
            data = connection.scalar(found)
            if data is None or fingerprint(data) != document.sha256 or len(data) != document.size:
                what = "missing" if data is None else "changed"
                faults.append(f"paper {document.number} version {document.version}: {what}")
    return faults


def engine_faults(store: Store) -> list[str]:
    """What the database itself finds wrong: pages; when they are whole the structure, then the references."""
    if store.path is None:
        return []
    with store.reading.connect() as connection:
        pages = [f"page: {r[0]}" for r in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
        structure = [] if pages else [r[0] for r in connection.exec_driver_sql("PRAGMA integrity_check")]
        if structure != ["ok"]:
            return pages + structure
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check")
        return [f"{r[0]} {r[1]}: refers to nothing in {r[2]}" for r in lost]


def check(store: Store) -> list[str]:
    """Every fault of the database, the records, the rows and the papers; what cannot be read is one."""
    faults = list[str]()
    for look in (engine_faults, verify, compare, papers, attachments):
        try:
            faults += look(store)
        except sa.exc.DatabaseError as error:
            faults.append(f"{look.__name__}: {error.orig}")
        except (ValueError, TypeError, LookupError) as error:  # a value that makes no sense where it stands
            faults.append(f"{look.__name__}: {error}")
    return faults
