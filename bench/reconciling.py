"""The board of differences over 20,000 counted and booked assets, against the SQL it sends, run bare on one store."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

import services.registry  # noqa: F401 — the query people have
from bench import million
from bench.figures import ROUNDS, Figure, spent
from models.asset import Asset, AssetStatus, Depreciation
from models.base import Entity, new_id
from models.building import Building
from models.compound import Compound
from models.room import Room
from models.stocktake import CountResult, Stocktake, StocktakeLine, StocktakeState
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work

COMPOUNDS, BUILDINGS, ROOMS, ASSETS, LIMIT, ON = 10, 60, 600, 20_000, 3.0, date(2026, 10, 31)
CLASSES = ("A02010105", "A02061804", "A05010201", "A05010303", "A02021003")
Row = Mapping[str, Any]
Sent = list[tuple[str, Any]]


@intent("Load a reconciliation for measuring", name="bench.load_reconciliation")
def load(work: Work, /, kind: type[Entity], rows: Iterable[Row]) -> None:
    """Many at once."""
    work.bulk_insert(kind, rows)


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        _fill(desk)
        sent, found = _sent(desk)
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(spent(partial(_bare, desk, sent)))
            ours.append(spent(partial(_board, desk, found)))
        what = f"reconciliation of {ASSETS:,} assets, {found:,} differences"
        yield Figure(what, statistics.median(ours), LIMIT, statistics.median(floor))
        opened.close()


def _fill(desk: Desk) -> None:
    ids = [[new_id() for _ in range(n)] for n in (COMPOUNDS, BUILDINGS, ROOMS, ASSETS)]
    compounds, buildings, rooms, assets = ids
    desk.do(load, Compound, [{"id": id, "code": f"C{n:02d}", "name": f"大院{n}"} for n, id in enumerate(compounds)])
    inside = [
        {"id": id, "compound_id": compounds[n % COMPOUNDS], "code": f"B{n:03d}", "name": f"{n}号楼", "area": 500_000}
        for n, id in enumerate(buildings)
    ]
    desk.do(load, Building, inside)
    within = [
        {
            "id": id,
            "compound_id": compounds[n % COMPOUNDS],
            "building_id": buildings[n % BUILDINGS],
            "number": f"{n:04d}",
        }
        for n, id in enumerate(rooms)
    ]
    desk.do(load, Room, within)
    desk.do(load, Asset, [_asset(n, id, within[n % ROOMS]) for n, id in enumerate(assets)])
    counts = [
        {"id": new_id(), "compound_id": id, "number": f"PD{n}", "title": "年度盘点", "base_on": date(2026, 6, 30),
         "state": StocktakeState.CLOSED}
        for n, id in enumerate(compounds)
    ]  # fmt: skip
    desk.do(load, Stocktake, counts)
    desk.do(load, StocktakeLine, [_line(n, id, within[n % ROOMS], counts) for n, id in enumerate(assets)])
    for compound in compounds:
        for one in desk.ask("depreciation.balances", on=ON, compound_id=compound):
            values = {"cost": one.cost, "accumulated": one.accumulated, "name": one.name, "on": ON}
            desk.do("account_balances.add", compound_id=compound, **values)


def _asset(n: int, id: Any, room: Row) -> Row:
    return {
        "id": id, "compound_id": room["compound_id"], "building_id": room["building_id"], "room_id": room["id"],
        "number": f"ZC{n:06d}", "name": "物件", "class_code": CLASSES[n % len(CLASSES)], "class_edition": "2022",
        "cost": 100_000 + n, "entered_on": date(2015 + n % 10, 1 + n % 12, 1), "voucher": f"记-{n}", "life_months": 120,
        "depreciation": Depreciation.STRAIGHT_LINE, "serial": f"SN{n}", "status": AssetStatus.IN_USE,
    }  # fmt: skip


def _line(n: int, id: Any, room: Row, counts: list[dict[str, Any]]) -> Row:
    """One in two hundred things was not there, one in a hundred stood elsewhere."""
    missing, moved = n % 200 == 0, n % 100 == 1
    return {
        "compound_id": room["compound_id"], "stocktake_id": counts[n % ROOMS % COMPOUNDS]["id"], "asset_id": id,
        "number": f"ZC{n:06d}", "name": "物件", "quantity": 1, "status": AssetStatus.IN_USE, "room_id": room["id"],
        "building_id": room["building_id"], "counted": 0 if missing else 1,
        "result": CountResult.MISSING if missing else CountResult.ELSEWHERE if moved else CountResult.MATCHED,
        "found_building_id": room["building_id"] if moved else None,
    }  # fmt: skip


def _sent(desk: Desk) -> tuple[Sent, int]:
    """Every statement the board sends, with its values, and how many differences it has."""
    sent = Sent()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    engine = desk.store.reading
    event.listen(engine, "before_cursor_execute", note)
    try:
        found = len(desk.ask("reconciliation.board", on=ON).differences)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent, found


def _board(desk: Desk, found: int) -> None:
    if len(desk.ask("reconciliation.board", on=ON).differences) != found:
        raise RuntimeError("the board is not whole")


def _bare(desk: Desk, sent: Sent) -> None:
    """The same rows, read into memory as they come."""
    with desk.store.reading.connect() as connection:
        for statement, parameters in sent:
            result = connection.exec_driver_sql(statement, parameters)
            if result.returns_rows:
                result.fetchall()


if __name__ == "__main__":
    for figure in measure():
        print(figure.line())
