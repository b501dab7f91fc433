"""The report of a register on paper: every row of the file is accounted for, in both languages, however long."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest

from services.desk.errors import Cancelled
from services.documents.import_parts import NO_RECORDS
from services.documents.import_report import LINES, Occasion, render
from services.documents.ink import PORTRAIT
from services.documents.verify import inspect
from services.imports.columns import ColumnMatch
from services.imports.problems import Problem
from services.imports.report import SKIPPED, Change, Report
from services.imports.sheet import Skipped
from tests.documents.sample import RARE, pages

ABOUT = Occasion("某某局", "li.wei", datetime(2026, 11, 25, tzinfo=UTC), stored=True)
COLUMNS = [
    ColumnMatch("B", "原值（万元）", "cost", "万元", 0.95, ("1.2", "0.3")),
    ColumnMatch("C", "单位", "unit", "", 0.8, ("后勤处",)),
    ColumnMatch("D", "供应商", None, "", 0.0, ("红星商贸",)),
]
LONG = "市府第一大院东配楼二层会议室及附属设备用房"


def report(refused: int = 1) -> Report:
    found = Report("asset", "台账.xlsx", ["1月", "2月"], COLUMNS, header_row=3)
    found.read, found.new, found.changed, found.refused, found.undecided = refused + 3, 2, 1, refused, 2
    found.problems = [
        Problem(n, "原值（万元）", "B", "“{value}” is not a sum of money", "约四千", True, {"value": "约四千"}, "1月")
        for n in range(5, 5 + refused)
    ]
    found.changes = [
        Change(9, "ZC-9", "name", "桌", "办公桌", "2月"),
        Change(9, "ZC-9", "status", "in_use", "idle", "2月"),
    ]
    found.skipped, found.hidden = [Skipped(40, "total", "2月"), Skipped(41, "total", "2月")], [("1月", 6)]
    found.others, found.profile, found.compound = {"说明": 3}, "财政局", "市府第一大院"
    found.created = Counter(staff=10)
    return found


def said(found: Report, lang: str = "zh_CN", about: Occasion = ABOUT) -> str:
    """The text of the paper without spaces, which readers of PDF put where they like."""
    return _close("".join(pages(render(found, about, lang).data)))


def _close(text: str) -> str:
    return "".join(text.split())


def _missing(wanted: str, text: str) -> list[str]:
    return [word for word in wanted.split("|") if _close(word) not in text]


OF_CHINESE = (
    "台账导入报告|工作底稿|不编号，不签章|台账.xlsx|1月, 2月|资产|市府第一大院|财政局（按表头识别）|2026-11-2|li.wei|"
    "已整体入库|读取 4 行 = 新增 2 + 未变 0 + 变更 1 + 拒绝 1|2 行：分类待定|表头在第 3 行|原值 (万元)|1.2 · 0.3|"
    "已识别|可能|红星商贸|作为其他信息保留|拒绝的行|1月!5|B 原值（万元）|“约四千”不是金额|变更记录|1 项记录，2 个字段|"
    "2月!9|ZC-9|办公桌|在用|闲置|自动新增|人员|合计、小计|2月!40–41|隐藏的行，照常读取|1月!6|说明|"
    "文件中有 2 行不是记录，未读取的工作表中有 3 行|第 1 页　共 2 页"
)
OF_ENGLISH = (
    "Register taken in|Working paper|台账.xlsx|Asset|市府第一大院|财政局 (known by its header)|yes, as a whole|"
    "Rows read 4 = new 2 + unchanged 0 + changed 1 + refused 1|header in row 3|recognised|probable|"
    "kept as an extra fact|Refused rows|1月!5|is not a sum of money|约四千|1 records, 2 fields|In use|Idle|"
    "Made on demand|2月!40–41|1月!6|说明|(continued)|(nothing below)"
)


@pytest.mark.parametrize(("lang", "wanted"), [("zh_CN", OF_CHINESE), ("en", OF_ENGLISH)])
def test_the_paper_tells_what_became_of_every_row(lang: str, wanted: str) -> None:
    paper = render(report(), ABOUT, lang)
    assert _missing(wanted, _close("".join(pages(paper.data)))) == []
    assert inspect(paper.data).intact and paper.losses == ()
    assert all(("工作底稿" if lang == "zh_CN" else "Working paper") in page for page in pages(paper.data))
    with pikepdf.open(io.BytesIO(paper.data)) as pdf:
        assert str(pdf.Root.Lang) == ("zh-CN" if lang == "zh_CN" else "en")


def test_a_check_says_that_nothing_was_stored() -> None:
    text = said(report(), about=replace(ABOUT, stored=False))
    assert _missing("台账检查报告（未保存）|没有保存|检查时间", text) == []
    assert "已整体入库" not in text and "导入时间" not in text


def test_a_remark_on_a_refused_row_does_not_pass_for_a_row_that_came_in() -> None:
    found = report()
    places = {"value": "若干"}
    remark = Problem(5, "数量", "F", "“{value}” is not a whole number", "若干", False, places, "1月")
    found.problems.insert(0, remark)
    text = said(found)
    assert "有提示的行" not in text and "另：“若干”不是整数" in text and "拒绝的行1行，2条" in text
    assert text.index("“约四千”不是金额") < text.index("“若干”不是整数"), "what refused the row is said first"
    found.problems.append(Problem(7, "数量", "F", remark.reason, "若干", False, places, "1月"))
    text = said(found)
    assert text.index("有提示的行") < text.index("1月!7") and "“若干”不是整数；作为其他信息保留" in text


def test_a_very_long_list_is_cut_and_says_how_much_more_there_is_and_where() -> None:
    paper = render(report(LINES + 321), ABOUT, "zh_CN")
    text = _close("".join(pages(paper.data)))
    assert _missing(f"{LINES + 321:,} 行|另有 321 条未印；全部见“拒绝的行”表格|1月!{4 + LINES}", text) == []
    assert f"1月!{5 + LINES}" not in text
    assert "（以下空白）" in pages(paper.data)[-1]


def test_every_row_that_is_no_record_is_named_however_many_there_are() -> None:
    found = report()
    found.skipped = [Skipped(n, "total", f"{n % 3 + 1}月") for n in range(10, 4000, 2)]
    found.sheets = ["1月", "2月", "3月"]
    named = set(re.findall(r"\d+", "".join(pages(render(found, ABOUT, "zh_CN").data))))
    assert {str(n) for n in range(10, 4000, 2)} <= named
    assert SKIPPED.keys() <= NO_RECORDS.keys(), "and why it is none is said in words"


def test_sums_stand_to_the_right_below_each_other_among_texts() -> None:
    found = report(0)
    found.changes = [Change(9, "ZC-9", "cost", "", "12.00"), Change(10, "ZC-9", "cost", "", "3,456,789.00")]
    ends = [_right("12.00", found), _right("3,456,789.00", found)]
    assert ends[0] == pytest.approx(ends[1], abs=1)


def _right(text: str, found: Report) -> float:
    with pypdfium2.PdfDocument(render(found, ABOUT, "zh_CN").data) as pdf:
        for page in pdf:
            words = page.get_textpage()
            if at := words.search(text).get_next():
                return float(words.get_charbox(at[0] + at[1] - 1)[2])
    raise AssertionError(f"{text} is not on the paper")


def test_a_long_title_stays_between_the_margins() -> None:
    assert _widest(render(report(), replace(ABOUT, stored=False), "en").data) <= PORTRAIT.end + 1


def _widest(data: bytes) -> float:
    """How far to the right anything is printed on any page."""
    with pypdfium2.PdfDocument(data) as pdf:
        words = [page.get_textpage() for page in pdf]
        return max(float(text.get_charbox(n)[2]) for text in words for n in range(text.count_chars()))


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    for refused in range(24):
        with_heading = [page for page in pages(render(report(refused), ABOUT, "zh_CN").data) if "变更记录" in page]
        assert len(with_heading) == 1 and "ZC-9" in with_heading[0], refused


def test_long_names_wrap_and_what_no_font_has_is_said() -> None:
    found = report()
    found.file, found.sheets = LONG * 9 + "\n.xlsx", [f"{n}{LONG}" for n in range(300)]
    found.columns = [ColumnMatch("B", LONG * 8, "cost", "万元", 0.95, (RARE, "\U0001f600"))] * 60
    found.others = {LONG * 3: 3}
    found.changes = [Change(9, LONG * 2, "name", LONG * 400, LONG * 12)]
    paper = render(found, replace(ABOUT, office=LONG * 6), "zh_CN")
    text = _close("".join(pages(paper.data)))
    assert inspect(paper.data).number.endswith("用房 .xlsx") and _widest(paper.data) <= PORTRAIT.end + 1
    assert paper.losses == ("\U0001f600",) and "U+1F600" in text
    assert _missing(f"{LONG * 12}|{RARE}|299{LONG}|有 1 个单元格内容过长，以“…”截止", text) == []


def test_a_report_of_nothing_is_still_a_paper_and_printing_stops_when_asked() -> None:
    empty = Report("asset", "空.csv", ["空"], [ColumnMatch("A", "名称", "name", "", 1.0)])
    for lang in ("zh_CN", "en"):
        assert render(empty, ABOUT, lang).pages == 1
        assert render(replace(empty, columns=[], kind="compound"), ABOUT, lang).pages == 1
    with pytest.raises(Cancelled):
        render(report(), ABOUT, "zh_CN", lambda done, total: False)
