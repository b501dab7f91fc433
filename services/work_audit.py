"""Work orders audited: what was reported in a period, how its deadlines were kept, and whatever is wrong with one.

From which sum on quotes are compared, how many, and after how many hours an order counts as entered late are dated rows
of `resources/reference/work_audit.json`, with their source.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.asset import Asset
from models.compound import Compound
from models.journal import Record
from models.work_doing import WorkVisit
from models.work_money import CostKind, WorkCost, WorkQuote
from models.work_order import Payer, WorkKind, WorkOrder
from models.work_states import WorkState
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.session import DeskSession
from services.plan_things import reached
from services.work_kpis import ASIDE
from services.work_spans import within

HIRED = (CostKind.CONTRACT, CostKind.OTHER)  # what a firm is paid for
SPARED = (Payer.WARRANTY, Payer.PENALTY, Payer.INSURER)  # whoever it is, it is not the office's money


class Wrong(enum.StrEnum):
    """What an auditor asks about."""

    ANSWERED_LATE = "answered_late"
    DONE_LATE = "done_late"
    NOT_DONE = "not_done"
    REOPENED = "reopened"
    UNLICENSED = "unlicensed"
    QUOTES = "quotes"
    WARRANTY = "warranty"
    ENTERED_LATE = "entered_late"
    WORK_FIRST = "work_first"
    NOT_RATED = "not_rated"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `count` times, hours or quotes, `sum` fen, what somebody `said` about it."""

    wrong: Wrong
    count: int = 0
    sum: int = 0
    said: str = ""


@dataclass(frozen=True)
class Order:
    """An order as an audit looks at it; `hired` fen were paid to firms, `cost` in all."""

    id: UUID
    number: str
    title: str
    compound: str
    kind: WorkKind
    state: WorkState
    trade: str
    reported_at: datetime | None
    done_at: datetime | None
    cost: int
    findings: tuple[Finding, ...] = ()

    def has(self, *wrong: Wrong) -> bool:
        """Whether one of these is wrong with it."""
        return any(finding.wrong in wrong for finding in self.findings)


@dataclass(frozen=True)
class Audit:
    """Every order reported in the period, by compound and number; `promised` of them had a deadline to be answered,
    `in_time` were; `due` of those done had one, `on_time` kept it. `above` (fen) and `least` are the rule on quotes."""

    from_on: date
    until_on: date
    orders: tuple[Order, ...]
    promised: int
    in_time: int
    due: int
    on_time: int
    above: int
    least: int
    hours: int
    source: str


@dataclass
class _Known:
    """What is known beside the orders, by their ids."""

    quotes: dict[UUID, int]
    costs: dict[UUID, int]
    hired: dict[UUID, int]
    spent: dict[UUID, int]  # by others than the warranty, for what a firm did
    despite: dict[UUID, str]
    visits: dict[UUID, datetime]
    entered: dict[UUID, datetime]
    rule: dict[str, Any] = field(default_factory=dict)


@query(N_("Work orders audited"), on=WorkOrder, name="work_orders.audit")
def audit(session: Session, from_on: date, until_on: date, now: datetime, compound_ids: Sequence[UUID] = ()) -> Audit:
    """Orders reported in a period (both days counted), as they stand at an instant, of some compounds or all in reach.
    Missing: a compound is out of reach."""
    for asked in compound_ids:
        reached(session, Compound, asked)
    which: list[Any] = [within(WorkOrder.reported_at, from_on, until_on)]
    which += [WorkOrder.compound_id.in_(compound_ids)] if compound_ids else []
    known = _known(session, which, rule_on(until_on))
    found = (
        sa.select(WorkOrder, Compound.name, Compound.code, Asset.warranty_until)
        .join(Compound, Compound.id == WorkOrder.compound_id).outerjoin(Asset, Asset.id == WorkOrder.asset_id)
        .where(*which).order_by(Compound.code, WorkOrder.number)
    )  # fmt: skip
    orders, times = list[Order](), [0, 0, 0, 0]
    for row, compound, _, warranty in session.execute(found):
        there = row.state not in ASIDE
        times[0] += bool(there and row.respond_due)
        times[1] += bool(there and row.respond_due and row.responded_at and row.responded_at <= row.respond_due)
        times[2] += bool(there and row.done_at and row.completion_due)
        times[3] += bool(there and row.done_at and row.completion_due and row.done_at <= row.completion_due)
        findings = tuple(_findings(row, warranty, known, now)) if there else ()
        orders.append(Order(
            row.id, row.number, row.title, compound, row.kind, row.state, row.trade, row.reported_at, row.done_at,
            known.costs.get(row.id, 0), findings,
        ))  # fmt: skip
    promised, in_time, due, on_time = times
    rule, source = known.rule, resources.settings("work_audit")["source"]
    limits = (rule["quotes_above"], rule["quotes_least"], rule["late_entry_hours"])
    return Audit(from_on, until_on, tuple(orders), promised, in_time, due, on_time, *limits, source)


