"""Service levels, working hours and days off of an office or compound, and the shipped ones they take the place of."""

from __future__ import annotations

from typing import Any

from models.service_level import CalendarDay, ServiceLevel, WorkingHours
from models.work_rules import (
    HoldReason,
    PublicHoliday,
    ServiceLevelRule,
    WorkingHoursRule,
    WorkTrade,
)
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.listing import Listing, listing
from services.desk.work import Work
from services.records import records
from services.working_time import minute_of

NOT_A_TIME = N_("“{text}” is no time of day; write it as 08:30")
ENDS_BEFORE = N_("It ends before it begins")
NO_SUCH_WEEKDAY = N_("A weekday is a number from 1 (Monday) to 7 (Sunday)")
NOTHING_PROMISED = N_("Say within how many minutes somebody answers, or within how many the work is done")


def _level(work: Work, row: ServiceLevel, given: dict[str, Any]) -> None:
    _in_order(row)
    if row.respond_minutes is None and row.complete_minutes is None:
        raise Invalid(NOTHING_PROMISED, field=Word("service_level.complete_minutes"))


def _hours(work: Work, row: WorkingHours, given: dict[str, Any]) -> None:
    _in_order(row)
    if not 1 <= row.weekday <= 7:
        raise Invalid(NO_SUCH_WEEKDAY, field=Word("working_hours.weekday"))
    for name in ("opens", "closes"):
        try:
            minute_of(getattr(row, name))
        except ValueError:
            raise Invalid(NOT_A_TIME, field=Word(f"working_hours.{name}"), text=getattr(row, name)) from None
    if minute_of(row.closes) <= minute_of(row.opens):
        raise Invalid(ENDS_BEFORE, field=Word("working_hours.closes"))


def _in_order(row: ServiceLevel | WorkingHours) -> None:
    if row.until_on is not None and row.until_on < row.from_on:
        raise Invalid(ENDS_BEFORE, field=Word(f"{row.__tablename__}.until_on"))


LEVELS = records("service_levels", ServiceLevel, sorts=("priority", "from_on"), settle=_level)
HOURS = records("working_hours", WorkingHours, sorts=("weekday", "from_on"), settle=_hours)
DAYS = records("calendar_days", CalendarDay, sorts=("on",))
RULES = listing(Listing("service_level_rules", ServiceLevelRule, ("priority",), words=("source",)))
HOURS_RULES = listing(Listing("working_hours_rules", WorkingHoursRule, ("weekday",), words=("source",)))
HOLIDAYS = listing(Listing("public_holidays", PublicHoliday, ("on",), words=("name", "source")))
TRADES = listing(Listing("work_trades", WorkTrade, ("code",), words=("word", "source")))
HOLDS = listing(Listing("hold_reasons", HoldReason, ("code",), words=("word", "source")))
