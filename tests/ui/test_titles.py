"""Titles in the real window: any day of the past, events entered and taken off, numbers, areas, papers, what ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from services.desk.intent import Grant
from services.desk.listing import View
from services.rights import Answer, Effect, Finding, Purpose
from tests.services.files import pdf
from tests.services.people import Office
from tests.services.rights_people import enter, title
from ui import asks, titles
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.text import Note, Text
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.expiring import ExpiringPage
from ui.pages.files import FilesPage
from ui.pages.paper import PaperPage
from ui.pages.title import TitlePage
from ui.pages.title_areas import Scale
from ui.pages.title_may import MayPage
from ui.workbench import Workbench

Y = date
UNIT = "110108001001GB00017F00010001"
pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]


@pytest.fixture
def right(office: Office) -> UUID:
    """A building registered in 1998, renamed in 2019, mortgaged, larger than the books say."""
    made = title(office, paper="estate_certificate", unit_number=UNIT)
    enter(office.desk, made, "first_registration", Y(1998, 12, 1), party="市直机关管理局", area=1440806)
    enter(office.desk, made, "change", Y(2019, 8, 6), party="市机关事务管理局", area=1482036, certificate="京字 5 号")
    enter(office.desk, made, "mortgage", Y(2024, 1, 8), party="某银行", amount=5_000_000, until_on=Y(2027, 1, 8))
    office.desk.do("buildings.revise", building_id=office.building, area=1440806)
    return made


def opened(bench: Workbench, hand: Hand, right: UUID) -> TitlePage:
    bench.activateWindow()
    bench.show_screen("titles")
    bench.titles.open(right)
    page = bench.pages.currentWidget()
    assert isinstance(page, TitlePage)
    hand.until(lambda: page.sheet is not None, "the title")
    hand.rest()
    return page


def wait_for(hand: Hand, page: TitlePage, day: date) -> None:
    hand.until(lambda: page.sheet is not None and page.sheet.on == day, f"the title on {day}")
    hand.rest()


def form_of(bench: Workbench) -> FormPage:
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    return form


def test_a_past_day_is_typed_and_everything_is_as_it_was(bench: Workbench, hand: Hand, right: UUID) -> None:
    page = opened(bench, hand, right)
    assert page.card.parties["holders"].value.text() == "市机关事务管理局"
    assert page.card.number.text() == "京字 5 号" and len(page.ledger.rows) == 3 and not page.past.isVisible()
    hand.type(page.day.box.line, "2005-06-30")
    wait_for(hand, page, Y(2005, 6, 30))
    assert page.card.parties["holders"].value.text() == "市直机关管理局"
    assert page.card.number.text() == "Certificate number not recorded"
    assert len(page.ledger.rows) == 1 and page.past.isVisible()
    assert page.ledger.later.text().startswith("2 later entries")
    hand.type(page.day.box.line, "2005-6")
    hand.press(Qt.Key.Key_Return)
    assert page.day.box.wrong and page.day.day == Y(2005, 6, 30), "half a day is no day"
    hand.click("Back to today")
    hand.until(lambda: len(page.ledger.rows) == 3, "today")


def test_an_event_is_entered_by_its_kind_and_a_refusal_keeps_what_was_typed(
    bench: Workbench, hand: Hand, right: UUID
) -> None:
    page = opened(bench, hand, right)
    hand.click("Enter event")
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    words = [action.text() for action in menu.actions()]
    assert "Seizure" in words and "Release of a seizure" not in words, "an end belongs to what it ends"
    next(action for action in menu.actions() if action.text() == "Seizure").trigger()
    menu.close()
    form = form_of(bench)
    assert set(form.fields) == {"on", "paper", "party", "until_on", "note"}
    hand.type(form.fields["on"].box.inner(), "2999-01-01")
    hand.type(form.fields["paper"].box.inner(), "裁定书 7 号")
    hand.click("Save", form)
    assert form.fields["party"].wrong, "a seizure says by whom"
    hand.type(form.fields["party"].box.inner(), "某法院")
    hand.click("Save", form)
    hand.until(lambda: form.fields["on"].wrong, "the refusal")
    assert (form.fields["paper"].value(), form.fields["party"].value()) == ("裁定书 7 号", "某法院")
    hand.type(form.fields["on"].box.inner(), "2025-03-01")
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is page and len(page.ledger.rows) == 4, "the seizure")
    assert [row.entry.open for row in page.ledger.rows] == [True, True, False, False]


def test_what_is_open_is_ended_from_its_own_line(bench: Workbench, hand: Hand, right: UUID, office: Office) -> None:
    page = opened(bench, hand, right)
    hand.click("Release of a mortgage", page.ledger)
    form = form_of(bench)
    hand.type(form.fields["on"].box.inner(), "2025-03-01")
    hand.type(form.fields["paper"].box.inner(), "注销证明 3 号")
    hand.click("Save", form)
    hand.until(lambda: len(page.ledger.rows) == 4, "the release")
    assert not any(row.entry.open for row in page.ledger.rows)
    (release,) = (e for e in office.desk.first(View("title_events"), 9) if e["kind"].value == "mortgage_release")
    assert release["ends_id"] is not None


def test_an_entry_is_taken_off_with_a_reason(bench: Workbench, hand: Hand, right: UUID) -> None:
    page = opened(bench, hand, right)
    hand.click(f"Take off entry {page.ledger.rows[0].entry.number}", page.ledger)
    form = form_of(bench)
    hand.click("Save", form)
    assert form.fields["reason"].wrong, "without a reason nothing is taken off"
    hand.type(form.fields["reason"].box.inner(), "typed twice")
    hand.click("Save", form)
    hand.until(lambda: len(page.ledger.rows) == 2, "the ledger without it")


def test_the_unit_number_is_shown_in_groups_and_copied_whole(bench: Workbench, hand: Hand, right: UUID) -> None:
    page = opened(bench, hand, right)
    assert page.card.unit.text() == "110108 001001 GB00017 F00010001"
    page.card.unit.setFocus()
    hand.until(page.card.unit.hasFocus, "the keyboard")
    hand.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == UNIT
    assert page.card.doubts.count() == 1, "the certificate number looks wrong, the unit number does not"


def test_a_certificate_number_that_looks_wrong_is_remarked_upon_and_saved(
    bench: Workbench, hand: Hand, right: UUID
) -> None:
    page = opened(bench, hand, right)
    page.ask_event("reissue")
    form: Any = form_of(bench)
    hand.type(form.fields["paper"].box.inner(), "补发")
    hand.type(form.fields["certificate"].box.inner(), "京字 6 号")
    form.fields["note"].box.inner().setFocus()
    hand.until(lambda: "does not look like" in form.fields["certificate"].note.text(), "the remark")
    assert not form.fields["certificate"].wrong
    hand.click("Save", form)
    hand.until(lambda: page.card.number.text() == "京字 6 号", "the new number")


def test_numbers_of_a_new_title_that_look_wrong_are_remarked_upon_in_its_form(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    bench.activateWindow()
    bench.show_screen("titles")
    hand.click("Add title")
    form: Any = form_of(bench)
    form.fields["paper"].set_value("estate_certificate")
    for name, text in (("certificate", "京字 6 号"), ("unit_number", "110108 001001"), ("location", "建设路1号")):
        hand.type(form.fields[name].box.inner(), text)
    said = [form.fields[name].note.text() for name in ("certificate", "unit_number")]
    assert "does not look like" in said[0] and "no unit number" in said[1]
    form.fields["compound_id"].set_value(office.compound, "建设路大院")
    hand.click("Save", form)
    hand.until(lambda: office.desk.count(View("titles")) == 1, "the title, saved all the same")


def test_areas_stand_on_a_scale_and_the_difference_is_named(bench: Workbench, hand: Hand, right: UUID) -> None:
    page = opened(bench, hand, right)
    assert [pill.text() for pill in page.areas.pills.values()] == ["−412.30 (−2.78%)"]
    assert page.areas.warning.isVisible() and "412.30 m² less" in page.areas.warning.sentence.text()
    shares = [scale.share for scale in page.areas.findChildren(Scale) if scale.isVisible() and scale.share is not None]
    assert [round(share) for share in shares] == [0, -28]
    assert [w.kind.value for w in page.sheet.defects] == ["area_differs"] if page.sheet else False


def test_a_defect_is_entered_and_settled_on_the_page(
    bench: Workbench, hand: Hand, right: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(bench, hand, right)
    hand.click("Add defect", page.defects)
    form: Any = form_of(bench)
    form.fields["kind"].box.set_value("name_outdated")
    hand.type(form.fields["due_on"].box.inner(), "2026-01-31")
    form.fields["opened_on"].set_value(Y(2026, 1, 1))
    hand.click("Save", form)
    hand.until(lambda: page.sheet is not None and len(page.sheet.defects) == 2, "the defect")
    assert page.sheet is not None
    wrong = next(wrong for wrong in page.sheet.defects if wrong.kind.value == "name_outdated")
    assert wrong.late
    page.defects.asked.emit("title_defects.settle", wrong)
    form = form_of(bench)
    hand.type(form.fields["result"].box.inner(), "变更登记")
    hand.click("Save", form)
    hand.until(lambda: page.sheet and not any(w.late for w in page.sheet.defects), "the settled defect")
    monkeypatch.setattr(titles, "confirm", lambda *_, **__: True)
    page.defects.asked.emit("title_defects.remove", wrong)
    hand.until(lambda: page.sheet and len(page.sheet.defects) == 1, "the defect to be gone")


def test_what_it_covers_is_named_and_taken_off(
    bench: Workbench, hand: Hand, right: UUID, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(bench, hand, right)
    hand.click("What it covers…", page.card)
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["Name a building or a room", "Take off 1号楼"]
    monkeypatch.setattr(titles, "confirm", lambda *_, **__: True)
    menu.actions()[1].trigger()
    menu.close()
    hand.until(lambda: page.sheet and not page.sheet.covers, "nothing to be covered")
    hand.click("What it covers…", page.card)
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    form = form_of(bench)
    form.fields["building_id"].set_value(office.building, "1号楼")
    form.fields["room_id"].set_value(office.room, "302")
    hand.click("Save", form)
    hand.until(lambda: page.sheet and page.sheet.covers, "the room")
    assert page.card.covers.text() == "1号楼 302"


def test_disposal_and_lease_are_answered_with_sources(bench: Workbench, hand: Hand, right: UUID) -> None:
    page = opened(bench, hand, right)
    hand.click("Disposal or lease?")
    hand.until(lambda: isinstance(bench.pages.currentWidget(), MayPage), "the answer")
    hand.rest()
    said = " ".join(label.text() for label in bench.pages.findChildren(Text))
    assert "mortgaged" in said and "Civil Code art. 405" in said and "Under conditions" in said
    LOOK.use(lang="zh_CN")
    hand.rest()
    said = " ".join(label.text() for label in bench.pages.findChildren(Text) if label.isVisible())
    assert "《民法典》第四百零五条" in said and "Civil Code" not in said, "each language cites a rule in its own way"
    LOOK.use(lang="en")
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is page


def test_of_many_users_the_answer_names_the_first(
    bench: Workbench, hand: Hand, right: UUID, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(bench, hand, right)
    many = [Finding("in_use", Effect.REFUSE, "x", "x", f"单位{n}") for n in range(300)]
    monkeypatch.setattr(asks, "may", lambda *_: [(Purpose.LEASE, Answer(False, tuple(many)))])
    hand.click("Disposal or lease?")
    hand.until(lambda: isinstance(bench.pages.currentWidget(), MayPage), "the answer")
    hand.rest()
    said = [label.text() for label in bench.pages.findChildren(Text) if label.isVisible()]
    assert "单位0, 单位1, 单位2, 单位3, 单位4, 单位5 and 294 more" in said
    assert page.sheet is not None


def test_the_survey_is_looked_at_and_left_with_escape(bench: Workbench, hand: Hand, right: UUID) -> None:
    page = opened(bench, hand, right)
    hand.click("Print")
    paper = bench.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    hand.until(lambda: paper.preview.view.sizes, "the paper")
    width, height = paper.preview.view.sizes[0]
    assert width > height and paper.preview.data[:4] == b"%PDF"
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is page


def test_scans_lie_with_the_entry_they_prove_and_with_the_title(
    bench: Workbench, hand: Hand, right: UUID, tmp_path: Path
) -> None:
    page = opened(bench, hand, right)
    assert page.card.files.text() == "Attachments" and page.ledger.rows[0].entry.kind == "mortgage"
    (tmp_path / "contract.pdf").write_bytes(pdf())
    hand.click(page.ledger.rows[0].files.accessibleName(), page.ledger)
    files = bench.pages.currentWidget()
    assert isinstance(files, FilesPage) and "mortgage 2024-01-08" in files.head.facts.text()
    files.files.take([tmp_path / "contract.pdf"])
    hand.until(lambda: [item.row["name"] for item in files.files.items] == ["contract.pdf"], "the scan")
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is page
    names = [row.files.accessibleName() for row in page.ledger.rows]
    hand.until(lambda: "1" in [note.text() for note in page.ledger.rows[0].findChildren(Note)], "its number")
    assert names[0].startswith("Attachments of entry CS") and page.card.files.text() == "Attachments"
    hand.click("Attachments", page.card)
    other = bench.pages.currentWidget()
    assert isinstance(other, FilesPage) and other.files.entity == "title"
    hand.rest()
    assert not other.files.items


def test_the_history_of_a_building_is_printed_from_the_list(bench: Workbench, hand: Hand, right: UUID) -> None:
    bench.activateWindow()
    bench.show_screen("buildings")
    page = bench.lists["buildings"]
    hand.until(lambda: page.model.rowCount() == 2, "the buildings")
    page.table.mark([0])
    hand.rest()
    hand.click("History of the rights", page)
    paper = bench.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    hand.until(lambda: paper.preview.view.sizes, "the paper")


@pytest.mark.parametrize(("lang", "name"), [("zh_CN", "权属沿革"), ("en", "Title history")])
def test_the_history_of_a_room_is_printed_from_the_list_and_from_its_page(
    bench: Workbench, hand: Hand, right: UUID, lang: str, name: str
) -> None:
    LOOK.use(lang=lang)
    bench.activateWindow()
    bench.show_screen("rooms")
    page = bench.lists["rooms"]
    hand.until(lambda: page.model.rowCount() > 0, "the rooms")
    page.table.mark([0])
    hand.rest()
    hand.click(name, page)
    paper = bench.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    hand.until(lambda: paper.preview.view.sizes, "the paper")
    bench.places.room(bench.background.desk.first(View("rooms"), 1)[0]["id"])
    room = bench.pages.currentWidget()
    hand.until(lambda: getattr(room, "seen", None) is not None, "the room")
    hand.click(name, room)
    assert isinstance(bench.pages.currentWidget(), PaperPage) and bench.pages.currentWidget() is not paper


def test_what_ends_soon_is_opened_from_its_board(bench: Workbench, hand: Hand, right: UUID) -> None:
    bench.show_screen("expiring")
    board = bench.pages.currentWidget()
    assert isinstance(board, ExpiringPage)
    hand.until(lambda: board.links, "what ends")
    hand.click("Open title", board)
    page = bench.pages.currentWidget()
    assert isinstance(page, TitlePage) and page.title == right


def test_no_part_of_the_page_comes_up_as_a_window_of_its_own(bench: Workbench, hand: Hand, right: UUID) -> None:
    page = opened(bench, hand, right)
    hand.until(lambda: QApplication.activeWindow() is bench, "the window to keep the keyboard")
    page.day.show_day(Y(2020, 1, 1))
    wait_for(hand, page, Y(2020, 1, 1))
    assert QApplication.activeWindow() is bench


def test_the_list_of_defects_begins_with_those_not_settled_the_earliest_due_first(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    bench.show_screen("title_defects")
    page: Any = bench.lists["title_defects"]
    hand.until(lambda: page.stack.currentWidget() is page.empty, "the sentence that says what to do")
    right, given = title(office), {"compound_id": office.compound, "opened_on": Y(2026, 1, 1)}
    for kind, due in (("borrowed", Y(2026, 12, 1)), ("dangerous", Y(2026, 2, 1)), ("litigation", Y(2026, 1, 5))):
        made = office.desk.do("title_defects.add", title_id=right, kind=kind, due_on=due, **given).value
    office.desk.do("title_defects.settle", title_defect_id=made, result="撤诉")
    page.reload()
    hand.until(lambda: page.model.complete and page.model.rowCount() == 2, "the two that are not settled")
    hand.until(lambda: page.model.line(1), "their rows")
    assert [page.model.line(at).row["kind"].value for at in (0, 1)] == ["dangerous", "borrowed"]
    page.filters.clear()
    hand.until(lambda: page.model.rowCount() == 3, "all of them")


def test_who_only_reads_is_offered_nothing_to_change(qtbot: Any, office: Office, right: UUID) -> None:
    LOOK.use(lang="en")
    bench = Workbench(replace(office.desk, grants=(Grant((), None, ("*",)),)))
    qtbot.addWidget(bench)
    bench.resize(1440, 900)
    bench.show()
    page = opened(bench, Hand(bench), right)
    offered = {button.accessibleName() for button in page.findChildren(QAbstractButton) if button.isVisible()}
    assert {"Print", "Disposal or lease?", "Copy unit number"} <= offered
    for name in ("Enter event", "Add defect", "What it covers…", "Release of a mortgage"):
        assert name not in offered
    assert not [name for name in offered if name.startswith(("Take off", "What can be done"))]
    page.enter.click()
    assert not [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    assert bench.leave()


def test_an_empty_ledger_says_what_to_do(bench: Workbench, hand: Hand, office: Office) -> None:
    bench.show_screen("expiring")
    board: Any = bench.pages.currentWidget()
    hand.until(lambda: board.stack.currentWidget() is board.empty, "the empty board")
    page = opened(bench, hand, title(office))
    assert page.ledger.empty.isVisible() and page.defects.none.isVisible()
    assert page.card.parties["holders"].property("kind") == "warn"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_a_title_is_whole_in_a_small_window_in_every_face(
    bench: Workbench, hand: Hand, right: UUID, office: Office, lang: str, tokens: Any
) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    bench.resize(1092, 614)
    office.desk.do("titles.revise", title_id=right, location="建设路与人民东路交叉口西北侧第二办公大院" * 4)
    page = opened(bench, hand, right)
    bar = page.middle.verticalScrollBar()
    assert bar.maximum() > 0 and page.middle.horizontalScrollBar().maximum() == 0
    for part in (page.enter, page.day, page.card.change):
        inside = part.mapTo(page, part.rect().bottomRight())
        assert inside.x() <= page.width()
    page.resize(800, 600)
    hand.rest()
    assert page.ledger.mapTo(page, page.ledger.rect().topLeft()).y() > page.card.height(), "the ledger stands below"
