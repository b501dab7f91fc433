"""What a person has learnt: every session he was in, hours by year, what he passed, how far he is from his targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.certificate import Certificate, CertificateKind
from models.organization import Organization
from models.staff import Staff
from models.training import Attendance, Course, CourseKind, PlaceState, SessionKind, SessionState, TrainingSession
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.work import NO_RECORD
from services.training_hours import NONE, heard, posts_on, worker
from services.training_rules import Target, targets
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


@dataclass(frozen=True)
class Passport:
    """Everything a person has learnt, the newest first; `by_year` sums hours in tenths."""

    staff_id: UUID
    number: str
    name: str
    unit: str
    post: str
    compound_id: UUID
    joined_on: date | None
    year: int
    learnt: tuple[Learnt, ...]
    by_year: tuple[tuple[int, int], ...]
    targets: tuple[Target, ...]
    certificates: tuple[HeldCertificate, ...]

    @property
    def ahead(self) -> tuple[Learnt, ...]:
        """Sessions he has a place in, or waits for, that are still to come."""
        return tuple(row for row in self.learnt if row.came is None)

    @property
    def behind(self) -> tuple[Learnt, ...]:
        """Sessions that were held."""
        return tuple(row for row in self.learnt if row.came is not None)


@query(N_("What a person has learnt"), on=Attendance, name="training.passport")
def passport(session: Session, staff_id: UUID, on: date) -> Passport:
    """As of a day, its year for the targets. Missing: there is no such person in reach."""
    person = session.get(Staff, staff_id)
    if person is None:
        raise Missing(NO_RECORD)
    unit = session.scalar(sa.select(Organization.name).where(Organization.id == person.unit_id))
    post = posts_on(session, on, [staff_id]).get(staff_id)
    learnt = tuple(row for row in _learnt(session, staff_id) if row.on <= on or row.came is None)
    years = dict[int, int]()
    for row in learnt:
        years[row.on.year] = years.get(row.on.year, 0) + row.hours
    asked = targets(worker(person, post), heard(session, on.year, [staff_id]).get(staff_id, NONE), on.year)
    return Passport(
        staff_id, person.number, person.name, unit or "", post.name if post else "", person.compound_id,
        person.joined_on, on.year, learnt, tuple(sorted(((y, h) for y, h in years.items() if h), reverse=True)), asked,
        tuple(_certificates(session, staff_id)),
    )  # fmt: skip


def _learnt(session: Session, staff_id: UUID) -> list[Learnt]:
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


def _certificates(session: Session, staff_id: UUID) -> list[HeldCertificate]:
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
