"""The papers of training: 培训签到表 and 培训记录表, 培训记录卡, 培训护照, 年度培训计划. Chinese by decision."""

from __future__ import annotations

from datetime import date, datetime

from models.training import PlaceState, PlanState, SessionState
from resources.words import tr
from services.documents.amounts import figures
from services.documents.blocks import day
from services.documents.ink import LANDSCAPE
from services.documents.plain_paper import Fact, Part, PlainPaper
from services.documents.table import UNKNOWN
from services.training_plans import PlanSheet
from services.training_sheet import Seat, SessionSheet

LANG = "zh_CN"
BLANK_LINES = 8  # for who comes without having been enrolled
SIGN_IN = (("序号", 28), ("工号", 78), ("姓名", 76), ("部门", 130), ("签到", 110), ("备注", 70))
RECORD = (
    ("序号", 26), ("工号", 66), ("姓名", 62), ("部门", 104), ("签到时间", 70), ("学时", 38), ("成绩", 38), ("结果", 48),
    ("备注", 70),
)  # fmt: skip
PLAN = (
    ("序号", 26), ("月份", 34), ("培训内容", 160), ("学时", 36), ("培训对象", 110), ("人数", 40), ("期数", 36),
    ("预算（元）", 72), ("已办", 36), ("到训人数", 48), ("支出（元）", 72),
)  # fmt: skip


def session_paper(office: str, sheet: SessionSheet) -> PlainPaper:
    """The list to sign before and while it runs; the record with results once it is held."""
    row, held = sheet.row, sheet.state is SessionState.HELD
    title, english = ("培训记录表", "TRAINING RECORD") if held else ("培训签到表", "TRAINING SIGN-IN SHEET")
    place = " ".join(filter(None, (row["room"], row["place_text"]))) or UNKNOWN
    count = f"应到 {len(sheet.enrolled):,} 人" + (f"　实到 {sheet.came:,} 人　合格 {sheet.passed:,} 人" if held else "")
    particulars: list[tuple[Fact, Fact]] = [
        (("培训班次", str(row["title"])), ("课程", str(row["course"] or UNKNOWN))),
        (("时间", span(row["starts_at"], row["ends_at"])), ("学时", tenths(row["hours"]))),
        (("地点", place), ("形式", word("training_session.kind", row["kind"].value))),
        (("主讲", row["trainer"] or UNKNOWN), ("承办单位", row["provider"] or UNKNOWN)),
        (("人数", count), ("编号", str(row["number"]))),
    ]
    part = _record(sheet) if held else _sign_in(sheet)
    signers = (("主讲人", "Trainer"), ("培训负责人", "Training officer"))
    return PlainPaper("training_session", str(row["number"]), title, english, office, _day(row["starts_at"]),
                      particulars, (part,), signers)  # fmt: skip


def _sign_in(sheet: SessionSheet) -> Part:
    rows = [(str(n), s.number, s.name, s.unit, "", "") for n, s in enumerate(sheet.enrolled, 1)]
    first = len(rows) + 1
    rows += [(str(n), "", "", "", "", "") for n in range(first, first + BLANK_LINES)]
    waiting = "、".join(seat.name for seat in sheet.waiting)
    return Part(SIGN_IN, rows, least=27.0, remark=f"候补（按顺序）：{waiting}" if waiting else "")


def _record(sheet: SessionSheet) -> Part:
    seats = [seat for seat in sheet.seats if seat.state is PlaceState.ENROLLED]
    rows = [
        (str(n), s.number, s.name, s.unit, f"{s.signed_in_at.astimezone():%H:%M}" if s.signed_in_at else "未到",
         tenths(s.hours), UNKNOWN if s.score is None else str(s.score), result(s), s.note)
        for n, s in enumerate(seats, 1)
    ]  # fmt: skip
    total = tenths(sum(seat.hours or 0 for seat in seats))
    exam = f"合格线 {sheet.pass_score} 分。" if sheet.pass_score is not None else "本课程不设考试，到训即合格。"
    rated = [seat.rating for seat in seats if seat.rating]
    told = f"学员评价平均 {sum(rated) / len(rated):.1f} 分（{len(rated)} 人）。" if rated else ""
    return Part(RECORD, rows, right=frozenset({5, 6}), sums={5: total}, remark=exam + told)


def plan(office: str, compound: str, found: PlanSheet, on: date) -> PlainPaper:
    """年度培训计划, with what became of each line."""
    adopted = f"{day(found.adopted_on)}　{found.basis}" if found.adopted_on else word("training_plan.state", "draft")
    budget = UNKNOWN if found.budget is None else f"¥{figures(found.budget)}"
    particulars = [
        (("计划名称", found.title), ("大院", compound)), (("年度", f"{found.year} 年"), ("编号", found.number)),
        (("批准", adopted), ("年度预算", budget)),
    ]  # fmt: skip
    rows = [
        (str(n), f"{line.month}月", line.course, tenths(line.hours),
         " ".join(filter(None, (word("training_plan_line.function", line.function and line.function.value), line.unit)))
         or "全体", f"{line.people:,}", str(line.sessions), UNKNOWN if line.budget is None else figures(line.budget),
         f"{line.held}", f"{line.came:,}", figures(line.spent))
        for n, line in enumerate(found.lines, 1)
    ]  # fmt: skip
    sums = {5: f"{sum(line.people for line in found.lines):,}", 7: figures(found.asked), 10: figures(found.spent)}
    beside = f"计划外培训支出 ¥{figures(found.beside)}。" if found.beside else ""
    part = Part(PLAN, rows, right=frozenset({3, 5, 6, 7, 8, 9, 10}), sums=sums, remark=beside, empty="尚无培训项目")
    signers = (("编制", "Prepared by"), ("审核", "Checked by"), ("批准", "Approved by"))
    kind = "training_plan" if found.state is PlanState.ADOPTED else "training_plan_draft"
    return PlainPaper(kind, found.number, "年度培训计划", "TRAINING PLAN", office, on, particulars, (part,), signers,
                      form=LANDSCAPE)  # fmt: skip


def result(seat: Seat) -> str:
    """What came of it for one person, in a word."""
    if seat.signed_in_at is None:
        return "缺勤"
    return {True: "合格", False: "不合格", None: "待定"}[seat.passed]


def word(key: str, value: str | None) -> str:
    """A choice in words; nothing for none."""
    return tr(LANG, f"{key}={value}") if value else ""


def tenths(value: int | None) -> str:
    """Hours as papers write them."""
    return UNKNOWN if value is None else f"{value // 10:,}" if value % 10 == 0 else f"{value / 10:,.1f}"


def span(first: datetime, last: datetime) -> str:
    """From when until when, the day once where it is one."""
    begins, ends = first.astimezone(), last.astimezone()
    end = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{begins:%Y-%m-%d %H:%M}—{end}"


def _day(moment: datetime) -> date:
    return moment.astimezone().date()
