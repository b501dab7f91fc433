"""The three-way reconciliation 账账、账实、账证: every difference on one board, each until its data settle it.

Accounting Law art. 17 (books agree with books, things and papers); Decree 738 art. 30, 34, 40. Cards, places and
counts are compared as they are known now, of the days up to the one asked about; classes as they stood on the day of
the accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.journal import Record
from models.reconciliation import ReconciliationNote
from resources.words import N_
from services import reconciliation_books, reconciliation_things, reconciliation_titles
from services.desk.intent import query
from services.reconciliation_facts import (
    AT_ONCE,
    Asked,
    Board,
    Difference,
    Explained,
    Found,
    Note,
    Standing,
    ordered,
)
from services.reconciliation_rules import rules


def found(asked: Asked) -> Board:
    """Every difference that is asked for, and the totals of the accounts, without what was explained."""
    classes, totals = reconciliation_books.by_class(asked)
    things, names = reconciliation_things, _compounds(asked.session)
    every = (
        *classes, *reconciliation_books.unbooked(asked), *reconciliation_books.cards(asked), *things.of_counts(asked),
        *things.surpluses(asked), *things.not_counted(asked), *things.same_serial(asked),
        *reconciliation_titles.differences(asked),
    )  # fmt: skip
    made = (_shown(one, names) for one in every if one.rule in asked.rules)
    named = tuple(replace(total, compound=names.get(total.compound_id, "")) for total in totals)
    return Board(asked.on, tuple(ordered(made)), named)


def _compounds(session: Session) -> dict[UUID | None, str]:
    return {row.id: row.name for row in session.execute(sa.select(Compound.id, Compound.name))}


def _shown(one: Found, names: Mapping[UUID | None, str]) -> Difference:
    rule, settled = rules()[one.rule], Explained(None, "", one.settled, "", None) if one.settled else None
    return Difference(
        one.rule, rule.way, rule.severity, one.compound_id, names.get(one.compound_id, ""), one.kind, one.id,
        one.number, one.name, one.subject, one.book, one.other, one.unit, one.amount, one.opens, one.opens_id,
        one.digest, settled,
    )  # fmt: skip


@query(N_("Three-way reconciliation"), name="reconciliation.board")
def board(session: Session, *, on: date, compound_id: UUID | None = None) -> Board:
    """Every difference within reach, or of one compound, with what was said of it; accounts of the whole office are
    compared for who reaches all of it."""
    asked = Asked(session, on, compound_id)
    made, notes = found(asked), list(session.scalars(sa.select(ReconciliationNote).order_by(ReconciliationNote.n)))
    told = tuple(_explained(notes, made.differences, on))
    return replace(made, differences=told, notes=tuple(_notes(asked, notes, told)))


def _notes(asked: Asked, notes: list[ReconciliationNote], told: Iterable[Difference]) -> Iterator[Note]:
    """What was said, by whom and when: the newest first. Of accounts of the whole office who reaches it is told."""
    open_, names = {(one.rule, one.subject): one.open for one in told}, _compounds(asked.session)
    mine = [
        note for note in notes if asked.whole or (note.compound_id and asked.compound_id in (None, note.compound_id))
    ]
    wrote = dict[int, tuple[str, datetime]]()
    for start in range(0, len(mine), AT_ONCE):
        lsns = [note.rid for note in mine[start : start + AT_ONCE]]
        rows = asked.session.execute(sa.select(Record.lsn, Record.actor, Record.at).where(Record.lsn.in_(lsns)))
        wrote |= {row.lsn: (row.actor, row.at) for row in rows}
    for note in sorted((note for note in mine if note.rid in wrote), key=lambda note: -note.rid):
        again = open_.get((note.rule, note.subject))
        standing = Standing.GONE if again is None else Standing.AGAIN if again else Standing.HOLDS
        yield Note(
            note.id, note.number, note.rule, note.subject, note.about, names.get(note.compound_id, ""),
            note.explanation, note.basis or "", note.until_on, *wrote[note.rid], standing,
        )  # fmt: skip


def _explained(
    notes: Iterable[ReconciliationNote], differences: tuple[Difference, ...], on: date
) -> Iterator[Difference]:
    """The differences with the newest explanation of each; one of other values, or whose day has passed, is stale."""
    known = {(note.rule, note.subject): note for note in notes}
    for one in differences:
        note = known.get((one.rule, one.subject))
        if note is None:
            yield one
            continue
        stale = note.digest != one.digest or (note.until_on is not None and note.until_on < on)
        said = Explained(note.id, note.number, note.explanation, note.basis or "", note.until_on, stale)
        yield one if stale and one.explained else replace(one, explained=said)
