"""Work that comes back: what the law and custom ask for as shipped, dated rows, and what an office says instead."""

from __future__ import annotations

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Shared, living
from models.beside import Reference
from models.work_permit import PermitKind
from models.work_rules import CERTIFIED, WORK_TRADES

PERIODIC = {"codes": ("periodic_work.csv", "code", "periodic_work_rule.code")}


class Unit(enum.StrEnum):
    """What an interval is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PlanBasis(enum.StrEnum):
    """What the next date follows from: the date before it, the day the work was done, or the certificate's end."""

    PLANNED = "planned"
    DONE = "done"
    EXPIRY = "expiry"


class Confidence(enum.StrEnum):
    """How sure the source of a shipped rule is; what is not high is for the office to check."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class PeriodicWorkRule(Reference):
    """Work that comes back, from a day on (shipped). `legal` work is never dropped; `always` says that every compound
    with a building needs it, `class_prefix` that every asset of that class does; `permit`: nobody does it without that
    permit to work. `tolerance_days` after a planned day it is late, `lead_days` before it an order goes out; season
    days are written as 05-01."""

    __tablename__ = "periodic_work_rule"
    n: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(24), info=PERIODIC)
    object: Mapped[str] = mapped_column(sa.String(40))
    task: Mapped[str] = mapped_column(sa.String(80))
    inspection: Mapped[bool]
    every: Mapped[int]
    unit: Mapped[Unit]
    basis: Mapped[PlanBasis]
    legal: Mapped[bool]
    always: Mapped[bool]
    class_prefix: Mapped[str | None] = mapped_column(sa.String(9))
    trade: Mapped[str] = mapped_column(sa.String(24), info=WORK_TRADES)
    needs: Mapped[str | None] = mapped_column(sa.String(24), info=CERTIFIED)
    permit: Mapped[PermitKind | None]
    tolerance_days: Mapped[int]
    lead_days: Mapped[int]
    season_from: Mapped[str | None] = mapped_column(sa.String(5))
    season_until: Mapped[str | None] = mapped_column(sa.String(5))
    confidence: Mapped[Confidence]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(200))
    __table_args__ = (sa.UniqueConstraint("code", "from_on"),)


class PeriodicWork(Shared):
    """What an office, or one compound of it, says instead of the shipped rule, from a day on: other intervals, and
    whether it binds there. What is left empty stays as shipped."""

    __tablename__ = "periodic_work"
    __table_args__ = (living("periodic_work", "code", "from_on"),)
    naming = Naming(number="code", label="code", search=("basis_text",))
    code: Mapped[str] = mapped_column(sa.String(24), info=PERIODIC)
    every: Mapped[int | None] = mapped_column(info={"least": 1})
    unit: Mapped[Unit | None]
    legal: Mapped[bool | None]
    tolerance_days: Mapped[int | None]
    lead_days: Mapped[int | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    basis_text: Mapped[str] = mapped_column(sa.String(160))
