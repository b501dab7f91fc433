"""A year of costs entered at once, what is usual among compounds, and the comparison as a file."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cost_entry import Function
from models.role_grant import Role
from services import accounts, cost_sheet
from services.cost_years import medians
from services.costs import CompoundCost
from services.desk.desk import Desk
from services.desk.errors import Invalid, UserError
from services.desk.listing import View
from tests.services.people import Office, found


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def amounts(office: Office) -> dict[str, int]:
    answer: dict[str, int] = office.desk.ask("costs.year", compound_id=office.compound, year=2025)
    return answer


def test_a_whole_year_is_entered_at_once_and_what_is_left_empty_stays(office: Office) -> None:
    year = {"compound_id": office.compound, "year": 2025}
    assert office.desk.do("cost_entries.enter", **year, guards=100, energy=200).value == 2
    office.add("cost_entries", **year, function="repair", amount=5, posts_own=3)
    assert office.desk.do("cost_entries.enter", **year, guards=150, energy=200, repair=None, cleaning=0).value == 2
    assert amounts(office) == {"guards": 150, "energy": 200, "repair": 5, "cleaning": 0}
    rows = office.desk.first(View("cost_entries"), 9)
    assert len({row["number"] for row in rows}) == 4 and {row["posts_own"] for row in rows} == {None, 3}
    assert office.desk.do("cost_entries.enter", **year, guards=150).value == 0


def test_a_year_without_any_amount_or_with_a_negative_one_is_refused(office: Office) -> None:
    year = {"compound_id": office.compound, "year": 2025}
    with pytest.raises(Invalid, match="at least one"):
        office.desk.do("cost_entries.enter", **year)
    with pytest.raises(Invalid):
        office.desk.do("cost_entries.enter", **year, guards=-1)
    with pytest.raises(Invalid):
        office.desk.do("cost_entries.enter", compound_id=office.compound, year=3, guards=1)
    assert amounts(office) == {}


def test_nobody_enters_the_year_of_a_compound_out_of_reach(office: Office) -> None:
    clerk = replace(office.desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.elsewhere))
    with pytest.raises(UserError):
        clerk.do("cost_entries.enter", compound_id=office.compound, year=2025, guards=1)
    assert amounts(office) == {}


def test_a_year_entered_at_once_is_taken_back_at_once(office: Office) -> None:
    year = {"compound_id": office.compound, "year": 2025}
    done = office.desk.do("cost_entries.enter", **year, guards=100, energy=200)
    assert done.touched == {"cost_entry"}
    steps = office.desk.history("cost_entry", office.desk.first(View("cost_entries"), 1)[0]["id"])
    assert [step.cmd for step in steps] == ["cost_entries.enter"]


def cost(total: int, area: int, heads: int | None) -> CompoundCost:
    return CompoundCost(UUID(int=1), "c", "c", "office", area, heads, {Function.GUARDS: total} if total else {})


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**7), st.none() | st.integers(1, 5000)), max_size=9))
def test_the_median_leaves_out_what_is_not_known(known: list[tuple[int, int, int | None]]) -> None:
    every = [cost(*one) for one in known]
    middle, heads = medians(every)
    rates = sorted(r for c in every if c.total and (r := c.per_square_metre) is not None)
    assert (middle is None) == (not rates)
    if middle is not None:
        assert rates[0] <= middle <= rates[-1]
    assert (heads is None) == (not any(c.total and c.heads for c in every))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_comparison_is_written_as_a_file(office: Office, tmp_path: Path, lang: str) -> None:
    office.desk.do("buildings.revise", building_id=office.building, area=500000)
    office.desk.do("cost_entries.enter", compound_id=office.compound, year=2025, guards=50000000)
    for ending, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        out = tmp_path / f"costs.{ending}"
        assert cost_sheet.write(office.desk, 2025, out, lang) == 2
        assert out.read_bytes().startswith(begins)
    with (tmp_path / "costs.csv").open(encoding="utf-8-sig") as file:
        head, first, second = csv.reader(file)
    assert (
        first[:2] == ["JSL", "建设路大院"] and first[head.index({"en": "Guards", "zh_CN": "安保"}[lang])] == "500000.00"
    )
    assert "100.00" in first and second[1] == "西湖里宿舍"
    with pytest.raises(Invalid):
        cost_sheet.write(office.desk, 2025, tmp_path / "costs.txt", lang)
