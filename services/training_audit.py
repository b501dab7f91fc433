"""A year of training as an auditor asks for it: the plan kept or not, hours against rules, drills, repeats, money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.training import PlanState, SessionState, TrainingPlan, TrainingSession
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.work import NO_RECORD
from services.training_due import Repeat, due
from services.training_figures import FunctionHours, by_function, cost, drills, seats, states
from services.training_hours import PersonHours, hours
from services.training_plans import PlanSheet, sheet
from services.training_rule_rows import HoursRule, rules
from services.training_trainers import Taught, trainers


@dataclass(frozen=True)
class Drills:
    """How many drills a compound held, and how many it must."""

    compound: str
    held: int
    needed: int


@dataclass(frozen=True)
class Audit:
    """A year of training in reach. Money in fen, hours in tenths; `per_head` divides by everybody who was there."""

    year: int
    on: date
    compound: str
    plans: tuple[PlanSheet, ...]
    drafts: int
    sessions: int
    cancelled: int
    seats: int
    absent: int
    functions: tuple[FunctionHours, ...]
    short: tuple[PersonHours, ...]
    drills: tuple[Drills, ...]
    overdue: tuple[Repeat, ...]
    trainers: tuple[Taught, ...]
    cost: int
    people: int

    @property
    def rated(self) -> tuple[int, float | None]:
        """How many gave feedback, and the mean of it."""
        answers = sum(row.rated for row in self.trainers)
        return answers, sum(row.stars for row in self.trainers) / answers if answers else None

    @property
    def per_head(self) -> int:
        """Fen, rounded half up."""
        return (2 * self.cost + self.people) // (2 * self.people) if self.people else 0


@query(N_("A year of training for the auditor"), on=TrainingSession, name="training.audit")
def audit(session: Session, year: int, on: date, compound_id: UUID | None = None) -> Audit:
    """Of one compound, or of all in reach, as it stands on a day. Missing: the compound is out of reach."""
    if compound_id is not None and session.get(Compound, compound_id) is None:
        raise Missing(NO_RECORD)
    day = min(on, date(year, 12, 31))
    people = hours(session, year, day, compound_id)
    places, absent = seats(session, year, day, compound_id)
    counted = states(session, year, day, compound_id)
    repeats = [row for row in due(session, day, 0) if compound_id in (None, row.compound_id)]
    plans = _plans(session, year, compound_id)
    name = session.scalar(sa.select(Compound.name).where(Compound.id == compound_id)) if compound_id else ""
    return Audit(
        year, day, name or "", tuple(sheet(session, plan.id) for plan in plans if plan.state is PlanState.ADOPTED),
        sum(plan.state is PlanState.DRAFT for plan in plans), counted.get(SessionState.HELD, 0),
        counted.get(SessionState.CANCELLED, 0), places, absent, tuple(by_function(people)),
        tuple(row for row in people if not row.met), tuple(_drills(session, year, day, compound_id)), tuple(repeats),
        tuple(trainers(session, year, compound_id)), cost(session, year, compound_id), len(people),
    )  # fmt: skip


def _plans(session: Session, year: int, compound_id: UUID | None) -> list[TrainingPlan]:
    found = sa.select(TrainingPlan).where(TrainingPlan.year == year).order_by(TrainingPlan.number)
    return list(session.scalars(found.where(TrainingPlan.compound_id == compound_id) if compound_id else found))


def _drills(session: Session, year: int, day: date, compound_id: UUID | None) -> list[Drills]:
    asked: list[HoursRule] = [rule for rule in rules(year) if rule.whole and rule.drill]
    needed, done = max((rule.times for rule in asked), default=0), drills(session, year, day, compound_id)
    found = sa.select(Compound.id, Compound.name).order_by(Compound.code)
    if compound_id is not None:
        found = found.where(Compound.id == compound_id)
    return [Drills(name, done.get(id, 0), needed) for id, name in session.execute(found)]
