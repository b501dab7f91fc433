"""维修作业单: what a technician takes along and writes on where no screen is at hand. Chinese by decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.work_checklist import CheckKind
from resources.words import tr
from services.documents.plain_paper import Fact, Part, PlainPaper
from services.documents.table import UNKNOWN
from services.work_done import Doing, Line
from services.work_papers import Head

LANG, TALL = "zh_CN", 25.0  # points of a row that is written on by hand
CHECKS = (("序号", 26), ("检查项目", 190), ("要求", 110), ("检查结果", 130), ("合格", 40))
PERMITS = (("序号", 26), ("许可类别", 80), ("许可证号", 110), ("有效期", 170), ("签发人", 60), ("监护人", 60))
VISITS = (("序号", 26), ("到场时间", 120), ("离场时间", 120), ("路途（分钟）", 70), ("人员", 160))
MATERIALS = (("序号", 26), ("材料名称、规格", 220), ("单位", 50), ("数量", 60), ("单价（元）", 70), ("金额（元）", 70))
RESULT = (("序号", 26), ("项目", 90), ("内容", 380))


def job_sheet(found: Head, done: Doing, on: date) -> PlainPaper:
    """What is known is printed, what is not is left to be written."""
    order = found.order
    parts = [*_permits(done), _checks(done.lines), _blank(VISITS, "到场与工时", "Visits and hours", 3),
             _blank(MATERIALS, "用料", "Materials", 5),
             Part(RESULT, [("1", "故障原因", ""), ("2", "处理结果", ""), ("3", "遗留问题", "")], "处理情况", "Result",
                  least=36.0)]  # fmt: skip
    signers = (("维修人员", "Technician"), ("报修人验收", "Accepted by"))
    remark = "手工填写后请于当日录入系统。"
    parts[-1] = Part(**(parts[-1].__dict__ | {"remark": remark}))
    return PlainPaper("work_order_job", str(order["number"]), "维修作业单", "JOB SHEET", found.office, on,
                      particulars(found), parts, signers)  # fmt: skip


def particulars(found: Head) -> list[tuple[Fact, Fact]]:
    """What an order is, as both of its papers head it."""
    order = found.order
    asset = found.asset or UNKNOWN
    if found.warranty_until:
        asset += f"（保修至 {found.warranty_until.isoformat()}）"
    return [
        (("工单编号", str(order["number"])), ("紧急程度", word("work_order.priority", order["priority"].value))),
        (("事项", str(order["title"])), ("工种", word("work_trade.code", order["trade"]))),
        (("地点", found.place or UNKNOWN), ("设备", asset)),
        (("报修人", found.reporter or UNKNOWN), ("联系方式", found.contact or UNKNOWN)),
        (("报修时间", moment(order["reported_at"])), ("完成时限", moment(order["completion_due"]))),
        (("维修人员", found.doer or UNKNOWN), ("情况说明", str(order["description"] or UNKNOWN))),
    ]


def _permits(done: Doing) -> list[Part]:
    if not (done.permits.needed or done.permits.permits):
        return []
    rows = [
        (str(n), word("work_permit.kind", p.kind.value), p.number, f"{moment(p.valid_from)} 至 {moment(p.valid_until)}",
         p.issued_by, p.watched_by)
        for n, p in enumerate(done.permits.permits, 1)
    ]  # fmt: skip
    there = {p.kind for p in done.permits.permits}
    rows += [(str(n), word("work_permit.kind", kind.value), "", "", "", "")
             for n, kind in enumerate((k for k in done.permits.needed if k not in there), len(rows) + 1)]  # fmt: skip
    return [Part(PERMITS, rows, "作业许可", "Permits", remark="无有效许可不得开工。", least=TALL)]


def _checks(lines: Sequence[Line]) -> Part:
    rows = [(str(n), line.text + ("" if line.required else "（选填）"), demand(line), "", "")
            for n, line in enumerate(lines, 1)]  # fmt: skip
    rows = rows or [(str(n), "", "", "", "") for n in range(1, 4)]
    return Part(CHECKS, rows, "检查项目", "Checklist", least=TALL)


def _blank(columns: Sequence[tuple[str, float]], name: str, english: str, count: int) -> Part:
    rows = [(str(n), *[""] * (len(columns) - 1)) for n in range(1, count + 1)]
    return Part(columns, rows, name, english, least=TALL)


def demand(line: Line) -> str:
    """What a line asks for: limits with their unit, or how it is answered."""
    if line.least is None and line.most is None:
        kinds = {CheckKind.YES_NO: "是／否", CheckKind.PHOTO: "照片", CheckKind.TEXT: "文字"}
        return kinds.get(line.kind, line.measure or "数值")
    limits = [amount(value) for value in (line.least, line.most) if value is not None]
    sign = "～" if len(limits) == 2 else "≥" if line.least is not None else "≤"
    text = sign.join(limits) if len(limits) == 2 else sign + limits[0]
    return f"{text} {line.measure}".rstrip()


def word(key: str, value: str | None) -> str:
    """A choice in words; nothing for none."""
    return tr(LANG, f"{key}={value}") if value else ""


def moment(at: datetime | None) -> str:
    """Day and time where the machine is."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else UNKNOWN


def amount(thousandths: int) -> str:
    """A quantity without needless decimals."""
    return f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")
