"""The board of differences in the real window: three ways, one compound, what is open, the record that settles it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from models.reconciliation import ReconciliationRule as R
from services.desk.desk import Desk
from services.desk.listing import View
from services.reconciliation_rules import Way
from tests.documents.sample import pages
from tests.services.people import Office
from tests.services.reconciling import TODAY, Recon, planted
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.theme import DARK, LOOK
from ui.pages.asset import AssetPage
from ui.pages.paper import PaperPage
from ui.pages.reconciliation import NOTES, WAYS, ReconciliationPage
from ui.pages.reconciliation_rows import key
from ui.pages.title import TitlePage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]


@pytest.fixture
def made(desk: Desk) -> Recon:
    return planted(desk)


@pytest.fixture
def office(made: Recon) -> Office:
    return made.office


def board(bench: Workbench, hand: Hand) -> ReconciliationPage:
    bench.activateWindow()
    bench.show_screen("reconciliation")
    page = bench.boards["reconciliation"]
    assert isinstance(page, ReconciliationPage)
    hand.until(lambda: page.chooser is not None, "the differences")
    hand.rest()
    return page


def mark(page: ReconciliationPage, hand: Hand, rule: R) -> None:
    """Turn to the way of a rule and mark its difference."""
    way = next(one.way for one in page.seen.board.differences if one.rule is rule)
    page.tabs.choose(WAYS.index(way))
    page.grid.mark(next(key(one) for one in page.shown if one.rule is rule))
    page.grid.setFocus()
    hand.rest()


def opened(bench: Workbench, hand: Hand, rule: R, kind: type[Any]) -> Any:
    """What Enter on a difference opens; the board stands behind it."""
    page = board(bench, hand)
    mark(page, hand, rule)
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: isinstance(bench.pages.currentWidget(), kind), f"the record that settles {rule}")
    return bench.pages.currentWidget()


def test_three_ways_are_counted_filtered_and_said_in_both_tongues(
    bench: Workbench, hand: Hand, made: Recon, tmp_path: Path
) -> None:
    page = board(bench, hand)
    assert page.tabs._group.button(0).text() == "Books and accounts (10)"
    assert [len(page.seen.board.of(way)) for way in Way] == [10, 9, 12]
    assert page.stats[0].figure.text() == "31" and page.stats[3].figure.text() == "-3,291.00"
    for at, count in enumerate((10, 9, 12)):
        page.tabs.choose(at)
        assert page.grid.records.rowCount() == count
    [said] = [page.grid.records.data(page.grid.records.index(at, 0)) for at, one in enumerate(page.shown)
              if one.rule is R.TITLE_NONE]  # fmt: skip
    assert said == "Without a title"
    LOOK.use(lang="zh_CN", tokens=DARK)
    hand.rest()
    assert page.tabs._group.button(1).text() == "账实（9）" and "差异" in page.head.facts.text()
    cells = [page.grid.records.data(page.grid.records.index(0, at)) for at in range(7)]
    assert cells[0] == "无证" and cells[6] == "未说明"
    LOOK.use(lang="en")
    assert page.chooser is not None
    page.chooser.set_value(made.office.elsewhere.hex)
    page.chooser.edited.emit()
    hand.until(lambda: not page.seen.board.differences, "the other compound")
    assert page.stack.currentWidget() is page.empty and not page.explain.isEnabled()
    page.export_to(tmp_path / "a.csv")
    hand.until((tmp_path / "a.csv").exists, "the file")


def test_enter_opens_the_record_that_settles_a_difference(bench: Workbench, hand: Hand, made: Recon) -> None:
    opened(bench, hand, R.BOOK_NO_VOUCHER, AssetPage)
    opened(bench, hand, R.TITLE_CANCELLED, TitlePage)
    opened(bench, hand, R.TITLE_AREA_BOOK, TitlePage)
    form = opened(bench, hand, R.BOOK_COST, FormPage)
    assert form.fields["name"].value() == "固定资产—信息化设备"
    opened(bench, hand, R.TITLE_NO_CARD, FormPage)
    page = board(bench, hand)
    mark(page, hand, R.BOOK_REGISTER_ONLY)
    hand.press(Qt.Key.Key_Return)
    hand.until(
        lambda: bench.current == "assets" and bench.lists["assets"].model.rowCount() == 1, "the cards of the class"
    )


def test_a_difference_is_explained_found_explained_and_open_again(
    bench: Workbench, hand: Hand, made: Recon, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = board(bench, hand)
    mark(page, hand, R.THING_MISSING)
    hand.click("Explain…")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage) and set(form.fields) == {"explanation", "basis", "until_on"}
    hand.click("Save", form)
    assert form.fields["explanation"].wrong, "an explanation says something"
    hand.type(form.fields["explanation"].box.inner(), "借出未归")
    hand.click("Save", form)
    hand.until(lambda: page.stats[0].figure.text() == "30", "one less is open")
    assert made.desk.count(View("reconciliation_notes")) == 1
    mark(page, hand, R.THING_MISSING)
    assert "借出未归" in page.told.text() and page.unexplain.isEnabled()
    page.only_open.setChecked(True)
    assert R.THING_MISSING not in {one.rule for one in page.shown}
    page.only_open.setChecked(False)
    mark(page, hand, R.THING_MISSING)
    page.tabs.choose(NOTES)
    assert page.tabs._group.button(NOTES).text() == "Explanations (1)" and not page.only_open.isVisible()
    cells = [page.notes.records.data(page.notes.records.index(0, at)) for at in (0, 2, 3, 5)]
    assert cells == ["Missing", "借出未归", made.desk.account, "Still valid"]
    assert "Decree 738" in page.told.text() and page.unexplain.isEnabled()
    page.export_to(tmp_path / "a.csv")
    hand.until((tmp_path / "a.csv").exists, "the file")
    assert "借出未归" in (tmp_path / "a.csv").read_text("utf-8-sig")
    monkeypatch.setattr("ui.reconciliation.confirm", lambda *_, **__: True)
    hand.click("Take back explanation")
    hand.until(lambda: page.stats[0].figure.text() == "31", "open again")
    hand.until(lambda: page.stack.currentIndex() == 3, "nothing is explained")


def test_the_report_is_shown_and_says_everything(bench: Workbench, hand: Hand, made: Recon) -> None:
    page = board(bench, hand)
    hand.click("Print", page)
    hand.until(lambda: isinstance(bench.pages.currentWidget(), PaperPage), "the report")
    said = "".join("".join(pages(made.desk.ask("reconciliation.report", on=TODAY))).split())
    assert "国有资产对账报告" in said and "31项" in said and said.count("未说明") >= 31
    assert all(word in said for word in ("账账", "账实", "账证", "盘亏：有账无物", "-3,291.00", "以下空白"))


def test_what_is_marked_stays_marked_and_a_board_behind_is_read_when_it_comes_to_the_front(
    bench: Workbench, hand: Hand, made: Recon, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = board(bench, hand)
    mark(page, hand, R.BOOK_ACCUMULATED)
    line = {row["name"]: row["id"] for row in made.desk.first(View("account_balances"), 99)}["固定资产—信息化设备"]
    right = made.one(R.BOOK_COST).book
    bench.background.do("account_balances.revise", {"account_balance_id": line, "cost": right})
    hand.until(lambda: R.BOOK_COST not in {one.rule for one in page.shown}, "one before it went")
    one = page.one(page.grid.key())
    assert one is not None and one.rule is R.BOOK_ACCUMULATED
    asked, ask = list[str](), Desk.ask

    def told(desk: Desk, name: Any, /, *args: Any, **values: Any) -> Any:
        asked.append(str(name))
        return ask(desk, name, *args, **values)

    monkeypatch.setattr(Desk, "ask", told)
    bench.show_screen("assets")
    hand.rest()
    asked.clear()
    bench.background.do("account_balances.revise", {"account_balance_id": line, "cost": 500301})
    hand.until(lambda: not bench.background.busy, "the write")
    hand.rest()
    assert "reconciliation.board" not in asked, "nobody looks at it"
    bench.show_screen("reconciliation")
    hand.until(lambda: R.BOOK_COST in {one.rule for one in page.shown}, "the difference that came back")
