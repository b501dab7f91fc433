"""The table of the measures of maintenance: one row for each compound, trade, technician or firm, their sum below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from resources.words import N_, Word
from services.work_measures import NOTHING, Kpi, KpiBy, Kpis, Measures, points, share
from ui.kit import show
from ui.kit.grid_model import NONE, Cell, Head, Line
from ui.kit.text import Message, Own

FIRST: dict[KpiBy, str] = {
    KpiBy.COMPOUND: "compound", KpiBy.TRADE: "work_order.trade", KpiBy.TECHNICIAN: "work_order.technician_id",
    KpiBy.PROVIDER: "work_order.provider_id",
}  # fmt: skip
TALL = 48
GOOD, POOR = 90, 70  # per cent: below the first it is worth a look, below the second it is bad
NOT_SAID = N_("Not said")


def heads(by: KpiBy) -> tuple[Head, ...]:
    """The columns; square metres are known by compound alone."""
    last = (Head(N_("Yuan per m²"), 100, True),) if by is KpiBy.COMPOUND else ()
    return (
        Head(FIRST[by]), Head(N_("Reported"), 84, True), Head(N_("Answered in time"), 104, True),
        Head(N_("Response (h)"), 96, True), Head(N_("Done"), 74, True), Head(N_("Done on time"), 104, True),
        Head(N_("Fixed the first time"), 104, True), Head(N_("Reworked"), 80, True),
        Head(N_("Satisfaction"), 96, True), Head(N_("Backlog"), 84, True), Head(N_("Days waiting"), 96, True),
        Head(N_("Cost (yuan)"), 120, True), *last,
    )  # fmt: skip


def lines(found: Kpis) -> list[Line]:
    """Every row, and their sum where there are several."""
    rows = [Line(str(row.key), partial(_row, row, found.by)) for row in found.rows]
    total = Kpi(None, "", found.whole)
    foot = [Line("", partial(_cells, N_("Total"), total.of, found.by), foot=True)] if len(rows) > 1 else []
    return rows + foot


def named(row: Kpi, by: KpiBy) -> Message:
    """What a row is called."""
    if row.key is None:
        return NOT_SAID
    return Word(f"work_trade.code={row.key}") if by is KpiBy.TRADE else Own(row.name)


def _row(row: Kpi, by: KpiBy) -> Sequence[Cell]:
    return _cells(named(row, by), row.of, by)


def _cells(name: Message, of: Measures, by: KpiBy) -> Sequence[Cell]:
    mean, age, rate = of.mean_response, of.backlog_age, of.per_square_metre
    last = (Cell(Own(NOTHING if rate is None else show.money(rate)), order=rate),) if by is KpiBy.COMPOUND else ()
    return (
        Cell(name, order=str(name)), _count(of.reported), _share(of.in_time, of.promised),
        Cell(Own(NOTHING if mean is None else f"{mean / 60:.1f}"), order=mean), _count(of.done),
        _share(of.on_time, of.due), _share(of.first_time, of.done), _count(of.reworked),
        Cell(Own(points(of)), order=of.satisfaction),
        Cell(Own(f"{of.backlog:,}"), order=of.backlog, note=Own(""), tone="bad" if of.late else "text"),
        Cell(Own(NOTHING if age is None else f"{age:.1f}"), order=age), Cell(Own(show.money(of.cost)), order=of.cost),
        *last,
    )  # fmt: skip


def _count(n: int) -> Cell:
    return Cell(Own(f"{n:,}"), order=n)


def _share(part: int, of: int) -> Cell:
    return Cell(Own(share(part, of)), order=part / of if of else None, tone=tone(part, of), bar=NONE)


def tone(part: int, of: int) -> str:
    """The colour of a share."""
    at = 100 * part / of if of else 100
    return "bad" if at < POOR else "warn" if at < GOOD else "text"
