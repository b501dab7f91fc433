"""Registers that were taken in lately, and how one is taken back as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.base import Entity
from models.journal import Record
from resources.words import N_
from services.assets import keep_moved, on_note
from services.desk import codec
from services.desk.errors import Conflict
from services.desk.intent import intent, query
from services.desk.undo import take_back
from services.desk.work import Work
from services.intake import NAME

LOOKED_AT = 500  # operations: what was taken in before so many others is found in the history of its records
NOTED = N_("It cannot be taken back: handover note {note} is about asset {number}")
NOT_A_REGISTER = N_("This operation took no register in")


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
    found, undone = list[Taken](), set[str]()
    lsns = [row.first for row in session.execute(newest)]
    for body in map(codec.decode, session.scalars(sa.select(Record.body).where(Record.lsn.in_(lsns)))):
        undone |= {body.undoes} - {""}
        if body.cmd == NAME:
            found.append(Taken(UUID(body.uow), body.reason, body.wall, body.actor, False))
    made = [Taken(t.operation, t.file, t.wall, t.actor, t.operation.hex in undone) for t in found]
    return sorted(made, key=lambda t: t.wall, reverse=True)


@intent(N_("Take back a register"), name="imports.undo")
def undo(work: Work, *, operation: str) -> int:
    """What the register made is retired, what it changed gets back what was there; how many records that concerned.

    `operation` is what taking it in answered with (`imports.taken` lists them). Missing: there is none, or some of it
    is out of reach. Conflict: it was no register, or something of it changed or came to be referred to since, its being
    taken back included; then nothing is taken back.
    """
    try:
        id = UUID(operation)
    except ValueError:
        raise Conflict(NOT_A_REGISTER) from None
    raw = work.unit.session.raw()
    bodies = raw.scalars(sa.select(Record.body).where(Record.uow == id).order_by(Record.lsn).limit(1))
    if any(codec.decode(body).cmd != NAME for body in bodies):
        raise Conflict(NOT_A_REGISTER)
    return take_back(work, id, partial(_allow, work))


def _allow(work: Work, row: Entity, values: dict[str, Any]) -> None:
    """An asset that an issued or signed note is about stays where the note says."""
    if not isinstance(row, Asset):
        return
    number = on_note(work, row, values) or keep_moved(work, row, dict(values))
    if number:
        raise Conflict(NOTED, number=row.number, note=number)
