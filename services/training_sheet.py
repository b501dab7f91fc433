"""What the pages of sessions show: one session with everybody in it, and the sessions of a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.training import Attendance, Course, CourseKind, PlaceState, SessionState, TrainingSession
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession
from services.desk.work import NO_RECORD
from services.enrolment import OPEN, clashes

MOST = 2000  # people of one session


@dataclass(frozen=True)
class Seat:
    """Somebody's place: `queue` counts from 1 among those who wait, 0 for who does not. `against`: why he cannot come
    to a session that is still open, as enrolling him would say."""

    id: UUID
    staff_id: UUID
    number: str
    name: str
    unit: str
    state: PlaceState
    queue: int
    signed_in_at: datetime | None
    hours: int | None
    score: int | None
    passed: bool | None
    rating: int | None
    feedback: str
    certificate_no: str
    note: str
    against: str = ""


@dataclass(frozen=True)
class SessionSheet:
    """A session as its list shows it (`row`), its course, and everybody who has a place or waits for one."""

    id: UUID
    row: Mapping[str, Any]
    state: SessionState
    course_kind: CourseKind
    certificate_kind: str
    pass_score: int | None
    own_certificate: bool
    seats: tuple[Seat, ...]

    @property
    def enrolled(self) -> tuple[Seat, ...]:
        """Those who have a place."""
        return tuple(seat for seat in self.seats if seat.state is PlaceState.ENROLLED)

    @property
    def waiting(self) -> tuple[Seat, ...]:
        """Those who wait for one, the first first."""
        return tuple(sorted((s for s in self.seats if s.state is PlaceState.WAITING), key=_queue))

    @property
    def came(self) -> int:
        """How many are there, or were."""
        return sum(seat.signed_in_at is not None for seat in self.seats)

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(seat.passed is True for seat in self.seats)


@query(N_("A session and everybody in it"), on=TrainingSession, name="training_sessions.sheet")
def sheet(session: Session, training_session_id: UUID) -> SessionSheet:
    """As it stands. Missing: it is out of reach."""
    found = session.get(TrainingSession, training_session_id)
    read = cast("DeskSession", session)
    rows = Reader(read, View("training_sessions")).page([found.n]) if found else []
    course = session.get(Course, found.course_id) if found else None
    if found is None or course is None or not rows:
        raise Missing(NO_RECORD)
    return SessionSheet(
        found.id, rows[0], found.state, course.kind, course.certificate_kind or "", course.pass_score,
        course.own_certificate, tuple(_against(read, found, _seats(read, found.id))),
    )  # fmt: skip


def _seats(session: DeskSession, training_session_id: UUID) -> list[Seat]:
    order = sa.select(Attendance.n).where(
        Attendance.training_session_id == training_session_id, Attendance.state != PlaceState.WITHDRAWN
    )
    numbers = list(session.scalars(order.order_by(Attendance.id).limit(MOST)))
    rows = Reader(session, View("attendances")).page(numbers) if numbers else []
    units = {row["staff_unit_id"] for row in rows if row["staff_unit_id"]}
    called = session.execute(sa.select(Organization.id, Organization.name).where(Organization.id.in_(units)))
    names = {row.id: row.name for row in called}
    made, queue = list[Seat](), 0
    for row in rows:
        queue += row["state"] is PlaceState.WAITING
        made.append(
            Seat(
                row["id"], row["staff_id"], row["staff_number"] or "", row["staff"] or "",
                names.get(row["staff_unit_id"], ""), row["state"], queue if row["state"] is PlaceState.WAITING else 0,
                row["signed_in_at"], row["hours"], row["score"], row["passed"], row["rating"], row["feedback"] or "",
                row["certificate_no"] or "", row["note"] or "",
            )
        )  # fmt: skip
    return made


def _against(session: DeskSession, found: TrainingSession, seats: list[Seat]) -> Iterator[Seat]:
    """What stands against who has a place since he got it: he took leave, or the session was moved."""
    names = {seat.staff_id: seat.name for seat in seats if seat.state is PlaceState.ENROLLED}
    away = {clash.staff_id: clash.why for clash in clashes(session, found, names)} if found.state in OPEN else {}
    yield from (replace(seat, against=away.get(seat.staff_id, "")) for seat in seats)


def _queue(seat: Seat) -> int:
    return seat.queue
