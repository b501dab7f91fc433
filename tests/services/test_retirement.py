"""Retirement: the published table of 2025, and what may be chosen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.staff import RetirementGroup as G
from models.staff import Sex
from services.desk.errors import Invalid
from services.rent_schedule import months_on
from services.retirement import age_and_day, group_of, rule_of

TABLE = [  # 《男职工/女职工延迟法定退休年龄对照表》: born, age in years and months, month of retirement
    (G.MEN_60, (1964, 12), (60, 0), (2024, 12)), (G.MEN_60, (1965, 1), (60, 1), (2025, 2)),
    (G.MEN_60, (1965, 4), (60, 1), (2025, 5)), (G.MEN_60, (1965, 5), (60, 2), (2025, 7)),
    (G.MEN_60, (1965, 12), (60, 3), (2026, 3)), (G.MEN_60, (1970, 1), (61, 4), (2031, 5)),
    (G.MEN_60, (1976, 8), (62, 11), (2039, 7)), (G.MEN_60, (1976, 9), (63, 0), (2039, 9)),
    (G.MEN_60, (1990, 6), (63, 0), (2053, 6)),
    (G.WOMEN_55, (1969, 12), (55, 0), (2024, 12)), (G.WOMEN_55, (1970, 1), (55, 1), (2025, 2)),
    (G.WOMEN_55, (1970, 5), (55, 2), (2025, 7)), (G.WOMEN_55, (1981, 8), (57, 11), (2039, 7)),
    (G.WOMEN_55, (1981, 9), (58, 0), (2039, 9)), (G.WOMEN_55, (1995, 3), (58, 0), (2053, 3)),
    (G.WOMEN_50, (1974, 12), (50, 0), (2024, 12)), (G.WOMEN_50, (1975, 1), (50, 1), (2025, 2)),
    (G.WOMEN_50, (1975, 2), (50, 1), (2025, 3)), (G.WOMEN_50, (1975, 3), (50, 2), (2025, 5)),
    (G.WOMEN_50, (1984, 10), (54, 11), (2039, 9)), (G.WOMEN_50, (1984, 11), (55, 0), (2039, 11)),
    (G.WOMEN_50, (1999, 7), (55, 0), (2054, 7)),
]  # fmt: skip
DAYS = st.dates(date(1940, 1, 1), date(2008, 12, 31))
ORIGINAL = {G.MEN_60: 720, G.WOMEN_55: 660, G.WOMEN_50: 600}
MOST = {G.MEN_60: 36, G.WOMEN_55: 36, G.WOMEN_50: 60}


@pytest.mark.parametrize(("group", "born", "age", "month"), TABLE)
def test_the_published_table(group: G, born: tuple[int, int], age: tuple[int, int], month: tuple[int, int]) -> None:
    found = age_and_day(date(*born, 15), group)
    assert divmod(found.age_months, 12) == age
    assert (found.on.year, found.on.month, found.on.day) == (*month, 15)


@settings(max_examples=200, deadline=None)
@given(DAYS, st.sampled_from(list(G)))
def test_who_is_born_later_retires_later_and_nobody_past_the_last_step(born: date, group: G) -> None:
    found = age_and_day(born, group)
    assert ORIGINAL[group] <= found.age_months <= ORIGINAL[group] + MOST[group]
    month_later = date(born.year + born.month // 12, born.month % 12 + 1, 1)
    assert age_and_day(month_later, group).on > age_and_day(born.replace(day=1), group).on
    assert (found.on.year - born.year) * 12 + found.on.month - born.month == found.age_months


@settings(max_examples=200, deadline=None)
@given(DAYS, st.sampled_from(list(G)), st.integers(-80, 80))
def test_one_may_choose_three_years_either_way_but_not_before_the_original_age(
    born: date, group: G, shift: int
) -> None:
    later = age_and_day(born, group).later
    most = 36 if months_on(born, ORIGINAL[group]) >= date(2025, 1, 1) else 0
    if -min(36, later) <= shift <= most:
        assert age_and_day(born, group, shift).age_months == ORIGINAL[group] + later + shift
    else:
        with pytest.raises(Invalid):
            age_and_day(born, group, shift)


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert age_and_day(date(1970, 10, 31), G.MEN_60).on == date(2032, 4, 30)
    assert age_and_day(date(1968, 2, 29), G.WOMEN_55).on == date(2023, 2, 28)


def test_who_had_reached_the_age_before_2025_had_no_choice() -> None:
    assert age_and_day(date(1965, 1, 1), G.MEN_60, 36).on == date(2028, 2, 1)
    with pytest.raises(Invalid, match="At most 0 months later"):
        age_and_day(date(1964, 12, 31), G.MEN_60, 1)
    with pytest.raises(Invalid):
        age_and_day(date(1974, 12, 31), G.WOMEN_50, 1)
    assert age_and_day(date(1974, 12, 31), G.WOMEN_55, 12).on == date(2032, 3, 31), "her age is reached in 2029"


def test_before_2025_nobody_retired_later() -> None:
    assert age_and_day(date(1970, 1, 1), G.MEN_60, on=date(2024, 12, 31)).on == date(2030, 1, 1)
    assert rule_of(G.MEN_60, date(1970, 1, 1)) == rule_of(G.MEN_60, date(2000, 1, 1)), "before the first rule, that"


def test_a_man_has_one_group_and_a_woman_says_hers() -> None:
    assert group_of(Sex.MALE, None) is G.MEN_60 and group_of(Sex.FEMALE, None) is None and group_of(None, None) is None
    for sex, group in ((Sex.MALE, G.WOMEN_50), (Sex.FEMALE, G.MEN_60)):
        with pytest.raises(Invalid, match="sex"):
            group_of(sex, group)
