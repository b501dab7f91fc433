"""The chains of one writer: every record is hashed onto the one before it, sealed, and written last."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import table
from models.journal import Record, Touch, Writer
from services.desk import codec
from services.desk.pen import Pen

FORMAT, SCHEMA = 1, 1
rec, touch = table(Record), table(Touch)
MINE = rec.c.w == sa.bindparam("w")
NEWEST = (
    sa.select(rec.c.gseq, rec.c.hlc, rec.c.st, rec.c.seq, rec.c.hash).where(MINE).order_by(rec.c.gseq.desc()).limit(1)
)
HEAD = (
    sa.select(rec.c.seq, rec.c.hash).where(MINE, rec.c.st == sa.bindparam("scope")).order_by(rec.c.seq.desc()).limit(1)
)
ADD_REC, ADD_TOUCH = sa.insert(rec), sa.insert(touch)
line = sa.table("rec_line", *(sa.column(c.name, c.type) for c in rec.c))  # on a server also of what may not be read


def _names(source: Any) -> sa.Select[Any]:
    writer = table(Writer)
    return sa.select(source.c.lsn, Writer.id, source.c.seq, source.c.hlc).join_from(
        source, writer, writer.c.no == source.c.w
    )


NAMES = {"sqlite": _names(rec), "postgresql": _names(line)}
NAME = {dialect: names.where(names.selected_columns.lsn == sa.bindparam("lsn")) for dialect, names in NAMES.items()}


@dataclass(frozen=True)
class Stamp:
    """What every record of one unit of work says about it."""

    operation: UUID
    actor: str
    auth: str
    cmd: str
    reason: str = ""
    undoes: str = ""


@dataclass
class Chain:
    """The heads of one writer during one unit of work."""

    connection: sa.Connection
    pen: Pen
    own: tuple[int, int] | None = None  # newest gseq and clock of this writer
    heads: dict[UUID, tuple[int, bytes]] = field(default_factory=dict)
    parts: Counter[UUID] = field(default_factory=Counter)  # records of this unit of work by scope

    def names(self, lsns: set[int]) -> tuple[dict[int, str], int]:
        """Records by their names on the wire, `writer:seq` (the scope is the row's own), and their newest clock."""
        names, base, wanted, dialect = {}, 0, sorted(lsns), self.connection.dialect.name
        every, one = NAMES[dialect], NAME[dialect]
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            found = every.where(every.selected_columns.lsn.in_(part)) if len(part) > 1 else one.params(lsn=part[0])
            for lsn, writer, seq, hlc in self.connection.execute(found):
                names[lsn] = f"{'' if writer == self.pen.id else writer.hex}:{seq}"
                base = max(base, hlc)
        return names, base

    def write(
        self, said: Stamp, lsn: int, st: UUID, changes: list[codec.Change], base: int, touches: list[dict[str, Any]]
    ) -> None:
        """The next record of a scope under its reserved number; `base` is the newest clock it must come after."""
        now = time.time_ns() // 1_000_000
        (gseq, clock), (seq, before) = self._head(st)
        hlc, at = max(clock + 1, base + 1, now << 16), datetime.fromtimestamp(now / 1000, UTC)
        body = codec.encode(
            codec.Body(
                v=FORMAT, alg="sha256/ed25519", w=self.pen.id.hex, st=st.hex, seq=seq + 1, gseq=gseq + 1,
                uow=said.operation.hex, hlc=f"{hlc:016x}", wall=codec.wall(at), actor=said.actor, auth=said.auth,
                cmd=said.cmd, schema=SCHEMA, ph=before.hex(), ch=changes, reason=said.reason, undoes=said.undoes,
            )
        )  # fmt: skip
        own = codec.digest(body)
        if touches:
            self.connection.execute(ADD_TOUCH, touches)
        parts = {"lsn": lsn, "w": self.pen.no, "st": st, "seq": seq + 1, "gseq": gseq + 1, "hlc": hlc}
        listed = {
            "uow": said.operation, "part": self.parts[st], "at": at, "actor": said.actor, "cmd": said.cmd,
            "reason": said.reason, "undoes": UUID(said.undoes) if said.undoes else None,
        }  # fmt: skip
        sealed = {"body": body, "hash": own, "sig": self.pen.key.sign(codec.SEAL + own)}
        self.connection.execute(ADD_REC, parts | listed | sealed)
        self.own, self.heads[st] = (gseq + 1, hlc), (seq + 1, own)
        self.parts[st] += 1

    def _head(self, st: UUID) -> tuple[tuple[int, int], tuple[int, bytes]]:
        """The newest number and clock of the writer, the newest number and hash of the scope."""
        if self.own is None:
            found = self.connection.execute(NEWEST, {"w": self.pen.no}).first()
            self.own = (found.gseq, found.hlc) if found else (0, 0)
            if found:  # the newest of all is the newest of its scope
                self.heads[found.st] = (found.seq, found.hash)
        if st not in self.heads:
            head = self.connection.execute(HEAD, {"w": self.pen.no, "scope": st}).first()
            self.heads[st] = (head.seq, head.hash) if head else (0, b"")
        return self.own, self.heads[st]
