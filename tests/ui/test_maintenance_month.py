"""A month of a compound played through the window: its plan, a fault with a part of the store, work given to a firm,
what it came to, and the paper about it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt

from services.desk.listing import View
from tests.services.people import Office
from tests.services.storing import WHOLE, part, receive, store
from tests.ui.test_places import board, page, settle
from tests.ui.test_work_lines import say
from tests.ui.test_work_orders import fill, offered, save, state
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.pages.paper import PaperPage
from ui.pages.work_assign import AssignPage
from ui.pages.work_order import OrderPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
K, LIFT = Qt.Key, "A02051227"


def planned(bench: Workbench, hand: Hand, office: Office) -> None:
    """What the law asks of the lift: the plan closes the gap, and its orders are made."""
    year = board(bench, hand, "plan_year")
    gap = next(at for at, row in enumerate(year.table.records.rows) if row.rule.code == "lift_upkeep")
    year.table.setCurrentIndex(year.table.records.index(gap, 0))
    hand.press(K.Key_Return)
    save(bench, hand)
    hand.until(lambda: bench.pages.currentWidget() is year, "the plan")
    settle(bench, hand)
    year.orders_asked.emit()
    making = page(bench, hand)
    save(bench, hand)
    hand.until(lambda: making.good.isVisible(), "the orders")
    hand.press(K.Key_Escape)
    settle(bench, hand)


def reported(bench: Workbench, hand: Hand, office: Office, title: str) -> OrderPage:
    """Said at the counter, opened from the board."""
    found = board(bench, hand, "work_board")
    hand.press(K.Key_N)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    form.fields["room_id"].set_value(office.room, "302")
    form.fields["room_id"].edited.emit()
    hand.until(lambda: form.fields["building_id"].value() == office.building, "the building of the room")
    fill(form, title=title, trade="plumbing", channel="counter")
    save(bench, hand)
    settle(bench, hand)
    order = next(row["id"] for row in office.desk.first(View("work_orders"), 99) if row["title"] == title)
    assert found.board.lanes.mark(order)
    hand.press(K.Key_Return)
    opened = page(bench, hand)
    assert isinstance(opened, OrderPage)
    return opened


def go(bench: Workbench, hand: Hand, opened: OrderPage, word: str, **values: Any) -> Any:
    """One step by the keyboard; the page it leads to."""
    hand.until(partial(offered, opened, word), word)
    next(button for button in (opened.next, *opened.others) if button.text() == word).setFocus()
    hand.press(K.Key_Space)
    settle(bench, hand)
    if isinstance(page(bench, hand), FormPage):
        fill(page(bench, hand), **values)
        save(bench, hand)
    return page(bench, hand)


def tab(bench: Workbench, hand: Hand, opened: OrderPage, name: str) -> Any:
    opened.tabs.choose([each.name for each in opened.offered].index(name))
    settle(bench, hand)
    return opened.panes[name]


def done_by_own(bench: Workbench, hand: Hand, office: Office, place: Any, tap: Any) -> None:
    """A tap is changed: a part leaves the store, half an hour is worked, nobody gives points."""
    opened = reported(bench, hand, office, "水龙头漏水")
    order = opened.order
    go(bench, hand, opened, "Accept")
    assign = go(bench, hand, opened, "Assign…")
    assert isinstance(assign, AssignPage)
    hand.press(K.Key_Return)
    settle(bench, hand)
    go(bench, hand, opened, "Begin work")
    doing = tab(bench, hand, opened, "doing")
    say(bench, hand, "Issue part", opened, part_store_id=place, part_id=tap, quantity=WHOLE)
    say(bench, hand, "Add hours", opened, minutes=30)
    hand.until(lambda: len(doing.materials.rows) == len(doing.labour.rows) == 1, "part and hours")
    assert doing.materials.rows[0].amount == 4_550
    go(bench, hand, opened, "Report done…", result="更换水龙头")
    go(bench, hand, opened, "Accept the result…")
    go(bench, hand, opened, "Close")
    settle(bench, hand)
    assert state(office, order) == "closed"


def done_by_firm(bench: Workbench, hand: Hand, office: Office) -> None:
    """Two firms are asked, the cheaper one does it and is rated."""
    opened = reported(bench, hand, office, "排水管改造")
    order = opened.order
    go(bench, hand, opened, "Accept")
    money = tab(bench, hand, opened, "money")
    firms = {row["name"]: row["id"] for row in office.desk.first(View("providers"), 9)}
    for name, amount in (("甲公司", 900_000), ("乙公司", 700_000)):
        say(bench, hand, "Add quote", opened, provider_id=firms[name], amount=amount)
    hand.until(lambda: len(money.quotes.rows) == 2, "the quotes")
    money.quotes.grid.mark(money.quotes.rows[0].id)
    say(bench, hand, "Choose…", opened)
    assign = go(bench, hand, opened, "Assign…")
    assert isinstance(assign, AssignPage)
    assign.firms.mark(firms["乙公司"])
    assign.firms.setFocus()
    hand.press(K.Key_Return)
    settle(bench, hand)
    go(bench, hand, opened, "Begin work")
    tab(bench, hand, opened, "money")
    say(bench, hand, "Add cost", opened, kind="contract", label="排水管改造", amount=700_000)
    go(bench, hand, opened, "Report done…", result="更换立管")
    go(bench, hand, opened, "Accept the result…")
    go(bench, hand, opened, "Rate…", speed=4, quality=5, manner=3)
    go(bench, hand, opened, "Close")
    settle(bench, hand)
    assert state(office, order) == "closed"


def test_a_month_of_a_compound_is_played_through_the_window(bench: Workbench, hand: Hand, office: Office) -> None:
    office.asset("1号客梯", class_code=LIFT, room_id=office.room, building_id=office.building)
    office.add("labour_rates", an_hour=6_000, from_on=office.desk.clock().date().replace(day=1), basis="定额")
    place, tap = store(office), part(office)
    for name in ("甲公司", "乙公司"):
        office.add("providers", name=name)
    office.add("part_stocks", compound_id=office.compound, part_store_id=place, part_id=tap, least=4 * WHOLE,
               up_to=9 * WHOLE)  # fmt: skip
    receive(office, place, tap, 4, 4_550)
    planned(bench, hand, office)
    done_by_own(bench, hand, office, place, tap)
    done_by_firm(bench, hand, office)

    measures = board(bench, hand, "work_kpis")
    whole = measures.found.whole
    assert (whole.done, whole.rated, whole.points) == (2, 1, 12)
    assert whole.cost == 4_550 + 3_000 + 700_000
    hand.click("Print monthly report", measures)
    assert isinstance(page(bench, hand), PaperPage)
    hand.press(K.Key_Escape)
    settle(bench, hand)
    bench.show_screen("parts_to_order")
    settle(bench, hand)
    assert [row["wanted"] for row in office.desk.first(View("parts_to_order"), 9)] == [6 * WHOLE]
    assert bench.lists["parts_to_order"].model.rowCount() == 1
