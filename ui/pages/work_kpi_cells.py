"""The table of the measures of maintenance: one row for each compound, trade, technician or firm, their sum below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from resources.words import N_, Word
from services.work_measures import Kpi, KpiBy, Kpis, Measures, points, share
from ui.kit import show
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Message, Own, said

FIRST: dict[KpiBy, str] = {
    KpiBy.COMPOUND: "compound", KpiBy.TRADE: "work_order.trade", KpiBy.TECHNICIAN: "work_order.technician_id",
    KpiBy.PROVIDER: "work_order.provider_id",
}  # fmt: skip
TALL = 48
GOOD, POOR = 90, 70  # per cent: below the first it is worth a look, below the second it is bad
HOURS, DAYS = N_("mean {n} h"), N_("mean {n} days")
NOT_SAID = N_("Not said")


def heads(by: KpiBy) -> tuple[Head, ...]:
    """The columns; what they are by is the first."""
    return (
        Head(FIRST[by]), Head(N_("Reported"), 84, True), Head(N_("Answered in time"), 104, True),
        Head(N_("Done"), 74, True), Head(N_("Done on time"), 104, True),
        Head(N_("Fixed the first time"), 104, True), Head(N_("Reworked"), 80, True),
        Head(N_("Satisfaction"), 96, True), Head(N_("Backlog"), 112, True), Head(N_("Cost (yuan)"), 120, True),
    )  # fmt: skip


def lines(found: Kpis) -> list[Line]:
    """Every row, and their sum where there are several."""
    rows = [Line(str(row.key), partial(_row, row, found.by)) for row in found.rows]
    foot = [Line("", partial(_cells, N_("Total"), found.whole), foot=True)] if len(rows) > 1 else []
    return rows + foot


def named(row: Kpi, by: KpiBy) -> Message:
    """What a row is called."""
    if row.key is None:
        return NOT_SAID
    return Word(f"work_trade.code={row.key}") if by is KpiBy.TRADE else Own(row.name)


def _row(row: Kpi, by: KpiBy) -> Sequence[Cell]:
    return _cells(named(row, by), row.of)


def _cells(name: Message, of: Measures) -> Sequence[Cell]:
    mean, age, rate = of.mean_response, of.backlog_age, of.per_square_metre
    metre = "" if rate is None else said(N_("{sum} per m²"), sum=show.money(rate))  # known by compound alone
    return (
        Cell(name, order=str(name)), _count(of.reported),
        _share(of.in_time, of.promised)._replace(note=_about(HOURS, mean and mean / 60)), _count(of.done),
        _share(of.on_time, of.due), _share(of.first_time, of.done), _count(of.reworked),
        Cell(Own(points(of)), order=of.satisfaction),
        Cell(Own(f"{of.backlog:,}"), order=of.backlog, note=_about(DAYS, age),
             tone="bad" if of.late else "text"), Cell(Own(show.money(of.cost)), order=of.cost, note=metre),
    )  # fmt: skip


def _about(sentence: str, mean: float | None) -> Message:
    return "" if mean is None else said(sentence, n=f"{mean:.1f}")


def _count(n: int) -> Cell:
    return Cell(Own(f"{n:,}"), order=n)


def _share(part: int, of: int) -> Cell:
    return Cell(Own(share(part, of)), order=part / of if of else None, tone=tone(part, of))


def tone(part: int, of: int) -> str:
    """The colour of a share."""
    at = 100 * part / of if of else 100
    return "bad" if at < POOR else "warn" if at < GOOD else "text"
