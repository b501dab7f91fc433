"""Counted blind: until the count ends nothing anywhere tells how much the books say, nor whether it is too little."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from services import exports
from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.desk.listing import LISTINGS, View
from services.reconciliation_rules import Way
from tests.documents.sample import text
from tests.services.counting import SINCE, TODAY, Count, counting

PIECES, COST = 7391, 86420700  # nothing else is as much
SECRETS = ("7391", "7,391", "864207", "864,207", "'short'", "'over'", "'missing'", "thing_short", "thing_over",
           "盘亏")  # fmt: skip
# ids, sums of papers and parts of a second
CHANCE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{40,}|, \d{4,6}, tz")
LISTS = [name for name in LISTINGS if name.startswith("stocktake")]


@pytest.fixture
def count(desk: Desk) -> Count:
    """A few of many chairs were counted blind, more of another card than there are, one thing elsewhere."""
    made = counting(desk)
    made.cards["MANY"] = made.office.asset(
        "会议椅", number="MANY", class_code="A05010303", quantity=PIECES, cost=COST, room_id=made.rooms["301"],
        entered_on=SINCE,
    )  # fmt: skip
    made.begin(blind=True)
    made.scan("MANY", quantity=5)
    made.scan("ZC-3", quantity=12)
    made.scan("ZC-3", quantity=1, team="乙")
    made.scan("ZC-4", "301")
    made.scan("ZC-1")
    return made


def told(count: Count, place: Path) -> str:
    """All that is told of the stocktake: every list with its sums and as a file, every page, every paper, the board."""
    desk, said = count.desk, list[object]()
    for name in LISTS:
        view = View(name)
        exports.write(desk, view, place / f"{name}.csv", "zh_CN")
        said += [desk.first(view, 500), desk.sums(view), (place / f"{name}.csv").read_text("utf-8-sig")]
    progress = count.progress()
    rooms = [count.ask("room", stocktake_room_id=room.stocktake_room_id) for room in progress.rooms]
    read = [count.scan("MANY").__dict__, count.scan("ZC-4", "302", team="乙").__dict__]
    said += [progress, rooms, count.ask("lately"), count.ask("own_keeping"), read]
    said.append(text(count.ask("paper", stage="sheet")))
    said += [desk.history("stocktake_line", count.line(number)["id"]) for number in ("MANY", "ZC-3")]
    said += desk.ask("reconciliation.board", on=TODAY).of(Way.THING)
    return CHANCE.sub("", "".join(map(repr, said)))


def test_nothing_tells_how_much_the_books_say_before_the_count_ends(count: Count, tmp_path: Path) -> None:
    said = told(count, tmp_path)
    assert [secret for secret in SECRETS if secret in said] == []
    assert {row["result"].value for row in count.rows("stocktake_lines")} == {"counted", "pending"}
    for name in ("equation", "differences"):
        with pytest.raises(Conflict, match="told when counting has ended"):
            count.ask(name)
    count.do("finish", stocktake_id=count.id)
    said = told_afterwards(count)
    assert "7391" in said and "'short'" in said and "'over'" in said
    assert (count.result("ZC-3"), count.result("ZC-1"), count.result("ZC-4")) == (
        ("over", 12), ("matched", 1), ("matched", 1)
    )  # fmt: skip
    assert count.equation().pieces.loss == PIECES - 6 + 6, "of the chairs, and what nobody saw"


def told_afterwards(count: Count) -> str:
    return repr([count.rows("stocktake_lines"), count.ask("differences"), count.progress()])


def test_no_question_gives_away_how_much_the_books_say(count: Count) -> None:
    desk, of = count.desk, ("stocktake_id", (count.id,))

    def found(*filters: Any, search: str = "") -> int:
        return desk.count(View("stocktake_lines", filters=(of, *filters), search=search))

    assert found() == 7
    for low, high in ((PIECES, PIECES), (1, None), (None, 10**9)):
        assert found(("quantity", (low, high))) == found(("cost", (low, high))) == 0
    assert found(("quantity", (None, None))) == 7
    assert desk.sums(View("stocktake_lines", filters=(of,))) == {"cost": 0}
    assert found(search=str(PIECES)) == 0 and found(search="MANY") == 1
    count.do("finish", stocktake_id=count.id)
    assert found(("quantity", (PIECES, PIECES))) == 1
    assert desk.sums(View("stocktake_lines", filters=(of,)))["cost"] > COST


def test_who_looks_again_after_a_blind_count_looks_blind_again(count: Count) -> None:
    count.do("finish", stocktake_id=count.id)
    assert count.result("MANY") == ("short", 5)
    count.do("resume", stocktake_id=count.id)
    assert count.result("MANY") == ("counted", 5) and count.line("MANY")["quantity"] is None
    count.scan("MANY", "302", quantity=PIECES - 5)
    count.do("finish", stocktake_id=count.id)
    assert count.result("MANY") == ("elsewhere", PIECES)


def test_a_second_look_is_said_whatever_the_books_say(count: Count) -> None:
    """Otherwise the answer would tell a single thing from several."""
    assert count.scan("ZC-1").outcome == count.scan("MANY").outcome == "again"
    assert count.scan("ZC-1", "302").outcome == count.scan("MANY", "302").outcome == "elsewhere"


def test_what_is_counted_openly_is_told_as_it_always_was(count: Count) -> None:
    count.begin()
    met = count.scan("MANY")
    assert met.line and met.line.quantity == PIECES and count.result("MANY") == ("short", 1)
    assert count.line("MANY")["quantity"] == PIECES and count.equation().pieces.book > PIECES
