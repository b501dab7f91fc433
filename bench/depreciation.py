"""A month of depreciation of 1,000,000 assets, as the run computes it, against a full scan of the same columns."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench import million
from bench.figures import ROUNDS, Figure, spent
from models.asset import Asset
from models.base import table
from services.depreciation_runs import digests, totals
from services.desk.desk import Desk
from services.desk.intent import query

LIMIT, DAY = 5.0, date(2026, 10, 31)
COLUMNS = (
    "id", "compound_id", "class_code", "class_edition", "cost", "acquired_on", "entered_on", "life_months",
    "prior_accumulated", "depreciation", "value_kind", "disposed_on", "moved_on", "alive",
)  # fmt: skip


@query("Month of depreciation for measuring", name="bench.month")
def month(session: Session) -> int:
    """Totals by compound and class, and the digests: what a run is made of. How many cards."""
    over = digests(session, DAY)
    found = totals(session, DAY)
    if len(over) != len(found):
        raise RuntimeError("a compound has no digest")
    return sum(sums.cards for classes in found.values() for sums in classes.values())


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, median of each."""
    million.build()
    desk = million.open_million()
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(spent(partial(_scan, desk)))
        ours.append(spent(partial(_month, desk)))
    desk.store.close()
    yield Figure(
        f"month of depreciation, {million.COUNT:,} assets", statistics.median(ours), LIMIT, statistics.median(floor)
    )


def _month(desk: Desk) -> None:
    if desk.ask(month) < million.COUNT * 0.99:
        raise RuntimeError("cards are missing")


def _scan(desk: Desk) -> None:
    """Every row and each of these columns once: nothing is grouped, nothing computed."""
    t = table(Asset)
    every = sa.select(*(sa.func.max(t.c[name]) for name in COLUMNS))
    with desk.store.reading.connect() as connection:
        connection.execute(every).all()


if __name__ == "__main__":
    for figure in measure():
        print(figure.line())
