"""Hours that were heard, by person and kind of course, and how far everybody is from what the rules ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.post import Post, PostFunction, PostHolding
from models.staff import Staff
from models.training import Attendance, Course, CourseKind, TrainingSession
from resources.words import N_
from services.desk.intent import query
from services.training_rules import Heard, Target, Worker, targets
from services.training_sessions import held

NONE = Heard({}, {})


@dataclass(frozen=True)
class PersonHours:
    """What somebody heard in a year (tenths of an hour), and the rules that bind him."""

    staff_id: UUID
    number: str
    name: str
    unit: str
    compound_id: UUID
    function: PostFunction | None
    heard: Heard
    targets: tuple[Target, ...]

    @property
    def met(self) -> bool:
        """Nothing is missing."""
        return not any(target.short for target in self.targets)


@query(N_("Hours of training and what is missing"), on=Attendance, name="training.hours")
def hours(session: Session, year: int, on: date | None = None, compound_id: UUID | None = None) -> list[PersonHours]:
    """Everybody in reach who was there at the end of a year (or on a day of it), by name; what the rules of that year
    ask of him by the post he held."""
    day = on or date(year, 12, 31)
    people = sa.select(Staff, Organization.name).outerjoin(Organization, Organization.id == Staff.unit_id)
    people = people.where(sa.or_(Staff.left_on.is_(None), Staff.left_on > day),
                          sa.or_(Staff.joined_on.is_(None), Staff.joined_on <= day))  # fmt: skip
    if compound_id is not None:
        people = people.where(Staff.compound_id == compound_id)
    found, known = heard(session, year), posts_on(session, day)
    made = []
    for person, unit in session.execute(people.order_by(Staff.name, Staff.number)):
        who, had = worker(person, known.get(person.id)), found.get(person.id, NONE)
        made.append(
            PersonHours(person.id, person.number, person.name, unit or "", person.compound_id, who.function, had,
                        targets(who, had, year))
        )  # fmt: skip
    return made


def heard(session: Session, year: int, staff_ids: Sequence[UUID] | None = None) -> dict[UUID, Heard]:
    """Hours (tenths) and times of a year by person and kind of course: what was held, and where he was."""
    found = (
        sa.select(Attendance.staff_id, Course.kind, sa.func.coalesce(sa.func.sum(Attendance.hours), 0), sa.func.count())
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .join(Course, Course.id == TrainingSession.course_id)
        .where(*held(year), Attendance.signed_in_at.is_not(None))
        .group_by(Attendance.staff_id, Course.kind)
    )
    if staff_ids is not None:
        found = found.where(Attendance.staff_id.in_(staff_ids))
    by, times = defaultdict[UUID, dict[CourseKind, int]](dict), defaultdict[UUID, dict[CourseKind, int]](dict)
    for staff_id, kind, tenths, count in session.execute(found):
        by[staff_id][kind], times[staff_id][kind] = int(tenths or 0), count
    return {staff_id: Heard(by[staff_id], times[staff_id]) for staff_id in by}


def posts_on(session: Session, on: date, staff_ids: Iterable[UUID] | None = None) -> dict[UUID, Post]:
    """The post each person held on a day, his own before one he only covered."""
    found = (
        sa.select(PostHolding.staff_id, Post)
        .join(Post, Post.id == PostHolding.post_id)
        .where(PostHolding.from_on <= on, sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on))
        .order_by(PostHolding.acting.desc(), PostHolding.from_on)
    )
    if staff_ids is not None:
        found = found.where(PostHolding.staff_id.in_(list(staff_ids)))
    return {staff_id: post for staff_id, post in session.execute(found)}  # noqa: C416 — rows are not pairs to mypy


def worker(person: Staff, post: Post | None) -> Worker:
    """What the rules ask of somebody."""
    return Worker(post.function if post else None, post.kind if post else None, person.employment, person.joined_on)
