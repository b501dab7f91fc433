"""The structure of papers: what is read aloud, in order; what only repeats or decorates is left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pytest

from services.documents import tags
from services.documents.plain_paper import Part, PlainPaper, draw
from services.documents.register import render_register
from services.documents.statement import Statement, render
from services.documents.table import Column
from tests.documents.sample import printed

MADE = datetime(2026, 11, 30, 9, tzinfo=UTC)
HEADS = ("序号", "名称", "金额")


def statement(count: int) -> bytes:
    rows = [[str(n), f"名称{n}", f"{n}.00"] for n in range(count)]
    columns = [Column(name, 50, "right" if name == "金额" else "left") for name in HEADS]
    paper = Statement("x", "题目", "TITLE", "某局", [("截至", "2026-11-30"), ("经办", "a")], columns, rows,
                      ["", "合计", "9.00"] if rows else (), [("房间", "3")], ["说明一"],
                      ["制表人", "日期"])  # fmt: skip
    return render(paper, lang="zh_CN", made=MADE).data


def plain(count: int) -> bytes:
    rows = [[str(n), f"名称{n}", f"{n}.00"] for n in range(count)]
    part = Part([(name, 50) for name in HEADS], rows, "表一", "Table one", frozenset({2}), {2: "9.00"})
    return draw(PlainPaper("x", "1", "题目", "TITLE", "某局", date(2026, 11, 30), (), [part], [("制表", "By")]))


def structure(data: bytes) -> tuple[pikepdf.Pdf, list[tuple[str, Any]]]:
    """Every element in order with its depth-first role, and the marked sequences it holds."""
    pdf = pikepdf.open(io.BytesIO(data))

    def walk(element: Any) -> Iterator[tuple[str, Any]]:
        yield str(element.S), [(kid.Pg.objgen, int(kid.MCID)) for kid in element.K if "/MCID" in kid]
        for kid in element.K:
            if "/MCID" not in kid:
                yield from walk(kid)

    return pdf, list(walk(pdf.Root.StructTreeRoot.K))


@pytest.mark.parametrize("make", [statement, plain])
@pytest.mark.parametrize("count", [0, 1, 12, 120])
def test_a_table_is_rows_of_cells_with_its_head_once_however_many_pages_it_has(make: Any, count: int) -> None:
    pdf, found = structure(make(count))
    roles = [role for role, _ in found]
    rows = count + 2 if count else 0  # and head and sums
    assert roles.count("/H1") == 1 and roles.count("/Table") == (1 if count else 0)
    assert len(pdf.pages) > 1 or count < 120
    assert roles.count("/TR") == rows and roles.count("/TH") == (len(HEADS) if count else 0)


@pytest.mark.parametrize("data", [statement(120), plain(30), printed(12).data])
def test_every_text_on_a_page_is_read_once_or_only_seen(data: bytes) -> None:
    pdf, found = structure(data)
    told = [mark for _, marks in found for mark in marks]
    assert len(told) == len(set(told)) > 10
    for page in pdf.pages:
        said = page.Contents.read_bytes().decode("latin-1")
        here = {int(n) for n in re.findall(r"<</MCID (\d+)>> BDC", said)}
        assert here == {n for at, n in told if at == page.obj.objgen}
        depth = 0
        for line in said.split("\n"):
            depth += line.endswith(("BDC", "BMC")) - (line == "EMC")
            assert depth in (0, 1)
            assert depth or not line.endswith("Tj"), line
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        mine = parents[[int(n) for n in parents[::2]].index(int(page.obj.StructParents)) * 2 + 1]
        assert len(mine) == len(here)


def test_it_is_said_that_the_file_is_tagged_and_its_title_stays() -> None:
    pdf, _ = structure(statement(3))
    assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "zh-CN" and str(pdf.docinfo["/Title"]) == "题目"


def test_the_same_paper_has_the_same_bytes() -> None:
    assert statement(30) == statement(30)


def test_a_great_register_goes_without() -> None:
    columns = [Column(name, 50) for name in HEADS]
    rows = [[str(n), "x", "1"] for n in range(tags.MOST + 1)]

    def register(count: int) -> pikepdf.Pdf:
        paper = render_register("资产台账", columns, rows[:count], office="某局", number="1", made=MADE)
        return pikepdf.open(io.BytesIO(paper.data))

    assert "/StructTreeRoot" in register(tags.MOST).Root
    assert "/StructTreeRoot" not in register(tags.MOST + 1).Root
