"""A person who works for the office, or keeps its things: who he is, since when, what he has learnt."""

from __future__ import annotations

import enum
from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Personal, Registered, Scoped, living, reference

PRIVATE = {"private": True}  # of the person: no export says it unless it is asked for


class Employment(enum.StrEnum):
    """How somebody is employed (用工形式)."""

    CIVIL_SERVANT = "civil_servant"
    PUBLIC_INSTITUTION = "public_institution"
    WORKMAN = "workman"
    CONTRACT = "contract"
    AGENCY = "agency"
    PROVIDER = "provider"


class Sex(enum.StrEnum):
    """As in the identity card; the rule of retirement asks for it."""

    MALE = "male"
    FEMALE = "female"


class RetirementGroup(enum.StrEnum):
    """The original age of retirement somebody belongs to: men of 60, women of 55, women of 50 (2024-09-13 decision)."""

    MEN_60 = "men_60"
    WOMEN_55 = "women_55"
    WOMEN_50 = "women_50"


class EducationLevel(enum.StrEnum):
    """The highest schooling, lowest first (学历)."""

    JUNIOR = "junior"
    SECONDARY = "secondary"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class SkillLevel(enum.StrEnum):
    """Steps of skill, lowest first: the five of old and the eight since 2022 (技能等级)."""

    APPRENTICE = "apprentice"
    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior_technician"
    MASTER_TECHNICIAN = "master_technician"
    CHIEF_TECHNICIAN = "chief_technician"


class PoliticalStatus(enum.StrEnum):
    """Political status, where it is kept at all (政治面貌)."""

    PARTY = "party"
    PROBATIONARY = "probationary"
    LEAGUE = "league"
    OTHER_PARTY = "other_party"
    MASSES = "masses"


class LeavingReason(enum.StrEnum):
    """Why somebody left."""

    RETIRED = "retired"
    TRANSFERRED = "transferred"
    RESIGNED = "resigned"
    ENDED = "ended"
    DISMISSED = "dismissed"
    DIED = "died"
    OTHER = "other"


class MeritKind(enum.StrEnum):
    """A commendation or a reprimand (奖惩)."""

    COMMENDATION = "commendation"
    REPRIMAND = "reprimand"


class AbsenceKind(enum.StrEnum):
    """Why somebody is not there for some days."""

    ANNUAL = "annual"
    SICK = "sick"
    MATERNITY = "maternity"
    DUTY = "duty"
    OTHER = "other"


class Staff(Registered, Scoped):
    """Has a home compound, and may keep things in any other.

    `employer` is whose people they are where they are not the office's own (an agency, a provider); `retirement_shift`
    the months chosen earlier (below 0) or later than the rule says; `retires_on` what the rule and the choice come to.
    """

    __tablename__ = "staff"
    __table_args__ = (
        living("staff", "number", unique=True),
        living("staff", "name"),
        living("staff", "employment", "name"),
        living("staff", "retires_on"),
    )
    naming = Naming(number="number", label="name", search=("number", "name"))
    stays_inside: ClassVar[bool] = False
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    employment: Mapped[Employment | None]
    employer: Mapped[str | None] = mapped_column(sa.String(120))
    post_id: Mapped[UUID | None] = reference("post.id", later="staff_post_of", info={"derived": True})
    grade: Mapped[str | None] = mapped_column(sa.String(40))
    sex: Mapped[Sex | None] = mapped_column(info=PRIVATE)
    born_on: Mapped[date | None] = mapped_column(info=PRIVATE)
    ethnicity: Mapped[str | None] = mapped_column(sa.String(40), info=PRIVATE)
    political_status: Mapped[PoliticalStatus | None] = mapped_column(info=PRIVATE)
    education: Mapped[EducationLevel | None]
    skill_trade: Mapped[str | None] = mapped_column(sa.String(60))
    skill_level: Mapped[SkillLevel | None]
    joined_on: Mapped[date | None]
    retirement_group: Mapped[RetirementGroup | None] = mapped_column(info=PRIVATE)
    retirement_shift: Mapped[int | None] = mapped_column(info={"least": -36} | PRIVATE)
    retires_on: Mapped[date | None] = mapped_column(info={"derived": True} | PRIVATE)
    id_number: Mapped[str | None] = mapped_column(Personal(30))
    phone: Mapped[str | None] = mapped_column(Personal(30))
    address: Mapped[str | None] = mapped_column(Personal(120))
    left_on: Mapped[date | None] = mapped_column(info={"derived": True})
    left_why: Mapped[LeavingReason | None] = mapped_column(info={"derived": True})


class StaffEducation(Scoped):
    """One stage of somebody's schooling, with the proof of it."""

    __tablename__ = "staff_education"
    __table_args__ = (living("staff_education", "staff_id", "finished_on"),)
    naming = Naming(number="school", label="school", within="staff_id", search=("school", "proof_no"),
                    through=("staff_id",))  # fmt: skip
    staff_id: Mapped[UUID] = reference("staff.id")
    level: Mapped[EducationLevel]
    school: Mapped[str] = mapped_column(sa.String(120))
    subject: Mapped[str | None] = mapped_column(sa.String(80))
    full_time: Mapped[bool] = mapped_column(default=True)
    finished_on: Mapped[date | None]
    proof_no: Mapped[str | None] = mapped_column(sa.String(60))


class StaffSkill(Scoped):
    """A level of skill in a trade that was awarded (职业技能等级)."""

    __tablename__ = "staff_skill"
    __table_args__ = (living("staff_skill", "staff_id", "awarded_on"),)
    naming = Naming(number="trade", label="trade", within="staff_id", search=("trade", "proof_no"),
                    through=("staff_id",))  # fmt: skip
    staff_id: Mapped[UUID] = reference("staff.id")
    trade: Mapped[str] = mapped_column(sa.String(60))
    level: Mapped[SkillLevel]
    awarded_on: Mapped[date | None]
    issuer: Mapped[str | None] = mapped_column(sa.String(120))
    proof_no: Mapped[str | None] = mapped_column(sa.String(60))


class StaffMerit(Scoped):
    """A commendation or reprimand, and the paper it rests on."""

    __tablename__ = "staff_merit"
    __table_args__ = (living("staff_merit", "staff_id", "on"),)
    naming = Naming(number="basis", label="basis", within="staff_id", search=("basis",), through=("staff_id",))
    staff_id: Mapped[UUID] = reference("staff.id")
    kind: Mapped[MeritKind]
    on: Mapped[date]
    basis: Mapped[str] = mapped_column(sa.String(120))
    word: Mapped[str | None] = mapped_column(sa.String(200))


class StaffAbsence(Scoped):
    """Days somebody is away: no session is planned for him then without a remark."""

    __tablename__ = "staff_absence"
    __table_args__ = (living("staff_absence", "staff_id", "from_on"),)
    naming = Naming(number="from_on", label="kind", within="staff_id", through=("staff_id",))
    staff_id: Mapped[UUID] = reference("staff.id")
    kind: Mapped[AbsenceKind]
    from_on: Mapped[date]
    until_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(sa.String(200))
