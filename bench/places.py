"""The tree of 2,000 buildings and 200,000 rooms with its totals, against its bare SQL on the same store; then the rooms
themselves, their users and titles."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import services.registry  # noqa: F401 — the query people have
from bench import million, premises
from bench.figures import ROUNDS, Figure, spent
from models.asset import Asset
from models.base import new_id, table
from models.building import Building, BuildingKind
from models.compound import Compound
from models.room import Room, RoomUse
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work
from services.places import walk

COMPOUNDS, BUILDINGS, ROOMS, FLOORS, LIMIT = 50, 2_000, 200_000, 8, 3.0
Row = Mapping[str, Any]


@intent("Load places for measuring", name="bench.load_places")
def load(work: Work, /, compounds: Iterable[Row], buildings: Iterable[Row], rooms: Iterable[Row]) -> None:
    """Many at once."""
    work.bulk_insert(Compound, compounds)
    work.bulk_insert(Building, buildings)
    work.bulk_insert(Room, rooms)


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        _fill(desk)
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(spent(partial(_bare, desk)))
            ours.append(spent(partial(_tree, desk)))
        tree = f"tree of {BUILDINGS:,} buildings, {ROOMS:,} rooms"
        yield Figure(tree, statistics.median(ours), LIMIT, statistics.median(floor))
        yield from premises.measure(desk)
        opened.close()


def _fill(desk: Desk) -> None:
    compounds = [{"id": new_id(), "code": f"C{n:03d}", "name": f"大院{n}"} for n in range(COMPOUNDS)]
    buildings = [
        {"id": new_id(), "compound_id": compounds[n % COMPOUNDS]["id"], "code": f"B{n:04d}", "name": f"{n}号楼",
         "kind": BuildingKind.BUILDING, "area": 300_000 + n}
        for n in range(BUILDINGS)
    ]  # fmt: skip
    desk.do(load, compounds, buildings, _rooms(buildings))


def _rooms(buildings: list[dict[str, Any]]) -> Iterator[Row]:
    uses = list(RoomUse)
    for n in range(ROOMS):
        at = buildings[n % BUILDINGS]
        floor, use = n // BUILDINGS % FLOORS + 1, uses[n // BUILDINGS % 3]
        yield {
            "compound_id": at["compound_id"], "building_id": at["id"], "number": f"{floor}{n // BUILDINGS:03d}",
            "floor": str(floor), "use": use, "area": 1_500 + n % 4_000,
        }  # fmt: skip


def _tree(desk: Desk) -> None:
    found = desk.ask("places.tree")
    if sum(node.rooms for node in found) != ROOMS or sum(n.kind == "floor" for n in walk(found)) != BUILDINGS * FLOORS:
        raise RuntimeError("the tree is not whole")


def _bare(desk: Desk) -> None:
    """What anybody would send: the same sums, read into memory as they come."""
    compound, building, room, asset = (table(kind) for kind in (Compound, Building, Room, Asset))
    floor = sa.func.coalesce(room.c.floor, "")
    by = (room.c.building_id, floor, room.c.use)
    queries = (
        sa.select(compound.c.id, compound.c.code, compound.c.name).where(compound.c.alive == sa.true()),
        sa.select(building.c.id, building.c.code, building.c.name, building.c.area)
        .where(building.c.alive == sa.true()),
        sa.select(*by, sa.func.count(), sa.func.sum(room.c.area)).where(room.c.alive == sa.true()).group_by(*by),
        sa.select(asset.c.compound_id, asset.c.building_id, sa.func.count())
        .where(asset.c.alive == sa.true()).group_by(asset.c.compound_id, asset.c.building_id),
    )  # fmt: skip
    with desk.store.reading.connect() as connection:
        for query in queries:
            connection.exec_driver_sql(
                str(query.compile(connection, compile_kwargs={"literal_binds": True}))
            ).fetchall()


if __name__ == "__main__":
    for figure in measure():
        print(figure.line())
