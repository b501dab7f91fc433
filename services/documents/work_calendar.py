"""The work calendar of a month 派工月历: a compound on one sheet, week by week, every day with the jobs planned for it.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

import calendar
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from services.documents.ink import LANDSCAPE
from services.documents.plain_paper import Part, PlainPaper
from services.work_board import Card

COLUMNS = (("周", 26.0), *((f"星期{name}", 100.0) for name in "一二三四五六日"))
FITS = {4: 6, 5: 4, 6: 3}  # lines of a day below its number, by the weeks of the month: the month is one sheet
HEIGHT = {4: 84.0, 5: 68.0, 6: 58.0}  # points of a week
WIDTH = 22  # narrow letters of a line
LEGEND = "每格为当日计划的工单：开始时间、事由；一格写不下的记余下件数。已完成的前加 √。"


def paper(office: str, compound: str, month: date, made: date, days: Mapping[date, Sequence[Card]]) -> PlainPaper:
    """The month of a first day, with the orders of each day in their order."""
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    rows = [
        (str(week[0].isocalendar().week), *(_day(day, month, days.get(day, ()), FITS[len(weeks)]) for day in week))
        for week in weeks
    ]
    count = sum(len(orders) for day, orders in days.items() if (day.year, day.month) == (month.year, month.month))
    part = Part(COLUMNS, rows, remark=f"本月 {count} 件。{LEGEND}", least=HEIGHT[len(weeks)])
    title = f"{compound}派工月历（{month:%Y}年{month.month}月）"
    return PlainPaper(
        "work_calendar", f"{month:%Y-%m}", title, "WORK CALENDAR OF THE MONTH", office, made, (), [part], form=LANDSCAPE
    )


def _day(day: date, month: date, orders: Sequence[Card], fits: int) -> str:
    if day.month != month.month:
        return ""
    lines = Counter(map(_line, orders))  # the same work on four lifts is one line
    told = list(lines.items()) if len(lines) <= fits else list(lines.items())[: fits - 1]
    left = len(orders) - sum(count for _, count in told)
    said = [f"{line} ×{count}" if count > 1 else line for line, count in told]
    said += [f"另 {left} 件"] if left else []
    return "\n".join([str(day.day), *said, *[" "] * (fits - len(said))])  # numbers stand at the top


def _line(order: Card) -> str:
    begins = order.planned_from.astimezone() if order.planned_from else None
    done = "√" if order.state.value in ("done", "checked") else ""
    return cut(f"{done}{begins:%H:%M} {order.title}" if begins else f"{done}{order.title}", WIDTH - 3)


def cut(text: str, width: int) -> str:
    """As much of a text as stands on a line of so many narrow letters; Chinese ones count twice."""
    used = 0
    for at, letter in enumerate(text):
        used += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if used > width:
            return text[: max(at - 1, 0)] + "…"
    return text
