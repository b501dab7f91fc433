"""Can one history be believed? The records it rests on are checked one by one, and the row is folded from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, table
from models.journal import Record, Touch
from resources.words import N_
from services.desk import codec
from services.desk.errors import Missing
from services.desk.faults import changes_of
from services.desk.fold import differences, fold
from services.desk.people import faults_of as faults_of_people
from services.desk.session import DeskSession
from services.desk.trail import Writers, faults_of, writers_of
from services.desk.work import NO_RECORD

AT_ONCE = 500
NONE = N_("The records behind this cannot be read: nothing here can be relied on")
BROKEN = N_("{wrong} of the {count} records behind this were changed after they were sealed: do not rely on it")
DIFFERS = N_("The records behind this are whole, but what is stored is not what they say: do not rely on it")
WHOLE = N_(
    "Yes: all {count} records behind this are unchanged, in their place and sealed, and say what is stored. That no "
    "look at it was taken out of this list, the data check proves"
)
LOST = N_(
    "The records behind this are whole, but personal data of it cannot be read although nobody erased it: "
    "do not rely on it"
)
rec, touch = table(Record), table(Touch)


@dataclass(frozen=True)
class Proof:
    """How many records a history rests on, how many of them are not as they were sealed, and whether the row is what
    they say; `sentence` says it to people, filled by the counts."""

    count: int
    wrong: int
    follows: bool
    readable: bool = True  # its personal values, where they were not erased on record

    @property
    def holds(self) -> bool:
        """Whether everything is as it was recorded."""
        return self.count > 0 and not self.wrong and self.follows and self.readable

    @property
    def sentence(self) -> str:
        """The whole answer."""
        if not self.count:
            return NONE
        if self.wrong or not self.follows:
            return BROKEN if self.wrong else DIFFERS
        return WHOLE if self.readable else LOST


def prove(session: DeskSession, kind: type[Entity], id: UUID) -> Proof:
    """Holds hash, chain, seal and columns of every record that made or changed a row, and the row against them.

    Which records those are, the touches say. A change whose touch is gone shows: the row does not follow any more. A
    record that only witnessed the row leaves nothing in it: that its touch is gone, `trail.verify` finds, which holds
    all touches against all records. Missing: it is out of reach.
    """
    born = session.scalar(sa.select(kind.created_rid).where(kind.id == id), execution_options={"dead": True})
    if born is None:
        raise Missing(NO_RECORD)
    raw = session.raw()
    lsns = sorted({born, *raw.scalars(sa.select(touch.c.lsn).where(touch.c.row == id))})
    writers = writers_of(raw)
    state: dict[str, Any] = {"stamps": {}}
    count = wrong = 0
    for start in range(0, len(lsns), AT_ONCE):
        part = sa.select(rec).where(rec.c.lsn.in_(lsns[start : start + AT_ONCE])).order_by(rec.c.lsn)
        for r in raw.execute(part):
            count += 1
            wrong += not _whole(raw, r, writers)
            for change in (c for c in changes_of(r.body) if c.id == id.hex):
                fold(state, r.lsn, change)
    missing = len(lsns) - count  # a record that is gone is a fault too
    follows = not [*differences(raw, kind.__tablename__, {id.hex: state})] if "rid" in state else False
    return Proof(len(lsns), wrong + missing, follows, not faults_of_people(raw, kind, [id]))


def _whole(raw: sa.Connection, r: Any, writers: Writers) -> bool:
    """The record is what was sealed, follows the one before it and is followed by the one after it."""
    beside = sa.select(rec.c.seq, rec.c.hash, rec.c.body).where(rec.c.w == r.w, rec.c.st == r.st)
    before = raw.execute(beside.where(rec.c.seq == r.seq - 1)).first()
    after = raw.execute(beside.where(rec.c.seq == r.seq + 1)).first()
    heads = {(r.w, r.st): (before.seq, before.hash)} if before else {}
    if [*faults_of(r, writers, heads, signatures=True)]:
        return False
    try:
        return after is None or codec.decode(after.body).ph == r.hash.hex()
    except ValueError:
        return False
