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

from models.base import Entity
from models.compound import Compound
from models.reconciliation import ReconciliationNote, ReconciliationRule
from resources.words import N_, Word
from services import checks, reconciliation_books, reconciliation_things, reconciliation_titles
from services.desk.errors import Invalid, Missing
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.schema import describe
from services.desk.work import Work
from services.reconciliation_facts import Asked, Board, Difference, Explained, Found, ordered
from services.reconciliation_rules import rules
from services.records import write

NOTES = listing(Listing("reconciliation_notes", ReconciliationNote, ("number", "until_on")))
SERIES = "DZ"
GONE = N_("This difference is not there any more; the board has been read anew since")
CHANGED = N_("The books or what they are compared with changed meanwhile: look at this difference again")
PAST = N_("{date} has passed: an explanation holds until a day to come")
SAID = {name: describe(ReconciliationNote)[name] for name in ("explanation", "basis", "until_on")}


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
        yield replace(one, explained=said)


@intent(N_("Explain difference"), on=ReconciliationNote, name="reconciliation.explain")
def explain(
    work: Work,
    *,
    rule: ReconciliationRule,
    subject: str,
    digest: str,
    explanation: str,
    basis: str | None = None,
    until_on: date | None = None,
) -> UUID:
    """Says why a difference of today's board (rule, subject, digest as it gives them) is as it is, until its values
    change or a day has passed; an earlier explanation is replaced. Missing: there is none. Conflict with what the
    board said: Invalid."""
    rule = ReconciliationRule(rule)
    said = {"explanation": explanation, "basis": basis, "until_on": until_on}
    given = checks.checked_all(SAID, said, whole=True)
    if until_on and until_on < work.today:
        raise Invalid(PAST, field=Word("reconciliation_note.until_on"), date=until_on)
    every = found(Asked(work.session, work.today, rules=frozenset({rule}))).differences
    one = next((each for each in every if each.subject == subject), None)
    if one is None:
        raise Missing(GONE)
    if one.digest != digest:
        raise Invalid(CHANGED)
    same = sa.select(ReconciliationNote).where(ReconciliationNote.rule == rule, ReconciliationNote.subject == subject)
    note = work.session.scalar(same.order_by(ReconciliationNote.n.desc()).limit(1))
    if note is not None:
        write(note, SAID, given)
        note.digest = digest
        return note.id
    about = " ".join(filter(None, (one.number, one.name)))[:200]
    number = next(work.numbers(SERIES))
    made = ReconciliationNote(
        compound_id=one.compound_id, number=number, rule=rule, subject=subject, digest=digest, about=about, **given
    )
    return work.add(made).id


@intent(N_("Take back explanation"), on=ReconciliationNote, name="reconciliation.unexplain")
def unexplain(work: Work, *, reconciliation_note_id: UUID) -> None:
    """The difference is open again."""
    note: Entity = work.get(ReconciliationNote, reconciliation_note_id)
    work.remove(note)
