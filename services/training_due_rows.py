"""What courses that are due follow from: passed, asked for, placed. Ids stay as the store keeps them (`raw`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.post import PostHolding, PostRequirement, RequirementKind
from models.staff import Staff
from models.training import Attendance, Course, PlaceState, SessionState, TrainingSession
from services.certificates_held import Key, raw
from services.may_do import present_on
from services.rent_schedule import DAY, months_on
from services.training_sessions import OPEN, day_of

Pair = tuple[Key, Key]  # person, course


def courses(session: Session) -> dict[Key, Course]:
    """Every course by its key."""
    return {key: course for key, course in session.execute(sa.select(raw(Course.id), Course))}  # noqa: C416 — rows


def passed(session: Session, known: Mapping[Key, Course], asked: Collection[Key], until: date) -> dict[Pair, date]:
    """The last day somebody passed a course: of courses that posts ask for everybody's, of the others his who is to
    hear it again by a day."""
    last = sa.func.max(TrainingSession.starts_at)
    wanted = [
        TrainingSession.course_id == course.id if key in asked else
        sa.and_(TrainingSession.course_id == course.id, last < _before(course.repeat_months, until))
        for key, course in known.items() if key in asked or course.repeat_months
    ]  # fmt: skip
    if not wanted:
        return {}
    found = (
        sa.select(raw(Attendance.staff_id), raw(TrainingSession.course_id), last)
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(TrainingSession.state == SessionState.HELD, Attendance.passed.is_(True))
        .group_by(Attendance.staff_id, TrainingSession.course_id)
        .having(sa.or_(*wanted))
    )
    days = dict[datetime, date]()
    made = dict[Pair, date]()
    for staff, course, instant in session.execute(found):
        if instant not in days:  # many heard it together
            days[instant] = day_of(instant)
        made[staff, course] = days[instant]
    return made


def last_due(repeat_months: int, until: date) -> date:
    """The last day on which a course was passed that is due again by another: 2025-02-28 is for 2026-02-28."""
    day = months_on(until, -repeat_months)
    while months_on(day, repeat_months) > until:
        day -= DAY
    while months_on(day + DAY, repeat_months) <= until:
        day += DAY
    return day


def _before(repeat_months: int | None, until: date) -> datetime:
    """The first instant too late."""
    return datetime.combine(last_due(repeat_months or 1, until) + DAY, time()).astimezone()


def required(session: Session, on: date) -> dict[Pair, date]:
    """The courses a post asks of who holds it on a day, since when."""
    found = (
        sa.select(raw(PostHolding.staff_id), raw(PostRequirement.course_id), PostHolding.from_on,
                  PostRequirement.from_on)
        .join(PostRequirement, PostRequirement.post_id == PostHolding.post_id)
        .where(
            PostRequirement.kind == RequirementKind.COURSE, PostRequirement.course_id.is_not(None),
            *(condition for row in (PostHolding, PostRequirement) for condition in _in_force(row, on)),
        )
    )  # fmt: skip
    needed = dict[Pair, date]()
    for staff, course, held, asked in session.execute(found):
        since, key = max(held, asked), (staff, course)
        needed[key] = min(since, needed.get(key, since))
    return needed


def _in_force(row: type[PostHolding | PostRequirement], on: date) -> Iterator[sa.ColumnElement[bool]]:
    yield row.from_on <= on
    yield sa.or_(row.until_on.is_(None), row.until_on >= on)


def placed(session: Session) -> dict[Pair, tuple[Key, str]]:
    """The open session of a course somebody is in, or waits for."""
    found = (
        sa.select(raw(Attendance.staff_id), raw(TrainingSession.course_id), raw(TrainingSession.id),
                  TrainingSession.number)
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(TrainingSession.state.in_(OPEN), Attendance.state != PlaceState.WITHDRAWN)
        .order_by(TrainingSession.starts_at.desc())
    )  # fmt: skip
    return {(staff, course): (id, number) for staff, course, id, number in session.execute(found)}


def people(session: Session, on: date) -> dict[Key, Any]:
    """Everybody who is there on a day: number, name, key of the compound, name of the unit."""
    columns = (raw(Staff.id), Staff.number, Staff.name, raw(Staff.compound_id), Organization.name)
    found = sa.select(*columns).outerjoin(Organization, Organization.id == Staff.unit_id)
    return {key: rest for key, *rest in session.execute(found.where(*present_on(on)))}
