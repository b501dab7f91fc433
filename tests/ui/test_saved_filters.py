"""Filters a person keeps, in the window: kept, applied, changed, renamed, opened with, deleted."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from services import saved_filters
from services.desk.listing import View
from services.saved_filters import written
from tests.services.people import Office
from tests.ui.kit_helpers import type_words
from ui.hand import Hand
from ui.kit.list_page import ListPage
from ui.kit.messages import Toast
from ui.kit.rail_item import RailItem
from ui.kit.saved_filters import NameBox, SavedFilters
from ui.kit.theme import DARK, LIGHT, LOOK, font
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]


def keep(office: Office, name: str, view: View, first: bool = False) -> None:
    office.desk.do(saved_filters.save, view.listing, name, written(view))
    if first:
        office.desk.do(saved_filters.open_with, view.listing, name)


def kept(office: Office, listing: str = "assets") -> dict[str, bool]:
    return {saved.name: saved.first for saved in office.desk.ask(saved_filters.mine, listing)}


def shown(bench: Workbench, hand: Hand, name: str = "rooms") -> ListPage:
    bench.activateWindow()
    bench.show_screen(name)
    page = bench.lists[name]
    hand.until(lambda: page.model.complete, "the list")
    return page


def pick(saved: SavedFilters, word: str) -> None:
    """Choose an entry of the menu."""
    menu = saved.menu_of()
    action = next(action for action in menu.actions() if action.text().partition("\t")[0] == word)
    assert action.isEnabled()
    action.trigger()
    menu.deleteLater()


def call(hand: Hand, saved: SavedFilters, name: str) -> NameBox:
    """Give a name in the box that asks for one."""
    box: NameBox = saved.findChildren(NameBox)[-1]
    hand.until(box.line.line.hasFocus, "the keyboard in the box")
    typed(box, name)
    return box


def typed(box: NameBox, name: str) -> None:
    box.line.line.selectAll()
    type_words(box.line.line, name)
    QTest.keyClick(box.line.line, Qt.Key.Key_Return)


def test_a_view_is_kept_applied_changed_renamed_and_deleted(
    bench: Workbench, hand: Hand, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.asset("书柜", status="idle")
    page = shown(bench, hand, "assets")
    saved, chip = page.saved, page.filters.chips[0]
    assert [action.isEnabled() for action in saved.menu_of().actions()] == [False], "everything is no filter"
    chip.choose(("idle",))
    page.sort_by(4, True)
    pick(saved, "Save this filter…")
    call(hand, saved, "闲置")
    hand.until(lambda: kept(office) == {"闲置": False}, "it is kept")
    hand.until(lambda: saved.text() == "闲置", "it is applied")
    page.filters.clear()
    page.sort_by(0, False)
    assert saved.text() == "Filters" and page.view() == View("assets", sort="name")
    pick(saved, "闲置")
    hand.until(lambda: page.view() == View("assets", "", (("status", ("idle",)),), page.sort, True), "the view")
    assert page.sort == "cost" and page.table.header.sorted == 4 and saved.text() == "闲置"
    page.filters.put((("status", ("idle", "lent")),), "书柜")
    assert saved.text() == "闲置 (changed)"
    pick(saved, "Save the changes")
    hand.until(lambda: saved.text() == "闲置", "the changes are kept")
    pick(saved, "Rename…")
    call(hand, saved, "闲置书柜")
    hand.until(lambda: kept(office) == {"闲置书柜": False} and saved.text() == "闲置书柜", "it is renamed")
    pick(saved, "Open the list with it")
    hand.until(lambda: kept(office) == {"闲置书柜": True} and saved.saved[0].first, "the list opens with it")
    pick(saved, "No longer open the list with it")
    hand.until(lambda: kept(office) == {"闲置书柜": False} and not saved.saved[0].first, "no longer")
    monkeypatch.setattr("ui.kit.saved_filters.confirm", lambda *_, **__: True)
    pick(saved, "Delete filter")
    hand.until(lambda: not kept(office) and saved.text() == "Filters", "it is deleted")
    assert page.view().search == "书柜", "what is looked at stays"


def test_a_name_that_is_taken_or_empty_is_refused_where_it_is_typed(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    keep(office, "一", View("rooms", "302"))
    page = shown(bench, hand)
    hand.until(lambda: page.saved.saved, "the filters")
    page.filters.put((), "101")
    pick(page.saved, "Save this filter…")
    box = call(hand, page.saved, "一")
    assert box.isVisible() and "一" in box.wrong.text()
    typed(box, " ")
    assert box.isVisible() and "name" in box.wrong.text()
    box.close()


def test_a_list_opens_with_the_filter_chosen_for_it(bench: Workbench, hand: Hand, office: Office) -> None:
    keep(office, "楼里", View("rooms", filters=(("building_id", (office.building,)),)), first=True)
    page = shown(bench, hand)
    hand.until(lambda: page.saved.text() == "楼里", "it is applied")
    building = next(chip for chip in page.filters.chips if chip.spec.name == "building_id")
    assert "1号楼" in building.text(), "records are called by their names"
    hand.until(lambda: page.model.complete and len(page.model.numbers) == 1, "one room")


def test_who_is_led_to_a_list_sees_what_he_was_led_to(bench: Workbench, hand: Hand, office: Office) -> None:
    keep(office, "一", View("rooms", "302"), first=True)
    bench.show_screen("rooms")
    page = bench.lists["rooms"]
    page.filters.put(())
    hand.until(lambda: page.saved.saved and page.model.complete, "the filters and the rooms")
    hand.rest()
    assert page.view() == View("rooms") and len(page.model.numbers) == 2


def test_what_is_gone_is_said(bench: Workbench, hand: Hand, office: Office) -> None:
    gone = office.add("buildings", compound_id=office.compound, code="B9", name="九号楼")
    keep(office, "一", View("rooms", "0", (("building_id", (office.building, gone)),)))
    office.desk.do("buildings.remove", building_id=gone)
    page = shown(bench, hand)
    hand.until(lambda: page.saved.saved, "the filters")
    pick(page.saved, "一")
    hand.until(lambda: bench.findChildren(Toast), "what is said")
    said = " ".join(label.text() for label in bench.findChildren(Toast)[0].findChildren(QLabel))
    assert "Building" in said
    assert page.view().filters == (("building_id", (office.building,)),)


def test_the_menu_is_reached_and_used_by_keys_alone(bench: Workbench, hand: Hand, office: Office) -> None:
    keep(office, "一", View("rooms", "302"))
    page = shown(bench, hand)
    hand.until(lambda: page.saved.saved, "the filters")
    page.filters.search.line.setFocus()
    hand.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.saved.hasFocus()
    hand.press(Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    hand.until(lambda: page.saved.text() == "一", "it is applied")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_a_long_name_is_cut_and_told_whole(
    bench: Workbench, hand: Hand, office: Office, lang: str, tokens: Any
) -> None:
    keep(office, "一二三四五六" * 10, View("rooms", "302"), first=True)
    LOOK.use(tokens=tokens, lang=lang)
    page = shown(bench, hand)
    hand.until(lambda: page.saved.applied, "the filter")
    assert page.saved.width() < 260 and "一二三四五六" * 10 in page.saved.accessibleName()
    assert not page.grab().isNull()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_places_and_figures_are_whole_in_a_usual_window(
    bench: Workbench, hand: Hand, office: Office, lang: str
) -> None:
    office.asset(cost=98_765_432_100)
    LOOK.use(lang=lang)
    page = shown(bench, hand, "assets")
    page.reload()
    hand.until(lambda: "987" in page.head.facts.text(), "the sum")
    facts = page.head.facts
    assert facts.fontMetrics().horizontalAdvance(facts.text()) <= facts.width()
    for group in bench.rail.groups:
        group.setChecked(True)
        assert QFontMetrics(font(11, 500)).horizontalAdvance(group.text()) <= group.width() - 42, group.text()
    hand.rest()
    for item in bench.rail.findChildren(RailItem):
        assert QFontMetrics(font(13, 500)).horizontalAdvance(item.text()) <= item.room().width(), item.text()
        assert not item.text()[:1].islower()
