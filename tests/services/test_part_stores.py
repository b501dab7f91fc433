"""Stores of parts counted blind and approved by another, and the papers of what came, went and lies there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services import part_report
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from tests.documents.sample import pages
from tests.services.people import Office
from tests.services.storing import WHOLE, issue, lies, part, receive, store
from tests.services.working import MONDAY, opened, until

TODAY = MONDAY.date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def test_a_store_is_counted_blind_entered_by_one_and_approved_by_another(office: Office) -> None:
    place, tap, valve = store(office), part(office), part(office, "阀门")
    receive(office, place, tap, 5, 100)
    receive(office, place, valve, 2, 300)
    count = office.desk.do("part_counts.start", part_store_id=place).value
    with pytest.raises(Conflict, match="being counted already"):
        office.desk.do("part_counts.start", part_store_id=place)
    other = replace(office.desk, account="zhao.lei")
    with pytest.raises(Conflict, match="not counted yet"):
        other.do("part_counts.approve", part_count_id=count)
    at = {row["part"]: row["position"] for row in office.desk.first(View("part_count_lines"), 9)}
    rows = [(at["水龙头"], 3 * WHOLE, "破损报废"), (at["阀门"], 3 * WHOLE)]
    office.desk.do("part_counts.enter", part_count_id=count, rows=rows)
    receive(office, place, tap, 1, 100)
    with pytest.raises(Conflict, match="somebody else approves"):
        office.desk.do("part_counts.approve", part_count_id=count)
    with pytest.raises(Conflict, match="say why"):
        other.do("part_counts.approve", part_count_id=count)
    done = other.do("part_counts.approve", part_count_id=count, reason="年度盘点")
    assert (lies(office, place, tap), lies(office, place, valve)) == ((4 * WHOLE, 400), (3 * WHOLE, 900))
    with pytest.raises(Conflict, match="was approved"):
        office.desk.do("part_counts.enter", part_count_id=count, rows=rows)
    office.desk.do("journal.undo", operation=done.operation.hex)
    assert (lies(office, place, tap), lies(office, place, valve)) == ((6 * WHOLE, 600), (2 * WHOLE, 600))
    with pytest.raises(Invalid, match="no line 9"):
        office.desk.do("part_counts.enter", part_count_id=count, rows=[(9, 0)])
    office.desk.do("part_counts.drop", part_count_id=count)
    office.desk.do("part_counts.start", part_store_id=place)


def test_what_is_found_beyond_the_books_ends_a_shortage(office: Office) -> None:
    place, tap = store(office), part(office)
    receive(office, place, tap, 1, 100)
    issue(office, place, tap, 3, despite="急修")
    count = office.desk.do("part_counts.start", part_store_id=place).value
    office.desk.do("part_counts.enter", part_count_id=count, rows=[(1, 2 * WHOLE, "上月漏记入库")])
    replace(office.desk, account="zhao.lei").do("part_counts.approve", part_count_id=count)
    assert lies(office, place, tap) == (2 * WHOLE, 200) and office.desk.first(View("part_movements_flagged"), 9) == []


def test_a_ledger_runs_from_the_opening_to_what_remains_and_the_summary_says_the_same(office: Office) -> None:
    place, tap, valve = store(office), part(office, category="给排水"), part(office, "阀门")
    receive(office, place, tap, 10, 100, on=TODAY - timedelta(days=40))
    issue(office, place, tap, 4, on=TODAY - timedelta(days=3), taker="水工班")
    receive(office, place, tap, 2, 130, voucher="送货单7")
    receive(office, place, valve, 1, 500)
    card = next(row for row in office.desk.first(View("part_stocks"), 9) if row["part"] == "水龙头")
    days = {"from_on": TODAY - timedelta(days=30), "until_on": TODAY}
    told = office.desk.ask("part_stocks.ledger", part_stock_id=card["id"], **days)
    assert (told.opening, told.worth) == (10 * WHOLE, 1000)
    assert [(entry.after, entry.worth) for entry in told.entries] == [(6 * WHOLE, 600), (8 * WHOLE, 860)]
    sums = {row.name: row.of for row in office.desk.ask("part_stocks.sums", **days)}
    assert (sums["水龙头"].closing, sums["水龙头"].closing_value) == (8 * WHOLE, 860)
    assert (sums["水龙头"].came_value, sums["水龙头"].went_value, sums["阀门"].came) == (260, 400, WHOLE)
    assert office.desk.ask("part_stocks.sums", **days, compound_id=office.elsewhere) == []
    paper = "".join(pages(part_report.ledger(office.desk, card["id"], days["from_on"], TODAY, "zh_CN")))
    assert "收发存台账" in paper and "送货单7" in paper and "8.60" in paper
    whole = "".join(pages(part_report.summary(office.desk, days["from_on"], TODAY, "en", None, place)))
    assert "13.60" in whole, "all that remains"


def test_a_slip_lists_what_left_for_one_order_and_a_count_sheet_tells_no_quantity(office: Office) -> None:
    place, tap, valve, order = store(office), part(office), part(office, "阀门"), until(office, "begin")
    receive(office, place, tap, 77, 100)
    receive(office, place, valve, 5, 250)
    first = issue(office, place, tap, 3, work_order_id=order, taker="李秀英")
    issue(office, place, valve, 1, work_order_id=order)
    issue(office, place, valve, 1, taker="王建国")
    slip = "".join(pages(office.desk.ask("part_movements.slip", part_movement_id=first)))
    assert "领料单" in slip and "李秀英" in slip and "5.50" in slip and "阀门" in slip
    received = next(row["id"] for row in office.desk.first(View("part_movements"), 9) if row["kind"] == "receipt")
    with pytest.raises(Conflict, match="slip"):
        office.desk.ask("part_movements.slip", part_movement_id=received)
    count = office.desk.do("part_counts.start", part_store_id=place).value
    sheet = "".join(pages(office.desk.ask("part_counts.sheet", part_count_id=count)))
    assert "库房盘点表" in sheet and "阀门" in sheet and "74" not in sheet
