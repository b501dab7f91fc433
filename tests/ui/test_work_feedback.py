"""What stands on the page of an order beside the work itself: complaints until they are answered, a sheet typed in with
its own times, a warranty told before money is spent, quotes compared, a repair put into a value, a permit demanded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from services.desk.listing import View
from tests.services.people import Office
from tests.ui.test_places import page, settle
from tests.ui.test_work_lines import say
from tests.ui.test_work_orders import choose, fill, report, save, state, walk
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.pages.paper import PaperPage
from ui.pages.work_order import OrderPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
K = Qt.Key
HOUR = timedelta(hours=1)


def shown(bench: Workbench, hand: Hand, order: UUID, tab: str) -> tuple[OrderPage, Any]:
    bench.show_screen("work_orders")
    opened = bench.maintenance.open(order, tab)
    settle(bench, hand)
    pane: Any = opened.panes[tab]
    hand.until(lambda: pane.found is not None, tab)
    return opened, pane


def test_a_complaint_waits_on_its_page_and_on_the_list_until_it_is_answered(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    order = walk(office, report(office), "accept", "assign", "begin", "finish", "check", "rate", "close")
    opened, pane = shown(bench, hand, order, "feedback")
    assert pane.points["speed"].figure.text() == "5 / 5" and pane.banner.isHidden()
    say(bench, hand, "Add complaint or return visit", opened, words="第二天又漏了")
    hand.until(lambda: len(pane.lines.rows) == 1, "the complaint, though the order is closed")
    assert not pane.banner.isHidden() and pane.lines.rows[0].waiting
    bench.show_screen("work_feedback_open")
    settle(bench, hand)
    assert len(office.desk.first(View("work_feedback_open"), 9)) == 1

    opened, pane = shown(bench, hand, order, "feedback")
    pane.lines.grid.mark(pane.lines.rows[0].id)
    say(bench, hand, "Answer…", opened, answer="已返修并致歉")
    hand.until(lambda: not pane.lines.rows[0].waiting, "the answer")
    assert pane.banner.isHidden() and pane.lines.rows[0].answer == "已返修并致歉"
    say(bench, hand, "Add complaint or return visit", opened, kind="return_visit", satisfied=True, words="满意")
    hand.until(lambda: len(pane.lines.rows) == 2, "the visit")
    assert pane.banner.isHidden() and office.desk.first(View("work_feedback_open"), 9) == []


def test_a_sheet_is_typed_in_with_the_time_that_stands_on_it(bench: Workbench, hand: Hand, office: Office) -> None:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    order = report(office, reported_at=now - 5 * HOUR)
    for step, more in (("accept", {}), ("assign", {"technician_id": office.giver})):
        office.desk.do(f"work_orders.{step}", work_order_id=order, at=now - 4 * HOUR, **more)
    bench.show_screen("work_orders")
    opened = bench.maintenance.open(order)
    settle(bench, hand)
    hand.press(K.Key_M)
    choose(hand, "Begun at another time…")
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    fill(form, at=now + 2 * HOUR)
    save(bench, hand)
    assert page(bench, hand) is form, "that lies ahead"
    fill(form, at=now - 3 * HOUR)
    save(bench, hand)
    hand.until(lambda: state(office, order) == "working", "the beginning")
    assert office.row("work_orders", order)["started_at"] == now - 3 * HOUR
    say(bench, hand, "Report done…", opened, result="换阀", at=now - HOUR)
    assert office.row("work_orders", order)["done_at"] == now - HOUR


def test_a_warranty_is_told_before_money_is_spent(bench: Workbench, hand: Hand, office: Office) -> None:
    asset = office.asset("水泵", warranty_until=today() + timedelta(days=30), supplier="某某泵业")
    order = walk(office, report(office, asset_id=asset), "accept", "assign", "begin")
    opened, pane = shown(bench, hand, order, "money")
    hand.until(lambda: not pane.banner.isHidden(), "the warranty")
    assert "某某泵业" in pane.banner.sentence.text()
    hand.click("Add cost", opened)
    form = page(bench, hand)
    assert isinstance(form, FormPage) and form.fields["payer"].value() == "warranty", "it is proposed"
    fill(form, kind="contract", label="更换机封", amount=30000)
    save(bench, hand)
    hand.press(K.Key_Escape)
    hand.until(lambda: len(pane.costs.rows) == 1, "the cost")
    assert pane.costs.rows[0].payer == "warranty"


def test_quotes_stand_side_by_side_and_one_is_chosen_with_its_reason(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    order = walk(office, report(office), "accept", "assign")
    firms = [office.add("providers", name=name) for name in ("甲公司", "乙公司")]
    opened, pane = shown(bench, hand, order, "money")
    for firm, amount in zip(firms, (900_000, 700_000), strict=True):
        say(bench, hand, "Add quote", opened, provider_id=firm, amount=amount)
    hand.until(lambda: len(pane.quotes.rows) == 2, "the quotes")
    assert [(row.provider, row.over) for row in pane.quotes.rows] == [("乙公司", 0), ("甲公司", 200_000)]
    pane.quotes.grid.mark(pane.quotes.rows[1].id)
    hand.click("Choose…", opened)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    save(bench, hand)
    assert page(bench, hand) is form, "it is not the cheapest: why?"
    fill(form, chosen_why="工期短一半")
    save(bench, hand)
    hand.until(lambda: any(row.chosen_on for row in pane.quotes.rows), "the choice")
    assert next(row for row in pane.quotes.rows if row.chosen_on).provider == "甲公司"


def test_a_major_repair_goes_into_the_value_and_life_of_its_asset(bench: Workbench, hand: Hand, office: Office) -> None:
    asset = office.asset("冷水机组", cost=50_000_000, acquired_on=today() - timedelta(days=900), life_months=120)
    order = walk(office, report(office, asset_id=asset), "accept", "assign", "begin")
    office.add("work_costs", compound_id=office.compound, work_order_id=order, kind="contract", label="大修",
               on=today(), amount=8_000_000)  # fmt: skip
    opened, pane = shown(bench, hand, order, "money")
    say(bench, hand, "Into the asset's value…", opened, paper="竣工决算1号", life_months=180)
    hand.until(lambda: bool(pane.costs.rows[0].capital), "the value")
    row = office.row("assets", asset)
    assert (row["cost"], row["life_months"]) == (58_000_000, 180)
    assert pane.capital.value.text() == "80,000.00" and not pane.capital.isHidden()


def test_work_that_takes_a_permit_begins_when_it_is_there(bench: Workbench, hand: Hand, office: Office) -> None:
    order = walk(office, report(office, permit="confined_space"), "accept", "assign")
    opened, pane = shown(bench, hand, order, "doing")
    hand.until(lambda: not pane.banner.isHidden(), "what is asked for")
    hand.click("Begin work", opened)
    settle(bench, hand)
    assert state(office, order) == "assigned"
    say(bench, hand, "Issue permit", opened, place="1号化粪池", measures="通风、检测", issued_by_id=office.taker,
        watched_by_id=office.witness)  # fmt: skip
    hand.until(lambda: len(pane.permits.rows) == 1 and pane.banner.isHidden(), "the permit")
    assert pane.permits.rows[0].kind == "confined_space", "the kind it takes stood in the form"
    hand.click("Begin work", opened)
    hand.until(lambda: state(office, order) == "working", "the work")


def test_the_month_of_a_compound_is_printed_from_its_calendar(bench: Workbench, hand: Hand, office: Office) -> None:
    begins = datetime.now(UTC) + HOUR
    order = walk(office, report(office), "accept")
    office.desk.do("work_orders.assign", work_order_id=order, technician_id=office.giver, planned_from=begins)
    bench.show_screen("work_calendar")
    settle(bench, hand)
    found: Any = bench.boards["work_calendar"]
    hand.until(lambda: bool(found.found.days), "the job")
    hand.click("Print month", found)
    hand.until(lambda: isinstance(page(bench, hand), PaperPage), "the paper")
