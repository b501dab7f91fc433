"""Prepared arguments for what is done with parts and stores, about a compound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tests.services.reach_work import order, plain

Place = Any  # of `reach`, which takes these arguments in
TODAY = datetime.now(UTC).astimezone().date()


def part(p: Place) -> UUID:
    made: UUID = p.add("parts", name=p.fresh(), measure="个")
    return made


def store(p: Place) -> UUID:
    made: UUID = p.inside("part_stores", name=p.fresh())
    return made


def lying(p: Place) -> dict[str, Any]:
    """Ten of a part in a store."""
    known = {"part_store_id": store(p), "part_id": part(p)}
    p.desk.do("part_movements.receive", **known, quantity=10_000, unit_price=100)
    return known


def received(p: Place) -> UUID:
    known = {"part_store_id": store(p), "part_id": part(p)}
    made: UUID = p.desk.do("part_movements.receive", **known, quantity=10_000, unit_price=100).value
    return made


def issued(p: Place) -> UUID:
    made: UUID = p.desk.do("part_movements.issue", **lying(p), quantity=2000, work_order_id=order(p)).value
    return made


def card(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "part_store_id": store(p), "part_id": part(p)}


def kept(p: Place) -> UUID:
    made: UUID = p.add("part_stocks", **card(p))
    return made


def counting(p: Place) -> UUID:
    made: UUID = p.desk.do("part_counts.start", part_store_id=lying(p)["part_store_id"]).value
    return made


def counted(p: Place) -> UUID:
    """By somebody else: who counted does not approve."""
    made = counting(p)
    desk = replace(p.desk, account="counter")
    desk.do("part_counts.enter", part_count_id=made, rows=[(1, 9000, "x")])
    return made


def ledger(p: Place) -> dict[str, Any]:
    return {"part_stock_id": kept(p), "from_on": TODAY, "until_on": TODAY}


def sums(p: Place) -> dict[str, Any]:
    return {"from_on": TODAY, "until_on": TODAY, "part_store_id": lying(p)["part_store_id"]}


ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    **plain("parts", "part", lambda p: {"name": p.fresh(), "measure": "个"}, note="x"),
    **plain("part_stores", "part_store", lambda p: {"compound_id": p.compound, "name": p.fresh()}, note="x"),
    **plain("part_stocks", "part_stock", card, place="x"),
    "do part_movements.receive": lambda p: lying(p) | {"quantity": 1000, "unit_price": 5},
    "do part_movements.issue": lambda p: lying(p) | {"quantity": 1000, "work_order_id": order(p)},
    "do part_movements.give_back": lambda p: {"part_movement_id": issued(p), "quantity": 1000},
    "do part_movements.transfer": lambda p: lying(p) | {"quantity": 1000, "to_store_id": store(p)},
    "do part_movements.reverse": lambda p: {"part_movement_id": received(p), "note": "x"},
    "do part_counts.start": lambda p: {"part_store_id": lying(p)["part_store_id"]},
    "do part_counts.enter": lambda p: {"part_count_id": counting(p), "rows": [(1, 9000)]},
    "do part_counts.approve": lambda p: {"part_count_id": counted(p)},
    "do part_counts.drop": lambda p: {"part_count_id": counting(p)},
    "ask part_movements.slip": lambda p: {"part_movement_id": issued(p)},
    "ask part_counts.sheet": lambda p: {"part_count_id": counting(p)},
    "ask part_stocks.ledger": ledger,
    "ask part_stocks.sums": sums,
}  # fmt: skip
