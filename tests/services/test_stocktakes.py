"""Stocktakes: the books are frozen, two persons a team go round, every reading says at once what it means."""

from __future__ import annotations

import pytest

from services.desk.desk import Desk
from tests.services.counting import Count, counting


@pytest.fixture
def count(desk: Desk) -> Count:
    return counting(desk).begin()


def test_the_books_are_frozen_and_a_reading_says_what_it_means(count: Count) -> None:
    assert count.progress().pending == 6
    met = count.scan("zc-1")
    assert (met.outcome, met.result, met.line and met.line.room, met.nth) == ("matched", "matched", "301", 1)
    assert count.scan("SN-2", "302").outcome == "elsewhere"
    assert count.scan("ZC-1").outcome == "again"
    assert count.scan("ZC-3", quantity=4).result == "short"
    assert count.scan("ZC-3", quantity=6).result == "matched"
    assert count.scan("没有这个").outcome == "unknown"
    made = count.progress()
    assert (made.seen, made.matched, made.elsewhere, made.pending, made.unknown) == (3, 2, 1, 3, 1)
    assert [(room.room, room.seen, room.all) for room in made.rooms] == [("302", 0, 2), ("301", 3, 3), ("", 0, 1)]
    assert (made.equation.pieces.book, made.equation.pieces.counted, made.equation.pieces.pending) == (18, 12, 6)
    assert [met.code for met in count.ask("lately", limit=2)] == ["没有这个", "ZC-3"]
    room = count.ask("room", stocktake_room_id=made.rooms[1].stocktake_room_id)
    assert [line.card.number for line in room.lines] == ["ZC-1", "ZC-2", "ZC-3"]
    assert [scan.code for scan in room.codes] == ["没有这个"]
