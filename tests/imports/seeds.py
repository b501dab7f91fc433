"""Good registers of every format and of several kinds of record, to be damaged."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from tests.imports import files

FORMATS = ("xlsx", "xls", "ods", "csv")
TABLES: dict[str, list[Any]] = {
    "assets": [
        ["某某局固定资产台账（单位：万元）"],
        [
            "序号",
            "资产编号",
            "资产名称",
            "分类",
            "原值",
            "取得日期",
            "数量",
            "使用人",
            "楼栋",
            "房间",
            "使用状况",
            "颜色",
        ],
        [1.0, "ZC-1", "空调机", "A02010105 台式机", 0.32, 43983.0, 1.0, "李秀英", "1号楼", "302", "在用", "白"],
        [2.0, "ZC-2", "办公桌", "", "1,280.00元", "2019.3", 2.0, "无此人", "9号楼", "", "闲置", ""],
        [3.0, "", "𠮷柜", "603", "", "", "", "", "", "", "", "棕"],
        ["合计", "", "", "", 0.45],
        ["制表人：赵磊"],
    ],
    "buildings": [
        ["楼栋编号", "楼栋名称", "所属大院", "建筑面积", "层数", "建成年份", "类别"],
        ["B1", "1号楼", "建设路大院", 1200.5, 6.0, 1985.0, "房屋"],
        ["B2", "2号楼", "JSL", "1,000 sq ft", "三", "1990年", "土地"],
    ],
    "rooms": [["楼栋", "房间号", "用途", "面积"], ["1号楼", "302", "办公用房", 18.25], ["B1", "Ｂ—１", "", ""]],
    "staff": [["人员编号", "姓名", "所属单位"], ["P1", "李秀英", "后勤处"], ["P2", "王建国", "新单位"]],
    "organizations": [["单位代码", "单位名称", "上级单位"], ["ZF", "政府办", ""], ["ZFM", "秘书科", "政府办"]],
}


class Seed(NamedTuple):
    """A good file and the kind of record it lists."""

    kind: str
    data: bytes


@cache
def seeds() -> dict[str, list[Seed]]:
    """The good files of every format."""
    made = {format: list[Seed]() for format in FORMATS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seed"
        for kind, rows in TABLES.items():
            texts = [[str(cell) for cell in row] for row in rows]
            made["xlsx"].append(Seed(kind, _workbook(rows)))
            made["xls"] += [Seed(kind, files.xls(path, rows).read_bytes()), Seed(kind, _old(rows))]
            made["ods"].append(Seed(kind, packed(unpacked(files.ods(path, texts).read_bytes()))))
            lines = {sep: "\r\n".join(sep.join(row) for row in texts) for sep in ",;\t"}
            made["csv"] += [Seed(kind, lines[","].encode(form)) for form in ("utf-8", "utf-16", "gb18030")]
            made["csv"] += [Seed(kind, lines[sep].encode("utf-8-sig")) for sep in ";\t"]
    return made


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a packed file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A packed file of these parts, its sums right; the same whenever it is made."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _old(rows: list[list[str | float]]) -> bytes:
    return files.compound_file("Workbook", files.shared_book(rows))


def _workbook(rows: list[list[Any]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2024, 6, 4)})  # noqa: DTZ001 — the same file whenever it is made
        sheet, day = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                sheet.write(y, x, cell)
        sheet.write_datetime(len(rows), 1, date(2024, 6, 4), day)
        sheet.write_formula(len(rows), 2, "=A1", None, "值")
        sheet.merge_range(len(rows) + 1, 0, len(rows) + 2, 1, "合并")
        book.add_worksheet("隐藏").hide()
    return out.getvalue()
