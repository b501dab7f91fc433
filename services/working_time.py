"""Time the office works: how much of it lies between two instants, and when so much of it has passed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from models.work_rules import DayKind

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LONGEST = 3660  # days looked ahead: ten years without an hour of work means that nothing ever ends


class Stretch(NamedTuple):
    """A part of a weekday (1 Monday … 7 Sunday) that is worked, from minute to minute of the day, while it holds.
    Where there are stretches of a higher level on a day, none of a lower one holds."""

    weekday: int
    opens: int
    closes: int
    from_on: date = date.min
    until_on: date | None = None
    level: int = 0


@dataclass(frozen=True)
class Calendar:
    """Stretches by weekday, and days that are not what their weekday says. A weekend that is worked has the hours of
    the first day of the week that has any."""

    stretches: Sequence[Stretch]
    days: Mapping[date, DayKind] = field(default_factory=dict)

    def of(self, day: date) -> list[tuple[int, int]]:
        """The stretches of a day in order, each from minute to minute; none on a day off."""
        kind = self.days.get(day)
        if kind is DayKind.HOLIDAY:
            return []
        holding = [s for s in self.stretches if s.from_on <= day and (s.until_on is None or day <= s.until_on)]
        highest = max((s.level for s in holding), default=0)
        holding = [s for s in holding if s.level == highest]
        found = [s for s in holding if s.weekday == day.isoweekday()]
        if kind is DayKind.WORKING and not found and holding:
            first = min(s.weekday for s in holding)
            found = [s for s in holding if s.weekday == first]
        return _united(sorted((s.opens, s.closes) for s in found))

    def after(self, start: datetime, minutes: int) -> datetime | None:
        """The instant when so many minutes of work have passed since `start`; None: they never do."""
        left = timedelta(minutes=minutes)
        begin = _local(start)
        for opens, closes in self._from(begin):
            opens = max(opens, begin)
            if closes - opens >= left:
                return (opens + left).astimezone()
            left -= max(closes - opens, timedelta())
        return None

    def between(self, start: datetime, end: datetime) -> int:
        """How many whole minutes of work lie between two instants; 0 when the second is not later."""
        begin, until, found = _local(start), _local(end), timedelta()
        for opens, closes in self._from(begin, until.date()):
            found += max(min(closes, until) - max(opens, begin), timedelta())
        return found // MINUTE

    def _from(self, begin: datetime, last: date | None = None) -> Iterator[tuple[datetime, datetime]]:
        day, last = begin.date(), last or begin.date() + timedelta(days=LONGEST)
        while day <= last:
            midnight = datetime.combine(day, time())
            for opens, closes in self.of(day):
                yield midnight + opens * MINUTE, midnight + closes * MINUTE
            day += DAY


def _united(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that overlap put together: an hour is worked once, however often it is said."""
    found = list[tuple[int, int]]()
    for opens, closes in stretches:
        if found and opens <= found[-1][1]:
            found[-1] = found[-1][0], max(closes, found[-1][1])
        else:
            found.append((opens, closes))
    return found


def minute_of(text: str) -> int:
    """The minute of the day “HH:MM” says, 00:00 … 24:00. ValueError: it says none."""
    hours, _, minutes = text.partition(":")
    if not (len(hours) == len(minutes) == 2 and hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60):
        raise ValueError(text)
    found = int(hours) * 60 + int(minutes)
    if found > 24 * 60:
        raise ValueError(text)
    return found


def _local(instant: datetime) -> datetime:
    """Where the machine is, without its zone: the hours of an office are those of its clocks."""
    return instant.astimezone().replace(tzinfo=None)
