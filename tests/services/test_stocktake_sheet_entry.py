"""A printed sheet is typed in: the end of the number proves each line; all of the sheet is taken, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.desk.trail import compare, verify
from tests.services.counting import Count, counting

TABLE, COOLER, CHAIRS, COMPUTER, COOLER_301, SPARE = range(1, 7)  # positions: by room, then by name


@pytest.fixture
def count(desk: Desk) -> Count:
    return counting(desk).begin()


def enter(count: Count, *rows: Any, **more: Any) -> Any:
    return count.do("enter_sheet", stocktake_id=count.id, team_id=count.teams["甲"], rows=list(rows), **more)


def scans(count: Count) -> list[dict[str, Any]]:
    return count.desk.first(View("stocktake_scans", filters=(("stocktake_id", (count.id,)),)), 50)


def test_lines_are_counted_where_the_sheet_lists_them(count: Count) -> None:
    at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    made = enter(count, (TABLE, "c-4"), (CHAIRS, "C-3", 8, True, False, "缺两把"), (COMPUTER, "SN-2"), counted_at=at)
    assert (made.readings, made.outcomes) == (3, {"matched": 3})
    line = count.line("ZC-3")
    assert (line["result"], line["counted"], line["damaged"], line["found_word"]) == ("short", 8, True, "缺两把")
    assert [count.line(number)["result"] for number in ("ZC-2", "ZC-4")] == ["matched", "matched"]
    read = scans(count)
    assert {(row["means"], row["code"]) for row in read} == {("sheet", f"ZC-{n}") for n in (2, 3, 4)}
    assert all(abs((row["scanned_at"] - at).total_seconds()) < 1 for row in read)
    assert verify(count.desk.store) == compare(count.desk.store) == []


def test_what_the_sheet_does_not_list_is_read_with_its_whole_number(count: Count) -> None:
    room = count.rooms["401"]
    made = enter(count, (None, "ZC-5", 1, False, True, None, room), (None, "没有这个", 1, False, False, None, room))
    assert made.outcomes == {"elsewhere": 1, "unknown": 1}
    assert (count.line("ZC-5")["result"], count.line("ZC-5")["unlabelled"]) == ("elsewhere", True)
    assert count.progress().unknown == 1


@pytest.mark.parametrize(("row", "said"), [
    ((COMPUTER, "C-1"), "Line 2: the label of number 4 does not end in C-1"),
    ((COMPUTER, ""), "Line 2: the label of number 4 does not end in"),
    ((7, "C-1"), "Line 2: the sheets of this stocktake have no number 7; they run from 1 to 6"),
    ((TABLE, "C-4"), "Line 2: number 1 is on this sheet twice"),
    ((COMPUTER, "C-2", 0), "Line 2: "),
    ((None, ""), "Line 2: "),
])  # fmt: skip
def test_a_wrong_line_is_named_and_nothing_of_the_sheet_is_stored(count: Count, row: Any, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        enter(count, (TABLE, "C-4"), row)
    assert scans(count) == [] and count.progress().pending == 6


def test_a_sheet_is_typed_in_once(count: Count) -> None:
    enter(count, (CHAIRS, "C-3", 10))
    with pytest.raises(Conflict, match="Line 1: number 3 was typed in from a sheet before"):
        enter(count, (CHAIRS, "C-3", 10))
    count.do("take_back_scan", scan_id=scans(count)[0]["id"])
    enter(count, (CHAIRS, "C-3", 9))
    assert count.line("ZC-3")["counted"] == 9


def test_an_empty_sheet_and_one_after_the_count_are_refused(count: Count) -> None:
    with pytest.raises(Invalid, match="no lines"):
        enter(count)
    enter(count, (TABLE, "C-4"))
    count.do("finish", stocktake_id=count.id)
    with pytest.raises(Conflict):
        enter(count, (CHAIRS, "C-3", 10))


def test_a_blind_count_is_typed_in_by_whole_numbers(desk: Desk) -> None:
    made = counting(desk).begin(blind=True)
    enter(made, (None, "ZC-4", 1, False, False, None, made.rooms["302"]))
    assert made.line("ZC-4")["result"] == "counted"
