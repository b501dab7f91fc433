"""Registers of every shape: headers of several lines, merged cells, months, hidden rows; no row is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from services.desk.errors import Invalid
from services.imports.cells import Sheet
from services.imports.headers import find_header
from services.imports.register import Choice, Register, read_register
from services.imports.sheet import find_table
from tests.imports import files
from tests.imports.fields import ASSET, BUILDING

Rows = Sequence[Sequence[Any]]
TWO_LINES: Rows = [
    ["资产编号", "资产名称", "购置情况", "", "", "使用情况", "", "备注"],
    ["", "", "日期", "金额（万元）", "供应商", "部门", "保管人", ""],
]
BODY: Rows = [
    ["A1", "办公桌", "2024.6.4", 1.2, "甲公司", "办公室", "张三", "x"],
    ["A2", "椅子", "2024年6月", 0.3, "", "财务处", "李四", ""],
]


def csv(folder: Path, rows: Rows) -> Path:
    path = folder / "register.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), "utf-8")
    return path


def xlsx(folder: Path, sheets: dict[str, Rows], merged: Iterable[str] = (), hidden: Iterable[int] = ()) -> Path:
    """Sheets of these rows; merged ranges ("A1:B2") and hidden rows (0-based) in every one."""
    path = folder / "register.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for range_ in merged:
                sheet.merge_range(range_, "")
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if cell != "":
                        sheet.write(y, x, cell)
            for line in hidden:
                sheet.set_row(line, None, None, {"hidden": True})
    return path


def read(path: Path, choice: Choice | None = None, fields: Any = ASSET, kind: str = "assets") -> Register:
    return read_register(path, kind, fields, choice)


def mapped(register: Register) -> dict[str, str | None]:
    return {match.header: match.field for match in register.columns}


SPANS = ("A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3", "A1:H1")


@pytest.mark.parametrize("how", ["merged", "csv", "ods"])
def test_a_header_of_two_lines_names_its_columns_together(tmp_path: Path, how: str) -> None:
    rows: Rows = [["某局固定资产登记表", *[""] * 7], *TWO_LINES, *BODY]
    if how == "merged":
        path = xlsx(tmp_path, {"台账": rows}, SPANS)
    elif how == "csv":
        path = csv(tmp_path, rows)
    else:
        path = files.ods(tmp_path / "register.ods", [[str(cell) for cell in row] for row in rows])
    register = read(path)
    assert mapped(register) == {
        "资产编号": "number", "资产名称": "name", "购置情况 › 日期": "acquired_on", "购置情况 › 金额（万元）": "cost",
        "购置情况 › 供应商": "supplier", "使用情况 › 部门": "unit", "使用情况 › 保管人": "keeper", "备注": "note",
    }  # fmt: skip
    assert [(row.row, row.values["cost"]) for row in register.rows] == [(4, 1_200_000), (5, 300_000)]
    assert register.rows[0].values["supplier"] == "甲公司"
    assert register.header_row == 2


def test_a_header_of_three_lines_and_a_line_of_units(tmp_path: Path) -> None:
    rows: Rows = [
        ["编号", "名称", "价值", "", "面积"],
        ["", "", "原值", "净值", ""],
        ["", "", "万元", "万元", "㎡"],
        ["B1", "主楼", 12, 10, 800],
    ]
    register = read(xlsx(tmp_path, {"1": rows}, ("C1:D1",)))
    assert {m.header: (m.field, m.unit) for m in register.columns if m.field in ("cost", "net_value")} == {
        "价值 › 原值（万元）": ("cost", "万元"), "价值 › 净值（万元）": ("net_value", "万元"),
    }  # fmt: skip
    assert [(row.row, row.values["cost"]) for row in register.rows] == [(4, 12_000_000)]


def test_a_wider_name_is_read_in_either_order_and_brings_its_unit(tmp_path: Path) -> None:
    rows: Rows = [["楼栋编号", "楼栋名称", "面积（平方米）", ""], ["", "", "建筑", "备用"], ["1", "主楼", 1200.5, ""]]
    register = read(xlsx(tmp_path, {"1": rows}, ("C1:D1",)), fields=BUILDING, kind="buildings")
    found = next(match for match in register.columns if match.field == "area")
    assert (found.header, found.unit) == ("面积（平方米） › 建筑", "m²")
    assert register.rows[0].values["area"] == 120_050


def test_a_header_in_two_languages_is_one_header(tmp_path: Path) -> None:
    rows: Rows = [["资产编号", "资产名称", "原值"], ["Asset number", "Asset name", "Original value"], ["A1", "桌", 5]]
    register = read(csv(tmp_path, rows))
    assert list(mapped(register).values()) == ["number", "name", "cost"]
    assert [row.number for row in register.rows] == ["A1"]


def test_the_lines_of_a_header_repeated_on_every_page_are_no_records(tmp_path: Path) -> None:
    rows: Rows = [*TWO_LINES, BODY[0], ["", "合计", "", 1.2, "", "", "", ""], *TWO_LINES, BODY[1], ["制表人：", "张三"]]
    register = read(xlsx(tmp_path, {"1": rows}, ("C1:E1", "F1:G1", "C5:E5", "F5:G5")))
    assert [row.number for row in register.rows] == ["A1", "A2"]
    assert [(s.row, s.why) for s in register.skipped] == [(4, "total"), (5, "header"), (6, "header"), (8, "signature")]


WORD = st.text("办公桌椅室主楼甲乙丙丁一二三ab 12", max_size=6)


@settings(max_examples=300, deadline=None)
@given(
    head=st.permutations(["资产编号", "资产名称", "规格型号", "备注", "", ""]),
    rows=st.lists(st.lists(WORD, min_size=6, max_size=6), min_size=1, max_size=5),
)
def test_rows_of_words_below_a_header_of_one_line_are_never_taken_for_more_of_it(
    head: list[str], rows: list[list[str]]
) -> None:
    sheet = Sheet("1", [head, *rows])
    header = find_header(sheet, "asset", frozenset())
    assert header is not None and (header.place, header.depth) == (0, 1)
    table = find_table([sheet], "asset", "x.csv")
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert len(table.rows) + len(table.skipped) == filled


def test_the_months_of_a_year_are_one_register_and_other_sheets_are_named(tmp_path: Path) -> None:
    head = ["资产编号", "资产名称", "原值"]
    sheets: dict[str, Rows] = {
        "1月": [head, ["A1", "桌", 1]], "2月": [["标题", "", ""], head, ["A2", "椅", 2], ["A3", "柜", "约三"]],
        "汇总": [["部门", "件数"], ["办公室", 3]], "房屋": [["楼栋编号", "资产名称", "年份"], ["1", "主楼", 1999]],
    }  # fmt: skip
    register = read(xlsx(tmp_path, sheets))
    assert register.sheets == ["1月", "2月"]
    assert [row.at for row in register.rows] == [("1月", 2), ("2月", 3), ("2月", 4)]
    assert [problem.at for problem in register.rows[2].problems] == [("2月", 4)]
    assert register.others == {"汇总": 2, "房屋": 2}
    one = read(tmp_path / "register.xlsx", Choice(sheets=["2月"]))
    assert ([row.at for row in one.rows], one.sheets) == ([("", 3), ("", 4)], ["2月"])
    with pytest.raises(Invalid, match="other columns"):
        read(tmp_path / "register.xlsx", Choice(sheets=["1月", "房屋"]))
    with pytest.raises(Invalid, match="no sheet 三月"):
        read(tmp_path / "register.xlsx", Choice(sheets=["三月"]))


def test_a_number_in_two_months_for_two_things_is_refused_in_both(tmp_path: Path) -> None:
    head = ["资产编号", "资产名称"]
    register = read(xlsx(tmp_path, {"1月": [head, ["A1", "桌"]], "2月": [head, ["A1", "椅"], ["A2", "柜"]]}))
    assert [(row.at, row.refused) for row in register.rows] == [
        (("1月", 2), True), (("2月", 2), True), (("2月", 3), False),
    ]  # fmt: skip
    assert register.rows[0].problems[0].places["other"] == "2月!2"
    again = read(xlsx(tmp_path, {"1月": [head, ["A1", "桌"]], "2月": [head, ["A1", "桌"]]}))
    assert [row.same_as for row in again.rows] == [None, ("1月", 2)], "what a month repeats is one thing"


def test_merged_cells_say_the_same_of_every_row_but_sums_and_numbers_count_once(tmp_path: Path) -> None:
    rows: Rows = [
        ["资产编号", "资产名称", "原值", "数量", "取得日期", "使用人", "颜色"],
        ["A1", "桌", 900, 3, "2020-01-02", "张三", "白"],
        ["", "椅", "", "", "", "", ""],
        ["", "柜", "", "", "", "", ""],
    ]  # fmt: skip
    columns = "ACDEFG"
    register = read(xlsx(tmp_path, {"1": rows}, [f"{letter}2:{letter}4" for letter in columns]))
    assert [row.number for row in register.rows] == ["A1", "", ""]
    assert [row.values.get("cost") for row in register.rows] == [90_000, None, None]
    assert [row.values.get("quantity") for row in register.rows] == [3, None, None]
    assert {row.values["acquired_on"].isoformat() for row in register.rows} == {"2020-01-02"}
    assert {row.texts["keeper"] for row in register.rows} == {"张三"}
    assert {row.extra["颜色"] for row in register.rows} == {"白"}
    told = register.rows[0].problems
    assert {problem.places["column"] for problem in told} == {"资产编号", "原值", "数量"}
    assert not [problem for row in register.rows for problem in row.problems if problem.refuses]


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    rows: Rows = [["编号", "名称"], ["A1", "桌"], ["A2", "椅"], ["A3", "柜"]]
    register = read(xlsx(tmp_path, {"1": rows}, hidden=[0, 2, 9]))
    assert (len(register.rows), register.hidden) == (3, [("", 3)])


CORRECTED = Choice(corrections={"C2": "4000", "B3": "椅"})


def test_a_cell_is_read_as_somebody_corrected_it_and_the_row_stays_the_same_row(tmp_path: Path) -> None:
    path = csv(tmp_path, [["编号", "名称", "原值"], ["A1", "桌", "约四千"], ["A2", "", "7"]])
    before, after = read(path), read(path, CORRECTED)
    assert [row.refused for row in before.rows] == [True, True]
    assert [row.refused for row in after.rows] == [False, False]
    assert [row.values["cost"] for row in after.rows] == [400_000, 700]
    assert [row.source for row in after.rows] == [row.source for row in before.rows]
    assert [row.corrected for row in after.rows] == [True, True]
    assert after.rows[0].cells[2] == "4000"
    with pytest.raises(Invalid, match="no cell"):
        read(path, Choice(corrections={"C": "1"}))


def test_every_row_of_a_file_is_accounted_for(tmp_path: Path) -> None:
    rows: Rows = [
        ["某局台账", "", ""], *[["编号", "名称", "原值"]], ["1", "2", "3"], ["A1", "桌", 5], ["", "", ""],
        ["小计", "", 5], ["某局台账", "", ""], ["编号", "名称", "原值"], ["A2", "", "x"], ["审核：", "", ""],
    ]  # fmt: skip
    register = read(csv(tmp_path, rows))
    below = [number for number, row in enumerate(rows, 1) if number > register.header_row and any(map(str, row))]
    assert sorted([row.row for row in register.rows] + [skipped.row for skipped in register.skipped]) == below
    assert [row.refused for row in register.rows] == [False, True]


def test_the_first_rows_alone_are_read_alike(tmp_path: Path) -> None:
    rows: Rows = [*TWO_LINES, *[[f"A{n}", "桌", "2020-01-01", n, "甲", "处", f"人{n}", ""] for n in range(1, 900)]]
    texts = [[str(cell) for cell in row] for row in rows]
    for path in (
        xlsx(tmp_path, {"1": rows, "2": rows}, ("A1:A2", "C1:E1", "F1:G1")), csv(tmp_path, rows),
        files.ods(tmp_path / "register.ods", texts),
    ):  # fmt: skip
        whole, short = read(path), read_register(path, "assets", ASSET, short=True)
        assert [m.field for m in short.columns] == [m.field for m in whole.columns]
        per_sheet = len(short.rows) // len(short.sheets)
        assert 200 <= per_sheet < 300 and short.sheets == whole.sheets
        assert [row.values for row in short.rows[:per_sheet]] == [row.values for row in whole.rows[:per_sheet]]


def test_a_second_table_does_not_make_the_rows_of_the_first_vanish(tmp_path: Path) -> None:
    rows: Rows = [
        ["编号", "名称", "原值", "", ""], ["A1", "桌", 1, "", ""], ["A2", "椅", 2, "", ""],
        ["编号", "名称", "原值", "备注", "取得日期"], ["B1", "柜", 3, "x", "2020-01-01"],
    ]  # fmt: skip
    register = read(csv(tmp_path, rows))
    assert [row.number for row in register.rows] == ["B1"]
    assert [(s.row, s.why) for s in register.skipped] == [(1, "above"), (2, "above"), (3, "above")]


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        (
            [["资产编号", "资产名称", "", ""], ["FX-1", "Desk", "oak", "big"], ["FX-2", "Chair", "ash", "low"]],
            ("B1:D1",),
        ),
        ([["资产编号", "资产名称", "计量单位"], ["元", "元", "元"], ["FX-2", "Chair", "把"]], []),
    ],
)
def test_the_first_record_below_a_header_is_never_part_of_it(
    tmp_path: Path, rows: Rows, merged: tuple[str, ...]
) -> None:
    register = read(xlsx(tmp_path, {"1": rows}, merged))
    assert ([row.row for row in register.rows], register.header_row) == ([2, 3], 1)


def test_the_first_rows_come_from_the_sheet_that_is_read(tmp_path: Path) -> None:
    short = [["资产编号", "资产名称"], *[[f"A{n}", "桌"] for n in range(300)]]
    long = [["资产名称", "资产编号"], *[["椅", f"B{n}"] for n in range(600)]]
    path = xlsx(tmp_path, {"甲": short, "乙": long})
    whole, first = read(path), read_register(path, "assets", ASSET, short=True)
    assert whole.sheets == first.sheets == ["甲"] and whole.others == {"乙": 601}


def test_a_long_text_in_utf_16_is_cut_between_characters(tmp_path: Path) -> None:
    path = tmp_path / "上.csv"
    rows = "\n".join(f"ASSET-{n},上海上上上上上上上上" for n in range(60_000))
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        path.write_bytes(f"编号,名称\n{rows}\n".encode(encoding))
        register = read_register(path, "assets", ASSET, short=True)
        assert register.rows[0].values["name"].startswith("上海") and len(register.rows) > 200
