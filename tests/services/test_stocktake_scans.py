"""Counting: what a reading meets, in parts, twice, in another place; taken back; from the file of a device."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.trail import compare
from services.stocktake_sheet import Scanned
from tests.services.counting import TODAY, Count, counting

AT = datetime(2026, 11, 2, 9, 41, tzinfo=UTC)


@pytest.fixture
def count(desk: Desk) -> Count:
    return counting(desk).begin()


def said(met: Scanned) -> tuple[Any, ...]:
    return met.outcome, met.result, met.counted


def test_a_card_is_met_by_its_number_or_its_serial_number(count: Count) -> None:
    assert said(count.scan(" ｚｃ－１ ")) == ("matched", "matched", 1)
    met = count.scan("sn-2")
    assert (met.line and met.line.number, met.code) == ("ZC-2", "sn-2")
    count.desk.do("assets.revise", asset_id=count.cards["ZC-4"], number="NEU-4")
    assert said(count.scan("NEU-4", "302")) == ("matched", "matched", 1)
    assert said(count.scan("ZC-4", "302")) == ("again", "matched", 1), "what stood on the label when it was frozen"
    count.desk.do("assets.revise", asset_id=count.cards["ZC-1"], serial="SN-5")
    with pytest.raises(Conflict, match="2 cards have the serial number SN-5"):
        count.scan("SN-5")
    with pytest.raises(Invalid, match="required"):
        count.scan(" ")


def test_what_is_not_to_be_counted_here_and_what_nobody_knows(count: Count) -> None:
    count.office.asset("新买的", number="NEW", entered_on=TODAY, model="X1")
    met = count.scan("NEW")
    assert said(met) == ("outside", None, None)
    assert met.line and (met.line.line_id, met.line.name, met.line.model) == (None, "新买的", "X1")
    met = count.scan("8801234")
    assert said(met) == ("unknown", None, None) and met.line is None
    made = count.progress()
    assert (made.unknown, made.outside, made.seen) == (1, 1, 0)
    count.do("put_aside", scan_id=met.scan_id)
    with pytest.raises(Conflict, match="dealt with"):
        count.do("put_aside", scan_id=met.scan_id)
    with pytest.raises(Conflict, match="no unknown code"):
        count.do("put_aside", scan_id=count.scan("ZC-1").scan_id)
    assert count.progress().unknown == 0


def test_one_thing_is_one_and_lies_where_it_was_seen_last(count: Count) -> None:
    assert said(count.scan("ZC-1")) == ("matched", "matched", 1)
    assert said(count.scan("ZC-1", team="乙")) == ("again", "matched", 1)
    assert said(count.scan("ZC-1", "401")) == ("elsewhere", "elsewhere", 1)
    assert count.line("ZC-1")["found_room"] == "401"
    assert said(count.scan("ZC-1")) == ("matched", "matched", 1)
    assert said(count.scan("ZC-1", damaged=True, word="外壳破裂")) == ("matched", "matched", 1)
    assert said(count.scan("ZC-1")) == ("again", "matched", 1)
    line = count.line("ZC-1")
    assert (line["damaged"], line["unlabelled"], line["found_word"]) == (True, False, "外壳破裂")
    assert said(count.scan("ZC-1", keeper_id=count.people["赵磊"])) == ("elsewhere", "elsewhere", 1)
    assert count.line("ZC-1")["found_keeper"] == "赵磊"


def test_a_place_or_a_person_nobody_names_is_no_difference(count: Count) -> None:
    here = count.office.building
    assert said(count.scan("ZC-1", "")) == ("matched", "matched", 1)
    assert said(count.scan("ZC-2", "", building_id=here)) == ("matched", "matched", 1)
    assert said(count.scan("ZC-6", "401", quantity=4)) == ("matched", "matched", 4), "the books say no place"
    assert count.line("ZC-6")["found_room"] == "401"
    other = count.office.add("buildings", compound_id=count.office.compound, code="B2", name="2号楼")
    assert said(count.scan("ZC-4", "", building_id=other)) == ("elsewhere", "elsewhere", 1)
    with pytest.raises(Invalid, match="not in that building"):
        count.scan("ZC-4", "302", building_id=other)
    with pytest.raises(Conflict, match="another compound"):
        count.do("scan", stocktake_id=count.id, team_id=count.teams["甲"], code="ZC-4", room_id=count.office.far_room)


def test_several_pieces_of_one_card_are_counted_in_parts(count: Count) -> None:
    assert said(count.scan("ZC-3")) == ("matched", "short", 1)
    assert said(count.scan("ZC-3", quantity=5)) == ("matched", "short", 6)
    assert said(count.scan("ZC-3", quantity=6, team="乙")) == ("matched", "short", 6), "the same room, counted again"
    assert said(count.scan("ZC-3", "302", quantity=4)) == ("elsewhere", "elsewhere", 10)
    assert count.line("ZC-3")["found_room"] == "302"
    assert said(count.scan("ZC-3", "401", quantity=1)) == ("elsewhere", "over", 11)
    with pytest.raises(Invalid, match="at least 1"):
        count.scan("ZC-3", quantity=0)


def test_a_reading_is_taken_back_and_the_line_says_what_the_others_say(count: Count) -> None:
    first, second = count.scan("ZC-3", quantity=4), count.scan("ZC-3", "401", quantity=6)
    count.do("take_back_scan", scan_id=first.scan_id)
    assert count.result("ZC-3") == ("short", 6)
    count.do("take_back_scan", scan_id=second.scan_id)
    line = count.line("ZC-3")
    assert (line["result"], line["counted"], line["counted_at"], line["found_room"]) == ("pending", None, None, None)
    unknown = count.scan("没有")
    count.do("take_back_scan", scan_id=unknown.scan_id)
    assert count.ask("lately") == [] and count.progress().unknown == 0
    last = count.scan("ZC-1")
    count.do("finish", stocktake_id=count.id)
    with pytest.raises(Conflict, match="cannot be done any more"):
        count.do("take_back_scan", scan_id=last.scan_id)


def test_what_a_document_moved_meanwhile_is_right_where_it_is_now(count: Count) -> None:
    note = count.desk.do("handovers.draft", asset_ids=[count.cards["ZC-1"]], to_staff_id=count.people["赵磊"],
                         to_room_id=count.rooms["401"]).value  # fmt: skip
    there: dict[str, Any] = {"keeper_id": count.people["赵磊"]}
    assert said(count.scan("ZC-1", "401", **there)) == ("elsewhere", "elsewhere", 1)
    count.desk.do("handovers.issue", handover_id=note)
    for side in ("from", "to"):
        count.desk.do("handovers.sign", handover_id=note, side=side)
    assert said(count.scan("ZC-1", "401", team="乙", **there)) == ("again", "matched", 1)
    assert said(count.scan("ZC-1", "301", keeper_id=count.people["李秀英"])) == ("matched", "matched", 1)


def test_an_unknown_code_becomes_a_surplus_on_the_spot(count: Count) -> None:
    first = count.scan("8801", "401", keeper_id=count.people["赵磊"], quantity=2)
    count.scan("8801", team="乙")
    given = {"stocktake_id": count.id, "name": "打印机"}
    made = count.do("surplus", **given, scan_id=first.scan_id, class_code="A02021001", value=300000, basis="papers")
    (row,) = count.rows("stocktake_surpluses")
    assert (row["code"], row["room"], row["keeper"], row["quantity"], row["position"]) == ("8801", "401", "赵磊", 2, 1)
    assert count.progress().unknown == 0, "both readings are dealt with"
    assert count.scan("8801").outcome == "again"
    with pytest.raises(Conflict, match="dealt with"):
        count.do("surplus", **given, scan_id=first.scan_id)
    with pytest.raises(Conflict, match="entered as surplus 1"):
        count.do("take_back_scan", scan_id=first.scan_id)
    with pytest.raises(Conflict, match="no surplus"):
        count.do("surplus", **given, scan_id=count.scan("ZC-1").scan_id)
    count.do("revise_surplus", stocktake_surplus_id=made, room_id=count.rooms["302"], quantity=3)
    assert count.rows("stocktake_surpluses")[0]["room"] == "302"
    count.do("drop_surplus", stocktake_surplus_id=made)
    assert count.progress().unknown == 3
    assert count.do("surplus", **given) and count.rows("stocktake_surpluses")[0]["position"] == 2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_surplus_that_makes_no_sense_is_refused(count: Count) -> None:
    given = {"stocktake_id": count.id, "name": "打印机"}
    for wrong, words in (
        ({"class_code": "A99999999"}, "no class"), ({"quantity": 0}, "at least 1"),
        ({"room_id": count.office.far_room}, "another compound"), ({"name": ""}, "required"),
        ({"basis": "nominal", "value": 5, "quantity": 2}, "1 yuan a piece"),
        ({"basis": "market", "value": 100, "quantity": 3}, "to the fen"),
    ):  # fmt: skip
        with pytest.raises((Invalid, Conflict), match=words):
            count.do("surplus", **given | wrong)
    count.do("surplus", **given, basis="nominal", quantity=2)
    assert count.rows("stocktake_surpluses")[0]["value"] == 200


def test_a_room_is_done_when_the_team_says_so(count: Count) -> None:
    room = count.progress().rooms[1]
    count.do("room_done", stocktake_room_id=room.stocktake_room_id)
    assert count.progress().rooms[1].done_on == TODAY
    count.do("room_done", stocktake_room_id=room.stocktake_room_id, done=False)
    assert count.progress().rooms[1].done_on is None


def test_a_room_shows_its_lines_strays_and_open_codes(count: Count) -> None:
    count.scan("ZC-4", "301")
    count.scan("没有", "301")
    count.scan("ZC-1", "301")
    room = count.ask("room", stocktake_room_id=count.progress().rooms[1].stocktake_room_id)
    assert [(line.card.number, line.result) for line in room.lines] == [
        ("ZC-1", "matched"), ("ZC-2", "pending"), ("ZC-3", "pending")
    ]  # fmt: skip
    assert [(line.card.number, line.card.room, line.room) for line in room.strays] == [("ZC-4", "302", "301")]
    assert ([code.code for code in room.codes], room.room.seen, room.room.all) == (["没有"], 1, 3)


def test_who_counts_blindly_does_not_see_how_much_the_books_say(count: Count) -> None:
    count.begin(blind=True)
    met = count.scan("ZC-3", quantity=9)
    assert met.line and met.line.quantity is None
    lines = count.ask("room", stocktake_room_id=count.progress().rooms[1].stocktake_room_id).lines
    assert {line.card.quantity for line in lines} == {None}


def test_the_same_reading_sent_twice_is_one(count: Count) -> None:
    first = count.scan("ZC-3", quantity=4, scanned_at=AT)
    assert count.scan("ZC-3", quantity=4, scanned_at=AT).scan_id == first.scan_id
    assert count.result("ZC-3") == ("short", 4)
    assert count.scan("ZC-3", quantity=4, scanned_at=AT, team="乙").scan_id != first.scan_id
    with pytest.raises(Invalid, match="time zone"):
        count.scan("ZC-1", scanned_at=AT.replace(tzinfo=None))


ROWS = [("ZC-1", "301", 1), ("ZC-3", "B1/301", 6), ("zc-1", "301", 1), ("ZC-3", "1号楼/302", 4), ("没有", None, 1)]


def device(rows: list[tuple[str, Any, int]] = ROWS) -> list[tuple[str, datetime, Any, int]]:
    return [(code, AT + timedelta(seconds=at), room, quantity) for at, (code, room, quantity) in enumerate(rows)]


def read_in(count: Count, rows: list[Any]) -> Any:
    return count.do("read_in", stocktake_id=count.id, team_id=count.teams["甲"], rows=rows)


def test_the_file_of_a_device_says_the_same_as_its_readings_one_by_one(count: Count) -> None:
    made = read_in(count, list(reversed(device())))
    assert (made.readings, made.twice) == (5, 0)
    assert made.outcomes == {"matched": 2, "elsewhere": 1, "again": 1, "unknown": 1}
    assert read_in(count, device()).twice == 5
    lines = {row["number"]: (row["result"], row["counted"], row["found_room"]) for row in count.rows("stocktake_lines")}
    assert (lines["ZC-1"], lines["ZC-3"]) == (("matched", 1, "301"), ("elsewhere", 10, "302"))
    assert compare(count.desk.store) == []
    count.begin()
    for code, room, quantity in ROWS:
        count.scan(code, (room or "").rpartition("/")[2], quantity=quantity)
    again = {row["number"]: (row["result"], row["counted"], row["found_room"]) for row in count.rows("stocktake_lines")}
    assert again == lines


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("ZC-2", AT, "999", 1), "Line 6: there is no room 999"),
        (("ZC-2", AT, "301", 1), "Line 6: several buildings"),
        (("ZC-2", AT, "302", 0), "Line 6: .*at least 1"),
        ((" ", AT, "302", 1), "Line 6: .*required"),
        (("ZC-2", AT.replace(tzinfo=None), "302", 1), "Line 6: .*time zone"),
        (("SN-2", AT, "302", 1), "Line 6: 2 cards"),
    ],
)
def test_a_line_of_a_file_that_makes_no_sense_stops_all_of_it(count: Count, row: Any, words: str) -> None:
    other = count.office.add("buildings", compound_id=count.office.compound, code="B2", name="2号楼")
    count.office.add("rooms", compound_id=count.office.compound, building_id=other, number="301")
    count.desk.do("assets.revise", asset_id=count.cards["ZC-1"], serial="SN-2")
    with pytest.raises(Invalid, match=words):
        read_in(count, [*device([("ZC-1", "B1/301", 1)] * 5), row])
    assert count.rows("stocktake_scans") == []
    with pytest.raises(Invalid, match="no readings"):
        read_in(count, [])


def test_what_was_counted_is_taken_back_by_a_key_while_it_is_counted(count: Count) -> None:
    def undo(done: Any) -> None:
        count.desk.do("journal.undo", operation=done.operation)

    values = {"stocktake_id": count.id, "team_id": count.teams["甲"], "room_id": count.rooms["301"]}
    one = count.desk.do("stocktakes.scan", **values, code="ZC-3", quantity=4)
    undo(one)
    assert count.result("ZC-3") == ("pending", None)
    one = count.desk.do("stocktakes.scan", **values, code="ZC-3", quantity=4)
    count.scan("ZC-3", quantity=6)
    with pytest.raises(Conflict, match="changed since"):
        undo(one)
    back = count.desk.do("stocktakes.take_back_scan", scan_id=one.value.scan_id)
    assert count.result("ZC-3") == ("short", 6)
    undo(back)
    assert count.result("ZC-3") == ("matched", 10)
    unknown = count.desk.do("stocktakes.scan", **values, code="没有")
    added = count.desk.do("stocktakes.surplus", stocktake_id=count.id, name="x", scan_id=unknown.value.scan_id)
    undo(added)
    assert (count.progress().surplus, count.progress().unknown) == (0, 1)
    known = count.desk.do("stocktakes.scan", **values, code="ZC-1")
    other = count.scan("还是没有")
    gone = count.desk.do("stocktakes.take_back_scan", scan_id=other.scan_id)
    count.do("finish", stocktake_id=count.id)
    for late in (unknown, known, gone):
        with pytest.raises(Conflict, match="resume it first"):
            undo(late)
    assert compare(count.desk.store) == []
