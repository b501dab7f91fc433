"""The report of a register on paper: every row of the file is accounted for, in both languages, however long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.desk.errors import Cancelled
from services.documents.import_report import LINES, Occasion, render
from services.documents.verify import inspect
from services.imports.columns import ColumnMatch
from services.imports.problems import Problem
from services.imports.report import Change, Report
from services.imports.sheet import Skipped
from tests.documents.sample import pages

ABOUT = Occasion("某某局", "li.wei", datetime(2026, 11, 25, tzinfo=UTC), stored=True)


def report(refused: int = 1) -> Report:
    found = Report(
        "asset", "台账.xlsx", ["1月", "2月"], [ColumnMatch("B", "原值（万元）", "cost", "万元", 0.95, ("1.2", "0.3"))]
    )
    found.read, found.new, found.refused, found.undecided = refused + 3, 2, refused, 2
    found.problems = [
        Problem(n, "原值（万元）", "B", "“{value}” is not a sum of money", "约四千", True, {"value": "约四千"}, "1月")
        for n in range(5, 5 + refused)
    ]
    found.changes = [Change(9, "ZC-9", "name", "桌", "办公桌", "2月")]
    found.skipped, found.hidden = [Skipped(40, "total", "2月")], [("1月", 6)]
    found.others, found.profile = {"说明": 3}, "财政局"
    return found


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "zh_CN",
            (
                "台账导入报告",
                "拒绝的行",
                "1月!5",
                "“约四千”不是金额",
                "ZC-9",
                "办公桌",
                "2月!40",
                "1月!6",
                "说明",
                "财政局",
            ),
        ),
        ("en", ("Register taken in", "Refused rows", "1月!5", "is not a sum of money", "ZC-9", "2月!40", "财政局")),
    ],
)
def test_the_paper_tells_what_became_of_every_row(lang: str, wanted: tuple[str, ...]) -> None:
    paper = render(report(), ABOUT, lang)
    text = "".join("".join(pages(paper.data)).split())
    assert [word for word in wanted if "".join(word.split()) not in text] == []
    assert inspect(paper.data).intact and paper.losses == ()


def test_a_check_says_that_nothing_was_stored() -> None:
    assert "未保存" in "".join(pages(render(report(), replace(ABOUT, stored=False), "zh_CN").data))


def test_a_very_long_list_is_cut_and_says_how_much_more_there_is() -> None:
    paper = render(report(LINES + 321), ABOUT, "zh_CN")
    text = "".join(pages(paper.data))
    assert f"{LINES + 321:,}" in text and "另有 321 条" in text and f"1月!{4 + LINES}" in text
    assert "（以下空白）" in pages(paper.data)[-1]


def test_a_report_of_nothing_is_still_a_paper_and_printing_stops_when_asked() -> None:
    empty = Report("asset", "空.csv", ["空"], [ColumnMatch("A", "名称", "name", "", 1.0)])
    assert render(empty, ABOUT, "zh_CN").pages == 1
    with pytest.raises(Cancelled):
        render(report(), ABOUT, "zh_CN", lambda done, total: False)
