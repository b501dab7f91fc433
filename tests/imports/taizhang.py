"""Makes a register as Chinese offices keep it: titles, sums and headers on every page, signatures.

`python -m tests.imports.taizhang` writes the copy in tests/data again. Names are invented.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

FILE = Path(__file__).parents[1] / "data" / "zichan-taizhang.xlsx"
HEADER = ("序号", "资产编号", "资产名称", "资产分类代码", "规格型号", "数量", "计量单位", "原值(元)", "取得日期",
          "取得方式", "使用状况", "使用部门", "使用人", "存放地点", "供应商", "备注")  # fmt: skip
PAGE = 40
THINGS = (
    ("台式计算机", "A02010105", "启天M435", "台", 4980), ("激光打印机", "A02021003", "P2206", "台", 1350),
    ("办公桌", "A05010201", "1.4米", "张", 1180), ("办公椅", "A05010301", "网布", "把", 460),
    ("文件柜", "A05010502", "双节", "组", 890), ("空调机", "A02061804", "KFR-35GW", "台", 3299),
    ("多功能一体机", "A02020400", "M7405D", "台", 2150),
)  # fmt: skip
UNITS = ("办公室", "财务处", "房产管理处", "资产管理处", "服务保障处", "机关党委")
PEOPLE = ("李秀英", "王建国", "陈𬭎", "欧阳㛃", "周敏", "𠮷田华", "赵海燕", "孙立新", "吴桂芳", "郑 强")


def ordinary(count: int, seed: int) -> list[list[Any]]:
    """Rows without anything odd: every cell as the header wants it, numbers GZ-2019-0001 and on."""
    dice = random.Random(seed)
    rows = []
    for place in range(1, count + 1):
        name, code, model, measure, cost = dice.choice(THINGS)
        bought = date(2008, 1, 1) + timedelta(dice.randrange(6000))
        rows.append([
            place, f"GZ-2019-{place:04d}", name, code, model, 1, measure, cost + dice.randrange(100) / 100, bought,
            dice.choice(("购置", "调拨", "接受捐赠")), dice.choice(("在用", "在用", "闲置", "待报废")),
            dice.choice(UNITS),
            dice.choice(PEOPLE), f"{dice.randint(1, 6)}号楼{dice.randint(101, 620)}室", "", "",
        ])  # fmt: skip
    return rows


def odd(first: int) -> list[list[Any]]:
    """Rows as people write them, and the six that cannot be used; `first` is their first line number."""
    rows: list[list[Any]] = [
        ["ＧＺ—２０２０—０００１", "服务器", "A02010104", "R740", "１", "台", "１２，６８０．００", "2020.6.4"],
        ["GZ-2020-0002", "=cmd|' /C calc'!A0", "2010105", "X1", 1, "台", "¥5,600.50", "2020年6月"],
        ["GZ-2020-0003", "旧沙发", "023100", "无", 2, "个", "1.2万元", "2006"],
        ["GZ-2020-0004", "绿萝", "暂无", "-", 12, "盆", "N/A", 43986],
        ["GZ-2020-0005", "日期写错的投影仪", "A02020200", "CB-X50", 1, "台", 3999, "去年春天"],
        ["GZ-2020-0006", "金额写错的投影仪", "A02020200", "CB-X50", 1, "台", "约四千", "2020/6/4"],
        ["GZ-2020-0007", "", "A02020200", "CB-X50", 1, "台", 3999, "20200604"],
        ["GZ-2020-0008", "会议桌", "A05010202", "3.6米", 1, "张", 5200, "2020-06-04"],
        ["GZ-2020-0008", "保密柜", "A05010504", "单门", 1, "台", 2800, "2020-06-05"],
        ["GZ-2020-0009", "茶水柜", "A05010505", "标准", 1, "个", 760, "2020-06-04"],
        ["GZ-2020-0009", "茶水柜", "A05010505", "标准", 1, "个", 760, "2020-06-04"],
        ["", "折叠椅", "A05010301", "钢", 1, "把", 85, "2020-06-04"],
        ["", "折叠椅", "A05010301", "钢", 1, "把", 85, "2020-06-04"],
        ["GZ-2020-0010", "状态不明的电视机", "A02091001", "55寸", "若干", "台", "(300)", "2020-06-04"],
    ]
    tail = ["购置", "在用", "服务保障处", "周敏", "仓库", "红星\u202e商贸", "随单位搬迁"]
    rows = [[first + place, *row, *tail] for place, row in enumerate(rows)]
    rows[-1][10] = "不清楚"
    return rows


def write(path: Path, rows: list[list[Any]]) -> None:
    """The rows as a printed register: a title over merged cells, pages with sums, signatures at the end."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": date(2026, 11, 23)})
    book.add_worksheet("填表说明").write_column(
        0, 0, ["填表说明", "一、本表由资产管理员填报。", "二、金额保留两位小数。"]
    )
    sheet = book.add_worksheet("固定资产台账")
    title, day = book.add_format({"bold": True, "align": "center"}), book.add_format({"num_format": "yyyy-mm-dd"})
    line = 0
    for start in range(0, len(rows), PAGE):
        sheet.merge_range(line, 0, line, len(HEADER) - 1, "市机关事务管理局固定资产台账", title)
        sheet.write_row(line + 1, 0, ["填报单位：市机关事务管理局", "", "", "", "", "", "金额单位：元"])
        sheet.write_row(line + 2, 0, HEADER)
        line += 3
        page = rows[start : start + PAGE]
        for row in page:
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, place, cell, day)
                elif cell != "":
                    sheet.write(line, place, cell)
            line += 1
        sheet.write_row(
            line, 0, ["", "本页小计", "", "", "", "", "", sum(r[7] for r in page if isinstance(r[7], float))]
        )
        line += 1
    sheet.write_row(line, 0, ["合　计"])
    sheet.write_row(line + 2, 0, ["制表人：周敏", "", "", "审核人：王建国", "", "", "填报日期：2026年11月23日"])
    book.close()


if __name__ == "__main__":
    write(FILE, [*ordinary(106, seed=7), *odd(107)])
