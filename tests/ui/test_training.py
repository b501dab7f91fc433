"""A year of training in the real window: planned, enrolled, signed in at the door, scored, certified, printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from services.desk.listing import View
from services.training_sheet import SessionSheet
from tests.services.people import Office
from tests.ui.test_places import page, settle
from tests.ui.test_window import colours, unnamed
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.paper import PaperPage
from ui.pages.person import PersonPage
from ui.pages.training_calendar import CalendarPage
from ui.pages.training_door import DoorPage
from ui.pages.training_due import DueBoard
from ui.pages.training_enrol import EnrolPage
from ui.pages.training_list import ListPage
from ui.pages.training_plan import PlanPage
from ui.pages.training_session import SessionPage
from ui.workbench import Workbench

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
NOW = datetime.now().astimezone()
MORNING = NOW.replace(hour=0, minute=1, second=0, microsecond=0)


def course(office: Office, name: str = "消防安全培训", **values: Any) -> UUID:
    return office.add("courses", name=name, **{"kind": "fire", "hours": 40} | values)


def session(office: Office, of: UUID, begins: datetime = MORNING, **values: Any) -> UUID:
    given = {"title": "第一期", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "hours": 40}
    return office.add("training_sessions", compound_id=office.compound, course_id=of, **given | values)


def do(office: Office, act: str, of: UUID, *who: UUID, **values: Any) -> Any:
    given = {"staff_ids": list(who)} if who else {}
    return office.desk.do(f"training_sessions.{act}", training_session_id=of, **given, **values).value


def running(office: Office, *who: UUID, **values: Any) -> UUID:
    of = session(office, course(office, **values))
    do(office, "enrol", of, *who)
    do(office, "start", of)
    return of


def seen(office: Office, of: UUID) -> SessionSheet:
    found: SessionSheet = office.desk.ask("training_sessions.sheet", training_session_id=of)
    return found


def shown(bench: Workbench, hand: Hand, of: UUID) -> SessionPage:
    bench.show_screen("training")
    bench.training.open(of)
    found = page(bench, hand)
    assert isinstance(found, SessionPage) and found.sheet is not None
    return found


def yes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked means it."""
    monkeypatch.setattr("ui.training.confirm", lambda *_args, **_more: True)


@pytest.mark.parametrize(("lang", "tokens"), [("zh_CN", LIGHT), ("en", DARK)], ids=["zh light", "en dark"])
def test_every_page_of_training_is_named_and_painted(
    bench: Workbench, hand: Hand, office: Office, lang: str, tokens: Any
) -> None:
    of = running(office, office.giver, office.taker, repeat_months=1)
    plan = office.add("training_plans", compound_id=office.compound, title="年度计划", year=NOW.year, budget=1)
    put = {"training_plan_id": plan, "course_id": course(office, "安全"), "month": 3, "people": 5, "budget": 500}
    office.desk.do("training_plans.put", **put)
    LOOK.use(tokens=tokens, lang=lang)
    for name in ("training", "training_due", "training_sessions", "training_plans", "courses"):
        bench.show_screen(name)
        settle(bench, hand)
        assert unnamed(page(bench, hand)) == [], name
    sheet = seen(office, of)
    for opened in (
        lambda: bench.training.open(of), lambda: bench.training.choose(sheet), lambda: bench.training.door(of),
        lambda: bench.training.open_plan(plan),
    ):  # fmt: skip
        opened()
        found = page(bench, hand)
        assert unnamed(found) == [] and colours(found) > 8, type(found)


# The calendar


