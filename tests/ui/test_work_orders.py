"""Maintenance in the real window: reported, given to people, done, looked at and closed by keyboard; the board moves by
keys, marks what is late and follows what another window does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from models.work_states import WorkState
from services import office as offices
from services.desk.listing import View
from tests.services.people import Office
from tests.services.reach_work import WAYS as LEADING
from tests.ui.test_places import page, settle
from tests.ui.test_window import colours, unnamed
from tests.ui.test_work_ways import GOES_TO
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.messages import Toast
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.my_jobs import MyJobsPage
from ui.pages.work_assign import AssignPage
from ui.pages.work_board import BoardPage
from ui.pages.work_calendar import WorkCalendarPage
from ui.pages.work_order import OrderPage
from ui.screens.work_ways import WAYS
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
K = Qt.Key
LINE = LEADING["close"]
BY = {"reported": 0, "accepted": 1, "assigned": 2, "working": 3, "done": 4, "checked": 5, "rated": 6}  # steps of it
ASIDE = {"returned": ("send_back",), "travelling": (*LINE[:2], "depart"), "on_hold": (*LINE[:3], "hold")}


def report(office: Office, title: str = "水管漏水", **values: Any) -> UUID:
    given = {"compound_id": office.compound, "trade": "plumbing", "room_id": office.room}
    return office.add("work_orders", title=title, **given | values)


def walk(office: Office, order: UUID, *steps: str, who: UUID | None = None) -> UUID:
    for step in steps:
        asks: dict[str, dict[str, Any]] = {
            "assign": {"technician_id": who or office.giver}, "finish": {"result": "换阀"},
            "hold": {"hold_reason": "part"}, "rate": {"speed": 5, "quality": 5, "manner": 5},
            "send_back": {"word": "x"},
        }  # fmt: skip
        office.desk.do(f"work_orders.{step}", work_order_id=order, **asks.get(step, {}))
    return order


def state(office: Office, order: UUID) -> str:
    return str(office.row("work_orders", order)["state"].value)


def board(bench: Workbench, hand: Hand) -> BoardPage:
    bench.show_screen("work_board")
    settle(bench, hand)
    found = bench.boards["work_board"]
    assert isinstance(found, BoardPage)
    return found


def lane(found: BoardPage | MyJobsPage, name: str) -> list[str]:
    return [card.title for card in found.board.lanes.lanes[name].list.held.cards]


def menu(hand: Hand) -> QMenu:
    hand.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def choose(hand: Hand, word: str) -> None:
    """Take a line of the menu by keys alone."""
    shown = menu(hand)
    names = [action.text() for action in shown.actions()]
    for _ in range(names.index(word) + 1):
        QTest.keyClick(shown, K.Key_Down)
    QTest.keyClick(shown, K.Key_Return)
    hand.rest()


def fill(form: FormPage, **values: Any) -> None:
    for name, value in values.items():
        form.fields[name].set_value(value, "x")


def save(bench: Workbench, hand: Hand) -> None:
    hand.press(K.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(bench, hand)


def offered(opened: OrderPage, word: str) -> bool:
    return word in [button.text() for button in (opened.next, *opened.others)]


def move(bench: Workbench, hand: Hand, word: str) -> Any:
    hand.press(K.Key_M)
    choose(hand, word)
    return page(bench, hand)


# Through the window


def test_a_fault_goes_from_the_report_to_the_end_by_keyboard(bench: Workbench, hand: Hand, office: Office) -> None:
    office.add("certificates", compound_id=office.compound, staff_id=office.taker, kind="low_voltage", paper_no="T1",
               issued_on=today() - timedelta(days=30))  # fmt: skip
    report(office, "插座也不通电", trade="electric")
    found = board(bench, hand)
    hand.press(K.Key_N)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    side: Any = next(w for w in form.findChildren(QWidget) if type(w).__name__ == "ReportSide")
    form.fields["room_id"].set_value(office.room, "302")
    form.fields["room_id"].edited.emit()
    settle(bench, hand)
    hand.until(lambda: form.fields["building_id"].value() == office.building, "the building of the room")
    assert form.fields["compound_id"].value() == office.compound
    hand.until(lambda: "1 job is open" in side.count.text(), "what is open there")
    fill(form, title="走廊断电", trade="electric", priority="emergency")
    form.fields["priority"].edited.emit()
    hand.until(lambda: "-" in side.respond.value.text(), "the deadlines")
    before = side.complete.value.text()
    fill(form, priority="normal")
    form.fields["priority"].edited.emit()
    hand.until(lambda: side.complete.value.text() != before, "other deadlines")
    fill(form, priority="emergency")
    save(bench, hand)
    settle(bench, hand)
    assert lane(found, "reported")[0] == "走廊断电", "the nearest deadline stands first"
    new = next(r for r in office.desk.first(View("work_orders"), 9) if r["title"] == "走廊断电")
    order, said = new["id"], [toast.sentence.text() for toast in bench.findChildren(Toast)]
    assert any(new["number"] in text for text in said), "whoever reports by telephone is told the number"
    found.board.lanes.mark(order)

    hand.press(K.Key_Return)
    opened = page(bench, hand)
    assert isinstance(opened, OrderPage) and opened.next.text() == "Accept"
    hand.press(K.Key_Space)
    settle(bench, hand)
    hand.until(lambda: opened.next.text() == "Assign…", "the next step")
    hand.press(K.Key_Space)
    assign = page(bench, hand)
    assert isinstance(assign, AssignPage) and assign.found is not None
    assert next((one.name, bool(one.against)) for one in assign.found.people) == ("王建国", False)
    barred = next(one.id for one in assign.found.people if one.name == "李秀英")
    assign.people.mark(barred)
    assign.people.setFocus()
    hand.press(K.Key_Return)
    settle(bench, hand)
    assert "no certificate" in assign.wrong.sentence.text() and state(office, order) == "accepted"
    assign.people.mark(office.taker)
    hand.press(K.Key_Return)
    assert page(bench, hand) is opened and state(office, order) == "assigned"

    hand.click("Begin work", opened)
    settle(bench, hand)
    assert state(office, order) == "working"
    for word, values, then in (
        ("Put on hold…", {"hold_reason": "part"}, "on_hold"), ("Go on", None, "working"),
        ("Report done…", {"result": "更换线路"}, "done"), ("Accept the result…", {}, "checked"),
        ("Rate…", {"speed": 5, "quality": 4, "manner": 5}, "rated"), ("Close", None, "closed"),
    ):  # fmt: skip
        hand.until(partial(offered, opened, word), word)
        next(b for b in (opened.next, *opened.others) if b.text() == word).setFocus()
        hand.press(K.Key_Space)
        if values is not None:
            asked = page(bench, hand)
            assert isinstance(asked, FormPage)
            fill(asked, **values)
            save(bench, hand)
        settle(bench, hand)
        assert state(office, order) == then, word
    hand.until(lambda: opened.sheet is not None and len(opened.sheet.steps) == 10, "its steps")
    hand.press(K.Key_Escape)
    settle(bench, hand)
    assert "走廊断电" not in [t for name in found.board.names for t in lane(found, name)]


def test_cards_are_walked_and_moved_by_letters(bench: Workbench, hand: Hand, office: Office) -> None:
    first, second = report(office, "甲"), report(office, "乙")
    walk(office, report(office, "丙"), "accept", "assign")
    found = board(bench, hand)
    cards = found.board.lanes
    hand.until(lambda: cards.lane.list.hasFocus(), "the keyboard on the board")
    hand.press(K.Key_J)
    assert cards.current() is not None and cards.current().key == second  # type: ignore[union-attr]
    hand.press(K.Key_K)
    assert cards.current() is not None and cards.current().key == first  # type: ignore[union-attr]
    move(bench, hand, "Accept")
    assert state(office, first) == "accepted" and cards.current().key == first  # type: ignore[union-attr]
    assign = move(bench, hand, "Assign…")
    assert isinstance(assign, AssignPage)
    hand.press(K.Key_Return)
    settle(bench, hand)
    assert state(office, first) == "assigned" and lane(found, "reported") == ["乙"]
    assert cards.current().key == first, "the mark follows the card"  # type: ignore[union-attr]
    hand.press(K.Key_H)
    assert cards.current().key == second  # type: ignore[union-attr]
    hand.press(K.Key_L)
    assert cards.current().key == first  # type: ignore[union-attr]
    move(bench, hand, "Begin work")
    assert state(office, first) == "working" and lane(found, "working") == ["甲"]


def test_the_menu_of_a_card_takes_every_step_that_may_follow(bench: Workbench, hand: Hand, office: Office) -> None:
    other = walk(office, report(office, "另一件"), "accept", "assign", "begin")
    found = board(bench, hand)
    ways = [(name, act) for name, acts in WAYS.items() if name in (*BY, *ASIDE) for act in acts]
    for name, act in ways:
        step = act.name.partition(".")[2]
        order = walk(office, report(office, f"{name} {step}"), *_to(name))
        found.board.read()
        settle(bench, hand)
        assert found.board.lanes.mark(order)
        shown = move(bench, hand, act.label)
        if isinstance(shown, AssignPage):
            hand.press(K.Key_Return)
        elif isinstance(shown, FormPage):
            fill(shown, **_said(step, other))
            save(bench, hand)
        settle(bench, hand)
        assert state(office, order) in GOES_TO[step], (name, step)


def _to(name: str) -> tuple[str, ...]:
    return LINE[: BY[name]] if name in BY else ASIDE[name]


def _said(step: str, other: UUID) -> dict[str, Any]:
    asks: dict[str, dict[str, Any]] = {
        "hold": {"hold_reason": "part"}, "finish": {"result": "好了"}, "check": {}, "merge": {"merged_into_id": other},
        "rate": {"speed": 5, "quality": 5, "manner": 5},
    }  # fmt: skip
    return asks.get(step, {"word": "说明"})


def test_what_is_late_is_seen_at_once(bench: Workbench, hand: Hand, office: Office) -> None:
    past = datetime.now(UTC) - timedelta(days=9)
    order = walk(office, report(office, "早就该修", priority="emergency", reported_at=past), "accept", "assign")
    report(office, "刚报")
    found = board(bench, hand)
    card = next(c for c in found.board.lanes.lanes["assigned"].list.held.cards if c.key == order)
    assert (card.tone, card.icon) == ("bad", "circle-alert") and card.when == "8 d late"
    assert "8 d late" in card.spoken
    assert found.board.lanes.lanes["assigned"].late.text() == "1 late"
    assert not found.board.lanes.lanes["reported"].late.isVisible()


def test_two_windows_see_what_the_other_did(bench: Workbench, hand: Hand, office: Office, qtbot: Any) -> None:
    order = report(office, "两边都看")
    found = board(bench, hand)
    other = Workbench(replace(office.desk, grants=offices.EVERYTHING))
    qtbot.addWidget(other)
    other.resize(1280, 720)
    other.show()
    theirs = Hand(other)
    across = board(other, theirs)
    other.maintenance.step(WAYS["reported"][0], {"work_order_id": order}, "")
    settle(other, theirs)
    settle(other, theirs)
    assert across.board.found["reported"].cards[0].state is WorkState.ACCEPTED
    found.board.clock.timeout.emit()  # a minute has passed
    settle(bench, hand)
    assert found.board.found["reported"].cards[0].state is WorkState.ACCEPTED
    assert other.leave()


# Filters, lists, days


def test_chips_narrow_the_board_and_it_leads_to_the_list(bench: Workbench, hand: Hand, office: Office) -> None:
    report(office, "水")
    report(office, "电", trade="electric", priority="urgent")
    found = board(bench, hand)
    found.board.chips["trade"].choose(("electric",))
    settle(bench, hand)
    assert lane(found, "reported") == ["电"] and found.board.found["reported"].total == 1
    found.board.chips["technician_id"].choose((office.giver,))
    settle(bench, hand)
    assert lane(found, "reported") == []
    found.board.chips["technician_id"].choose(())
    assert "2 new this week" in found.head.facts.text()
    hand.click("List", found)
    settle(bench, hand)
    shown = bench.lists["work_orders"]
    assert ("trade", ("electric",)) in shown.filters.filters()


def test_a_column_reads_the_rest_when_its_end_is_near(bench: Workbench, hand: Hand, office: Office) -> None:
    for n in range(30):
        report(office, f"第{n}件")
    found = board(bench, hand)
    held = found.board.lanes.lanes["reported"].list
    assert len(held.held.cards) < 30 and found.board.lanes.lanes["reported"].count.text() == "30"
    hand.press(K.Key_End)
    settle(bench, hand)
    assert len(held.held.cards) == 30


def test_a_job_is_sent_to_another_day_by_keys_and_by_mouse(bench: Workbench, hand: Hand, office: Office) -> None:
    start = datetime.combine(today().replace(day=15), time(10)).astimezone()
    order = walk(office, report(office, "排期"), "accept")
    given = {"technician_id": office.giver, "planned_from": start, "planned_until": start + timedelta(hours=2)}
    office.desk.do("work_orders.assign", work_order_id=order, **given)
    bench.show_screen("work_calendar")
    settle(bench, hand)
    found = bench.boards["work_calendar"]
    assert isinstance(found, WorkCalendarPage)
    found.month.go(start.date())
    settle(bench, hand)
    found.grid.mark(order)
    found.grid.setFocus()
    hand.press(K.Key_P)
    assert found.hint.isVisible()
    hand.press(K.Key_Right)
    hand.press(K.Key_Return)
    settle(bench, hand)
    row = office.row("work_orders", order)
    assert row["planned_from"] == start + timedelta(days=1)
    assert row["planned_until"] - row["planned_from"] == timedelta(hours=2) and row["technician_id"] == office.giver
    here, there = found.month.field(start.date() + timedelta(days=1)), found.month.field(start.date())
    grip = QPoint(30, 36)
    QTest.mousePress(here, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(here, grip + QPoint(40, 0))
    QTest.mouseRelease(here, Qt.MouseButton.LeftButton, pos=here.mapFromGlobal(there.mapToGlobal(grip)))
    settle(bench, hand)
    assert office.row("work_orders", order)["planned_from"] == start


def test_a_job_nobody_has_asks_who_when_it_is_sent_to_a_day(bench: Workbench, hand: Hand, office: Office) -> None:
    order = walk(office, report(office, "无人"), "accept")
    bench.show_screen("work_calendar")
    settle(bench, hand)
    found = bench.boards["work_calendar"]
    assert isinstance(found, WorkCalendarPage)
    view, day = found.waiting.viewport(), found.month.field(found.month.day)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(30, 20))
    QTest.mouseMove(view, QPoint(60, 20))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=view.mapFromGlobal(day.mapToGlobal(QPoint(30, 30))))
    assign = page(bench, hand)
    assert isinstance(assign, AssignPage) and assign.day() == found.month.day
    hand.press(K.Key_Escape)
    settle(bench, hand)
    found.waiting.mark(order)
    found.waiting.setFocus()
    hand.press(K.Key_P)
    hand.press(K.Key_Return)
    assign = page(bench, hand)
    assert isinstance(assign, AssignPage)
    hand.press(K.Key_Return)
    settle(bench, hand)
    row = office.row("work_orders", order)
    assert row["state"] is WorkState.ASSIGNED and row["planned_from"].astimezone().hour == 9


def test_my_jobs_are_those_of_the_person_with_my_name(bench: Workbench, hand: Hand, office: Office) -> None:
    walk(office, report(office, "我的"), "accept", "assign", "begin")
    walk(office, report(office, "别人的"), "accept", "assign", who=office.taker)
    bench.show_screen("my_jobs")
    settle(bench, hand)
    found = bench.boards["my_jobs"]
    assert isinstance(found, MyJobsPage)
    found.person.choose((office.giver,))
    settle(bench, hand)
    assert lane(found, "working") == ["我的"] and lane(found, "assigned") == []
    assert found.head.facts.text() == "Open: 1 · late: 0"


def test_orders_are_linked_and_flagged_on_their_page(bench: Workbench, hand: Hand, office: Office) -> None:
    order, other = walk(office, report(office, "先修"), "accept", "assign", "begin"), report(office, "后修")
    board(bench, hand)
    opened = bench.maintenance.open(order, "links")
    settle(bench, hand)
    hand.click("Link an order…", opened)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    fill(form, kind="blocking", other_id=other)
    save(bench, hand)
    hand.until(lambda: opened.sheet is not None and len(opened.sheet.links) == 1, "the link")
    pane: Any = opened.panes["links"]
    assert pane.grid.records.every[0].cells[0].text == "Has to be done before"
    pane.grid.mark(opened.sheet.links[0].id)  # type: ignore[union-attr]
    hand.click("Unlink", opened)
    hand.until(lambda: opened.sheet is not None and not opened.sheet.links, "the link to go")


@pytest.mark.parametrize(("lang", "tokens"), [("zh_CN", LIGHT), ("en", DARK)], ids=["zh light", "en dark"])
def test_every_page_of_maintenance_is_named_and_painted(
    bench: Workbench, hand: Hand, office: Office, lang: str, tokens: Any
) -> None:
    order = walk(office, report(office), "accept", "assign")
    LOOK.use(tokens=tokens, lang=lang)
    for name in ("work_board", "my_jobs", "work_calendar"):
        bench.show_screen(name)
        assert unnamed(page(bench, hand)) == [] and colours(page(bench, hand)) > 8, name
    bench.show_screen("work_board")
    for opened in (
        lambda: bench.maintenance.open(order), lambda: bench.maintenance.open(order, "steps"),
        lambda: bench.maintenance.assign(order, "x"), lambda: bench.maintenance.report({}),
    ):  # fmt: skip
        opened()
        assert unnamed(page(bench, hand)) == [] and colours(page(bench, hand)) > 8
