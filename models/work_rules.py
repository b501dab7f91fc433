"""Rules of maintenance work as shipped, dated rows: trades, reasons to wait, service levels, hours and holidays."""

from __future__ import annotations

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.beside import Reference

WORK_TRADES = {"codes": ("work_trades.csv", "code", "work_trade.code")}
HOLD_REASONS = {"codes": ("hold_reasons.csv", "code", "hold_reason.code")}
CERTIFIED = {"codes": ("trade_certificates.csv", "trade", "trade_certificate.trade")}


class Priority(enum.StrEnum):
    """How urgent work is, the most urgent first (紧急程度)."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"
    PLANNED = "planned"


class Clock(enum.StrEnum):
    """Which time counts towards a deadline: every hour, or those the office works."""

    ALL = "all"
    WORKING = "working"


class DayKind(enum.StrEnum):
    """What a day is that is not what its weekday says."""

    HOLIDAY = "holiday"
    WORKING = "working"


class WorkTrade(Reference):
    """A trade of maintenance work from a day on (shipped). `certificate_trade` is the kind of work whose certificates
    it takes; without one nobody's certificates are asked for."""

    __tablename__ = "work_trade"
    n: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(24), info=WORK_TRADES)
    word: Mapped[str] = mapped_column(sa.String(40))
    certificate_trade: Mapped[str | None] = mapped_column(sa.String(24), info=CERTIFIED)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(160))
    __table_args__ = (sa.UniqueConstraint("code", "from_on"),)


class HoldReason(Reference):
    """Why work waits, from a day on (shipped); with `pauses` the deadline waits too."""

    __tablename__ = "hold_reason"
    n: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(24), info=HOLD_REASONS)
    word: Mapped[str] = mapped_column(sa.String(40))
    pauses: Mapped[bool]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(160))
    __table_args__ = (sa.UniqueConstraint("code", "from_on"),)


class ServiceLevelRule(Reference):
    """Within how many minutes somebody answers and the work is done, from a day on (shipped)."""

    __tablename__ = "service_level_rule"
    n: Mapped[int] = mapped_column(primary_key=True)
    priority: Mapped[Priority]
    clock: Mapped[Clock]
    respond_minutes: Mapped[int | None]
    complete_minutes: Mapped[int | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(160))
    __table_args__ = (sa.UniqueConstraint("priority", "from_on"),)


class WorkingHoursRule(Reference):
    """One stretch of a weekday (1 Monday … 7 Sunday) that is worked, from a day on (shipped); times as HH:MM."""

    __tablename__ = "working_hours_rule"
    n: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int]
    opens: Mapped[str] = mapped_column(sa.String(5))
    closes: Mapped[str] = mapped_column(sa.String(5))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(160))
    __table_args__ = (sa.UniqueConstraint("weekday", "opens", "from_on"),)


class PublicHoliday(Reference):
    """A day off, or a weekend that is worked for one, as the State Council announced it (shipped)."""

    __tablename__ = "public_holiday"
    n: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[DayKind]
    name: Mapped[str] = mapped_column(sa.String(40))
    source: Mapped[str] = mapped_column(sa.String(160))