takes("work_orders.audit", (
    FieldSpec("work_order", "from_on", Kind.DATE, True), FieldSpec("work_order", "until_on", Kind.DATE, True),
    FieldSpec("work_order", "now", Kind.INSTANT, True),
    FieldSpec("work_order", "compound_ids", Kind.REFERENCE, target="compound", many=True),
))  # fmt: skip


def rule_on(day: date) -> dict[str, Any]:
    """The rule of a day: of several the one that began last; of days before any the first."""
    rows = sorted(resources.settings("work_audit")["rules"], key=_begins)
    held = [row for row in rows if row["from_on"] <= day.isoformat()]
    found: dict[str, Any] = (held or rows[:1])[-1]
    return found


def _begins(row: dict[str, Any]) -> str:
    return str(row["from_on"])


def _findings(row: WorkOrder, warranty: date | None, known: _Known, now: datetime) -> Iterable[Finding]:
    """Everything that is wrong with an order, in the order an auditor reads it."""
    yield from _late(row, known, now)
    if row.reopened:
        yield Finding(Wrong.REOPENED, row.reopened)
    if row.unlicensed_why:
        yield Finding(Wrong.UNLICENSED, said=row.unlicensed_why)
    hired, quotes = known.hired.get(row.id, 0), known.quotes.get(row.id, 0)
    if hired > known.rule["quotes_above"] and quotes < known.rule["quotes_least"]:
        yield Finding(Wrong.QUOTES, quotes, hired)
    spent, reported = known.spent.get(row.id, 0), row.reported_at
    if spent and warranty and reported and warranty >= reported.astimezone().date():
        yield Finding(Wrong.WARRANTY, 0, spent, known.despite.get(row.id, ""))
    if row.state is WorkState.CLOSED and row.quality is None:
        yield Finding(Wrong.NOT_RATED)


def _late(row: WorkOrder, known: _Known, now: datetime) -> Iterable[Finding]:
    """Deadlines that were not kept, and what was written down afterwards."""
    if row.respond_due and (row.responded_at or now) > row.respond_due:
        yield Finding(Wrong.ANSWERED_LATE, _hours(row.respond_due, row.responded_at or now))
    if row.completion_due and (row.done_at or now) > row.completion_due:
        wrong = Wrong.DONE_LATE if row.done_at else Wrong.NOT_DONE
        yield Finding(wrong, _hours(row.completion_due, row.done_at or now))
    entered, came = known.entered.get(row.id), known.visits.get(row.id)
    if entered is None or row.reported_at is None:
        return
    if entered - row.reported_at > timedelta(hours=known.rule["late_entry_hours"]):
        yield Finding(Wrong.ENTERED_LATE, _hours(row.reported_at, entered))
    if came is not None and came < entered:
        yield Finding(Wrong.WORK_FIRST, _hours(came, entered))


def _hours(begin: datetime, end: datetime) -> int:
    """Hours between two instants, begun ones counted."""
    return -int(-(end - begin).total_seconds() // 3600)


# Reading


def _known(session: Session, which: Sequence[Any], rule: dict[str, Any]) -> _Known:
    def summed(kind: Any, value: Any, *more: Any) -> dict[UUID, Any]:
        picked = sa.select(kind.work_order_id, value).join(WorkOrder, WorkOrder.id == kind.work_order_id)
        rows = session.execute(picked.where(*which, *more).group_by(kind.work_order_id))
        return {row[0]: row[1] for row in rows}

    costs, paid = sa.func.sum(WorkCost.amount), WorkCost.kind.in_(HIRED)
    ours = sa.and_(paid, WorkCost.payer.not_in(SPARED), WorkCost.amount > 0)
    return _Known(
        summed(WorkQuote, sa.func.count(sa.distinct(WorkQuote.provider_id))), summed(WorkCost, costs),
        summed(WorkCost, costs, paid), summed(WorkCost, costs, ours),
        summed(WorkCost, sa.func.max(WorkCost.despite_warranty), ours, WorkCost.despite_warranty.is_not(None)),
        summed(WorkVisit, sa.func.min(WorkVisit.came_at)), _entered(session, which), rule,
    )  # fmt: skip


def _entered(session: Session, which: Sequence[Any]) -> dict[UUID, datetime]:
    """When orders were written down, by the records that made them; of those whose records may be read."""
    assert isinstance(session, DeskSession)
    found = sa.select(WorkOrder.id, Record.at).join(Record, Record.lsn == WorkOrder.created_rid).where(*which)
    return {row.id: row.at for row in session.execute(found)}


def grouped(orders: Iterable[Order], key: Callable[[Order], Any]) -> dict[Any, list[Order]]:
    """Orders put together by something, in the order it is met."""
    found = defaultdict[Any, list[Order]](list)
    for order in orders:
        found[key(order)].append(order)
    return dict(found)
