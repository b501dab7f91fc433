"""200,000 movements on 8,000 cards of 40 stores: what lies there, what is to be ordered, what came and went, against
bare SQL of the same rows on the same store."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import services.registry  # noqa: F401 — the queries people have
from bench import million
from bench.figures import HEAD, Figure, told
from bench.premises import against
from bench.skills import load
from models.base import new_id, table
from models.compound import Compound
from models.part import MovementKind, Part, PartMovement, PartStock, PartStore
from services import office
from services.desk import checking, keys
from services.desk.desk import Desk
from services.desk.listing import View

MOVEMENTS, STORES, PARTS, PAGE = 200_000, 40, 200, 24
CARDS = STORES * PARTS
FIRST, LAST, SPAN = date(2026, 1, 1), date(2026, 12, 31), 3 * 365
moved, stock, part, shop = (table(kind) for kind in (PartMovement, PartStock, Part, PartStore))


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, the median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        fill(desk)
        card = desk.first(View("part_stocks", sort="number"), 1)[0]["id"]
        period = {"from_on": FIRST, "until_on": LAST}
        for what, limit, times, ours, floor in (
            (f"cards of parts with {MOVEMENTS:,} movements: first page", 8.0, 20,
             partial(desk.first, View("part_stocks", sort="number"), PAGE), [_cards().limit(PAGE)]),
            ("… what is to be ordered, first page", 8.0, 20, partial(desk.first, View("parts_to_order"), PAGE),
             [_cards().where(stock.c.wanted.is_not(None)).limit(PAGE)]),
            ("… how many are", 8.0, 20, partial(desk.count, View("parts_to_order")),
             [sa.select(sa.func.count()).where(stock.c.alive == sa.true(), stock.c.wanted.is_not(None))]),
            ("… newest movements, first page", 8.0, 20,
             partial(desk.first, View("part_movements", sort="on", descending=True), PAGE), [_newest()]),
            ("… received, issued and left of a year, by part", 3.0, 1, partial(desk.ask, "part_stocks.sums", **period),
             [_sums(), sa.select(part)]),
            ("… ledger of a card", 20.0, 20, partial(desk.ask, "part_stocks.ledger", part_stock_id=card, **period),
             _ledger()),
            ("… check that each balance is the sum of its movements", 3.0, 1,
             partial(checking.look, desk.store, checking.PARTS["stocks"]), [_balances(), sa.select(stock)]),
        ):  # fmt: skip
            yield against(desk, what, limit, times, ours, floor)
        opened.close()


def fill(desk: Desk) -> None:
    """Three years: of five movements two receive, three issue as much."""
    places = [{"id": new_id(), "code": f"C{n}", "name": f"大院{n}"} for n in range(STORES)]
    desk.do(load, Compound, places)
    stores = [{"id": new_id(), "compound_id": at["id"], "number": f"KF{n}", "name": f"库房{n}"}
              for n, at in enumerate(places)]  # fmt: skip
    desk.do(load, PartStore, stores)
    parts = [{"id": new_id(), "number": f"BP{n}", "name": f"材料{n}", "measure": "个"} for n in range(PARTS)]
    desk.do(load, Part, parts)
    cards = [_card(n, stores[n % STORES], parts[n // STORES]) for n in range(CARDS)]
    moves = [_moved(n, cards[n % CARDS]) for n in range(MOVEMENTS)]
    for move, at in zip(moves, range(MOVEMENTS), strict=True):
        card = cards[at % CARDS]
        card["quantity"] += move["quantity"]
        card["value"] += move["amount"]
    desk.do(load, PartStock, cards)
    desk.do(load, PartMovement, moves)


def _card(n: int, store: dict[str, Any], what: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_id(), "compound_id": store["compound_id"], "number": _number(n), "part_store_id": store["id"],
        "part_id": what["id"], "quantity": 0, "value": 0, "least": 5000, "up_to": 20_000,
        "wanted": 7000 if n % 25 == 0 else None,
    }  # fmt: skip


def _number(n: int) -> str:
    return f"KP{n:06}"


def _moved(n: int, card: dict[str, Any]) -> dict[str, Any]:
    comes = n // CARDS % 5 < 2
    quantity = 6000 if comes else -4000
    return {
        "id": new_id(), "compound_id": card["compound_id"], "number": f"LD{n:07}", "part_stock_id": card["id"],
        "part_store_id": card["part_store_id"], "part_id": card["part_id"], "unit_price": 100,
        "kind": MovementKind.RECEIPT if comes else MovementKind.ISSUE, "quantity": quantity, "amount": quantity // 10,
        "on": date(2024, 1, 1) + timedelta(days=n * 7919 % SPAN),
    }  # fmt: skip


# What anybody would send


def _cards() -> sa.Select[Any]:
    named = stock.join(part, part.c.id == stock.c.part_id).join(shop, shop.c.id == stock.c.part_store_id)
    said = sa.select(stock, part.c.number, part.c.name, shop.c.name).select_from(named)
    return said.where(stock.c.alive == sa.true()).order_by(stock.c.number)


def _newest() -> sa.Select[Any]:
    named = moved.join(part, part.c.id == moved.c.part_id).join(shop, shop.c.id == moved.c.part_store_id)
    said = sa.select(moved, part.c.number, part.c.name, shop.c.name).select_from(named)
    return said.where(moved.c.alive == sa.true()).order_by(moved.c.on.desc()).limit(PAGE)


def _sums() -> sa.Select[Any]:
    """Before, and in the year, what came and what went."""
    when = (moved.c.on < FIRST, sa.and_(moved.c.on >= FIRST, moved.c.quantity > 0),
            sa.and_(moved.c.on >= FIRST, moved.c.quantity <= 0))  # fmt: skip
    figures = [sa.func.sum(sa.case((each, column), else_=0)) for each in when
               for column in (moved.c.quantity, moved.c.amount)]  # fmt: skip
    there = sa.select(moved.c.part_id, *figures).where(moved.c.alive == sa.true(), moved.c.on <= LAST)
    return there.group_by(moved.c.part_id)


def _ledger() -> list[sa.Select[Any]]:
    card = sa.select(stock.c.id).where(stock.c.number == _number(0)).scalar_subquery()
    of = (moved.c.alive == sa.true(), moved.c.part_stock_id == card)
    return [
        sa.select(sa.func.sum(moved.c.quantity), sa.func.sum(moved.c.amount)).where(*of, moved.c.on < FIRST),
        sa.select(moved).where(*of, moved.c.on.between(FIRST, LAST)).order_by(moved.c.on, moved.c.n),
    ]


def _balances() -> sa.Select[Any]:
    sums = sa.select(moved.c.part_stock_id, sa.func.sum(moved.c.quantity), sa.func.sum(moved.c.amount))
    return sums.where(moved.c.alive == sa.true()).group_by(moved.c.part_stock_id)


if __name__ == "__main__":
    print(told(HEAD), flush=True)
    figures = list(measure())
    for figure in figures:
        print(figure.line(), flush=True)
    sys.exit(any(figure.over for figure in figures))
