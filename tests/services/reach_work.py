"""Prepared arguments for what is done with work orders, firms and service levels, about a compound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

Place = Any  # of `reach`, which takes these arguments in
NOW = datetime.now(UTC)
TODAY = NOW.astimezone().date()
WAYS: dict[str, tuple[str, ...]] = {  # the steps that lead to where an order can take each step
    "accept": (), "send_back": (), "report_again": ("send_back",), "transfer": (), "cancel": (), "merge": (),
    "assign": ("accept",), "depart": ("accept", "assign"), "begin": ("accept", "assign"), "hold": ("accept",),
    "resume": ("accept", "hold"), "finish": ("accept", "assign", "begin"), "flag": ("accept", "assign", "begin"),
    "check": ("accept", "assign", "begin", "finish"), "redo": ("accept", "assign", "begin", "finish"),
    "rate": ("accept", "assign", "begin", "finish", "check"),
    "close": ("accept", "assign", "begin", "finish", "check", "rate"),
}  # fmt: skip


def order(p: Place, *steps: str) -> UUID:
    """A work order, so far."""
    made: UUID = p.inside("work_orders", title=p.fresh(), trade="plumbing", room_id=p.room)
    for step in steps:
        p.desk.do(f"work_orders.{step}", work_order_id=made, **said(p, step))
    return made


def said(p: Place, step: str) -> dict[str, Any]:
    """What a step asks for."""
    match step:
        case "send_back" | "report_again" | "transfer" | "cancel" | "redo":
            return {"word": "x"}
        case "assign":
            return {"technician_id": p.person()}
        case "hold":
            return {"hold_reason": "part"}
        case "finish":
            return {"result": "x"}
        case "rate":
            return {"speed": 5, "quality": 5, "manner": 5}
        case "merge":
            return {"merged_into_id": order(p)}
        case "flag":
            return {"technician_id": p.person(), "unlicensed_why": "x"}
    return {}


def step(name: str) -> Callable[[Place], dict[str, Any]]:
    """The arguments of a step, about an order that can take it."""

    def prepared(p: Place) -> dict[str, Any]:
        return {"work_order_id": order(p, *WAYS[name])} | said(p, name)

    return prepared


def link(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "work_order_id": order(p), "kind": "related", "other_id": order(p)}


def licence(p: Place) -> dict[str, Any]:
    firm = p.add("providers", name=p.fresh())
    return {"provider_id": firm, "licence": "lift_repair", "paper_no": p.fresh(), "issued_on": TODAY}


def level(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "priority": "normal", "clock": "all", "respond_minutes": 5, "from_on": TODAY,
            "basis": "x"}  # fmt: skip


def hours(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "weekday": 1, "opens": "09:00", "closes": "12:00", "from_on": TODAY}


def day(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "on": TODAY, "kind": "holiday", "name": "x"}


def asked(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "priority": "normal", "trade": "plumbing", "at": NOW}


def plain(name: str, entity: str, made: Callable[[Place], dict[str, Any]], /, **changed: Any) -> dict[str, Any]:
    """Adding, revising (what is `changed`) and removing one kind of plain record."""

    def known(p: Place) -> dict[str, Any]:
        return {f"{entity}_id": p.add(name, **made(p))}

    def other(p: Place) -> dict[str, Any]:
        return known(p) | changed

    return {f"do {name}.add": made, f"do {name}.revise": other, f"do {name}.remove": known}


ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    **{f"do work_orders.{name}": step(name) for name in WAYS},
    **plain("work_orders", "work_order", lambda p: {
        "compound_id": p.compound, "title": p.fresh(), "trade": "plumbing", "room_id": p.room,
    }),
    **plain("work_order_links", "work_order_link", link),
    **plain("providers", "provider", lambda p: {"name": p.fresh()}, note="x"),
    **plain("provider_licences", "provider_licence", licence, issuer="x"),
    **plain("service_levels", "service_level", level),
    **plain("working_hours", "working_hours", hours),
    **plain("calendar_days", "calendar_day", day),
    "ask work_orders.board": lambda p: {"at": NOW} if order(p) else {},
    "ask work_orders.pulse": lambda p: {"at": NOW},
    "ask work_orders.planned": lambda p: {"first": NOW, "last": NOW} if order(p, "accept") else {},
    "ask work_orders.sheet": lambda p: {"work_order_id": order(p)},
    "ask work_orders.workload": lambda p: {"work_order_id": order(p), "on": TODAY},
    "ask work_orders.open_here": lambda p: {"compound_id": p.compound, "room_id": p.room} if order(p) else {},
    "ask providers.may_do": lambda p: {"trade": "lift", "on": TODAY},
    "ask service_levels.due": asked,
    "ask service_levels.extended": lambda p: asked(p) | {
        "complete": NOW, "hold_reason": "consent", "since": NOW - timedelta(hours=1), "until": NOW,
    },
}  # fmt: skip
