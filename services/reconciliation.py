"""The three-way reconciliation 账账、账实、账证: every difference on one board, each until its data settle it.

Accounting Law art. 17 (books agree with books, things and papers); Decree 738 art. 30, 34, 40. Cards, places and
counts are compared as they are known now, of the days up to the one asked about; classes as they stood on the day of
the accounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.reconciliation import ReconciliationNote
from resources.words import N_
from services import reconciliation_books, reconciliation_things, reconciliation_titles
from services.desk.intent import query
from services.reconciliation_facts import Asked, Board, Difference, Explained, Found, ordered
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
    made = found(Asked(session, on, compound_id))
    return replace(made, differences=tuple(_explained(session, made.differences, on)))


def _explained(session: Session, differences: tuple[Difference, ...], on: date) -> Iterator[Difference]:
    """The differences with the newest explanation of each; one of other values, or whose day has passed, is stale."""
    notes = session.scalars(sa.select(ReconciliationNote).order_by(ReconciliationNote.n))
    known = {(note.rule, note.subject): note for note in notes}
    for one in differences:
        note = known.get((one.rule, one.subject))
        if note is None:
            yield one
            continue
        stale = note.digest != one.digest or (note.until_on is not None and note.until_on < on)
        said = Explained(note.id, note.number, note.explanation, note.basis or "", note.until_on, stale)
        yield one if stale and one.explained else replace(one, explained=said)
