"""A stocktake of 20,000 cards in 600 rooms: freezing the books, a reading, the page, each against its bare SQL on the
same store."""

from __future__ import annotations

import random
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import services.registry  # noqa: F401 — the intents people have
from bench import million
from bench.figures import ROUNDS, Figure, spent
from models.asset import Asset, AssetStatus
from models.base import new_id, table
from models.building import Building
from models.room import Room
from models.stocktake import CountResult, StocktakeLine
from models.stocktake_scan import ScanOutcome, StocktakeScan
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work

CARDS, ROOMS, FLOORS, BASE, SCANS = 20_000, 600, 12, date(2026, 10, 31), 300
START_LIMIT, SCAN_LIMIT, PAGE_LIMIT = 4.0, 5.0, 8.0
SCAN_MOST, PAGE_MOST = 25.0, 60.0  # ms
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
CLASSES = ("A02061804", "A02010105", "A05010201", "A05010303", "A02010201")
Row = Mapping[str, Any]


@intent("Load cards to be counted for measuring", name="bench.load_counted")
def load(work: Work, /, buildings: Iterable[Row], rooms: Iterable[Row], cards: Iterable[Row]) -> None:
    """Many at once."""
    work.bulk_insert(Building, buildings)
    work.bulk_insert(Room, rooms)
    work.bulk_insert(Asset, cards)


class Twin:
    """The columns and indexes of lines and readings without guards, journal, search or references."""

    def __init__(self, desk: Desk) -> None:
        self.engine, meta = desk.store.writing, sa.MetaData()
        self.line, self.reading = (self._like(table(kind), meta) for kind in (StocktakeLine, StocktakeScan))
        with self.engine.begin() as connection:
            meta.create_all(connection)

    @staticmethod
    def _like(source: sa.Table, meta: sa.MetaData) -> sa.Table:
        made = sa.Table(
            f"twin_{source.name}", meta,
            *(sa.Column(c.name, c.type, primary_key=c.name == "n", unique=c.unique) for c in source.c),
        )  # fmt: skip
        for index in source.indexes:
            where = index.dialect_options["sqlite"]["where"]
            columns = [made.c[c.name] for c in index.columns]
            sa.Index(f"twin_{index.name}", *columns, unique=index.unique, sqlite_where=where)
        return made

    def fill(self) -> None:
        """Every card read, a line of the same columns inserted, one commit."""
        names = [c.name for c in self.line.c if c.name != "n"]
        own = {"id", "alive", "rid", "created_rid", "compound_id"}
        same = [name for name in names if name in table(Asset).c]
        with self.engine.begin() as connection:
            rows = connection.execute(sa.select(*(table(Asset).c[name] for name in same))).mappings().all()
            blank = dict.fromkeys(set(names) - own) | {"stocktake_id": new_id(), "result": CountResult.PENDING}
            more = ({"asset_id": row["id"], "stocktake_room_id": row["room_id"]} for row in rows)
            connection.execute(
                sa.insert(self.line), [blank | dict(row) | each for row, each in zip(rows, more, strict=True)]
            )

    def read(self, number: str) -> None:
        """A line found by its number, a reading of it inserted, the line changed, one commit."""
        t = self.line
        with self.engine.begin() as connection:
            found = connection.execute(sa.select(t).where(t.c.number == number, t.c.stocktake_id.is_not(None))).one()
            connection.execute(sa.insert(self.reading), {
                "id": new_id(), "alive": True, "rid": 1, "created_rid": 1, "compound_id": found.compound_id,
                "stocktake_id": found.stocktake_id, "team_id": found.id, "code": number, "scanned_at": AT,
                "asset_id": found.asset_id, "room_id": found.room_id, "outcome": ScanOutcome.MATCHED,
            })  # fmt: skip
            values = {"result": CountResult.MATCHED, "counted": 1, "counted_at": AT, "found_room_id": found.room_id}
            connection.execute(sa.update(t).where(t.c.id == found.id).values(values))

    def scan(self) -> None:
        """Every line and each column the page sums up, once: nothing is grouped."""
        names = ("stocktake_room_id", "result", "class_code", "quantity", "counted", "cost", "alive", "stocktake_id")
        with self.engine.connect() as connection:
            connection.execute(sa.select(*(sa.func.max(self.line.c[name]) for name in names))).all()


