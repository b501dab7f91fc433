"""The tree of places adds up: whatever is recorded, a node has what its children have together."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.room import RoomUse
from services.desk.desk import Desk
from services.places import Node, walk
from tests.services.people import found
from tests.services.test_places import room


def _above(children: list[Node]) -> Node:
    return Node("x", None, "", "", children=children)


LEAF = st.builds(
    Node, st.just("floor"), st.none(), st.text(max_size=3), st.text(max_size=3), rooms=st.integers(0, 10**6),
    usable=st.integers(0, 10**12), assets=st.integers(0, 10**6),
    by_use=st.dictionaries(st.sampled_from(RoomUse), st.integers(0, 10**9)),
)  # fmt: skip
TREE = st.recursive(LEAF, lambda below: st.builds(_above, st.lists(below, max_size=4)), max_leaves=30)


def gathered(node: Node) -> None:
    for child in node.children:
        gathered(child)
    node.gather()


def adds_up(nodes: Iterable[Node]) -> None:
    """Every sum of every node that has something below it."""
    for node in (node for node in walk(nodes) if node.children):
        for sum_ in ("rooms", "usable", "assets", "floor_area"):
            if node.kind == "building" and sum_ in ("assets", "floor_area"):
                continue  # cards stand in the building and its area is its own, whatever its floors say
            own = getattr(node, sum_) - sum(getattr(child, sum_) for child in node.children)
            assert own == 0 or (node.kind == "compound" and sum_ == "assets" and own > 0), (node, sum_)
        for use in RoomUse:
            assert node.by_use.get(use, 0) == sum(child.by_use.get(use, 0) for child in node.children)


@given(TREE)
def test_a_node_has_what_its_children_have_together(tree: Node) -> None:
    gathered(tree)
    adds_up([tree])


def test_the_tree_of_an_office_adds_up_and_of_one_compound_is_the_same(desk: Desk) -> None:
    office = found(desk)
    for at, (floor, use) in enumerate([("1", "office"), ("1", "service"), ("B1", "equipment"), (None, "office")]):
        room(office, f"4{at:02d}", 1000 + at, floor=floor, use=use)
    office.asset("desk", room_id=office.room)
    office.asset("pump")  # in no building: it counts in the compound alone
    every = desk.ask("places.tree")
    adds_up(every)
    assert [node.usable for node in every] == [4006, 0]
    assert every[0].by_use == {RoomUse.OFFICE: 2003, RoomUse.SERVICE: 1001, RoomUse.EQUIPMENT: 1002}
    assert desk.ask("places.tree", compound_id=office.compound) == every[:1]
    assert desk.ask("places.tree", compound_id=office.elsewhere) == every[1:]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_removed_room_counts_no_more(desk: Desk) -> None:
    office = found(desk)
    made = room(office, "401", 1000)
    desk.do("rooms.remove", room_id=made)
    assert desk.ask("places.tree")[0].usable == 0
