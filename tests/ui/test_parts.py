"""Parts in the real window: received, issued to an order, brought back, to be ordered again; a store counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from services.desk.listing import View
from tests.services.people import Office
from tests.services.storing import WHOLE, lies, part, receive, store
from tests.ui.test_places import page, settle
from tests.ui.test_window import colours, unnamed
from tests.ui.test_work_orders import fill, report, save, walk
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.theme import DARK, LOOK
from ui.pages.paper import PaperPage
from ui.pages.part_count import CountPage
from ui.screens import SCREENS
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
K = Qt.Key


def ask(bench: Workbench, hand: Hand, screen: str, act: str) -> Any:
    """Do an act of a list on its first row; the page that opens."""
    bench.show_screen(screen)
    settle(bench, hand)
    shown = bench.lists[screen]

    def marked() -> bool:
        shown.table.selectRow(0)
        hand.rest()
        return bool(shown.table.rows(1))

    hand.until(marked, "the first row")
    shown.run(next(found for found in SCREENS[screen].acts if found.name == act))
    settle(bench, hand)
    return page(bench, hand)


def form_of(bench: Workbench, hand: Hand, screen: str, act: str) -> FormPage:
    found = ask(bench, hand, screen, act)
    assert isinstance(found, FormPage), act
    return found


def stored(bench: Workbench, hand: Hand, form: FormPage) -> None:
    """Save a form and leave it."""
    save(bench, hand)
    if page(bench, hand) is form:
        hand.press(K.Key_Escape)
    assert page(bench, hand) is not form, [field.problem() for field in form.fields.values()]


def test_a_part_is_received_issued_to_an_order_brought_back_and_ordered(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    place, tap = store(office), part(office, specification="DN15", barcode="6901234567892")
    office.add("part_stocks", compound_id=office.compound, part_store_id=place, part_id=tap, least=4 * WHOLE,
               up_to=10 * WHOLE)  # fmt: skip
    form = form_of(bench, hand, "part_stocks", "part_movements.receive")
    assert form.take_scan("6901234567892")
    hand.until(lambda: form.fields["part_id"].value() == tap, "the part of the barcode")
    fill(form, part_store_id=place, quantity=5 * WHOLE, unit_price=4550)
    stored(bench, hand, form)
    assert lies(office, place, tap) == (5 * WHOLE, 22750)

    order = walk(office, report(office), "accept", "assign", "begin")
    opened = bench.maintenance.open(order, "doing")
    settle(bench, hand)
    pane: Any = opened.panes["doing"]
    hand.click("Issue part", opened)
    given = page(bench, hand)
    assert isinstance(given, FormPage)
    fill(given, part_store_id=place, part_id=tap, quantity=3 * WHOLE)
    stored(bench, hand, given)
    hand.until(lambda: len(pane.materials.rows) == 1, "the material")
    assert pane.materials.rows[0].amount == 13650
    pane.materials.grid.mark(pane.materials.rows[0].id)
    assert [button.text() for button in pane.materials.buttons if not button.isHidden()][:1] == ["Bring back…"]
    hand.click("Bring back…", opened)
    back = page(bench, hand)
    assert isinstance(back, FormPage) and back.fields["quantity"].value() == 3 * WHOLE
    fill(back, quantity=WHOLE)
    stored(bench, hand, back)
    hand.until(lambda: pane.materials.rows[0].quantity == 2 * WHOLE, "what came back")
    assert lies(office, place, tap) == (3 * WHOLE, 13650)

    form = form_of(bench, hand, "parts_to_order", "part_movements.receive")
    assert form.fields["quantity"].value() == 7 * WHOLE, "as much as is to be ordered"
    hand.press(K.Key_Escape)
    if page(bench, hand) is form:
        bench.leave_page(form)


def test_a_store_is_counted_line_by_line_by_keyboard(bench: Workbench, hand: Hand, office: Office) -> None:
    place, tap, valve = store(office), part(office, "A01"), part(office, "B01")
    receive(office, place, tap, 5, 100)
    receive(office, place, valve, 2, 300)
    office.desk.do("part_counts.start", part_store_id=place)
    LOOK.use(tokens=DARK, lang="en")
    sheet = ask(bench, hand, "part_counts", "part_counts.sheet")
    assert isinstance(sheet, PaperPage)
    hand.press(K.Key_Escape)
    counting = ask(bench, hand, "part_counts", "part_counts.enter")
    hand.until(lambda: isinstance(page(bench, hand), CountPage), "the lines")
    counting = page(bench, hand)
    assert isinstance(counting, CountPage) and unnamed(counting) == [] and colours(counting) > 8
    told = [said for line in counting.lines.values() for said in (line["book"], line["counted"])]
    assert told == [None] * 4, "blind"
    hand.type(counting.amount.line, "4")
    hand.press(K.Key_Return)
    hand.type(counting.amount.line, "x")
    hand.press(K.Key_Return)
    assert counting.wrong.isVisible()
    hand.press(K.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page(bench, hand) is counting, "what is wrong is not stored"
    hand.press(K.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert not counting.wrong.isVisible(), "another line is marked"
    hand.press(K.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: page(bench, hand) is not counting, "the first line to be stored")
    receive(office, place, tap, 1, 100)
    counting = ask(bench, hand, "part_counts", "part_counts.enter")
    hand.until(lambda: isinstance(page(bench, hand), CountPage), "the lines again")
    counting = page(bench, hand)
    assert isinstance(counting, CountPage) and not counting.save.isEnabled()
    hand.type(counting.amount.line, "2")
    hand.press(K.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: page(bench, hand) is not counting, "the second line to be stored")
    replace(office.desk, account="zhao.lei").do("part_counts.approve", reason="盘点",
        part_count_id=office.desk.first(View("part_counts"), 1)[0]["id"])  # fmt: skip
    assert lies(office, place, tap) == (5 * WHOLE, 500) and lies(office, place, valve) == (2 * WHOLE, 600)
    assert ask(bench, hand, "part_stocks", "part_stocks.ledger").fields["from_on"].value() is not None
    hand.press(K.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: isinstance(page(bench, hand), PaperPage), "the ledger")
