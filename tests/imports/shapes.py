"""Writes the registers that recall is measured on, each in its own shape and format. Names are invented."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from tests.imports import files

ROWS = 6
_VALUES: dict[str, tuple[Any, ...]] = {
    "name": ("台式计算机", "办公桌", "空调机", "文件柜", "复印机", "投影仪"), "class_text": ("通用设备", "家具用具"),
    "class_code": ("2010105", "711", "5010201", "324"), "brand": ("联想", "格力"),
    "model": ("M435", "KFR-35GW"), "quantity": (1, 2), "measure": ("台", "张"),
    "cost": (4980.5, 1350, 12680), "net_value": (980.25, 100),
    "acquired_on": ("2012-06-04", "2015年3月", "2009.12.1"), "acquisition": ("购置", "调拨"),
    "status": ("在用", "闲置"), "place": ("2号楼301室", "仓库"), "unit": ("财务处", "办公室"),
    "keeper": ("李秀英", "王建国"), "use": ("办公室", "会议室"), "building": ("1号楼",), "floor": ("3", "4"),
    "area": (1200.5, 18.4), "floors": (6, 4), "built_year": (1985, 2003),
    "address": ("人民路1号", "解放路20号"), "kind": ("办公楼", "土地"), "tenure": ("自有", "租用"),
    "state": ("在用", "闲置"), "compound": ("一号院", "东院"), "parent": ("市机关事务管理局",),
}  # fmt: skip


class Named(NamedTuple):
    """A column: what it is ("" for nothing we know), how this office calls it, the group it stands under."""

    field: str
    word: str
    group: int = 0


class Table(NamedTuple):
    """A register before it is written down. `place`: which of its files; `below`: words for lines below others."""

    columns: list[Named]
    rows: list[list[Any]]
    below: dict[str, list[str]]
    place: int

    @property
    def header(self) -> list[str]:
        return [named.word for named in self.columns]


def filled(columns: list[Named], below: dict[str, list[str]], place: int, dice: random.Random) -> Table:
    """The table with rows that suit its columns."""
    rows = [[_cell(named.field, row, dice) for named in columns] for row in range(1, ROWS + 1)]
    return Table(columns, rows, below, place)


def _cell(field: str, row: int, dice: random.Random) -> Any:
    if field == "line":
        return row
    if field in ("number", "code", "room"):
        return f"{dice.choice('ABG')}{row:03d}"
    if field in _VALUES:
        return dice.choice(_VALUES[field])
    return dice.choice(("", "甲", 12)) if not field else f"{field[:1]}{row}"


def measured(table: Table, field: str, units: Sequence[str]) -> list[str]:
    """The header, with its unit behind one of the names; a name that has brackets keeps them."""
    unit = units[table.place % len(units)]
    return [named.word + unit if named.field == field else named.word for named in table.columns]


def two_lines(folder: Path, table: Table) -> Path:
    """Wider names merged over the narrower ones below, which are shorter every other time; sums in 万元."""
    path = folder / "two.xlsx"
    titles, at, lower = ("about", "bought", "value", "used"), table.place, list[str]()
    for named in table.columns:
        short = table.below.get(f"{titles[named.group]}.{named.field}") if named.group < len(titles) else None
        lower.append(short[at % len(short)] if short and at % 2 else named.word)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, centred = book.add_worksheet("登记表"), book.add_format({"align": "center"})
        sheet.merge_range(0, 0, 0, len(lower) - 1, "固定资产登记表", centred)
        sheet.write(1, 0, "填报单位：市机关事务管理局　　金额单位：万元")
        groups = [named.group for named in table.columns]
        for group in sorted(set(groups)):
            first, count = groups.index(group), groups.count(group)
            if group >= len(titles):
                sheet.merge_range(2, first, 3, first, lower[first], centred)
                continue
            words = table.below[titles[group]]
            sheet.merge_range(2, first, 2, first + count - 1, words[at % len(words)], centred)
            sheet.write_row(3, first, lower[first : first + count])
        for line, row in enumerate(table.rows, 4):
            sheet.write_row(line, 0, row)
    return path


def ledger(folder: Path, table: Table) -> Path:
    """A title and ㎡ in the header or above it."""
    header = measured(table, "area", ("（㎡）", "(平方米)", "", "（m²）"))
    return _book(folder, "ledger.xlsx", [["房屋台账"], ["填报单位：某局", "", "面积单位：平方米"], header, *table.rows])


def merged_down(folder: Path, table: Table) -> Path:
    """The building is one cell for all its rooms."""
    path, header = folder / "rooms.xlsx", measured(table, "area", ("(㎡)", "（平方米）", "㎡"))
    column = [named.field for named in table.columns].index("building")
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, plain = book.add_worksheet("房间"), book.add_format()
        sheet.write(0, 0, "办公用房清单")
        sheet.write_row(1, 0, header)
        for line, row in enumerate(table.rows, 2):
            sheet.write_row(line, 0, row)
        sheet.merge_range(2, column, 1 + ROWS, column, "1号楼", plain)
    return path


def old_workbook(folder: Path, table: Table) -> Path:
    """Excel 97; short names are spaced out as people do to fill a column."""
    header = [f"{word[0]}　{word[1]}" if len(word) == 2 else word for word in table.header]
    rows = [["人员花名册"], header, *table.rows]
    return files.xls(folder / "staff.xls", [[c if isinstance(c, str) else float(c) for c in row] for row in rows])


def document(folder: Path, table: Table) -> Path:
    """OpenDocument, nothing above the header."""
    return files.ods(folder / "units.ods", [[str(cell) for cell in row] for row in [table.header, *table.rows]])


def counted(folder: Path, table: Table) -> Path:
    """A line that counts the columns below the header, signatures at the end."""
    counts = [str(place + 1) for place in range(len(table.columns))]
    end = [["合计"], ["制表人：周敏", "", "审核人：王建国"]]
    return _book(folder, "compounds.xlsx", [["院落一览表"], [], table.header, counts, *table.rows, *end])


def pages(folder: Path, table: Table) -> Path:
    """The header again on each page; what must be filled in has a star, the sums their unit."""
    header = measured(table, "cost", ("（元）", "", "(人民币元)"))
    header = [f"*{word}" if named.field in ("number", "name") else word
              for word, named in zip(header, table.columns, strict=True)]  # fmt: skip
    page = [["固定资产卡片汇总"], ["金额单位：元"], header]
    return _book(folder, "cards.xlsx", [*page, *table.rows[:3], ["小计"], *page, *table.rows[3:], ["合计"]])


def months(folder: Path, table: Table) -> Path:
    """A sheet for each month; long names are broken into two lines within their cell."""
    header = [f"{word[: len(word) // 2]}\n{word[len(word) // 2 :]}" if len(word) > 3 else word for word in table.header]
    path = folder / "months.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for month in (1, 2, 3):
            sheet = book.add_worksheet(f"{month}月")
            for line, row in enumerate([[f"资产月报（{month}月）"], header, *table.rows[:: (1, 2, 3)[month - 1]]]):
                sheet.write_row(line, 0, row)
    return path


def export(folder: Path, table: Table) -> Path:
    """As programs write it: names in capitals, with underscores, or as they are."""
    styles = (str, str.upper, lambda word: word.lower().replace(" ", "_"))
    header = [styles[table.place % 3](word) for word in table.header]
    return _separated(folder / "export.csv", [header, *table.rows], ",", "utf-8-sig")


def square_feet(folder: Path, table: Table) -> Path:
    """English; the unit stands behind the area unless its name says it."""
    header = measured(table, "area", (" (sq ft)", ", sq. ft.", " SF"))
    own = [named.field == "area" and ("sq" in named.word.lower() or named.word == "GSF") for named in table.columns]
    header = [word if said else full for word, said, full in zip(table.header, own, header, strict=True)]
    return _book(folder, "buildings.xlsx", [["Building list"], header, *table.rows])


def semicolons(folder: Path, table: Table) -> Path:
    """As an older system writes it."""
    header = measured(table, "cost", ("", "(元)", "/元"))
    return _separated(folder / "old.csv", [header, *table.rows], ";", "gb18030")


def _book(folder: Path, name: str, rows: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(str(folder / name)) as book:
        sheet = book.add_worksheet("Sheet1")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return folder / name


def _separated(path: Path, rows: list[list[Any]], separator: str, encoding: str) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
