"""The year plan of a compound with lifts, boiler, water tank and fire systems, against dates counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from models.periodic_work import Unit
from services.desk.desk import Desk
from services.documents.verify import inspect
from services.documents.year_plan import month_in_words, often
from services.plan_year import Year
from services.recurrence import Every
from tests.documents.sample import pages
from tests.services.people import Office, found

FIRST = date(2026, 1, 1)
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(replace(desk, clock=lambda: datetime(2026, 1, 1, 1, tzinfo=UTC)))
    lifts = [made.asset(f"{n}号客梯", number=f"DT{n}", class_code="A02051227") for n in (1, 2)]
    boiler = made.asset("热水锅炉", number="GL1", class_code="A02050401")
    firm = made.add("providers", name="永升电梯")
    for thing, number, until, rule in (
        (lifts[0], "T1", date(2026, 6, 9), "lift_inspection"), (lifts[1], "T2", date(2026, 9, 30), "lift_inspection"),
        (boiler, "G1", date(2026, 10, 15), "boiler_external"),
    ):  # fmt: skip
        made.add("inspections", compound_id=made.compound, number=number, rule=rule, asset_id=thing,
                 inspected_on=date(2025, 6, 10), valid_until=until)  # fmt: skip
    for rule, starts, where in (
        ("lift_upkeep", date(2026, 1, 5), {"class_prefix": "A02051227", "provider_id": firm}),
        ("lift_quarter", date(2026, 1, 31), {"class_prefix": "A02051227", "provider_id": firm}),
        ("lift_inspection", date(2026, 1, 5), {"class_prefix": "A02051227"}),
        ("boiler_external", date(2026, 1, 5), {"asset_id": boiler}),
        ("boiler_gauge", date(2026, 3, 1), {"asset_id": boiler}),
        ("tank_cleaning", date(2026, 4, 20), {"building_id": made.building}),
        ("fire_test", date(2026, 5, 10), {}), ("fire_check", date(2026, 2, 28), {}),
        ("extinguisher_look", date(2026, 1, 31), {}), ("pest_season", date(2026, 5, 1), {}),
    ):  # fmt: skip
        _plan(made, rule, starts, **where)
    return made


def _plan(office: Office, rule: str, starts: date, **where: Any) -> UUID:
    return office.add("maintenance_plans", compound_id=office.compound, rule=rule, starts_on=starts, **where)


def said(office: Office, rule: str, on: date = FIRST) -> list[str]:
    year: Year = office.desk.ask("maintenance_plans.year", year=2026, on=on, compound_ids=[office.compound])
    row = next(row for row in year.rows if row.rule == rule)
    return [month_in_words(month, row.things) for month in row.months]


def test_the_dates_are_those_counted_by_hand(office: Office) -> None:
    assert said(office, "lift_upkeep") == [
        "05 20",
        "04 19",
        "06 21",
        "05 20",
        "05 20",
        "04 19",
        "04 19",
        "03 18",
        "02 17",
        "02 17",
        "01 16",
        "01 16 31",
    ]  # fmt: skip — every fifteen days from January 5
    assert said(office, "lift_quarter") == ["31", "", "", "30", "", "", "31", "", "", "31", "", ""]
    assert said(office, "lift_inspection") == ["", "", "", "", "10（1）", "", "", "31（1）", "", "", "", ""], (
        "less 30 days"
    )
    assert said(office, "boiler_external") == ["", "", "", "", "", "", "", "", "15", "", "", ""]
    assert said(office, "boiler_gauge") == ["", "", "01", "", "", "", "", "", "01", "", "", ""]
    assert said(office, "tank_cleaning") == ["", "", "", "20", "", "", "", "", "", "20", "", ""]
    assert said(office, "fire_test") == ["", "", "", "", "10", "", "", "", "", "", "", ""]
    assert said(office, "fire_check") == ["", "28", "", "", "28", "", "", "28", "", "", "28", ""]
    assert said(office, "extinguisher_look") == [
        "31", "28", "31", "30", "31", "30", "31", "31", "30", "31", "30", "31",
    ]  # fmt: skip
    assert said(office, "pest_season") == [
        "", "", "", "", "01 16 31", "15 30", "15 30", "14 29", "13 28", "13 28", "", "",
    ]  # fmt: skip


def test_what_is_done_and_what_is_late_is_marked(office: Office) -> None:
    day = date(2026, 3, 2)
    desk = replace(office.desk, clock=lambda: datetime(2026, 3, 2, 1, tzinfo=UTC))
    desk.do("maintenance_plans.generate", until=day)
    assert said(office, "fire_check", day)[1] == "28!", "nobody looked on the last of February"


def test_the_paper_names_the_law_and_what_nobody_planned(office: Office) -> None:
    asked = {"compound_id": office.compound, "year": 2026, "on": FIRST}
    data = office.desk.ask("maintenance_plans.year_paper", **asked)
    text = "".join(pages(data)).replace("\n", "")
    assert inspect(data).intact and inspect(data).kind == "maintenance_year_plan"
    for once in ("年度法定检验检测与维护保养计划", "建设路大院", "未列入计划的法定项目", "防雷装置", "永升电梯"):
        assert once in text, once
    assert [often(Every(*one)) for one in ((1, Unit.MONTH), (1, Unit.YEAR), (2, Unit.YEAR))] == [
        "每1个月",
        "每年",
        "每2年",
    ]
    assert often(None) == "按表计"
    assert "特种设备安全监察条例第三十一条" in text and "每15日" in text and "每6个月" in text
    assert data == office.desk.ask("maintenance_plans.year_paper", **asked)
