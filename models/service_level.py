"""What an office or one of its compounds promises, and when it works, instead of the rules that are shipped."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Shared, living
from models.work_rules import WORK_TRADES, Clock, DayKind, Priority


class ServiceLevel(Shared):
    """What an office, or one compound of it, promises instead of the shipped rule, from a day on. Without a trade it
    holds for all of them. Minutes."""

    __tablename__ = "service_level"
    __table_args__ = (living("service_level", "priority", "from_on"),)
    naming = Naming(number="priority", label="priority", search=("basis",))
    priority: Mapped[Priority]
    trade: Mapped[str | None] = mapped_column(sa.String(24), info=WORK_TRADES)
    clock: Mapped[Clock]
    respond_minutes: Mapped[int | None] = mapped_column(info={"least": 1})
    complete_minutes: Mapped[int | None] = mapped_column(info={"least": 1})
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    basis: Mapped[str] = mapped_column(sa.String(160))


class WorkingHours(Shared):
    """One stretch of a weekday an office or compound works instead of the shipped hours, from a day on; times as
    HH:MM. Where there is one of a day, none of the shipped ones holds."""

    __tablename__ = "working_hours"
    __table_args__ = (living("working_hours", "from_on", "weekday"),)
    naming = Naming(number="weekday", label="weekday", search=("basis",))
    weekday: Mapped[int] = mapped_column(info={"least": 1})
    opens: Mapped[str] = mapped_column(sa.String(5))
    closes: Mapped[str] = mapped_column(sa.String(5))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(sa.String(160))


class CalendarDay(Shared):
    """A day an office or compound does not work, or works, whatever the calendar says."""

    __tablename__ = "calendar_day"
    __table_args__ = (living("calendar_day", "on"),)
    naming = Naming(number="on", label="name", search=("name",))
    on: Mapped[date]
    kind: Mapped[DayKind]
    name: Mapped[str] = mapped_column(sa.String(80))
