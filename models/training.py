"""Training: courses, the plan of a year, sessions, and who was there."""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Fen, Naming, Registered, Scoped, living, reference
from models.certificate import KINDS
from models.hours import Hours
from models.post import PostFunction


class CourseKind(enum.StrEnum):
    """What a course is for."""

    INDUCTION = "induction"
    SAFETY = "safety"
    FIRE = "fire"
    SKILL = "skill"
    CERTIFICATE = "certificate"
    SERVICE = "service"
    MANAGEMENT = "management"
    OTHER = "other"


class SessionKind(enum.StrEnum):
    """How a session is held."""

    LECTURE = "lecture"
    PRACTICE = "practice"
    DRILL = "drill"
    EXAM = "exam"
    ONLINE = "online"
    OUTSIDE = "outside"


class SessionState(enum.StrEnum):
    """planned → running → held; cancelled. While it runs people sign in; held, its results stand."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"


class PlanState(enum.StrEnum):
    """draft → adopted."""

    DRAFT = "draft"
    ADOPTED = "adopted"


class PlaceState(enum.StrEnum):
    """Somebody's place in a session: enrolled, on the waiting list, withdrawn."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Course(Registered, Entity):
    """`hours` in tenths of an hour of 45 minutes (学时); `repeat_months`: it is to be heard again after so many;
    `certificate_kind`: it prepares for one, or is its re-check; `pass_score` of 100, empty where there is no exam;
    `own_certificate`: who passes gets one of ours, valid until the course is due again."""

    __tablename__ = "course"
    __table_args__ = (living("course", "code", unique=True), living("course", "name"))
    naming = Naming(number="code", label="name", search=("code", "name"))
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[CourseKind]
    hours: Mapped[int] = mapped_column(Hours, info={"least": 1})
    repeat_months: Mapped[int | None] = mapped_column(info={"least": 1})
    certificate_kind: Mapped[str | None] = mapped_column(sa.String(24), info=KINDS)
    pass_score: Mapped[int | None] = mapped_column(info={"least": 0})
    own_certificate: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[str | None] = mapped_column(sa.String(120))
    note: Mapped[str | None] = mapped_column(sa.Text)


class TrainingPlan(Scoped):
    """What a compound's people are to learn in a year. `budget` in fen."""

    __tablename__ = "training_plan"
    __table_args__ = (living("training_plan", "number", unique=True), living("training_plan", "year"))
    naming = Naming(number="number", label="title", search=("number", "title"))
    number: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(120))
    year: Mapped[int]
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT, info={"derived": True})
    budget: Mapped[int | None] = mapped_column(Fen)
    adopted_on: Mapped[date | None] = mapped_column(info={"derived": True})
    basis: Mapped[str | None] = mapped_column(sa.String(120), info={"derived": True})


class TrainingPlanLine(Scoped):
    """One course of a plan: in which month, for whom, how many people, at what cost (fen)."""

    __tablename__ = "training_plan_line"
    __table_args__ = (living("training_plan_line", "training_plan_id", "month"),)
    naming = Naming(number="month", label="month", within="training_plan_id", through=("course_id",))
    training_plan_id: Mapped[UUID] = reference("training_plan.id")
    course_id: Mapped[UUID] = reference("course.id")
    month: Mapped[int] = mapped_column(info={"least": 1})
    function: Mapped[PostFunction | None]
    unit_id: Mapped[UUID | None] = reference("organization.id")
    people: Mapped[int] = mapped_column(info={"least": 1})
    sessions: Mapped[int] = mapped_column(default=1, info={"least": 1})
    budget: Mapped[int | None] = mapped_column(Fen)


class TrainingSession(Scoped):
    """One time a course is held. `hours` in tenths as of the course; `cost` in fen; `capacity` places, empty for any
    number."""

    __tablename__ = "training_session"
    __table_args__ = (living("training_session", "number", unique=True), living("training_session", "starts_at"))
    naming = Naming(number="number", label="title", search=("number", "title", "trainer"), through=("course_id",))
    number: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(120))
    course_id: Mapped[UUID] = reference("course.id")
    training_plan_line_id: Mapped[UUID | None] = reference("training_plan_line.id")
    kind: Mapped[SessionKind] = mapped_column(default=SessionKind.LECTURE)
    state: Mapped[SessionState] = mapped_column(default=SessionState.PLANNED, info={"derived": True})
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    hours: Mapped[int] = mapped_column(Hours, info={"least": 1})
    room_id: Mapped[UUID | None] = reference("room.id")
    place_text: Mapped[str | None] = mapped_column(sa.String(120))
    trainer: Mapped[str | None] = mapped_column(sa.String(80))
    provider: Mapped[str | None] = mapped_column(sa.String(120))
    capacity: Mapped[int | None] = mapped_column(info={"least": 1})
    cost: Mapped[int | None] = mapped_column(Fen)
    cancelled_why: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})
    note: Mapped[str | None] = mapped_column(sa.Text)


class Attendance(Scoped):
    """Somebody's place in a session and what came of it. It belongs to the compound of the session.

    `signed_in_at`: he was there; `hours` in tenths that count for him; `score` of 100; `passed`; `rating` 1–5 and a
    word are his own feedback; `certificate_no` of our own certificate.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        living("attendance", "training_session_id", "staff_id", unique=True),
        living("attendance", "staff_id"),
    )
    naming = Naming(number="certificate_no", label="staff_id", within="training_session_id", through=("staff_id",))
    training_session_id: Mapped[UUID] = reference("training_session.id")
    staff_id: Mapped[UUID] = reference("staff.id")
    state: Mapped[PlaceState] = mapped_column(default=PlaceState.ENROLLED)
    signed_in_at: Mapped[datetime | None]
    hours: Mapped[int | None] = mapped_column(Hours, info={"least": 0})
    score: Mapped[int | None] = mapped_column(info={"least": 0})
    passed: Mapped[bool | None]
    rating: Mapped[int | None] = mapped_column(info={"least": 1})
    feedback: Mapped[str | None] = mapped_column(sa.String(200))
    certificate_no: Mapped[str | None] = mapped_column(sa.String(60))
    note: Mapped[str | None] = mapped_column(sa.String(200))
