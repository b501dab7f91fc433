"""Balances of the accounting books: taken in from a statement as finance keeps it, understood, taken in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from models.role_grant import Role
from services import accounts
from services.account_arrivals import NO_BOOKS, NOTHING, classed, stated_day
from services.desk.desk import Desk
from services.desk.errors import Invalid, NotAllowed
from services.desk.listing import View
from services.intake import Report, run
from tests.services.people import Office, found

STATEMENT = (
    ("固定资产明细表",),
    ("编制单位：机关事务管理局", "", "2025年12月31日", "", "", "", "金额单位：万元"),
    ("序号", "科目编码", "科目名称", "数量", "原值", "累计折旧", "净值"),
    (1, "1601.01", "房屋及构筑物", 12, 8_650.5, 3_012.25, 5_638.25),
    (2, "1601.02", "固定资产——设备", 2_310, 1_204.3321, 811.1, 393.2321),
    ("", "", "　其中：车辆", 9, 210, 180, 30),
    (3, "1601.04", "图书档案", "", 18.2, "", 18.2),
    (4, "1601.05", "家具、用具、装具及动植物", 4_801, 322, 120.5, 201.5),
    (5, "1601.99", "待清理资产", 3, 0.2, "", 0.2),
    ("", "", "合计", 7_126, 10_195.2321, 3_943.85, 6_251.3821),
    ("制表人：李秀英", "", "", "复核：王建国"),
)


def written(place: Path, rows: tuple[tuple[Any, ...], ...], name: str = "固定资产明细表.xlsx") -> str:
    book = xlsxwriter.Workbook(str(place / name))
    sheet = book.add_worksheet("明细")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return str(place / name)


def rows(desk: Desk) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in desk.first(View("account_balances", sort="number"), 100)}


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def take(office: Office, file: str, **options: Any) -> Report:
    return run(office.desk, file=file, kind="account_balances", compound_id=options.pop("compound_id", None), **options)


def test_a_statement_as_finance_keeps_it_is_understood(office: Office, tmp_path: Path) -> None:
    report = take(office, written(tmp_path, STATEMENT), compound_id=office.compound)
    assert (report.new, report.refused, [skip.why for skip in report.skipped]) == (6, 0, ["total", "signature"])
    found_ = rows(office.desk)
    classes = {name: row["class_code"] for name, row in found_.items()}
    assert classes == {
        "房屋及构筑物": "A01000000", "固定资产——设备": "A02000000", "其中：车辆": "A02030000",
        "图书档案": "A04000000", "家具、用具、装具及动植物": "A05000000", "待清理资产": None,
    }  # fmt: skip
    house = found_["房屋及构筑物"]
    assert (house["on"], house["ledger"], house["account"]) == (date(2025, 12, 31), "finance", "1601.01")
    assert (house["quantity"], house["cost"], house["accumulated"], house["net"]) == (
        12, 86_505_000_00, 30_122_500_00, 56_382_500_00,
    )  # fmt: skip
    assert {row["compound_id"] for row in found_.values()} == {office.compound}
    chosen = found_["待清理资产"]["id"]
    office.desk.do("account_balances.revise", account_balance_id=chosen, class_code="A05010000")
    changed = tuple((*row[:4], 8_700, *row[5:]) if row[1:2] == ("1601.01",) else row for row in STATEMENT)
    again = take(office, written(tmp_path, changed), compound_id=office.compound)
    assert (again.new, again.changed, again.unchanged) == (0, 1, 5)
    assert rows(office.desk)["待清理资产"]["class_code"] == "A05010000", "what somebody chose stays"
    title = (*STATEMENT[1][:2], "2026年1月31日", *STATEMENT[1][3:])
    later = (STATEMENT[0], title, *STATEMENT[2:])
    assert take(office, written(tmp_path, later), compound_id=office.compound).new == 6, "another month is another line"
    assert take(office, written(tmp_path, STATEMENT)).new == 6, "and so is that of the whole office"
    assert sum(row["compound"] is None for row in office.desk.first(View("account_balances"), 100)) == 6


def test_a_statement_of_no_day_or_of_a_day_to_come_stays_out(office: Office, tmp_path: Path) -> None:
    bare = written(tmp_path, STATEMENT[2:])
    report = take(office, bare)
    assert (report.new, report.refused) == (0, 6) and "of which day" in report.problems[0].reason
    ahead = (("2999年1月1日",), *STATEMENT[2:])
    assert take(office, written(tmp_path, ahead)).refused == 6
    named = take(office, written(tmp_path, STATEMENT[2:], "2025-12-31 固定资产.xlsx"))
    assert named.new == 6, "the file may say it"


def test_a_line_of_each_compound_and_what_is_entered_by_hand(office: Office, tmp_path: Path) -> None:
    lines = (
        "大院,账别,日期,资产类别,原值,净值\n建设路大院,总账,2025-12-31,设备,100,60\n没有的院,总账,2025-12-31,设备,1,1\n"
    )
    (tmp_path / "a.csv").write_text(lines, "utf-8")
    report = take(office, str(tmp_path / "a.csv"))
    assert (report.new, report.refused) == (1, 1)
    [row] = office.desk.first(View("account_balances"), 9)
    assert (row["compound"], row["ledger"], row["class_code"]) == ("建设路大院", "head_office", "A02000000")
    add = office.desk.do
    made = add("account_balances.add", on=date(2025, 12, 31), name="车辆", cost=5).value
    assert office.row("account_balances", made)["class_code"] == "A02030000"
    for wrong in ({"on": date(2999, 1, 1), "cost": 1}, {"on": date(2025, 1, 1)}):
        with pytest.raises(Invalid):
            add("account_balances.add", name="车辆", **wrong)
    clerk = replace(office.desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.compound))
    with pytest.raises(NotAllowed):  # the whole office is not his
        clerk.do("account_balances.add", on=date(2025, 12, 31), name="车辆", cost=5)
    assert clerk.count(View("account_balances")) == 2, "but he may look at it"


def test_a_line_that_says_nothing_or_is_of_books_nobody_knows_stays_out(office: Office, tmp_path: Path) -> None:
    def said(text: str) -> list[tuple[int, str]]:
        (tmp_path / "a.csv").write_text(text, "utf-8")
        report = take(office, str(tmp_path / "a.csv"))
        assert report.refused == len({problem.row for problem in report.problems if problem.refuses})
        return [(p.row, p.reason) for p in report.problems if p.refuses]

    assert take(office, str(_csv(tmp_path, "日期,资产类别,原值\n2025-12-31,设备,7\n"))).new == 1
    assert said("账别,日期,资产类别,原值\n小账,2025-12-31,设备,5\n") == [(2, NO_BOOKS)]
    assert said("日期,资产类别,数量,原值\n2025-12-31,车辆,,\n2025-12-31,家具,很多,\n2025-12-31,设备,3,7\n") == [
        (2, NOTHING), (3, NOTHING)
    ]  # fmt: skip
    [(row, reason)] = said("日期,资产类别,原值\n2025-13-31,设备,5\n")
    assert row == 2 and "is not a date" in reason, "one sentence, about the cell that is wrong"
    [found_] = office.desk.first(View("account_balances"), 9)
    assert (found_["cost"], found_["quantity"]) == (700, 3), "finance's line is finance's"


def _csv(place: Path, text: str) -> Path:
    (place / "b.csv").write_text(text, "utf-8")
    return place / "b.csv"


def test_names_and_days_are_told_in_the_ways_people_write_them() -> None:
    known = {"A01010000": "房屋", "A02000000": "设备", "A02010000": "信息化设备", "A03000000": "文物和陈列品"}
    said = {"A02": "A02000000", "a0201 信息化": "A02010000", "1601.03 文物及陈列品": "A03000000", "房 屋": "A01010000",
            "其中：设备": "A02000000", "固定资产": None, "": None, "A99": None}  # fmt: skip
    assert {name: classed(name, known) for name in said} == said
    assert stated_day(["截止日期：2025-12-31"]) == date(2025, 12, 31)
    assert stated_day(["固定资产汇总", "二、2024年2月"]) == date(2024, 2, 29)
    assert stated_day(["2023年度固定资产"]) == date(2023, 12, 31)
    assert stated_day(["2023年13月", "表2"]) is None
