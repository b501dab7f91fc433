"""Who is to hear which course again, or for the first time because the post asks for it, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.post import PostHolding, PostRequirement, RequirementKind
from models.staff import Staff
from models.training import Attendance, Course, PlaceState, SessionState, TrainingSession
from resources.words import N_
from services.desk.intent import query
from services.rent_schedule import months_on
from services.training_sessions import OPEN, day_of

HORIZON = 90  # days ahead that are shown
Key = tuple[UUID, UUID]  # person, course


@dataclass(frozen=True)
class Repeat:
    """One course that is due for one person. `last_on` is when he last passed it, None for never; `required`: his post
    asks for it; `session_number` of an open session he has a place in, or waits for."""

    staff_id: UUID
    number: str
    name: str
    unit: str
    compound_id: UUID
    course_id: UUID
    course: str
    required: bool
    last_on: date | None
    due_on: date
    session_id: UUID | None
    session_number: str

    def days(self, on: date) -> int:
        """How many days are left; below 0 it is overdue."""
        return (self.due_on - on).days


@query(N_("Courses that are due"), on=Course, name="training.due")
def due(session: Session, on: date, ahead: int = HORIZON) -> list[Repeat]:
    """Everything due by so many days `ahead`, the longest overdue first."""
    last, needed, placed = _passed(session), _required(session, on), _placed(session)
    courses = {course.id: course for course in session.scalars(sa.select(Course))}
    people = _people(session, on)
    made = list[Repeat]()
    for key in last.keys() | needed.keys():
        staff_id, course_id = key
        course, person = courses.get(course_id), people.get(staff_id)
        if course is None or person is None:
            continue
        day = due_day(last.get(key), course.repeat_months, needed.get(key))
        if day is None or day > on + timedelta(days=ahead):
            continue
        staff, unit = person
        held = placed.get(key)
        made.append(
            Repeat(staff_id, staff.number, staff.name, unit, staff.compound_id, course_id, course.name, key in needed,
                   last.get(key), day, *(held or (None, "")))
        )  # fmt: skip
    return sorted(made, key=_order)


def due_day(last_on: date | None, repeat_months: int | None, required_since: date | None) -> date | None:
    """When a course is to be heard: so many months after it was passed; at once where a post asks for it and it never
    was. None: never again."""
    if last_on is None:
        return required_since
    return months_on(last_on, repeat_months) if repeat_months else None


def _order(row: Repeat) -> tuple[date, str, str]:
    return (row.due_on, row.name, row.course)


def _passed(session: Session) -> dict[Key, date]:
    """The last day somebody passed a course."""
    found = (
        sa.select(Attendance.staff_id, TrainingSession.course_id, sa.func.max(TrainingSession.starts_at))
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(TrainingSession.state == SessionState.HELD, Attendance.passed.is_(True))
        .group_by(Attendance.staff_id, TrainingSession.course_id)
    )
    return {(staff, course): _day(last) for staff, course, last in session.execute(found)}


def _day(last: datetime) -> date:
    found: date = day_of(last)
    return found


def _required(session: Session, on: date) -> dict[Key, date]:
    """The courses a post asks of who holds it on a day, since when."""
    found = (
        sa.select(PostHolding.staff_id, PostRequirement.course_id, PostHolding.from_on, PostRequirement.from_on)
        .join(PostRequirement, PostRequirement.post_id == PostHolding.post_id)
        .where(
            PostRequirement.kind == RequirementKind.COURSE, PostRequirement.course_id.is_not(None),
            *(condition for row in (PostHolding, PostRequirement) for condition in _in_force(row, on)),
        )
    )  # fmt: skip
    needed = dict[Key, date]()
    for staff, course, held, asked in session.execute(found):
        if course is None:
            continue
        since, key = max(held, asked), (staff, course)
        needed[key] = min(since, needed.get(key, since))
    return needed


def _in_force(row: type[PostHolding | PostRequirement], on: date) -> Iterator[sa.ColumnElement[bool]]:
    yield row.from_on <= on
    yield sa.or_(row.until_on.is_(None), row.until_on >= on)


def _placed(session: Session) -> dict[Key, tuple[UUID, str]]:
    """The open session of a course somebody is in, or waits for."""
    found = (
        sa.select(Attendance.staff_id, TrainingSession.course_id, TrainingSession.id, TrainingSession.number)
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(TrainingSession.state.in_(OPEN), Attendance.state != PlaceState.WITHDRAWN)
        .order_by(TrainingSession.starts_at.desc())
    )
    return {(staff, course): (id, number) for staff, course, id, number in session.execute(found)}


def _people(session: Session, on: date) -> dict[UUID, tuple[Staff, str]]:
    found = sa.select(Staff, Organization.name).outerjoin(Organization, Organization.id == Staff.unit_id)
    there = found.where(sa.or_(Staff.left_on.is_(None), Staff.left_on > on))
    return {person.id: (person, unit or "") for person, unit in session.execute(there)}
