"""Personal data in the real window: masks, an eye that asks why, a dialog that closes by itself, files, erasing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from services import office
from services.desk import keys
from services.desk.listing import View
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.list_page import ListPage
from ui.kit.messages import Toast
from ui.kit.reveal import RevealDialog
from ui.kit.theme import LOOK
from ui.workbench import Workbench

PASSWORD, PHONE, OTHER = "a good password", "13800005678", "13911112222"


@pytest.fixture
def bench(qtbot: Any, tmp_path: Path) -> Iterator[Workbench]:
    LOOK.use(lang="en")
    opened = office.set_up(
        tmp_path / "office", name="某某局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR
    )
    here = opened.desk.do("compounds.add", code="JSL", name="建设路大院").value
    for number, name, phone in (("P1", "周敏", PHONE), ("P2", "吴超", "13700001111"), ("P3", "徐勇", None)):
        opened.desk.do("staff.add", compound_id=here, number=number, name=name, phone=phone)
    made = Workbench(opened.desk)
    qtbot.addWidget(made)
    errors: list[object] = []
    made.failed.connect(errors.append)
    made.resize(1440, 900)
    made.show()
    yield made
    assert not errors
    assert made.leave()
    opened.close()


@pytest.fixture
def hand(bench: Workbench) -> Hand:
    return Hand(bench)


@pytest.fixture
def staff(bench: Workbench, hand: Hand) -> ListPage:
    bench.show_screen("staff")
    page = bench.lists["staff"]
    hand.until(lambda: page.detail.row is not None, "the first person")
    return page


def on_screen(bench: Workbench) -> str:
    """Every word of every widget, seen or not."""
    parts: list[str] = []
    for widget in (bench, *bench.findChildren(QWidget)):
        parts += [widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        parts += [widget.text()] if isinstance(widget, QLabel | QLineEdit) else []
    return "\n".join(parts)


def answer(bench: Workbench, hand: Hand, button: str, why: str = "health check", password: str = PASSWORD) -> FormPage:
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    form.fields["reason"].set_value(why)
    form.fields["own_password"].set_value(password)
    hand.click(button)
    return form


def shown(bench: Workbench, hand: Hand) -> RevealDialog:
    hand.click("Show “Phone”")
    answer(bench, hand, "Show")
    hand.until(lambda: bench.people.shown is not None, "the value")
    assert bench.people.shown
    return bench.people.shown


def test_a_value_is_shown_for_some_seconds_and_then_nowhere(bench: Workbench, hand: Hand, staff: ListPage) -> None:
    assert "138****5678" in on_screen(bench) and PHONE not in on_screen(bench)
    QGuiApplication.clipboard().setText("mine")
    dialog = shown(bench, hand)
    assert not bench.findChildren(Toast), "to look at something saves nothing"
    assert dialog.value.text() == PHONE and PHONE not in dialog.windowTitle()
    for _ in range(dialog.left - 1):
        dialog._tick()
    assert dialog.isVisible()
    dialog._tick()
    assert not dialog.isVisible()
    hand.until(lambda: bench.people.shown is None, "the dialog gone")
    assert PHONE not in on_screen(bench) and QGuiApplication.clipboard().text() == "mine"
    id = staff.detail.row["id"] if staff.detail.row else None
    assert id and bench.background.desk.history("staff", id)[-1].reason == "health check"


def test_what_was_copied_goes_from_the_clipboard_with_the_dialog(bench: Workbench, hand: Hand, staff: ListPage) -> None:
    dialog = shown(bench, hand)
    dialog.value.setFocus()
    dialog.value.setSelection(0, len(PHONE))
    QTest.keyClick(dialog.value, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == PHONE
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert QGuiApplication.clipboard().text() == ""


def test_it_goes_with_the_window_behind_it(bench: Workbench, hand: Hand, staff: ListPage) -> None:
    dialog = shown(bench, hand)
    bench.hide()
    assert not dialog.isVisible() and dialog.value.text() == ""
    bench.show()


def test_it_goes_when_the_record_changes(bench: Workbench, hand: Hand, staff: ListPage) -> None:
    dialog = shown(bench, hand)
    assert staff.detail.row
    bench.background.do("staff.revise", {"staff_id": staff.detail.row["id"], "phone": OTHER})
    hand.until(lambda: bench.people.shown is None, "the dialog gone")
    del dialog


def test_a_wrong_password_shows_nothing(bench: Workbench, hand: Hand, staff: ListPage) -> None:
    hand.click("Show “Phone”")
    form = answer(bench, hand, "Show", password="wrong password")
    hand.until(lambda: form.banner.isVisible(), "the refusal")
    assert bench.people.shown is None and PHONE not in on_screen(bench)
    form.fields["own_password"].set_value(None)
    form.fields["reason"].set_value(None)
    bench.leave_page(form)


def test_there_is_an_eye_only_where_something_is_masked_and_only_for_those_who_may(
    bench: Workbench, hand: Hand, staff: ListPage
) -> None:
    assert staff.detail.eyes["phone"].isVisible() and not staff.detail.eyes["address"].isVisible()
    staff.table.mark([2])
    hand.until(lambda: bool(staff.detail.row and staff.detail.row["number"] == "P3"), "the third")
    assert not staff.detail.eyes["phone"].isVisible()


def test_a_form_left_as_it_is_changes_nothing_and_a_new_value_replaces(
    bench: Workbench, hand: Hand, staff: ListPage
) -> None:
    assert staff.detail.row
    id = staff.detail.row["id"]
    staff.edit_requested.emit(staff.detail.row)
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    assert form.fields["phone"].value() == "138****5678" and form.values() == {}
    form.fields["phone"].set_value("139****5678")
    hand.click("Save")
    hand.until(lambda: form.fields["phone"].wrong, "the refusal at the field")
    form.fields["phone"].set_value(OTHER)
    hand.click("Save")
    hand.until(lambda: bench.pages.currentWidget() is staff, "the list")
    hand.until(lambda: bool(staff.detail.row and staff.detail.row["phone"] == "139****2222"), "the new mask")
    assert bench.background.desk.history("staff", id)[-1].fields == {"phone": ["changed", "changed"]}
    staff.detail.history.show_record("staff", id)
    hand.until(lambda: "Phone: changed" in on_screen(bench), "the change in the history")
    assert OTHER not in on_screen(bench)


def test_the_list_is_written_as_it_is_filtered_with_plain_values(
    bench: Workbench, hand: Hand, staff: ListPage, tmp_path: Path
) -> None:
    staff.filters.search.line.setText("周敏")
    hand.until(lambda: len(staff.model.numbers) == 1, "the search")
    act = next(a for a in staff.about.acts if a.name == "staff.export_personal")
    out = tmp_path / "people.csv"
    bench.people.export_to(staff.about, act, out)
    hand.until(lambda: isinstance(bench.pages.currentWidget(), FormPage), "the question why")
    answer(bench, hand, "Write")
    hand.until(out.exists, "the file")
    assert [r["Phone"] for r in csv.DictReader(out.read_text("utf-8-sig").splitlines())] == [PHONE]
    hand.until(lambda: bench.pages.currentWidget() is staff, "the list")


def test_a_list_of_nobody_is_not_written(bench: Workbench, hand: Hand, staff: ListPage, tmp_path: Path) -> None:
    staff.filters.search.line.setText("没有这个人")
    hand.until(lambda: len(staff.model.numbers) == 0, "the search")
    act = next(a for a in staff.about.acts if a.name == "staff.export_personal")
    bench.people.export_to(staff.about, act, tmp_path / "people.csv")
    hand.until(lambda: "nobody to write" in on_screen(bench), "the reason")
    assert not (tmp_path / "people.csv").exists() and bench.pages.currentWidget() is staff


def test_erasing_asks_why_and_leaves_the_word(bench: Workbench, hand: Hand, staff: ListPage) -> None:
    hand.click("Erase personal data")
    assert "cannot be brought back" in on_screen(bench)
    answer(bench, hand, "Erase")
    hand.until(lambda: bool(staff.detail.row and staff.detail.row["phone"] == "erased"), "the word")
    assert not staff.detail.eyes["phone"].isVisible()
    assert bench.background.desk.count(View("staff", search=PHONE)) == 0
    LOOK.use(lang="zh_CN")
    assert "已删除" in on_screen(bench)
    staff.edit_requested.emit(staff.detail.row)
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage) and form.fields["phone"].value() == "已删除" and form.values() == {}
    bench.leave_page(form)
