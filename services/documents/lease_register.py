"""The register of leases 国有资产出租出借台账: who uses what for how long, and what became of every rent.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from sqlalchemy.orm import Session

from models.lease import Lease, LeaseRent
from resources.words import N_, tr
from services.desk.errors import Invalid
from services.desk.site import the_office
from services.documents.amounts import figures
from services.documents.blocks import Blank, Continued, Gap, Particulars, Remark, Title, day
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner
from services.documents.ink import LANDSCAPE
from services.documents.ledger import Office, columns
from services.documents.pdfa import Facts
from services.documents.sheet import Flow, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import UNKNOWN, Running, Table, lay

LANG, CHINA = "zh_CN", timezone(timedelta(hours=8))
KIND, TITLE, ENGLISH = "lease_register", "国有资产出租出借台账", "REGISTER OF LEASES"
DUE, RECEIVED, PAID = 8, 9, 10
SUMS = {DUE: figures, RECEIVED: figures, PAID: figures}
LEASES = (
    ("序号", 24), ("编号", 84), ("标的", 108), ("承租（使用）方", 92), ("方式", 40), ("批复文号", 70), ("期限", 84),
    ("租金", 72), ("应收（元）", 60), ("已收（元）", 60), ("已上缴（元）", 60), ("状态", 36),
)  # fmt: skip
RENTS = (
    ("序号", 24), ("租约", 92), ("期间", 120), ("应收日期", 62), ("金额（元）", 76), ("收到日期", 62),
    ("上缴国库日期", 70), ("缴库凭证", 110), ("逾期", 50),
)  # fmt: skip
Row = tuple[Lease, str, Sequence[LeaseRent]]


def of(session: Session, rows: Sequence[Row], on: date) -> bytes:
    """The register of a day as a PDF. Invalid: there is no lease."""
    if not rows:
        raise Invalid(N_("There are no leases to print"))
    clean = Cleaner()
    office = clean(the_office(session).name)
    flow = Flow(LANDSCAPE, [Continued(TITLE, day(on))])
    rents = [(lease, rent) for lease, _, all_ in rows for rent in all_]
    late = [rent for _, rent in rents if rent.received_on is None and rent.due_on < on]
    overdue = f"{len(late):,} 期　¥{figures(sum(rent.amount for rent in late))}"
    particulars = (
        (("统计时点", day(on)), ("租约份数", f"{len(rows):,} 份")),
        (("租金期数", f"{len(rents):,} 期"), ("逾期未收", overdue)),
    )
    flow.place(Office(office, "单位：元　Unit: yuan"), Title(TITLE, ENGLISH), Particulars(particulars, LANDSCAPE))
    _leases(flow, rows, clean)
    _rents(flow, rents, on, clean)
    roles = (("填表人", "Prepared by"), ("财务审核", "Finance"), ("单位负责人", "Head of the office"))
    boxes = SignOff([Signer(role, english, office, "") for role, english in roles], LANDSCAPE)
    flow.keep(Gap(14), boxes, Gap(2), Blank())
    facts = Facts(KIND, on.isoformat(), 1, TITLE, office, datetime.combine(on, time(), CHINA))
    foot = f"{TITLE}　{day(on)}"
    return paint(flow, LANDSCAPE, facts, lambda done, total: True, losses=clean.losses, foot=foot).data


def _values(row: Row) -> dict[int, int | None]:
    rents = row[2]
    return {
        DUE: sum(rent.amount for rent in rents), RECEIVED: sum(rent.amount for rent in rents if rent.received_on),
        PAID: sum(rent.amount for rent in rents if rent.paid_on),
    }  # fmt: skip


def _leases(flow: Flow, rows: Sequence[Row], clean: Cleaner) -> None:
    table = Table(columns(LEASES, DUE, RECEIVED, PAID), LANDSCAPE, clean, lead=10, least=22)
    running, whole, laid = Running(table, SUMS), Running(table, SUMS), []
    for n, row in enumerate(rows, 1):
        lease, thing, _ = row
        whole.add(values := _values(row))
        laid.append(
            table.row((
                str(n), lease.number, thing, " ".join(filter(None, (lease.lessee, lease.contact))),
                tr(LANG, f"lease.kind={lease.kind.value}"), lease.approval_no or lease.contract_no or UNKNOWN,
                f"{lease.from_on.isoformat()} 至 {(lease.ended_on or lease.until_on).isoformat()}",
                f"{figures(lease.rent)}/{tr(LANG, f'lease.period={lease.period.value}')}",
                *(figures(values[at] or 0) for at in SUMS), tr(LANG, f"lease.state={lease.state.value}"),
            ))
        )  # fmt: skip
    note = "出租、共享共用收入按非税收入管理规定上缴国库，收支两条线。“已上缴”为已收租金中缴入国库的部分。"
    lay(flow, table, laid, [whole.block("合　计　Total"), Remark(note)], running, lambda n: _values(rows[n]))


def _rents(flow: Flow, rents: Sequence[tuple[Lease, LeaseRent]], on: date, clean: Cleaner) -> None:
    table = Table(columns(RENTS, 4), LANDSCAPE, clean, lead=10, least=18)
    rows = []
    for n, (lease, rent) in enumerate(rents, 1):
        late = (on - rent.due_on).days if rent.received_on is None and rent.due_on < on else 0
        rows.append(
            table.row((
                str(n), lease.number, f"{rent.from_on.isoformat()} 至 {rent.until_on.isoformat()}",
                rent.due_on.isoformat(), figures(rent.amount), _day(rent.received_on), _day(rent.paid_on),
                rent.voucher or UNKNOWN, f"{late} 天" if late else "",
            ))
        )  # fmt: skip
    if rows:
        below(flow, Heading("租金收取与上缴", "Rents and treasury payments"), table, rows)


def _day(value: date | None) -> str:
    return value.isoformat() if value else UNKNOWN
