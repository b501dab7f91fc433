"""Whatever is done with parts in whatever order, quantity and value of every card are the sums of its movements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.desk.desk import Desk
from services.desk.errors import UserError
from services.desk.listing import View
from services.desk.stocks import stocks
from tests.services.people import Office
from tests.services.storing import WHOLE, part, store
from tests.services.working import opened

STEP = st.tuples(
    st.sampled_from(("receive", "issue", "force", "give_back", "transfer", "count", "reverse", "undo")),
    st.integers(0, 1), st.integers(1, 9 * WHOLE), st.integers(0, 50_000),
)  # fmt: skip


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_any_sequence_keeps_quantity_and_value(desk: Desk, steps: list[tuple[str, int, int, int]]) -> None:
    office = _office(desk)
    places, tap = [store(office, name) for name in ("甲", "乙")], part(office)
    done = list[Any]()
    for act, which, much, worth in steps:
        try:
            done.append(_do(office, act, places[which], places[1 - which], tap, much, worth, done))
        except UserError:
            continue  # refused: nothing of it may be left
        assert stocks(desk.store) == []
    cards = {row["id"]: row for row in desk.first(View("part_stocks"), 99)}
    for row in cards.values():
        assert row["quantity"] or not row["value"], "nothing there is worth nothing"
        assert row["quantity"] * row["value"] >= 0, "of one sign"


def _office(desk: Desk) -> Office:
    known = desk.first(View("compounds"), 1)
    if not known:
        return opened(desk)
    office = Office(desk, *[None] * 10)  # type: ignore[arg-type]
    office.compound = known[0]["id"]
    return office


def _do(office: Office, act: str, place: Any, other: Any, tap: Any, much: int, worth: int, done: list[Any]) -> Any:
    desk, known = office.desk, {"part_store_id": place, "part_id": tap, "quantity": much}
    last = desk.first(View("part_movements", filters=(("part_id", (tap,)),)), 99)
    one = last[worth % len(last)]["id"] if last else None
    match act:
        case "receive":
            return desk.do("part_movements.receive", **known, amount=worth)
        case "issue":
            return desk.do("part_movements.issue", **known)
        case "force":
            return desk.do("part_movements.issue", **known, despite="急修")
        case "transfer":
            return desk.do("part_movements.transfer", **known, to_store_id=other)
        case "give_back" if one:
            return desk.do("part_movements.give_back", part_movement_id=one, quantity=much)
        case "reverse" if one:
            return desk.do("part_movements.reverse", part_movement_id=one, note="录错")
        case "undo" if done:
            return desk.do("journal.undo", operation=done[worth % len(done)].operation.hex)
        case "count":
            made = desk.do("part_counts.start", part_store_id=place).value
            desk.do("part_counts.enter", part_count_id=made, rows=[(1, much)])
            return replace(desk, account="zhao.lei").do("part_counts.approve", part_count_id=made, reason="盘点")
    raise UserError("nothing to do yet")
