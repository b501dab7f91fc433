"""Values in the real window: a month is seen, booked and compared; a card's value is looked at and changed by paper."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from datetime import date
from typing import Any

import pytest

import ui.pages.depreciation
from services.desk.listing import View
from tests.documents.sample import text
from tests.ui.test_places import board, page, settle, texts
from tests.ui.test_window import bench, colours, hand, opened, sample, strays, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.going import ToPaper
from ui.kit.text import words
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.asset_value import AssetValuePage
from ui.pages.depreciation import DepreciationPage
from ui.pages.paper import PaperPage
from ui.workbench import Workbench


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page books what has ended: by the middle of the sample's November that is October."""
    monkeypatch.setattr(ui.pages.depreciation, "today", lambda: date(2026, 11, 20))


def value_of(bench: Workbench, hand: Hand, row: int = 0) -> AssetValuePage:
    rows = bench.background.desk.first(View("assets"), row + 20)
    asset = [each for each in rows if "-" not in each["number"]][row]  # a card split off meanwhile stands before
    bench.show_screen("assets")
    settle(bench, hand)
    bench.worth.show(asset["id"])
    shown = page(bench, hand)
    assert isinstance(shown, AssetValuePage)
    return shown


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_both_pages_show_what_there_is(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    shown: DepreciationPage = board(bench, hand, "depreciation")
    assert unnamed(shown) == [] and colours(shown) > 12 and len(texts(shown.grid)) == 7
    value = value_of(bench, hand)
    assert unnamed(value) == [] and colours(value) > 12 and texts(value.months)


def test_a_month_is_booked_once_somebody_is_sure(bench: Workbench, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: DepreciationPage = board(bench, hand, "depreciation")
    assert shown.seen is not None and shown.seen.due and shown.seen.month == date(2026, 10, 1)
    assert shown.seen.total.unknown == 0 and shown.seen.total.cards == 5000
    monkeypatch.setattr(ui.pages.depreciation, "confirm", lambda *a, **k: False)
    shown.book.click()
    settle(bench, hand)
    assert bench.background.desk.count(View("depreciation_runs")) == 0
    monkeypatch.setattr(ui.pages.depreciation, "confirm", lambda *a, **k: True)
    shown.book.click()
    hand.until(lambda: bench.background.desk.count(View("depreciation_runs")) == 6, "a run for each compound")
    settle(bench, hand)
    assert texts(shown.months) == ["2026-10"] and not shown.book.isEnabled()
    shown.check.click()
    settle(bench, hand)
    assert shown.answers["ok"].isVisible()
    shown.months.opened.emit(date(2026, 10, 1))
    settle(bench, hand)
    assert bench.lists["depreciation_runs"].figures.matching == 6


def test_the_value_of_an_asset_is_changed_by_paper(bench: Workbench, hand: Hand) -> None:
    shown = value_of(bench, hand, 7)  # not a card another test has split off
    before = shown.sheet
    assert before is not None and before.cost is not None and not before.unknown
    shown.change.click()
    form = page(bench, hand)
    assert isinstance(form, FormPage) and unnamed(form) == []
    form.submitted.emit(
        {
            "kind": "rebuilt",
            "on": date(2026, 11, 2),
            "cost": before.cost + 10000,
            "life_months": 900,
            "paper": "决算1号",
        },
        False,
    )
    hand.until(lambda: bench.pages.currentWidget() is shown, "the form is closed")
    settle(bench, hand)
    assert shown.sheet is not None and shown.sheet.cost == before.cost + 10000
    assert texts(shown.changes) and shown.sheet.changes[0].paper == "决算1号"


def test_a_card_of_several_pieces_is_split(bench: Workbench, hand: Hand) -> None:
    rows = bench.background.desk.first(View("assets"), 400)
    at = next(n for n, row in enumerate(rows) if row["quantity"] > 2 and row["status"].value == "in_use" and n > 3)
    shown = value_of(bench, hand, at)
    shown.split.click()
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    form.submitted.emit({"quantity": 1, "paper": "清点"}, False)
    hand.until(lambda: bench.pages.currentWidget() is shown, "the form is closed")
    settle(bench, hand)
    assert shown.sheet is not None and shown.sheet.changes[-1].other


def test_the_statement_of_a_period_is_a_paper(bench: Workbench, hand: Hand) -> None:
    shown: DepreciationPage = board(bench, hand, "depreciation")
    went: list[Any] = []
    shown.went.connect(went.append)
    shown.paper.print.click()
    settle(bench, hand)
    assert isinstance(went[0], ToPaper) and isinstance(bench.pages.currentWidget(), PaperPage)
    assert went[0].work(bench.background.desk).startswith(b"%PDF")


@pytest.mark.parametrize(("lang", "title"), [("zh_CN", "离任经济责任审计资产表"), ("en", "Assets of a term of office")])
def test_the_audit_of_a_term_is_of_the_compound_that_is_chosen(
    bench: Workbench, hand: Hand, lang: str, title: str
) -> None:
    LOOK.use(lang=lang)
    shown: DepreciationPage = board(bench, hand, "depreciation")
    compound = bench.background.desk.first(View("compounds"), 1)[0]
    went: list[Any] = []
    shown.went.connect(went.append)
    shown.paper.compound.set_value(compound["id"], compound["name"])
    shown.paper.first.set_value(date(2023, 1, 1))
    shown.paper.audit.click()
    settle(bench, hand)
    assert isinstance(went[0], ToPaper) and words(went[0].title) == title
    assert compound["name"] in text(went[0].work(bench.background.desk))
    shown.paper.compound.line.setText("没有这个大院")
    shown.paper.audit.click()
    assert len(went) == 1, "what is not known is not printed"
