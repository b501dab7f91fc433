"""The papers of training, drawn when they are asked for: session sheet, record card, passport, plan, audit report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.training import Attendance, TrainingPlan, TrainingSession
from resources.words import N_
from services.desk.intent import query
from services.desk.site import the_office
from services.training_audit import audit
from services.training_plans import sheet as plan_sheet
from services.training_records import passport
from services.training_sheet import sheet as session_sheet

if TYPE_CHECKING:
    from services.documents.plain_paper import PlainPaper


@query(N_("Session sheet"), on=TrainingSession, name="training_sessions.paper")
def session_paper(session: Session, training_session_id: UUID) -> bytes:
    """The list to sign, or the record once the session is held, as a PDF. Missing: it is out of reach."""
    from services.documents import training_forms

    return _drawn(training_forms.session_paper(the_office(session).name, session_sheet(session, training_session_id)))


@query(N_("Training record card"), on=Attendance, name="training.card")
def card(session: Session, staff_id: UUID, year: int) -> bytes:
    """What one person heard in a year, as a PDF."""
    from services.documents import training_person

    return _drawn(training_person.card(the_office(session).name, passport(session, staff_id, date(year, 12, 31))))


@query(N_("Training passport"), on=Attendance, name="training.passport_paper")
def passport_paper(session: Session, staff_id: UUID, on: date) -> bytes:
    """All one person has learnt and holds on a day, as a PDF."""
    from services.documents import training_person

    return _drawn(training_person.passport(the_office(session).name, passport(session, staff_id, on), on))


@query(N_("Training plan"), on=TrainingPlan, name="training_plans.paper")
def plan_paper(session: Session, training_plan_id: UUID, on: date) -> bytes:
    """The plan with what became of each line until a day, as a PDF."""
    from services.documents import training_forms

    found = plan_sheet(session, training_plan_id)
    compound = session.scalar(sa.select(Compound.name).where(Compound.id == found.compound_id)) or ""
    return _drawn(training_forms.plan(the_office(session).name, compound, found, on))


@query(N_("Training audit report"), on=TrainingSession, name="training.report")
def report(session: Session, year: int, on: date, compound_id: UUID | None = None) -> bytes:
    """A year of training for the auditor, as a PDF."""
    from services.documents import training_report

    return _drawn(training_report.report(the_office(session).name, audit(session, year, on, compound_id)))


def _drawn(paper: PlainPaper) -> bytes:
    from services.documents import plain_paper  # the PDF libraries are loaded with the first paper

    return plain_paper.draw(paper)
