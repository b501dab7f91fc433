"""Complaints about work and what was heard on return visits, with what was answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from models.work_feedback import FeedbackKind, WorkFeedback
from resources.words import N_, Word
from services import checks
from services.desk.errors import Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import describe, takes
from services.desk.work import Work
from services.records import records
from services.work_entries import AHEAD

FIELDS = describe(WorkFeedback)
NOT_ASKED = N_("Say whether the person asked was satisfied")


def _feedback(work: Work, row: WorkFeedback, given: dict[str, Any]) -> None:
    if row.at > work.now:
        raise Invalid(AHEAD, field=Word("work_feedback.at"))
    if row.kind is FeedbackKind.RETURN_VISIT and row.satisfied is None:
        raise Invalid(NOT_ASKED, field=Word("work_feedback.satisfied"))
    if row.kind is FeedbackKind.COMPLAINT:
        row.satisfied = None
    unhappy = row.kind is FeedbackKind.COMPLAINT or row.satisfied is False
    row.waiting = True if unhappy and row.answered_at is None else None


FEEDBACK = records("work_feedback", WorkFeedback, sorts=("at", "number"), series="TS", settle=_feedback)
WAITING = listing(Listing("work_feedback_open", WorkFeedback, ("at", "number"), filled="waiting"))


@intent(N_("Answer complaint"), on=WorkFeedback, name="work_feedback.answer")
def answer(work: Work, work_feedback_id: UUID, answer: str) -> None:
    """What was answered, and when; it waits no longer."""
    row = work.get(WorkFeedback, work_feedback_id)
    row.answer = checks.checked(replace(FIELDS["answer"], required=True), answer)
    row.answered_at, row.waiting = work.now, None


takes("work_feedback.answer", (FEEDBACK.me, replace(FIELDS["answer"], required=True, derived=False)))
