"""How a certificate stands on any day: a rule of dates alone, tried on many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.certificate_state import State, last_day, last_passed, next_recheck, standing
from services.rent_schedule import months_on

Y, DAY, STEPS = date, timedelta(days=1), (90, 60, 30)
DAYS = st.dates(Y(2004, 1, 1), Y(2040, 12, 31))
few = settings(max_examples=60, deadline=None)


class Kind(NamedTuple):
    valid_months: int | None = None
    recheck_months: int | None = None
    apply_days: int | None = None


class Paper(NamedTuple):
    issued_on: date
    valid_until: date | None = None
    revoked_on: date | None = None


OPERATION, FOR_EVER, YEARLY = Kind(72, 36, 60), Kind(), Kind(12, None, 30)


def six_years(issued: date) -> Paper:
    return Paper(issued, last_day(issued, 72))


def state(kind: Kind, paper: Paper, on: date, *rechecks: tuple[date, bool]) -> str:
    return standing(kind, paper, rechecks, on, STEPS).state.value


def test_a_paper_of_six_years_as_it_is_printed() -> None:
    assert last_day(Y(2020, 3, 15), 72) == Y(2026, 3, 14)
    assert last_day(Y(2020, 3, 1), 12) == Y(2021, 2, 28)
    assert last_day(Y(2020, 2, 29), 72) == Y(2026, 2, 28), "2026 has no 29 February: the last of the month"
    assert last_day(Y(2020, 2, 29), 48) == Y(2024, 2, 28), "2024 has one: the day before"
    assert last_day(Y(2023, 8, 31), 18) == Y(2025, 2, 28)


def test_a_licence_with_its_re_check_day_by_day() -> None:
    paper = six_years(Y(2020, 3, 15))
    for on, said in (
        (Y(2020, 3, 14), "ahead"), (Y(2020, 3, 15), "valid"), (Y(2022, 12, 13), "valid"), (Y(2022, 12, 14), "due"),
        (Y(2023, 3, 14), "due"), (Y(2023, 3, 15), "recheck"), (Y(2026, 3, 14), "recheck"), (Y(2026, 3, 15), "expired"),
    ):  # fmt: skip
        assert state(OPERATION, paper, on) == said, on
    passed = (Y(2023, 2, 20), True)
    for on, said in (
        (Y(2023, 3, 15), "valid"), (Y(2025, 12, 13), "valid"), (Y(2025, 12, 14), "due"), (Y(2026, 3, 14), "due"),
        (Y(2026, 3, 15), "expired"),
    ):  # fmt: skip
        assert state(OPERATION, paper, on, passed) == said, on


@pytest.mark.parametrize(("left", "step"), [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30)])
def test_the_nearest_of_the_days_warned_of_is_told(left: int, step: int | None) -> None:
    found = standing(YEARLY, Paper(Y(2026, 1, 1), Y(2026, 12, 31)), (), Y(2026, 12, 31) - timedelta(left), STEPS)
    assert found.step == step and found.holds and found.until == Y(2026, 12, 31)


def test_a_re_check_counts_only_where_it_can() -> None:
    paper = six_years(Y(2020, 3, 15))
    late, early, failed = (Y(2024, 5, 1), True), (Y(2022, 1, 10), True), (Y(2023, 3, 1), False)
    assert state(OPERATION, paper, Y(2024, 4, 30), late) == "recheck", "the gap until it came stays a gap"
    assert state(OPERATION, paper, Y(2024, 5, 1), late) == "valid"
    assert state(OPERATION, paper, Y(2023, 3, 15), early) == "recheck", "a year before it could be applied for"
    assert state(OPERATION, paper, Y(2023, 3, 15), failed) == "recheck"
    after = (Y(2026, 4, 1), True)
    assert state(OPERATION, paper, Y(2026, 4, 2), after) == "expired", "what has ended is renewed, not re-checked"
    assert next_recheck(OPERATION, paper, Y(2023, 3, 14)) is None, "the next line is the end itself"


def test_withdrawn_is_withdrawn_whatever_the_paper_says() -> None:
    paper = six_years(Y(2020, 3, 15))._replace(revoked_on=Y(2021, 1, 1))
    assert state(OPERATION, paper, Y(2020, 12, 31)) == "valid"
    assert {state(OPERATION, paper, day) for day in (Y(2021, 1, 1), Y(2023, 6, 1), Y(2030, 1, 1))} == {"revoked"}


@few
@given(DAYS, DAYS)
def test_what_never_ends_holds_from_its_first_day_on(issued: date, on: date) -> None:
    assert state(FOR_EVER, Paper(issued), on) == ("valid" if on >= issued else "ahead")


@few
@given(DAYS, st.integers(1, 120))
@example(Y(2020, 2, 29), 12)
@example(Y(2020, 2, 29), 48)
@example(Y(2023, 1, 31), 1)
def test_the_last_day_is_the_one_before_the_same_day(issued: date, months: int) -> None:
    last = last_day(issued, months)
    assert last < months_on(issued, months) or last.day == (last + DAY - DAY).day != issued.day
    assert (last + DAY).day == issued.day or (last + DAY).day == 1
    assert last_day(issued, months + 1) > last >= issued


@few
@given(DAYS, DAYS, st.lists(st.tuples(DAYS, st.booleans()), max_size=4))
@example(Y(2020, 2, 29), Y(2026, 2, 28), [(Y(2023, 2, 28), True)])
@example(Y(2020, 2, 29), Y(2026, 3, 1), [(Y(2023, 2, 28), True)])
def test_it_holds_exactly_while_everything_it_takes_is_there(
    issued: date, on: date, rechecks: list[tuple[date, bool]]
) -> None:
    """Told in another way: every line of re-check before the day is served, and the day lies within the paper."""
    paper = six_years(issued)
    within = issued <= on <= last_day(issued, 72)
    line = last_day(issued, 36)
    opens = line - timedelta(days=60)
    served = any(passed and opens <= day <= on for day, passed in rechecks) or on <= line
    found = standing(OPERATION, paper, rechecks, on, STEPS)
    assert found.holds == (within and served)
    assert found.holds == (found.state in (State.VALID, State.DUE))
    if found.holds:
        assert found.until is not None and found.until >= on
        assert (found.step is None) == ((found.until - on).days > 90)


@few
@given(DAYS, DAYS, st.lists(st.tuples(DAYS, st.booleans()), max_size=4))
def test_nothing_that_comes_later_changes_how_it_stood(
    issued: date, on: date, rechecks: list[tuple[date, bool]]
) -> None:
    paper = six_years(issued)
    known = [(day, passed) for day, passed in rechecks if day <= on]
    assert standing(OPERATION, paper, rechecks, on, STEPS) == standing(OPERATION, paper, known, on, STEPS)
    revoked = paper._replace(revoked_on=on + DAY)
    assert state(OPERATION, revoked, on, *rechecks) == state(OPERATION, paper, on, *rechecks)


@few
@given(DAYS, DAYS, DAYS)
def test_a_later_re_check_never_brings_the_next_one_nearer(issued: date, one: date, other: date) -> None:
    paper = Paper(issued)
    first, second = sorted((one, other))
    lines = [next_recheck(OPERATION, paper, last_passed([(day, True)], paper, date.max)) for day in (first, second)]
    assert lines[0] is not None and lines[1] is not None and lines[0] <= lines[1]


@few
@given(DAYS, st.integers(0, 4000))
def test_a_day_further_on_it_never_holds_again_by_itself(issued: date, after: int) -> None:
    paper, on = six_years(issued), issued + timedelta(days=after)
    if not standing(OPERATION, paper, (), on, STEPS).holds:
        assert not standing(OPERATION, paper, (), on + DAY, STEPS).holds


def test_what_was_withdrawn_after_its_end_held_until_that_end() -> None:
    paper = Paper(Y(2025, 1, 1), Y(2025, 12, 31), Y(2026, 3, 1))
    assert state(YEARLY, paper, Y(2026, 2, 1)) == "expired"
    found = standing(YEARLY, paper, (), Y(2026, 4, 1), STEPS)
    assert (found.state.value, found.until) == ("revoked", Y(2025, 12, 31))
