"""A register of 100,000 rows taken in from xlsx, journalled and sealed, against reading it and storing it bare."""

from __future__ import annotations

import csv
import json
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
from python_calamine import CalamineWorkbook

import resources
import services.registry  # noqa: F401 — the intents people have
from bench.figures import Figure, middle, spent
from bench.writing import Twin
from models.asset import Asset
from services import intake, office
from services.desk import keys, reference, search
from services.desk.desk import Desk
from services.desk.schema import describe
from services.desk.store import open_file
from services.imports.register import read_register

COUNT, TIMES, SEED, STAFF = 100_000, 3, 20261125, 300
LIMIT, INDEX_LIMIT, FIRST_LIMIT = 4.0, 10_000, 1_000
HEAD = ("资产编号", "资产名称", "分类代码", "规格型号", "数量", "计量单位", "原值", "取得日期", "使用状态", "保管人",
        "存放地点", "备注")  # fmt: skip
STATES, NOTES = (
    ("在用", "在用", "在用", "在用", "闲置", "待修"),
    ("", "", "", "", "", "附件齐全", "调拨转入", "铭牌缺失"),
)
HALLS = ("主楼", "东配楼", "西配楼", "综合楼", "动力中心", "信息楼", "档案楼", "后勤服务楼")


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, median of each; every round takes the register into a new office."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "register.xlsx")
        write(file, COUNT)
        found = middle([_round(Path(folder, str(n)), file) for n in range(TIMES)])
        shown = middle([{"first": spent(partial(_first, file))} for _ in range(TIMES)])["first"]
    yield Figure(
        "100,000 rows from xlsx, checked and journalled", found["whole"] - found["index"], LIMIT, found["bare"]
    )
    yield Figure("… and their search index, in the same unit of work", found["index"], INDEX_LIMIT)
    yield Figure("… and its first 200 rows, typed, with what is wrong", shown, FIRST_LIMIT)


def write(file: Path, count: int) -> None:
    """A register as an office keeps it: every number once, all else from short lists; one keeper in six is unknown."""
    draw = random.Random(SEED)
    classes = csv.DictReader(resources.path("reference", reference.CLASSES).read_text("utf-8-sig").splitlines())
    kinds = [c for c in classes if c["level"] == "4" and c["code"].startswith("A02")]
    known, strangers = names(STAFF), [f"外聘{n}" for n in range(STAFF // 5)]
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEAD)
        for at in range(1, count + 1):
            kind, on = draw.choice(kinds), date(2008, 1, 1) + timedelta(days=draw.randrange(6_500))
            model, cost = f"{draw.choice('ABCDEX')}-{draw.randrange(900)}", draw.randrange(20_000, 9_000_000) / 100
            many, unit = draw.choice((1, 1, 1, 1, 2, 4)), draw.choice("台套件个")
            number = f"ZC{on.year}{at:06d}"
            sheet.write_row(at, 0, (number, kind["name"], kind["code"], model, many, unit, cost))
            sheet.write_datetime(at, 7, on, day)
            place = f"{draw.choice(HALLS)}{draw.randint(1, 9)}层{draw.randint(1, 40):02d}室"
            keeper = draw.choice(known if draw.random() < 5 / 6 else strangers)
            sheet.write_row(at, 8, (draw.choice(STATES), keeper, place, draw.choice(NOTES)))


def names(count: int) -> list[str]:
    """Different names of people."""
    words = json.loads(resources.path("reference", "sample.json").read_text("utf-8"))
    every = [surname + given for surname in words["surnames"] for given in words["given"]]
    return random.Random(SEED).sample(every, count)


def _round(folder: Path, file: Path) -> dict[str, float]:
    opened = office.set_up(folder, name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR)
    desk = opened.desk
    compound = desk.do("compounds.add", code="C", name="C").value
    for at, name in enumerate(names(STAFF)):
        desk.do("staff.add", compound_id=compound, number=f"S{at}", name=name)
    with _indexing() as index:
        whole = spent(partial(_take_in, desk, file, compound))
    with desk.store.reading.connect() as connection:
        rows = [tuple(r) for r in connection.exec_driver_sql("SELECT * FROM asset ORDER BY n")]
    opened.close()
    other = open_file(folder / "twin.db", bytes(range(32)), new=True)
    bare = spent(partial(_bare, file, Twin(other.writing), rows))
    other.close()
    return {"whole": whole, "index": sum(index), "bare": bare}


def _take_in(desk: Desk, file: Path, compound: UUID) -> None:
    report = intake.run(desk, file=str(file), kind="assets", compound_id=compound)
    if report.new != COUNT or report.undecided or report.problems:
        raise RuntimeError(f"{report.new} of {COUNT} rows came in, {len(report.problems)} remarks")


def _first(file: Path) -> None:
    register = read_register(file, "assets", describe(Asset), short=True)
    if len(register.rows) < 200 or any(row.problems for row in register.rows):
        raise RuntimeError("the first rows did not come")


def _bare(file: Path, twin: Twin, rows: list[tuple[Any, ...]]) -> None:
    CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    twin.fill(rows)


@contextmanager
def _indexing() -> Iterator[list[float]]:
    """Milliseconds of each call that keeps the search index, made where they are spent: they depend on what else
    the file's cache holds."""
    found, refresh = list[float](), search.refresh

    def timed(*args: Any, **values: Any) -> None:
        before = time.process_time()
        refresh(*args, **values)
        found.append((time.process_time() - before) * 1000)

    search.refresh = timed
    try:
        yield found
    finally:
        search.refresh = refresh


if __name__ == "__main__":
    for figure in measure():
        print(figure.line())
