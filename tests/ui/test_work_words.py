"""What maintenance says in its lists and boards: days by their names, what holds for every trade, buttons by where they
lead, a day without work, a year that fits a small window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from models.periodic_work import Unit
from resources.words import tr
from tests.services.people import Office
from tests.ui.test_places import board, settle
from tests.ui.test_work_orders import report
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.screen import Screen
from ui.kit.text import words
from ui.kit.theme import LOOK
from ui.pages.plan_year_cells import EACH
from ui.pages.plan_year_table import MONTHS
from ui.pages.work_calendar import FREE
from ui.screens import SCREENS, work_rules
from ui.workbench import Workbench

LEADS = {
    ("maintenance_plans", "plan_occurrences.list"): ("计划日", "Planned days"),
    ("meters", "meter_readings.list"): ("抄表记录", "Meter readings"),
    ("checklists", "checklists.items"): ("检查项目", "Checklist lines"),
}


@pytest.mark.parametrize(("place", "said"), LEADS.items())
def test_a_button_is_called_as_the_list_it_leads_to(place: tuple[str, str], said: tuple[str, str]) -> None:
    screen, name = place
    shown: Screen = SCREENS[screen]
    act = next(act for act in shown.acts if act.name == name)
    assert (tr("zh_CN", act.label), tr("en", act.label)) == said


def test_hours_are_of_a_weekday_by_its_name_and_rates_without_a_trade_are_of_every_trade() -> None:
    for lang, day, every in (("zh_CN", "周一", "全部工种"), ("en", "Mon", "Every trade")):
        LOOK.use(lang=lang)
        assert work_rules.weekday({"weekday": 1}) == day and work_rules.trade({"trade": None}) == every
        assert work_rules.trade({"trade": "electric"}) == words("work_trade.code=electric")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_day_without_work_says_how_some_is_planned_and_the_year_fits(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    report(office)
    shown = board(bench, hand, "work_calendar")
    assert shown.of_day.currentWidget() is shown.free and shown.free.isVisible()
    assert words(FREE) and not shown.grid.isVisible()
    office.add("maintenance_plans", compound_id=office.compound, title="巡查", starts_on=today() + timedelta(days=1),
               trade="plumbing", every=1, unit="month")  # fmt: skip
    bench.resize(1280, 720)
    table = board(bench, hand, "plan_year").table
    settle(bench, hand)
    assert sum(table.columnWidth(at) for at in range(MONTHS)) <= table.viewport().width()
    at = next(at for at, row in enumerate(table.records.rows) if getattr(row, "title", "") == "巡查")
    assert words(EACH[Unit.MONTH]) in table.records.headerData(at, Qt.Orientation.Vertical)
