"""The unit of work: notes what changes, reserves record numbers, writes and signs the records last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import GLOBAL, PLACED, Entity, journaled, new_id, personal, scalar_defaults, table
from resources.words import N_
from services.desk import codec, search
from services.desk.chain import Chain, Stamp
from services.desk.errors import BypassError, NotAllowed
from services.desk.pen import Pen, queue
from services.desk.personal import PersonKeys
from services.desk.session import DeskSession

PER_RECORD = 1000
RESERVE = {
    "postgresql": sa.text("INSERT INTO reserved (lsn) VALUES (nextval('rec_lsn')) RETURNING lsn"),
    "sqlite": sa.text("INSERT INTO reserved (lsn) VALUES (NULL) RETURNING lsn"),  # the next one: none is ever deleted
}


@dataclass
class Noted:
    """One row changed: before and after of each field, over all flushes of the unit of work."""

    row: Entity
    created: bool
    fields: dict[str, list[Any]] = field(default_factory=dict)
    prev: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Draft:
    """A record whose number is reserved and whose rows carry it, not yet written."""

    lsn: int
    st: UUID
    noted: list[Noted] = field(default_factory=list)
    seen: list[Entity] = field(default_factory=list)  # witnessed: named, not changed


@dataclass
class Unit:
    """One unit of work in progress."""

    session: DeskSession
    pen: Pen
    stamp: Stamp
    touched: set[str] = field(default_factory=set)
    taken: dict[str, int] = field(default_factory=dict)  # counts of the numbers given out, by prefix
    afterwards: list[Callable[[], None]] = field(default_factory=list)  # once it is stored
    _drafts: dict[UUID, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    _noted: dict[UUID, Noted] = field(default_factory=dict)
    _queued: bool = False

    @cached_property
    def chain(self) -> Chain:
        """Where its records go."""
        return Chain(self.session.raw(), self.pen)

    @cached_property
    def people(self) -> PersonKeys:
        """The keys of the people it is about."""
        return PersonKeys(self.session.raw())

    @property
    def newest(self) -> int:
        """The number of the last record it wrote, among all of its writer's; 0 when it wrote none."""
        return self.chain.own[0] if "chain" in self.__dict__ and self.chain.own else 0

    @property
    def heads(self) -> dict[tuple[int, UUID], tuple[int, bytes]]:
        """The newest record of every chain it wrote in: number and hash by writer and scope."""
        return {(self.pen.no, st): head for st, head in self.chain.heads.items()}

    # -- noting ------------------------------------------------------------------------------------------------
    def note(self) -> None:
        """Before every flush: remember the changes, let the rows name their record."""
        if self.session.deleted:
            raise BypassError("rows are retired, never deleted")
        for row in list(self.session.new):
            if not isinstance(row, Entity):
                raise BypassError(f"{type(row).__name__} is not written by hand")
            self._created(row)
        for row in list(self.session.dirty):
            if isinstance(row, Entity):
                self._changed(row)

    def _created(self, row: Entity) -> None:
        noted, draft = Noted(row, created=True), self._draft(row.scope)
        for key in journaled(type(row)):
            setattr(row, key, codec.tidy(getattr(row, key)))  # the empty ones too: a later change knows what was there
        if names := personal(type(row)):
            sealed: dict[str, Any] = {"id": row.id} | {name: getattr(row, name) for name in names}
            self.people.seal(type(row), [sealed])
            for name in names:
                setattr(row, name, sealed[name])
        values = codec.spread({key: getattr(row, key) for key in journaled(type(row))})
        noted.fields = {key: [None, value] for key, value in values.items()}
        row.rid = row.created_rid = draft.lsn
        self._keep(row, noted, draft)

    def _changed(self, row: Entity) -> None:
        changes = self._changes(row)
        if not changes:
            return
        noted = self._noted.get(row.id)
        if noted is None:
            draft, noted = self._draft(row.scope), Noted(row, created=False)
            row.rid = draft.lsn
            self._keep(row, noted, draft)
        stamps = dict(row.stamps or {})
        for key, (before, after) in changes.items():
            if key in noted.fields:
                noted.fields[key][1] = after
                continue
            noted.fields[key] = [before, after]
            if not noted.created:
                noted.prev[key] = self._replaced(row, key, stamps)
        if not noted.created:
            row.stamps = stamps | dict.fromkeys(changes, row.rid)

    def _changes(self, row: Entity) -> dict[str, list[Any]]:
        """Before and after of every journal field that differs from what is stored."""
        state, changes = sa.inspect(row), dict[str, list[Any]]()
        if {"n", "id", "compound_id", "created_rid"} & state.committed_state.keys():
            raise BypassError("id and compound of a row never change")
        for key in state.committed_state.keys() & journaled(type(row)).keys():
            past = state.attrs[key].history
            if not past.added:
                continue
            if not past.deleted:
                raise BypassError(f"{key} was changed without being loaded")
            setattr(row, key, codec.tidy(past.added[0]))
            if key in personal(type(row)):
                sealed = self.people.replaced(type(row), row.id, key, past.deleted[0], getattr(row, key))
                setattr(row, key, sealed)
            if key == "extra":
                before, after = (codec.spread({key: v}) for v in (past.deleted[0], getattr(row, key)))
                both = [*before, *(k for k in after if k not in before)]
                changes |= {k: [before.get(k), after.get(k)] for k in both if before.get(k) != after.get(k)}
            elif getattr(row, key) != past.deleted[0]:
                changes[key] = [past.deleted[0], getattr(row, key)]
        return changes

    @staticmethod
    def _replaced(row: Entity, key: str, stamps: Mapping[str, int]) -> list[int]:
        """The writes this one replaces. With exchange, a field with several heads lists all: here, nowhere else."""
        if key == "alive":  # life and death answer to every write of the row
            return sorted({row.created_rid, *stamps.values()} - {row.rid})  # it has seen its own record
        return [stamps.get(key, row.created_rid)]

    def _may_write(self, scope: UUID) -> None:
        """Rows of a compound need a right there; rows of no compound need a right everywhere."""
        if self.session.compounds is not None and scope not in self.session.compounds:
            message = N_("This belongs to a compound outside your rights") if scope != GLOBAL else ""
            raise NotAllowed(message or N_("This concerns all compounds; your rights cover only some"))

    def _keep(self, row: Entity, noted: Noted, draft: Draft) -> None:
        self._may_write(row.scope)
        self._noted[row.id] = noted
        self.touched.add(type(row).__tablename__)
        draft.noted.append(noted)

    def witness(self, rows: Iterable[Entity]) -> None:
        """Names rows in the records although nothing of them changes; with none, leaves a record all the same."""
        empty = True
        for row in rows:
            self._draft(row.scope).seen.append(row)
            empty = False
        if empty:
            self._draft(GLOBAL)

    def _draft(self, st: UUID) -> Draft:
        drafts = self._drafts[st]
        if not drafts or len(drafts[-1].noted) + len(drafts[-1].seen) >= PER_RECORD:
            drafts.append(Draft(self._reserve(), st))
        return drafts[-1]

    def _reserve(self) -> int:
        """The next record number. The first one also queues this writer's units of work behind each other."""
        connection = self.session.raw()
        if not self._queued:
            queue(connection, self.pen)
            self._queued = True
        return int(connection.execute(RESERVE[connection.dialect.name]).scalar_one())

    def close(self) -> None:
        """Flush what is left and write the records, in the order of their numbers."""
        self.session.flush()
        drafts = sorted((d for ds in self._drafts.values() for d in ds), key=lambda d: d.lsn)
        self._drafts.clear()
        self._noted.clear()
        for draft in drafts:
            self._write_draft(draft)
        self._index([noted for draft in drafts for noted in draft.noted])

    def _index(self, noted: list[Noted]) -> None:
        """Keep the search index beside the rows: only what is found by other words than before."""
        found: dict[tuple[type[Entity], bool], dict[UUID, search.Texts]] = defaultdict(dict)
        for item in noted:
            kind = type(item.row)
            if search.searched(kind) and (item.created or item.fields.keys() & set(kind.naming.search)):
                texts = [getattr(item.row, f) for f in kind.naming.search]
                found[kind, not item.created][item.row.id] = texts
        for (kind, known), rows in found.items():
            search.refresh(self.session.raw(), kind, rows, known=known)

    def _write_draft(self, draft: Draft) -> None:
        replaced = {lsn for n in draft.noted for lsns in n.prev.values() for lsn in lsns}
        names, base = self.chain.names(replaced)
        changes, touches = list[codec.Change](), list[dict[str, Any]]()
        for n in draft.noted:
            change = codec.Change(type(n.row).__tablename__, n.row.id.hex)
            if n.created:
                new = {k: codec.plain(v) for k, (_, v) in n.fields.items() if v is not None}
                change.new = {k: v for k, v in new.items() if not (k == "alive" and v is True)}
            else:
                change.f = {k: [codec.plain(before), codec.plain(after)] for k, (before, after) in n.fields.items()}
                change.prev = {k: [names[p] for p in ps] for k, ps in n.prev.items() if ps != [n.row.created_rid]}
                touches.append({"row": n.row.id, "lsn": draft.lsn})
            changes.append(change)
        changed = {n.row.id for n in draft.noted}
        for id, row in {row.id: row for row in draft.seen if row.id not in changed}.items():
            changes.append(codec.Change(type(row).__tablename__, id.hex))
            touches.append({"row": id, "lsn": draft.lsn})
        self.chain.write(self.stamp, draft.lsn, draft.st, changes, base, touches)

    # -- bulk --------------------------------------------------------------------------------------------------
    def bulk_insert(self, kind: type[Entity], rows: Iterable[Mapping[str, Any]], tell: Callable[[int], None]) -> int:
        """Core inserts, journaled: one record per 1,000 rows and compound. Rows are column values by name."""
        self.close()
        done, blank = 0, {"id": None} | dict.fromkeys(journaled(kind)) | scalar_defaults(kind)
        for chunk in _chunks(rows):
            by_scope: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
            for row in chunk:
                full: dict[str, Any] = blank | {k: codec.tidy(v) for k, v in row.items()}
                full["id"] = full["id"] or new_id()
                by_scope[(full["compound_id"] or GLOBAL) if issubclass(kind, PLACED) else GLOBAL].append(full)
            for st, part in by_scope.items():
                self._insert_part(kind, st, part)
            done += len(chunk)
            tell(done)
        return done

    def _insert_part(self, kind: type[Entity], st: UUID, part: list[dict[str, Any]]) -> None:
        self._may_write(st)
        lsn, changes = self._reserve(), list[codec.Change]()
        if personal(kind):
            self.people.seal(kind, part)
        for full in part:
            new = {k: codec.plain(v) for k, v in codec.spread(full).items() if k not in ("id", "alive")}
            changes.append(codec.Change(kind.__tablename__, full["id"].hex, new=new))
            full |= {"rid": lsn, "created_rid": lsn, "stamps": None}
        self.session.raw().execute(sa.insert(table(kind)), part)
        self.chain.write(self.stamp, lsn, st, changes, 0, [])
        if search.searched(kind):
            texts = {full["id"]: [full[f] for f in kind.naming.search] for full in part}
            search.refresh(self.session.raw(), kind, texts, known=False)
        self.touched.add(kind.__tablename__)


def _chunks(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    source = iter(rows)
    while chunk := list(islice(source, PER_RECORD)):
        yield chunk
