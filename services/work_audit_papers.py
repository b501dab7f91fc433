"""维修工单审计表: the work orders of a period and what is wrong with them, as a paper in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from models.work_states import WorkState
from resources.words import N_, tr
from services.desk.desk import Desk
from services.documents.amounts import figures
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.place_papers import office_of, other_tongue, signers
from services.work_audit import Audit, Finding, Order, Wrong, grouped
from services.work_cost_totals import CostBy, Totals
from services.work_kpis import ASIDE
from services.work_measures import NOTHING, share

TITLE = N_("Audit of work orders")
COUNTED = (
    (N_("Answered late"), (Wrong.ANSWERED_LATE,)), (N_("Done late"), (Wrong.DONE_LATE,)),
    (N_("Still not done"), (Wrong.NOT_DONE,)), (N_("Reopened"), (Wrong.REOPENED,)),
    (N_("Unlicensed"), (Wrong.UNLICENSED,)), (N_("Not compared"), (Wrong.QUOTES,)),
    (N_("Warranty paid"), (Wrong.WARRANTY,)), (N_("Entered later"), (Wrong.ENTERED_LATE, Wrong.WORK_FIRST)),
    (N_("Not rated"), (Wrong.NOT_RATED,)),
)  # fmt: skip
SAYS = {
    Wrong.ANSWERED_LATE: N_("answered {n} h late"), Wrong.DONE_LATE: N_("done {n} h late"),
    Wrong.NOT_DONE: N_("not done, {n} h over its deadline"), Wrong.REOPENED: N_("reopened, times: {n}"),
    Wrong.UNLICENSED: N_("done without a certificate: {said}"),
    Wrong.QUOTES: N_("{sum} yuan paid to firms, quotes of firms: {n}"),
    Wrong.WARRANTY: N_("{sum} yuan paid by others under warranty: {said}"),
    Wrong.ENTERED_LATE: N_("entered {n} h after it was reported"),
    Wrong.WORK_FIRST: N_("entered {n} h after work began"), Wrong.NOT_RATED: N_("closed without points"),
}  # fmt: skip
FLAGGED = (("work_order.number", 88), ("work_order.title", 120), ("compound", 84), ("work_order.trade", 56),
           ("work_order.state", 50), ("work_order.reported_at", 62), (N_("Cost (yuan)"), 60),
           (N_("What is wrong"), 220))  # fmt: skip
AS_THEY_ARE = N_(
    "Orders reported in the period, as they stand when this is drawn; called-off, merged and transferred ones are not"
    " judged."
)
RULE = N_(
    "Above {sum} yuan paid to firms {least} firms at least are compared. Entered later: more than {hours} h after it"
    " was reported, or after work began."
)


def audit(desk: Desk, from_on: date, until_on: date, lang: str, compound_ids: Sequence[UUID] = ()) -> bytes:
    """Of a period, of some compounds or of all within reach."""
    say, of = partial(tr, lang), {"from_on": from_on, "until_on": until_on, "compound_ids": tuple(compound_ids)}
    found: Audit = desk.ask("work_orders.audit", now=desk.clock(), **of)
    named = desk.names("compound", compound_ids)
    where = "、".join(named[id].label for id in compound_ids) or say(N_("all compounds in reach"))
    judged = [order for order in found.orders if order.state not in ASIDE]
    flagged = [order for order in judged if order.findings]
    chapters = [
        *_kinds(found, say), _table(N_("By trade"), "work_order.trade", "work_trade.code", judged, _trade, say),
        *_payers(desk, of, say), _flagged(flagged, say),
    ]  # fmt: skip
    paper = Statement(
        "work-audit", say(TITLE), other_tongue(lang, TITLE), office_of(desk),
        [(say("compound"), where), (say(N_("Period")), f"{from_on.isoformat()} — {until_on.isoformat()}"),
         (say(N_("As on")), desk.clock().astimezone().strftime("%Y-%m-%d %H:%M")), (say(N_("By")), desk.account)],
        _columns("compound", say), [_row(name, orders) for name, orders in grouped(judged, _compound).items()],
        _row(say(N_("Total")), judged) if judged else (), _figures(found, judged, flagged, say),
        [say(AS_THEY_ARE), say(RULE, sum=figures(found.above), least=found.least, hours=found.hours), found.source],
        signers(say), chapters,
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _figures(found: Audit, judged: Sequence[Order], flagged: Sequence[Order], say: Any) -> list[tuple[str, str]]:
    return [
        (say(N_("Reported")), f"{len(found.orders):,}"),
        (say(N_("Done")), f"{sum(order.done_at is not None for order in judged):,}"),
        (say(N_("Answered in time")), share(found.in_time, found.promised)),
        (say(N_("Done on time")), share(found.on_time, found.due)),
        (say(N_("Reopened")), f"{sum(order.has(Wrong.REOPENED) for order in judged):,}"),
        (say(N_("Cost (yuan)")), figures(sum(order.cost for order in found.orders))),
        (say(N_("Orders flagged")), f"{len(flagged):,}"),
    ]


def _compound(order: Order) -> str:
    return order.compound


def _trade(order: Order) -> str:
    return order.trade


def _columns(first: str, say: Any) -> list[Column]:
    names = [(first, 92), (N_("Reported"), 46), (N_("Done"), 40), *((name, 60) for name, _ in COUNTED)]
    names += [(N_("Flagged"), 48), (N_("Cost (yuan)"), 74)]
    return [Column(say(name), width, "right" if n else "left", not n) for n, (name, width) in enumerate(names)]


def _row(name: str, orders: Sequence[Order]) -> list[str]:
    counts = [sum(order.has(*wrong) for order in orders) for _, wrong in COUNTED]
    done = sum(order.done_at is not None for order in orders)
    flagged = sum(bool(order.findings) for order in orders)
    return [
        name, *(f"{count:,}" for count in (len(orders), done, *counts, flagged)),
        figures(sum(order.cost for order in orders)),
    ]  # fmt: skip


def _chapter(title: str, say: Any, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Chapter:
    return Chapter(say(title), other_tongue(say.args[0], title), columns, rows)


def _table(
    title: str, first: str, words: str, orders: Iterable[Order], key: Callable[[Order], str], say: Any
) -> Chapter:  # fmt: skip
    found = sorted(grouped(orders, key).items(), key=_many, reverse=True)
    return _chapter(title, say, _columns(first, say), [_row(say(f"{words}={each}"), of) for each, of in found])


def _many(group: tuple[str, list[Order]]) -> int:
    return len(group[1])


def _kinds(found: Audit, say: Any) -> list[Chapter]:
    """Orders by kind, each by how far they are; those that were called off among them."""
    states = [state for state in WorkState if any(order.state is state for order in found.orders)]
    names = [
        ("work_order.kind", 110),
        *((f"work_order.state={state.value}", 54) for state in states),
        (N_("Total"), 54),
    ]
    columns = [Column(say(name), width, "right" if n else "left", not n) for n, (name, width) in enumerate(names)]
    rows = [
        [say(f"work_order.kind={kind.value}"), *(str(sum(o.state is s for o in of)) for s in states), str(len(of))]
        for kind, of in grouped(found.orders, _kind).items()
    ]  # fmt: skip
    return [_chapter(N_("By kind and state"), say, columns, rows)]


def _kind(order: Order) -> Any:
    return order.kind


def _payers(desk: Desk, of: dict[str, Any], say: Any) -> list[Chapter]:
    """What cost lines of the period came to, by who pays, for who may know."""
    if not desk.may("work_costs.totals"):
        return []
    spent: Totals = desk.ask("work_costs.totals", by=CostBy.PAYER, **of)
    kinds = ("labour", "material", "contract", "other")
    names = [("work_cost.payer", 150), *((f"work_cost.kind={kind}", 90) for kind in kinds), (N_("Total (yuan)"), 100)]
    columns = [Column(say(name), width, "right" if n else "left", not n) for n, (name, width) in enumerate(names)]
    rows = [
        [say(f"work_cost.payer={row.key.value}") if row.key else NOTHING,
         *(figures(getattr(row, kind)) for kind in (*kinds, "total"))]
        for row in spent.rows
    ]  # fmt: skip
    return [_chapter(N_("Cost by payer (yuan)"), say, columns, rows)]


def _flagged(orders: Sequence[Order], say: Any) -> Chapter:
    columns = [Column(say(name), width, "right" if name == N_("Cost (yuan)") else "left") for name, width in FLAGGED]
    rows = [
        [order.number, order.title, order.compound, say(f"work_trade.code={order.trade}"),
         say(f"work_order.state={order.state.value}"), _at(order), figures(order.cost),
         say(N_("; ")).join(_wrong(finding, say) for finding in order.findings)]
        for order in orders
    ]  # fmt: skip
    return _chapter(N_("Orders flagged"), say, columns, rows)


def _at(order: Order) -> str:
    return order.reported_at.astimezone().strftime("%Y-%m-%d %H:%M") if order.reported_at else NOTHING


def _wrong(finding: Finding, say: Any) -> str:
    said = finding.said or say(N_("no reason is given"))
    return str(say(SAYS[finding.wrong], n=f"{finding.count:,}", sum=figures(finding.sum), said=said))
