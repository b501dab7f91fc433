"""Depreciation: the rules one by one, against a bookkeeper's month-by-month ledger, and the same in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.asset import Asset, Depreciation, ValueKind
from models.asset_value import AssetValueChange, ValueChange
from models.base import new_id
from services.depreciation import (
    Card,
    Stretch,
    accumulated,
    amount,
    card_of,
    cost,
    ended,
    last_of,
    month_of,
    months,
    so_far,
)  # fmt: skip
from services.depreciation_sql import figures
from services.desk.desk import Desk
from services.desk.intent import intent, query
from services.desk.work import Work
from tests.services.ledgers import Book, Change

FIRST = date(2018, 1, 1)
_serial = count(1)


@dataclass
class Said:
    """A card, or a change of one, as its columns."""

    id: UUID
    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.values.get(name)


def plain(cost: int | None = 7200, life: int | None = 72, begun: date | None = date(2020, 3, 31), **more: Any) -> Said:
    values = {"cost": cost, "life_months": life, "acquired_on": begun, "entered_on": None}
    return Said(new_id(), values | {"prior_accumulated": None, "disposed_on": None, "moved_on": None} | more)


def taken(card: Card, first: tuple[int, int], how_many: int) -> list[int]:
    start = first[0] * 12 + first[1] - 1
    return [amount(card, start + n) for n in range(how_many)]


# The rules, one by one


def test_it_begins_in_the_month_of_addition_and_the_rule_of_enterprises_fails() -> None:
    card = card_of(plain(begun=date(2020, 3, 31)))
    assert taken(card, (2020, 2), 3) == [0, 100, 100], "public bodies depreciate from the month of addition on"
    next_month = card_of(plain(begun=date(2020, 4, 1)))  # what enterprises do: from the month after
    assert taken(next_month, (2020, 2), 3) != taken(card, (2020, 2), 3)
    assert accumulated(card, date(2020, 3, 30)) == 0 and accumulated(card, date(2020, 3, 31)) == 100


def test_the_day_it_was_entered_goes_before_the_day_it_was_acquired() -> None:
    late = card_of(plain(begun=date(2019, 12, 1), entered_on=date(2020, 2, 1)))
    assert taken(late, (2019, 12), 4) == [0, 0, 100, 100]


def test_none_in_the_month_of_removal() -> None:
    gone = card_of(plain(disposed_on=date(2020, 6, 30)))
    assert taken(gone, (2020, 3), 5) == [100, 100, 100, 0, 0]
    assert accumulated(gone, date(2020, 6, 29)) == accumulated(gone, date(2020, 6, 30)) == 300
    assert accumulated(gone, date(2030, 1, 1)) == 300, "scrapped early: nothing is caught up"
    assert card_of(plain(disposed_on=date(2020, 3, 31))).there(date(2020, 3, 31)) is False
    bought_and_gone = card_of(plain(begun=date(2020, 3, 1), disposed_on=date(2020, 3, 20)))
    assert accumulated(bought_and_gone, date(2021, 1, 1)) == 0


def test_the_last_month_takes_the_rest_and_then_it_stops() -> None:
    odd = card_of(plain(cost=100, life=3, begun=date(2020, 1, 5)))
    assert taken(odd, (2020, 1), 5) == [33, 33, 34, 0, 0]
    assert accumulated(odd, date(2029, 1, 1)) == 100
    up = card_of(plain(cost=11, life=4, begun=date(2020, 1, 5)))
    assert taken(up, (2020, 1), 5) == [3, 3, 3, 2, 0], "half up, and never more than there is"
    small = card_of(plain(cost=2, life=72, begun=date(2020, 1, 5)))
    assert accumulated(small, date(2025, 11, 30)) == 0 and accumulated(small, date(2025, 12, 31)) == 2


@pytest.mark.parametrize(
    "out", [{"depreciation": Depreciation.NONE}, {"value_kind": ValueKind.NOMINAL}, {"life_months": None}]
)
def test_what_is_not_depreciated_takes_nothing(out: dict[str, Any]) -> None:
    asset = plain()
    asset.values |= out
    assert accumulated(card_of(asset), date(2026, 1, 1)) == 0


def test_a_second_hand_thing_is_depreciated_over_what_is_left_of_its_life() -> None:
    card = card_of(plain(cost=1000, life=4, begun=date(2020, 1, 1), prior_accumulated=600))
    assert [accumulated(card, last_of(2020 * 12 + n)) for n in range(-1, 6)] == [0, 700, 800, 900, 1000, 1000, 1000]
    assert accumulated(card, date(2020, 1, 1)) == 600


def test_a_change_spreads_what_is_left_over_what_is_left_of_the_life() -> None:
    asset = plain(cost=1200, life=12, begun=date(2020, 1, 1))
    was, months_taken = so_far(card_of(asset), date(2020, 5, 20))
    assert (was, months_taken) == (400, 4)
    rise = Said(new_id(), {"on": date(2020, 5, 20), "cost": 2000, "accumulated": was, "months_left": 8 + 8,
                           "cost_before": 1200, "life_before": 12})  # fmt: skip
    card = card_of(asset, [rise])
    assert taken(card, (2020, 4), 3) == [100, 100, 100]
    assert (cost(card, date(2020, 5, 19)), cost(card, date(2020, 5, 20))) == (1200, 2000)
    assert accumulated(card, date(2021, 8, 31)) == 2000
    assert [row.amount for row in months(card, month_of(date(2021, 9, 1)))] == [100] * 20 + [0]


# Against a bookkeeper


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A card with a life of its own: bought, changed, gone."""
    money = st.integers(0, 300) | st.integers(0, 10**8)
    begun = draw(st.none() | st.integers(0, 1500).map(lambda n: FIRST + timedelta(days=n)))
    life = draw(st.none() | st.integers(1, 90))
    value = draw(money)
    left = draw(st.none() | st.integers(0, 2500).map(lambda n: (begun or FIRST) + timedelta(days=n)))
    book = Book(value, life, begun, left, draw(st.just(0) | st.integers(0, value)),
                draw(st.sampled_from([None, None, Depreciation.STRAIGHT_LINE, Depreciation.NONE])),
                draw(st.sampled_from([None, None, ValueKind.PROVISIONAL, ValueKind.NOMINAL])))  # fmt: skip
    day = begun or FIRST
    for _ in range(draw(st.integers(0, 3))):
        day += timedelta(days=draw(st.integers(0, 700)))
        if left is None or day < left:
            book.changes.append(Change(day, draw(money), draw(st.integers(1, 120)), draw(st.integers(0, 50))))
    return book


