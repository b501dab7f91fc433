"""200,000 work orders, 8,000 of them open: the board read and painted, against the repaint of constant cards; and the
line of figures above it, against bare SQL."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import services.registry  # noqa: F401 — the queries people have
from bench import million
from bench.figures import HEAD, ROUNDS, Figure, alone, middle, spent, told
from bench.painted import Painted
from bench.scroll import HEIGHT, WIDTH, turn
from models.base import Entity, new_id, table
from models.building import Building, BuildingKind
from models.compound import Compound
from models.organization import Organization
from models.room import Room, RoomUse
from models.staff import Staff
from models.work_order import WorkOrder
from models.work_rules import Priority
from models.work_states import WorkState
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work
from services.work_board import LANES, Lane
from ui.app import Application
from ui.kit.background import Background
from ui.pages.work_board import CHIPS
from ui.pages.work_lanes import WorkLanes

ORDERS, OPEN, COMPOUNDS, ROOMS, PEOPLE, AT = 200_000, 8_000, 40, 4_000, 400, datetime(2026, 11, 23, 2, tzinfo=UTC)
STATES = (
    WorkState.REPORTED, WorkState.ACCEPTED, WorkState.ASSIGNED, WorkState.WORKING, WorkState.ON_HOLD, WorkState.DONE,
    WorkState.RATED,
)  # fmt: skip
TRADES = ("plumbing", "electric", "cooling", "masonry")


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, the median of each; from a process with a window of its own."""
    seen = alone("work_orders", "paint")
    yield Figure(f"board of {ORDERS:,} work orders: read and painted", seen["board"], 4, seen["repaint"])
    yield Figure("… narrowed to a compound", seen["narrow"], 4, seen["repaint"])
    yield Figure("… the line of figures above it", seen["pulse"], 4, seen["bare"])


@intent("Load work orders for measuring", name="bench.load_orders")
def load(work: Work, /, kind: type[Entity], rows: Iterable[Mapping[str, Any]]) -> None:
    """Many at once."""
    work.bulk_insert(kind, rows)


def fill(desk: Desk) -> None:
    """Five years of orders; the newest 8,000 stand in every state of the board."""
    homes = [{"id": new_id(), "code": f"C{n:03d}", "name": f"大院{n}"} for n in range(COMPOUNDS)]
    unit = {"id": new_id(), "code": "U", "name": "单位"}
    houses = [{"id": new_id(), "compound_id": home["id"], "code": "B1", "name": "1号楼", "kind": BuildingKind.BUILDING}
              for home in homes]  # fmt: skip
    rooms: list[dict[str, Any]] = [
        {"id": new_id(), "compound_id": houses[n % COMPOUNDS]["compound_id"], "number": f"{n}",
         "building_id": houses[n % COMPOUNDS]["id"], "use": RoomUse.OFFICE} for n in range(ROOMS)
    ]  # fmt: skip
    people = [{"id": new_id(), "compound_id": homes[n % COMPOUNDS]["id"], "number": f"P{n}", "name": f"某{n}",
               "unit_id": unit["id"]} for n in range(PEOPLE)]  # fmt: skip
    for kind, rows in (
        (Organization, [unit]), (Compound, homes), (Building, houses), (Room, rooms), (Staff, people),
        (WorkOrder, (_order(n, rooms[n % ROOMS], people[n % PEOPLE]["id"]) for n in range(ORDERS))),
    ):  # fmt: skip
        desk.do(load, kind, rows)


def _order(n: int, room: Mapping[str, Any], who: Any) -> dict[str, Any]:
    left = ORDERS - n
    reported = AT - timedelta(minutes=13 * left)
    state = STATES[n % len(STATES)] if left <= OPEN else WorkState.CLOSED
    closed = state is WorkState.CLOSED
    return {
        "id": new_id(), "compound_id": room["compound_id"], "building_id": room["building_id"], "room_id": room["id"],
        "number": f"WX-{n}", "title": f"三楼卫生间水管漏水{n}", "trade": TRADES[n % 4],
        "priority": list(Priority)[n % 4], "state": state, "reported_at": reported,
        "respond_due": reported + timedelta(hours=2), "completion_due": reported + timedelta(days=3),
        "responded_at": None if state is WorkState.REPORTED else reported + timedelta(minutes=n % 90),
        "technician_id": None if n % len(STATES) < 2 else who,
        "closed_at": reported + timedelta(days=2) if closed else None,
        "speed": 5 if closed else None, "quality": 4 if closed else None, "manner": 5 if closed else None,
    }  # fmt: skip


# What is measured


def paint() -> dict[str, float]:
    """Milliseconds of each, median of the rounds."""
    app = Application("zh_CN")
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        fill(desk)
        background = Background(desk)
        board, constant = (_shown(background) for _ in range(2))
        home = desk.find("compound", "C007")[0].id
        rounds = [_round(desk, board, constant, home) for _ in range(ROUNDS + 1)][1:]  # the first warms statements
        background.close()
        opened.close()
    del app
    return middle(rounds)


def _shown(background: Background) -> WorkLanes:
    """A board on the screen, at the size of the list of a million."""
    made = WorkLanes(background, tuple(LANES), CHIPS)
    made.now = _now
    made.clock.stop()
    made.resize(WIDTH, HEIGHT)
    made.show()
    _read(made)
    turn(_true, 0.2)
    return made


def _round(desk: Desk, board: WorkLanes, constant: WorkLanes, home: Any) -> dict[str, float]:
    found = {"repaint": spent(partial(_repaint, constant), 5), "board": spent(partial(_read, board))}
    board.chips["compound_id"].put((home,))
    found["narrow"] = spent(partial(_read, board))
    board.chips["compound_id"].put(())
    found["pulse"] = spent(partial(desk.ask, "work_orders.pulse", at=AT), 5)
    return found | {"bare": spent(partial(_bare, desk), 5)}


def _read(board: WorkLanes) -> None:
    """Asked, answered and painted."""
    answers = list[list[Lane]]()
    board.read_again.connect(answers.append)
    board.read()
    views = [lane.list.viewport() for lane in board.lanes.lanes.values()]
    seen = [Painted(view, answers.__len__) for view in views]
    turn(partial(_all, seen))
    for view, one in zip(views, seen, strict=True):
        view.removeEventFilter(one)
    board.read_again.disconnect(answers.append)


def _all(seen: list[Painted]) -> bool:
    return all(one.done for one in seen)


def _repaint(board: WorkLanes) -> None:
    for lane in board.lanes.lanes.values():
        lane.list.viewport().repaint()


def _bare(desk: Desk) -> None:
    """What anybody would send for the figures."""
    t, monday = table(WorkOrder), AT - timedelta(days=AT.weekday(), hours=AT.hour)
    points = t.c.speed + t.c.quality + t.c.manner
    queries = (
        sa.select(t.c.reported_at, t.c.responded_at).where(t.c.alive == sa.true(), t.c.reported_at >= monday),
        sa.select(sa.func.count(t.c.speed), sa.func.count(t.c.speed).filter(points >= 12))
        .where(t.c.alive == sa.true(), t.c.closed_at >= AT - timedelta(weeks=4)),
    )  # fmt: skip
    with desk.store.reading.connect() as connection:
        for query in queries:
            connection.execute(query).fetchall()


def _now() -> datetime:
    return AT


def _true() -> bool:
    return True


if __name__ == "__main__":
    if sys.argv[1:] == ["paint"]:
        print(json.dumps(paint()))
    else:
        print(told(HEAD), flush=True)
        figures = list(measure())
        for figure in figures:
            print(figure.line(), flush=True)
        sys.exit(any(figure.over for figure in figures))
