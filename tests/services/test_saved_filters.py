"""Filters a person keeps for himself: what is applied is what was kept, as far as it is still there."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.asset import AssetStatus
from models.role_grant import Role
from services import accounts, saved_filters
from services.commands import jobs, line
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed
from services.desk.intent import Grant
from services.desk.listing import LISTINGS, View
from services.desk.schema import Kind
from services.saved_filters import Saved, opened, written
from tests.served import Served
from tests.services.people import Office, found

IN_USE = View("assets", "空调", (("status", ("in_use",)),), "cost", True)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def keep(desk: Desk, name: str, view: View = IN_USE) -> None:
    desk.do("saved_filters.save", listing=view.listing, name=name, content=written(view))


def mine(desk: Desk, listing: str = "assets") -> dict[str, bool]:
    """The names of his filters, and whether the list opens with them."""
    return {saved.name: saved.first for saved in desk.ask(saved_filters.mine, listing)}


def applied(desk: Desk, view: View, content: str = "") -> saved_filters.Opened:
    return opened(desk, view.listing, content or written(view))


def test_a_filter_is_kept_replaced_renamed_and_forgotten(office: Office) -> None:
    desk = office.desk
    keep(desk, " 在用空调 ")
    keep(desk, "闲置")
    assert mine(desk) == {"在用空调": False, "闲置": False} and mine(desk, "rooms") == {}
    assert desk.ask(saved_filters.mine, "assets") == [
        Saved("在用空调", written(IN_USE), False), Saved("闲置", written(IN_USE), False)]  # fmt: skip
    keep(desk, "闲置", other := View("assets", "书柜"))
    assert applied(desk, other, saved_filters.named(desk, "assets", "闲置").content).view == other
    with pytest.raises(Conflict):
        desk.do(saved_filters.rename, "assets", "闲置", new_name="在用空调")
    desk.do(saved_filters.rename, "assets", "闲置", new_name="书柜")
    for _ in range(2):
        desk.do(saved_filters.forget, "assets", "在用空调")
    assert mine(desk) == {"书柜": False}
    for call in (
        partial(desk.do, saved_filters.rename, "assets", "在用空调", new_name="x"),
        partial(desk.do, saved_filters.open_with, "assets", "在用空调"),
    ):
        with pytest.raises(Missing):
            call()


def test_a_list_opens_with_one_of_them(office: Office) -> None:
    desk = office.desk
    for name in ("一", "二"):
        keep(desk, name)
        desk.do(saved_filters.open_with, "assets", name)
    assert mine(desk) == {"一": False, "二": True}
    desk.do(saved_filters.open_with, "assets")
    assert mine(desk) == {"一": False, "二": False}


def test_everybody_has_his_own(office: Office) -> None:
    keep(office.desk, "一")
    other = replace(office.desk, account="other")
    assert mine(other) == {}
    keep(other, "一", View("assets", "书柜"))
    other.do(saved_filters.forget, "assets", "一")
    assert mine(office.desk) == {"一": False}


def test_on_a_server_nobody_touches_those_of_another(served: Served) -> None:
    office = found(served.boss)
    viewer = served.join("viewer", (Role.VIEWER, office.compound))
    keep(viewer, "一")
    assert mine(viewer) == {"一": False}
    pretending = replace(served.join("clerk", (Role.COMPOUND_ADMINISTRATOR, None)), account="viewer")
    with pytest.raises((Missing, NotAllowed)):
        pretending.do(saved_filters.rename, "assets", "一", new_name="二")
    assert mine(viewer) == {"一": False}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_who_only_looks_keeps_filters_and_an_officer_keeps_none(office: Office) -> None:
    keep(viewer := replace(office.desk, grants=accounts.of_role(Role.VIEWER)), "一")
    assert mine(viewer) == {"一": False}
    with pytest.raises(NotAllowed):
        keep(replace(office.desk, grants=accounts.of_role(Role.AUDIT)), "二")


def test_every_kind_of_value_comes_back_as_it_was(office: Office) -> None:
    rooms = View("rooms", filters=(("area", (None, 5000)), ("building_id", (office.building, office.room))))
    view = View("assets", filters=(
        ("status", ("in_use", "idle")), ("keeper_id", (None, office.giver)), ("acquired_on", (date(2020, 1, 1), None)),
        ("class_code", ("A02061804",)), ("cost", (100, 200)),
    ))  # fmt: skip
    found = applied(office.desk, view)
    assert (found.view, found.left) == (view, ())
    assert found.names == {office.giver: "李秀英", "A02061804": "空调机"}
    assert applied(office.desk, rooms).left == ("building_id",), "a room is no building"
    assert applied(office.desk, rooms).view.filters == (("area", (None, 5000)), ("building_id", (office.building,)))
    signed = View("accounts", filters=(("signed_in_at", (datetime(2026, 1, 1, tzinfo=UTC), None)),))
    assert applied(office.desk, signed).view == signed


def test_what_is_gone_is_left_out_and_named(office: Office) -> None:
    desk = office.desk
    far = office.add("staff", compound_id=office.elsewhere, name="远")
    gone = office.add("staff", compound_id=office.compound, name="误")
    desk.do("staff.remove", staff_id=gone)
    view = View("assets", "x", (("keeper_id", (gone, far, office.giver)), ("unit_id", (gone,)), ("class_code", ("Z",))))
    found = applied(desk, view)
    assert found.left == ("keeper_id", "unit_id", "class_code")
    assert found.view == replace(view, filters=(("keeper_id", (far, office.giver)),))
    near = replace(desk, grants=(Grant(("*",), frozenset({office.compound})),))
    assert applied(near, view).view.filters == (("keeper_id", (office.giver,)),), "nor what is out of his reach"
    content = '{"filters": [["colour", ["red"]], ["status", ["melted", "idle"]], ["cost", [1]]], "sort": "weight"}'
    found = applied(desk, view, content)
    assert found.view == View("assets", filters=(("status", ("idle",)),))
    assert found.left == ("colour", "status", "cost", "weight")
    assert opened(desk, "assets", written(IN_USE), among=("cost",)).left == ("status",), "the screen offers it no more"


@pytest.mark.parametrize("content", [
    "", "[]", "x", '{"search": 5}', '{"colour": 1}', '{"filters": [["colour", ["red"]]]}',
    '{"filters": [["status", ["melted"]]]}', '{"filters": [["id_number", ["1"]]]}', '{"filters": [["cost", [1.5, 2]]]}',
    '{"filters": [["cost", [9007199254740993, null]]]}', '{"filters": [["keeper_id", ["x"]]]}', '{"sort": "note"}',
])  # fmt: skip
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_is_no_filter_of_the_list_is_not_kept(office: Office, content: str) -> None:
    with pytest.raises(Invalid):
        office.desk.do(saved_filters.save, "assets", "一", content)
    assert mine(office.desk) == {}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_names_are_short_lists_are_there_and_no_number_of_a_person_is_kept(office: Office) -> None:
    for listing, name, view in (
        ("assets", "", IN_USE), ("assets", "一" * 61, IN_USE), ("nothing", "一", IN_USE),
        ("staff", "一", View("staff", "138-0000 5678")), ("assets", "一", View("assets", "x" * 20_001)),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            office.desk.do(saved_filters.save, listing, name, written(view))
    keep(office.desk, "P", View("staff", "P00123"))


def values(kind: Kind, choices: tuple[str, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    """What a chip of this kind lets through; of records and classes their emptiness, for they are looked up."""
    whole = st.integers(-(2**53), 2**53)
    ends: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.MONEY: whole, Kind.AREA: whole, Kind.INTEGER: whole, Kind.DATE: st.dates(),
        Kind.INSTANT: st.datetimes(timezones=st.just(UTC)),
    }  # fmt: skip
    if kind in ends:
        none = st.none()
        return st.tuples(ends[kind] | none, ends[kind] | none).filter(lambda pair: pair != (None, None))
    known: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.FLAG: st.booleans(), Kind.REFERENCE: st.none(), Kind.CLASS_CODE: st.none(),
    }  # fmt: skip
    one = st.sampled_from(choices) if choices else known.get(kind, st.text(max_size=9))
    return st.lists(one, min_size=1, max_size=3).map(tuple)


@given(st.data())
def test_any_view_of_any_list_is_read_as_it_was_written(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in LISTINGS if not name.startswith(("pretended", "tests"))]))
    listing = LISTINGS[name]
    picked = data.draw(st.lists(st.sampled_from(listing.filters or ("",)), unique=True, max_size=3))
    filters = tuple((f, data.draw(values(listing.columns[f].kind, listing.columns[f].choices))) for f in picked if f)
    sort = data.draw(st.sampled_from(("", *listing.sorts)))
    view = View(name, data.draw(st.text(max_size=9)), filters, sort, bool(sort) and data.draw(st.booleans()))
    read, left = saved_filters._read(listing, written(view))  # without what must be looked up
    assert (read, left) == (view, [])


def test_the_reason_an_enumeration_is_kept_as_its_value() -> None:
    assert written(View("assets", filters=(("status", (AssetStatus.IDLE,)),))) == '{"filters":[["status",["idle"]]]}'


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_command_line_lists_through_a_saved_filter(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    desk = office.desk
    gone = office.add("staff", compound_id=office.compound, name="误")
    office.asset("空调机"), office.asset("书柜", keeper_id=office.taker)
    keep(desk, "一", View("assets", filters=(("keeper_id", (office.giver, gone)),)))
    desk.do("staff.remove", staff_id=gone)

    def listed(**said: Any) -> str:
        base = {"kind": "assets", "search": "", "filter": "一", "on": None, "json": False, "lang": "en"}
        assert jobs.list_rows(desk, Namespace(**base | said)) == 0
        return capsys.readouterr().out

    base = capsys.readouterr()
    assert base.err == "" and "空调机" in (text := listed()) and "书柜" not in text
    assert "空调机" not in listed(search="书柜")
    for said, error in ({"filter": "二"}, Missing), ({"on": "2026-01-01"}, Invalid):
        with pytest.raises(error):
            listed(**said)
    assert jobs.list_rows(desk, line.parser().parse_args(["--lang", "en", "list", "assets", "--filter", "一"])) == 0
    assert "keeper" in capsys.readouterr().err.lower()
