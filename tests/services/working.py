"""A small office with work in it: reporting an order, carrying it on, at any instant; for the tests of maintenance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.desk.desk import Desk
from tests.services.people import Office, found

MONDAY = datetime.fromisoformat("2026-11-23 09:00").astimezone()
WAY = ("accept", "assign", "begin", "finish", "check", "rate", "close")


def opened(desk: Desk) -> Office:
    """The office on a Monday morning."""
    return found(at(desk, MONDAY))


def at(desk: Desk, instant: datetime) -> Desk:
    """The same desk at another time."""
    return replace(desk, clock=lambda: instant.astimezone(UTC))


def report(office: Office, **values: Any) -> UUID:
    """A leaking pipe."""
    given = {"compound_id": office.compound, "title": "水管漏水", "trade": "plumbing", "room_id": office.room}
    return office.add("work_orders", **given | values)


def do(office: Office, step: str, order: UUID, /, **values: Any) -> None:
    """One step of an order, with what it asks for where the test does not say."""
    said: dict[str, dict[str, Any]] = {
        "assign": {"technician_id": office.giver}, "finish": {"result": "更换阀门"},
        "rate": {"speed": 5, "quality": 5, "manner": 5}, "redo": {"word": "还在漏"},
    }  # fmt: skip
    office.desk.do(f"work_orders.{step}", work_order_id=order, **said.get(step, {}) | values)


def until(office: Office, step: str, **values: Any) -> UUID:
    """A new order that has gone all the way until a step."""
    order = report(office, **values)
    for each in WAY[: WAY.index(step) + 1]:
        do(office, each, order)
    return order


def line(office: Office, kind: str, order: UUID, /, **values: Any) -> UUID:
    """A line of an order: a visit, hours, a material, a cost, a quote, a permit."""
    return office.add(kind, compound_id=office.compound, work_order_id=order, **values)