def measure() -> Iterator[Figure]:
    """Freezing once; readings one by one, half of the cards counted before; the page."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        compound = _fill(desk)
        twin = Twin(desk)
        floor = spent(twin.fill)
        took, stocktake, team = _start(desk, compound)
        yield Figure(f"books frozen, {CARDS:,} cards in {ROOMS} rooms", took, START_LIMIT, floor)
        reading, bare = _scans(desk, stocktake, team, twin)
        yield Figure("… one reading", reading, SCAN_LIMIT, bare)
        yield Figure("… the same, told in time", reading, SCAN_MOST)
        ours, bares = [], []
        for _ in range(ROUNDS):
            bares.append(spent(twin.scan, 5))
            ours.append(spent(partial(desk.ask, "stocktakes.progress", stocktake_id=stocktake), 5))
        yield Figure("… its page, against one scan of the lines", statistics.median(ours), PAGE_LIMIT,
                     statistics.median(bares))  # fmt: skip
        yield Figure("… the same, told in time", statistics.median(ours), PAGE_MOST)
        opened.close()


def _fill(desk: Desk) -> UUID:
    chance = random.Random(7)
    compound: UUID = desk.do("compounds.add", code="C", name="C").value
    building, rooms = new_id(), [new_id() for _ in range(ROOMS)]
    inside = {"compound_id": compound, "building_id": building}
    cards = (
        {**inside, "id": new_id(), "number": f"K{at:06d}", "name": "空调机", "room_id": rooms[at % ROOMS],
         "class_code": chance.choice(CLASSES), "class_edition": "2022", "quantity": 1 if at % 20 else 10,
         "cost": chance.randrange(1_000_00, 9_000_00), "status": AssetStatus.IN_USE, "serial": f"S{at}",
         "entered_on": date(2021, 5, 1), "life_months": 120}
        for at in range(CARDS)
    )  # fmt: skip
    desk.do(
        "bench.load_counted",
        buildings=[{"id": building, "compound_id": compound, "code": "B", "name": "B"}],
        rooms=[{**inside, "id": id, "number": str(at), "floor": str(at % FLOORS)} for at, id in enumerate(rooms)],
        cards=cards,
    )
    return compound


def _start(desk: Desk, compound: UUID) -> tuple[float, UUID, UUID]:
    made = desk.do("stocktakes.draft", compound_id=compound, title="盘点", base_on=BASE).value
    pair = [desk.do("staff.add", compound_id=compound, number=n, name=n).value for n in "AB"]
    team = desk.do("stocktakes.team", stocktake_id=made, name="甲", counter_id=pair[0], supervisor_id=pair[1]).value
    return spent(partial(desk.do, "stocktakes.start", stocktake_id=made)), made, team


def _scans(desk: Desk, stocktake: UUID, team: UUID, twin: Twin) -> tuple[float, float]:
    """Half of the cards from the file of a device, then one by one, interleaved with the bare ones; median of each."""
    desk.do("stocktakes.read_in", stocktake_id=stocktake, team_id=team, rows=_device())
    room = desk.ask("stocktakes.progress", stocktake_id=stocktake).rooms[5].room_id
    one = partial(desk.do, "stocktakes.scan", stocktake_id=stocktake, team_id=team, room_id=room)
    ours, bare = [], []
    for at in range(CARDS // 2, CARDS // 2 + SCANS):
        bare.append(spent(partial(twin.read, f"K{at:06d}")))
        ours.append(spent(partial(one, code=f"K{at:06d}")))
    return statistics.median(ours), statistics.median(bare)


def _device() -> list[tuple[str, Any, str | None, int]]:
    return [(f"K{at:06d}", AT + timedelta(seconds=at), str(at % ROOMS), 1) for at in range(CARDS // 2)]


if __name__ == "__main__":
    for figure in measure():
        print(figure.line(), flush=True)
