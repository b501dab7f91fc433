"""The sessions of some days, as a calendar shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.training import Attendance, Course, CourseKind, PlaceState, SessionKind, SessionState, TrainingSession
from resources.words import N_
from services.desk.intent import query


@dataclass(frozen=True)
class Held:
    """A session in a calendar: how many have a place, wait, and came."""

    id: UUID
    number: str
    title: str
    course_kind: CourseKind
    kind: SessionKind
    state: SessionState
    starts_at: datetime
    ends_at: datetime
    place: str
    trainer: str
    capacity: int | None
    enrolled: int
    waiting: int


@query(N_("Sessions of some time"), on=TrainingSession, name="training_sessions.between")
def between(session: Session, first: datetime, last: datetime, compound_id: UUID | None = None) -> list[Held]:
    """The sessions that are held at some time from `first` on and before `last`, the earliest first."""
    count = sa.func.count
    places = (
        sa.select(
            Attendance.training_session_id,
            count().filter(Attendance.state == PlaceState.ENROLLED).label("enrolled"),
            count().filter(Attendance.state == PlaceState.WAITING).label("waiting"),
        )
        .group_by(Attendance.training_session_id)
        .subquery()
    )
    found = (
        sa.select(TrainingSession, Course.kind, places.c.enrolled, places.c.waiting)
        .join(Course, Course.id == TrainingSession.course_id)
        .outerjoin(places, places.c.training_session_id == TrainingSession.id)
        .where(TrainingSession.ends_at > first, TrainingSession.starts_at < last)
        .order_by(TrainingSession.starts_at, TrainingSession.number)
    )
    if compound_id is not None:
        found = found.where(TrainingSession.compound_id == compound_id)
    return [
        Held(row.id, row.number, row.title, kind, row.kind, row.state, row.starts_at, row.ends_at, row.place_text or "",
             row.trainer or "", row.capacity, enrolled or 0, waiting or 0)
        for row, kind, enrolled, waiting in session.execute(found)
    ]  # fmt: skip
