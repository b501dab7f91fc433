"""The training papers of one person: 培训记录卡 of a year and 培训护照 of all. Chinese by decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.documents.blocks import day
from services.documents.plain_paper import Fact, Part, PlainPaper
from services.documents.table import UNKNOWN
from services.documents.training_forms import tenths, word
from services.training_lines import Learnt
from services.training_records import Passport
from services.training_rules import Target

CARD = (
    ("序号", 26), ("日期", 56), ("培训内容", 150), ("形式", 44), ("学时", 36), ("讲师", 70), ("成绩", 36), ("结果", 44),
    ("签到", 36),
)  # fmt: skip


TARGETS = (("序号", 26), ("要求", 150), ("应达到", 60), ("已完成", 60), ("尚缺", 60), ("依据", 170))


CERTIFICATES = (("序号", 26), ("证书", 120), ("编号", 120), ("发证机关", 110), ("发证日期", 62), ("有效期至", 62))


YEARS = (("序号", 26), ("年度", 100), ("学时合计", 100))


RULES = {
    "induction": "新上岗人员岗前培训", "managers_first": "管理岗位初次培训", "managers_yearly": "管理岗位年度再培训",
    "trades_yearly": "设备运行岗位年度再培训", "workers_yearly": "服务岗位年度培训",
    "professional_yearly": "专业技术人员继续教育", "fire_yearly": "消防安全培训", "drill_yearly": "消防演练",
}  # fmt: skip


def card(office: str, found: Passport) -> PlainPaper:
    """培训记录卡: what somebody heard in the year the card is of, and how far he is from what is asked."""
    heard = [row for row in found.behind if row.on.year == found.year and row.came]
    parts = (
        Part(CARD, [_heard(n, row) for n, row in enumerate(reversed(heard), 1)], right=frozenset({4, 6}),
             sums={4: tenths(sum(row.hours for row in heard))}, empty="本年度无培训记录"),
        _targets(found.targets),
    )  # fmt: skip
    return PlainPaper(
        "training_card", f"{found.number}-{found.year}", "培训记录卡", "TRAINING RECORD CARD", office,
        date(found.year, 12, 31), _about(found), parts, (("本人", "Person"), ("培训负责人", "Training officer")),
    )  # fmt: skip


def passport(office: str, found: Passport, on: date) -> PlainPaper:
    """培训护照: all of it, with certificates and hours by year."""
    own = [row for row in found.behind if row.certificate_no]
    certificates = [
        (row.kind, row.number, row.issuer or UNKNOWN, row.issued_on.isoformat(),
         "已撤销" if row.revoked_on else row.valid_until.isoformat() if row.valid_until else "长期")
        for row in found.certificates
    ] + [(row.course, row.certificate_no, office, row.on.isoformat(), UNKNOWN) for row in own]  # fmt: skip
    heard = [row for row in found.behind if row.came]
    parts = (
        Part(CERTIFICATES, [(str(n), *row) for n, row in enumerate(certificates, 1)], "持有证书", "Certificates"),
        Part(YEARS, [(str(n), f"{year} 年", tenths(hours)) for n, (year, hours) in enumerate(found.by_year, 1)],
             "历年学时", "Hours by year", frozenset({2}), {2: tenths(sum(hours for _, hours in found.by_year))}),
        _targets(found.targets),
        Part(CARD, [_heard(n, row) for n, row in enumerate(heard, 1)], "培训经历", "Training",
             frozenset({4, 6}), {4: tenths(sum(row.hours for row in heard))}),
    )  # fmt: skip
    return PlainPaper("training_passport", found.number, "培训护照", "TRAINING PASSPORT", office, on, _about(found),
                      parts, (("本人", "Person"), ("培训负责人", "Training officer")))  # fmt: skip


def _about(found: Passport) -> list[tuple[Fact, Fact]]:
    return [
        (("姓名", found.name), ("工号", found.number)),
        (("部门", found.unit or UNKNOWN), ("岗位", found.post or UNKNOWN)),
        (("到岗日期", day(found.joined_on) if found.joined_on else UNKNOWN), ("年度", f"{found.year} 年")),
    ]  # fmt: skip


def _targets(found: Sequence[Target]) -> Part:
    rows = [
        (str(n), RULES.get(target.rule.code, target.rule.code), amount(target, target.needed),
         amount(target, target.had), amount(target, target.short) if target.short else "达标", target.rule.source)
        for n, target in enumerate(found, 1)
    ]  # fmt: skip
    return Part(TARGETS, rows, "学时要求", "Targets", frozenset({2, 3, 4}))


def _heard(n: int, row: Learnt) -> tuple[str, ...]:
    passed = {True: "合格", False: "不合格", None: UNKNOWN}[row.passed]
    return (str(n), row.on.isoformat(), row.course if row.course == row.title else f"{row.course} {row.title}",
            word("training_session.kind", row.kind.value), tenths(row.hours), row.trainer or UNKNOWN,
            UNKNOWN if row.score is None else str(row.score), passed, "已签到")  # fmt: skip


def amount(target: Target, value: int) -> str:
    """Hours or times, as the rule counts."""
    return f"{value} 次" if target.rule.times else f"{tenths(value)} 学时"
