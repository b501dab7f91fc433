"""When work comes back: leap days and ends of months, late work and the legal grid, seasons, how often in a year."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.periodic_work import Unit
from services.recurrence import Every, Season, after, fresh_from, grid, season_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
EVERY = st.builds(Every, st.integers(1, 40), st.sampled_from(Unit))
MONTHLY = st.builds(Every, st.integers(1, 40), st.sampled_from([Unit.MONTH, Unit.YEAR]))
OF_YEAR = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))
SEASON = st.builds(Season, OF_YEAR, OF_YEAR)


def year(start: date, every: Every, of: int, season: Season | None = None) -> list[date]:
    return list(grid(start, every, date(of, 1, 1), date(of, 12, 31), season))


def test_the_end_of_a_month_comes_back_after_a_shorter_one() -> None:
    found = year(date(2025, 1, 31), Every(1, Unit.MONTH), 2025)
    assert [day.isoformat()[5:] for day in found[:5]] == ["01-31", "02-28", "03-31", "04-30", "05-31"]


def test_a_leap_day_comes_back_in_the_next_leap_year() -> None:
    found = list(grid(date(2024, 2, 29), Every(1, Unit.YEAR), date(2024, 1, 1), date(2028, 12, 31)))
    assert found == [date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


def test_every_fortnight_of_a_year_as_counted_by_hand() -> None:
    found = year(date(2026, 1, 5), Every(15, Unit.DAY), 2026)
    assert len(found) == 25
    assert [day.isoformat()[5:] for day in (*found[:4], found[-1])] == ["01-05", "01-20", "02-04", "02-19", "12-31"]


def test_pests_are_fought_twice_a_month_in_season_and_not_after() -> None:
    found = year(date(2026, 5, 1), Every(15, Unit.DAY), 2026, season_of("05-01", "10-31"))
    by_month = {month: sum(day.month == month for day in found) for month in range(1, 13)}
    assert all(by_month[month] >= 2 for month in range(5, 11))
    assert not any(by_month[month] for month in (1, 2, 3, 4, 11, 12))


def test_a_season_goes_over_the_new_year() -> None:
    winter = season_of("12-01", "02-29")
    assert winter is not None
    assert winter.holds(date(2026, 1, 15)) and winter.holds(date(2028, 2, 29)) and not winter.holds(date(2026, 3, 1))
    assert after(date(2026, 1, 10), Every(3, Unit.MONTH), winter) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["5-1", "05/01", "13-01", "02-30", "ab-cd"])
def test_what_is_no_day_of_the_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        season_of(text, "12-31")


@given(DAYS, EVERY, DAYS, st.integers(0, 2000), st.none() | SEASON)
def test_a_part_of_the_grid_is_what_the_whole_grid_says_of_it(
    start: date, every: Every, first: date, days: int, season: Season | None
) -> None:
    last = first + timedelta(days=days)
    whole = [day for day in grid(start, every, start, last, season) if day >= first]
    assert list(grid(start, every, first, last, season)) == whole


@given(DAYS, EVERY, st.integers(0, 400))
def test_the_grid_goes_up_and_no_step_is_longer_than_the_interval(start: date, every: Every, days: int) -> None:
    found = list(grid(start, every, start, start + timedelta(days=days)))
    assert found[0] == start
    for at, (one, next_) in enumerate(pairwise(found)):
        assert one < next_ == every.later(start, at + 1)


@given(DAYS, st.sampled_from([(1, 12), (2, 6), (3, 4), (4, 3), (6, 2), (12, 1)]))
def test_so_many_times_in_every_whole_year(start: date, said: tuple[int, int]) -> None:
    months, times = said
    assert len(year(start, Every(months, Unit.MONTH), start.year + 3)) == times


@given(DAYS, MONTHLY, st.integers(0, 60))
def test_the_day_of_the_month_is_that_of_the_first_or_the_last_there_is(start: date, every: Every, times: int) -> None:
    day = every.later(start, times)
    assert day.day == start.day or (day + timedelta(days=1)).day == 1


@given(DAYS, EVERY, st.none() | SEASON)
def test_what_follows_the_day_it_was_done_lies_in_season_and_never_before_the_interval_is_over(
    done: date, every: Every, season: Season | None
) -> None:
    day = after(done, every, season)
    assert day >= every.later(done)
    assert season is None or season.holds(day) or season.first == season.last == (2, 29)


@given(DAYS, EVERY, DAYS)
def test_a_plan_that_begins_brings_one_late_day_at_most(start: date, every: Every, today: date) -> None:
    first = fresh_from(start, every, today)
    assert len([day for day in grid(start, every, first, today) if day < today]) <= 1
