"""What may not be done with parts: twice, past a closed store, by who keeps none, against a count that is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, NotAllowed
from services.desk.listing import View
from tests.served import Served, join
from tests.services.people import Office
from tests.services.storing import WHOLE, issue, lies, movement, part, receive, store
from tests.services.working import MONDAY, at, opened, until

TODAY = MONDAY.date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def reverse(office: Office, what: Any) -> Any:
    return office.desk.do("part_movements.reverse", part_movement_id=what, note="录错").value


def back(desk: Desk, what: Any, pieces: int = 1) -> Any:
    return desk.do("part_movements.give_back", part_movement_id=what, quantity=pieces * WHOLE).value


def card(office: Office, what: Any) -> Any:
    return office.desk.first(View("part_stocks", filters=(("part_id", (what,)),)), 1)[0]


def count(office: Office, place: Any, *rows: tuple[Any, ...]) -> Any:
    made = office.desk.do("part_counts.start", part_store_id=place).value
    if rows:
        office.desk.do("part_counts.enter", part_count_id=made, rows=rows)
    return made


def test_an_issue_is_reversed_once_and_not_at_all_when_all_of_it_came_back(office: Office) -> None:
    place, tap, order = store(office), part(office), until(office, "begin")
    receive(office, place, tap, 5, 100)
    first, second = (issue(office, place, tap, 1, work_order_id=order) for _ in "ab")
    reverse(office, first)
    with pytest.raises(Conflict, match="reversed already, by LD"):
        reverse(office, first)
    back(office.desk, second)
    with pytest.raises(Conflict, match="nothing to reverse"):
        reverse(office, second)
    with pytest.raises(Conflict, match="only 0"):
        back(office.desk, first)
    assert lies(office, place, tap) == (5 * WHOLE, 500)
    assert all(row["quantity"] for row in office.desk.first(View("part_movements"), 99)), "nobody wrote an empty one"


def test_what_a_reversed_receipt_cost_is_forgotten(office: Office) -> None:
    place, tap = store(office), part(office)
    receive(office, place, tap, 1, 100)
    wrong = receive(office, place, tap, 1, 10_000)
    assert card(office, tap)["last_price"] == 10_000
    reverse(office, wrong)
    assert card(office, tap)["last_price"] == 100
    reverse(office, next(r["id"] for r in office.desk.first(View("part_movements"), 9) if r["unit_price"] == 100))
    assert card(office, tap)["last_price"] is None and lies(office, place, tap) == (0, 0)


def test_out_of_a_store_that_is_given_up_everything_goes_and_nothing_into_it(office: Office) -> None:
    place, other, tap = store(office), store(office, "东区库房"), part(office)
    receive(office, place, tap, 2, 100)
    office.desk.do("part_stores.revise", part_store_id=place, ended_on=TODAY)
    move = {"part_id": tap, "quantity": WHOLE}
    out = office.desk.do("part_movements.transfer", part_store_id=place, to_store_id=other, **move).value
    assert lies(office, other, tap) == (WHOLE, 100)
    with pytest.raises(Conflict, match="工程部库房 is out of use since"):
        office.desk.do("part_movements.transfer", part_store_id=other, to_store_id=place, **move)
    reverse(office, out)
    with pytest.raises(Conflict, match="reversed already"):
        reverse(office, out)


@pytest.mark.parametrize("values", [{"unit_price": -1}, {"amount": -1}, {"quantity": -WHOLE, "unit_price": 1}])
def test_nothing_is_received_for_less_than_nothing(office: Office, values: dict[str, Any]) -> None:
    place, tap = store(office), part(office)
    with pytest.raises(Invalid, match="at least"):
        office.desk.do("part_movements.receive", **{"part_store_id": place, "part_id": tap, "quantity": WHOLE} | values)


def test_movements_are_listed_by_their_day(office: Office) -> None:
    place, tap = store(office), part(office)
    days = [TODAY.replace(day=day) for day in (5, 20, 9)]
    for day in days:
        receive(office, place, tap, 1, 100, on=day)
    for descending in (False, True):
        shown = office.desk.first(View("part_movements", sort="on", descending=descending), 9)
        assert [row["on"] for row in shown] == sorted(days, reverse=descending)
    assert [row["on"] for row in office.desk.first(View("part_movements"), 9)] == days[::-1], "the newest entry first"


# Counting


def test_nobody_approves_a_line_he_entered_though_somebody_else_entered_the_last_one(office: Office) -> None:
    place, other = store(office), replace(office.desk, account="zhao.lei")
    for name in ("A", "B"):
        receive(office, place, part(office, name), 2, 100)
    made = count(office, place, (1, WHOLE, "破损"))
    other.do("part_counts.enter", part_count_id=made, rows=[(2, 2 * WHOLE)])
    for both in (office.desk, other):
        with pytest.raises(Conflict, match="somebody else approves"):
            both.do("part_counts.approve", part_count_id=made)
    assert replace(office.desk, account="wang.fang").do("part_counts.approve", part_count_id=made).value == 1


def test_a_line_that_was_entered_keeps_the_books_of_its_moment(office: Office) -> None:
    place, first = store(office), part(office, "A")
    receive(office, place, first, 5, 100)
    receive(office, place, part(office, "B"), 5, 100)
    made = count(office, place, (1, 5 * WHOLE))
    issue(office, place, first, 2)
    office.desk.do("part_counts.enter", part_count_id=made, rows=[(2, 5 * WHOLE)])
    assert replace(office.desk, account="zhao.lei").do("part_counts.approve", part_count_id=made).value == 0
    with pytest.raises(Invalid, match="at least 0"):
        count(office, place, (1, -WHOLE))


def test_a_store_has_one_open_count_also_after_something_was_taken_back(office: Office) -> None:
    place, other = store(office), replace(office.desk, account="zhao.lei")
    receive(office, place, part(office), 5, 100)
    approved = other.do("part_counts.approve", part_count_id=count(office, place, (1, 5 * WHOLE)))
    dropped = office.desk.do("part_counts.drop", part_count_id=count(office, place))
    now = count(office, place)
    for done in (approved, dropped):
        with pytest.raises(Conflict, match="being counted already"):
            office.desk.do("journal.undo", operation=done.operation.hex)
    office.desk.do("part_counts.drop", part_count_id=now)
    office.desk.do("journal.undo", operation=dropped.operation.hex)
    with pytest.raises(Conflict, match="being counted already"):
        office.desk.do("journal.undo", operation=approved.operation.hex)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_every_card_is_held_before_a_number_is_taken(office: Office) -> None:
    """Or somebody who issues one of them meanwhile and whoever approves would wait for each other."""
    place, said = store(office), list[str]()
    for name in "ABC":
        receive(office, place, part(office, name), 5, 100)
    made = count(office, place, *((line, WHOLE, "破损") for line in (1, 2, 3)))

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append("hold" if "FOR UPDATE" in statement else "number" if "counter" in statement else "")

    event.listen(office.desk.store.engine, "before_cursor_execute", note)
    replace(office.desk, account="zhao.lei").do("part_counts.approve", part_count_id=made)
    event.remove(office.desk.store.engine, "before_cursor_execute", note)
    assert said[: said.index("number")].count("hold") >= 3


# By who keeps no store


def technician(desk: Desk, office: Office, name: str) -> Desk:
    """Somebody who works on orders of the first compound, on a file."""
    return replace(desk, account=name, grants=accounts.of_role(Role.TECHNICIAN, office.compound))


def takes_his_own(office: Office, him: Desk) -> None:
    """李秀英, of the unit HQ."""
    place, tap = store(office), part(office)
    receive(office, place, tap, 9, 100)
    known = {"part_store_id": place, "part_id": tap, "quantity": WHOLE}
    his, others, team = (until(office, "accept") for _ in "abc")
    for order, to in ((his, {"technician_id": office.giver}), (others, {"technician_id": office.taker}),
                      (team, {"team_id": office.unit})):  # fmt: skip
        office.desk.do("work_orders.assign", work_order_id=order, **to)
    got = [him.do("part_movements.issue", work_order_id=order, **known).value for order in (his, team)]
    assert {movement(office, each)["taker"] for each in got} == {"李秀英"}
    for refused in ({"work_order_id": others}, {"taker": "李秀英"}, {}):
        with pytest.raises(NotAllowed, match="given to you or your team"):
            him.do("part_movements.issue", **known | refused)
    foreign = issue(office, place, tap, 1, work_order_id=others, taker="王建国")
    with pytest.raises(NotAllowed, match="what you took"):
        back(him, foreign)
    handed = issue(office, place, tap, 1, taker="李秀英")
    for each in (*got, handed):
        back(him, each)
    assert lies(office, place, tap) == (8 * WHOLE, 800)


def test_who_keeps_no_store_takes_parts_for_his_own_orders_and_brings_back_what_he_took(office: Office) -> None:
    office.desk.do(join, "李秀英", [], None)
    takes_his_own(office, technician(office.desk, office, "李秀英"))


def test_a_server_lets_him_do_the_same(served: Served) -> None:
    office = opened(served.boss)
    takes_his_own(office, at(served.join("李秀英", (Role.TECHNICIAN, office.compound)), MONDAY))
