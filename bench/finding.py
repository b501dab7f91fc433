"""Search of one and two Chinese characters in a million assets against LIKE over the same columns of the same store."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa

from bench import million
from bench.figures import ROUNDS, Figure, spent
from models.asset import Asset
from models.base import table
from services.desk.desk import Desk
from services.desk.listing import View

WORDS, FIRST, LIMIT = ("空调", "王", "䶮"), 50, 1 / 50


def measure() -> Iterator[Figure]:
    """The first 50 hits, as a list asks for them, for each word."""
    desk = million.open_million()
    for word in WORDS:
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(spent(partial(_like, desk, word)))
            ours.append(spent(partial(desk.first, View("assets", search=word), FIRST)))
        yield Figure(
            f"search “{word}” in 1,000,000, first 50", statistics.median(ours), LIMIT, statistics.median(floor)
        )
    desk.store.close()


def _like(desk: Desk, word: str) -> int:
    """What a search without an index does: the same columns, newest first, the same number of rows."""
    t = table(Asset)
    columns = [t.c[name] for name in Asset.naming.search]
    found = sa.select(t).where(t.c.alive == sa.true(), sa.or_(*(c.contains(word) for c in columns)))
    with desk.store.reading.connect() as connection:
        return len(connection.execute(found.order_by(t.c.n.desc())).fetchmany(1_000_000))
