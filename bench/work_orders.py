"""200,000 work orders, 8,000 of them open: the board read and painted, against the repaint of constant cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import services.registry  # noqa: F401 — the queries people have
from models.base import Entity, new_id
from models.building import Building, BuildingKind
from models.compound import Compound
from models.organization import Organization
from models.room import Room, RoomUse
from models.staff import Staff
from models.work_order import WorkOrder
from models.work_rules import Priority
from models.work_states import WorkState
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work

ORDERS, OPEN, COMPOUNDS, ROOMS, PEOPLE, AT = 200_000, 8_000, 40, 4_000, 400, datetime(2026, 11, 23, 2, tzinfo=UTC)
STATES = (
    WorkState.REPORTED, WorkState.ACCEPTED, WorkState.ASSIGNED, WorkState.WORKING, WorkState.ON_HOLD, WorkState.DONE,
    WorkState.RATED,
)  # fmt: skip
TRADES = ("plumbing", "electric", "cooling", "masonry")


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
