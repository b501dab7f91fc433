"""Registers that were taken in lately; `journal.undo` takes one back as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.journal import Record
from resources.words import N_
from services.desk import codec
from services.desk.intent import query
from services.desk.session import DeskSession
from services.intake import NAME
from services.journal import within

LOOKED_AT = 500  # records of such: what was taken in before is found in the journal and the history of its records
later = aliased(Record)


@dataclass(frozen=True)
class Taken:
    """One register as it came in: which file, when, by whom, and whether it was taken back."""

    operation: UUID
    file: str
    wall: str
    actor: str
    undone: bool


@query(N_("Registers taken in lately"), name="imports.taken")
def taken(session: Session) -> list[Taken]:
    """The newest first, of those that touched compounds within reach."""
    assert isinstance(session, DeskSession)
    first = Record.part == sa.literal(0, literal_execute=True)  # written out: SQLite knows its index by the words alone
    undone = sa.exists().where(later.undoes == Record.uow)
    picked = sa.select(Record.uow, Record.reason, Record.at, Record.actor, undone).where(Record.cmd == NAME, first)
    newest = within(session, picked).order_by(Record.lsn.desc()).limit(LOOKED_AT)
    found = dict[UUID, Taken]()
    for row in session.execute(newest):  # one of each compound
        found.setdefault(row.uow, Taken(row.uow, row.reason, codec.wall(row.at), row.actor, bool(row[4])))
    return list(found.values())
