"""维修月报: how maintenance did in a period and what it cost, in charts and tables, as a paper in either language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services.desk.desk import Desk
from services.documents.amounts import figures
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.place_papers import office_of, other_tongue, signers
from services.work_cost_totals import CostBy, Totals
from services.work_measures import NOTHING, Kpi, KpiBy, Kpis, Measures, points, share

TITLE = N_("Maintenance report")
DEAREST = 10
CHAPTERS = {KpiBy.TRADE: N_("By trade"), KpiBy.TECHNICIAN: N_("By technician"), KpiBy.PROVIDER: N_("By firm")}
FIRST = {KpiBy.COMPOUND: "compound", KpiBy.TRADE: "work_order.trade", KpiBy.TECHNICIAN: "work_order.technician_id",
         KpiBy.PROVIDER: "work_order.provider_id"}  # fmt: skip
NOT_SAID = N_("Not said")


def report(desk: Desk, from_on: date, until_on: date, lang: str, compound_ids: Sequence[UUID] = ()) -> bytes:
    """Of some compounds, or of all within reach."""
    say, of = partial(tr, lang), {"from_on": from_on, "until_on": until_on, "compound_ids": tuple(compound_ids)}
    found: dict[KpiBy, Kpis] = {by: desk.ask("work_orders.kpis", by=by, **of) for by in FIRST}
    spent: dict[CostBy, Totals] = {
        by: desk.ask("work_costs.totals", by=by, **of) for by in (CostBy.PAYER, CostBy.ASSET, CostBy.MONTH)
    }
    main, whole = found[KpiBy.COMPOUND], found[KpiBy.COMPOUND].whole
    where = say(N_("all compounds in reach")) if not compound_ids else "、".join(row.name for row in main.rows)
    pairs = [
        (say(N_("Reported")), f"{whole.reported:,}"), (say(N_("Done")), f"{whole.done:,}"),
        (say(N_("Done on time")), share(whole.on_time, whole.due)),
        (say(N_("Fixed the first time")), share(whole.first_time, whole.done)),
        (say(N_("Satisfaction")), points(whole)), (say(N_("Cost (yuan)")), figures(whole.cost)),
    ]  # fmt: skip
    chapters = [
        *_charts(found[KpiBy.TRADE], spent, say),
        *(_table(found[by], title, say) for by, title in CHAPTERS.items()),
        _dearest(spent[CostBy.ASSET], say),
    ]  # fmt: skip
    paper = Statement(
        "maintenance-report", say(TITLE), other_tongue(lang, TITLE), office_of(desk),
        [(say("compound"), where or NOTHING), (say(N_("Period")), f"{from_on.isoformat()} — {until_on.isoformat()}")],
        _columns(KpiBy.COMPOUND, say), [_row(row, KpiBy.COMPOUND, say) for row in main.rows],
        _cells(say(N_("Total")), whole) if main.rows else (), pairs,
        [say(N_("First-time: done, never reopened, one visit at most. Backlog: reported and not done at the end.")),
         say(N_("Cost goes by the day of the cost line, without what went into the value of assets."))],
        signers(say), chapters,
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _chapter(title: str, say: Any, **parts: Any) -> Chapter:
    return Chapter(say(title), other_tongue(say.args[0], title), **parts)


def _charts(trades: Kpis, spent: dict[CostBy, Totals], say: Any) -> list[Chapter]:
    """Orders by trade, cost by payer and by month, in yuan."""
    orders = [(_named(row, KpiBy.TRADE, say), row.of.reported) for row in trades.rows]
    payers = [(str(say(f"work_cost.payer={row.key.value}")), row.total // 100) for row in spent[CostBy.PAYER].rows]
    months = [(str(row.key), row.total // 100) for row in spent[CostBy.MONTH].rows]
    made = [
        _chapter(N_("Orders by trade"), say, bars=sorted(orders, key=_count, reverse=True)),
        _chapter(N_("Cost by payer (yuan)"), say, bars=payers),
        _chapter(N_("Cost by month (yuan)"), say, bars=months if len(months) > 1 else ()),
    ]
    return [chapter for chapter in made if any(count for _, count in chapter.bars)]


def _table(found: Kpis, title: str, say: Any) -> Chapter:
    rows = [_row(row, found.by, say) for row in found.rows if row.key]
    return _chapter(title, say, columns=_columns(found.by, say), rows=rows)


def _count(bar: tuple[str, int]) -> int:
    return bar[1]


def _columns(by: KpiBy, say: Any) -> list[Column]:
    names = ((FIRST[by], 96), (N_("Reported"), 40), (N_("Answered in time"), 50), (N_("Response (h)"), 78),
             (N_("Done"), 40), (N_("Done on time"), 50), (N_("Fixed the first time"), 56), (N_("Reworked"), 44),
             (N_("Satisfaction"), 50), (N_("Complaints"), 48), (N_("Backlog"), 44), (N_("Days waiting"), 64),
             (N_("Cost (yuan)"), 74), (N_("Yuan per m²"), 66))  # fmt: skip
    return [Column(say(name), width, "right" if n else "left", not n) for n, (name, width) in enumerate(names)]


def _row(row: Kpi, by: KpiBy, say: Any) -> list[str]:
    return _cells(_named(row, by, say), row.of)


def _named(row: Kpi, by: KpiBy, say: Any) -> str:
    if row.key is None:
        return str(say(NOT_SAID))
    return str(say(f"work_trade.code={row.key}")) if by is KpiBy.TRADE else row.name


def _cells(name: str, of: Measures) -> list[str]:
    mean, age, rate = of.mean_response, of.backlog_age, of.per_square_metre
    return [
        name, f"{of.reported:,}", share(of.in_time, of.promised), NOTHING if mean is None else f"{mean / 60:.1f}",
        f"{of.done:,}", share(of.on_time, of.due), share(of.first_time, of.done), f"{of.reworked:,}", points(of),
        f"{of.complaints:,}", f"{of.backlog:,}", NOTHING if age is None else f"{age:.1f}", figures(of.cost),
        NOTHING if rate is None else figures(rate),
    ]  # fmt: skip


def _dearest(found: Totals, say: Any) -> Chapter:
    names = (("asset", 200), ("work_cost.kind=labour", 70), ("work_cost.kind=material", 70),
             ("work_cost.kind=contract", 70), ("work_cost.kind=other", 70), (N_("Total (yuan)"), 80))  # fmt: skip
    columns = [Column(say(name), width, "right" if n else "left", not n) for n, (name, width) in enumerate(names)]
    rows = [
        [f"{row.number} {row.name}", *map(figures, (row.labour, row.material, row.contract, row.other, row.total))]
        for row in found.rows if row.key
    ][:DEAREST]  # fmt: skip
    return _chapter(N_("The dearest assets"), say, columns=columns, rows=rows)
