"""Working time counted with a pencil, minute by minute, from the shipped holidays read without the program."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta

import resources

MINUTE = timedelta(minutes=1)
STRETCHES = ((time(8, 30), time(12)), (time(13, 30), time(18)))


def days_of() -> dict[date, str]:
    """The shipped holidays and days made up for, read without the program."""
    with resources.path("reference", "public_holidays.csv").open(encoding="utf-8") as file:
        return {date.fromisoformat(row["on"]): row["kind"] for row in csv.DictReader(file)}


DAYS = days_of()


def worked(moment: datetime) -> bool:
    """Whether the office works in the minute that begins now."""
    kind = DAYS.get(moment.date(), "working" if moment.isoweekday() < 6 else "holiday")
    return kind == "working" and any(opens <= moment.time() < closes for opens, closes in STRETCHES)


def passed(start: datetime, minutes: int, *, every: bool) -> datetime:
    """When so many minutes have been worked: minute by minute, as one would with a pencil."""
    while minutes:
        minutes -= every or worked(start)
        start += MINUTE
    return start


def counted(start: datetime, end: datetime, *, every: bool) -> int:
    """The minutes that were worked between two instants."""
    whole = (end - start) // MINUTE
    return whole if every else sum(worked(start + n * MINUTE) for n in range(whole))
