"""A register of certificates is taken in: kinds by any of their names, whose they are, what follows from the rules."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services import intake
from services.desk.desk import Desk
from services.desk.listing import View
from services.imports.report import Report
from tests.services.people import Office, found

Y = date
REGISTER = """序号,姓名,身份证号,证书名称,证书编号,发证机关,发证日期,有效期至,复审日期
1,李秀英,110101199003070011,低压电工作业,T1,某市应急局,2023-02-01,2029-01-31,2026-01-20
2,王建国,110101199003070011,保安员证,B2,,2020/5/6,长期,
3,赵磊,110101199003070011,健康证,J3,,2026年3月1日,,
4,孙某,110101199003070011,健康证,J4,,2026-03-01,,
5,赵磊,110101199003070011,飞行执照,F5,,2026-03-01,,
6,赵磊,110101199003070011,司炉工,G6,,2026-03-02,2026-03-01,
"""


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def take(office: Office, folder: Path, text: str = REGISTER, **options: Any) -> Report:
    place = folder / "持证台账.csv"
    place.write_text(text, "utf-8")
    return intake.run(office.desk, file=str(place), kind="certificates", compound_id=office.compound, **options)


def held(office: Office) -> dict[str, dict[str, Any]]:
    return {row["paper_no"]: row for row in office.desk.first(View("certificates"), 99)}


def test_a_register_as_offices_keep_it_comes_in(office: Office, tmp_path: Path) -> None:
    report = take(office, tmp_path)
    rows = held(office)
    assert (report.new, report.refused, set(rows)) == (3, 3, {"T1", "B2", "J3"})
    assert [rows[no]["kind"] for no in ("T1", "B2", "J3")] == ["low_voltage", "guard", "health"]
    assert rows["T1"]["issuer"] == "某市应急局" and rows["B2"]["issuer"] == "设区的市级公安机关"
    assert [rows[no]["valid_until"] for no in ("T1", "B2", "J3")] == [Y(2029, 1, 31), None, Y(2027, 2, 28)]
    assert rows["T1"]["staff_id"] == office.giver and rows["T1"]["number"].startswith("LS-")
    [check] = office.desk.first(View("certificate_rechecks"), 9)
    assert (check["on"], check["passed"], check["certificate_id"]) == (Y(2026, 1, 20), True, rows["T1"]["id"])
    assert "110101199003070011" not in str(rows), "what is personal and no field stays out"


def test_the_same_register_again_changes_nothing_and_nothing_comes_twice(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path)
    again = take(office, tmp_path)
    assert (again.new, again.unchanged) == (0, 3)
    said = "姓名,证书名称,证书编号,发证日期\n李秀英,低压电工证,别的,2023-02-01\n"
    report = take(office, tmp_path, said)
    assert (report.new, report.refused) == (0, 1)
    assert any("already" in str(problem.reason) for problem in report.problems)


def test_what_was_exported_comes_in_again_as_it_is(office: Office, tmp_path: Path) -> None:
    from services import exports

    take(office, tmp_path)
    place = tmp_path / "again.csv"
    exports.write(office.desk, View("certificates"), place, "zh_CN")
    text = place.read_text("utf-8-sig").replace("某市应急局", "某市应急管理局")
    report = take(office, tmp_path, text)
    assert (report.new, report.changed, report.unchanged, report.refused) == (0, 1, 2, 0), report.changes
    assert held(office)["T1"]["issuer"] == "某市应急管理局"


TWICE = """姓名,证书名称,证书编号,发证日期
李秀英,低压电工证,A,2023-02-01
李秀英,低压电工证,B,2023-02-01
王　建 国,保安员证,C,2023-02-01
古丽娜尔•买买提,保安员证,D,2023-02-01
"""


def test_a_person_is_known_however_the_name_is_spread_and_a_row_comes_once(office: Office, tmp_path: Path) -> None:
    office.add("staff", compound_id=office.compound, name="古丽娜尔 ‧ 买买提")
    report = take(office, tmp_path, TWICE)
    assert (set(held(office)), report.refused) == ({"A", "C", "D"}, 1)
    assert "in an earlier row of this register" in str(report.problems[-1].reason)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_long_register_asks_no_more_often_than_a_short_one(office: Office, tmp_path: Path) -> None:
    asked = Counter[str]()

    def note(*facts: Any) -> None:
        asked["all"] += facts[2].lstrip().startswith("SELECT")

    sa.event.listen(office.desk.store.writing, "before_cursor_execute", note)
    people = [f"人{n}" for n in range(60)]
    for name in people:
        office.add("staff", compound_id=office.compound, name=name)
    times = list[int]()
    for names, kind in ((people[:3], "低压电工证"), (people, "保安员证")):
        asked.clear()
        rows = "".join(f"{name},{kind},N{name},2023-02-01\n" for name in names)
        assert take(office, tmp_path, f"姓名,证书名称,证书编号,发证日期\n{rows}").new == len(names)
        times.append(asked["all"])
    assert times[1] <= times[0] + 5, times
