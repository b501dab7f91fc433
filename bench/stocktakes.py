"""A stocktake of 20,000 cards in 600 rooms: freezing the books, a reading, the page, each against its bare SQL on the
same store."""

from __future__ import annotations

import random
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
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
from models.stocktake import StocktakeLine
from models.stocktake_scan import StocktakeScan
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work

CARDS, ROOMS, FLOORS, BASE, SCANS = 20_000, 600, 12, date(2026, 10, 31), 300
START_LIMIT, SCAN_LIMIT, PAGE_LIMIT = 6.0, 25.0, 60.0
CLASSES = ("A02061804", "A02010105", "A05010201", "A05010303", "A02010201")
Row = Mapping[str, Any]


@intent("Load cards to be counted for measuring", name="bench.load_counted")
def load(work: Work, /, buildings: Iterable[Row], rooms: Iterable[Row], cards: Iterable[Row]) -> None:
    """Many at once."""
    work.bulk_insert(Building, buildings)
    work.bulk_insert(Room, rooms)
    work.bulk_insert(Asset, cards)


def measure() -> Iterator[Figure]:
    """Freezing once; readings one by one, half of the cards counted before; the page."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        compound = _fill(desk)
        floor = spent(partial(_copy, desk))
        took, stocktake, team = _start(desk, compound)
        yield Figure(f"books frozen, {CARDS:,} cards in {ROOMS} rooms", took, START_LIMIT, floor)
        yield Figure("… one reading", _scans(desk, stocktake, team), SCAN_LIMIT)
        ours, bare = [], []
        for _ in range(ROUNDS):
            bare.append(spent(partial(_scan, desk)))
            ours.append(spent(partial(desk.ask, "stocktakes.progress", stocktake_id=stocktake), 5))
        yield Figure("… its page", statistics.median(ours), PAGE_LIMIT)
        yield Figure("… its page, against one scan of the lines", statistics.median(ours), 0, statistics.median(bare))
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


def _scans(desk: Desk, stocktake: UUID, team: UUID) -> float:
    """Half of the cards from the file of a device, then one by one."""
    before = list(desk.do("stocktakes.read_in", stocktake_id=stocktake, team_id=team, rows=_device()).value.outcomes)
    if not before:
        raise RuntimeError("nothing was read in")
    room = desk.ask("stocktakes.progress", stocktake_id=stocktake).rooms[5].room_id
    one = partial(desk.do, "stocktakes.scan", stocktake_id=stocktake, team_id=team, room_id=room)
    times = [spent(partial(one, code=f"K{at:06d}")) for at in range(CARDS // 2, CARDS // 2 + SCANS)]
    return statistics.median(times)


def _device() -> list[tuple[str, Any, str | None, int]]:
    from datetime import UTC, datetime, timedelta

    first = datetime(2026, 11, 2, 1, tzinfo=UTC)
    return [(f"K{at:06d}", first + timedelta(seconds=at), str(at % ROOMS), 1) for at in range(CARDS // 2)]


def _copy(desk: Desk) -> None:
    """As many rows into a table of the same columns and indexes, and back out again."""
    t = table(StocktakeLine)
    twin = sa.Table("twin_line", sa.MetaData(), *(sa.Column(c.name, c.type, primary_key=c.name == "n") for c in t.c))
    with desk.store.writing.begin() as connection:
        twin.metadata.create_all(connection)
        rows = [dict(row) for row in connection.execute(sa.select(table(Asset))).mappings()]
        names = {c.name for c in twin.c}
        blank = dict.fromkeys(names - {"n"})
        connection.execute(sa.insert(twin), [
            blank | {k: v for k, v in row.items() if k in names and k != "n"} for row in rows
        ])  # fmt: skip


def _scan(desk: Desk) -> None:
    """Every line and each column of the page once: nothing is grouped."""
    t, scans = table(StocktakeLine), table(StocktakeScan)
    names = ("stocktake_room_id", "result", "class_code", "quantity", "counted", "cost", "alive", "stocktake_id")
    with desk.store.reading.connect() as connection:
        connection.execute(sa.select(*(sa.func.max(t.c[name]) for name in names))).all()
        connection.execute(sa.select(sa.func.max(scans.c.outcome))).all()


if __name__ == "__main__":
    for figure in measure():
        print(figure.line(), flush=True)
