"""A header of several lines is read alike in every format, and a row of words below one is never taken for its part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.imports.cells import Sheet
from services.imports.headers import find_header
from services.imports.sheet import find_table
from tests.imports.paper import Page, meant, read

FORM = Page(
    [
        ["某局固定资产登记表", *[""] * 8],
        ["序号", "资产编号", "资产名称", "金额（万元）", "", "使用情况", "", "", "备注"],
        ["", "", "", "原值", "净值", "部门", "保管人", "地点", ""],
        [1, "ZC-1", "空调机", 0.5, 0.25, "办公室", "李秀英", "302室", "好"],
        [2, "ZC-2", "办公桌", 0.1, 0.05, "财务处", "王建国", "", ""],
    ],
    ["A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:H2", "I2:I3"],
)
DEEP = Page(
    [
        ["资产编号", "资产名称", "价值信息", "", "", "存放情况", ""],
        ["", "", "账面（万元）", "", "供应商", "楼栋", "房间"],
        ["", "", "原值", "净值", "", "", ""],
        ["ZC-1", "空调机", 0.5, 0.25, "甲公司", "1号楼", "302"],
    ],
    ["A1:A3", "B1:B3", "C1:E1", "C2:D2", "E2:E3", "F1:G1", "F2:F3", "G2:G3"],
)
ALL = pytest.mark.parametrize("format", ["xlsx", "xls", "ods", "csv"])
MERGED = pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])


@ALL
def test_two_lines_and_a_unit_in_the_wider_name(tmp_path: Path, format: str) -> None:
    register = read(tmp_path / f"a.{format}", FORM)
    assert [column.field for column in register.columns] == [
        "line", "number", "name", "cost", "net_value", "unit", "keeper", "place", "note",
    ]  # fmt: skip
    assert [(row.row, row.values["cost"], row.values["net_value"]) for row in register.rows] == [
        (4, 500_000, 250_000), (5, 100_000, 50_000),
    ]  # fmt: skip


@ALL
def test_three_lines(tmp_path: Path, format: str) -> None:
    register = read(tmp_path / f"a.{format}", DEEP)
    assert list(meant(register).values()) == ["number", "name", "cost", "net_value", "supplier", "building", "room"]
    assert [(row.row, row.values["cost"], row.values["supplier"]) for row in register.rows] == [(4, 500_000, "甲公司")]


@ALL
def test_a_column_without_a_name_is_read_wherever_it_is_first_filled(tmp_path: Path, format: str) -> None:
    rows: list[list[Any]] = [["编号", "名称", "", "原值"], ["A1", "桌", "", 5, "甲"], ["A2", "椅", "红", 4]]
    register = read(tmp_path / f"a.{format}", Page(rows))
    assert [column.header for column in register.columns] == ["编号", "名称", "C", "原值", "E"]
    assert [row.extra for row in register.rows] == [{"E": "甲"}, {"C": "红"}]


@MERGED
def test_a_name_merged_over_two_lines_and_two_columns_stands_above_the_third(tmp_path: Path, format: str) -> None:
    page = Page(
        [
            ["编号", "名称", "账面价值", ""],
            ["", "", "", ""],
            ["", "", "原值", "净值"],
            ["A1", "桌", 5, 4],
        ],
        ["A1:A3", "B1:B3", "C1:D2"],
    )
    register = read(tmp_path / f"a.{format}", page)
    assert [(column.header, column.field) for column in register.columns[2:]] == [
        ("账面价值 › 原值", "cost"), ("账面价值 › 净值", "net_value"),
    ]  # fmt: skip
    assert [row.number for row in register.rows] == ["A1"]


@MERGED
def test_what_stands_below_merged_names_belongs_to_them_though_nobody_knows_it(tmp_path: Path, format: str) -> None:
    page = Page(
        [["编号", "名称", "检查", ""], ["", "", "甲", "乙"], ["A1", "桌", "好", "坏"]], ["A1:A2", "B1:B2", "C1:D1"]
    )
    register = read(tmp_path / f"a.{format}", page)
    assert [column.header for column in register.columns] == ["编号", "名称", "检查 › 甲", "检查 › 乙"]
    assert [row.number for row in register.rows] == ["A1"]


@ALL
@pytest.mark.parametrize("chinese_first", [True, False])
def test_a_line_in_the_other_language_is_a_line_of_the_header(
    tmp_path: Path, format: str, chinese_first: bool
) -> None:  # fmt: skip
    chinese, english = ["资产编号", "资产名称", "原值（万元）", "颜色"], ["Asset No.", "Asset Name", "Cost", "Colour"]
    lines: list[list[Any]] = [chinese, english] if chinese_first else [english, chinese]
    register = read(tmp_path / f"a.{format}", Page([*lines, ["A1", "桌", 1.5, "red"]]))
    assert [column.field for column in register.columns] == ["number", "name", "cost", None]
    assert [(row.number, row.values["cost"]) for row in register.rows] == [("A1", 1_500_000)]


@ALL
def test_a_line_of_units_gives_each_column_its_own(tmp_path: Path, format: str) -> None:
    page = Page([["编号", "名称", "计量单位", "原值", "净值"], ["", "", "", "万元", "元"], ["A1", "桌", "张", 1, 5]])
    register = read(tmp_path / f"a.{format}", page)
    assert [column.unit for column in register.columns[3:]] == ["万元", "元"]
    assert [(row.values["cost"], row.values["net_value"]) for row in register.rows] == [(1_000_000, 500)]


@ALL
@pytest.mark.parametrize("order", [("面积", "建筑", "使用"), ("建筑", "面积", "年份")])
def test_an_area_is_read_in_either_order(tmp_path: Path, format: str, order: tuple[str, str, str]) -> None:
    wide, first, second = order
    page = Page(
        [
            ["楼栋编号", "楼栋名称", wide, "", "备注"],
            ["", "", f"{first}（㎡）", second, ""],
            ["1", "主楼", 12.5, "x", ""],
        ],
        ["C1:D1"],
    )
    register = read(tmp_path / f"a.{format}", page, "buildings")
    found = next(column for column in register.columns if column.field == "area")
    assert (found.letter, found.unit) == ("C", "m²")
    assert [row.values["area"] for row in register.rows] == [1250]


@ALL
def test_pages_repeat_their_title_and_all_lines_of_their_header(tmp_path: Path, format: str) -> None:
    head, body = FORM.rows[:3], FORM.rows[3:]
    page = Page([*head, body[0], ["", "本页小计", "", 0.5], *head, body[1], ["合计"]], FORM.merged)
    register = read(tmp_path / f"a.{format}", page)
    assert [row.row for row in register.rows] == [4, 9]
    assert [(s.row, s.why) for s in register.skipped] == [
        (5, "total"), (6, "title"), (7, "header"), (8, "header"), (10, "total"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        # one wide cell of the header that rows fill with one text each
        Page([["编号", "名称", "", "备注"], ["A1", "办公桌", "", "好"], ["A2", "椅", "", "坏"]], ["B1:C1"]),
        # … or with several, beside columns of their own
        Page([["名称", "存放地点", "", "", ""], ["办公桌", "一号院", "1号楼", "3层", "302室"]], ["B1:E1"]),
        # somebody called 万, below a header of one line
        Page([["姓名", "使用人", "名称"], ["", "万", ""], ["a", "b", "c"]]),
        # a row of one word that is also the name of a field
        Page([["资产编号", "资产名称", "颜色"], ["", "", "型号"], ["A1", "桌", "红"]]),
        Page([["资产编号", "资产名称", "计量单位"], ["", "", "平方米"], ["A1", "地毯", "平方米"]]),
        # an unnamed column beside a named one
        Page([["资产编号", "", "资产名称"], ["A1", "红", ""], ["A2", "蓝", "桌"]]),
        Page([["资产编号", "面积", "", "资产名称"], ["", "A", "B", ""], ["A2", "1", "2", "桌"]]),
        Page([["资产编号", "面积", "", "资产名称"], ["", "-", "（大）", ""], ["A2", "1", "2", "桌"]]),
    ],
)  # fmt: skip
def test_a_row_of_words_is_a_row(tmp_path: Path, page: Page) -> None:
    register = read(tmp_path / "a.xlsx", page)
    assert register.header_row == 1
    assert len(register.rows) == len(page.rows) - 1


NAMES = ("资产编号", "资产名称", "规格型号", "备注", "使用人", "原值", "取得日期", "面积", "颜色", "单价", "", "", "")
SAID = st.one_of(
    st.text("办公桌椅室主楼甲乙丙丁一二三ab 12-（）", max_size=6),
    st.sampled_from(["", "", "", "办公室", "设备科", "元", "万", "平方米", "名称", "型号", "A1", "否", "李秀英", "12"]),
)


@st.composite
def registers(draw: st.DrawFn) -> Sheet:
    """One line of names, rows of words, and perhaps a name that is merged over its neighbours."""
    head = draw(st.permutations(NAMES))[: draw(st.integers(3, 9))]
    rows = draw(st.lists(st.lists(SAID, min_size=len(head), max_size=len(head)), min_size=1, max_size=5))
    merged = [
        ((0, column), (0, column + 1))
        for column in range(len(head) - 1)
        if head[column] and not head[column + 1] and draw(st.booleans())
    ]
    return Sheet("1", [list(head), *rows], merged=merged if all(any(row[:1]) for row in rows) else [])


def _parts(sheet: Sheet, fits: Callable[[str, str], bool]) -> bool:
    """Whether the second line has two different things below every merged name it says something of, and elsewhere
    units or names of fields alone: nobody could tell it from a line of the header."""
    names, line = sheet.rows[0], [cell.strip() for cell in sheet.rows[1]]
    pairs = [(left, right) for (_, left), (_, right) in sheet.merged if line[left] or line[right]]
    beside = {c for c, said in enumerate(line) if said} - {c for pair in pairs for c in pair}
    parted = all(line[left] and line[right] and line[left] != line[right] for left, right in pairs)
    return bool(pairs) and parted and all(fits(names[c], line[c]) for c in beside)


@settings(max_examples=400, deadline=None)
@given(registers())
@example(Sheet("1", [["资产编号", "资产名称", "规格型号", "备注", "使用人", ""], ["", "", "", "", "1", "名称"]]))
@example(Sheet("1", [["资产编号", "资产名称", "颜色", ""], ["", "", "型号", "元"]]))
@example(Sheet("1", [["资产编号", "资产名称", "", "备注"], ["", "1", "楼", "名称"]]))
@example(Sheet("1", [["资产编号", "资产名称", "", "备注"], ["", "1", "名称", "名称"]]))
@example(Sheet("1", [["资产编号", "资产名称", "", "备注"], ["元", "1", "2", ""]], merged=[((0, 1), (0, 2))]))
@example(Sheet("1", [["面积", "规格型号", "颜色", "备注", "使用人"], ["名称", "", "名称", "", ""]]))
@example(
    Sheet(
        "1",
        [["资产编号", "", "规格型号", "", "使用人"], ["1", "", "1", "11", ""]],
        merged=[((0, 0), (0, 1)), ((0, 2), (0, 3))],
    )
)
def test_no_row_of_words_is_taken_for_a_line_of_the_header(sheet: Sheet) -> None:
    header = find_header(sheet, "asset", frozenset())
    names = {"资产编号", "资产名称", "规格型号", "备注", "使用人", "原值", "取得日期"}
    if header is None or len(names.intersection(sheet.rows[0])) < 3:
        return
    rows = [row for row in sheet.rows[1:] if not {"名称", "型号"} <= set(row)]
    if len(rows) < len(sheet.rows) - 1:  # two names of fields in a row may well be a header
        return
    units, plain = {"元", "万", "平方米"}, names - {"原值"}
    if {cell for cell in sheet.rows[1] if cell.strip()} <= units:  # which may well be a line of units
        return
    if _parts(sheet, lambda name, said: said in {"名称", "型号"} or (said in units and name not in plain)):
        return
    assert (header.place, header.depth) == (0, 1)
    table = find_table([sheet], "asset", "x.csv")
    assert len(table.rows) == sum(any(cell.strip() for cell in row) for row in rows)
