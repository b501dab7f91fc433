"""A register that was taken in is taken back as a whole, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Missing
from services.desk.intent import Grant
from services.desk.listing import View
from services.desk.trail import check
from tests.contents import contents
from tests.services.people import Office, found
from tests.services.test_intake import ROWS, book, counts, rows, take

LISTS = ("assets", "buildings", "rooms", "staff", "organizations", "compounds")


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def seen(office: Office) -> dict[str, list[dict[str, Any]]]:
    """What the lists show, but for what counts changes."""
    beside = {"rid", "n", "source"}
    return {
        kind: [{k: v for k, v in row.items() if k not in beside} for row in office.desk.first(View(kind), 5000)]
        for kind in LISTS
    }


def newest(office: Office) -> str:
    """The operation of the register that came in last."""
    return str(office.desk.ask("imports.taken")[0].operation.hex)


def undo(office: Office, operation: str = "") -> int:
    done = office.desk.do("journal.undo", operation=operation or newest(office)).value
    assert isinstance(done, int)
    return done


def test_what_a_register_made_is_gone_with_what_it_made_on_demand(office: Office, tmp_path: Path) -> None:
    before, file = seen(office), book(tmp_path / "a.xlsx", ROWS)
    first = take(office, file, create=True)
    assert first.new == 3 and first.created["building"] and first.created["staff"]
    assert undo(office) == 3 + sum(first.created.values())
    assert seen(office) == before
    assert check(office.desk.store) == []
    again = take(office, file, create=True)
    assert (counts(again), again.created) == (counts(first), first.created)
    assert {row["name"] for row in rows(office).values()} == {"空调机", "办公桌", "书柜"}
    undo(office)
    assert seen(office) == before
    assert check(office.desk.store) == []


def test_what_it_changed_is_what_it_was(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    office.desk.do("assets.revise", asset_id=rows(office)["空调机"]["id"], note="手写", keeper_id=office.taker)
    before = seen(office)
    changed: list[list[Any]] = [
        ["ZC-1", "柜式空调", "", "2021-01-02", "赵磊", "1号楼", "", "灰"],
        ["ZC-2", "办公桌", 1, "", "", "", "", "红"],
        ["ZC-9", "新的", "", "", "", "", "", ""],
    ]
    report = take(office, book(tmp_path / "b.xlsx", changed), blank=True)
    assert (report.new, report.changed) == (1, 2)
    assert seen(office) != before
    assert undo(office) == 3
    assert seen(office) == before
    assert check(office.desk.store) == []
    again = take(office, tmp_path / "b.xlsx", blank=True)
    assert (again.new, again.changed, again.changes) == (1, 2, report.changes)


def test_one_that_changed_or_is_referred_to_since_stays_and_so_does_all_of_it(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS), create=True)
    operation = newest(office)
    made = next(row for row in office.desk.first(View("buildings"), 100) if row["name"] == "9号楼")
    room = office.add("rooms", compound_id=office.compound, building_id=made["id"], number="901")
    before = contents(office.desk.store)
    with pytest.raises(Conflict, match="refer to what it made"):
        undo(office, operation)
    assert contents(office.desk.store) == before
    office.desk.do("rooms.remove", room_id=room)
    office.desk.do("assets.revise", asset_id=rows(office)["书柜"]["id"], note="x")
    before = contents(office.desk.store)
    with pytest.raises(Conflict, match="was changed since then"):
        undo(office, operation)
    assert contents(office.desk.store) == before
    assert check(office.desk.store) == []


def test_nothing_else_is_taken_back_and_nothing_twice(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    operation = newest(office)
    undo(office)
    assert [(taken.file, taken.undone) for taken in office.desk.ask("imports.taken")] == [("a.xlsx", True)]
    with pytest.raises(Conflict, match="taken back already"):
        undo(office, operation)
    with pytest.raises(Missing):
        undo(office, "no number")
    with pytest.raises(Missing):
        undo(office, UUID(int=7).hex)
    assert check(office.desk.store) == []


def test_who_reaches_one_compound_takes_back_no_register_of_two(office: Office, tmp_path: Path) -> None:
    head = ["资产编号", "资产名称", "大院"]
    both = [["A1", "桌", "建设路大院"], ["A2", "椅", "西湖里宿舍"]]
    take(office, book(tmp_path / "a.xlsx", both, head))
    operation, before = newest(office), contents(office.desk.store)
    clerk = replace(office.desk, grants=(Grant(("*",), frozenset({office.compound})),))
    with pytest.raises(Missing):
        clerk.do("journal.undo", operation=operation)
    assert contents(office.desk.store) == before
    take(office, book(tmp_path / "b.xlsx", [["A3", "柜", "建设路大院"]], head))
    clerk.do("journal.undo", operation=newest(office))
    assert set(rows(office)) == {"桌", "椅"}


def test_two_thousand_rows_are_taken_back_with_progress_or_not_at_all(office: Office, tmp_path: Path) -> None:
    many = [[f"ZC-{n}", f"资产{n}", n, "", "李秀英", "1号楼", f"{n % 30}", "白"] for n in range(2000)]
    before = seen(office)
    take(office, book(tmp_path / "a.xlsx", many), create=True)
    stored, operation, heard = contents(office.desk.store), newest(office), list[tuple[int, int]]()

    def stop(done: int, total: int) -> bool:
        heard.append((done, total))
        return len(heard) < 3

    with pytest.raises(Cancelled):
        office.desk.having(tell=stop).do("journal.undo", operation=operation)
    assert contents(office.desk.store) == stored
    heard.clear()

    def go_on(done: int, total: int) -> bool:
        heard.append((done, total))
        return True

    office.desk.having(tell=go_on).do("journal.undo", operation=operation)
    assert heard[-1][0] == heard[-1][1] > 2000
    assert len(heard) > 3 and heard == sorted(heard)
    assert seen(office) == before
    assert check(office.desk.store) == []


def test_a_correction_comes_in_once_and_is_taken_back(office: Office, tmp_path: Path) -> None:
    wrong = [["ZC-7", "坏日期", 1, "去年夏天", "", "", "", ""]]
    file, said = book(tmp_path / "a.xlsx", wrong), {"D3": "2020-06-01"}
    assert take(office, file).refused == 1
    assert counts(take(office, file, corrections=said)) == (1, 1, 0, 0, 0)
    assert counts(take(office, file, corrections=said)) == (1, 0, 1, 0, 0)
    assert counts(take(office, file, corrections=said | {"B3": "好日期"})) == (1, 0, 0, 1, 0)
    undo(office)
    assert rows(office)["坏日期"]["acquired_on"].isoformat() == "2020-06-01"
