"""Measures every figure and prints it with its limit; exit status 1 when one is over."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator

from bench import (
    depreciation,
    finding,
    importing,
    journal,
    lessons,
    million,
    papers,
    parts,
    pdf,
    places,
    plans,
    reconciling,
    scroll,
    skills,
    start,
    stocktakes,
    team,
    work_orders,
    working,
    writing,
)
from bench.figures import HEAD, Figure, told
from services.desk.marker import STATE


def _paper() -> Iterator[Figure]:
    floor, ours, peak = pdf.measure()
    yield Figure("asset register PDF, 100,000 rows", ours * 1000, 2, floor * 1000)
    yield Figure("… memory at the most", peak, 300, unit="MiB")


def main() -> int:
    """The whole table. What a computer keeps outside of an office is kept elsewhere."""
    with tempfile.TemporaryDirectory() as state:
        os.environ[STATE] = state
        return _all()


def _all() -> int:
    print(told(HEAD), flush=True)
    over = 0
    first = (
        start, writing, journal, importing, places, stocktakes, reconciling, skills, lessons, team, work_orders, plans,
        working, parts, papers,
    )  # fmt: skip
    for measure in (*(each.measure for each in first), _paper):
        over += sum(map(_print, measure()))
    built = million.build()
    _print(Figure("(a million assets taken in; kept for the next run)", built.seconds * 1000, 0))
    for measure in (finding.measure, depreciation.measure, scroll.measure):
        over += sum(map(_print, measure()))
    return 1 if over else 0


def _print(figure: Figure) -> bool:
    print(figure.line(), flush=True)
    return figure.over


if __name__ == "__main__":
    sys.exit(main())
