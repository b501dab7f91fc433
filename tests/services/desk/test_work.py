"""One unit of work: all of it is stored and recorded, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.asset import Asset
from models.compound import Compound
from models.journal import Record
from models.staff import Staff
from services.desk.desk import Desk
from services.desk.errors import BypassError, Cancelled, Conflict, Invalid, Missing
from services.desk.intent import Grant, intent
from services.desk.listing import View
from services.desk.work import Work
from tests.services.desk.acts import filled, found, hide, load, names, register, revise, sound, two

Raw = Callable[..., Any]
ASSETS = View("assets")


def records(desk: Desk) -> int:
    with desk.store.reading.connect() as connection:
        return connection.scalar(sa.select(sa.func.count(Record.lsn))) or 0


def extra_of(desk: Desk) -> Any:
    return desk.first(ASSETS, 1)[0]["extra"]


def test_an_asset_is_registered_changed_and_told_about(desk: Desk) -> None:
    a, _ = two(desk)
    done = desk.do(register, a, "1", "desk", cost=5)
    assert done.touched == {"asset"}
    changed = desk.having(reason="broken").do(revise, done.value, status="to_dispose", note="broken")
    born, after = desk.history("asset", done.value)
    assert (born.cmd, born.created, born.operation) == ("tests.register", True, done.operation)
    assert born.fields["cost"] == [None, 5]
    assert after.fields == {"status": ["in_use", "to_dispose"], "note": [None, "broken"]}
    assert (after.operation, after.actor, after.reason, after.created) == (changed.operation, "li.wei", "broken", False)
    assert abs((datetime.now(UTC) - datetime.fromisoformat(after.wall)).total_seconds()) < 60
    sound(desk)


def test_what_was_made_by_mistake_is_hidden_and_its_number_is_free(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1", "mistake").value
    desk.do(hide, made)
    assert names(desk) == []
    desk.do(register, a, "1", "desk")
    assert names(desk) == ["desk"]
    assert desk.history("asset", made)[-1].fields == {"alive": [True, False]}
    with pytest.raises(Missing):
        desk.do(revise, made, name="x")
    sound(desk)


def test_nothing_is_hidden_while_it_is_used(desk: Desk) -> None:
    a, b = two(desk)

    @intent("T", name="tests.staff")
    def keeper(work: Work) -> UUID:
        return work.add(Staff(compound_id=a, number="1", name="李秀英")).id

    @intent("T", name="tests.leave")
    def leave(work: Work, staff_id: UUID) -> None:
        work.remove(work.get(Staff, staff_id))

    person = desk.do(keeper).value
    asset = desk.do(register, b, "1", keeper_id=person).value
    clerk = replace(desk, grants=(Grant(("*",), frozenset({a})),))  # who does not see the asset
    for who in (desk, clerk):
        with pytest.raises(Conflict, match="asset"):
            who.do(leave, person)
    desk.do(hide, asset)
    clerk.do(leave, person)
    sound(desk)


def test_two_flushes_make_one_record(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1", "a").value

    @intent("T", name="tests.twice")
    def twice(work: Work) -> None:
        asset = work.get(Asset, made)
        asset.name = "b"
        work.session.flush()
        asset.name, asset.cost = "c", 7
        work.session.flush()
        asset.note = "n"

    before = records(desk)
    desk.do(twice)
    assert records(desk) == before + 1
    assert desk.history("asset", made)[-1].fields == {"name": ["a", "c"], "cost": [None, 7], "note": [None, "n"]}
    sound(desk)


def test_a_new_row_is_flushed_changed_and_followed_by_a_bulk_insert(desk: Desk) -> None:
    a, _ = two(desk)

    @intent("T", name="tests.mixed")
    def mixed(work: Work) -> UUID:
        asset = work.add(Asset(compound_id=a, number="1", name="a"))
        work.session.flush()
        asset.name, asset.note = "b", "set after the flush"
        work.session.flush()
        work.bulk_insert(Asset, [{"compound_id": a, "number": "2", "name": "bulk"}])
        asset.name = "c"
        return asset.id

    made = desk.do(mixed).value
    assert names(desk) == ["c", "bulk"]
    born, after = desk.history("asset", made)
    assert (born.fields["name"], born.fields["note"]) == ([None, "b"], [None, "set after the flush"])
    assert after.fields == {"name": ["b", "c"]}
    assert [r["name"] for r in desk.first(View("assets", search="c"), 5)] == ["c"]
    sound(desk)


def test_a_change_taken_back_before_the_end_is_sound(desk: Desk) -> None:
    made = filled(desk)

    @intent("T", name="tests.back")
    def back(work: Work) -> None:
        asset = work.get(Asset, made)
        before, asset.name = asset.name, "other"
        work.session.flush()
        asset.name = before

    desk.do(back)
    sound(desk)


def test_saying_the_same_again_stores_nothing(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1", "\u00e9", extra={"a": "\u00e9"}).value
    before = records(desk)
    for fields in (
        {"name": "\u00e9"},
        {"name": "e\u0301"},
        {"extra": {"a": "e\u0301"}},
        {"extra": {"a": "\u00e9", "b": None}},
    ):
        desk.do(revise, made, **fields)
    other = desk.do(register, a, "2").value
    for nothing in ({}, {"b": None}, None):
        desk.do(revise, other, extra=nothing)
    assert records(desk) == before + 1
    sound(desk)


def test_extra_facts_are_recorded_one_by_one(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1", extra={"颜色": "红", "旧号": "7"}).value
    desk.do(revise, made, extra={"颜色": "蓝", "旧号": "7", "产地": "上海"})
    desk.do(revise, made, extra={"产地": "上海"})
    desk.do(revise, made, extra=None)
    steps = [s.fields for s in desk.history("asset", made)]
    assert {k: v for k, v in steps[0].items() if k.startswith("x:")} == {"x:颜色": [None, "红"], "x:旧号": [None, "7"]}
    assert steps[1] == {"x:颜色": ["红", "蓝"], "x:产地": [None, "上海"]}
    assert steps[2] == {"x:颜色": ["蓝", None], "x:旧号": ["7", None]}
    assert steps[3] == {"x:产地": ["上海", None]}
    assert extra_of(desk) is None
    desk.do(revise, made, extra={"颜色": "绿"})
    assert extra_of(desk) == {"颜色": "绿"}
    sound(desk)


def test_text_is_stored_in_one_form(desk: Desk) -> None:
    a, _ = two(desk)
    desk.do(register, a, "1", "cafe\u0301", extra={"a": "e\u0301"})
    desk.do(load, [{"compound_id": a, "number": "2", "name": "cafe\u0301", "extra": {"a": "e\u0301", "b": None}}])
    assert names(desk) == ["caf\u00e9"] * 2
    assert [r["extra"] for r in desk.first(ASSETS, 5)] == [{"a": "\u00e9"}] * 2
    sound(desk)


def test_a_fraction_is_never_recorded(desk: Desk) -> None:
    a, _ = two(desk)
    for fields in ({"cost": 1.5}, {"cost": 2**53 + 1}, {"extra": {"a": 1.5}}, {"extra": {"a": ["b"]}}):
        with pytest.raises((TypeError, sa.exc.StatementError)):
            desk.do(register, a, "1", **fields)
    assert names(desk) == []


def test_cancelled_bulk_leaves_nothing(desk: Desk) -> None:
    a, b = two(desk)
    rows = [{"compound_id": (a, b)[i % 2], "number": f"{i:04}", "name": f"n{i}"} for i in range(2500)]
    seen = list[tuple[int, int]]()

    def tell(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 2000

    with pytest.raises(Cancelled):
        desk.having(tell=tell).do(load, rows, 2500)
    assert seen == [(1000, 2500), (2000, 2500)]
    assert desk.count(ASSETS) == 0
    before = records(desk)
    assert desk.do(load, rows, 2500).value == 2500
    assert (desk.count(ASSETS), desk.count(View("assets", search="n2499"))) == (2500, 1)
    assert records(desk) == before + 6  # per thousand rows and compound
    sound(desk)


def test_an_error_leaves_nothing(desk: Desk) -> None:
    a, _ = two(desk)
    before = records(desk)

    @intent("T", name="tests.fails")
    def fails(work: Work) -> None:
        work.add(Asset(compound_id=a, number="1", name="a"))
        work.session.flush()
        work.bulk_insert(Asset, [{"compound_id": a, "number": "2", "name": "b"}])
        next(work.numbers("YJ"))
        work.keep(b"paper")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.do(fails)
    assert (desk.count(ASSETS), records(desk)) == (0, before)
    sound(desk)


def test_what_the_database_refuses_is_said_in_words(desk: Desk) -> None:
    a, b = two(desk)
    made = desk.do(register, a, "1").value
    with pytest.raises(Conflict, match="number"):
        desk.do(register, b, "1")
    with pytest.raises(Conflict, match="not there"):
        desk.do(revise, made, keeper_id=a)
    with pytest.raises(Invalid, match="empty"):
        desk.do(revise, made, name=None)
    sound(desk)


def test_rows_are_not_deleted_moved_or_let_out(desk: Desk) -> None:
    made = filled(desk)

    @intent("T", name="tests.leak")
    def leak(work: Work) -> Compound:
        return work.add(Compound(code="c", name="n"))

    @intent("T", name="tests.blind")
    def blind(work: Work) -> None:
        work.session.expire(asset := work.get(Asset, made))
        asset.name = "blind"

    with pytest.raises(TypeError):
        desk.do(leak)
    with pytest.raises(BypassError):
        desk.do(blind)
    sound(desk)


def test_a_compound_is_not_founded_twice(desk: Desk) -> None:
    desk.do(found, "A")
    with pytest.raises(Conflict):
        desk.do(found, "A")
