"""Stocktakes in the real window: drafted, counted by scanner, sheet and file, explained, settled, closed, reopened."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from tests.services.counting import BASE, TODAY, Count, counting
from tests.services.people import Office
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.going import ToFiles
from ui.kit.list_table import ListTable
from ui.kit.messages import ConfirmDialog
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.paper import PaperPage
from ui.pages.stocktake import StocktakePage
from ui.pages.stocktake_assign import AssignPage
from ui.pages.stocktake_sheet import SheetPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
ENTER = Qt.Key.Key_Return


@pytest.fixture
def count(desk: Desk) -> Count:
    """An office with six cards in three rooms; nothing is drafted yet."""
    return counting(desk)


@pytest.fixture
def office(count: Count) -> Office:
    return count.office


class Counter:
    """A person at the page of a stocktake."""

    def __init__(self, bench: Workbench, hand: Hand, count: Count) -> None:
        self.bench, self.hand, self.count = bench, hand, count

    @property
    def page(self) -> StocktakePage:
        """The stocktake that is shown."""
        page = self.bench.pages.currentWidget()
        assert isinstance(page, StocktakePage)
        return page

    def there(self, state: str) -> StocktakePage:
        """The stocktake, once it has come so far."""

        def come() -> bool:
            page = self.bench.pages.currentWidget()
            return isinstance(page, StocktakePage) and page.state == state

        self.hand.until(come, f"the {state} stocktake")
        self.bench.activateWindow()  # a question was in front
        self.hand.rest()
        return self.page

    def open(self) -> StocktakePage:
        self.bench.activateWindow()
        self.bench.show_screen("stocktakes")
        self.bench.stocktakes.open(self.count.id)
        self.hand.until(lambda: self.page.found is not None, "the stocktake")
        self.hand.rest()
        return self.page

    def type(self, code: str) -> None:
        """A code is typed and met."""
        page = self.page
        self.hand.until(lambda: not self.bench.background.busy, "what was counted before")
        before = page.scan.last.found
        self.hand.type(page.scan.code.line, code)
        self.hand.press(ENTER)
        self.hand.until(lambda: page.scan.last.found not in (None, before), f"what {code} meets")
        self.hand.rest()

    def shows(self, said: Callable[[StocktakePage], object], what: str) -> None:
        """Wait until the page shows it."""
        page = self.page
        self.hand.until(lambda: page.found is not None and said(page), what)

    def form(self, intent_field: str) -> FormPage:
        """The form with this field."""

        def there() -> bool:
            form = self.bench.pages.currentWidget()
            return isinstance(form, FormPage) and intent_field in form.fields

        self.hand.until(there, f"the form with {intent_field}")
        form = self.bench.pages.currentWidget()
        assert isinstance(form, FormPage)
        return form

    def fill(self, *save: str, **values: Any) -> None:
        form = self.form(next(iter(values)))
        for name, value in values.items():
            form.fields[name].box.set_value(value, str(value))
        self.hand.click(save[0] if save else "Save", form)
        self.hand.until(lambda: isinstance(self.bench.pages.currentWidget(), StocktakePage), "the stocktake again")

    def more(self, word: str) -> None:
        """Choose from the menu beside the next step."""
        action = next(action for action in self.page.head.more.menu_.actions() if action.text() == word)
        action.trigger()
        self.hand.rest()

    def agree(self) -> None:
        """Say yes to the question that comes up."""

        def agree() -> None:
            self.hand.until(lambda: isinstance(QApplication.activeModalWidget(), ConfirmDialog), "the question")
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog)
            dialog.accept()

        QTimer.singleShot(0, agree)


@pytest.fixture
def counter(bench: Workbench, hand: Hand, count: Count) -> Counter:
    return Counter(bench, hand, count)


def draft(counter: Counter) -> None:
    """A stocktake is drafted, a team formed, counting starts."""
    bench, hand, count = counter.bench, counter.hand, counter.count
    bench.activateWindow()
    bench.show_screen("stocktakes")
    hand.click("Draft stocktake")
    counter.fill("Draft stocktake", compound_id=count.office.compound, title="年度盘点", base_on=BASE)
    page = counter.there("draft")
    count.id = page.stocktake
    hand.click("Form a team…", page)
    counter.fill(name="甲", counter_id=count.people["陈静"], supervisor_id=count.people["刘洋"])
    counter.shows(lambda page: len(page.found.teams) == 1, "the team")  # type: ignore[union-attr]
    hand.rest()
    assert hand.button("Disband 甲", page).isVisible()
    counter.agree()
    hand.click("Start counting", page)
    counter.there("counting")


def explain(counter: Counter, *numbers: str, **said: Any) -> None:
    """Mark lines and say the same of all of them."""
    table, hand = counter.page.differences.lines, counter.hand
    hand.until(lambda: table.records.rowCount() and table.records.line(table.records.rowCount() - 1), "the lines")
    rows = [table.records.line(at) for at in range(table.records.rowCount())]
    table.mark([at for at, line in enumerate(rows) if line and line.row["number"] in numbers])
    hand.click("Explain…", counter.page)
    counter.fill(**said)


def test_a_stocktake_is_played_from_its_draft_to_its_close(counter: Counter) -> None:
    hand, count = counter.hand, counter.count
    draft(counter)
    page = counter.page
    here = page.rooms.current()
    assert here is not None and here.room == "302" and page.scan.code.line.hasFocus()
    counter.type("ZC-4")
    assert page.scan.last.word.text() == "As in the books"
    counter.type("ZC-5")
    hand.press(Qt.Key.Key_F7)
    counter.type("ZC-3")  # ten chairs: it asks how many are here
    number = page.scan.last.number
    assert number.isVisible() and number.line.hasFocus()
    hand.type(number.line, "8")
    hand.press(ENTER)
    hand.until(lambda: count.line("ZC-3")["counted"] == 8, "eight chairs")
    assert page.scan.code.line.hasFocus()
    hand.type(page.scan.code.line, "ZC-2")
    hand.press(ENTER)  # and taken back before it is known what it met
    hand.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: not counter.bench.background.busy and page.scan.last.found is None, "both written")
    hand.until(lambda: count.line("ZC-2")["result"] == "pending", "the reading taken back")
    counter.type("ZC-2")
    counter.type("X-9")
    assert page.scan.last.word.text() == "In no book"
    counter.shows(lambda page: page.found.open, "the code that waits")  # type: ignore[union-attr]
    hand.press(Qt.Key.Key_F6)
    counter.fill(name="打印机")
    counter.shows(lambda page: page.found.progress.surplus == 1 and not page.found.open, "surplus")  # type: ignore[union-attr]
    hand.click("Room is done", page)
    counter.shows(lambda page: page.found.progress.rooms[1].done_on is not None, "the room done")  # type: ignore[union-attr]
    assert page.scan.where.text() == "301"
    hand.press(Qt.Key.Key_F7)
    counter.type("4*ZC-6")
    assert not page.scan.last.number.isVisible()
    counter.shows(lambda page: page.found.progress.pending == 1, "one pending")  # type: ignore[union-attr]
    counter.agree()
    hand.click("End counting", page)
    page = counter.there("explaining")
    assert page.found is not None and page.found.progress.missing == 1 and page.result.isVisible()
    end(counter)


def end(counter: Counter) -> None:
    """What differs is explained, reported, approved, settled by a document, and the stocktake closed."""
    hand, count, page = counter.hand, counter.count, counter.page
    differing = page.differences.lines.lines
    for result, many in (("missing", 1), ("short", 1), ("elsewhere", 0), ("", 2)):
        page.differences.only.chosen.emit(result)
        hand.until(lambda n=many: differing.complete and len(differing.numbers) == n, f"{many} lines {result}")  # type: ignore[misc]
    explain(counter, "ZC-3", "ZC-1", cause="lost", settlement="search_on", explanation="仍在查找", responsible="无")
    hand.until(lambda: count.line("ZC-1")["settlement"] == "search_on", "both lines")
    explain(counter, "ZC-1", cause="lost", settlement="write_off", explanation="搬迁遗失", responsible="无")
    page.differences.tabs.choose(1)
    beyond = page.differences.surplus
    hand.until(lambda: beyond.records.line(0) is not None, "the surplus")
    beyond.mark([0])
    hand.click("Explain…", page)
    counter.fill(cause="unrecorded_receipt", settlement="give_back", explanation="外单位所有")
    counter.shows(lambda page: not any(one.gaps for one in page.found.differences), "all said")  # type: ignore[union-attr]
    hand.until(lambda: "explained" in page.hint.sentence.text(), "the hint")
    hand.click("Report", page)
    page = counter.there("reported")
    assert "waits for approval" in page.hint.sentence.text()
    hand.click("Record approval…", page)
    counter.fill(approval_no="批1")
    counter.there("approved")
    hand.click("Draft the documents", page)
    counter.shows(lambda page: any(one.document for one in page.found.differences), "the disposal")  # type: ignore[union-attr]
    hand.until(lambda: not page.head.next.isVisible(), "no step but the document's")
    [document] = [one.document for one in counter.page.found.differences if one.document]  # type: ignore[union-attr]
    page.differences.tabs.choose(3)
    page.differences.papers.opened.emit(document.number)
    hand.until(lambda: counter.bench.pages.currentWidget() is not page, "the disposal")
    hand.press(Qt.Key.Key_Escape)
    dispose(count.desk, document.id)
    counter.there("approved")
    hand.press(Qt.Key.Key_F5)
    hand.until(lambda: page.head.next.text() == "Close stocktake" and page.head.next.isVisible(), "all is settled")
    counter.agree()
    hand.click("Close stocktake", page)
    counter.there("closed")
    assert not page.head.next.isVisible() and "Closed" in page.hint.sentence.text()


def dispose(desk: Desk, disposal: UUID) -> None:
    """The steps of a disposal, as its own page takes them."""
    for item in ("application", "decision", "value", "loss", "inspection"):
        desk.do("disposals.file", disposal_id=disposal, item=item, paper_no="1", paper_on=TODAY)
    desk.do("disposals.revise", disposal_id=disposal, level="city")
    desk.do("disposals.apply", disposal_id=disposal)
    desk.do("disposals.approve", disposal_id=disposal, authority="government", approval_no="1", approved_on=TODAY)
    desk.do("disposals.execute", disposal_id=disposal, executed_on=TODAY)


def test_what_is_empty_says_so_and_a_paper_of_nothing_says_why_in_one_line(counter: Counter) -> None:
    counter.count.begin()
    page = counter.open()
    table = page.lines.table
    page.lines.tabs.choose(2)
    counter.hand.until(
        lambda: not table.waiting and not table.lines.numbers, "nothing differs, and nothing is waited for"
    )
    counter.hand.until(lambda: table.accessibleDescription() == "Nothing stands here.", "the word")
    action = next(a for a in page.head.print.menu_.actions() if a.text() == "Count sheet of this team")
    action.trigger()
    paper = counter.bench.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    counter.hand.until(paper.banner.isVisible, "why there is no sheet: the team has no rooms")
    counter.hand.rest()
    assert paper.banner.height() < 80 and paper.head.height() < 120


def test_f6_means_the_code_that_was_read_last_and_not_one_before(counter: Counter) -> None:
    counter.count.begin().scan("OLD-1")
    page = counter.open()
    counter.hand.until(lambda: page.scan.open.found is not None, "the code of before")
    counter.hand.until(lambda: not counter.bench.background.busy and not page.reading._clock.isActive(), "rest")
    page.reading._clock.setInterval(60_000)  # as on a slow machine: the page has not been read again yet
    counter.type("NEW-2")
    counter.hand.press(Qt.Key.Key_F6)
    assert counter.form("name").head.facts.text().endswith("NEW-2"), "the form says which code it is about"
    counter.fill(name="打印机")
    counter.hand.until(lambda: counter.count.rows("stocktake_surpluses"), "the surplus")
    assert [row["code"] for row in counter.count.rows("stocktake_surpluses")] == ["NEW-2"]


def test_after_a_kill_it_goes_on_where_it_was(counter: Counter) -> None:
    count = counter.count.begin()
    count.scan("ZC-1", "301")
    count.scan("ZC-4", "302", team="乙")
    page = counter.open()
    here = page.rooms.current()
    assert here is not None and here.room == "302" and page.team.team == count.teams["乙"]
    assert page.scan.code.line.hasFocus() and page.scan.where.text() == "302"
    counter.hand.press(Qt.Key.Key_Escape)
    page = counter.open()
    counter.type("ZC-5")
    assert count.line("ZC-5")["found_room"] == "302"


def test_who_only_counts_sees_when_the_count_is_over(count: Count, qtbot: QtBot) -> None:
    LOOK.use(lang="en")
    count.begin().scan("ZC-1")
    bench = Workbench(replace(count.desk, grants=accounts.of_role(Role.TECHNICIAN)))
    qtbot.addWidget(bench)
    bench.resize(1440, 900)
    bench.show()
    hand = Hand(bench)
    counter = Counter(bench, hand, count)
    page = counter.open()
    assert page.state == "counting" and not page.head.next.isVisible()
    count.do("finish", stocktake_id=count.id)
    assert page.take_scan("ZC-2"), "another machine ended it: this one does not know yet"
    page = counter.there("explaining")
    assert "cannot be done any more" in page.wrong.sentence.text()
    assert not page.hint.isVisible() and not page.head.next.isVisible()
    assert not page.take_scan("ZC-2")
    assert bench.leave()


def test_a_scanner_is_kept_up_with(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    count, beeps = counter.count.begin(), list[int]()
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    page = counter.open()
    reads = page.reading.count
    codes = [f"ZC-{at % 2 + 1}" for at in range(30)]
    for code in codes:
        assert page.take_scan(code)
    counter.hand.until(lambda: not counter.bench.background.busy and not page.reading._clock.isActive(), "rest")
    assert len(count.ask("lately", limit=99)) == 30 and len(beeps) == 30
    assert [one.code for one in reversed(count.ask("lately", limit=99))] == codes
    assert page.reading.count - reads < 15 and page.scan.code.line.hasFocus()
    counter.hand.click("Sound on", page)
    page.take_scan("ZC-1")
    counter.hand.until(lambda: not counter.bench.background.busy, "rest")
    assert len(beeps) == 30 and page.scan.code.line.hasFocus()


def test_a_code_scanned_into_the_question_how_many_is_the_next_reading(counter: Counter) -> None:
    count = counter.count.begin()
    page = counter.open()
    counter.type("ZC-3")
    counter.hand.type(page.scan.last.number.line, "ZC-1")
    counter.hand.press(ENTER)
    counter.hand.until(lambda: count.line("ZC-1")["counted"] == 1, "the next thing")
    assert count.line("ZC-3")["counted"] == 1 and page.scan.code.line.hasFocus()


def test_of_things_chosen_in_the_list_it_asks_how_many_one_after_the_other(counter: Counter) -> None:
    count, hand = counter.count.begin(), counter.hand
    page = counter.open()
    page.lines.tabs.choose(1)
    table = page.lines.table
    hand.until(lambda: table.records.rowCount() == 6 and table.records.line(5) is not None, "what is pending")
    table.mark(range(6))
    hand.click("Found: count the marked", page)
    last = page.scan.last

    def asks(name: str) -> bool:
        return last.number.isVisible() and last.found is not None and last.found.code == name

    for name, pieces in (("ZC-3", "10"), ("ZC-6", "4")):
        hand.until(partial(asks, name), f"the question of {name}")
        hand.type(last.number.line, pieces)
        hand.press(ENTER)
    hand.until(lambda: (count.line("ZC-3")["counted"], count.line("ZC-6")["counted"]) == (10, 4), "all pieces")
    hand.until(lambda: not last.number.isVisible(), "no question more")
    assert page.scan.code.line.hasFocus()


def test_a_printed_sheet_is_typed_in(counter: Counter) -> None:
    count, hand = counter.count.begin(), counter.hand
    counter.open()
    place = {"ZC-1": 5, "ZC-3": 3}  # positions: by room, there by name
    counter.more("Type in a printed sheet…")
    sheet = counter.bench.pages.currentWidget()
    assert isinstance(sheet, SheetPage)
    for number, code, pieces in (("ZC-1", "C-2", ""), ("ZC-3", "C-3", "9")):
        hand.type(sheet.position.line, str(place[number]))
        hand.type(sheet.code.line, code)
        hand.type(sheet.pieces.line, pieces)
        hand.press(ENTER)
    hand.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(sheet.wrong.isVisible, "the refusal")
    assert sheet.grid.key() == 0 and count.line("ZC-3")["result"] == "pending"
    hand.click("Take the marked line off", sheet)
    hand.type(sheet.code.line, "C-1")
    hand.press(ENTER)
    hand.click("Enter the sheet", sheet)
    hand.until(lambda: count.line("ZC-3")["counted"] == 9, "what was written")
    assert count.line("ZC-1")["result"] == "matched"
    counter.there("counting")


def test_what_is_half_typed_of_a_sheet_is_not_lost(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    count, hand = counter.count.begin(), counter.hand
    counter.open()
    counter.more("Type in a printed sheet…")
    sheet = counter.bench.pages.currentWidget()
    assert isinstance(sheet, SheetPage)
    for name, text in (("position", "3"), ("code", "C-3"), ("pieces", "9"), ("word", "缺一把")):
        hand.type(getattr(sheet, name).line, text)
    sheet.damaged.setChecked(True)
    asked = list[object]()
    monkeypatch.setattr("ui.pages.stocktake_sheet.confirm", lambda *said, **_: asked.append(said))
    assert not sheet.may_leave() and len(asked) == 1, "a line that is not taken yet is typed, too"
    hand.press(ENTER)
    sheet.grid.mark(0)
    hand.click("Take the marked line off", sheet)
    written = [box.value() for box in (sheet.position, sheet.code, sheet.pieces, sheet.word)]
    assert written == ["3", "C-3", "9", "缺一把"] and sheet.damaged.isChecked() and sheet.rows == []
    hand.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: count.line("ZC-3")["counted"] == 9, "the line nobody pressed Enter after")
    assert count.line("ZC-3")["found_word"] == "缺一把" and count.line("ZC-3")["damaged"]


def test_what_is_said_of_the_last_reading_is_said_of_where_it_was_made(counter: Counter) -> None:
    count, hand = counter.count.begin(), counter.hand
    count.scan("ZC-1", "301")
    page = counter.open()
    counter.type("ZC-3")
    rooms = {room.room: room.stocktake_room_id for room in count.progress().rooms}
    page.rooms.choose(rooms["302"])
    page.rooms.chosen.emit(rooms["302"])
    hand.rest()
    page.scan.last.ask_pieces()
    hand.type(page.scan.last.number.line, "10")
    hand.press(ENTER)
    hand.until(lambda: count.line("ZC-3")["counted"] == 10, "how many there are")
    assert count.line("ZC-3")["found_room"] == "301"
    hand.until(lambda: page.scan.last.found is not None and page.scan.last.found.quantity == 10, "the last reading")
    hand.press(Qt.Key.Key_F2)
    counter.fill(damaged=True)
    hand.until(lambda: count.line("ZC-3")["damaged"], "the remark")
    hand.until(lambda: not counter.bench.background.busy, "the reading it replaced")
    line = count.line("ZC-3")
    assert (line["found_room"], line["counted"], line["result"]) == ("301", 10, "matched")
    hand.press(Qt.Key.Key_F2)
    counter.fill(word="靠背松动")
    hand.until(lambda: count.line("ZC-3")["found_word"] == "靠背松动", "a second remark")
    line = count.line("ZC-3")
    assert line["damaged"] and line["counted"] == 10, "what was said before stays, and is counted once"
    hand.click("Undo", page)
    hand.until(lambda: count.line("ZC-3")["result"] == "pending", "what can be taken back is the last reading")


def test_the_file_of_a_device_is_read_in(counter: Counter, tmp_path: Path) -> None:
    count, hand, bench = counter.count.begin(), counter.hand, counter.bench
    counter.open()
    file = tmp_path / "读数.csv"
    file.write_text("code,time,room,pieces\n\nZC-1,2026/10/31 09:41:26,301,1\nZC-3,不知道,301,10\n", encoding="gb18030")
    hand.choose_file(lambda: counter.more("Read in the file of a device…"), file)
    hand.until(lambda: "Line 4" in said(bench), "the line that is wrong")
    file.write_text("ZC-1\t2026-10-31 09:41:26\t301\n\nZC-3\t2026-10-31 09:41\t399\t10\n")
    hand.choose_file(lambda: counter.more("Read in the file of a device…"), file)
    hand.until(lambda: "Line 3" in said(bench), "the room there is not")
    file.write_text("ZC-1\t2026-10-31 09:41:26\t301\nZC-3\t2026-10-31 09:41\t301\t10\n")
    hand.choose_file(lambda: counter.more("Read in the file of a device…"), file)
    hand.until(lambda: count.line("ZC-3")["result"] == "matched", "what the device read")
    hand.until(lambda: "2 readings" in said(bench), "what it brought")


def said(window: QWidget) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_rooms_are_assigned_by_floor_and_one_by_one(counter: Counter) -> None:
    count, hand = counter.count.begin(), counter.hand
    page = counter.open()
    counter.more("Assign rooms to teams…")
    assign = counter.bench.pages.currentWidget()
    assert isinstance(assign, AssignPage)
    hand.until(lambda: assign.found is not None, "the rooms")
    rooms = {room.room: room for room in count.progress().rooms}
    assign.grid.mark((rooms["301"].building, "3"))
    next(a for a in assign.to.menu_.actions() if a.text() == "甲").trigger()
    hand.until(lambda: {r.team for r in count.progress().rooms if r.floor == "3"} == {"甲"}, "the floor")
    assign.grid.mark(rooms["301"].stocktake_room_id)
    assign.grid.opened.emit(rooms["301"].stocktake_room_id)
    hand.until(lambda: {r.room: r.team for r in count.progress().rooms}["301"] == "乙", "the room")
    hand.press(Qt.Key.Key_Escape)
    assert counter.bench.pages.currentWidget() is page


def timeless(text: str) -> str:
    """Without dates and times of day, in which any number may stand."""
    return re.sub(r"\d{4}-\d\d-\d\d|\d\d:\d\d(:\d\d)?", "", text)


def test_who_counts_blind_sees_no_number_of_pieces(counter: Counter) -> None:
    count = counter.count.begin(blind=True)
    page = counter.open()
    counter.hand.press(Qt.Key.Key_F7)
    counter.type("ZC-3")
    assert page.scan.last.number.isVisible()
    counter.hand.until(lambda: not counter.bench.background.busy, "rest")
    assert "10" not in timeless(said(page.scan)) and "17" not in timeless(said(page))  # of the chairs; of all pieces
    assert count.line("ZC-3")["counted"] == 1
    assert page.scan.last.word.text() == page.counters.tiles[0].name.text() == "Counted"
    for tab in range(5):
        page.lines.tabs.choose(tab)
        counter.hand.until(lambda: not counter.bench.background.busy, "the lines")
        shown = timeless(said(page) + " ".join(map(str, cells(page.lines.table))))
        words = ("Fewer than in", "More than in", "As in the books", "Missing", "17")
        assert [word for word in words if word in shown] == []
    assert page.counters.tiles[2].figure.text() == "0", "nothing is lost before it is compared"
    counter.agree()
    counter.hand.click("End counting", page)
    page = counter.there("explaining")
    counter.hand.until(lambda: any("Fewer than" in str(cell) for cell in cells(page.differences.lines)), "what differs")


def cells(table: ListTable) -> list[Any]:
    """What the lines that came say."""
    model = table.records
    return [model.data(model.index(at, column)) for at in range(model.rowCount()) for column in range(6)]


def test_a_paper_is_looked_at_and_a_photo_added(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    counter.count.begin()
    page, gone = counter.open(), list[object]()
    next(a for a in page.head.print.menu_.actions() if a.text() == "Count sheet of this room").trigger()
    paper = counter.bench.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    counter.hand.until(lambda: len(paper.preview.view.sizes) > 0, "the sheet")
    counter.hand.press(Qt.Key.Key_Escape)
    monkeypatch.setattr(counter.bench.places, "go", gone.append)
    counter.more("Enter a surplus…")
    counter.fill(name="打印机")
    counter.hand.click("Add a photo…")
    assert isinstance(gone[0], ToFiles) and gone[0].entity == "stocktake_surplus"


def unnamed(page: QWidget) -> list[str]:
    seen = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return [type(w).__name__ for w in seen if not (w.accessibleName() or getattr(w, "text", str)())]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_its_pages_have_names_and_stay_in_the_window(counter: Counter, qtbot: QtBot, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    bench, count = counter.bench, counter.count
    bench.resize(1280, 800)
    count.id = count.do("draft", compound_id=count.office.compound, title="很长的盘点名称" * 12, base_on=BASE)
    page = counter.open()
    assert unnamed(page) == [] and page.state == "draft" and bench.width() == 1280
    page.left.emit()
    count.begin(title="很长的盘点名称" * 12)
    count.scan("ZC-3")
    count.scan("X-1")
    page = counter.open()
    counter.type("ZC-1")
    counter.shows(lambda page: page.scan.open.isVisible(), "the code")
    assert unnamed(page) == [] and bench.width() == 1280
    names = [b.accessibleName() for b in page.rooms.findChildren(QAbstractButton) if b.isVisible()]
    assert any(name.startswith("301, ") for name in names)
    count.do("finish", stocktake_id=count.id)
    page = counter.there("explaining")
    assert unnamed(page) == [] and bench.width() == 1280 and page.open.isVisible()
