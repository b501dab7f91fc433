"""Plans in the real window: gaps of the year closed by keys, dates below the form, orders made and moved."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from services.desk.desk import Desk
from services.desk.listing import View
from services.plan_gaps import Gap
from services.plan_year import Month, YearRow
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.ui.test_places import board, page, settle
from tests.ui.test_window import colours, unnamed
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.text import words
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.paper import PaperPage
from ui.pages.plan_dates import PlanDates
from ui.pages.plan_orders import PlanOrdersPage
from ui.screens import SCREENS
from ui.workbench import Workbench

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
LIFT = "A02051227"


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(replace(desk))
    for name in ("1号客梯", "2号客梯"):
        made.asset(name, class_code=LIFT, room_id=made.room, building_id=made.building)
    return made


def plan(office: Office, **values: Any) -> Any:
    return office.add("maintenance_plans", compound_id=office.compound, **values)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_the_year_in_both_faces(bench: Workbench, hand: Hand, office: Office, lang: str, tokens: Any) -> None:
    plan(office, rule="lift_upkeep", class_prefix=LIFT, starts_on=today() - timedelta(days=3))
    LOOK.use(tokens=tokens, lang=lang)
    year = board(bench, hand, "plan_year")
    assert colours(year) > 12 and unnamed(year) == [] and year.table.accessibleName()
    said = year.table.records.data(year.table.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert f"{today():%Y-%m}" in said and {"zh_CN": "未派单", "en": "without an order"}[lang] in said
    year.orders_asked.emit()
    making = page(bench, hand)
    assert isinstance(making, PlanOrdersPage) and unnamed(making) == []


def test_a_gap_is_closed_by_keys_and_its_orders_are_made(bench: Workbench, hand: Hand, office: Office) -> None:
    year = board(bench, hand, "plan_year")
    gap = next(at for at, row in enumerate(year.table.records.rows) if row.rule.code == "lift_upkeep")
    year.table.setCurrentIndex(year.table.records.index(gap, 0))
    hand.press(Qt.Key.Key_Return)
    form = page(bench, hand)
    assert isinstance(form, FormPage) and form.fields["rule"].value() == "lift_upkeep"
    dates = form.findChildren(PlanDates)[0]
    assert dates.days.count() == 12 and dates.head.note.text().startswith("25 ")
    hand.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: bench.pages.currentWidget() is year, "the plan is stored")
    settle(bench, hand)
    row = year.table.records.rows[0]
    assert isinstance(row, YearRow) and (row.rule, row.things) == ("lift_upkeep", 2)
    assert not any(isinstance(r, Gap) and r.rule.code == "lift_upkeep" for r in year.table.records.rows)
    year.orders_asked.emit()
    making = page(bench, hand)
    assert making.grid.records.rowCount() == 1
    hand.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: making.good.isVisible(), "the orders")
    settle(bench, hand)
    assert office.desk.count(View("work_orders")) == 2 and not making.make.isEnabled(), "none is made twice"
    hand.press(Qt.Key.Key_Escape)
    settle(bench, hand)
    month: Month = year.table.records.rows[0].months[today().month - 1]
    assert month.planned >= 2 and month.days[0].ordered


def test_a_cell_leads_to_its_days_and_one_is_moved_with_a_reason(bench: Workbench, hand: Hand, office: Office) -> None:
    plan(office, rule="lift_upkeep", every=7, unit="day", class_prefix=LIFT, starts_on=today())
    office.desk.do("maintenance_plans.generate", until=today())
    year = board(bench, hand, "plan_year")
    year.table.setCurrentIndex(year.table.records.index(0, today().month - 1))
    year.table.opened.emit(*year.table.here())
    days = bench.lists["plan_occurrences"]
    hand.until(lambda: days.model.complete and days.model.rowCount() >= 2, "the days")
    row = office.desk.first(View("plan_occurrences", sort="planned_on", descending=True), 1)[0]
    screen = SCREENS["plan_occurrences"]
    act = next(act for act in screen.acts if act.name == "maintenance_plans.reschedule")
    bench.run(screen, act, array("q"), [row])
    form = page(bench, hand)
    form.fields["moved_to"].set_value(row["planned_on"] + timedelta(days=1))
    form.submit()
    assert form.fields["moved_why"].wrong, "not without a reason"
    form.fields["moved_why"].set_value("节前集中检修")
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is days, "it is moved")
    assert office.row("plan_occurrences", row["id"])["moved_to"] == row["planned_on"] + timedelta(days=1)


def test_the_year_of_a_compound_is_printed(bench: Workbench, hand: Hand, office: Office) -> None:
    plan(office, rule="fire_check", starts_on=today())
    year = board(bench, hand, "plan_year")
    year.print.click()
    shown = page(bench, hand)
    assert isinstance(shown, PaperPage)


@pytest.mark.parametrize(("lang", "says"), [("zh_CN", "未列入计划"), ("en", "No plan does it")])
def test_the_audit_of_a_year_is_printed(bench: Workbench, hand: Hand, office: Office, lang: str, says: str) -> None:
    LOOK.use(lang=lang)
    year = board(bench, hand, "plan_year")
    hand.click(words("Print audit"), year)
    shown = page(bench, hand)
    assert isinstance(shown, PaperPage)
    hand.until(lambda: shown.print.isEnabled() or shown.banner.isVisible(), "the paper")
    assert shown.preview.data is not None and says in "".join(pages(shown.preview.data))
