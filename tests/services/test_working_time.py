"""Working time: counted between instants and forward from one, over weekends, holidays and worked weekends."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.work_rules import DayKind
from services.working_time import Calendar, Stretch, minute_of

WEEK = [Stretch(day, *part) for day in range(1, 6) for part in ((510, 720), (810, 1080))]  # 8:30–12:00, 13:30–18:00
DAYS = {date(2026, 10, n): DayKind.HOLIDAY for n in range(1, 8)} | {date(2026, 10, 10): DayKind.WORKING}
OFFICE = Calendar(WEEK, DAYS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


minutes_of_autumn = st.integers(0, 60 * 24 * 60)


def _instant(minute: int) -> datetime:
    return at("2026-09-01 00:00") + timedelta(minutes=minute)


instants = minutes_of_autumn.map(_instant)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-09-14 09:00", 120, "2026-09-14 11:00"),
        ("2026-09-14 11:00", 120, "2026-09-14 14:30"),  # over lunch
        ("2026-09-14 17:30", 60, "2026-09-15 09:00"),  # over the night
        ("2026-09-18 17:00", 120, "2026-09-21 09:30"),  # over the weekend
        ("2026-09-30 17:00", 120, "2026-10-08 09:30"),  # over the holiday
        ("2026-10-09 17:30", 60, "2026-10-10 09:00"),  # a Saturday that is worked
        ("2026-09-19 10:00", 0, "2026-09-21 08:30"),  # reported on a Saturday: the first minute of Monday
    ],
)
def test_so_many_minutes_of_work_later(start: str, minutes: int, end: str) -> None:
    assert OFFICE.after(at(start), minutes) == at(end)


@given(instants, st.integers(1, 5000))
def test_what_is_counted_forward_is_counted_back(start: datetime, minutes: int) -> None:
    end = OFFICE.after(start, minutes)
    assert end is not None
    assert OFFICE.between(start, end) == minutes
    assert OFFICE.between(start, end - timedelta(minutes=1)) == minutes - 1


@given(instants, instants, instants)
def test_stretches_add_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    assert OFFICE.between(first, middle) + OFFICE.between(middle, last) == OFFICE.between(first, last)
    assert OFFICE.between(last, first) == 0 or first == last


def test_an_office_that_never_works_has_no_deadline() -> None:
    assert Calendar([]).after(at("2026-09-14 09:00"), 1) is None


def test_hours_change_from_a_day_on() -> None:
    summer = Calendar([Stretch(1, 540, 1020, date.min, date(2026, 9, 20)), Stretch(1, 600, 1080, date(2026, 9, 21))])
    assert summer.of(date(2026, 9, 14)) == [(540, 1020)]
    assert summer.of(date(2026, 9, 21)) == [(600, 1080)]


@pytest.mark.parametrize("text", ["8:30", "24:01", "08:60", "ab:cd", "0830", "", "-1:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        minute_of(text)


def test_midnight_ends_a_day() -> None:
    assert (minute_of("00:00"), minute_of("24:00")) == (0, 1440)
