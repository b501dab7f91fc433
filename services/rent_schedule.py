"""When rent is due, and how much: a term cut into periods, the last one by its days. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.lease import RentPeriod

MONTHS = {RentPeriod.MONTH: 1, RentPeriod.QUARTER: 3, RentPeriod.HALF_YEAR: 6, RentPeriod.YEAR: 12}
DAY = timedelta(days=1)


class Part(NamedTuple):
    """One period: its first and last day, and its rent in fen, due on its first day."""

    from_on: date
    until_on: date
    amount: int


def months_on(day: date, months: int) -> date:
    """The same day of the month so many months on; where there is none, the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def schedule(from_on: date, until_on: date, rent: int, period: RentPeriod) -> Iterator[Part]:
    """The periods of a term from its first to its last day, `rent` fen each. What is left of a period at the end is
    paid by its days, rounded half up; rent that is due once is due at the beginning, whole."""
    if period is RentPeriod.ONCE:
        yield Part(from_on, until_on, rent)
        return
    at, start = 0, from_on
    while start <= until_on:
        at += MONTHS[period]
        following = months_on(from_on, at)  # counted from the first day: the 31st comes back after a shorter month
        last = following - DAY
        if last <= until_on:
            yield Part(start, last, rent)
        else:
            whole, days = (following - start).days, (until_on - start).days + 1
            yield Part(start, until_on, (2 * rent * days + whole) // (2 * whole))
        start = following


def longer_than(from_on: date, until_on: date, years: int) -> bool:
    """Whether a term is longer than so many years."""
    return until_on >= months_on(from_on, 12 * years)
