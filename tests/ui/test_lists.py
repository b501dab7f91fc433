"""A long list: it scrolls, sorts, filters and searches, and what it shows is always of one piece."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from services.desk.errors import NotAllowed
from tests.ui.fake_desk import SCREEN, STATES, FakeDesk, person
from tests.ui.kit_helpers import office, type_words
from ui.kit.list_page import ListPage
from ui.kit.screen import Act
from ui.kit.table_model import Line
from ui.kit.text import words
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.screens import title_defects

SIZE = 5_000
pytestmark = pytest.mark.qt_log_ignore("does not support", "unexpected", extend=True)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(SIZE)


@pytest.fixture
def page(qtbot: QtBot, desk: FakeDesk) -> Iterator[ListPage]:
    with office(desk) as background:
        made = ListPage(SCREEN, background)
        qtbot.addWidget(made)
        made.resize(1228, 844)
        made.show()
        settled(qtbot, made)
        yield made


def settled(qtbot: QtBot, page: ListPage) -> None:
    qtbot.waitUntil(lambda: page.model.complete and not page.background.busy, timeout=20_000)


def numbers_shown(page: ListPage) -> list[int]:
    first, last = page.table.seen()
    lines = [page.model.line(at) for at in range(first, last + 1)]
    return [line.row["n"] for line in lines if line is not None]


def cell(page: ListPage, row: int, column: int) -> str:
    return str(page.model.data(page.model.index(row, column)))


def test_the_page_says_how_many_there_are_and_what_they_are_worth(page: ListPage) -> None:
    assert "5,000" in page.head.facts.text()
    assert "¥ " in page.head.facts.text()
    assert "5,000" in page.range.text()


def test_every_row_of_a_jump_to_the_middle_arrives(qtbot: QtBot, page: ListPage) -> None:
    page.table.verticalScrollBar().setValue(SIZE // 2 * 52)
    qtbot.waitUntil(lambda: len(numbers_shown(page)) >= 10)
    assert numbers_shown(page)[0] == SIZE // 2 + 1
    assert page.model.line(SIZE // 2 - 2000) is None, "only what is looked at is read"


def test_the_window_never_waits_for_the_desk(qtbot: QtBot, page: ListPage, desk: FakeDesk) -> None:
    with desk.holding():
        page.table.verticalScrollBar().setValue(SIZE // 3 * 52)
        assert cell(page, SIZE // 3, 0) == ""
        assert not page.grab().isNull()
    qtbot.waitUntil(lambda: cell(page, SIZE // 3, 0) != "")


def test_a_click_on_the_head_sorts_and_a_second_one_turns_the_order(qtbot: QtBot, page: ListPage) -> None:
    header = page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(4) + 20, 10)
    for falling in (False, True):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settled(qtbot, page)
        costs = [float(cell(page, row, 4).replace(",", "")) for row in range(20)]
        assert costs == sorted(costs, reverse=falling)
    assert page.order.isVisible()


def test_a_column_without_an_index_does_not_sort(qtbot: QtBot, page: ListPage, desk: FakeDesk) -> None:
    desk.calls.clear()
    header = page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(5) + 20, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.calls == []


def test_a_search_in_chinese_narrows_the_list_a_moment_after_the_last_key(
    qtbot: QtBot, page: ListPage, desk: FakeDesk
) -> None:
    desk.calls.clear()
    qtbot.keyClick(page.table, Qt.Key.Key_Slash)
    assert page.filters.search.line.hasFocus()
    for word in ("打", "印"):
        type_words(page.filters.search.line, word)
    qtbot.waitUntil(lambda: page.filters.text() == "打印")
    settled(qtbot, page)
    assert all("打印" in cell(page, row, 0) for row in range(10))
    assert desk.calls.count("first") == 1, "asked once for both keys"


def test_filters_say_what_they_let_through_and_are_cleared_with_one_click(qtbot: QtBot, page: ListPage) -> None:
    chip = page.filters.chips[0]
    chip.choose(("repair", "lent"))
    settled(qtbot, page)
    assert page.view().filters == (("status", ("repair", "lent")),)
    assert len(page.model.numbers) == sum(STATES[n % 7] in ("repair", "lent") for n in range(1, SIZE + 1))
    assert chip.text().count(chip.name("repair")) == 1
    assert chip.name("lent") in chip.text()
    qtbot.mouseClick(page.filters.clear_all, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    assert len(page.model.numbers) == SIZE


def test_backspace_on_a_chip_takes_its_filter_away(qtbot: QtBot, page: ListPage) -> None:
    chip = page.filters.chips[0]
    chip.choose(("idle",))
    qtbot.keyClick(chip, Qt.Key.Key_Backspace)
    assert page.view().filters == ()


def test_values_are_ticked_in_the_list_under_a_chip(qtbot: QtBot, page: ListPage) -> None:
    chip = page.filters.chips[0]
    qtbot.keyClick(chip, Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup.list, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    assert chip.values == (chip.spec.choices[0],)
    popup.close()


def test_people_are_found_and_ticked_under_a_chip(qtbot: QtBot, page: ListPage) -> None:
    chip = page.filters.chips[2]
    chip.open()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    type_words(popup.line.line, "李")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: [o.words for o in popup.list.offered.options] == ["李秀英"])  # type: ignore[attr-defined]
    popup.list.choose(0)  # type: ignore[attr-defined]
    popup.close()
    settled(qtbot, page)
    assert chip.values == (person(1),)
    assert "李秀英" in chip.text()
    assert {page.model.line(row).row["keeper"] for row in range(10)} == {"李秀英"}  # type: ignore[union-attr]


def test_a_range_of_days_is_inclusive_and_may_stay_open(qtbot: QtBot, page: ListPage) -> None:
    chip = page.filters.chips[3]
    chip.choose((date(2015, 1, 2), date(2015, 1, 3)))
    settled(qtbot, page)
    assert {page.model.line(row).row["acquired_on"].day for row in range(4)} == {2, 3}  # type: ignore[union-attr]
    chip.choose((None, date(2015, 1, 3)))
    assert "≤" in chip.text()


def test_a_range_that_ends_before_it_begins_is_refused(qtbot: QtBot, page: ListPage) -> None:
    chip = page.filters.chips[3]
    chip.open()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.low.line.setText("2020-01-02")  # type: ignore[attr-defined]
    popup.high.line.setText("2020-01-01")  # type: ignore[attr-defined]
    popup.take()  # type: ignore[attr-defined]
    assert popup.wrong.isVisible()  # type: ignore[attr-defined]
    assert chip.values == ()
    popup.close()


def test_an_answer_to_an_older_question_is_never_shown(qtbot: QtBot, page: ListPage, desk: FakeDesk) -> None:
    with desk.holding():
        page.filters.chips[0].choose(("idle",))
        page.filters.chips[0].choose(("lent",))
    settled(qtbot, page)
    assert {page.model.line(row).row["status"] for row in range(20)} == {"lent"}  # type: ignore[union-attr]


def test_a_failing_query_is_said_and_the_old_rows_stay(qtbot: QtBot, page: ListPage, desk: FakeDesk) -> None:
    before = numbers_shown(page)
    desk.broken = NotAllowed("Your role does not include this: {needs}", needs="assets.list")
    page.reload()
    qtbot.waitUntil(page.banner.isVisible)
    assert "assets.list" in page.banner.sentence.text()
    assert numbers_shown(page)[:8] == before[:8]
    desk.broken = None
    qtbot.mouseClick(page.banner.action, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    assert not page.banner.isVisible()


def test_nothing_found_and_nothing_yet_are_two_things(qtbot: QtBot, page: ListPage, desk: FakeDesk) -> None:
    type_words(page.filters.search.line, "没有这样的东西")
    qtbot.waitUntil(page.unmatched.isVisible)
    page.unmatched.action.click()
    settled(qtbot, page)
    assert page.table.isVisible()
    desk.size = 0
    page.reload()
    qtbot.waitUntil(page.empty.isVisible)
    with qtbot.waitSignal(page.act_requested) as asked:
        page.empty.action.click()
    assert asked.args[0].name == SCREEN.add


def test_who_may_add_nothing_is_not_told_to_add(qtbot: QtBot, desk: FakeDesk) -> None:
    desk.size = 0
    with office(desk) as background:
        made = ListPage(replace(SCREEN, acts=()), background)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(made.empty.isVisible)
        assert made.empty.sentence.text() == words("There is none in the compounds your roles reach.")
        assert not made.empty.action.isVisible()


def test_a_defect_that_is_overdue_says_so_in_the_list_until_it_is_settled() -> None:
    LOOK.use(lang="en")
    row = {"due_on": date(2001, 2, 3), "settled_on": None}
    assert title_defects.due(row) == "2001-02-03 · Overdue"
    assert title_defects.due(row | {"settled_on": date(2001, 3, 1)}) == "2001-02-03"
    assert title_defects.due(row | {"due_on": date(2999, 1, 1)}) == "2999-01-01"
    assert title_defects.due(row | {"due_on": None}) == "—"


def test_marks_and_place_stay_with_their_records_when_the_list_is_read_again(
    qtbot: QtBot, page: ListPage, desk: FakeDesk
) -> None:
    page.table.verticalScrollBar().setValue(100 * 52 + 17)
    settled(qtbot, page)
    page.table.mark([103, 105])
    desk.gone = set(range(1, 11))
    page.background.changed.emit(frozenset({"asset"}))
    qtbot.waitUntil(lambda: len(page.model.numbers) == SIZE - 10, timeout=20_000)
    settled(qtbot, page)
    assert list(page.table.numbers()) == [104, 106]
    assert numbers_shown(page)[0] == 101
    assert page.table.verticalScrollBar().value() == 90 * 52 + 17


def test_marks_made_while_the_list_is_read_again_are_kept(qtbot: QtBot, page: ListPage, desk: FakeDesk) -> None:
    with desk.holding():
        page.reload()
        page.table.mark([3])
    settled(qtbot, page)
    assert list(page.table.numbers()) == [4]


def test_sorting_keeps_the_marked_record_marked(qtbot: QtBot, page: ListPage) -> None:
    page.table.mark([5])
    page.sort_by(4, True)
    settled(qtbot, page)
    assert list(page.table.numbers()) == [6]
    assert page.table.seen()[0] == 0


def test_changes_of_other_kinds_of_record_do_not_read_the_list_again(page: ListPage, desk: FakeDesk) -> None:
    desk.calls.clear()
    page.background.changed.emit(frozenset({"handover"}))
    assert desk.calls == []


def test_all_of_a_million_are_marked_without_reading_one(qtbot: QtBot) -> None:
    desk = FakeDesk(1_000_000)
    with office(desk) as background:
        page = ListPage(SCREEN, background)
        qtbot.addWidget(page)
        page.show()
        settled(qtbot, page)
        desk.calls.clear()
        qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert page.table.marks() == 1_000_000
        assert page.table.all_marked()
        with qtbot.waitSignal(page.act_requested) as asked:
            page.run(SCREEN.acts[1])
        act, numbers, rows = asked.args
        assert act.name == "assign"
        assert len(numbers) == 1_000_000
        assert isinstance(numbers, array)
        assert len(rows) <= 500
        assert desk.calls == []


def test_a_list_of_a_hundred_thousand_scrolls_filters_searches_and_sorts(qtbot: QtBot) -> None:
    with office(FakeDesk(100_000)) as background:
        page = ListPage(SCREEN, background)
        qtbot.addWidget(page)
        page.show()
        settled(qtbot, page)
        qtbot.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: numbers_shown(page)[-1:] == [100_000])
        page.filters.chips[0].choose(("idle",))
        page.filters.search.set_value("空调")
        qtbot.waitUntil(lambda: page.filters.text() == "空调")
        page.sort_by(4, True)
        settled(qtbot, page)
        rows = [page.model.line(at).row for at in range(20)]  # type: ignore[union-attr]
        assert {row["status"] for row in rows} == {"idle"}
        assert all("空调" in row["name"] for row in rows)
        assert [row["cost"] for row in rows] == sorted((row["cost"] for row in rows), reverse=True)


def test_shift_marks_a_run_and_the_act_gets_its_numbers_and_rows(qtbot: QtBot, page: ListPage) -> None:
    for row, keys in ((2, Qt.KeyboardModifier.NoModifier), (4, Qt.KeyboardModifier.ShiftModifier)):
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, keys, QPoint(100, row * 52 + 20))
    with qtbot.waitSignal(page.act_requested) as asked:
        page.buttons[SCREEN.acts[1]].click()
    assert list(asked.args[1]) == [3, 4, 5]
    assert [row["n"] for row in asked.args[2]] == [3, 4, 5]


def test_enter_opens_the_record_the_keyboard_is_on(qtbot: QtBot, page: ListPage) -> None:
    page.table.mark([0])
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args[0]["n"] == 2


def test_the_pane_shows_the_marked_record_and_its_history(qtbot: QtBot, page: ListPage) -> None:
    page.table.mark([1])
    assert page.detail.title.text() == cell(page, 1, 0)
    assert page.detail.facts["keeper_id"].value.text() == cell(page, 1, 5)
    page.detail.tabs.chosen.emit(1)
    qtbot.waitUntil(lambda: page.detail.history.steps.count() == 2)
    said = " ".join(label.text() for label in page.detail.history.findChildren(type(page.detail.title)))
    assert "王建国 → 李秀英" in said, "people by name, not by id"


def test_the_pane_follows_a_change_of_its_record(qtbot: QtBot, page: ListPage, desk: FakeDesk) -> None:
    page.table.mark([1])
    desk.changed[2] = {"keeper": "古丽娜尔"}
    page.background.changed.emit(frozenset({"asset"}))
    qtbot.waitUntil(lambda: page.detail.facts["keeper_id"].value.text() == "古丽娜尔", timeout=20_000)


def test_facts_only_the_register_knows_are_folded_away(qtbot: QtBot, page: ListPage) -> None:
    page.table.mark([0])
    assert "供应商" not in _said(page.detail)
    page.detail._toggle()
    qtbot.waitUntil(lambda: "供应商" in _said(page.detail))


def _said(widget: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_acts_that_are_not_allowed_are_not_there(qtbot: QtBot) -> None:
    screen = replace(SCREEN, acts=(*SCREEN.acts, Act("assets.forbidden", "x", "Forbidden", on="none")))
    with office(FakeDesk(3)) as background:
        page = ListPage(screen, background)
        qtbot.addWidget(page)
        assert [act.name for act in page.buttons] == ["assets.export", "assign", "assets.register"]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_language_and_theme_change_live(qtbot: QtBot, page: ListPage, tokens: object, lang: str) -> None:
    before = LOOK.tokens, LOOK.lang
    try:
        LOOK.use(tokens=tokens, lang=lang)  # type: ignore[arg-type]
        settled(qtbot, page)
        qtbot.waitUntil(lambda: cell(page, 0, 3) == page.filters.chips[0].name("in_use"))
        picture = page.grab().toImage()
        assert picture.pixelColor(5, 5).name().upper() == LOOK.tokens.bg
    finally:
        LOOK.use(tokens=before[0], lang=before[1])


def test_everything_the_keyboard_reaches_has_a_name(page: ListPage) -> None:
    reached = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    nameless = [w for w in reached if not _name(w) and w.objectName() != "qt_scrollarea_viewport"]
    assert len(reached) > 8
    assert nameless == []


def _name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def test_a_cell_is_read_out_with_the_name_of_its_column(page: ListPage) -> None:
    spoken = page.model.data(page.model.index(1, 3), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{page.model.headerData(3, Qt.Orientation.Horizontal)}: {cell(page, 1, 3)}"


def test_a_narrow_window_leaves_out_columns_at_the_right_and_the_pane(qtbot: QtBot, page: ListPage) -> None:
    page.resize(620, 600)
    assert not page.detail.isVisible()
    assert page.table.isColumnHidden(5)
    assert not page.table.isColumnHidden(0)
    assert page.table.columnWidth(0) >= 180


def test_nothing_stays_behind_a_closed_page(qtbot: QtBot) -> None:
    gc.collect()
    before = set(QApplication.topLevelWidgets())
    with office(FakeDesk(200)) as background:
        page = ListPage(SCREEN, background)
        page.show()
        settled(qtbot, page)
        page.filters.chips[0].open()
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.close()
        page.close()
        page.deleteLater()
        del page, popup
        qtbot.waitUntil(lambda: gc.collect() >= 0 and set(QApplication.topLevelWidgets()) <= before)


def test_rows_asked_for_before_the_order_changed_are_never_shown_after_it(
    qtbot: QtBot, page: ListPage, desk: FakeDesk
) -> None:
    model = page.model
    model.watch(60, 80)
    stale = model._order_no
    late = {3: [Line({"n": 1}, ("stale",) * 9, ("",) * 9)] * 24}
    page.sort_by(2, True)
    settled(qtbot, page)
    model._landed(stale, late)
    assert model.line(72) is None or model.line(72).texts[0] != "stale"  # type: ignore[union-attr]
    model.watch(60, 80)
    qtbot.waitUntil(lambda: all(model.line(row) for row in range(60, 80)))
    assert [model.line(row).row["n"] for row in range(60, 80)] == list(model.numbers[60:80])  # type: ignore[union-attr]
