"""The register of certificates 持证台账: every paper that counts, how it stands, and how many hold each kind.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from resources.words import N_
from services.certificate_state import Standing, State
from services.desk.errors import Invalid
from services.desk.site import the_office
from services.documents.blocks import Blank, Continued, Gap, Particulars, Remark, Title, day
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner
from services.documents.ink import LANDSCAPE
from services.documents.ledger import Office, columns
from services.documents.pdfa import Facts
from services.documents.sheet import Flow, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import UNKNOWN, Table, lay

if TYPE_CHECKING:
    from services.skill_matrix import Matrix
    from services.skill_risks import Weak

CHINA = timezone(timedelta(hours=8))
Names = Mapping[str, str]
KIND, TITLE, ENGLISH = "certificate_register", "持证台账", "REGISTER OF CERTIFICATES"
PAPERS = (
    ("序号", 24), ("姓名", 50), ("工号", 50), ("所在大院", 84), ("岗位（部门）", 84), ("证书种类", 112), 
    ("证书编号", 112), ("发证机关", 84), ("发证日期", 54), ("有效期至", 54), ("下次复审", 54), ("状态", 62),
)  # fmt: skip
SUMS = (("序号", 24), ("证书种类", 180), ("有效（人）", 70), ("岗位需要（人）", 70), ("缺口（人）", 70), ("说明", 180))
FOR_EVER = "长期"
STATES = {
    State.VALID: "有效", State.DUE: "临近到期", State.RECHECK: "复审逾期", State.EXPIRED: "已过期",
    State.REVOKED: "已撤销", State.AHEAD: "未生效",
}  # fmt: skip
WEAK = {"short": "持证人数少于岗位需要", "only": "仅 1 人持证", "soon": "临近到期后人数不足或仅剩 1 人"}


@dataclass(frozen=True)
class Line:
    """One certificate on paper."""

    name: str
    number: str
    compound: str
    post: str
    kind: str
    paper_no: str
    issuer: str
    issued_on: date
    valid_until: date | None
    standing: Standing


def of(session: Session, lines: Sequence[Line], whole: Matrix, scope: str, names: Names) -> bytes:
    """The register of a day as a PDF, kinds by their full `names`. Invalid: there is no certificate."""
    if not lines:
        raise Invalid(N_("There are no certificates to print"))
    clean, on = Cleaner(), whole.on
    office = clean(the_office(session).name)
    flow = Flow(LANDSCAPE, [Continued(TITLE, day(on))])
    holds = sum(line.standing.holds for line in lines)
    people = len({line.number for line in lines})
    particulars = (
        (("统计范围", clean(scope or "全部大院")), ("统计时点", day(on))),
        (("持证人数", f"{people:,} 人"), ("证书", f"{len(lines):,} 本，有效 {holds:,} 本")),
    )
    flow.place(Office(office), Title(TITLE, ENGLISH), Particulars(particulars, LANDSCAPE))
    _papers(flow, lines, clean, names)
    _sums(flow, whole, clean, names)
    roles = (("填表人", "Prepared by"), ("审核人", "Checked by"), ("单位负责人", "Head of the office"))
    boxes = SignOff([Signer(role, english, office, "") for role, english in roles], LANDSCAPE)
    flow.keep(Gap(14), boxes, Gap(2), Blank())
    facts = Facts(KIND, on.isoformat(), 1, TITLE, office, datetime.combine(on, time(), CHINA))
    foot = f"{TITLE}　{day(on)}"
    return paint(flow, LANDSCAPE, facts, lambda done, total: True, losses=clean.losses, foot=foot).data


def state(standing: Standing) -> str:
    """How a certificate stands, on paper."""
    if standing.state is State.DUE:
        return f"{standing.step} 天内{'复审' if standing.rechecked else '到期'}"
    return STATES[standing.state]


def _papers(flow: Flow, lines: Sequence[Line], clean: Cleaner, names: Names) -> None:
    table = Table(columns(PAPERS), LANDSCAPE, clean, lead=10, least=20)
    rows = []
    for n, line in enumerate(lines, 1):
        stands = line.standing
        until = line.valid_until.isoformat() if line.valid_until else FOR_EVER
        called = names.get(line.kind, line.kind)
        again = stands.until.isoformat() if stands.rechecked and stands.until else UNKNOWN
        rows.append(
            table.row((
                str(n), line.name, line.number, line.compound, line.post or UNKNOWN, called, line.paper_no,
                line.issuer or UNKNOWN, line.issued_on.isoformat(), until, again, state(stands),
            ))
        )  # fmt: skip
    note = "每人每类证书取有效者；无有效者取最近一本。“—”为不需复审或未录。"
    lay(flow, table, rows, [Remark(note)])


def _sums(flow: Flow, whole: Matrix, clean: Cleaner, names: Names) -> None:
    table = Table(columns(SUMS, 2, 3, 4), LANDSCAPE, clean, lead=10, least=18)
    rows = []
    for n, column in enumerate(whole.columns, 1):
        short = max(0, column.needed - column.valid)
        needed = str(column.needed) if column.needed else UNKNOWN
        rows.append(
            table.row(
                (
                    str(n),
                    names.get(column.kind, column.kind),
                    str(column.valid),
                    needed,
                    str(short or ""),
                    _weak(column.weak),
                )
            )
        )
    below(flow, Heading("持证情况汇总", "Holders by kind"), table, rows)


def _weak(weak: Weak | None) -> str:
    return WEAK[weak.value] if weak else ""
