"""Why a difference is as it is: said by somebody, on a paper, until its values change or a day has passed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity
from models.reconciliation import ReconciliationNote, ReconciliationRule
from resources.words import N_, Word
from services import checks
from services.desk.errors import Invalid, Missing
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import describe
from services.desk.work import Work
from services.reconciliation import found
from services.reconciliation_facts import Asked
from services.reconciliation_words import about
from services.records import write
from services.title_papers import LANG

NOTES = listing(Listing("reconciliation_notes", ReconciliationNote, ("number", "until_on")))
SERIES = "DZ"
GONE = N_("This difference is not there any more; the board has been read anew since")
CHANGED = N_("The books or what they are compared with changed meanwhile: look at this difference again")
PAST = N_("{date} has passed: an explanation holds until a day to come")
SAID = {name: describe(ReconciliationNote)[name] for name in ("explanation", "basis", "until_on")}


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
    made = ReconciliationNote(
        compound_id=one.compound_id, number=next(work.numbers(SERIES)), rule=rule, subject=subject, digest=digest,
        about=about(LANG, one)[:200], **given,
    )  # fmt: skip
    return work.add(made).id


@intent(N_("Take back explanation"), on=ReconciliationNote, name="reconciliation.unexplain")
def unexplain(work: Work, *, reconciliation_note_id: UUID) -> None:
    """The difference is open again."""
    note: Entity = work.get(ReconciliationNote, reconciliation_note_id)
    work.remove(note)
