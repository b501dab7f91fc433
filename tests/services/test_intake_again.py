"""Registers that come in once more: corrected, in part, emptied, from the refused rows; nothing is lost or doubled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from services import exports, intake
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.intent import Grant
from services.desk.listing import View
from services.intake import Report
from services.journal import take_back as undo
from tests.services.people import Office, found

HEAD = "编号,名称,原值,使用人,楼栋,取得方式"


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def csv(folder: Path, *rows: str, head: str = HEAD) -> Path:
    place = folder / "register.csv"
    place.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return place


def take(office: Office, file: Path, **options: Any) -> Report:
    values: dict[str, Any] = {"kind": "assets", "compound_id": office.compound} | options
    return intake.run(office.desk, file=str(file), **values)


def counts(report: Report) -> tuple[int, ...]:
    return report.new, report.unchanged, report.changed, report.refused


def row(office: Office, number: str) -> dict[str, Any]:
    return next(r for r in office.desk.first(View("assets"), 99) if r["number"] == number)


def test_refused_rows_come_in_again_with_the_unit_that_stood_above_the_table(office: Office, tmp_path: Path) -> None:
    head = ["序号", "编号", "名称", "原值", "取得日期"]
    place = tmp_path / "年.xlsx"
    with xlsxwriter.Workbook(str(place)) as book:
        for month, number in (("一月", "A1"), ("二月", "A2")):
            sheet = book.add_worksheet(month)
            for y, cells in enumerate((["单位：万元"], head, ["1", number, "桌", 20, f"坏日期{month}"])):
                sheet.write_row(y, 0, cells)
    report = take(office, place)
    assert counts(report) == (0, 0, 0, 2)
    again = tmp_path / "refused.csv"
    exports.write_refused(report, again, "zh_CN")
    lines = again.read_text("utf-8-sig").splitlines()
    assert lines[0] == "序号,编号,名称,原值（万元）,取得日期,拒绝原因"
    assert "坏日期一月" in lines[1].split(",")[5] and "二月" not in lines[1], "each row with its own reason"
    again.write_text(
        "\n".join(lines).replace("坏日期一月,", "2020-01-01,").replace("坏日期二月,", "2020-01-02,"), "utf-8"
    )
    assert counts(take(office, again)) == (2, 0, 0, 0)
    assert (row(office, "A1")["cost"], row(office, "A1")["extra"]) == (20_000_000, None)


def test_months_with_other_units_or_other_columns_are_not_read_as_one(office: Office, tmp_path: Path) -> None:
    place, head = tmp_path / "年.xlsx", ["编号", "名称", "原值"]
    sheets = {
        "一月": [["单位：元"], head, ["A1", "桌", 1]], "二月": [["单位：万元"], head, ["A2", "椅", 1]],
        "三月": [["单位：元"], [*head, "甲方"], ["A3", "柜", 1, "甲"]],
        "四月": [["单位：元"], [*head, "乙方"], ["A4", "灯", 1, "乙"]],
    }  # fmt: skip
    with xlsxwriter.Workbook(str(place)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for y, cells in enumerate(rows):
                sheet.write_row(y, 0, cells)
    report = take(office, place)
    assert (report.sheets, report.others) == (["一月", "三月"], {"二月": 3, "四月": 3})
    assert row(office, "A3")["extra"] == {"甲方": "甲"}


def test_a_row_of_a_compound_nobody_knows_is_refused_and_not_put_elsewhere(office: Office, tmp_path: Path) -> None:
    report = take(office, csv(tmp_path, "A1,桌,张家院", "A2,椅,", head="编号,名称,所属大院"))
    assert counts(report) == (1, 0, 0, 1)


def test_a_column_of_a_name_used_three_times_is_never_lost(office: Office, tmp_path: Path) -> None:
    take(office, csv(tmp_path, "A1,桌,n1,n2,n3", head="编号,名称,备注,备注,备注"))
    found = row(office, "A1")
    assert found["note"] == "n1" and sorted(found["extra"].values()) == ["n2", "n3"]


def test_what_was_left_out_the_first_time_can_be_taken_later(office: Office, tmp_path: Path) -> None:
    take(office, csv(tmp_path, "A1,桌,5,,,"))
    corrected = csv(tmp_path, "A1,会议桌,7,,,")
    assert counts(take(office, corrected, only=["cost"])) == (0, 0, 1, 0)
    assert counts(take(office, corrected)) == (0, 0, 1, 0)
    assert (row(office, "A1")["name"], row(office, "A1")["cost"]) == ("会议桌", 700)
    emptied = csv(tmp_path, "A1,会议桌,,,,")
    assert counts(take(office, emptied)) == (0, 1, 0, 0)
    assert counts(take(office, emptied, blank=True)) == (0, 0, 1, 0)
    assert row(office, "A1")["cost"] is None


def test_one_field_alone_changes_with_the_words_that_stand_for_it(office: Office, tmp_path: Path) -> None:
    take(office, csv(tmp_path, "A1,桌,5,李秀英,1号楼,购置"))
    unknown = csv(tmp_path, "A1,柜,5,外聘小陈,九号楼,购置")
    take(office, unknown, only=["keeper"])
    found = row(office, "A1")
    assert (found["name"], found["keeper_id"], found["keeper_text"]) == ("桌", None, "外聘小陈")
    assert found["building_id"] is not None
    take(office, unknown, only=["building_id"])
    found = row(office, "A1")
    assert (found["building_id"], found["place_text"]) == (None, "九号楼")
    with pytest.raises(Invalid, match="keeper"):
        take(office, unknown, only=["colour"])


def test_emptying_takes_the_words_too_and_leaves_what_only_could_not_be_read(office: Office, tmp_path: Path) -> None:
    take(office, csv(tmp_path, "A1,桌,5,外聘小陈,九号楼,购置"))
    take(office, csv(tmp_path, "A1,桌,5,,,怪"), blank=True)
    found = row(office, "A1")
    assert (found["keeper_text"], found["acquisition"].value) == (None, "purchase")


def test_one_row_out_of_reach_is_refused_alone(office: Office, tmp_path: Path) -> None:
    office.add("assets", compound_id=office.elsewhere, number="A1", name="there")
    clerk = replace(office, desk=replace(office.desk, grants=(Grant(("*",), frozenset({office.compound})),)))
    rows = ("A1,桌,", "A2,椅,西湖里宿舍", "A3,柜,")
    report = take(clerk, csv(tmp_path, *rows, head="编号,名称,所属大院"))
    assert counts(report) == (1, 0, 0, 2)


def test_a_provisional_number_in_the_file_is_not_given_out_again(office: Office, tmp_path: Path) -> None:
    take(office, csv(tmp_path, ",一,,,,"))
    first = office.desk.first(View("assets"), 9)[0]["number"]
    prefix = first.rsplit("-", 2)[0]
    from services.desk.numbers import written

    report = take(office, csv(tmp_path, f"{written(prefix, 2)},二,,,,", ",三,,,,"))
    assert counts(report) == (2, 0, 0, 0)
    assert len({r["number"] for r in office.desk.first(View("assets"), 9)}) == 3


def test_long_names_that_begin_alike_are_made_two_places(office: Office, tmp_path: Path) -> None:
    long = "某某市机关事务管理局后勤服务中心" * 3
    report = take(office, csv(tmp_path, f"A1,桌,,,{long}一,", f"A2,椅,,,{long}二,"), create=True)
    assert (counts(report), report.created["building"]) == ((2, 0, 0, 0), 2)


def test_a_correction_of_no_cell_is_refused_and_a_corrected_repeat_is_not_a_repeat(
    office: Office, tmp_path: Path
) -> None:
    file = csv(tmp_path, "A1,桌,5,,,", "A1,桌,5,,,")
    for name in ("j!B2", "B99", "ZZ2"):
        with pytest.raises(Invalid, match="no cell"):
            take(office, file, corrections={name: "x"})
    assert counts(take(office, file, corrections={"register!A3": "A2"})) == (2, 0, 0, 0)


@pytest.mark.parametrize("what", ["removed", "issued"])
def test_a_register_is_not_taken_back_over_what_happened_to_the_place_or_the_note(
    office: Office, tmp_path: Path, what: str
) -> None:
    spare = office.add("staff", compound_id=office.compound, number="P9", name="赵甲")
    take(office, csv(tmp_path, "A1,桌,5,赵甲,,"))
    operation = office.desk.do(
        "imports.take_in", file=str(csv(tmp_path, "A1,桌,5,李秀英,,")), kind="assets", compound_id=office.compound
    ).operation
    if what == "removed":
        office.desk.do("staff.remove", staff_id=spare)
    else:
        asset = row(office, "A1")["id"]
        note = office.desk.do("handovers.draft", asset_ids=[asset], to_staff_id=office.taker).value
        office.desk.do("handovers.issue", handover_id=note)
    with pytest.raises(Conflict):
        office.desk.do(undo, operation=str(operation))


def test_a_profile_that_fits_no_longer_stands_in_nobodys_way(office: Office, tmp_path: Path) -> None:
    content = '{"kind": "assets", "columns": {"编号": "number", "名称": "name", "原值": "cost", "备注 (2)": "note"}}'
    office.desk.do("import_profiles.add", name="旧", kind="assets", content=content)
    report = take(office, csv(tmp_path, "A1,桌,5,n", head="编号,名称,原值,备注"))
    assert (report.profile, counts(report)) == ("", (1, 0, 0, 0))
    with pytest.raises(Invalid, match="columns"):
        office.desk.do(
            "import_profiles.add", name="新", kind="assets", content='{"kind": "assets", "columns": {"a": "colour"}}'
        )
