"""A year of plans of 20,000 assets: their orders made through the desk against bare inserts of the same rows, and the
year by month against a bare scan."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import services.registry  # noqa: F401 — the intents people have
from bench import million
from bench.figures import ROUNDS, Figure, spent
from models.asset import Asset, AssetStatus
from models.base import table
from models.maintenance_plan import PlanOccurrence
from models.work_order import WorkOrder, WorkOrderStep
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work

ASSETS, CLASSES = 20_000, ("A02061804", "A02051227", "A02050401", "A02370100")
MAKE_LIMIT, YEAR_LIMIT, AGAIN_MOST = 8.0, 8.0, 4_000.0
TODAY = datetime.now(UTC).astimezone().date()
Row = Mapping[str, Any]


@intent("Load assets to be planned for measuring", name="bench.load_planned")
def load(work: Work, /, cards: Iterable[Row]) -> None:
    """Many at once."""
    work.bulk_insert(Asset, cards)


class Twin:
    """The columns and indexes of orders, steps and planned days without guards, journal, search or references."""

    def __init__(self, desk: Desk) -> None:
        self.engine, meta = desk.store.writing, sa.MetaData()
        self.pairs = [
            (table(kind), self._like(table(kind), meta)) for kind in (WorkOrder, WorkOrderStep, PlanOccurrence)
        ]
        with self.engine.begin() as connection:
            meta.create_all(connection)

    @staticmethod
    def _like(source: sa.Table, meta: sa.MetaData) -> sa.Table:
        made = sa.Table(
            f"twin_{source.name}", meta,
            *(sa.Column(c.name, c.type, primary_key=c.name == "n", unique=c.unique, index=bool(c.foreign_keys))
              for c in source.c),
        )  # fmt: skip
        for index in source.indexes:
            if index.name and str(index.name).startswith(("one_", "by_")):
                where = index.dialect_options["sqlite"]["where"]
                columns = [made.c[c.name] for c in index.columns]
                sa.Index(f"twin_{index.name}", *columns, unique=index.unique, sqlite_where=where)
        return made

    def rows(self) -> list[list[tuple[Any, ...]]]:
        """What the desk has made, as the driver takes it, to be inserted again."""
        with self.engine.connect() as connection:
            names = (t.name for t, _ in self.pairs)
            return [list(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in names]

    def fill(self, rows: list[list[tuple[Any, ...]]]) -> None:
        """The same rows, one commit."""
        with self.engine.begin() as connection:
            for (_, twin), part in zip(self.pairs, rows, strict=True):
                marks = ", ".join("?" * len(twin.c))
                connection.exec_driver_sql(f"INSERT INTO {twin.name} VALUES ({marks})", part)

    def scan(self) -> None:
        """Every planned day and each column the year sums up, once, and the cards that are planned."""
        t, a = table(PlanOccurrence), table(Asset)
        names = ("maintenance_plan_id", "thing_id", "planned_on", "moved_to", "done_on", "breached", "legal_until")
        with self.engine.connect() as connection:
            connection.execute(sa.select(*(t.c[name] for name in names))).all()
            connection.execute(sa.select(a.c.id, a.c.name, a.c.number, a.c.class_code)).all()


def measure() -> Iterator[Figure]:
    """Making the orders of a year once; the same again, when nothing is left to make; the year."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        _fill(desk)
        first = TODAY
        last = date(first.year + 1, first.month, 28)
        make = partial(desk.do, "maintenance_plans.generate", until=last)
        took, again = spent(make), spent(make)
        twin = Twin(desk)
        rows = twin.rows()
        bare = spent(partial(twin.fill, rows))
        yield Figure(f"a year of plans of {ASSETS:,} assets, {len(rows[0]):,} orders", took, MAKE_LIMIT, bare)
        yield Figure("… the same again, when all are there", again, AGAIN_MOST)
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(spent(twin.scan))
            ours.append(spent(partial(desk.ask, "maintenance_plans.year", year=last.year, on=first)))
        yield Figure("… the year by plan and month", statistics.median(ours), YEAR_LIMIT, statistics.median(floor))
        opened.close()


def _fill(desk: Desk) -> None:
    compound = desk.do("compounds.add", code="C", name="C").value
    desk.do("bench.load_planned", cards=(
        {"compound_id": compound, "number": f"K{at:06d}", "name": "设备", "class_code": CLASSES[at % len(CLASSES)],
         "class_edition": "2022", "quantity": 1, "status": AssetStatus.IN_USE, "place_text": "某楼"}
        for at in range(ASSETS)
    ))  # fmt: skip
    for code in CLASSES:
        desk.do("maintenance_plans.add", compound_id=compound, title="季度保养", trade="other", every=3, unit="month",
                class_prefix=code, starts_on=TODAY)  # fmt: skip


if __name__ == "__main__":
    for figure in measure():
        print(figure.line(), flush=True)
