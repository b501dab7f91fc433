"""The training audit report 年度培训情况审计表. Chinese by decision."""

from __future__ import annotations

from services.documents.amounts import figures
from services.documents.blocks import day
from services.documents.plain_paper import Fact, Part, PlainPaper
from services.documents.table import UNKNOWN
from services.documents.training_forms import word
from services.documents.training_person import RULES, amount
from services.training_audit import Audit

PLANS = (
    ("序号", 26), ("计划", 150), ("项目数", 50), ("已办", 50), ("计划人数", 56), ("到训人数", 56), ("预算（元）", 76),
    ("支出（元）", 76),
)  # fmt: skip
FUNCTIONS = (("序号", 26), ("岗位职能", 160), ("人数", 70), ("达标人数", 70), ("达标率", 70), ("人均学时", 80))
SHORT = (("序号", 26), ("工号", 80), ("姓名", 76), ("部门", 130), ("未达标要求", 200))
DRILLS = (("序号", 26), ("大院", 240), ("已演练（次）", 100), ("应演练（次）", 100))
OVERDUE = (("序号", 26), ("姓名", 76), ("部门", 120), ("课程", 150), ("上次通过", 70), ("应于", 70))

TRAINERS = (
    ("序号", 26), ("教师", 90), ("培训机构", 110), ("班次", 40), ("到训人次", 50), ("合格率", 50), ("平均评分", 50),
    ("评价人数", 50), ("人均支出（元）", 66),
)  # fmt: skip


def report(office: str, found: Audit) -> PlainPaper:
    """Everything the audit found, each of its lists under its name."""
    answers, mean = found.rated
    rate = f"{(found.seats - found.absent) * 100 / found.seats:.1f}%" if found.seats else UNKNOWN
    particulars: list[tuple[Fact, Fact]] = [
        (("范围", found.compound or "全部大院"), ("年度", f"{found.year} 年，截至{day(found.on)}")),
        (("举办班次", f"{found.sessions:,} 期"), ("取消", f"{found.cancelled:,} 期")),
        (("到训率", f"{rate}（应到 {found.seats:,} 人次，缺勤 {found.absent:,} 人次）"),
         ("在岗人数", f"{found.people:,} 人")),
        (("学员评价", UNKNOWN if mean is None else f"平均 {mean:.1f} 分（满分 5 分，{answers:,} 人次）"),
         ("授课教师", f"{len(found.trainers):,} 名")),
        (("培训支出", f"¥{figures(found.cost)}"), ("人均支出", f"¥{figures(found.per_head)}")),
    ]  # fmt: skip
    parts = (_plans(found), _functions(found), _short(found), _drills(found), _overdue(found), _trainers(found))
    signers = (("填表人", "Prepared by"), ("培训负责人", "Training officer"), ("审计人员", "Auditor"))
    title, english = "年度培训情况审计表", "TRAINING AUDIT REPORT"
    return PlainPaper("training_audit", f"{found.year}", title, english, office, found.on, particulars, parts, signers)


def _plans(found: Audit) -> Part:
    rows = [
        (str(n), f"{plan.number} {plan.title}", f"{len(plan.lines):,}", f"{sum(line.done for line in plan.lines):,}",
         f"{sum(line.people for line in plan.lines):,}", f"{sum(line.came for line in plan.lines):,}",
         figures(plan.asked), figures(plan.spent))
        for n, plan in enumerate(found.plans, 1)
    ]  # fmt: skip
    drafts = f"另有 {found.drafts} 份计划尚未批准。" if found.drafts else ""
    empty = "本年度无已批准的培训计划"
    return Part(PLANS, rows, "计划执行", "Plans", frozenset(range(2, 8)), remark=drafts, empty=empty)


def _functions(found: Audit) -> Part:
    rows = [
        (str(n), word("post.function", row.function and row.function.value) or "未定岗", f"{row.people:,}",
         f"{row.met:,}", f"{row.met * 100 / row.people:.1f}%", f"{row.hours / row.people / 10:,.1f}")
        for n, row in enumerate(found.functions, 1)
    ]  # fmt: skip
    people, met = sum(row.people for row in found.functions), sum(row.met for row in found.functions)
    return Part(FUNCTIONS, rows, "学时达标", "Hours", frozenset({2, 3, 4, 5}), {2: f"{people:,}", 3: f"{met:,}"})


def _short(found: Audit) -> Part:
    rows = [
        (str(n), row.number, row.name, row.unit or UNKNOWN,
         "；".join(f"{RULES.get(t.rule.code, t.rule.code)}缺 {amount(t, t.short)}" for t in row.targets if t.short))
        for n, row in enumerate(found.short, 1)
    ]  # fmt: skip
    return Part(SHORT, rows, "未达标人员", "People who are short", empty="全部达标")


def _drills(found: Audit) -> Part:
    rows = [(str(n), row.compound, str(row.held), str(row.needed)) for n, row in enumerate(found.drills, 1)]
    return Part(DRILLS, rows, "消防演练", "Drills", frozenset({2, 3}))


def _trainers(found: Audit) -> Part:
    rows = [
        (str(n), row.trainer or "未填", row.provider or UNKNOWN, str(row.sessions), f"{row.came:,}",
         f"{row.passed * 100 / row.judged:.1f}%" if row.judged else UNKNOWN,
         UNKNOWN if row.mean is None else f"{row.mean:.1f}", f"{row.rated:,}",
         UNKNOWN if row.a_head is None else figures(row.a_head))
        for n, row in enumerate(found.trainers, 1)
    ]  # fmt: skip
    return Part(TRAINERS, rows, "授课评价", "Trainers and providers", frozenset(range(3, 9)), empty="本年度未举办培训")


def _overdue(found: Audit) -> Part:
    rows = [
        (str(n), row.name, row.unit or UNKNOWN, row.course, row.last_on.isoformat() if row.last_on else "从未",
         row.due_on.isoformat())
        for n, row in enumerate(found.overdue, 1)
    ]  # fmt: skip
    return Part(OVERDUE, rows, "逾期未复训", "Overdue repeats", empty="无")
