"""维修工单记录: the whole course of one order, for the file. Chinese by decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.work_checklist import CheckKind
from services.documents.amounts import figures
from services.documents.plain_paper import Fact, Part, PlainPaper
from services.documents.table import UNKNOWN
from services.documents.work_sheet import amount, demand, moment, particulars, word
from services.work_done import Doing, Line
from services.work_money import Money
from services.work_papers import Head, Step

STEPS = (("序号", 26), ("时间", 110), ("状态", 80), ("经办账号", 90), ("说明", 190))
CHECKS = (("序号", 26), ("检查项目", 180), ("要求", 90), ("结果", 120), ("判定", 46), ("后续工单", 100))
VISITS = (("序号", 26), ("到场时间", 110), ("离场时间", 110), ("路途（分钟）", 66), ("人员", 110), ("备注", 120))
LABOUR = (("序号", 26), ("日期", 80), ("人员", 110), ("工时（分钟）", 76), ("单价（元/小时）", 90), ("金额（元）", 80))
MATERIALS = (
    ("序号", 26),
    ("日期", 70),
    ("名称", 170),
    ("数量", 60),
    ("单位", 40),
    ("单价（元）", 70),
    ("金额（元）", 76),
)
PERMITS = (("序号", 26), ("类别", 66), ("编号", 100), ("有效期", 190), ("签发／监护", 90), ("关闭", 100))
QUOTES = (("序号", 26), ("单位", 170), ("报价（元）", 80), ("工期（天）", 56), ("有效期至", 76), ("选定及理由", 140))
COSTS = (("序号", 26), ("日期", 70), ("类别", 56), ("内容", 150), ("承担方", 76), ("凭证", 70), ("金额（元）", 80))
SAID = (("序号", 26), ("时间", 110), ("类别", 56), ("内容", 180), ("答复", 150))


def record(found: Head, done: Doing, spent: Money, steps: Sequence[Step], on: date) -> PlainPaper:
    """Each of its lists under its name; what there is nothing of is left out."""
    parts = [part for part in (
        _steps(steps), _permits(done), _checks(done.lines), _visits(done), _labour(done), _materials(done),
        _quotes(spent), _costs(spent), _said(done),
    ) if part.rows]  # fmt: skip
    signers = (("维修负责人", "Supervisor"), ("报修单位", "Reported by"))
    return PlainPaper(
        "work_order_record", str(found.order["number"]), "维修工单记录", "WORK ORDER RECORD", found.office, on,
        [*particulars(found), *_outcome(found)], parts, signers,
    )  # fmt: skip


def _outcome(found: Head) -> list[tuple[Fact, Fact]]:
    order = found.order
    points = [order[name] for name in ("speed", "quality", "manner")]
    rated = f"及时 {points[0]}　质量 {points[1]}　态度 {points[2]}" if all(points) else UNKNOWN
    told = [
        (("开工", moment(order["started_at"])), ("完工", moment(order["done_at"]))),
        (("故障原因", str(order["cause"] or UNKNOWN)), ("处理结果", str(order["result"] or UNKNOWN))),
        (("评价", rated), ("返工", f"{order['reopened']} 次")),
    ]
    if order["unlicensed_why"]:
        told.append((("无证作业说明", str(order["unlicensed_why"])), ("意见", str(order["opinion"] or UNKNOWN))))
    return told


def _steps(steps: Sequence[Step]) -> Part:
    rows = [(str(n), moment(s.at), word("work_order.state", s.became.value), s.account, s.word)
            for n, s in enumerate(steps, 1)]  # fmt: skip
    return Part(STEPS, rows, "办理经过", "Steps")


def _permits(done: Doing) -> Part:
    rows = [
        (str(n), word("work_permit.kind", p.kind.value), p.number, f"{moment(p.valid_from)} 至 {moment(p.valid_until)}",
         " ".join(filter(None, (p.issued_by, p.watched_by))), f"{moment(p.closed_at)} {p.closing}".strip())
        for n, p in enumerate(done.permits.permits, 1)
    ]  # fmt: skip
    return Part(PERMITS, rows, "作业许可", "Permits")


def _checks(lines: Sequence[Line]) -> Part:
    rows = [(str(n), x.text, demand(x), _answer(x), _judged(x), x.follow_up) for n, x in enumerate(lines, 1)]
    return Part(CHECKS, rows, "检查项目", "Checklist")


def _answer(line: Line) -> str:
    if not line.answered:
        return UNKNOWN
    if line.kind is CheckKind.PHOTO:
        return f"照片 {line.photos} 张"
    said = "" if line.yes is None else "是" if line.yes else "否"
    if line.number is not None:
        said = f"{amount(line.number)} {line.measure}".rstrip()
    return " ".join(filter(None, (said, line.words)))


def _judged(line: Line) -> str:
    return {True: "不合格", False: "合格", None: ""}[line.failed]


def _visits(done: Doing) -> Part:
    rows = [
        (str(n), moment(v.came_at), moment(v.left_at), UNKNOWN if v.travel_minutes is None else str(v.travel_minutes),
         v.who, v.note)
        for n, v in enumerate(done.visits, 1)
    ]  # fmt: skip
    return Part(VISITS, rows, "到场", "Visits", frozenset({3}))


def _labour(done: Doing) -> Part:
    rows = [
        (str(n), x.on.isoformat(), x.person, f"{x.minutes:,}", UNKNOWN if x.an_hour is None else figures(x.an_hour),
         figures(x.amount))
        for n, x in enumerate(done.labour, 1)
    ]  # fmt: skip
    sums = {3: f"{done.minutes:,}", 5: figures(sum(x.amount for x in done.labour))}
    return Part(LABOUR, rows, "工时", "Hours", frozenset({3, 4, 5}), sums)


def _materials(done: Doing) -> Part:
    rows = [
        (str(n), x.on.isoformat(), x.name, amount(x.quantity), x.measure, figures(x.unit_price), figures(x.amount))
        for n, x in enumerate(done.materials, 1)
    ]  # fmt: skip
    return Part(MATERIALS, rows, "用料", "Materials", frozenset({3, 5, 6}), {6: figures(_sum(done.materials))})


def _quotes(spent: Money) -> Part:
    rows = [
        (str(n), q.provider, figures(q.amount), str(q.days or UNKNOWN),
         q.valid_until.isoformat() if q.valid_until else UNKNOWN,
         f"{q.chosen_on.isoformat()} {q.chosen_why}".strip() if q.chosen_on else "")
        for n, q in enumerate(spent.quotes, 1)
    ]  # fmt: skip
    return Part(QUOTES, rows, "比价", "Quotes", frozenset({2, 3}))


def _costs(spent: Money) -> Part:
    rows = [
        (str(n), c.on.isoformat(), word("work_cost.kind", c.kind.value), c.label,
         word("work_cost.payer", c.payer.value), c.voucher, figures(c.amount))
        for n, c in enumerate(spent.costs, 1)
    ]  # fmt: skip
    capital = f"其中计入资产价值 ¥{figures(spent.capital)}。" if spent.capital else ""
    return Part(COSTS, rows, "费用", "Costs", frozenset({6}), {6: figures(spent.total)}, remark=capital)


def _said(done: Doing) -> Part:
    rows = [
        (str(n), moment(x.at), word("work_feedback.kind", x.kind.value), " ".join(filter(None, (x.person, x.words))),
         x.answer)
        for n, x in enumerate(done.said, 1)
    ]  # fmt: skip
    return Part(SAID, rows, "投诉与回访", "Feedback")


def _sum(rows: Sequence[object]) -> int:
    return sum(getattr(row, "amount", 0) for row in rows)
