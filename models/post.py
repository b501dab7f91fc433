"""The establishment: posts of a unit in a compound, what they require, and who holds them from when until when."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Registered, Scoped, living, reference
from models.certificate import KINDS
from models.staff import EducationLevel


class PostFunction(enum.StrEnum):
    """What a post is for: the functions costs are compared by, finer."""

    MANAGEMENT = "management"
    GUARDS = "guards"
    FIRE_CONTROL = "fire_control"
    CLEANING = "cleaning"
    GREENING = "greening"
    ELECTRICITY = "electricity"
    HEATING = "heating"
    PLUMBING = "plumbing"
    LIFTS = "lifts"
    REPAIR = "repair"
    CATERING = "catering"
    VEHICLES = "vehicles"
    RECEPTION = "reception"
    OTHER = "other"


class PostKind(enum.StrEnum):
    """The ladder a post belongs to (岗位类别): management 1–10, professional 1–13, workmen 1–5 and plain."""

    MANAGEMENT = "management"
    PROFESSIONAL = "professional"
    WORKMAN = "workman"


class RequirementKind(enum.StrEnum):
    """What a post asks of who holds it."""

    CERTIFICATE = "certificate"
    COURSE = "course"
    EDUCATION = "education"
    LEAST_AGE = "least_age"
    MOST_AGE = "most_age"


class Post(Registered, Scoped):
    """`approved`: how many people the establishment allows (编制、核定人数); it exists `from_on`–`until_on`."""

    __tablename__ = "post"
    __table_args__ = (living("post", "number", unique=True), living("post", "function", "name"))
    naming = Naming(number="number", label="name", search=("number", "name"), through=("unit_id",))
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    function: Mapped[PostFunction]
    kind: Mapped[PostKind | None]
    grade: Mapped[str | None] = mapped_column(sa.String(40))
    approved: Mapped[int] = mapped_column(default=1, info={"least": 0})
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(sa.Text)


class PostHolding(Scoped):
    """Somebody in a post, in its compound; `acting`: he covers it beside his own (代岗)."""

    __tablename__ = "post_holding"
    __table_args__ = (living("post_holding", "post_id", "from_on"), living("post_holding", "staff_id", "from_on"))
    naming = Naming(number="from_on", label="from_on", within="post_id", through=("staff_id", "post_id"))
    post_id: Mapped[UUID] = reference("post.id")
    staff_id: Mapped[UUID] = reference("staff.id")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    acting: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[str | None] = mapped_column(sa.String(120))


class PostRequirement(Scoped):
    """One thing a post requires from a day on: a kind of certificate (one of those of the same `alternative` will do),
    a course, schooling, an age. `holders`: how many of the post must have it, empty for each; `bars`: without it nobody
    does the work of the post (certificates bar the work of their trade anyhow)."""

    __tablename__ = "post_requirement"
    __table_args__ = (living("post_requirement", "post_id", "from_on"),)
    naming = Naming(number="from_on", label="kind", within="post_id", through=("post_id",))
    post_id: Mapped[UUID] = reference("post.id")
    kind: Mapped[RequirementKind]
    certificate_kind: Mapped[str | None] = mapped_column(sa.String(24), info=KINDS)
    course_id: Mapped[UUID | None] = reference("course.id")
    education: Mapped[EducationLevel | None]
    age: Mapped[int | None] = mapped_column(info={"least": 1})
    alternative: Mapped[str | None] = mapped_column(sa.String(24))
    holders: Mapped[int | None] = mapped_column(info={"least": 1})
    bars: Mapped[bool] = mapped_column(default=False)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(sa.String(120))