def test_the_calendar_is_walked_by_keys_and_opens_its_sessions(bench: Workbench, hand: Hand, office: Office) -> None:
    of = session(office, course(office))
    bench.show_screen("training")
    found = bench.boards["training"]
    assert isinstance(found, CalendarPage)
    settle(bench, hand)
    day = found.month.day
    assert [held.id for held in found.found] == [of] and "第一期" in found.month.field(day).accessibleName()
    QTest.keyClick(found.month.field(day), Qt.Key.Key_Right)
    assert found.month.day == day + timedelta(days=1)
    QTest.keyClick(found.month.field(found.month.day), Qt.Key.Key_PageDown)
    settle(bench, hand)
    assert found.month.day.month != day.month or found.found == []
    QTest.keyClick(found.month.field(found.month.day), Qt.Key.Key_Home)
    settle(bench, hand)
    QTest.keyClick(found.month.field(day), Qt.Key.Key_Return)
    opened = page(bench, hand)
    assert isinstance(opened, SessionPage) and opened.session == of


def test_a_session_is_added_on_the_marked_day_and_takes_its_hours_from_the_course(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    of = course(office, hours=45)
    bench.show_screen("training")
    settle(bench, hand)
    hand.click("Add session", bench.boards["training"])
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    form.fields["course_id"].set_value(of, "消防安全培训")
    form.fields["course_id"].edited.emit()
    hand.until(lambda: form.fields["hours"].value() == 45, "the hours of the course")
    assert form.fields["title"].value() == "消防安全培训"
    form.fields["title"].set_value("秋季班")
    form.fields["course_id"].set_value(course(office, "急救", hours=20), "急救")
    form.fields["course_id"].edited.emit()
    hand.until(lambda: form.fields["hours"].value() == 20, "the hours of the other course")
    assert form.fields["title"].value() == "秋季班", "what was typed stays"
    form.fields["compound_id"].set_value(office.compound, "建设路大院")
    form.fields["ends_at"].box.line.setText("2026-11-23")
    assert form.fields["ends_at"].problem() is not None, "a day alone is no time"
    form.fields["ends_at"].set_value(form.fields["starts_at"].value() + timedelta(hours=3))
    form.submit()
    settle(bench, hand)
    [row] = office.desk.first(View("training_sessions"), 9)
    assert (row["hours"], row["title"]) == (20, "秋季班") and row["starts_at"].astimezone().hour == 9


# Places


def test_people_are_marked_and_enrolled_and_a_clash_asks_for_a_word(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    fire = course(office)
    of, other = session(office, fire, capacity=2), session(office, fire, title="另一期")
    do(office, "enrol", other, office.taker)
    opened = shown(bench, hand, of)
    assert opened.none.isVisible()
    hand.click("Enrol people…", opened)
    choose = page(bench, hand)
    assert isinstance(choose, EnrolPage)
    hand.until(lambda: choose.table.lines.rowCount() == 3, "the people")
    choose.table.selectAll()
    choose.enrol.click()
    form = page(bench, hand)
    assert isinstance(form, FormPage) and "王建国" in form.banner.sentence.text()
    assert seen(office, of).seats == ()
    bench.leave_page(form)
    assert page(bench, hand) is choose and len(choose.people()) == 3, "one of them may be left out"
    choose.enrol.click()
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    form.submit()
    assert form.fields["despite"].wrong, "a word is needed"
    form.fields["despite"].set_value("两期错开参加")
    form.submit()
    settle(bench, hand)
    assert page(bench, hand) is opened
    hand.until(lambda: opened.sheet is not None and len(opened.sheet.seats) == 3, "the places")
    assert opened.sheet is not None and [seat.queue for seat in opened.sheet.waiting] == [1]
    opened.grid.mark(opened.sheet.enrolled[0].staff_id)
    waits = opened.sheet.waiting[0].staff_id
    hand.click("Withdraw", opened)
    settle(bench, hand)
    hand.until(lambda: opened.sheet is not None and not opened.sheet.waiting, "who moved up")
    assert opened.sheet is not None and waits in {seat.staff_id for seat in opened.sheet.enrolled}


# The door


def test_people_sign_in_by_badge_number_and_name(bench: Workbench, hand: Hand, office: Office) -> None:
    of = running(office, office.giver, office.taker)
    bench.show_screen("training")
    bench.training.door(of)
    door = page(bench, hand)
    assert isinstance(door, DoorPage) and door.line.hasFocus()

    def came(n: int, word: str) -> None:
        hand.until(lambda: door.count.text() == str(n) and word in door.answer.text(), f"{n} people, {word}")

    assert door.take_scan("P0")
    came(1, "李秀英")
    hand.type(door.line, "王建")
    assert "王建国" in door.answer.text(), "who is meant is said while it is typed"
    hand.press(Qt.Key.Key_Return)
    came(2, "王建国")
    door.take_scan("p1")
    came(2, "was signed in")
    hand.type(door.line, "赵磊")
    hand.press(Qt.Key.Key_Return)
    came(2, "not enrolled")
    hand.press(Qt.Key.Key_Return)
    came(3, "赵磊")
    hand.type(door.line, "nobody")
    hand.press(Qt.Key.Key_Return)
    came(3, "Nobody with")
    hand.press(Qt.Key.Key_Escape)
    assert door.line.text() == "" and page(bench, hand) is door
    names = door.wall.wall
    assert names.accessibleName() == "3 of 3 people are there"
    chosen = list[object]()
    door.wall.chosen.connect(chosen.append)
    for click in (QTest.mouseClick, QTest.mouseDClick):  # as a hand's two clicks come
        click(names, Qt.MouseButton.LeftButton, pos=names._spot(0).center().toPoint())
    assert len(chosen) == 1, "a double click names one: the names may have moved on by its second"


def test_somebody_who_fits_several_is_asked_for_the_number(bench: Workbench, hand: Hand, office: Office) -> None:
    twin = office.add("staff", compound_id=office.compound, number="P77", name="李秀芳")
    of = running(office, office.giver, twin)
    bench.show_screen("training")
    bench.training.door(of)
    door = page(bench, hand)
    assert isinstance(door, DoorPage)
    door._sign("李秀")
    assert "P77" in door.answer.text() and seen(office, of).came == 0
    door._sign("P7")
    hand.until(lambda: door.count.text() == "1", "the only one it begins")


def test_who_types_before_the_answer_is_not_taken_for_who_was_looked_for(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    minority = office.add("staff", compound_id=office.compound, name="古丽娜尔·买买提")
    of = running(office, office.giver, office.taker, minority)
    bench.show_screen("training")
    bench.training.door(of)
    door = page(bench, hand)
    assert isinstance(door, DoorPage)
    door._sign("赵磊")  # he is not enrolled: it is looked for him
    door.line.setText("P1")
    door._typed("P1")
    settle(bench, hand)
    assert door.walk_in is None and not door.line.hasSelectedText(), "what is half typed stays"
    door._entered()
    hand.until(lambda: door.count.text() == "1", "one person")
    assert [seat.name for seat in seen(office, of).seats if seat.signed_in_at] == ["王建国"]
    door.take_scan("古丽娜尔•买买提")
    door.take_scan("李 秀 英")
    door.take_scan("P1")
    hand.until(lambda: door.count.text() == "3", "all of them, however fast")
    settle(bench, hand)
    assert door.count.text() == "3"


def test_the_door_holds_the_session(
    bench: Workbench, hand: Hand, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = running(office, office.giver)
    bench.show_screen("training")
    bench.training.door(of)
    door = page(bench, hand)
    assert isinstance(door, DoorPage)
    door.take_scan("P0")
    hand.until(lambda: door.count.text() == "1", "one person")
    yes(monkeypatch)
    hand.click("Hold session", door)
    hand.until(lambda: seen(office, of).state.value == "held", "the end")


# Results


def test_results_are_entered_certified_and_printed(
    bench: Workbench, hand: Hand, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = running(office, office.giver, office.taker, pass_score=60, own_certificate=True)
    opened = shown(bench, hand, of)
    yes(monkeypatch)
    opened._run(next(act for act in opened._rest() if act.label == "All were there"))
    hand.until(lambda: opened.sheet is not None and opened.sheet.came == 2, "everybody")
    hand.click("Hold session", opened)
    hand.until(lambda: opened.sheet is not None and opened.sheet.state.value == "held", "the end")
    assert opened.sheet is not None and not opened.next.isVisible(), "nobody passed yet"
    opened.grid.mark(office.giver)
    QTest.keyClick(opened.grid, Qt.Key.Key_Return)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    form.fields["score"].set_value(88)
    form.fields["rating"].set_value(9)
    form.submit()
    settle(bench, hand)
    assert form.fields["rating"].wrong
    form.fields["rating"].set_value(5)
    form.submit()
    assert page(bench, hand) is opened
    hand.until(lambda: opened.sheet is not None and opened.sheet.passed == 1, "the result")
    hand.click("Issue certificates", opened)
    hand.until(lambda: opened.sheet is not None and any(s.certificate_no for s in opened.sheet.seats), "a number")
    opened.grid.mark(office.giver)
    hand.click("Certificate", opened)
    paper = page(bench, hand)
    assert isinstance(paper, PaperPage)
    hand.until(lambda: paper.print.isEnabled(), "the paper")
    bench.leave_page(paper)
    hand.click("Session sheet", opened)
    sheet = page(bench, hand)
    assert isinstance(sheet, PaperPage)
    hand.until(lambda: sheet.print.isEnabled(), "the sheet")


def test_a_held_recheck_course_offers_the_rechecks_of_who_passed(bench: Workbench, hand: Hand, office: Office) -> None:
    of = running(office, office.giver, office.taker, certificate_kind="low_voltage")
    given = {"kind": "low_voltage", "paper_no": "T1", "issued_on": (NOW - timedelta(days=900)).date()}
    certificate = office.add("certificates", staff_id=office.giver, **given)
    do(office, "mark", of, office.giver, office.taker)
    do(office, "hold", of)
    opened = shown(bench, hand, of)
    hand.click("Enter re-checks…", opened)
    form = page(bench, hand)
    assert isinstance(form, FormPage) and form.fields["on"].value() == NOW.date()
    form.submit()
    settle(bench, hand)
    [check] = office.desk.first(View("certificate_rechecks"), 9)
    assert check["certificate_id"] == certificate


def test_a_list_is_looked_at_before_it_is_taken_in(
    bench: Workbench, hand: Hand, office: Office, tmp_path: Path
) -> None:
    of = running(office, office.giver)
    place = tmp_path / "签到.xlsx"
    with xlsxwriter.Workbook(str(place)) as book:
        sheet = book.add_worksheet()
        for y, row in enumerate((("工号", "姓名"), ("P0", "李秀英"), ("P2", "赵磊"))):
            sheet.write_row(y, 0, row)
    opened = shown(bench, hand, of)
    assert opened.sheet is not None
    bench.training.take_in(opened.sheet, place)
    found = page(bench, hand)
    assert isinstance(found, ListPage)
    hand.until(lambda: found.take.isEnabled() and len(found.grid.records.every) == 1, "what it comes to")
    assert seen(office, of).came == 0
    found.walk_ins.click()
    hand.until(lambda: not found.grid.records.every, "both rows")
    found.take.click()
    hand.until(lambda: seen(office, of).came == 2, "two people")


# Plans, what is due, the person


def test_a_plan_is_made_adopted_and_leads_to_sessions(bench: Workbench, hand: Hand, office: Office) -> None:
    of = course(office, hours=80)
    plan = office.add("training_plans", compound_id=office.compound, title="年度计划", year=NOW.year, budget=100)
    bench.show_screen("training_plans")
    bench.training.open_plan(plan)
    found = page(bench, hand)
    assert isinstance(found, PlanPage) and found.none.isVisible()
    hand.click("Add course", found)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    form.fields["course_id"].set_value(of, "消防安全培训")
    for name, value in {"month": 5, "people": 20, "budget": 300000}.items():
        form.fields[name].set_value(value)
    form.submit()
    assert page(bench, hand) is found
    hand.until(lambda: found.sheet is not None and len(found.sheet.lines) == 1, "the line")
    assert "more than the budget" in found.stats["asked"].remark.text()
    found.grid.mark(found.sheet.lines[0].id)
    office.desk.do("training_plans.change", training_plan_line_id=found.sheet.lines[0].id, unit_id=office.unit)
    found.read()
    hand.until(lambda: found.sheet is not None and found.sheet.lines[0].unit == "后勤处", "the unit")
    hand.click("Edit", found)
    edit = page(bench, hand)
    assert isinstance(edit, FormPage) and edit.fields["unit_id"].value() == office.unit
    edit.fields["unit_id"].set_value(None)
    edit.fields["people"].set_value(30)
    edit.submit()
    assert page(bench, hand) is found
    hand.until(lambda: found.sheet is not None and found.sheet.lines[0].people == 30, "the change")
    assert found.sheet.lines[0].unit == "" and found.sheet.lines[0].course == "消防安全培训"
    hand.click("Adopt…", found)
    adopt = page(bench, hand)
    assert isinstance(adopt, FormPage)
    adopt.submit()
    assert page(bench, hand) is found
    hand.until(lambda: found.sheet is not None and found.sheet.state.value == "adopted", "the adoption")
    assert found.sheet is not None
    found.grid.mark(found.sheet.lines[0].id)
    hand.click("Plan a session", found)
    add = page(bench, hand)
    assert isinstance(add, FormPage)
    assert (add.fields["hours"].value(), add.fields["starts_at"].value().month) == (80, 5)
    add.submit()
    assert page(bench, hand) is found
    hand.until(lambda: found.sheet is not None and found.sheet.lines[0].planned == 1, "the session")


def test_what_is_due_is_enrolled_in_a_session_of_its_course(bench: Workbench, hand: Hand, office: Office) -> None:
    fire = course(office, repeat_months=1)
    old = session(office, fire, MORNING - timedelta(days=60))
    do(office, "enrol", old, office.giver)
    do(office, "start", old)
    do(office, "mark", old, office.giver)
    do(office, "hold", old)
    new = session(office, fire, MORNING + timedelta(days=2), title="复训")
    session(office, course(office, "别的"), MORNING + timedelta(days=3), title="别的")
    bench.show_screen("training_due")
    board = bench.boards["training_due"]
    assert isinstance(board, DueBoard)
    hand.until(lambda: len(board.links) == 1, "what is due")
    board.links[0].click()
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    within = form.fields["training_session_id"].box.within()
    offered = office.desk.find("training_session", "", 9, **within)
    assert {found.label for found in offered} == {"第一期", "复训"}
    form.fields["training_session_id"].set_value(new, "复训")
    form.submit()
    settle(bench, hand)
    hand.until(lambda: board.links and "PX-" in board.links[0].text(), "his session")
    board.links[0].click()
    opened = page(bench, hand)
    assert isinstance(opened, SessionPage) and opened.session == new


def test_a_person_has_a_tab_with_hours_and_papers(bench: Workbench, hand: Hand, office: Office) -> None:
    of = running(office, office.giver)
    do(office, "mark", of, office.giver)
    do(office, "hold", of)
    bench.show_screen("staff")
    bench.team.open(office.giver, "training")
    found = page(bench, hand)
    assert isinstance(found, PersonPage)
    pane: Any = found.pane("training")
    hand.until(lambda: pane.found is not None and len(pane.grid.records.every) == 1, "his training")
    assert unnamed(found) == []
    hand.click("Passport", pane)
    paper = page(bench, hand)
    assert isinstance(paper, PaperPage)
    hand.until(lambda: paper.print.isEnabled(), "the passport")


def test_who_may_only_read_is_offered_nothing_to_change(bench: Workbench, hand: Hand, office: Office) -> None:
    from models.role_grant import Role
    from services import accounts

    of = running(office, office.giver)
    bench.background.desk = replace(bench.background.desk, grants=accounts.of_role(Role.VIEWER))
    opened = shown(bench, hand, of)
    opened.grid.mark(office.giver)
    assert not (opened.next.isVisible() or opened.second.isVisible() or opened.more.isVisible())
    assert not any(link.isVisible() for link in (opened.result, opened.there, opened.absent, opened.withdraw))
    assert opened.paper.isVisible()
