"""What people do to cards and documents between the freezing of the books and the closing of a stocktake."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from tests.services.counting import BASE, CARDS, TODAY, Count, counting
from tests.services.test_stocktake_settled import (
    LOST,
    accept,
    approved,
    count,
    differences,
    dispose,
    explain,
    explained,
    hand_over,
)

__all__ = ["count"]  # a counted stocktake, on each engine
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def chairs(count: Count) -> list[tuple[int, str]]:
    """Pieces and state of every card of chairs, but for those of no place."""
    rows = count.desk.first(View("assets"), 50)
    mine = [row for row in rows if row["class_code"] == "A05010303" and row["number"] != "ZC-6"]
    return sorted((row["quantity"], row["status"].value) for row in mine)


def test_what_is_found_again_is_not_written_off_by_what_was_said_when_it_was_missing(count: Count) -> None:
    count.do("finish", stocktake_id=count.id)
    explain(count, "ZC-1", "ZC-3", **LOST)
    count.do("resume", stocktake_id=count.id)
    count.scan("ZC-1", "401")
    count.do("finish", stocktake_id=count.id)
    line = count.line("ZC-1")
    assert (line["result"], line["settlement"], line["responsible"]) == ("elsewhere", None, None)
    assert count.line("ZC-3")["settlement"] == "write_off", "what differs as before stays explained"
    assert differences(count)["ZC-1"].gaps[0].message.startswith("{thing}: say what caused")


def test_pieces_that_got_a_card_of_their_own_while_they_were_counted_are_no_loss(count: Count) -> None:
    count.desk.do("assets.split", asset_id=count.cards["ZC-3"], quantity=2)
    count.do("finish", stocktake_id=count.id)
    line = count.line("ZC-3")
    assert (line["result"], line["counted"], line["left_by"][:2]) == ("matched", 10, "JZ")
    count.do("resume", stocktake_id=count.id)
    assert count.result("ZC-3") == ("short", 8)


def test_pieces_are_written_off_once_whatever_became_of_the_card(count: Count) -> None:
    approved(count)
    made = count.desk.do("assets.split", asset_id=count.cards["ZC-3"], quantity=2).value
    settled = count.do("settle", stocktake_id=count.id)
    assert differences(count)["ZC-3"].settled and chairs(count) == [(2, "in_use"), (8, "in_use")]
    assert len(settled) == 4
    count.desk.do("assets.merge", asset_ids=[count.cards["ZC-3"], made])
    assert chairs(count) == [(10, "in_use")]


def test_a_card_that_has_other_pieces_than_were_counted_is_not_guessed_about(count: Count) -> None:
    approved(count)
    card = count.cards["ZC-3"]
    made = count.desk.do("assets.split", asset_id=card, quantity=5).value
    with pytest.raises(Conflict, match="ZC-3 has 5 pieces now and had 10"):
        count.do("settle", stocktake_id=count.id)
    count.desk.do("assets.merge", asset_ids=[card, made])
    assert len(count.do("settle", stocktake_id=count.id)) == 4
    assert chairs(count) == [(2, "to_dispose"), (8, "in_use")]


def test_a_card_that_was_taken_off_its_document_is_not_settled_by_it(count: Count) -> None:
    approved(count)
    count.do("settle", stocktake_id=count.id)
    found = differences(count)
    disposal = found["ZC-1"].document.id
    count.desk.do("disposals.take_off", disposal_id=disposal, asset_ids=[count.cards["ZC-1"]])
    dispose(count, disposal)
    found = differences(count)
    assert (found["ZC-1"].settled, found["ZC-1"].document) == (False, None)
    assert found["ZC-3"].settled, "its pieces left by a card that was split off for them"
    [again] = count.do("settle", stocktake_id=count.id)
    assert again[:2] == "CZ" and differences(count)["ZC-1"].document.number == again


def test_what_came_to_its_place_by_another_note_is_settled_though_its_own_was_cancelled(count: Count) -> None:
    approved(count)
    count.do("settle", stocktake_id=count.id)
    count.desk.do("handovers.cancel", handover_id=differences(count)["ZC-4"].document.id)
    hand_over(count, count.desk.do("handovers.draft", asset_ids=[count.cards["ZC-4"]],
                                   to_staff_id=count.people["赵磊"], to_room_id=count.rooms["401"]).value)  # fmt: skip
    assert count.do("settle", stocktake_id=count.id) == []
    assert differences(count)["ZC-4"].settled
    found = differences(count)
    dispose(count, found["ZC-1"].document.id)
    for name in ("ZC-6", "无名打印机"):
        accept(count, found[name].document.id)
    count.do("close", stocktake_id=count.id)


def test_who_counted_does_not_approve(count: Count) -> None:
    explained(count)
    count.do("report", stocktake_id=count.id)
    given = {"stocktake_id": count.id, "approval_no": "1", "approved_on": TODAY}
    for name in ("陈静", " 刘洋 "):
        with pytest.raises(Invalid, match="counted: somebody else approves"):
            count.do("approve", **given, approver=name)
    count.do("approve", **given, approver="局长办公会")


def test_a_reading_of_a_time_to_come_is_refused(count: Count) -> None:
    later = count.at(TODAY + timedelta(days=2))
    with pytest.raises(Invalid, match="lies ahead"):
        count.scan("ZC-1", scanned_at=later)
    with pytest.raises(Invalid, match=r"Line 1: .*lies ahead"):
        count.do("read_in", stocktake_id=count.id, team_id=count.teams["甲"], rows=[("ZC-1", later, None, 1)])
    with pytest.raises(Invalid, match="lies ahead"):
        count.do("enter_sheet", stocktake_id=count.id, team_id=count.teams["甲"], rows=[(1, "C-4")], counted_at=later)


def test_pieces_and_value_of_the_base_date_are_of_the_same_things(desk: Desk) -> None:
    office = counting(desk)
    chair = {"class_code": "A05010303", "entered_on": BASE}
    more = [office.office.asset("椅", number=f"M-{n}", quantity=n, cost=n * 500, **chair) for n in (1, 2)]
    desk.do("assets.split", asset_id=office.cards["ZC-3"], quantity=4)
    desk.do("assets.merge", asset_ids=more)
    late = office.office.asset("新", number="LATE", quantity=2, cost=100, entered_on=TODAY)
    desk.do("assets.split", asset_id=late, quantity=1)
    sums = office.begin().equation()
    assert (sums.pieces.book, sums.cost.book) == (
        sum(card[4] for card in CARDS) + 3, sum(card[5] or 0 for card in CARDS) + 1500,
    )  # fmt: skip
    rows = {row["number"]: (row["quantity"], row["cost"]) for row in office.rows("stocktake_lines")}
    assert (rows["ZC-3"], rows["M-1"]) == ((6, 60002), (3, 1500)) and "LATE" not in rows
    assert (4, 40001) in rows.values(), "what was split off is counted by its own label"


def test_what_the_receiver_did_not_get_is_not_settled_by_the_note_he_signed(count: Count) -> None:
    approved(count)
    count.do("settle", stocktake_id=count.id)
    note = differences(count)["ZC-4"].document.id
    count.desk.do("handovers.check", handover_id=note, side="to", found="short", short=1, word="未见到")
    hand_over(count, note)
    found = differences(count)["ZC-4"]
    assert (found.settled, found.document) == (False, None), "the card stayed as it was"
    [again] = count.do("settle", stocktake_id=count.id)
    assert again[:2] == "YJ"
