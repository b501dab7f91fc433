"""What courses that are due follow from: what was passed, what posts ask for, who has a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.post import PostHolding, PostRequirement, RequirementKind
from models.staff import Staff
from models.training import Attendance, PlaceState, SessionState, TrainingSession
from services.training_sessions import OPEN, day_of

Key = tuple[UUID, UUID]  # person, course


def passed(session: Session) -> dict[Key, date]:
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


def required(session: Session, on: date) -> dict[Key, date]:
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


def placed(session: Session) -> dict[Key, tuple[UUID, str]]:
    """The open session of a course somebody is in, or waits for."""
    found = (
        sa.select(Attendance.staff_id, TrainingSession.course_id, TrainingSession.id, TrainingSession.number)
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(TrainingSession.state.in_(OPEN), Attendance.state != PlaceState.WITHDRAWN)
        .order_by(TrainingSession.starts_at.desc())
    )
    return {(staff, course): (id, number) for staff, course, id, number in session.execute(found)}


def people(session: Session, on: date) -> dict[UUID, tuple[Staff, str]]:
    """Everybody who is there on a day, with the name of his unit."""
    found = sa.select(Staff, Organization.name).outerjoin(Organization, Organization.id == Staff.unit_id)
    there = found.where(sa.or_(Staff.left_on.is_(None), Staff.left_on > on))
    return {person.id: (person, unit or "") for person, unit in session.execute(there)}
