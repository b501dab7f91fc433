"""The lines of a person's training: sessions he was in or is to be in, certificates he holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.certificate import Certificate, CertificateKind
from models.training import Attendance, Course, CourseKind, PlaceState, SessionKind, SessionState, TrainingSession
from services.training_sessions import day_of


@dataclass(frozen=True)
class Learnt:
    """One session of a person. `hours` in tenths; `came` is None before it is held."""

    attendance_id: UUID
    session_id: UUID
    number: str
    title: str
    course: str
    course_kind: CourseKind
    kind: SessionKind
    state: SessionState
    place: PlaceState
    on: date
    trainer: str
    session_hours: int
    came: bool | None
    hours: int
    score: int | None
    passed: bool | None
    certificate_no: str


@dataclass(frozen=True)
class HeldCertificate:
    """A certificate from outside, as its paper says; `kind` is the name of its kind."""

    kind: str
    number: str
    issuer: str
    issued_on: date
    valid_until: date | None
    revoked_on: date | None


def learnt(session: Session, staff_id: UUID) -> list[Learnt]:
    """Every session of a person that was not cancelled, the newest first."""
    found = (
        sa.select(Attendance, TrainingSession, Course.name, Course.kind)
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .join(Course, Course.id == TrainingSession.course_id)
        .where(
            Attendance.staff_id == staff_id, Attendance.state != PlaceState.WITHDRAWN,
            TrainingSession.state != SessionState.CANCELLED,
        )
        .order_by(TrainingSession.starts_at.desc(), TrainingSession.number)
    )  # fmt: skip
    made = []
    for seat, held, course, kind in session.execute(found):
        over = held.state is SessionState.HELD
        if over and seat.state is PlaceState.WAITING:
            continue  # he waited in vain
        came = seat.signed_in_at is not None if over else None
        made.append(
            Learnt(seat.id, held.id, held.number, held.title, course, kind, held.kind, held.state, seat.state,
                   day_of(held.starts_at), held.trainer or "", held.hours, came, (seat.hours or 0) if came else 0,
                   seat.score, seat.passed, seat.certificate_no or "")
        )  # fmt: skip
    return made


def certificates(session: Session, staff_id: UUID) -> list[HeldCertificate]:
    """What somebody holds, the newest first."""
    found = sa.select(Certificate).where(Certificate.staff_id == staff_id).order_by(Certificate.issued_on.desc())
    kinds = {kind.code: kind.name for kind in session.scalars(sa.select(CertificateKind))}
    return [
        HeldCertificate(
            kinds.get(row.kind, row.kind),
            row.paper_no,
            row.issuer or "",
            row.issued_on,
            row.valid_until,
            row.revoked_on,
        )
        for row in session.scalars(found)
    ]
