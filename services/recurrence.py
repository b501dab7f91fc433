"""When work comes back: a grid of days counted from the first one, seasons, and what follows a day it was done. Pure.

A month or year later is the same day of the month, or its last where it has none, always counted from the first day:
the 31st comes back after a shorter month, the 29th of February in the next leap year. Nothing done early or late moves
the grid.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from models.periodic_work import Unit
from services.rent_schedule import months_on

MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}
DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
LEAP = 2000  # a year that has every day


class Every(NamedTuple):
    """An interval: so many of a unit."""

    number: int
    unit: Unit

    def later(self, day: date, times: int = 1) -> date:
        """So many intervals after a day (before it, for less than none)."""
        if self.unit in MONTHS:
            return months_on(day, times * self.number * MONTHS[self.unit])
        return day + timedelta(days=times * self.number * DAYS[self.unit])

    def longer(self, other: Every) -> bool:
        """Whether it leaves more time than another, whenever it begins: months are taken at their shortest here, and
        at their longest there, unless both are counted in months."""
        if self.unit in MONTHS and other.unit in MONTHS:
            return self.number * MONTHS[self.unit] > other.number * MONTHS[other.unit]
        return self._days(28, 365) > other._days(28, 365)

    def _days(self, month: int, year: int) -> int:
        return self.number * {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: month, Unit.YEAR: year}[self.unit]


@dataclass(frozen=True)
class Season:
    """From a day of the year to another, both in it, over the new year where the second lies before the first."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last

    def from_on(self, day: date) -> date:
        """The day itself, or else the first day of the next season."""
        if self.holds(day):
            return day
        opens = _opens(self.first, day.year)
        return opens if opens > day else _opens(self.first, day.year + 1)


def season_of(first: str | None, last: str | None) -> Season | None:
    """The season between two days written as 05-01; None where neither is said. ValueError: one is no day."""
    if not first and not last:
        return None
    return Season(day_of_year(first or "01-01"), day_of_year(last or "12-31"))


def day_of_year(text: str) -> tuple[int, int]:
    """Month and day that “MM-DD” says. ValueError: it says none."""
    month, _, day = text.partition("-")
    if not (len(month) == len(day) == 2 and month.isdecimal() and day.isdecimal()):
        raise ValueError(text)
    found = date(LEAP, int(month), int(day))
    return found.month, found.day


def grid(
    start: date, every: Every, first: date, last: date, season: Season | None = None, until: date | None = None
) -> Iterator[date]:
    """The planned days from `first` to `last`, both in it, of what begins at `start` and ends with `until`; what falls
    out of season is left out."""
    end = min(last, until) if until else last
    at = _steps(start, every, first)
    while (day := every.later(start, at)) <= end:
        if day >= first and (season is None or season.holds(day)):
            yield day
        at += 1


def after(done: date, every: Every, season: Season | None = None) -> date:
    """When work comes back that follows the day it was done: an interval later, in season."""
    day = every.later(done)
    return season.from_on(day) if season else day


def fresh_from(start: date, every: Every, today: date) -> date:
    """From when on a plan makes its days that has made none: all of it where it begins about now, else from today on:
    a plan that began years ago brings no years of arrears."""
    return start if every.later(start) > today else today


def _steps(start: date, every: Every, first: date) -> int:
    """So many intervals that the day after them is not later than `first`, or the beginning."""
    if first <= start:
        return 0
    if every.unit in MONTHS:
        months = (first.year - start.year) * 12 + first.month - start.month
        return max(0, months // (every.number * MONTHS[every.unit]) - 1)
    return (first - start).days // (every.number * DAYS[every.unit])


def _opens(first: tuple[int, int], year: int) -> date:
    if first == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return date(year, *first)
