"""The reconciliation report 对账报告: the totals of register and accounts, a table for each way, what was explained.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.documents.blocks import HEADING, LABEL_SMALL, Blank, Continued, Gap, Particulars, Remark, Title, day
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner, Face
from services.documents.import_report import Figures
from services.documents.ink import LANDSCAPE, MUTED, Ink, Style
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Paper, Tell, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import Column, Table

KIND, TITLE, ENGLISH = "reconciliation_report", "国有资产对账报告", "RECONCILIATION REPORT"
BODY, COUNT = Style(Face.SANS, 7.5), Style(Face.SANS, 7.5, MUTED)
LINES = 500  # of one way on paper; how many more there are is said
FOUND = (
    ("序号", 24), ("对账事项", 116), ("对象", 148), ("大院", 72), ("账面", 82), ("对方", 82), ("差额", 74),
    ("依据", 130), ("说明", 58),
)  # fmt: skip
TOTALS = (
    ("序号", 24), ("账簿", 70), ("范围", 90), ("时点", 60), ("项目", 60), ("登记簿", 110), ("会计账", 110),
    ("差额", 100),
)  # fmt: skip
REASONS = (
    ("序号", 24), ("对账事项", 130), ("对象", 170), ("说明", 230), ("依据文件", 120), ("有效至", 60), ("编号", 84),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One difference on paper, in words."""

    rule: str
    about: str
    compound: str
    book: str
    other: str
    amount: str
    source: str
    state: str


@dataclass(frozen=True)
class Part:
    """One way: its name in both languages, its differences, and how many of them nobody has explained."""

    title: str
    english: str
    lines: Sequence[Line]
    open: int


@dataclass(frozen=True)
class Sum:
    """One total of one set of accounts: whose, of what, what the register and what the accounts say."""

    ledger: str
    scope: str
    on: str
    what: str
    book: str
    other: str
    amount: str


@dataclass(frozen=True)
class Reason:
    """One difference that is explained, and how."""

    rule: str
    about: str
    explanation: str
    basis: str
    until: str
    number: str


@dataclass(frozen=True)
class Report:
    """Everything the paper says. `made` (aware) dates the file: the same report gives the same bytes."""

    office: str
    scope: str
    on: date
    parts: Sequence[Part]
    sums: Sequence[Sum]
    reasons: Sequence[Reason]
    made: datetime


@dataclass(frozen=True)
class Office:
    """The name of the office above the title."""

    name: str
    height: float = 16.0

    def paint(self, ink: Ink, top: float) -> None:
        """At the left, the units at the right."""
        ink.text(ink.form.left, top - 9, self.name, HEADING, fit=ink.form.measure * 0.7)
        ink.text(ink.form.end, top - 9, "单位：元、件、平方米", LABEL_SMALL, "right")


@press
def render(report: Report, tell: Tell = lambda done, total: True) -> Paper:
    """Draws the report. `tell(page, pages)` stops it with False (Cancelled)."""
    clean = Cleaner()
    office, scope = clean(report.office), clean(report.scope)
    flow = Flow(LANDSCAPE, [Continued(TITLE, day(report.on))])
    every, open_ = sum(len(part.lines) for part in report.parts), sum(part.open for part in report.parts)
    facts = ((("对账范围", scope), ("对账时点", day(report.on))),
             (("差异", f"{every:,} 项"), ("其中未说明", f"{open_:,} 项")))  # fmt: skip
    figures = [(f"{len(part.lines):,}", f"{part.title}差异　{part.english}") for part in report.parts]
    flow.place(Office(office), Title(TITLE, ENGLISH), Particulars(facts, LANDSCAPE), Gap(4), Figures(figures), Gap(4))
    _totals(flow, report, clean)
    for part in report.parts:
        _part(flow, part, clean)
    _reasons(flow, report, clean)
    flow.keep(Gap(14), _signatures(office), Gap(2), Blank())
    said = Facts(KIND, report.on.isoformat(), 1, TITLE, office, report.made)
    return paint(flow, LANDSCAPE, said, tell, losses=clean.losses, foot=f"{TITLE}　{day(report.on)}")


def _table(widths: Sequence[tuple[str, float]], clean: Cleaner, *right: str) -> Table:
    scale = LANDSCAPE.measure / sum(width for _, width in widths)
    made = [Column(name, width * scale, "right" if name in right else "left", style=BODY) for name, width in widths]
    made[0] = replace(made[0], align="center", wraps=False, style=COUNT)
    return Table(made, LANDSCAPE, clean, lead=10, least=20)


def _totals(flow: Flow, report: Report, clean: Cleaner) -> None:
    if not report.sums:
        flow.keep(Remark("会计账余额未录入：账账只对凭证。"))
        return
    table = _table(TOTALS, clean, "登记簿", "会计账", "差额")
    rows = [
        table.row((str(n), s.ledger, s.scope, s.on, s.what, s.book, s.other, s.amount))
        for n, s in enumerate(report.sums, 1)
    ]
    below(flow, Heading("总额核对", "Register and accounts"), table, rows)


def _part(flow: Flow, part: Part, clean: Cleaner) -> None:
    heading = Heading(part.title, part.english)
    if not part.lines:
        flow.keep(heading, Remark("核对相符，无差异。"))
        return
    table = _table(FOUND, clean, "账面", "对方", "差额")
    rows = [
        table.row((str(n), d.rule, d.about, d.compound, d.book, d.other, d.amount, d.source, d.state))
        for n, d in enumerate(part.lines[:LINES], 1)
    ]
    tail: list[Block] = []
    if (more := len(part.lines) - LINES) > 0:
        tail.append(Remark(f"另有 {more:,} 项差异，见导出的明细表。"))
    below(flow, heading, table, rows, tail)


def _reasons(flow: Flow, report: Report, clean: Cleaner) -> None:
    if not report.reasons:
        return
    table = _table(REASONS, clean)
    rows = [
        table.row((str(n), r.rule, r.about, r.explanation, r.basis, r.until, r.number))
        for n, r in enumerate(report.reasons, 1)
    ]
    below(flow, Heading("差异说明", "Explained differences"), table, rows)


def _signatures(office: str) -> SignOff:
    roles = (("资产管理人", "Asset manager"), ("财务负责人", "Finance"), ("权属管理人", "Titles"),
             ("单位负责人", "Head of the office"))  # fmt: skip
    return SignOff([Signer(role, english, office, "") for role, english in roles], LANDSCAPE)
