"""Registers taken in: recognised, updated, refused, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import resources
from services import intake
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid
from services.desk.listing import View
from services.desk.trail import compare, verify
from services.intake import Report
from tests.services.people import Office, found

DATA = Path(__file__).parents[1] / "data"
HEAD = ["资产编号", "资产名称", "原值（元）", "取得日期", "使用人", "楼栋", "房间", "颜色"]
ROWS: list[list[Any]] = [
    ["ZC-1", "空调机", "3,299.00", "2020-06-01", "李秀英", "1号楼", "302", "白"],
    ["ZC-2", "办公桌", 1280, "2019.3", "无此人", "9号楼", "", ""],
    ["", "书柜", "", "", "", "", "", "棕"],
]


def book(path: Path, rows: list[list[Any]], head: list[str] = HEAD) -> Path:
    made = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = made.add_worksheet()
    for y, row in enumerate([["某某局固定资产台账"], head, *rows, ["合计", "", 4579]]):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    made.close()
    return path


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def take(office: Office, file: Path, **options: Any) -> Report:
    values: dict[str, Any] = {"kind": "assets", "compound_id": office.compound} | options
    return intake.run(office.desk, file=str(file), **values)


def counts(report: Report) -> tuple[int, ...]:
    return report.read, report.new, report.unchanged, report.changed, report.refused


def rows(office: Office) -> dict[str, dict[str, Any]]:
    return {r["name"]: r for r in office.desk.first(View("assets"), 100)}


def test_a_register_comes_in_with_what_is_known_matched_and_the_rest_kept(office: Office, tmp_path: Path) -> None:
    report = take(office, book(tmp_path / "a.xlsx", ROWS))
    assert counts(report) == (3, 3, 0, 0, 0)
    found = rows(office)
    air = found["空调机"]
    assert (air["cost"], air["acquired_on"].isoformat(), air["keeper"], air["room"]) == (
        329900,
        "2020-06-01",
        "李秀英",
        "302",
    )
    assert air["extra"] == {"颜色": "白"}
    desk = found["办公桌"]
    assert (desk["keeper_id"], desk["keeper_text"], desk["place_text"]) == (None, "无此人", "9号楼")
    assert found["书柜"]["number"].startswith("LS-JGSW-")
    assert report.undecided == 3
    assert verify(office.desk.store) == compare(office.desk.store) == []


def test_the_same_register_again_changes_nothing_even_after_corrections(office: Office, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ROWS)
    take(office, file)
    office.desk.do("assets.revise", asset_id=rows(office)["空调机"]["id"], name="corrected by hand")
    assert counts(take(office, file)) == (3, 0, 3, 0, 0)
    assert "corrected by hand" in rows(office)


def test_a_changed_row_is_written_over_and_an_empty_cell_blanks_nothing(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    changed = [["ZC-1", "柜式空调", "", "", "", "", "", "灰"], *ROWS[1:]]
    assert counts(take(office, book(tmp_path / "b.xlsx", changed))) == (3, 0, 2, 1, 0)
    air = rows(office)["柜式空调"]
    assert (air["cost"], air["keeper"], air["extra"]) == (329900, "李秀英", {"颜色": "灰"})
    assert office.desk.history("asset", air["id"])[-1].fields["x:颜色"] == ["白", "灰"]


def test_equal_rows_without_numbers_are_told_apart_by_their_place(office: Office, tmp_path: Path) -> None:
    same = [["", "椅子", 100, "", "", "", "", ""]] * 3
    assert counts(take(office, book(tmp_path / "a.xlsx", same))) == (3, 3, 0, 0, 0)
    assert counts(take(office, book(tmp_path / "b.xlsx", [*same, same[0]]))) == (4, 1, 3, 0, 0)


def test_refused_rows_say_where_and_why_and_stop_nobody(office: Office, tmp_path: Path) -> None:
    bad = [*ROWS, ["ZC-7", "坏日期", 1, "去年夏天", "", "", "", ""], ["ZC-8", "", 1, "", "", "", "", ""],
           ["ZC-1", "另一台", 5, "", "", "", "", ""]]  # fmt: skip
    report = take(office, book(tmp_path / "a.xlsx", bad))
    assert counts(report) == (6, 2, 0, 0, 4)
    refused = {(p.row, p.letter) for p in report.problems if p.refuses}
    assert (6, "D") in refused
    assert {row for row, _ in refused} == {3, 6, 7, 8}


def test_a_number_held_in_another_compound_is_refused(office: Office, tmp_path: Path) -> None:
    office.add("assets", compound_id=office.elsewhere, name="别处的", number="ZC-1")
    report = take(office, book(tmp_path / "a.xlsx", ROWS))
    assert counts(report) == (3, 2, 0, 0, 1)


def test_a_dry_run_and_a_stop_store_nothing(office: Office, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ROWS)
    assert counts(take(office, file, dry=True)) == (3, 3, 0, 0, 0)
    with pytest.raises(Cancelled):
        intake.run(
            office.desk.having(tell=lambda done, total: False),
            file=str(file), kind="assets", compound_id=office.compound,
        )  # fmt: skip
    assert rows(office) == {}
    assert counts(take(office, file)) == (3, 3, 0, 0, 0)


def test_a_register_that_names_no_compound_needs_one(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="which compound"):
        take(office, book(tmp_path / "a.xlsx", ROWS), compound_id=None)


def test_the_real_buildings_come_in_once(office: Office) -> None:
    profile = str(resources.path("profiles", "gsa.json"))
    file = DATA / "gsa-buildings-2025-06-20.xlsx"
    first = take(office, file, kind="buildings", compound_id=None, profile=profile)
    assert counts(first) == (8645, 8645, 0, 0, 0)
    assert counts(take(office, file, kind="buildings", compound_id=None, profile=profile)) == (
        8645,
        0,
        8645,
        0,
        0,
    )
    view = View("buildings", filters=(("kind", ("land",)),))
    assert office.desk.count(view) == 50
    hit = office.desk.first(View("buildings", search="GA2338"), 1)[0]
    assert (hit["name"], hit["compound"], hit["tenure"].value) == (
        "THOMPSON BRIDGE RD BLDG",
        "GAINESVILLE, GA",
        "leased",
    )
    assert hit["area"] == 165776  # 17,844 sq ft


def test_the_chinese_sample_comes_in(office: Office) -> None:
    report = take(office, resources.path("samples", "zichan-taizhang.xlsx"))
    assert (report.read, report.new, report.refused) == (120, 114, 5)
