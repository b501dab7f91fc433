"""The year plan of a compound 年度法定检验检测与维护保养计划: every planned day by month, and what is not planned.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.periodic_work import Unit
from services.documents.blocks import day
from services.documents.ink import LANDSCAPE
from services.documents.plain_paper import Fact, Part, PlainPaper
from services.documents.table import UNKNOWN
from services.plan_gaps import Gap
from services.plan_year import Day, Month, Year, YearRow
from services.recurrence import Every

MONTHS = tuple((f"{month}月", 36.0) for month in range(1, 13))
PLAN = (("序号", 22.0), ("对象", 64.0), ("工作内容及依据", 138.0), ("周期", 50.0), ("数量", 26.0), *MONTHS,
        ("实施单位", 62.0))  # fmt: skip
GAPS = (("序号", 24.0), ("对象", 90.0), ("工作内容", 150.0), ("周期", 50.0), ("数量", 40.0), ("依据", 300.0))
UNITS = {Unit.DAY: "日", Unit.WEEK: "周", Unit.MONTH: "个月", Unit.YEAR: "年"}
MOST = 5  # days of a month that are told one by one
LEGEND = "数字为计划日；√ 已完成，! 超过法定最迟期限，（）内为台（处）数与总数不同者；每月多于五日的记次数。"


def paper(office: str, compound: str, found: Year) -> PlainPaper:
    """The plan as it stands, with the gaps the law leaves no room for."""
    legal = [row for row in found.rows if row.legal]
    other = [row for row in found.rows if not row.legal]
    times = sum(month.planned for row in legal for month in row.months)
    done = sum(month.done for row in legal for month in row.months)
    particulars: list[tuple[Fact, Fact]] = [
        (("大院", compound), ("年度", f"{found.year} 年")),
        (("法定项目", f"{len(legal)} 项，{times:,} 次，已完成 {done:,} 次"), ("编制日期", day(found.on))),
        (("未列入计划的法定项目", f"{len(found.gaps)} 项"), ("超过法定期限", f"{found.breaches:,} 次")),
    ]
    parts = [
        Part(PLAN, _rows(legal), "一、法定检验检测与维护保养", "Required by law", remark=LEGEND, empty="尚无计划"),
        Part(PLAN, _rows(other), "二、其他周期性维护保养", "Other periodic work"),
        Part(GAPS, _gaps(found.gaps), "三、未列入计划的法定项目", "Required by law and not planned"),
    ]
    signers = (("编制", "Prepared by"), ("审核", "Checked by"), ("批准", "Approved by"))
    return PlainPaper(
        "maintenance_year_plan", f"{found.year}", "年度法定检验检测与维护保养计划", "YEAR PLAN OF MAINTENANCE", office,
        found.on, particulars, parts, signers, form=LANDSCAPE,
    )  # fmt: skip


def often(every: Every | None) -> str:
    """An interval in words: 每15日, 每6个月, 每年."""
    if every is None:
        return "按表计"
    number = "" if every.number == 1 else str(every.number)
    return f"每{number or ('1' if every.unit is Unit.MONTH else '')}{UNITS[every.unit]}"


def month_in_words(month: Month, things: int) -> str:
    """The days of a month, or how often where they are many."""
    if len(month.days) > MOST:
        late = "!" if month.breached else ""
        return f"{len(month.days)}次{late}"
    return " ".join(_day(one, things) for one in month.days)


def _day(one: Day, things: int) -> str:
    mark = "!" if one.breached else "√" if one.planned and one.done >= one.planned else ""
    some = f"（{one.planned}）" if one.planned != things else ""
    return f"{one.on:%d}{mark}{some}"


def _rows(rows: Iterable[YearRow]) -> list[tuple[str, ...]]:
    return [
        (
            str(n), row.object or row.about or UNKNOWN, f"{row.task}　{row.source}" if row.source else row.task,
            often(row.every), str(row.things), *(month_in_words(month, row.things) for month in row.months),
            row.who or UNKNOWN,
        )
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip


def _gaps(gaps: Iterable[Gap]) -> list[tuple[str, ...]]:
    return [
        (str(n), gap.rule.object, gap.rule.task, often(gap.rule.every), str(gap.things), gap.rule.source)
        for n, gap in enumerate(gaps, 1)
    ]
