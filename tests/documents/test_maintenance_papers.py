"""The month of a compound on one sheet, and the safety file of a lift with all that the law wants kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from services.desk.desk import Desk
from services.documents.verify import inspect
from services.documents.work_calendar import cut
from tests.documents.sample import pages
from tests.services.people import Office
from tests.services.working import MONDAY, at, do, opened, report

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def planned(office: Office, day: date, title: str, hour: int = 9) -> None:
    order = report(office, title=title)
    do(office, "accept", order)
    begins = datetime.combine(day, time(hour)).astimezone()
    do(office, "assign", order, planned_from=begins, planned_until=begins + timedelta(hours=1))


@SQLITE
@pytest.mark.parametrize("month", [date(2027, 2, 10), date(2026, 11, 23), date(2026, 12, 1)], ids=["4", "6", "5"])
def test_a_month_is_one_sheet_however_much_is_planned(office: Office, month: date) -> None:
    first = month.replace(day=1)
    for n in range(9):
        planned(office, first + timedelta(days=14), f"第{n}次给水管道检修和阀门更换", 8 + n)
    planned(office, first, "月初巡查")
    planned(office, first, "月初巡查")
    planned(office, first - timedelta(days=1), "上月的事")
    asked = {"compound_id": office.compound, "month": month, "on": MONDAY.date()}
    data = office.desk.ask("work_orders.calendar_paper", **asked)
    (sheet,) = pages(data)
    assert f"建设路大院派工月历（{first.year}年{first.month}月）" in sheet and "本月 11 件" in sheet
    assert "09:00 月初巡查 ×2" in sheet and "08:00 第0次" in sheet and "另 " in sheet
    assert "上月的事" not in sheet
    assert inspect(data).intact
    assert data == office.desk.ask("work_orders.calendar_paper", **asked), "the same twice"


def test_a_line_of_the_calendar_is_cut_by_its_width_on_paper() -> None:
    assert cut("abc", 3) == "abc" and cut("给水管道", 8) == "给水管道"
    assert cut("给水管道检修", 8) == "给水管…"


@SQLITE
def test_the_file_of_a_lift_has_the_five_parts_of_the_law(office: Office) -> None:
    """特种设备安全法 art. 35."""
    lift = office.asset("1号客梯", class_code="A02051227", number="DT1", model="GPS-III", serial="SN77")
    other = office.asset("2号客梯", class_code="A02051227", number="DT2")
    here = {"compound_id": office.compound}
    given = {"inspected_on": date(2026, 6, 9), "valid_until": date(2027, 6, 9), "rule": "lift_inspection"}
    office.add("inspections", number="T-2026-1", asset_id=lift, issuer="特检院", **given, **here)
    office.add("inspections", number="T-2026-2", asset_id=other, issuer="特检院", **given, **here)
    meter = office.add("meters", name="运行次数", kind="cycles", asset_id=lift, **here)
    office.add("meter_readings", meter_id=meter, on=date(2026, 11, 1), value=12_345_500, **here)
    office.add("maintenance_plans", rule="lift_daily", asset_id=lift, starts_on=date(2026, 11, 20), **here)
    replace(office, desk=at(office.desk, MONDAY - timedelta(days=3))).desk.do(
        "maintenance_plans.generate", until=date(2026, 11, 22)
    )
    fault = report(office, title="困人", asset_id=lift, trade="other", down_from=MONDAY - timedelta(minutes=95),
                   down_until=MONDAY, kind="emergency", reported_at=MONDAY - timedelta(minutes=95))  # fmt: skip
    for step in ("accept", "assign", "begin"):
        do(office, step, fault)
    do(office, "finish", fault, result="更换门锁触点", cause="门锁接触不良")
    asked = {"asset_id": lift, "on": MONDAY.date()}
    data = office.desk.ask("maintenance_plans.equipment_file", **asked)
    text = "".join(pages(data))
    for words in ("特种设备安全技术档案", "GPS-III", "SN77", "一、设计文件", "二、定期检验", "T-2026-1", "特检院",
                  "合格", "三、日常维护保养", "电梯日管控", "未完成", "四、日常使用状况", "12345.5",
                  "五、运行故障和事故", "困人", "门锁接触不良", "更换门锁触点", "1 小时 35 分",
                  "第三十五条"):  # fmt: skip
        assert words in text, words
    assert "T-2026-2" not in text
    assert inspect(data).intact
    assert office.desk.ask("maintenance_plans.equipment_file", asset_id=other, on=date(2020, 1, 1)), "nothing yet"
