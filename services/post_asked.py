"""What posts ask of their people besides certificates, and how each of them stands to it on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.post import Post, PostHolding, PostRequirement, RequirementKind
from models.staff import EducationLevel, Staff, StaffEducation
from models.training import Attendance, Course, SessionState, TrainingSession
from resources.words import N_, Word
from services.certificates_held import Key, as_id, raw
from services.desk.private import closed
from services.desk.session import DeskSession
from services.post_fitness import LACKING, Answer, Asks, Fitness, Known, answer, schooling_on
from services.reasons import Reason
from services.skill_needs import Scope, lasts
from services.training_sessions import day_of

AGES = (RequirementKind.LEAST_AGE, RequirementKind.MOST_AGE)
FEW = 400  # people named in one question; of more all are read
WHY = {
    Fitness.NEVER: N_("has never passed “{course}”"),
    Fitness.OVERDUE: N_("“{course}” was due again on {date}"),
    Fitness.LOW: N_("has less schooling than “{level}”"),
    Fitness.YOUNG: N_("is younger than {age}"),
    Fitness.OLD: N_("is older than {age}"),
}
UNSAID = {True: N_("the birth is not entered; the post asks for an age"),
          False: N_("the schooling is not entered; the post asks for “{level}”")}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One thing a post asks for besides certificates. `bars`: without it nobody does the work of the post."""

    id: UUID
    post_id: Key
    post: str
    asks: Asks
    course_id: UUID | None
    course: str
    bars: bool
    basis: str


@dataclass(frozen=True)
class Judged:
    """How somebody stands to it on the day."""

    asked: Asked
    answer: Answer

    @property
    def lacking(self) -> bool:
        """He does not meet it; of what nobody entered that is not said."""
        return self.answer.state in LACKING

    def why(self) -> Reason | None:
        """What is wrong, as a sentence; None when he meets it."""
        state, asks = self.answer.state, self.asked.asks
        if state is Fitness.MET:
            return None
        message = UNSAID[asks.kind in AGES] if state is Fitness.UNSAID else WHY[state]
        level = Word(f"staff.education={asks.education.value}") if asks.education else ""
        values = {"course": self.asked.course, "date": self.answer.until, "level": level, "age": asks.age}
        return Reason(state.value, message, {k: v for k, v in values.items() if f"{{{k}}}" in message})


def asked_of(session: Session, on: date, scope: Scope, *, barring: bool = False) -> dict[Key, list[Asked]]:
    """What the posts in a scope ask of each person who holds or covers them on a day. Ages are left out for who may
    not be told them. `barring`: only what nobody works without, and that for everybody: may somebody work is answered
    alike to all who may ask."""
    found = _asked(session, on, PostHolding.staff_id, told=barring)
    found = found.where(PostRequirement.bars) if barring else found
    found = found.join(PostHolding, PostHolding.post_id == PostRequirement.post_id)
    found = found.where(*lasts(PostHolding, on), *scope.posts())
    if scope.holder:
        found = found.where(PostHolding.staff_id == scope.holder)
    made = defaultdict[Key, list[Asked]](list)
    for staff, *row in session.execute(found):
        made[staff].append(_one(row))
    return made


def asked_by(session: Session, on: date, post_id: UUID) -> list[Asked]:
    """What one post asks for on a day."""
    rows = session.execute(_asked(session, on, PostRequirement.post_id).where(PostRequirement.post_id == post_id))
    return [_one(row) for _, *row in rows]


def judged(session: Session, on: date, asked: Mapping[Key, Iterable[Asked]]) -> dict[Key, list[Judged]]:
    """How these people stand to what is asked of them; three questions however many they are."""
    wanted = {key: list(rows) for key, rows in asked.items() if rows}
    if not wanted:
        return {}
    courses = {row.course_id for rows in wanted.values() for row in rows if row.course_id}
    known, passed = known_of(session, on, wanted), _passed(session, on, wanted, courses)
    none = Known()
    return {
        key: [Judged(row, answer(row.asks, known.get(key, none)._replace(passed_on=passed.get((key, row.course_id))),
                                 on)) for row in rows]
        for key, rows in wanted.items()
    }  # fmt: skip


def known_of(
    session: Session, on: date, people: Collection[Key], *where: sa.ColumnElement[bool]
) -> dict[Key, Known]:  # fmt: skip
    """Schooling of these people as on a day, and their births; of those alone who fulfil one of the conditions, where
    there are any."""
    facts = sa.select(raw(Staff.id), Staff.education, Staff.born_on, Staff.retirement_group)
    facts = facts.where(*_some(people)(Staff.id), *([sa.or_(*where)] if where else []))
    found = [(key, facts_) for key, *facts_ in session.execute(facts) if key in people]
    some = _some([key for key, _ in found])
    stages = defaultdict[Key, list[tuple[EducationLevel, date | None]]](list)
    rows = sa.select(raw(StaffEducation.staff_id), StaffEducation.level, StaffEducation.finished_on)
    for key, level, finished in session.execute(rows.where(*some(StaffEducation.staff_id))) if found else ():
        stages[key].append((level, finished))
    return {
        key: Known(schooling_on(said, stages.get(key, ()), on), born, None, group) for key, (said, born, group) in found
    }


def _asked(session: Session, on: date, first: Any, *, told: bool = False) -> sa.Select[Any]:
    ask = PostRequirement
    found = (
        sa.select(raw(first), ask.id, raw(ask.post_id).label("post_key"), Post.name, ask.kind, ask.education, ask.age,
                  Course.repeat_months, ask.course_id, Course.name.label("course"), ask.bars, ask.basis)
        .select_from(ask)
        .join(Post, Post.id == ask.post_id)
        .outerjoin(Course, Course.id == ask.course_id)
        .where(ask.kind != RequirementKind.CERTIFICATE, *lasts(ask, on))
        .order_by(ask.n)
    )  # fmt: skip
    if not told and "born_on" in closed(cast("DeskSession", session), Staff):
        found = found.where(ask.kind.not_in(AGES))
    return found


def _one(row: Iterable[Any]) -> Asked:
    id, post_id, post, kind, education, age, repeat, course_id, course, bars, basis = row
    return Asked(id, post_id, post, Asks(kind, education, age, repeat), course_id, course or "", bool(bars),
                 basis or "")  # fmt: skip


def _passed(session: Session, on: date, people: Collection[Key], courses: Collection[UUID]) -> dict[Any, date]:
    """Person and course -> the last day he passed it by then."""
    if not courses:
        return {}
    end = datetime.combine(on + timedelta(days=1), time()).astimezone()
    found = (
        sa.select(raw(Attendance.staff_id), TrainingSession.course_id, sa.func.max(TrainingSession.starts_at))
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(
            TrainingSession.state == SessionState.HELD, Attendance.passed.is_(True),
            TrainingSession.course_id.in_(courses), TrainingSession.starts_at < end,
            *_some(people)(Attendance.staff_id),
        )
        .group_by(Attendance.staff_id, TrainingSession.course_id)
    )  # fmt: skip
    return {(key, course): day_of(instant) for key, course, instant in session.execute(found)}


def _some(people: Collection[Key]) -> Any:
    """These people alone, where they are few."""
    few = [as_id(key) for key in people] if len(people) <= FEW else None

    def within(column: Any) -> list[sa.ColumnElement[bool]]:
        return [] if few is None else [column.in_(few)]

    return within
