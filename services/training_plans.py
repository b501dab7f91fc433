"""The plan of a year: which courses in which month, for whom, how many people, at what cost; adopted, then compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.post import PostFunction
from models.training import (
    Attendance,
    Course,
    PlanState,
    SessionState,
    TrainingPlan,
    TrainingPlanLine,
    TrainingSession,
)
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import NO_RECORD, Work
from services.records import records, write

FIRST_YEAR, LAST_YEAR = 1990, 2100
ADOPTED = N_("This plan is adopted; take it back to a draft first")
NO_LINES = N_("A plan has at least one course")
NO_YEAR = N_("A year is {first} to {last}")
NO_MONTH = N_("A month is 1 to 12")
AHEAD = N_("{date} lies ahead")
IS_DRAFT = N_("This plan is a draft")
PLANNED = N_("Session {number} was planned by this line; cancel or change that first")
LINE = describe(TrainingPlanLine)
CHANGEABLE = ("course_id", "month", "function", "unit_id", "people", "sessions", "budget")
MINE = FieldSpec("training_plan_line", "training_plan_line_id", Kind.REFERENCE, True, target="training_plan_line")


def _settle(work: Work, plan: TrainingPlan, given: dict[str, Any]) -> None:
    if plan.rid and plan.state is PlanState.ADOPTED and given:
        raise Conflict(ADOPTED)
    if not FIRST_YEAR <= plan.year <= LAST_YEAR:
        raise Invalid(NO_YEAR, field=Word("training_plan.year"), first=FIRST_YEAR, last=LAST_YEAR)


PLANS = records("training_plans", TrainingPlan, sorts=("number", "year"), sums=("budget",), series="PJ", settle=_settle)
LINES = listing(
    Listing("training_plan_lines", TrainingPlanLine, (), sums=("people", "budget"),
            also={"course_id": ("code", "kind", "hours"), "training_plan_id": ("number", "year", "state")})
)  # fmt: skip


@intent(N_("Add course to plan"), on=TrainingPlanLine, name="training_plans.put")
def put(work: Work, training_plan_id: UUID, **values: Any) -> UUID:
    """A course of a draft: in which month, for how many people of which function or unit; budget in fen. Its id."""
    plan = _draft(work, training_plan_id)
    given = checks.checked_all({name: LINE[name] for name in CHANGEABLE}, values, whole=True)
    row = TrainingPlanLine(compound_id=plan.compound_id, training_plan_id=plan.id,
                           **{name: value for name, value in given.items() if value is not None})  # fmt: skip
    _sensible(work, row)
    return work.add(row).id


takes("training_plans.put", (PLANS.me, *(LINE[name] for name in CHANGEABLE)))


@intent(N_("Change line of plan"), on=TrainingPlanLine, name="training_plans.change")
def change(work: Work, training_plan_line_id: UUID, **values: Any) -> None:
    """What is given is changed, in a draft."""
    row = work.get(TrainingPlanLine, training_plan_line_id)
    _draft(work, row.training_plan_id)
    fields = {name: replace(LINE[name], required=False, default=None) for name in CHANGEABLE}
    write(row, LINE, checks.checked_all(fields, values, whole=False))
    with work.session.no_autoflush:
        _sensible(work, row)


takes("training_plans.change",
      (MINE, *(replace(LINE[name], required=False, default=None) for name in CHANGEABLE)))  # fmt: skip


@intent(N_("Take course off plan"), on=TrainingPlanLine, name="training_plans.take_off")
def take_off(work: Work, training_plan_line_id: UUID) -> None:
    """A line of a draft is gone. Conflict: a session was planned by it."""
    row = work.get(TrainingPlanLine, training_plan_line_id)
    _draft(work, row.training_plan_id)
    by = sa.select(TrainingSession.number).where(TrainingSession.training_plan_line_id == row.id).limit(1)
    if number := work.session.scalar(by):
        raise Conflict(PLANNED, number=number)
    work.remove(row)


takes("training_plans.take_off", (MINE,))


@intent(N_("Adopt training plan"), on=TrainingPlan, name="training_plans.adopt")
def adopt(work: Work, training_plan_id: UUID, adopted_on: date | None = None, basis: str | None = None) -> None:
    """From now on it stands, with the paper it rests on. Conflict: it has no course."""
    plan = _draft(work, training_plan_id)
    if not lines_of(work.session, plan.id):
        raise Conflict(NO_LINES)
    day = adopted_on or work.today
    if day > work.today:
        raise Invalid(AHEAD, field=Word("training_plan.adopted_on"), date=day)
    plan.basis = checks.checked(describe(TrainingPlan)["basis"], basis)
    plan.state, plan.adopted_on = PlanState.ADOPTED, day


takes("training_plans.adopt", (
    PLANS.me, *(replace(describe(TrainingPlan)[name], derived=False) for name in ("adopted_on", "basis")),
))  # fmt: skip


@intent(N_("Take plan back to a draft"), on=TrainingPlan, name="training_plans.reopen", why=True)
def reopen(work: Work, training_plan_id: UUID) -> None:
    """An adopted plan is changed."""
    plan = work.get(TrainingPlan, training_plan_id)
    if plan.state is PlanState.DRAFT:
        raise Conflict(IS_DRAFT)
    plan.state, plan.adopted_on, plan.basis = PlanState.DRAFT, None, None


@dataclass(frozen=True)
class PlanLine:
    """A line with what became of it: sessions planned and held, people who were there, spent in fen."""

    id: UUID
    course_id: UUID
    course: str
    hours: int
    month: int
    function: PostFunction | None
    unit_id: UUID | None
    unit: str
    people: int
    sessions: int
    budget: int | None
    planned: int
    held: int
    came: int
    spent: int

    @property
    def done(self) -> bool:
        """As many sessions were held as were planned."""
        return self.held >= self.sessions


@dataclass(frozen=True)
class PlanSheet:
    """A plan and its lines by month. `budget` of the plan and `asked` of its lines in fen; `beside` what sessions of
    the year cost that no line planned."""

    id: UUID
    number: str
    title: str
    year: int
    state: PlanState
    budget: int | None
    adopted_on: date | None
    basis: str
    compound_id: UUID
    lines: tuple[PlanLine, ...]
    beside: int

    @property
    def asked(self) -> int:
        """What the lines ask for, fen."""
        return sum(line.budget or 0 for line in self.lines)

    @property
    def spent(self) -> int:
        """What sessions of the lines cost, fen."""
        return sum(line.spent for line in self.lines)


@query(N_("A training plan and what became of it"), on=TrainingPlan, name="training_plans.sheet")
def sheet(session: Session, training_plan_id: UUID) -> PlanSheet:
    """As it stands. Missing: it is out of reach."""
    plan = session.get(TrainingPlan, training_plan_id)
    if plan is None:
        raise Missing(NO_RECORD)
    rows = lines_of(session, plan.id)
    done, there = _done(session, [line.id for line, _, _ in rows])
    lines = tuple(
        _line(line, course, unit, done.get(line.id, []), there.get(line.id, 0)) for line, course, unit in rows
    )
    return PlanSheet(
        plan.id, plan.number, plan.title, plan.year, plan.state, plan.budget, plan.adopted_on, plan.basis or "",
        plan.compound_id, lines, _beside(session, plan),
    )  # fmt: skip


def lines_of(session: Session, plan: UUID) -> list[tuple[TrainingPlanLine, Course, str]]:
    """The lines of a plan with their course and the name of their unit, by month."""
    found = (
        sa.select(TrainingPlanLine, Course, Organization.name)
        .join(Course, Course.id == TrainingPlanLine.course_id)
        .outerjoin(Organization, Organization.id == TrainingPlanLine.unit_id)
        .where(TrainingPlanLine.training_plan_id == plan)
        .order_by(TrainingPlanLine.month, TrainingPlanLine.n)
    )
    return [(line, course, unit or "") for line, course, unit in session.execute(found)]


def _line(
    line: TrainingPlanLine, course: Course, unit: str, found: Sequence[TrainingSession], came: int
) -> PlanLine:  # fmt: skip
    held = [session for session in found if session.state is SessionState.HELD]
    return PlanLine(
        line.id, course.id, course.name, course.hours, line.month, line.function, line.unit_id, unit, line.people,
        line.sessions, line.budget, sum(s.state is not SessionState.CANCELLED for s in found), len(held), came,
        sum(session.cost or 0 for session in found if session.state is not SessionState.CANCELLED),
    )  # fmt: skip


def _done(session: Session, lines: Sequence[UUID]) -> tuple[dict[UUID, list[TrainingSession]], dict[UUID, int]]:
    """The sessions of each line, and how many people were in those that were held."""
    found, there = dict[UUID, list[TrainingSession]](), dict[UUID, int]()
    by = sa.select(TrainingSession).where(TrainingSession.training_plan_line_id.in_(lines))
    for row in session.scalars(by):
        found.setdefault(row.training_plan_line_id, []).append(row)  # type: ignore[arg-type]
    came = (
        sa.select(TrainingSession.training_plan_line_id, sa.func.count(sa.distinct(Attendance.staff_id)))
        .join(Attendance, Attendance.training_session_id == TrainingSession.id)
        .where(TrainingSession.training_plan_line_id.in_(lines), TrainingSession.state == SessionState.HELD,
               Attendance.signed_in_at.is_not(None))
        .group_by(TrainingSession.training_plan_line_id)
    )  # fmt: skip
    for line, count in session.execute(came):
        if line is not None:
            there[line] = count
    return found, there


def _beside(session: Session, plan: TrainingPlan) -> int:
    from services.training_sessions import year_of

    first, last = year_of(plan.year)
    total = sa.select(sa.func.coalesce(sa.func.sum(TrainingSession.cost), 0)).where(
        TrainingSession.compound_id == plan.compound_id, TrainingSession.training_plan_line_id.is_(None),
        TrainingSession.starts_at >= first, TrainingSession.starts_at < last,
        TrainingSession.state != SessionState.CANCELLED,
    )  # fmt: skip
    return int(session.scalar(total) or 0)


def _draft(work: Work, training_plan_id: UUID) -> TrainingPlan:
    plan = work.get(TrainingPlan, training_plan_id)
    if plan.state is not PlanState.DRAFT:
        raise Conflict(ADOPTED)
    return plan


def _sensible(work: Work, row: TrainingPlanLine) -> None:
    if not 1 <= row.month <= 12:
        raise Invalid(NO_MONTH, field=Word("training_plan_line.month"))
    work.get(Course, row.course_id)
    if row.unit_id:
        work.get(Organization, row.unit_id)
