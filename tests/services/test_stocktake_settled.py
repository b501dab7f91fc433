"""The end of a stocktake: differences are explained, reported, approved, and settled by documents of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from tests.services.counting import BASE, CARDS, TODAY, Count, counting

LOST = {"cause": "lost", "explanation": "搬迁时遗失", "responsible": "无责任人", "compensation": 0,
        "settlement": "write_off"}  # fmt: skip
MOVED = {"cause": "unrecorded_move", "explanation": "借去未登记", "settlement": "correct_card"}
MORE = {"cause": "unrecorded_receipt", "explanation": "无凭据，未经评估", "settlement": "enter_card", "basis": "market",
        "value": 120000}  # fmt: skip


@pytest.fixture
def count(desk: Desk) -> Count:
    """Counted: ZC-1 missing, two of ten ZC-3 short, ZC-4 elsewhere, one ZC-6 too much, a printer in no book."""
    made = counting(desk).begin()
    made.scan("ZC-2")
    made.scan("ZC-3", quantity=8)
    made.scan("ZC-4", "401", keeper_id=made.people["赵磊"])
    made.scan("ZC-5", "302")
    made.scan("ZC-6", "", quantity=5)
    scan = made.scan("无名打印机", "401")
    made.do("surplus", stocktake_id=made.id, name="打印机", class_code="A02021001", scan_id=scan.scan_id)
    return made


def lines(count: Count, *numbers: str) -> list[UUID]:
    return [count.line(number)["id"] for number in numbers]


def surplus(count: Count) -> UUID:
    filters = (("stocktake_id", (count.id,)),)
    found: UUID = count.desk.first(View("stocktake_surpluses", filters=filters), 1)[0]["id"]
    return found


def explain(count: Count, *numbers: str, **said: Any) -> None:
    count.do("explain", stocktake_id=count.id, line_ids=lines(count, *numbers), **said)


def explained(count: Count) -> None:
    count.do("finish", stocktake_id=count.id)
    explain(count, "ZC-1", "ZC-3", **LOST)
    explain(count, "ZC-4", **MOVED)
    explain(count, "ZC-6", cause="bookkeeping", explanation="卡片少记", settlement="enter_card")
    count.do("explain_surplus", stocktake_id=count.id, surplus_ids=[surplus(count)], **MORE)


def approved(count: Count) -> None:
    explained(count)
    count.do("report", stocktake_id=count.id)
    count.do("approve", stocktake_id=count.id, approval_no="批〔2026〕1号", approved_on=TODAY, approver="局长办公会")


def differences(count: Count) -> dict[str, Any]:
    return {one.number or one.name: one for one in count.ask("differences")}


def sound(count: Count) -> None:
    store = count.desk.store
    assert verify(store) == compare(store) == papers(store) == []


def test_a_stocktake_is_settled_by_documents_and_closed(count: Count) -> None:
    approved(count)
    made = count.do("settle", stocktake_id=count.id)
    assert [number[:2] for number in made] == ["CZ", "YJ", "XQ", "XQ"]
    found = differences(count)
    assert {name: one.document.kind for name, one in found.items()} == {
        "ZC-1": "disposal", "ZC-3": "disposal", "ZC-4": "handover", "ZC-6": "asset_need", "无名打印机": "asset_need",
    }  # fmt: skip
    assert not any(one.settled for one in found.values())
    with pytest.raises(Conflict, match="5 differences"):
        count.do("close", stocktake_id=count.id)
    assert count.do("settle", stocktake_id=count.id) == []
    dispose(count, found["ZC-1"].document.id)
    hand_over(count, found["ZC-4"].document.id)
    for name in ("ZC-6", "无名打印机"):
        accept(count, found[name].document.id)
    count.do("close", stocktake_id=count.id)
    assert all(one.settled and one.settled_on == TODAY for one in differences(count).values())
    cards = {row["number"]: row for row in count.desk.first(View("assets"), 50)}
    assert cards["ZC-1"]["status"] == "disposed"
    assert (cards["ZC-3"]["quantity"], cards["ZC-3"]["status"]) == (8, "in_use")
    assert (cards["ZC-4"]["room"], cards["ZC-4"]["keeper"]) == ("401", "赵磊")
    new = [row for number, row in cards.items() if number not in {card[0] for card in CARDS}]
    assert sorted((row["name"], row["quantity"], row["status"], row["acquisition"]) for row in new) == [
        ("会议椅", 1, "idle", "surplus"), ("会议椅", 2, "disposed", None), ("打印机", 1, "idle", "surplus"),
    ]  # fmt: skip
    sound(count)


def hand_over(count: Count, note: UUID) -> None:
    count.desk.do("handovers.issue", handover_id=note)
    for side in ("from", "to"):
        count.desk.do("handovers.sign", handover_id=note, side=side)


def dispose(count: Count, disposal: UUID) -> None:
    desk = count.desk
    for item in ("application", "decision", "value", "loss", "inspection"):
        desk.do("disposals.file", disposal_id=disposal, item=item, paper_no="1", paper_on=TODAY)
    desk.do("disposals.revise", disposal_id=disposal, level="city")
    desk.do("disposals.apply", disposal_id=disposal)
    desk.do("disposals.approve", disposal_id=disposal, authority="government", approval_no="1", approved_on=TODAY)
    desk.do("disposals.execute", disposal_id=disposal, executed_on=TODAY)


def accept(count: Count, need: UUID, accepted: int = 1, **values: Any) -> None:
    persons = {"accepted_by_id": count.office.giver, "second_by_id": count.office.taker}
    count.desk.do("asset_needs.accept", asset_need_id=need, accepted=accepted, **persons, **values)


def test_what_nobody_saw_is_missing_and_pending_again_when_counting_is_resumed(count: Count) -> None:
    assert count.do("finish", stocktake_id=count.id) == 1
    assert count.result("ZC-1") == ("missing", 0)
    assert count.progress().row["counted_on"] == TODAY
    with pytest.raises(Conflict, match="cannot be done any more"):
        count.scan("ZC-1")
    explain(count, "ZC-1", "ZC-3", **LOST)
    count.do("resume", stocktake_id=count.id)
    assert count.result("ZC-1") == ("pending", None)
    count.scan("ZC-1")
    assert count.do("finish", stocktake_id=count.id) == 0
    assert count.line("ZC-1")["cause"] is None, "what differs no more needs no explanation"
    assert count.line("ZC-3")["explanation"] == LOST["explanation"], "what was said of the others stays"


def test_nothing_counted_is_not_everything_missing(desk: Desk) -> None:
    count = counting(desk).begin()
    with pytest.raises(Conflict, match="Nothing was counted yet"):
        count.do("finish", stocktake_id=count.id)


def test_what_left_by_a_document_since_the_base_date_is_not_missing(desk: Desk) -> None:
    count = counting(desk)
    office = count.office
    for number in ("GONE", "MOVED", "ONE", "TWO"):
        count.cards[number] = office.asset("椅", number=number, entered_on=BASE, model="K")
    count.begin()
    for number in ("ZC-1", "ZC-2", "ZC-4", "ZC-5"):
        count.scan(number, "")
    count.scan("ZC-3", quantity=10)
    count.scan("ZC-6", quantity=4)
    disposal = desk.do("disposals.draft", asset_ids=[count.cards["GONE"]], mode="write_off", ground="loss").value
    desk.do("disposals.explain", disposal_id=disposal, asset_ids=[count.cards["GONE"]], cause="theft",
            responsibility="x", compensation=0)  # fmt: skip
    desk.do("disposals.file", disposal_id=disposal, item="police", paper_no="1", paper_on=TODAY)
    dispose(count, disposal)
    far = office.add("staff", compound_id=office.elsewhere, number="F", name="远", unit_id=office.unit)
    note = desk.do("handovers.draft", asset_ids=[count.cards["MOVED"]], purpose="transfer", to_staff_id=far,
                   to_compound_id=office.elsewhere, to_room_id=office.far_room).value  # fmt: skip
    hand_over(count, note)
    desk.do("assets.merge", asset_ids=[count.cards["ONE"], count.cards["TWO"]])
    assert count.do("finish", stocktake_id=count.id) == 1, "only the card that took up the other was not seen"
    left = {row["number"]: (row["left_by"] or "")[:2] for row in count.rows("stocktake_lines") if row["left_by"]}
    assert left == {"GONE": "CZ", "MOVED": "YJ", "TWO": "JZ"}
    assert count.result("GONE") == ("matched", 1)
    count.do("resume", stocktake_id=count.id)
    assert count.result("GONE") == ("pending", None)


def test_a_card_that_was_moved_after_it_was_counted_does_not_differ_in_the_end(count: Count) -> None:
    hand_over(count, count.desk.do("handovers.draft", asset_ids=[count.cards["ZC-4"]],
                                   to_staff_id=count.people["赵磊"], to_room_id=count.rooms["401"]).value)  # fmt: skip
    count.do("finish", stocktake_id=count.id)
    assert count.result("ZC-4") == ("matched", 1)


def test_every_difference_is_explained_before_it_is_reported(count: Count) -> None:
    unknown = count.scan("9999", "401")
    count.do("finish", stocktake_id=count.id)

    def refused(words: str) -> None:
        with pytest.raises(Conflict, match=words):
            count.do("report", stocktake_id=count.id)

    refused("1 unknown codes are open")
    count.do("put_aside", scan_id=unknown.scan_id)
    refused("ZC-4 办公桌: say what caused")
    assert differences(count)["ZC-1"].gaps[0].message.startswith("{thing}: say what caused")
    explain(count, "ZC-4", **MOVED)
    explain(count, "ZC-1", "ZC-3", cause="lost", settlement="search_on")
    refused("ZC-1 空调机: explain the difference")
    explain(count, "ZC-1", "ZC-3", explanation="x")
    refused("ZC-1 空调机: say who answers")
    explain(count, "ZC-1", "ZC-3", responsible="无")
    explain(count, "ZC-6", cause="bookkeeping", explanation="x")
    refused("ZC-6 会议椅: say what is to become")
    explain(count, "ZC-6", settlement="leave")
    one = {"stocktake_id": count.id, "surplus_ids": [surplus(count)]}
    count.do("explain_surplus", **one, cause="other", settlement="enter_card", basis="market", value=100)
    refused("no paper and no appraisal")
    count.do("explain_surplus", **one, explanation="x", basis="papers")
    refused("name the paper")
    count.do("explain_surplus", **one, value_paper="发票 1")
    count.do("revise_surplus", stocktake_surplus_id=surplus(count), class_code=None)
    refused("a card needs a class")
    count.do("explain_surplus", **one, settlement="leave", value=None)
    refused("say what it is worth")
    count.do("explain_surplus", **one, settlement="give_back")
    assert len(count.do("report", stocktake_id=count.id)) == 64


def test_what_is_said_of_a_difference_fits_it(count: Count) -> None:
    count.do("finish", stocktake_id=count.id)
    for number, said, words in (
        ("ZC-1", {"settlement": "put_back"}, "written off, or searched"),
        ("ZC-4", {"settlement": "write_off"}, "its card is corrected"),
        ("ZC-6", {"settlement": "search_on"}, "too much is entered"),
        ("ZC-4", {"responsible": "某"}, "is no loss"), ("ZC-2", {"cause": "lost"}, "does not differ"),
        ("ZC-1", {"compensation": -1}, "at least 0"), ("ZC-1", {"cause": "so"}, "one of"),
    ):  # fmt: skip
        with pytest.raises((Invalid, Conflict), match=words):
            explain(count, number, **said)
    with pytest.raises(Invalid, match="too much is entered"):
        count.do("explain_surplus", stocktake_id=count.id, surplus_ids=[surplus(count)], settlement="write_off")
    with pytest.raises(Invalid, match="at least one difference"):
        count.do("explain", stocktake_id=count.id, line_ids=[], cause="lost")
    for who in ("keeper", "department", "office"):
        count.do("opine", stocktake_id=count.id, who=who, text=f"{who}同意", line_ids=lines(count, "ZC-1"),
                 surplus_ids=[surplus(count)])  # fmt: skip
    found = differences(count)
    assert [found[name].office_opinion for name in ("ZC-1", "无名打印机")] == ["office同意"] * 2
    assert (found["ZC-1"].pieces, found["ZC-1"].value) == (-1, 329900)
    assert (found["ZC-3"].pieces, found["ZC-3"].value) == (-2, 20000), "the fen that do not divide stay"
    assert (found["ZC-4"].pieces, found["ZC-4"].place.room, found["ZC-4"].found.room) == (0, "302", "401")
    assert (found["ZC-6"].pieces, found["ZC-6"].value) == (1, 5000)
    assert (found["无名打印机"].pieces, found["无名打印机"].found.room) == (1, "401")


def test_a_report_is_recalled_sent_back_and_approved_on_a_day_that_fits(count: Count) -> None:
    explained(count)
    first = count.do("report", stocktake_id=count.id)
    with pytest.raises(Conflict, match="cannot be done any more"):
        explain(count, "ZC-1", cause="theft")
    count.do("recall", stocktake_id=count.id)
    explain(count, "ZC-1", cause="theft")
    count.do("report", stocktake_id=count.id)
    count.do("send_back", stocktake_id=count.id, sent_back="责任不清")
    assert count.progress().row["sent_back"] == "责任不清"
    count.do("report", stocktake_id=count.id)
    assert count.progress().row["sent_back"] is None
    approval = {"stocktake_id": count.id, "approval_no": "1"}
    with pytest.raises(Invalid, match="lies ahead"):
        count.do("approve", **approval, approved_on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid, match="before the day it was reported"):
        count.do("approve", **approval, approved_on=TODAY - timedelta(days=1))
    with pytest.raises(Conflict, match="comes later"):
        count.do("settle", stocktake_id=count.id)
    count.do("approve", **approval, approved_on=TODAY)
    kept = [row for row in count.desk.first(View("documents"), 50) if row["about_id"] == count.id]
    assert sorted((row["kind"], row["version"]) for row in kept) == [
        ("stocktake_approval", 1), *(("stocktake_report", version) for version in (1, 2, 3))
    ]  # fmt: skip
    assert first in {row["sha256"] for row in kept}
    sound(count)


def test_a_draft_that_came_to_nothing_is_made_anew_and_no_card_is_split_twice(count: Count) -> None:
    approved(count)
    count.do("settle", stocktake_id=count.id)
    before = differences(count)
    count.desk.do("disposals.cancel", disposal_id=before["ZC-1"].document.id)
    count.desk.do("handovers.cancel", handover_id=before["ZC-4"].document.id)
    assert differences(count)["ZC-1"].document.void
    assert [number[:2] for number in count.do("settle", stocktake_id=count.id)] == ["CZ", "YJ"]
    cards = count.desk.first(View("assets"), 50)
    assert sorted(row["quantity"] for row in cards if row["class_code"] == "A05010303") == [2, 4, 8]
    assert differences(count)["ZC-6"].document.number == before["ZC-6"].document.number


def test_what_another_document_settled_meanwhile_needs_none(count: Count) -> None:
    approved(count)
    note = count.desk.do("handovers.draft", asset_ids=[count.cards["ZC-4"]], to_staff_id=count.people["赵磊"],
                         to_room_id=count.rooms["401"]).value  # fmt: skip
    with pytest.raises(Conflict, match="ZC-4"):
        count.do("settle", stocktake_id=count.id)
    hand_over(count, note)
    disposal = count.desk.do("disposals.draft", asset_ids=[count.cards["ZC-1"]], mode="write_off", ground="loss").value
    count.desk.do("disposals.explain", disposal_id=disposal, asset_ids=[count.cards["ZC-1"]], cause="missing",
                  responsibility="x", compensation=0)  # fmt: skip
    dispose(count, disposal)
    assert [number[:2] for number in count.do("settle", stocktake_id=count.id)] == ["CZ", "XQ", "XQ"]
    found = differences(count)
    assert (found["ZC-1"].settled, found["ZC-4"].settled, found["ZC-3"].settled) == (True, True, False)
    assert found["ZC-1"].document.id == disposal


def test_pieces_that_lie_elsewhere_get_a_card_of_their_own_there(desk: Desk) -> None:
    count = counting(desk).begin()
    for number in ("ZC-1", "ZC-2"):
        count.scan(number)
    for number in ("ZC-4", "ZC-5"):
        count.scan(number, "302")
    count.scan("ZC-6", quantity=4)
    count.scan("ZC-3", quantity=7)
    strays = [count.scan("ZC-3", room, quantity=quantity) for room, quantity in (("401", 2), ("302", 1))]
    count.do("finish", stocktake_id=count.id)
    explain(count, "ZC-3", **MOVED)
    with pytest.raises(Conflict, match="several rooms"):
        count.do("report", stocktake_id=count.id)
    count.do("resume", stocktake_id=count.id)
    count.do("take_back_scan", scan_id=strays[1].scan_id)
    count.scan("ZC-3", quantity=1)
    count.do("finish", stocktake_id=count.id)
    count.do("report", stocktake_id=count.id)
    count.do("approve", stocktake_id=count.id, approval_no="1", approved_on=TODAY)
    count.do("settle", stocktake_id=count.id)
    hand_over(count, differences(count)["ZC-3"].document.id)
    chairs = [row for row in desk.first(View("assets"), 50) if row["class_code"] == "A05010303" and row["room"]]
    assert sorted((row["room"], row["quantity"]) for row in chairs) == [("301", 8), ("401", 2)]
    count.do("close", stocktake_id=count.id)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_card_that_names_nobody_follows_its_thing_to_who_has_it(count: Count) -> None:
    for number in ("ZC-1", "ZC-4"):
        count.desk.do("assets.revise", asset_id=count.cards[number], keeper_id=None, unit_id=None)
    count.begin()
    for number in ("ZC-2", "ZC-3", "ZC-5", "ZC-6"):
        count.scan(number, "", quantity=10 if number == "ZC-3" else 4)
    count.scan("ZC-1", "401")
    count.scan("ZC-4", "401", keeper_id=count.people["赵磊"])
    count.do("finish", stocktake_id=count.id)
    explain(count, "ZC-1", "ZC-4", **MOVED)
    with pytest.raises(Conflict, match="ZC-1 空调机: its card names no keeper"):
        count.do("report", stocktake_id=count.id)
    explain(count, "ZC-1", settlement="put_back")
    count.do("report", stocktake_id=count.id)
    count.do("approve", stocktake_id=count.id, approval_no="1", approved_on=TODAY)
    count.do("settle", stocktake_id=count.id)
    hand_over(count, differences(count)["ZC-4"].document.id)
    card = count.office.row("assets", count.cards["ZC-4"])
    assert (card["room"], card["keeper"]) == ("401", "赵磊")
    count.do("close", stocktake_id=count.id)


def test_a_part_that_was_found_does_not_leave_with_the_lost_whole(count: Count) -> None:
    count.desk.do("assets.put_in_set", asset_ids=[count.cards["ZC-2"]], part_of_id=count.cards["ZC-1"])
    approved(count)
    with pytest.raises(Conflict, match="ZC-2 is a part of ZC-1 and was found"):
        count.do("settle", stocktake_id=count.id)
    count.desk.do("assets.take_out_of_set", asset_ids=[count.cards["ZC-2"]])
    assert len(count.do("settle", stocktake_id=count.id)) == 4


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_part_that_stayed_does_not_follow_the_whole_that_went_elsewhere(count: Count) -> None:
    count.desk.do("assets.put_in_set", asset_ids=[count.cards["ZC-5"]], part_of_id=count.cards["ZC-4"])
    approved(count)
    with pytest.raises(Conflict, match="ZC-5 is a part of ZC-4 and was found"):
        count.do("settle", stocktake_id=count.id)
    count.desk.do("assets.take_out_of_set", asset_ids=[count.cards["ZC-5"]])
    assert len(count.do("settle", stocktake_id=count.id)) == 4


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_was_found_is_entered_at_the_value_that_was_approved(count: Count) -> None:
    explained(count)
    count.do("explain_surplus", stocktake_id=count.id, surplus_ids=[surplus(count)], basis="nominal", value=100)
    count.do("report", stocktake_id=count.id)
    count.do("approve", stocktake_id=count.id, approval_no="1", approved_on=TODAY)
    count.do("settle", stocktake_id=count.id)
    need = differences(count)["无名打印机"].document.id
    with pytest.raises(Invalid, match=r"1\.00 yuan a piece were approved"):
        accept(count, need, price=5)
    with pytest.raises(Invalid, match=r"50\.00 yuan a piece were approved"):
        accept(count, differences(count)["ZC-6"].document.id, price=5)
    accept(count, need)
    (row,) = count.rows("stocktake_surpluses")
    card = count.office.row("assets", row["asset_id"])
    assert (card["cost"], card["value_kind"], card["acquisition"]) == (100, "nominal", "surplus")
    assert differences(count)["无名打印机"].settled


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_was_said_is_taken_back_by_a_key_until_it_is_reported(count: Count) -> None:
    count.do("finish", stocktake_id=count.id)
    one = count.desk.do("stocktakes.explain", stocktake_id=count.id, line_ids=lines(count, "ZC-1"), cause="theft")
    count.desk.do("journal.undo", operation=one.operation)
    assert count.line("ZC-1")["cause"] is None
    said = {"line_ids": lines(count, "ZC-1"), "who": "office", "text": "x"}
    one = count.desk.do("stocktakes.opine", stocktake_id=count.id, **said)
    explain(count, "ZC-1", "ZC-3", **LOST)
    explain(count, "ZC-4", **MOVED)
    explain(count, "ZC-6", cause="bookkeeping", explanation="卡片少记", settlement="enter_card")
    count.do("explain_surplus", stocktake_id=count.id, surplus_ids=[surplus(count)], **MORE)
    done = count.desk.do("stocktakes.report", stocktake_id=count.id)
    with pytest.raises(Conflict):
        count.desk.do("journal.undo", operation=one.operation)
    with pytest.raises(Conflict, match="changed on its page"):
        count.desk.do("journal.undo", operation=done.operation)
