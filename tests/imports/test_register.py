"""A register comes out of its file row by row, with every row accounted for."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from services.desk.errors import Cancelled, Invalid
from services.imports.register import Register, read_register
from services.imports.rows import Row
from tests.imports import taizhang
from tests.imports.fields import ASSET, BUILDING, ROOM, STAFF


def assets(path: Path, text: str) -> Register:
    """The register in a csv file of this text."""
    path.joinpath("assets.csv").write_text(text, "utf-8")
    return read_register(path / "assets.csv", "assets", ASSET)


@pytest.fixture(scope="module")
def register() -> Register:
    """The Chinese register that lies in tests/data."""
    return read_register(taizhang.FILE, "assets", ASSET)


def numbered(register: Register, number: str) -> Row:
    """The first row with this number."""
    return next(row for row in register.rows if row.number == number)


def test_the_register_is_found_beside_other_sheets_and_under_its_title(register: Register) -> None:
    assert (register.sheets, register.header_row, register.read) == (["固定资产台账"], 3, 120)
    assert register.rows[0].row == 4
    assert [c.field for c in register.columns] == [
        "line", "number", "name", "class_code", "model", "quantity", "measure", "cost", "acquired_on",
        "acquisition", "status", "unit", "keeper", "place", "supplier", "note",
    ]  # fmt: skip
    cost = register.columns[7]
    assert (cost.letter, cost.header, cost.unit, cost.confidence) == ("H", "原值(元)", "元", 1.0)


def test_sums_titles_repeated_headers_and_signatures_are_passed_over(register: Register) -> None:
    assert Counter(passed.why for passed in register.skipped) == {"total": 4, "title": 4, "header": 2, "signature": 1}
    assert not {row.row for row in register.rows} & {passed.row for passed in register.skipped}


def test_only_what_cannot_be_used_is_refused(register: Register) -> None:
    refused = {row.row: row.problems[0] for row in register.rows if row.refused}
    said = {n: (p.column, p.letter, p.value, p.reason.format(**p.places)) for n, p in refused.items()}
    assert said == {
        122: ("取得日期", "I", "去年春天", "“去年春天” is not a date; write it as 2024-06-04"),
        123: ("原值(元)", "H", "约四千", "“约四千” is not a sum of money"),
        124: ("资产名称", "C", "", "there is no name"),
        125: ("资产编号", "B", "GZ-2020-0008", "the number GZ-2020-0008 is used in row 126 for something else"),
        126: ("资产编号", "B", "GZ-2020-0008", "the number GZ-2020-0008 is used in row 125 for something else"),
    }


def test_a_row_is_typed(register: Register) -> None:
    row = numbered(register, "GZ-2020-0001")
    assert row.values == {
        "number": "GZ-2020-0001", "name": "服务器", "class_code": "A02010104", "class_edition": "2022", "model": "R740",
        "quantity": 1, "measure": "台", "cost": 1_268_000, "acquired_on": date(2020, 6, 4), "acquisition": "purchase",
        "status": "in_use", "note": "随单位搬迁", "supplier": "红星商贸",
    }  # fmt: skip
    assert row.texts == {"unit": "服务保障处", "keeper": "周敏", "place": "仓库"}
    assert row.extra == {}


def test_old_editions_formulas_and_rare_characters_come_in_as_they_are(register: Register) -> None:
    assert numbered(register, "GZ-2020-0002").values["name"] == "=cmd|' /C calc'!A0"
    editions = [numbered(register, f"GZ-2020-000{n}").values.get("class_edition") for n in (2, 3, 4)]
    assert editions == ["2010", "1994", None]
    assert "class_code" not in numbered(register, "GZ-2020-0004").values
    assert {"陈𬭎", "欧阳㛃", "𠮷田华"} <= {row.texts["keeper"] for row in register.rows}


def test_an_unknown_choice_or_count_is_kept_as_it_was_written(register: Register) -> None:
    row = numbered(register, "GZ-2020-0010")
    assert not row.refused
    assert (row.extra["数量"], row.extra["使用状况"]) == ("若干", "不清楚")
    assert not {"quantity", "status"} & row.values.keys()
    assert [(p.column, p.refuses) for p in row.problems] == [("数量", False), ("使用状况", False)]


def test_the_same_thing_twice_under_one_number_is_one_thing(register: Register) -> None:
    assert [(r.row, r.same_as, r.refused) for r in register.rows if r.number == "GZ-2020-0009"] == [
        (127, None, False),
        (128, ("", 127), False),
    ]


def test_equal_rows_without_a_number_are_told_apart_by_their_count(register: Register) -> None:
    first, second = (row for row in register.rows if not row.number)
    assert first.source == second.source
    assert (first.ordinal, second.ordinal) == (0, 1)


def test_reading_again_and_another_order_give_the_same_fingerprints(tmp_path: Path, register: Register) -> None:
    rows = [*taizhang.ordinary(106, seed=7), *taizhang.odd(107)]
    random.Random(5).shuffle(rows)
    for line, row in enumerate(rows, 1):
        row[0] = line
    taizhang.write(tmp_path / "shuffled.xlsx", rows)
    shuffled = read_register(tmp_path / "shuffled.xlsx", "assets", ASSET)
    for again in (read_register(taizhang.FILE, "assets", ASSET), shuffled):
        assert sorted((r.source, r.ordinal) for r in again.rows) == sorted((r.source, r.ordinal) for r in register.rows)


def test_the_shipped_copy_is_what_its_maker_makes(tmp_path: Path, register: Register) -> None:
    taizhang.write(tmp_path / "made.xlsx", [*taizhang.ordinary(106, seed=7), *taizhang.odd(107)])
    assert read_register(tmp_path / "made.xlsx", "assets", ASSET).rows == register.rows


@pytest.mark.parametrize(
    "head",
    ["名称,编号,原值（万元）", "名称,编号,原值/万元", "名称,编号,资产原值万元",
     "单位：某局,金额单位：万元,\n名称,编号,原值"],
)  # fmt: skip
def test_the_unit_of_a_sum_stands_in_its_header_or_above_the_table(tmp_path: Path, head: str) -> None:
    found = assets(tmp_path, f"{head}\n服务器,1,1.268\n")
    assert (found.columns[2].unit, found.rows[0].values["cost"]) == ("万元", 1_268_000)


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("Asset No,Name,Qty,Unit,Cost,Department", ["number", "name", "quantity", "measure", "cost", "unit"]),
        ("Asset No,Name,Unit,Quantity,Keeper", ["number", "name", "measure", "quantity", "keeper"]),
        ("Asset No,Name,Qty,Cost,Unit,Dept", ["number", "name", "quantity", "cost", "measure", "unit"]),
        ("Asset No,Name,Qty,Cost,Unit,Keeper", ["number", "name", "quantity", "cost", "unit", "keeper"]),
        ("Asset No,Name,Unit,Keeper", ["number", "name", "unit", "keeper"]),
        ("Asset No,Name,UoM,Qty,Unit", ["number", "name", "measure", "quantity", "unit"]),
        ("Asset No,Name,Unit,Department", ["number", "name", None, "unit"]),
    ],
)
def test_unit_is_what_things_are_counted_in_beside_their_quantity(
    tmp_path: Path, head: str, fields: list[str | None]
) -> None:
    found = assets(tmp_path, head + "\n" + ",".join("ABCDEF"[: len(fields)]) + "\n")
    assert [column.field for column in found.columns] == fields


def test_a_correction_changes_the_fingerprint_and_the_place_of_a_column_does_not(tmp_path: Path) -> None:
    one = assets(tmp_path, "名称,编号,原值\n桌,1,5\n").rows[0]
    moved = assets(tmp_path, "序号,原值,编号,名称\n7, 5 ,1,桌\n").rows[0]
    other = assets(tmp_path, "名称,编号,原值\n桌,1,6\n").rows[0]
    assert one.source == moved.source != other.source


def test_columns_that_are_not_understood_are_never_dropped(tmp_path: Path) -> None:
    found = assets(tmp_path, "名称,编号,名称,颜色,颜色,,状态\n桌,1,书桌,红,蓝,左,F\n")
    assert found.rows[0].extra == {"名称": "书桌", "颜色": "红", "颜色 (2)": "蓝", "F": "左", "状态": "F"}
    assert [c.letter for c in found.columns] == list("ABCDEFG")


def test_text_too_long_for_its_field_is_cut_and_kept_whole_beside(tmp_path: Path) -> None:
    row = assets(tmp_path, f"名称,编号\n{'长' * 130},1\n").rows[0]
    assert (row.values["name"], row.extra["名称"], row.refused) == ("长" * 120, "长" * 130, False)
    assert assets(tmp_path, f"名称,编号\n桌,{'9' * 61}\n").rows[0].refused


def test_empty_rows_and_a_row_that_counts_the_columns_are_no_records(tmp_path: Path) -> None:
    found = assets(tmp_path, "编号,名称,型号\n1,2,3\n,,\nA1,桌,\n\nA2,椅,\n总 计,,\nSubtotal,,\n")
    assert [(r.row, r.number) for r in found.rows] == [(4, "A1"), (6, "A2")]
    assert [(passed.row, passed.why) for passed in found.skipped] == [(2, "header"), (7, "total"), (8, "total")]


def test_a_thing_named_like_a_word_of_the_form_is_still_a_thing(tmp_path: Path) -> None:
    found = assets(
        tmp_path, "填报单位：,办公室,\n使用部门,名称,编号\n办公室,桌,1\n办公室,Total Station,2\n办公室,小计算器,3\n"
    )
    assert [r.values["name"] for r in found.rows] == ["桌", "Total Station", "小计算器"]


def test_rooms_and_staff_are_read_by_the_same_rules(tmp_path: Path) -> None:
    path = tmp_path / "rooms.csv"
    path.write_text(
        "楼栋,房间号,用途,使用面积（㎡）\n1号楼,101,办公室,18.5\n2号楼,101,配电房,9\n2号楼,101,食堂,9\n", "utf-8"
    )
    rooms = read_register(path, "rooms", ROOM).rows
    assert rooms[0].values == {"number": "101", "use": "office", "area": 1850}
    assert (rooms[0].texts, [room.refused for room in rooms]) == ({"building": "1号楼"}, [False, True, True])
    path.write_text("姓名,工号,部门\n陈𬭎,ｇ００１,办公室\n,G002,财务处\n", "utf-8")
    staff = read_register(path, "staff", STAFF).rows
    assert (staff[0].values, staff[0].texts) == ({"name": "陈𬭎", "number": "G001"}, {"unit": "办公室"})
    assert staff[1].refused


def test_buildings_are_read_without_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "buildings.csv"
    text = "大院,楼号,楼栋名称,建筑面积（平方米）,建成年份,权属\n一号院,1,办公楼,1200.55,1985年,自有\n"
    path.write_text(text, "gb18030")
    row = read_register(path, "buildings", BUILDING).rows[0]
    assert row.values == {"code": "1", "name": "办公楼", "area": 120_055, "built_year": 1985, "tenure": "owned"}
    assert row.texts == {"compound": "一号院"}


def test_a_file_without_known_columns_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"no sheet of assets\.csv looks like a register"):
        assets(tmp_path, "春眠不觉晓,处处闻啼鸟\n夜来风雨声,花落知多少\n")


def test_a_person_hears_of_progress_and_can_stop(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    path = tmp_path / "many.csv"
    path.write_text("编号,名称\n" + "".join(f"{n},桌\n" for n in range(2500)), "utf-8")

    def listen(done: int, total: int) -> bool:
        heard.append((done, total))
        return True

    read_register(path, "assets", ASSET, tell=listen)
    assert [h for h in heard if h[1]] == [(0, 2500), (1000, 2500), (2000, 2500)]
    with pytest.raises(Cancelled):
        read_register(path, "assets", ASSET, tell=lambda done, total: done < 1000)
