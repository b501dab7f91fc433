"""How people name records: by number, by the path of a number, by a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from models.building import Building
from models.room import Room
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.desk.intent import Grant, intent
from services.desk.work import Work
from tests.services.desk.acts import hide, register, two


def built(desk: Desk) -> dict[str, UUID]:
    """The same building codes and room numbers in two compounds."""
    a, b = two(desk)

    @intent("T", name="tests.build")
    def build(work: Work) -> dict[str, UUID]:
        out = {"A": a, "B": b}
        for path, compound in (("A/1", a), ("A/2", a), ("B/1", b)):
            house = work.add(Building(compound_id=compound, code=path[-1], name=f"{path[-1]}号楼")).id
            out[path] = house
            for number in ("101", "1101"):
                room = Room(compound_id=compound, building_id=house, number=number, name=None)
                out[f"{path}/{number}"] = work.add(room).id
        return out

    return desk.do(build).value


def test_a_number_that_is_not_unique_comes_with_its_path(desk: Desk) -> None:
    ids = built(desk)
    room = desk.named("room", ids["A/1/101"])
    assert (room.number, room.label) == ("A/1/101", "101")
    house = desk.named("building", ids["B/1"])
    assert (house.number, house.label) == ("B/1", "1号楼")
    compound = desk.named("compound", ids["A"])
    assert (compound.number, compound.label) == ("A", "A号院")
    assert desk.names("room", [ids["A/1/101"], UUID(int=1)]).keys() == {ids["A/1/101"]}


def test_the_exact_number_comes_first(desk: Desk) -> None:
    a, _ = two(desk)
    for number in ("101", "1011", "2101"):
        desk.do(register, a, number, "椅")
    assert [n.number for n in desk.find("asset", "101")] == ["101", "2101", "1011"]
    assert [n.number for n in desk.find("asset", " 101 ", limit=2)] == ["101", "2101"]
    assert [n.number for n in desk.find("asset", "")] == ["101", "1011", "2101"]
    assert [n.number for n in desk.find("asset", "椅", limit=1)] == ["2101"]


def test_a_path_finds_its_record_and_nothing_else(desk: Desk) -> None:
    ids = built(desk)
    assert [n.id for n in desk.find("room", "B/1/101")] == [ids["B/1/101"]]
    assert [n.id for n in desk.find("room", "B/1/ 101")] == [ids["B/1/101"]]
    for wrong in ("B/2/101", "C/1/101", "B/1/9", "B//101", "/"):
        assert desk.find("room", wrong) == [], wrong


def test_a_picker_offers_only_what_is_within(desk: Desk) -> None:
    ids = built(desk)
    near: dict[str, Any] = {"building_id": ids["A/1"]}
    assert {n.id for n in desk.find("room", "101", **near)} == {ids["A/1/101"], ids["A/1/1101"]}
    assert desk.find("room", "B/1/101", **near) == []
    assert [n.id for n in desk.find("room", "A/1/101", **near)] == [ids["A/1/101"]]
    assert {n.id for n in desk.find("building", "", compound_id=ids["B"])} == {ids["B/1"]}


def test_what_is_out_of_reach_or_unknown_has_no_name(desk: Desk) -> None:
    ids = built(desk)
    clerk = replace(desk, grants=(Grant(("*",), frozenset({ids["A"]})),))
    assert clerk.find("room", "B/1/101") == []
    assert {n.number for n in clerk.find("room", "101")} == {f"A/{i}/{n}" for i in (1, 2) for n in (101, 1101)}
    for id in (ids["B/1/101"], UUID(int=1)):
        with pytest.raises(Missing):
            clerk.named("room", id)


def test_what_was_hidden_still_has_a_name_where_it_is_mentioned(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1", "椅").value
    desk.do(hide, made)
    assert desk.named("asset", made).label == "椅"
    assert desk.find("asset", "1") == []


def test_a_class_is_named_by_its_code(desk: Desk) -> None:
    [found] = [n for n in desk.find("asset_class", "A02010105", 50) if n.number == "A02010105"]
    assert found.id == "A02010105"
    assert found.label