def rows_of(book: Book) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The card and its changes as the program stores them; changes that make no sense are taken off the book."""
    made = plain(book.cost, book.life, book.begun, disposed_on=book.left, prior_accumulated=book.prior or None,
                 depreciation=book.depreciation, value_kind=book.value_kind)  # fmt: skip
    changes, kept = list[Said](), list[Change]()
    for change in book.changes:
        was, months_taken = so_far(card_of(made, changes), change.on)
        carried = was - min(change.off, was)
        if change.cost < carried or change.life <= months_taken:
            continue
        change.off = was - carried
        kept.append(change)
        before = changes[-1] if changes else None
        changes.append(Said(new_id(), {
            "on": change.on, "cost": change.cost, "accumulated": carried, "accumulated_before": was,
            "months_taken": months_taken, "months_left": change.life - months_taken, "life_months": change.life,
            "cost_before": before.cost if before else book.cost, "kind": ValueChange.CORRECTION, "paper": "x",
            "life_before": before.life_months if before else book.life, "asset_id": made.id,
            "number": f"BZ{next(_serial)}", "id": None,
        }))  # fmt: skip
        changes[-1].values["id"] = changes[-1].id
    book.changes = kept
    last = {"cost": kept[-1].cost, "life_months": kept[-1].life} if kept else {}
    return {"id": made.id, "name": "x", "number": f"Z{next(_serial)}"} | made.values | last, [c.values for c in changes]


def card(asset: Mapping[str, Any], changes: list[dict[str, Any]]) -> Card:
    return card_of(Said(asset["id"], dict(asset)), [Said(c["id"], c) for c in changes])


@settings(max_examples=150, deadline=None)
@given(books(), st.integers(0, 3600))
def test_it_is_what_a_bookkeeper_writes_month_by_month(book: Book, later: int) -> None:
    asset, changes = rows_of(book)
    made, until = card(asset, changes), FIRST + timedelta(days=later)
    written = book.written(until)
    for month, share, total in written:
        assert (amount(made, month), accumulated(made, last_of(month))) == (share, total)
        assert 0 <= total <= cost(made, last_of(month)), "never more than it is worth"
    if written and book.begun and not (book.left and book.left <= until):
        assert [(month_of(row.month), row.amount, row.accumulated) for row in months(made, ended(until))] == written


@intent("T", name="tests.cards")
def load(work: Work, /, cards: list[dict[str, Any]], changes: list[dict[str, Any]]) -> None:
    """As they are."""
    work.bulk_insert(Asset, cards)
    work.bulk_insert(AssetValueChange, changes)


@intent("T", name="tests.moved_away")
def leave(work: Work, /, asset_id: UUID, moved_on: date) -> None:
    """What a transfer does to the card that stays behind."""
    work.get(Asset, asset_id).moved_on = moved_on


@query("T", name="tests.figures")
def told(session: Session, *, day: date, there: bool) -> dict[UUID, tuple[int, int, int]]:
    """What SQL says of every card."""
    found = figures(day, Asset.id.label("id"), there=there).rows
    every = session.execute(sa.select(found.c.id, found.c.cost, found.c.accumulated, found.c.amount))
    return {row.id: (row.cost, row.accumulated, row.amount) for row in every}


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(every=st.lists(books(), min_size=20, max_size=40), days=st.lists(st.integers(0, 3600), min_size=4, max_size=4))
def test_sql_says_the_same_of_every_card(desk: Desk, every: list[Book], days: list[int]) -> None:
    made = [rows_of(book) for book in every]
    where = desk.do("compounds.add", code=f"C{next(_serial)}", name="大院").value
    placed = [asset | {"compound_id": where} for asset, _ in made]
    desk.do(load, placed, [c | {"compound_id": where} for _, changes in made for c in changes])
    known = {asset["id"]: card(asset, changes) for asset, changes in made}
    for day in [FIRST + timedelta(days=n) for n in days] + [last_of(month_of(FIRST) + n // 30) for n in days]:
        said = {id: row for id, row in desk.ask(told, day=day, there=True).items() if id in known}
        month, whole = month_of(day), ended(day) == month_of(day)
        assert said == {
            id: (cost(c, day), accumulated(c, day), amount(c, month) if whole else 0)
            for id, c in known.items() if c.there(day)
        }  # fmt: skip
        left = {id: row[1] for id, row in desk.ask(told, day=day, there=False).items() if id in known}
        assert left == {id: accumulated(c, day) for id, c in known.items() if c.stretches[0].on <= day}


def test_a_stretch_without_months_keeps_what_was_carried() -> None:
    assert Stretch(FIRST, 100, 40, None).taken(9) == 40
