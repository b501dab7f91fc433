"""Boards and pages of places in the real window: found by keys, opened, filtered, printed, in both faces."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from models.cost_entry import Function
from models.role_grant import Role
from services import accounts, office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.listing import View
from services.room_sheets import RoomSheet
from tests.documents.sample import text
from tests.ui.test_window import PASSWORD, bench, colours, hand, opened, sample, strays, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.going import ToList, ToPaper
from ui.kit.messages import Toast
from ui.kit.text import words
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.compound import CompoundPage
from ui.pages.costs import CostsPage
from ui.pages.offices import OfficesPage
from ui.pages.paper import PaperPage
from ui.pages.places import PlacesPage
from ui.pages.room import RoomPage
from ui.screens import BOARDS, SCREENS
from ui.workbench import Workbench

OURS = ("places", "costs", "offices")


def settle(bench: Workbench, hand: Hand) -> None:
    hand.until(lambda: not bench.background.busy, "the answers")
    hand.rest()
    hand.until(lambda: not bench.background.busy, "what they led to")
    hand.rest()


def board(bench: Workbench, hand: Hand, name: str) -> Any:
    bench.show_screen(name)
    settle(bench, hand)
    return bench.boards[name]


def page(bench: Workbench, hand: Hand) -> Any:
    settle(bench, hand)
    return bench.pages.currentWidget()


def texts(grid: Any, column: int = 0) -> list[str]:
    return [grid.records.data(grid.records.index(row, column)) for row in range(grid.records.rowCount())]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("name", OURS)
def test_every_board_shows_what_there_is(bench: Workbench, hand: Hand, name: str, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    shown = board(bench, hand, name)
    assert BOARDS[name].title and colours(shown) > 12
    assert unnamed(shown) == []


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_a_compound_and_a_room_have_their_page(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    compound = bench.background.desk.first(View("compounds"), 1)[0]
    bench.places.compound(compound["id"])
    shown = page(bench, hand)
    assert isinstance(shown, CompoundPage) and shown.head.title.text() == compound["name"]
    assert unnamed(shown) == [] and colours(shown) > 12
    bench.places.room(bench.background.desk.first(View("rooms"), 1)[0]["id"])
    room = page(bench, hand)
    assert isinstance(room, RoomPage) and room.seen is not None
    assert unnamed(room) == [] and colours(room) > 12
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is shown


@pytest.mark.parametrize(("lang", "name"), [("zh_CN", "移交书"), ("en", "Handover papers")])
def test_a_compound_is_handed_over_from_its_page(bench: Workbench, hand: Hand, lang: str, name: str) -> None:
    LOOK.use(lang=lang)
    smallest = next(r for r in bench.background.desk.first(View("compounds"), 9) if r["name"].startswith("西湖里"))
    bench.places.compound(smallest["id"])
    shown = page(bench, hand)
    went: list[Any] = []
    shown.went.connect(went.append)
    hand.click(name, shown)
    assert isinstance(went[0], ToPaper) and isinstance(bench.pages.currentWidget(), PaperPage)
    assert "西湖里" in text(went[0].work(bench.background.desk))


def test_no_part_of_a_page_comes_up_as_a_window_of_its_own(strays: list[QWidget], bench: Workbench, hand: Hand) -> None:
    for name in OURS:
        board(bench, hand, name)._print()
        settle(bench, hand)
    bench.places.compound(bench.background.desk.first(View("compounds"), 1)[0]["id"])
    bench.places.room(over(bench, 1).id)
    settle(bench, hand)
    assert strays == [bench]


# Places


def test_the_tree_is_walked_by_keys_and_opens_lists_of_a_node(bench: Workbench, hand: Hand) -> None:
    shown: PlacesPage = board(bench, hand, "places")
    QAbstractItemModelTester(shown.grid.records, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    assert shown.grid.hasFocus() and len(texts(shown.grid)) == 7, "six compounds and the totals of all"
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down):
        hand.press(key)
    spot: Any = shown.grid.key()
    assert spot.kind == "floor"
    node = next(b for c in shown.nodes for b in c.children if b.id == spot.building)
    hand.press(Qt.Key.Key_Return)
    settle(bench, hand)
    rooms = bench.lists["rooms"]
    assert bench.pages.currentWidget() is rooms
    assert dict(rooms.filters.filters()) == {"building_id": (spot.building,), "floor": (spot.floor,)}
    assert rooms.figures.matching == node.children[0].rooms
    assert node.name in rooms.filters.chips[1].text(), "the chip says the building by its name"


def test_enter_on_a_compound_opens_its_page_and_escape_leads_back(bench: Workbench, hand: Hand) -> None:
    shown: PlacesPage = board(bench, hand, "places")
    hand.press(Qt.Key.Key_Return)
    assert isinstance(page(bench, hand), CompoundPage)
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is shown


def test_the_assets_of_a_compound_are_as_many_as_the_tree_says(bench: Workbench, hand: Hand) -> None:
    shown: PlacesPage = board(bench, hand, "places")
    hand.click("assets", shown)
    settle(bench, hand)
    assert bench.lists["assets"].figures.matching == shown.nodes[0].assets


def test_a_word_in_the_search_leaves_the_nodes_that_have_it(bench: Workbench, hand: Hand) -> None:
    shown: PlacesPage = board(bench, hand, "places")
    hand.press(Qt.Key.Key_Slash)
    assert shown.search.line.hasFocus()
    hand.type(shown.search.line, "宿舍3")
    hand.until(lambda: len(texts(shown.grid)) == 2, "the two dormitories")
    first = shown.grid.records.index(0, 0)
    assert shown.grid.isExpanded(first) and shown.grid.records.rowCount(first) == 1
    hand.type(shown.search.line, "没有这个地方")
    hand.until(lambda: shown.stack.currentWidget() is shown.unmatched, "that nothing matches")
    shown.search.empty()
    hand.until(lambda: len(texts(shown.grid)) == 7, "all of them")


def test_a_new_building_counts_at_once_and_what_was_open_stays_open(bench: Workbench, hand: Hand) -> None:
    shown: PlacesPage = board(bench, hand, "places")
    hand.press(Qt.Key.Key_Home)
    hand.press(Qt.Key.Key_Right)
    before, compound = shown.nodes[0].floor_area, shown.nodes[0].id
    values = {"compound_id": compound, "code": "NEW9", "name": "新楼", "area": 12345}
    bench.background.do("buildings.add", values)
    hand.until(lambda: shown.nodes[0].floor_area == before + 12345, "the new building")
    assert shown.grid.isExpanded(shown.grid.records.index(0, 0))


# Compound and room


def test_a_compound_is_opened_from_its_list_and_leads_into_filtered_lists(bench: Workbench, hand: Hand) -> None:
    bench.show_screen("compounds")
    listed = bench.lists["compounds"]
    hand.until(lambda: listed.model.complete and listed.model.line(0), "the compounds")
    hand.press(Qt.Key.Key_Return)
    shown = page(bench, hand)
    assert isinstance(shown, CompoundPage) and shown.sheet is not None and shown.sheet.row is not None
    people = shown.sheet.people
    shown.stats["staff"].opened.emit()
    settle(bench, hand)
    assert bench.lists["staff"].figures.matching == people and bench.current == "staff"


def test_what_is_shown_of_others_is_read_again_when_they_change(bench: Workbench, hand: Hand) -> None:
    desk = bench.background.desk
    title = next(r for r in desk.first(View("titles"), 99) if r["state"].value == "registered")
    bench.places.compound(title["compound_id"])
    shown: CompoundPage = page(bench, hand)
    assert shown.sheet is not None and shown.sheet.row is not None and shown.sheet.defects is not None
    before = shown.sheet.defects
    inside = (("compound_id", (title["compound_id"],)),)
    assert shown.stats["titles"].figure.text() == str(desk.count(View("titles", filters=inside)))
    given = {"compound_id": title["compound_id"], "title_id": title["id"], "kind": "no_permits", "opened_on": today()}
    bench.background.do("title_defects.add", given)
    hand.until(lambda: shown.sheet and shown.sheet.defects == before + 1, "the defect")
    unit = shown.sheet.row["unit_id"]
    bench.background.do("organizations.revise", {"organization_id": unit, "name": "新后勤处"})
    hand.until(lambda: shown.facts["unit_id"].value.text() == "新后勤处", "the new name of the unit")
    room = desk.first(View("rooms"), 1)[0]
    bench.places.room(room["id"])
    sheet: RoomPage = page(bench, hand)
    bench.background.do("buildings.revise", {"building_id": room["building_id"], "name": "新楼名"})
    hand.until(lambda: sheet.plain["room.building_id"].value.text() == "新楼名", "the new name of the building")


def test_a_compound_is_edited_from_its_page(bench: Workbench, hand: Hand) -> None:
    compound = next(r for r in bench.background.desk.first(View("compounds"), 9) if r["code"] == "XH")
    bench.show_screen("compounds")
    bench.places.compound(compound["id"])
    shown = page(bench, hand)
    hand.click("Edit", shown)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    hand.type(form.fields["headcount"].box.inner(), "777")
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is shown, "the form to be saved")
    hand.until(lambda: shown.facts["headcount"].value.text() == "777", "the new count")


def over(bench: Workbench, users: int) -> RoomSheet:
    """An office that is over the standard, with as many users."""
    desk, on = bench.background.desk, date(2026, 11, 25)
    found = next(c for c in desk.ask("occupancies.check", on=on) if c.over and c.users == users)
    sheet = desk.ask("occupancies.room", room_id=found.id, on=on)
    assert isinstance(sheet, RoomSheet)
    return sheet


def test_a_room_says_that_it_is_over_and_takes_another_user(bench: Workbench, hand: Hand) -> None:
    sheet = over(bench, 1)
    bench.show_screen("rooms")
    bench.places.room(sheet.id)
    shown = page(bench, hand)
    assert shown.over.isVisible() and shown.seen.sheet.over == sheet.over
    hand.click("Add user", shown)
    form = page(bench, hand)
    assert isinstance(form, FormPage) and "room_id" not in form.fields
    hand.type(form.fields["unit_id"].box.inner(), "DAJ")
    hand.until(lambda: form.fields["unit_id"].box.list.isVisible(), "what the picker offers")
    hand.press(Qt.Key.Key_Return)
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is shown, "the form to be saved")
    hand.until(lambda: len(shown.seen.sheet.uses) == 2, "the new user")
    assert not shown.over.isVisible(), "of a user without a rank nobody can say what he may have"
    hand.click("Undo", bench.findChildren(Toast)[-1])
    hand.until(lambda: len(shown.seen.sheet.uses) == 1, "the sample as others find it")


def test_the_use_of_a_room_is_ended_from_its_sheet(bench: Workbench, hand: Hand) -> None:
    sheet = over(bench, 1)
    bench.show_screen("rooms")
    bench.places.room(sheet.id)
    shown = page(bench, hand)
    hand.click("End use…", shown)
    form: Any = page(bench, hand)
    assert set(form.fields) == {"until_on"}
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is shown, "the form to be saved")
    hand.until(lambda: shown.seen.sheet.uses[0].until_on == today(), "today as its last day")
    hand.click("End use…", shown)
    form = page(bench, hand)
    hand.type(form.fields["until_on"].box.inner(), "2026-01-31")
    form.submit()
    hand.until(lambda: not shown.seen.sheet.now, "the room to be empty")
    assert not shown.end.isEnabled()


def test_a_room_says_who_held_and_used_it_on_a_past_day_and_by_which_paper(bench: Workbench, hand: Hand) -> None:
    desk = bench.background.desk
    use = next(o for o in desk.first(View("occupancies"), 99) if o["agreement"] and o["from_on"] > date(2015, 1, 1))
    rights = desk.ask("rights.on", building_id=_building(bench, use["room_id"]), room_id=use["room_id"], on=today())
    assert rights.users and rights.users[0].paper
    bench.places.room(use["room_id"])
    shown = page(bench, hand)
    assert not shown.past.isVisible()
    hand.type(shown.day.box.line, "1980-01-01")
    hand.until(lambda: shown.seen.sheet.on == date(1980, 1, 1), "the day")
    assert [tile.value.text() for tile in shown.facts.tiles] == [words("nobody recorded")] * 4
    assert shown.past.isVisible() and "1980-01-01" in shown.past.sentence.text() and not shown.seen.sheet.now
    hand.type(shown.day.box.line, "1980-01")
    hand.press(Qt.Key.Key_Return)
    assert shown.day.box.wrong and shown.day.day == date(1980, 1, 1), "half a day is no day"
    hand.click("Back to today", shown)
    hand.until(lambda: shown.seen.sheet.on == today(), "today")
    settle(bench, hand)
    assert rights.users[0].paper in shown.facts.tiles[2].note.text() and not shown.past.isVisible()


def _building(bench: Workbench, room: UUID) -> UUID:
    sheet = bench.background.desk.ask("occupancies.room", room_id=room, on=today())
    assert isinstance(sheet, RoomSheet)
    return sheet.building_id


def test_a_room_without_users_and_assets_says_so(bench: Workbench, hand: Hand) -> None:
    building = bench.background.desk.first(View("buildings"), 1)[0]
    room = bench.background.desk.do(
        "rooms.add", compound_id=building["compound_id"], building_id=building["id"], number="B01", name="会议室"
    ).value
    LOOK.use(lang="zh_CN")
    bench.places.room(room)
    shown = page(bench, hand)
    assert shown.head.title.text() == "B01 会议室", "and not 会议室 室"
    assert shown.nobody.isVisible() and shown.nothing.isVisible()
    assert not shown.grid.isVisible() and not shown.assets.isVisible(), "nothing looks as if it were still coming"


def test_the_assets_of_a_room_are_shown_in_the_register(bench: Workbench, hand: Hand) -> None:
    room = next(a for a in bench.background.desk.first(View("assets"), 9) if a["room_id"])["room_id"]
    bench.show_screen("rooms")
    bench.places.room(room)
    shown = page(bench, hand)
    count = shown.seen.assets
    shown.all.click()
    settle(bench, hand)
    assert bench.current == "assets" and bench.lists["assets"].figures.matching == count > 0


def test_the_assets_of_a_room_speak_the_language_that_is_chosen(bench: Workbench, hand: Hand) -> None:
    LOOK.use(lang="zh_CN")
    room = next(row for row in bench.background.desk.first(View("assets"), 1))["room_id"]
    bench.places.room(room)
    page = bench.pages.currentWidget()
    assert isinstance(page, RoomPage)
    assert page.assets
    model = page.assets.lines
    hand.until(lambda: model.line(0) is not None, "the assets")
    said = {text for at in range(3) if (line := model.line(at)) for text in line.texts}
    LOOK.use(lang="en")
    hand.until(lambda: (line := model.line(0)) is not None and line.texts[2] not in said, "the same in English")


def test_an_occupancy_opens_its_room(bench: Workbench, hand: Hand) -> None:
    bench.show_screen("occupancies")
    listed = bench.lists["occupancies"]
    hand.until(lambda: listed.detail.row is not None, "the first occupancy")
    hand.click("Room sheet", listed.detail)
    assert isinstance(page(bench, hand), RoomPage)


def test_papers_that_run_out_are_a_filter_of_the_list(bench: Workbench, hand: Hand) -> None:
    wanted = (("certificate_until", (date(2026, 11, 25), date(2026, 12, 31))),)
    bench.places.go(ToList("occupancies", wanted))
    settle(bench, hand)
    listed = bench.lists["occupancies"]
    assert 0 < listed.figures.matching < listed.figures.total
    assert "2026-12-31" in next(c.text() for c in listed.filters.chips if c.values)


# Costs


def test_the_dearest_compound_stands_first_and_a_click_sorts(bench: Workbench, hand: Hand) -> None:
    shown: CostsPage = board(bench, hand, "costs")
    names = texts(shown.grid)
    assert names[0] == "人民东路办公大院" and len(names) == 7
    assert shown.banner.isVisible() and "人民东路办公大院" in shown.banner.sentence.text()
    shown.grid.sort_by(1, False)
    assert texts(shown.grid)[5] == "人民东路办公大院" and texts(shown.grid)[6] == names[6], "the median stays below"
    assert shown.grid.key() is not None


def test_another_year_is_chosen_and_written_to_a_file(bench: Workbench, hand: Hand, tmp_path: Path) -> None:
    shown: CostsPage = board(bench, hand, "costs")
    assert shown.chooser is not None and shown.year == 2025
    total = shown.stats[0].figure.text()
    shown.chooser.set_value(2024)
    shown.chooser.edited.emit()
    hand.until(lambda: shown.stats[0].figure.text() != total, "the other year")
    out = tmp_path / "costs.xlsx"
    hand.choose_file(partial(hand.click, "Export", shown), out)
    hand.until(out.exists, "the file")
    hand.click("Entries", shown)
    settle(bench, hand)
    assert dict(bench.lists["cost_entries"].filters.filters())["year"] == (2024, 2024)


def test_a_year_is_entered_in_one_form(bench: Workbench, hand: Hand) -> None:
    shown: CostsPage = board(bench, hand, "costs")
    shown.grid.mark(shown.found[-1].id)
    hand.click("Revise this year", shown)
    form: Any = page(bench, hand)
    assert isinstance(form, FormPage) and "compound_id" not in form.fields
    assert form.fields["guards"].value() == shown.found[-1].amounts[Function.GUARDS]
    hand.type(form.fields["catering"].box.inner(), "123456.78")
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is shown, "the form to be saved")
    hand.until(lambda: any(12345678 in cost.amounts.values() for cost in shown.found), "the new amount")


@pytest.fixture
def fresh(qtbot: Any, tmp_path: Path) -> Iterator[tuple[Workbench, Hand]]:
    """An office that has one compound with a long name, and nothing else."""
    made = office.set_up(tmp_path, name="某局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR)
    made.desk.do("compounds.add", code="C1", name="某某市机关事务管理局第一综合办公大院及其附属宿舍区（东区）")
    window = Workbench(made.desk)
    qtbot.addWidget(window)
    failed: list[object] = []
    window.failed.connect(failed.append)
    window.resize(1200, 800)
    window.show()
    yield window, Hand(window)
    assert not failed and window.leave()
    made.close()


def test_an_office_without_costs_is_led_to_its_first(fresh: tuple[Workbench, Hand]) -> None:
    window, hands = fresh
    shown: CostsPage = board(window, hands, "costs")
    assert shown.empty.isVisible() and not shown.export.isEnabled() and unnamed(shown) == []
    shown.empty.action.click()
    form: Any = page(window, hands)
    hands.type(form.fields["compound_id"].box.inner(), "C1")
    hands.until(lambda: form.fields["compound_id"].box.list.isVisible(), "what the picker offers")
    hands.press(Qt.Key.Key_Return)
    form.submit()
    hands.until(lambda: form.fields["management"].wrong, "that an amount is missing")
    hands.type(form.fields["guards"].box.inner(), "12.5万")
    form.submit()
    hands.until(lambda: window.pages.currentWidget() is shown, "the form to be saved")
    hands.until(lambda: [cost.total for cost in shown.found] == [12_500_000], "the first costs")
    assert shown.grid.isVisible() and shown.found[0].per_square_metre is None, "there is no building yet"


@pytest.mark.parametrize("name", OURS)
def test_every_board_and_page_of_an_empty_office_says_what_it_is_for(fresh: tuple[Workbench, Hand], name: str) -> None:
    window, hands = fresh
    shown = board(window, hands, name)
    assert unnamed(shown) == []
    window.places.compound(window.background.desk.first(View("compounds"), 1)[0]["id"])
    assert page(window, hands).none.isVisible()


# Office space


def test_a_decision_is_recorded_about_an_office_that_is_over(bench: Workbench, hand: Hand) -> None:
    shown: OfficesPage = board(bench, hand, "offices")
    keys: list[Any] = [line.key for line in shown.grids[0].records.top]
    check = next(key for key in keys if len(key.rows) == 1)
    shown.grids[0].mark(check)
    hand.click("Record decision", shown)
    form: Any = page(bench, hand)
    hand.type(form.fields["decision"].box.inner(), "调整为两人合用")
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is shown, "the form to be saved")
    hand.until(lambda: any(c.decision == "调整为两人合用" for c in shown.found.checks), "the decision")
    row = bench.background.desk.first(View("occupancies", filters=(("decision", ("调整为两人合用",)),)), 1)[0]
    assert row["decided_on"] == today(), "the day that stood there is kept, though nobody touched it"
    hand.until(lambda: "调整为两人合用" in texts(shown.grids[0], 5), "the decision in its row")


def test_the_tabs_are_turned_by_keys_and_a_vacant_room_is_opened(bench: Workbench, hand: Hand) -> None:
    shown: OfficesPage = board(bench, hand, "offices")
    shown.tabs._group.button(0).setFocus()
    hand.press(Qt.Key.Key_Right)
    hand.press(Qt.Key.Key_Right)
    assert shown.stack.currentWidget() is shown.grids[2] and shown.grids[2].records.top
    shown.grids[2].setFocus()
    hand.press(Qt.Key.Key_Return)
    assert isinstance(page(bench, hand), RoomPage)


def test_another_day_is_checked_by_what_was_true_then(bench: Workbench, hand: Hand) -> None:
    shown: OfficesPage = board(bench, hand, "offices")
    hand.type(shown.day.box.line, "2000-01-01")
    shown.day.box.line.returnPressed.emit()
    hand.until(lambda: shown.found.on == date(2000, 1, 1) and not shown.found.checks, "a day before anybody came")
    hand.until(lambda: shown.stack.currentWidget() is shown.empties[0], "that nothing is over")
    assert not shown.print.isEnabled()
    hand.type(shown.day.box.line, "no day")
    shown.day.box.line.returnPressed.emit()
    assert shown.day.box.wrong and shown.found.on == date(2000, 1, 1)


def test_a_unit_leads_to_its_rooms(bench: Workbench, hand: Hand) -> None:
    shown: OfficesPage = board(bench, hand, "offices")
    shown.tabs._group.button(1).click()
    hand.click("Show their rooms", shown)
    settle(bench, hand)
    assert bench.current == "occupancies" and bench.lists["occupancies"].figures.matching > 0


# Papers


@pytest.mark.parametrize("name", OURS)
def test_every_board_prints_its_paper(bench: Workbench, hand: Hand, name: str) -> None:
    shown = board(bench, hand, name)
    shown._print()
    paper = bench.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    hand.until(lambda: paper.preview.view.sizes, "the paper")
    assert paper.print.isEnabled() and unnamed(paper) == []
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is shown


def test_a_paper_that_is_left_is_not_drawn_to_its_end(bench: Workbench, hand: Hand) -> None:
    shown = board(bench, hand, "places")
    begun, left, ended = Event(), Event(), list[bool]()

    def work(desk: Desk) -> bytes:
        begun.set()
        assert left.wait(30)
        ended.append(desk.tell(1, 9))
        return b""

    bench.places.go(ToPaper("Places", "places.pdf", work))
    paper: Any = bench.pages.currentWidget()
    assert begun.wait(30) and paper.panel.isVisible() and not paper.print.isEnabled()
    hand.click("Stop", paper)
    left.set()
    settle(bench, hand)
    assert ended == [False] and bench.pages.currentWidget() is shown


# Who may what


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CONTRACT_CLERK, Role.MAINTENANCE_SUPERVISOR])
def test_a_role_sees_the_boards_it_may_and_its_pages_open(qtbot: Any, opened: office.Office, role: Role) -> None:
    desk = replace(opened.desk, grants=accounts.of_role(role))
    made = Workbench(desk)
    qtbot.addWidget(made)
    failed: list[object] = []
    made.failed.connect(failed.append)
    made.resize(1300, 800)
    made.show()
    hands = Hand(made)
    seen = [name for name in OURS if name in made.rail._items]
    assert seen == [name for name in OURS if desk.may(BOARDS[name].needs)]
    for name in seen:
        board(made, hands, name)
    made.places.compound(desk.first(View("compounds"), 1)[0]["id"])
    shown: Any = page(made, hands)
    assert set(shown.stats) == {name for name in shown.stats if desk.may(SCREENS[name].needs)}
    assert not hands_button(shown, "Edit")
    settle(made, hands)
    assert not failed and made.leave()


def hands_button(within: QWidget, name: str) -> bool:
    """Whether a visible button has this word."""
    from PySide6.QtWidgets import QAbstractButton

    return any(b.isVisible() and words(name) in b.text() for b in within.findChildren(QAbstractButton))


@pytest.mark.parametrize("width", [1000, 1440])
def test_every_place_of_the_rail_is_reached_in_a_low_window(bench: Workbench, hand: Hand, width: int) -> None:
    bench.resize(width, 560)
    hand.rest()
    assert bench.height() == 560, "the rail does not hold the window open"
    names = list(bench.rail._items)
    last = bench.rail._items[names[-1]]
    first, *_, trust = bench.rail.groups
    trust.setChecked(True)
    hand.rest()
    first.setFocus()
    hand.press(Qt.Key.Key_Up)
    assert last.hasFocus() and last.visibleRegion().boundingRect().height() == last.height()
    hand.press(Qt.Key.Key_Space)
    settle(bench, hand)
    assert bench.current == names[-1]
