"""账实: a difference of a count is listed until it is settled, and not a day longer."""

from __future__ import annotations

import pytest

from services.desk.listing import View
from tests.services.counting import TODAY, Count
from tests.services.test_stocktake_settled import (
    LOST,
    MOVED,
    accept,
    approved,
    count,
    differences,
    dispose,
    explain,
    hand_over,
    surplus,
)

__all__ = ["count"]  # a counted stocktake, on each engine
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def listed(count: Count) -> set[tuple[str, str]]:
    """What the board says of things, by rule and number."""
    board = count.desk.ask("reconciliation.board", on=TODAY)
    found = {
        (one.rule.value.removeprefix("thing_"), one.number) for one in board.differences if one.way.value == "thing"
    }
    number = str(count.progress().row["number"])
    return {(rule, said.replace(number, "PD")) for rule, said in found}


EVERY = {("missing", "ZC-1"), ("short", "ZC-3"), ("elsewhere", "ZC-4"), ("keeper", "ZC-4"), ("over", "ZC-6"),
         ("surplus", "PD-1")}  # fmt: skip


def test_what_is_counted_in_parts_is_no_loss_before_the_count_ends(count: Count) -> None:
    assert listed(count) == EVERY - {("missing", "ZC-1"), ("short", "ZC-3")}
    count.do("finish", stocktake_id=count.id)
    assert listed(count) == EVERY
    count.begin(title="again")
    count.scan("ZC-3", quantity=1)
    assert listed(count) >= EVERY - {("surplus", "PD-1")}, "a count that runs does not hide the one before"


def test_each_is_listed_until_its_document_is_done(count: Count) -> None:
    approved(count)
    assert listed(count) == EVERY
    count.do("settle", stocktake_id=count.id)
    assert listed(count) == EVERY, "a draft settles nothing: two chairs still have a card and nobody saw them"
    found = differences(count)
    accept(count, found["ZC-6"].document.id)
    assert listed(count) == EVERY - {("over", "ZC-6")}
    dispose(count, found["ZC-1"].document.id)
    hand_over(count, found["ZC-4"].document.id)
    accept(count, found["无名打印机"].document.id)
    assert listed(count) == set()
    count.do("close", stocktake_id=count.id)
    assert listed(count) == set()


def test_a_draft_that_came_to_nothing_leaves_the_difference(count: Count) -> None:
    approved(count)
    count.do("settle", stocktake_id=count.id)
    found = differences(count)
    count.desk.do("disposals.cancel", disposal_id=found["ZC-1"].document.id)
    count.desk.do("handovers.cancel", handover_id=found["ZC-4"].document.id)
    assert listed(count) == EVERY
    card = next(row for row in count.desk.first(View("assets"), 50) if row["quantity"] == 2)
    count.desk.do("assets.merge", asset_ids=[count.cards["ZC-3"], card["id"]])
    assert listed(count) == EVERY


def test_what_is_left_or_given_back_by_approval_is_settled_and_what_is_searched_on_is_not(count: Count) -> None:
    count.do("finish", stocktake_id=count.id)
    explain(count, "ZC-1", "ZC-3", **LOST | {"settlement": "search_on"})
    explain(count, "ZC-4", **MOVED | {"settlement": "put_back"})
    explain(count, "ZC-6", cause="other", explanation="外单位寄放", settlement="give_back")
    count.do("explain_surplus", stocktake_id=count.id, surplus_ids=[surplus(count)], cause="other", explanation="x",
             settlement="leave", value=100, basis="market")  # fmt: skip
    count.do("report", stocktake_id=count.id)
    assert listed(count) == EVERY
    count.do("approve", stocktake_id=count.id, approval_no="1", approved_on=TODAY)
    assert listed(count) == {("missing", "ZC-1"), ("short", "ZC-3")}
    count.do("close", stocktake_id=count.id)
    assert listed(count) == {("missing", "ZC-1"), ("short", "ZC-3")}


def test_pieces_that_went_to_a_card_of_their_own_elsewhere_are_settled(count: Count) -> None:
    count.begin()
    for number in ("ZC-1", "ZC-2"):
        count.scan(number)
    for number in ("ZC-4", "ZC-5"):
        count.scan(number, "302")
    count.scan("ZC-6", quantity=4)
    count.scan("ZC-3", quantity=8)
    count.scan("ZC-3", "401", quantity=2)
    count.do("finish", stocktake_id=count.id)
    explain(count, "ZC-3", **MOVED)
    count.do("report", stocktake_id=count.id)
    count.do("approve", stocktake_id=count.id, approval_no="1", approved_on=TODAY)
    count.do("settle", stocktake_id=count.id)
    said = {one for one in listed(count) if one[0] != "surplus"}  # that of the first stocktake
    assert said == {("elsewhere", "ZC-3")}, "the books say no place of ZC-6: it lies in none that is wrong"
    hand_over(count, differences(count)["ZC-3"].document.id)
    assert {one for one in listed(count) if one[0] != "surplus"} == set()
