"""Lists: what is found, in which order, what it adds up to, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models.asset import AssetStatus
from models.staff import Staff
from services.desk.desk import Desk
from services.desk.errors import NotAllowed
from services.desk.intent import Grant, intent
from services.desk.listing import LISTINGS, View
from services.desk.reader import SLICE, _parse
from services.desk.work import Work
from tests.services.desk.acts import hide, load, register, revise, two

Filters = tuple[tuple[str, tuple[Any, ...]], ...]


def stocked(desk: Desk) -> tuple[UUID, UUID]:
    """Two compounds with assets whose costs, days and places are partly alike, partly unknown."""
    a, b = two(desk)
    rows = [
        ("01", a, "办公桌", 500, date(2020, 1, 1), "in_use"),
        ("02", a, "办公椅", 300, None, "idle"),
        ("03", b, "打印机", None, date(2021, 5, 1), "idle"),
        ("04", a, "会议桌", 500, date(2019, 1, 1), "in_use"),
        ("05", b, "空调", 300, date(2020, 1, 1), "repair"),
    ]
    for number, compound, name, cost, day, status in rows:
        desk.do(register, compound, number, name, cost=cost, acquired_on=day, status=AssetStatus(status))
    return a, b


def numbers(desk: Desk, **view: Any) -> list[str]:
    found = View("assets", **view)
    shown = [row["number"] for row in desk.page("assets", desk.ids(found))]
    assert desk.count(found) == len(shown)
    assert [row["number"] for row in desk.first(found, 3)] == shown[:3]
    return shown


@pytest.mark.parametrize(("sort", "upwards"), [
    ("", ["01", "02", "03", "04", "05"]),
    ("number", ["01", "02", "03", "04", "05"]),
    ("cost", ["02", "05", "01", "04", "03"]),
    ("acquired_on", ["04", "01", "05", "03", "02"]),
    ("status", ["02", "03", "01", "04", "05"]),
])  # fmt: skip
def test_sorted_both_ways_ties_in_the_order_they_came(desk: Desk, sort: str, upwards: list[str]) -> None:
    stocked(desk)
    assert numbers(desk, sort=sort) == upwards
    assert numbers(desk, sort=sort, descending=True) == upwards[::-1]


@pytest.mark.parametrize(("filters", "found"), [
    ((("status", ("idle",)),), ["02", "03"]),
    ((("status", ("idle", "repair")),), ["02", "03", "05"]),
    ((("status", ()),), []),
    ((("cost", (None, 400)),), ["02", "05"]),
    ((("cost", (400, None)),), ["01", "04"]),
    ((("cost", (300, 300)),), ["02", "05"]),
    ((("cost", (None, None)),), ["01", "02", "03", "04", "05"]),
    ((("acquired_on", (date(2020, 1, 1), date(2021, 1, 1))),), ["01", "05"]),
    ((("name", ("办公桌", "空调")),), ["01", "05"]),
    ((("keeper_id", (None,)),), ["01", "02", "03", "04", "05"]),
    ((("status", ("idle",)), ("cost", (1, None))), ["02"]),
])  # fmt: skip
def test_filters(desk: Desk, filters: Filters, found: list[str]) -> None:
    stocked(desk)
    assert numbers(desk, filters=filters) == found


def test_a_reference_is_filtered_and_shown_in_words(desk: Desk) -> None:
    a, _ = stocked(desk)

    @intent("T", name="tests.keeper")
    def keeper(work: Work) -> UUID:
        return work.add(Staff(compound_id=a, number="7", name="李秀英")).id

    person = desk.do(keeper).value
    first = desk.first(View("assets"), 1)[0]
    desk.do(revise, first["id"], keeper_id=person)
    assert numbers(desk, filters=(("keeper_id", (person,)),)) == ["01"]
    assert numbers(desk, filters=(("keeper_id", (person, None)),)) == ["01", "02", "03", "04", "05"]
    [row] = desk.page("assets", [first["n"]])
    assert (row["keeper"], row["keeper_id"], row["compound"], row["room"]) == ("李秀英", person, "A号院", None)
    assert set(LISTINGS["assets"].columns) <= set(row)


@pytest.mark.parametrize("view", [
    View("assets", sort="note"), View("assets", sort="brand"), View("assets", filters=(("extra", ("x",)),)),
    View("assets", filters=(("rid", (1, None)),)), View("assets", filters=(("nothing", ("x",)),)), View("nothing"),
])  # fmt: skip
def test_an_unknown_list_sort_or_filter_is_refused(desk: Desk, view: View) -> None:
    with pytest.raises(KeyError):
        desk.ids(view)


def test_sums_and_counts(desk: Desk) -> None:
    stocked(desk)
    assert desk.sums(View("assets")) == {"cost": 1600}
    assert desk.sums(View("assets", filters=(("status", ("idle",)),))) == {"cost": 300}
    assert desk.sums(View("assets", search="空调机")) == {"cost": 0}
    assert desk.sums(View("compounds")) == {}


def test_what_was_hidden_is_in_no_list(desk: Desk) -> None:
    a, _ = stocked(desk)
    first = desk.first(View("assets"), 1)[0]
    assert first["compound_id"] == a
    desk.do(hide, first["id"])
    assert numbers(desk) == ["02", "03", "04", "05"]
    assert numbers(desk, search="办公") == ["02"]
    assert desk.page("assets", [first["n"]]) == []
    assert desk.sums(View("assets")) == {"cost": 1100}
    assert desk.find("asset", "01") == []


def test_pages_are_in_the_order_that_was_asked_for(desk: Desk) -> None:
    stocked(desk)
    ids = desk.ids(View("assets"))
    asked = [ids[3], ids[0], 10_000, ids[2]]
    assert [row["n"] for row in desk.page("assets", asked)] == [ids[3], ids[0], ids[2]]
    assert desk.page("assets", []) == []


def test_a_clerk_sees_only_his_compound(desk: Desk) -> None:
    a, b = stocked(desk)
    clerk = replace(desk, grants=(Grant(("*",), frozenset({a})),))
    mine, theirs = (desk.page("assets", desk.ids(View("assets", search=s)))[0] for s in ("01", "03"))
    assert numbers(clerk) == ["01", "02", "04"]
    assert numbers(clerk, search="打印") == []
    assert numbers(clerk, filters=(("compound_id", (b,)),)) == []
    assert clerk.sums(View("assets")) == {"cost": 1300}
    assert [r["id"] for r in clerk.page("assets", [theirs["n"], mine["n"]])] == [mine["id"]]
    assert [n.number for n in clerk.find("asset", "0")] == ["04", "02", "01"]
    assert clerk.find("asset", "03") == []
    assert clerk.names("asset", [mine["id"], theirs["id"]]).keys() == {mine["id"]}
    assert clerk.history("asset", theirs["id"]) == []
    assert len(clerk.history("asset", mine["id"])) == 1
    nobody = replace(desk, grants=(Grant(("*",), frozenset()),))
    assert (numbers(nobody), nobody.sums(View("assets"))) == ([], {"cost": 0})
    nothing = replace(desk, grants=(Grant(("compounds.list",)),))
    reads: list[Callable[[], Any]] = [
        lambda: nothing.ids(View("assets")), lambda: nothing.count(View("assets")), lambda: nothing.page("assets", [1]),
        lambda: nothing.sums(View("assets")), lambda: nothing.find("asset", "0"),
        lambda: nothing.named("asset", mine["id"]), lambda: nothing.history("asset", mine["id"]),
        lambda: nothing.first(View("assets"), 1),
    ]  # fmt: skip
    for read in reads:
        with pytest.raises(NotAllowed):
            read()


WORDS = {  # number -> name
    "ZC-2026/0001": "办公桌",
    "ZC-2026/0002": "办公椅（黑色）",
    "ZC-2026/0003": "HP LaserJet P1020",
    "ZC-2026/0004": "ABXBC",
    "ZC-2026/0005": "100% cotton_towel",
    "ZC-2026/0006": "𠮷田牌𱍐柜 \ue000\U000323b0",
    "ZC-2026/0007": "ﾌﾟﾘﾝﾀ 电脑显示器",
    "ZC-2026/0008": "公办会议桌",
    "ZC-2026/0009": "CAFÉ 咖啡机 it's",
}


SEARCHES = [
    ("", "123456789"), ("   ", "123456789"),
    ("桌", "18"), ("办公", "12"), ("办公桌", "1"), ("公办", "8"), ("桌办", ""), ("会议桌", "8"),
    ("p1020", "3"), ("P1020", "3"), ("laserjet", "3"), ("HP P10", "3"), ("P10 hp", "3"),
    ("ZC-2026/0004", "4"), ("2026/0004", "4"), ("zc 0004", "4"), ("2026-0004", ""), ("C-2", "123456789"),
    ("ABC", ""), ("ABX", "4"), ("BXB", "4"), ("AB BC", "4"), ("XBC", "4"),
    ("100%", "5"), ("0% c", "5"), ("0%", "5"), ("% 1", "5"), ("%", ""), ("_", ""), ("n_t", "5"), ("ncotton", ""), 
    ("1_0", ""), ("c%l", ""),
    ("𠮷", "6"), ("𱍐", "6"), ("𱍐柜", "6"), ("田牌𱍐", "6"), ("吉", ""), ("\ue000", "6"), ("\U000323b0", "6"),
    ("办公 黑", "2"), ("黑色 椅", "2"), ("(黑色)", ""), ("（黑色）", "2"), ("黑色）", "2"),
    ("プリンタ", ""), ("ﾌﾟﾘﾝﾀ", "7"), ("プリ", "7"), ("显示器 电脑", "7"), ("ＬＡＳＥＲ", "3"), ("ＨＰ", "3"),
    ("é", "9"), ("É", "9"), ("it's", "9"), ("'", ""), ('"', ""), ("\\", ""), ("AND", ""), ("桌 OR 椅", ""), ("*", ""),
    ("'; drop table asset", ""), ("桌)", ""), ("nothing here", ""), ("0001 0002", ""),
]  # fmt: skip


def test_searching(desk: Desk) -> None:
    a, _ = two(desk)
    desk.do(load, [{"compound_id": a, "number": number, "name": name} for number, name in WORDS.items()])
    for search, found in SEARCHES:
        assert numbers(desk, search=search, sort="number") == [f"ZC-2026/000{i}" for i in found], search


def test_every_searched_field_counts_and_follows_its_changes(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1", "桌", model="M-77", serial="S/9", place_text="东楼", keeper_text="王伟").value
    for search in ("M-77", "S/9", "东楼", "王伟", "桌 东 王", "王伟 m-7"):
        assert numbers(desk, search=search) == ["1"], search
    desk.do(revise, made, place_text=None, keeper_text="李娜", note="西楼")
    for search in ("东楼", "王", "西楼"):
        assert numbers(desk, search=search) == [], search
    assert numbers(desk, search="李娜 m-77") == ["1"]


def test_a_search_shows_the_newest_first(desk: Desk) -> None:
    stocked(desk)
    assert numbers(desk, search="桌") == ["04", "01"]
    assert numbers(desk, search="桌", sort="number") == ["01", "04"]
    assert numbers(desk, search="办公", filters=(("cost", (400, None)),)) == ["01"]


def test_classes_are_searched_without_an_index(desk: Desk) -> None:
    found = desk.first(View("asset_classes", search="A02010105"), 5)
    assert [row["code"] for row in found][:1] == ["A02010105"]
    assert desk.count(View("asset_classes", search="100%")) == 0
    assert desk.count(View("asset_classes", search="台式")) > 0


def test_long_lists_of_numbers_are_read_in_slices() -> None:
    ns = range(SLICE // 4)
    assert list(_parse(",".join(map(str, ns)))) == list(ns)
    assert list(_parse("7")) == [7]
    assert list(_parse("")) == []
