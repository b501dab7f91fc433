"""The first page of the journal and its count at 100,000 operations against the bare SQL of the same."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import sqlalchemy as sa

import services.registry  # noqa: F401 — the lists people have
from bench.figures import ROUNDS, Figure, spent
from models.base import new_id, table
from models.journal import Record
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.listing import View

COUNT, FIRST, LIMIT = 100_000, 48, 3.0
PAGE = "SELECT lsn, at, actor, cmd, st, reason FROM rec WHERE part = 0 ORDER BY lsn DESC LIMIT 48"
ALL = "SELECT count(*) FROM rec WHERE part = 0"


def measure() -> Iterator[Figure]:
    """What a person sees first, as the window asks for it."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = Desk(opened.desk.store, opened.desk.pen, "admin", office.EVERYTHING)
        _fill(desk)
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(spent(partial(_bare, desk)))
            ours.append(spent(partial(_listed, desk)))
        opened.close()
    what = "journal of 100,000 operations, first page and count"
    yield Figure(what, statistics.median(ours), LIMIT, statistics.median(floor))


def _listed(desk: Desk) -> None:
    assert len(desk.first(View("journal"), FIRST)) == FIRST
    assert desk.count(View("journal")) > COUNT


def _bare(desk: Desk) -> None:
    with desk.store.reading.connect() as connection:
        assert len(connection.exec_driver_sql(PAGE).all()) == FIRST
        assert connection.exec_driver_sql(ALL).scalar_one() > COUNT


def _fill(desk: Desk) -> None:
    """Records as one that was really written, under names and numbers of their own."""
    desk.do("compounds.add", code="A", name="一院")
    rec = table(Record)
    with desk.store.writing.begin() as connection:
        like = connection.execute(sa.select(rec).order_by(rec.c.lsn.desc())).mappings().first()
        assert like is not None
        steps = range(1, COUNT + 1)
        for start in range(0, COUNT, 10_000):
            part = steps[start : start + 10_000]
            rows = [
                dict(like) | {"lsn": like["lsn"] + n, "seq": like["seq"] + n, "gseq": like["gseq"] + n, "uow": new_id()}
                for n in part
            ]
            connection.execute(sa.insert(rec), rows)
