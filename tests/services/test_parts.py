"""Parts: received, issued at the moving average, brought back, moved, reversed, counted; short only with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import part_value
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.part_value import Balance
from tests.services.people import Office
from tests.services.storing import WHOLE, issue, lies, movement, part, receive, store
from tests.services.working import MONDAY, do, line, opened, until

TODAY = MONDAY.date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def money(office: Office, order: Any) -> Any:
    return office.desk.ask("work_orders.money", work_order_id=order, on=TODAY)


def materials(office: Office, order: Any) -> Any:
    return office.desk.ask("work_orders.doing", work_order_id=order, on=TODAY, now=MONDAY).materials


def test_an_issue_costs_the_average_of_what_lies_there_and_the_last_takes_the_rest(office: Office) -> None:
    place, tap = store(office), part(office)
    receive(office, place, tap, 1, 100)
    receive(office, place, tap, 2, 101)
    assert lies(office, place, tap) == (3 * WHOLE, 302)
    costs = [-movement(office, issue(office, place, tap, 1))["amount"] for _ in range(3)]
    assert costs == [101, 101, 100] and lies(office, place, tap) == (0, 0), "302 : 3, half of 201, and what is left"


def test_a_receipt_says_its_price_for_one_or_for_all(office: Office) -> None:
    place, wire = store(office), part(office, "电线", measure="米")
    made = receive(office, place, wire, 3, 1, amount=1000)
    assert (movement(office, made)["amount"], movement(office, made)["unit_price"]) == (1000, 333)
    office.desk.do("part_movements.receive", part_store_id=place, part_id=wire, quantity=2500, unit_price=333)
    assert lies(office, place, wire) == (5500, 1833), "2.5 × 3.33 = 8.325, half a fen up"
    with pytest.raises(Invalid, match="Say what one costs"):
        office.desk.do("part_movements.receive", part_store_id=place, part_id=wire, quantity=1000)
    with pytest.raises(Invalid, match="lies ahead"):
        receive(office, place, wire, 1, 1, on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid, match="at least"):
        receive(office, place, wire, 0, 1)


def test_an_earlier_day_changes_no_price_that_was_entered_before(office: Office) -> None:
    place, tap = store(office), part(office)
    receive(office, place, tap, 2, 100)
    first = issue(office, place, tap, 1)
    receive(office, place, tap, 1, 300, on=TODAY - timedelta(days=9))
    assert movement(office, first)["amount"] == -100
    assert movement(office, issue(office, place, tap, 1))["amount"] == -200


def test_nobody_issues_more_than_there_is_without_saying_why(office: Office) -> None:
    place, tap = store(office), part(office)
    with pytest.raises(Conflict, match="only 0 个"):
        issue(office, place, tap, 1)
    receive(office, place, tap, 2, 100)
    with pytest.raises(Conflict, match="only 2 个"):
        issue(office, place, tap, 3)
    made = issue(office, place, tap, 3, despite="供应商已送到现场，单据未到")
    assert lies(office, place, tap) == (-WHOLE, -100)
    assert [row["id"] for row in office.desk.first(View("part_movements_flagged"), 9)] == [made]
    enough = issue_after_receipt(office, place, tap)
    assert movement(office, enough)["despite"] is None, "a reason nobody needed is no flag"


def issue_after_receipt(office: Office, place: Any, tap: Any) -> Any:
    """Two come in at another price than was reckoned: the shortage is settled, and nothing waits any more."""
    receive(office, place, tap, 2, 130)
    assert lies(office, place, tap) == (WHOLE, 130), "what lies there stands at its own price"
    rest = [row for row in office.desk.first(View("part_movements"), 99) if row["kind"] == "difference"]
    assert [(row["quantity"], row["amount"]) for row in rest] == [(0, -30)]
    assert office.desk.first(View("part_movements_flagged"), 9) == []
    return issue(office, place, tap, 1, despite="不需要")


def test_an_order_gets_the_part_with_its_material_and_its_cost_line(office: Office) -> None:
    place, tap, order = store(office), part(office, specification="DN15"), until(office, "begin", payer="unit")
    receive(office, place, tap, 3, 4550)
    made = issue(office, place, tap, 2, work_order_id=order, taker="李秀英")
    (used,) = materials(office, order)
    assert (used.name, used.quantity, used.amount, used.issue_id) == ("水龙头 DN15", 2 * WHOLE, 9100, made)
    (cost,) = money(office, order).costs
    assert (cost.amount, cost.payer, cost.follows) == (9100, "unit", True)
    with pytest.raises(Conflict, match="came out of a store"):
        office.desk.do("work_materials.revise", work_material_id=used.id, quantity=1000)
    with pytest.raises(Conflict, match="came out of a store"):
        office.desk.do("work_materials.remove", work_material_id=used.id)
    office.desk.do("work_materials.revise", work_material_id=used.id, note="二楼")
    line(office, "work_materials", order, name="生料带", on=TODAY, quantity=1000, unit_price=150)
    assert money(office, order).total == 9250, "what is bought on the spot is typed as before"


def test_what_is_not_used_comes_back_at_the_price_it_left_for(office: Office) -> None:
    place, tap, order = store(office), part(office), until(office, "begin")
    office.desk.do("part_movements.receive", part_store_id=place, part_id=tap, quantity=3 * WHOLE, amount=1000)
    made = issue(office, place, tap, 3, work_order_id=order)
    receive(office, place, tap, 1, 9999)
    back = [office.desk.do("part_movements.give_back", part_movement_id=made, quantity=WHOLE).value for _ in "ab"]
    assert [movement(office, each)["amount"] for each in back] == [333, 334]
    assert (money(office, order).total, materials(office, order)[0].quantity) == (333, WHOLE)
    with pytest.raises(Conflict, match="only 1 个 are still out"):
        office.desk.do("part_movements.give_back", part_movement_id=made, quantity=2 * WHOLE)
    office.desk.do("part_movements.give_back", part_movement_id=made, quantity=WHOLE)
    assert money(office, order).costs == () and materials(office, order) == ()
    assert lies(office, place, tap) == (4 * WHOLE, 10999)
    with pytest.raises(Conflict, match="Only what was issued"):
        office.desk.do("part_movements.give_back", part_movement_id=back[0], quantity=WHOLE)


def test_an_order_that_has_ended_takes_no_part_and_gives_none_back(office: Office) -> None:
    place, tap, order = store(office), part(office), until(office, "begin")
    receive(office, place, tap, 3, 100)
    done = office.desk.do("part_movements.issue", part_store_id=place, part_id=tap, quantity=WHOLE,
                          work_order_id=order)  # fmt: skip
    for step in ("finish", "check", "rate", "close"):
        do(office, step, order)
    for refused in (
        lambda: issue(office, place, tap, 1, work_order_id=order),
        lambda: office.desk.do("part_movements.give_back", part_movement_id=done.value, quantity=WHOLE),
        lambda: office.desk.do("part_movements.reverse", part_movement_id=done.value, note="x"),
        lambda: office.desk.do("journal.undo", operation=done.operation.hex),
    ):
        with pytest.raises(Conflict, match="cannot be done any more"):
            refused()
    assert lies(office, place, tap) == (2 * WHOLE, 200)
    elsewhere = store(office, "宿舍库房", compound_id=office.elsewhere)
    receive(office, elsewhere, tap, 1, 100)
    with pytest.raises(Conflict, match="another compound"):
        issue(office, elsewhere, tap, 1, work_order_id=until(office, "begin"))


def test_an_issue_is_taken_back_with_everything_it_wrote(office: Office) -> None:
    place, tap, order = store(office), part(office), until(office, "begin")
    receive(office, place, tap, 2, 100)
    done = office.desk.do("part_movements.issue", part_store_id=place, part_id=tap, quantity=WHOLE,
                          work_order_id=order)  # fmt: skip
    back = office.desk.do("journal.undo", operation=done.operation.hex)
    assert lies(office, place, tap) == (2 * WHOLE, 200)
    assert money(office, order).costs == () and materials(office, order) == ()
    office.desk.do("journal.undo", operation=back.operation.hex)
    assert lies(office, place, tap) == (WHOLE, 100) and money(office, order).total == 100
    more = office.desk.do("part_movements.issue", part_store_id=place, part_id=tap, quantity=WHOLE)
    receive(office, place, tap, 1, 100)
    with pytest.raises(Conflict, match="changed since"):
        office.desk.do("journal.undo", operation=more.operation.hex)


def test_a_wrong_movement_is_reversed_by_another(office: Office) -> None:
    place, tap, order = store(office), part(office), until(office, "begin")
    wrong = receive(office, place, tap, 10, 100)
    receive(office, place, tap, 1, 210)
    taken = issue(office, place, tap, 2, work_order_id=order)
    with pytest.raises(Conflict, match="only 9 个 are left"):
        office.desk.do("part_movements.reverse", part_movement_id=wrong, note="数量录错")
    office.desk.do("part_movements.reverse", part_movement_id=taken, note="领错")
    assert lies(office, place, tap) == (11 * WHOLE, 1210) and money(office, order).total == 0
    office.desk.do("part_movements.reverse", part_movement_id=wrong, note="数量录错")
    assert lies(office, place, tap) == (WHOLE, 210)
    with pytest.raises(Conflict, match="reversed already"):
        office.desk.do("part_movements.reverse", part_movement_id=wrong, note="x")
    turned = next(row for row in office.desk.first(View("part_movements"), 9) if row["kind"] == "reversal")
    with pytest.raises(Conflict, match="is not reversed"):
        office.desk.do("part_movements.reverse", part_movement_id=turned["id"], note="x")


def test_a_part_goes_to_another_store_of_the_compound_with_its_value(office: Office) -> None:
    place, other, tap = store(office), store(office, "东区库房"), part(office)
    far = store(office, "宿舍库房", compound_id=office.elsewhere)
    receive(office, place, tap, 3, 100)
    moved = {"part_store_id": place, "part_id": tap, "quantity": 2 * WHOLE}
    out = office.desk.do("part_movements.transfer", **moved, to_store_id=other).value
    assert (lies(office, place, tap), lies(office, other, tap)) == ((WHOLE, 100), (2 * WHOLE, 200))
    with pytest.raises(Conflict, match="only 1 个 are left"):
        office.desk.do("part_movements.transfer", **moved, to_store_id=other)
    with pytest.raises(Conflict, match="another compound"):
        office.desk.do("part_movements.transfer", **moved | {"quantity": WHOLE}, to_store_id=far)
    with pytest.raises(Invalid, match="already"):
        office.desk.do("part_movements.transfer", **moved, to_store_id=place)
    office.desk.do("part_movements.reverse", part_movement_id=out, note="移错库")
    assert (lies(office, place, tap), lies(office, other, tap)) == ((3 * WHOLE, 300), (0, 0))


def test_below_the_minimum_it_is_to_be_ordered_up_to_its_level(office: Office) -> None:
    firm = office.add("providers", name="某某五金商行")
    place, tap = store(office), part(office, provider_id=firm)
    receive(office, place, tap, 5, 100)
    card = office.desk.first(View("part_stocks"), 1)[0]
    office.desk.do("part_stocks.revise", part_stock_id=card["id"], least=4 * WHOLE, up_to=10 * WHOLE)
    assert office.desk.first(View("parts_to_order"), 9) == []
    issue(office, place, tap, 1)
    assert office.desk.first(View("parts_to_order"), 9) == [], "the minimum itself is enough"
    issue(office, place, tap, 1)
    [row] = office.desk.first(View("parts_to_order"), 9)
    assert (row["wanted"], row["provider"], row["last_price"]) == (7 * WHOLE, "某某五金商行", 100)
    receive(office, place, tap, 7, 100)
    assert office.desk.first(View("parts_to_order"), 9) == []
    with pytest.raises(Invalid, match="minimum lies above"):
        office.desk.do("part_stocks.revise", part_stock_id=card["id"], up_to=3 * WHOLE)
    with pytest.raises(Conflict, match="nothing lies there"):
        office.desk.do("part_stocks.remove", part_stock_id=card["id"])
    with pytest.raises(Conflict, match="has a card"):
        office.add("part_stocks", compound_id=office.compound, part_store_id=place, part_id=tap)


def test_what_is_out_of_use_is_not_bought_any_more_and_a_barcode_names_one_part(office: Office) -> None:
    place, tap = store(office), part(office, barcode="6901234567892")
    receive(office, place, tap, 1, 100)
    office.desk.do("parts.revise", part_id=tap, ended_on=TODAY)
    with pytest.raises(Conflict, match="out of use"):
        receive(office, place, tap, 1, 100)
    issue(office, place, tap, 1)
    with pytest.raises(Conflict, match="has this barcode already"):
        part(office, "阀门", barcode="6901234567892")
    assert [found.label for found in office.desk.find("part", "6901234567892", ended=True)] == ["水龙头"]


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_of_two_who_take_the_last_piece_one_gets_it(office: Office) -> None:
    place, tap = store(office), part(office)
    receive(office, place, tap, 1, 100)
    gate = Barrier(2)

    def take(account: str) -> str:
        gate.wait(60)
        try:
            issue(replace(office, desk=replace(office.desk, account=account)), place, tap, 1)
        except Conflict as refused:
            return refused.message
        return "taken"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(take, ("zhao.lei", "li.wei")), key="taken".__eq__)
    assert said[1] == "taken" and said[0] != "taken"
    assert lies(office, place, tap) == (0, 0)


# The arithmetic of it, whatever happens

MOVES = st.lists(st.tuples(st.booleans(), st.integers(1, 10**7), st.integers(0, 10**9)), max_size=30)


@given(MOVES)
def test_value_and_quantity_agree_after_every_movement(moves: list[tuple[bool, int, int]]) -> None:
    there, quantity, value = Balance(0, 0), 0, 0
    for comes, much, worth in moves:
        moved, amount = (much, worth) if comes else (-much, -part_value.issued(there, much, 321))
        rest = part_value.difference(there, moved, amount)
        if not comes and there.quantity >= much:
            assert rest == 0 and -amount <= there.value, "an issue of what is there settles nothing"
            assert abs(-amount * there.quantity - there.value * much) * 2 <= there.quantity or much == there.quantity
        if comes and there.quantity >= 0:
            assert rest == 0
        quantity, value = quantity + moved, value + amount + rest
        there = Balance(there.quantity + moved, there.value + amount + rest)
        assert (quantity, value) == there
        assert there.quantity or not there.value, "nothing there is worth nothing"
        assert there.value * there.quantity >= 0, "of one sign"


@given(st.integers(1, 10**6), st.integers(0, 10**8), st.lists(st.integers(1, 10**5), max_size=12))
def test_all_that_comes_back_is_worth_what_left(quantity: int, amount: int, parts: list[int]) -> None:
    back, worth = 0, 0
    for each in [*parts, quantity]:
        now = min(each, quantity - back)
        worth += part_value.returned(amount, quantity, back, now)
        back += now
        assert 0 <= worth <= amount
    assert (back, worth) == (quantity, amount)
