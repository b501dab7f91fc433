"""What is done on a job and what it costs, in the real window: a visit, hours, a checklist, a permit, a cost; and how
the month went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from services.desk.listing import View
from services.work_measures import KpiBy
from tests.documents.sample import pages
from tests.services.people import Office
from tests.ui.test_places import page, settle
from tests.ui.test_window import colours, unnamed
from tests.ui.test_work_orders import choose, fill, report, save, walk
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.text import words
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.paper import PaperPage
from ui.pages.work_kpis import WorkKpisPage
from ui.pages.work_order import OrderPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
K = Qt.Key


def template(office: Office) -> UUID:
    """A yes or no, and a number within limits."""
    made = office.add("checklists", name="水泵检查")
    office.add("checklist_items", checklist_id=made, text="泵体无渗漏", position=1)
    office.add("checklist_items", checklist_id=made, text="压力", position=2, kind="number", least=300, most=600)
    return made


def say(bench: Workbench, hand: Hand, word: str, opened: OrderPage, **values: Any) -> None:
    """Press a button of a tab, fill in its form, save it."""
    hand.click(word, opened)
    form = page(bench, hand)
    assert isinstance(form, FormPage), word
    fill(form, **values)
    save(bench, hand)
    if page(bench, hand) is form:  # it offers the next one
        hand.press(K.Key_Escape)
    assert page(bench, hand) is opened, [field.problem() for field in form.fields.values()]


def test_a_job_is_done_and_paid_for_on_its_page(bench: Workbench, hand: Hand, office: Office) -> None:
    order, now = walk(office, report(office), "accept", "assign", "begin"), datetime.now(UTC)
    office.add("labour_rates", an_hour=6000, from_on=today() - timedelta(days=9), basis="定额")
    checklist = template(office)
    bench.show_screen("work_orders")
    opened = bench.maintenance.open(order, "doing")
    settle(bench, hand)
    pane: Any = opened.panes["doing"]

    say(bench, hand, "Put on…", opened, checklist_id=checklist)
    hand.until(lambda: len(pane.checks.rows) == 2, "the checklist")
    pane.checks.grid.mark(pane.checks.rows[0].id)
    pane.checks.grid.setFocus()
    hand.press(K.Key_Y)
    hand.until(lambda: bool(pane.checks.rows[0].yes), "the answer")
    pane.checks.grid.mark(pane.checks.rows[1].id)
    say(bench, hand, "Answer…", opened, number=900)
    hand.until(lambda: bool(pane.checks.rows[1].failed), "what failed")
    hand.click("Make an order of it", opened)
    hand.until(lambda: pane.checks.rows[1].follow_up != "", "the order that was made of it")
    assert pane.checks.grid.records.every[1].cells[1].tone == "bad"

    say(bench, hand, "Add visit", opened, staff_id=office.giver, came_at=now - timedelta(hours=2))
    say(bench, hand, "Add hours", opened, minutes=90)
    hand.until(lambda: len(pane.labour.rows) == 1 and len(pane.visits.rows) == 1, "visit and hours")
    assert pane.labour.rows[0].amount == 9000, "the technician of the order, by the rate of the day"
    say(bench, hand, "Issue permit", opened, kind="fire", place="泵房", measures="灭火器到位",
        issued_by_id=office.taker, valid_until=now + timedelta(hours=2))  # fmt: skip
    hand.until(lambda: len(pane.permits.rows) == 1, "the permit")
    pane.permits.grid.mark(pane.permits.rows[0].id)
    say(bench, hand, "Close permit…", opened, closing="无火种")
    hand.until(lambda: pane.permits.rows[0].closed_at is not None, "the permit to close")

    opened.tabs.choose([tab.name for tab in opened.offered].index("money"))
    settle(bench, hand)
    money: Any = opened.panes["money"]
    say(bench, hand, "Add cost", opened, kind="contract", label="吊车", amount=50000, payer="insurer")
    hand.until(lambda: len(money.costs.rows) == 2, "the cost")
    assert money.total.value.text() == "590.00" and money.found.by_payer["insurer"] == 50000
    money.costs.grid.mark(next(row.id for row in money.costs.rows if row.kind == "contract"))
    money.costs.grid.setFocus()
    hand.press(K.Key_Return)
    form = page(bench, hand)
    assert isinstance(form, FormPage) and form.fields["label"].value() == "吊车"
    fill(form, amount=40000)
    save(bench, hand)
    hand.until(lambda: money.total.value.text() == "490.00", "the other amount")
    assert len(office.desk.first(View("work_costs", filters=(("work_order_id", (order,)),)), 9)) == 2


def test_a_closed_order_is_printed_and_nothing_is_its_way_on(bench: Workbench, hand: Hand, office: Office) -> None:
    order = walk(office, report(office), "accept", "assign", "begin", "finish", "check", "rate", "close")
    bench.show_screen("work_orders")
    opened = bench.maintenance.open(order, "doing")
    settle(bench, hand)
    assert opened.next.isHidden() and [b.text() for b in opened.others if not b.isHidden()] == ["Not done yet…"]
    pane: Any = opened.panes["doing"]
    assert not any(button.isVisible() for button in pane.visits.buttons), "it has ended"
    hand.press(K.Key_M)
    choose(hand, "Print order record")
    hand.until(lambda: isinstance(page(bench, hand), PaperPage), "the paper")


@pytest.mark.parametrize(("lang", "tokens"), [("zh_CN", LIGHT), ("en", DARK)], ids=["zh light", "en dark"])
def test_the_month_stands_on_its_board(bench: Workbench, hand: Hand, office: Office, lang: str, tokens: Any) -> None:
    walk(office, report(office), "accept", "assign", "begin", "finish")
    LOOK.use(tokens=tokens, lang=lang)
    bench.show_screen("work_kpis")
    settle(bench, hand)
    found = bench.boards["work_kpis"]
    assert isinstance(found, WorkKpisPage)
    hand.until(lambda: found.found is not None, "the month")
    assert found.stats[0].figure.text() == "1"
    found.tabs.choose(1)
    hand.until(lambda: found.found is not None and found.found.by is KpiBy.TRADE, "the trades")
    assert [row.key for row in found.found.rows] == ["plumbing"]  # type: ignore[union-attr]
    assert unnamed(page(bench, hand)) == [] and colours(page(bench, hand)) > 8
    hand.press(K.Key_PageUp)
    hand.until(lambda: found.found is not None and not found.found.rows, "the month before")
    assert QApplication.activeWindow() is not None


@pytest.mark.parametrize(("lang", "says"), [("zh_CN", "问题工单"), ("en", "Orders flagged")])
def test_the_audit_of_a_month_is_printed(bench: Workbench, hand: Hand, office: Office, lang: str, says: str) -> None:
    report(office)
    LOOK.use(lang=lang)
    bench.show_screen("work_kpis")
    settle(bench, hand)
    hand.click(words("Print audit"), bench.boards["work_kpis"])
    shown = page(bench, hand)
    assert isinstance(shown, PaperPage)
    hand.until(lambda: shown.print.isEnabled() or shown.banner.isVisible(), "the paper")
    assert shown.preview.data is not None and says in "".join(pages(shown.preview.data))
