"""Registers that were taken in lately; `journal.undo` takes one back as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.journal import Record
from resources.words import N_
from services.desk import codec
from services.desk.intent import query
from services.intake import NAME

LOOKED_AT = 500  # operations: what was taken in before so many others is found in the history of its records


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
    """The newest first, among the newest operations."""
    first = sa.func.min(Record.lsn)
    newest = sa.select(Record.uow, first.label("first")).group_by(Record.uow).order_by(first.desc()).limit(LOOKED_AT)
    found, undone = list[Taken](), set[UUID | None]()
    lsns = [row.first for row in session.execute(newest)]
    told = sa.select(Record.uow, Record.at, Record.actor, Record.cmd, Record.reason, Record.undoes)
    for r in session.execute(told.where(Record.lsn.in_(lsns))):
        undone |= {r.undoes} - {None}
        if r.cmd == NAME:
            found.append(Taken(r.uow, r.reason, codec.wall(r.at), r.actor, False))
    made = [Taken(t.operation, t.file, t.wall, t.actor, t.operation in undone) for t in found]
    return sorted(made, key=lambda t: t.wall, reverse=True)
