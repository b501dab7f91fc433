"""The structure of the team in the real window: charts that say their figures, tables, filters, the way to people."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from datetime import date
from typing import Any

import pytest

from services.staff_structure import By
from tests.ui.test_places import board, page, settle, texts
from tests.ui.test_window import bench, colours, hand, opened, sample, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.paper import PaperPage
from ui.workbench import Workbench


def turn(found: Any, bench: Workbench, hand: Hand, tab: int) -> Any:
    found.tabs.choose(tab)
    settle(bench, hand)
    assert found.found.tab == tab
    return found.grids[tab]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_every_tab_in_both_faces(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    found = board(bench, hand, "structure")
    for tab in range(len(found.grids)):
        grid = turn(found, bench, hand, tab)
        assert texts(grid) and unnamed(found) == [] and grid.accessibleName(), tab
        assert found.drawn.isVisible() is (tab < 5)
    assert colours(found) > 12


def test_a_chart_says_its_figures_and_follows_the_marked_row(bench: Workbench, hand: Hand) -> None:
    found = board(bench, hand, "structure")
    group = found.found.structure.groups[0]
    said = found.charts["employment"].bars.accessibleName()
    assert said.startswith("用工形式: 公务员 32 · 24 %")
    assert "131 人" in found.head.facts.text()
    found.grids[0].mark((By.COMPOUND, group.key))
    counts = dict(found.charts["ages"].bars.counts)
    assert {str(k): n for k, n in counts.items() if n} == dict(group.ages)
    assert found.charts["ages"].remark.text() == group.name


def test_a_row_leads_to_its_people(bench: Workbench, hand: Hand) -> None:
    found = board(bench, hand, "structure")
    grid = turn(found, bench, hand, 2)
    group = next(g for g in found.found.structure.groups if g.key == "guards")
    grid.mark((By.FUNCTION, group.key))
    found.open.click()
    settle(bench, hand)
    people = bench.lists["staff"]
    hand.until(lambda: people.model.complete, "the people")
    assert bench.current == "staff" and people.model.rowCount() == group.people
    found = board(bench, hand, "structure")
    grid = turn(found, bench, hand, 5)
    year = next(row for row in found.found.other if row.people and row.from_on)
    grid.mark(year)
    grid.opened.emit(year)
    settle(bench, hand)
    hand.until(lambda: people.model.complete, "the people")
    assert people.model.rowCount() == year.people


def test_filters_and_the_day_narrow_it_and_nobody_is_said(bench: Workbench, hand: Hand) -> None:
    found = board(bench, hand, "structure")
    found.chips["functions"].choose(("guards",))
    settle(bench, hand)
    assert 0 < found.found.structure.whole.people < 131
    found.day.show_day(date(1950, 1, 1))
    settle(bench, hand)
    assert found.stack.currentWidget() is found.empty and not found.print.isEnabled()
    assert not found.drawn.isVisible()


def test_the_report_is_shown(bench: Workbench, hand: Hand) -> None:
    found = board(bench, hand, "structure")
    found.print.click()
    shown = page(bench, hand)
    assert isinstance(shown, PaperPage)
    hand.until(lambda: shown.stack.currentWidget() is shown.preview, "the report")
