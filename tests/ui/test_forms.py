"""A form: what is typed is understood, said back in good form, saved as a whole, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from models.asset import Asset
from services.desk.errors import Conflict, Invalid
from services.desk.schema import describe
from tests.ui.fake_desk import SCREEN, FakeDesk, person
from tests.ui.kit_helpers import office, type_words
from ui.kit import read, show
from ui.kit.field import Field
from ui.kit.form import FormPage
from ui.kit.picker import Picker
from ui.kit.theme import DARK, LIGHT, LOOK

NEEDED = {"name", "cost", "keeper_id", "acquired_on"}
FIELDS = [replace(spec, required=spec.name in NEEDED) for spec in describe(Asset).values()]
GIVEN = {"name": "壁挂式空调", "cost": 1_268_000, "keeper_id": person(1), "acquired_on": date(2026, 11, 19)}
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def form(qtbot: QtBot, desk: FakeDesk) -> Iterator[FormPage]:
    """An empty form for a new asset."""
    yield from _form(qtbot, desk)


@pytest.fixture
def revision(qtbot: QtBot, desk: FakeDesk) -> Iterator[FormPage]:
    """The form of an asset that is there."""
    yield from _form(qtbot, desk, GIVEN, labels={"keeper_id": "李秀英"}, revising=True)


def _form(qtbot: QtBot, desk: FakeDesk, initial: dict[str, Any] | None = None, **more: Any) -> Iterator[FormPage]:
    with office(desk) as background:
        spell = lambda fen: f"人民币{fen}分"
        made = FormPage("New asset", FIELDS, SCREEN.form, background, initial, spell=spell, **more)
        qtbot.addWidget(made)
        made.resize(1100, 800)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
        yield made


def _refusing(form: FormPage, button: QWidget) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    form.refuse(Conflict("A note covers assets of one compound only"))


def test_fields_of_one_span_are_equally_wide_whatever_stands_beside_them(form: FormPage) -> None:
    spans: dict[int, set[int]] = {}
    for section in form.sections:
        for name, span in section.fields:
            spans.setdefault(span, set()).add(form.fields[name].width())
    assert len(spans) > 1
    assert all(max(widths) - min(widths) <= 2 for widths in spans.values()), spans  # pixels that do not divide


def test_the_dots_of_a_button_promise_the_form_and_are_not_its_title(qtbot: QtBot, desk: FakeDesk) -> None:
    with office(desk) as background:
        made = FormPage("Decide…", FIELDS, (), background)
        qtbot.addWidget(made)
        assert made.head.title.text() == "决定"


def test_a_button_that_was_pressed_has_the_keyboard_again_after_a_refusal(form: FormPage) -> None:
    fill_all(form)
    fill(form, "name", "激光打印机")
    form.fields["keeper_id"].set_value(person(1), "李秀英")
    _refusing(form, form.save)
    assert form.save.hasFocus()
    assert form.banner.isVisible()


def fill(form: FormPage, name: str, text: str) -> Field:
    """Type over what stands in a field."""
    field = form.fields[name]
    line: Any = field.box.inner()
    line.setFocus()
    line.selectAll()
    type_words(line, text)
    line.textEdited.emit(line.text())
    return field


def fill_all(form: FormPage) -> None:
    fill(form, "name", "激光打印机")
    fill(form, "cost", "2150")
    fill(form, "acquired_on", "2026/11/3")
    form.fields["keeper_id"].set_value(person(2), "张伟")


def test_a_new_record_is_told_with_everything_that_was_given(qtbot: QtBot, form: FormPage) -> None:
    fill_all(form)
    with qtbot.waitSignal(form.submitted) as told:
        qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    values, again = told.args
    assert not again
    assert values["name"] == "激光打印机"
    assert values["cost"] == 215_000
    assert values["acquired_on"] == date(2026, 11, 3)
    assert values["keeper_id"] == person(2)
    assert "model" not in values


def test_nothing_is_saved_while_a_required_field_is_empty(qtbot: QtBot, form: FormPage) -> None:
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert {field.spec.name for field in form.errors()} == NEEDED
    assert form.banner.isVisible()
    assert form.fields["name"].box.inner().hasFocus(), "the first one that is wrong"


def test_f8_goes_from_one_error_to_the_next_and_back(qtbot: QtBot, form: FormPage) -> None:
    form.submit()
    order = [field.spec.name for field in form.errors()]
    seen = []
    for _ in order:
        seen.append(next(name for name, field in form.fields.items() if field.box.inner().hasFocus()))
        qtbot.keyClick(form, Qt.Key.Key_F8)
    assert seen == order
    qtbot.keyClick(form, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert form.fields[order[-1]].box.inner().hasFocus()


def test_an_error_goes_when_its_field_is_edited(qtbot: QtBot, form: FormPage) -> None:
    form.submit()
    fill(form, "name", "空")
    assert not form.fields["name"].wrong
    assert form.fields["cost"].wrong


def test_only_what_changed_is_told_of_a_record_that_is_there(qtbot: QtBot, revision: FormPage) -> None:
    fill(revision, "cost", "12,680.50")
    with qtbot.waitSignal(revision.submitted) as told:
        revision.submit()
    assert told.args[0] == {"cost": 1_268_050}


def test_a_field_emptied_on_purpose_is_told_as_empty(qtbot: QtBot, desk: FakeDesk) -> None:
    for form in _form(qtbot, desk, GIVEN | {"model": "KFR-72LW"}, labels={"keeper_id": "李秀英"}, revising=True):
        form.fields["model"].box.inner().clear()
        assert form.values() == {"model": None}


def test_typing_and_taking_it_back_changes_nothing(qtbot: QtBot, revision: FormPage) -> None:
    assert not revision.dirty()
    fill(revision, "name", "别的")
    assert revision.dirty()
    fill(revision, "name", "壁挂式空调")
    assert not revision.dirty()


def test_leaving_asks_when_something_typed_would_be_lost(qtbot: QtBot, revision: FormPage) -> None:
    fill(revision, "name", "别的")
    with qtbot.assertNotEmitted(revision.left):
        _answer(Qt.Key.Key_Escape)
        revision.leave()
    assert revision.fields["name"].value() == "别的"


def test_a_second_escape_does_not_ask_a_second_time(qtbot: QtBot, revision: FormPage) -> None:
    fill(revision, "name", "别的")
    QTimer.singleShot(0, revision.leave)
    _answer(Qt.Key.Key_Escape)
    revision.leave()
    assert QApplication.activeModalWidget() is None
    assert revision.fields["name"].value() == "别的"


def test_leaving_an_untouched_form_asks_nothing(qtbot: QtBot, revision: FormPage) -> None:
    with qtbot.waitSignal(revision.left):
        qtbot.keyClick(revision, Qt.Key.Key_Escape)


def _answer(key: Qt.Key) -> None:
    def press() -> None:
        modal = QApplication.activeModalWidget()
        if modal is None or not modal.isActiveWindow():
            QTimer.singleShot(10, press)
        else:
            QTest.keyClick(modal, key)

    QTimer.singleShot(10, press)


def test_a_refusal_is_shown_at_the_field_it_is_about_and_nothing_is_lost(qtbot: QtBot, form: FormPage) -> None:
    fill_all(form)
    form.submit()
    form.refuse(Invalid("The number “{number}” is taken.", field="number", number="ZC1"))
    assert form.fields["number"].wrong
    assert "ZC1" in form.fields["number"].note.text()
    assert form.fields["number"].box.inner().accessibleDescription() == form.fields["number"].note.text()
    assert form.fields["name"].value() == "激光打印机"
    assert form.save.isEnabled()


def test_a_refusal_about_no_field_stands_above_them(qtbot: QtBot, form: FormPage) -> None:
    form.refuse(Conflict("Somebody else changed this just now; please look at it again"))
    assert form.banner.isVisible()
    form.refuse(RuntimeError("secret details"))
    assert "secret" not in form.banner.sentence.text()


def test_saving_twice_by_a_double_click_saves_once(qtbot: QtBot, form: FormPage) -> None:
    told: list[object] = []
    form.submitted.connect(lambda values, again: told.append(values))
    fill_all(form)
    form.submit()
    form.submit()
    assert len(told) == 1


def test_save_and_new_begins_an_empty_form(qtbot: QtBot, form: FormPage) -> None:
    fill_all(form)
    with qtbot.waitSignal(form.submitted) as told:
        qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args[1]
    form.saved(again=True)
    assert form.fields["name"].value() is None
    assert not form.dirty()
    assert form.fields["name"].box.inner().hasFocus()


def test_values_the_form_does_not_show_are_handed_on(qtbot: QtBot, desk: FakeDesk) -> None:
    for form in _form(qtbot, desk, {"voucher": "记-0087"}):
        fill_all(form)
        assert form.values()["voucher"] == "记-0087"


def test_money_is_written_in_good_form_when_the_keyboard_leaves(qtbot: QtBot, form: FormPage) -> None:
    field = fill(form, "cost", "１２６８０．５元")
    assert field.note.text() == "人民币1268050分", "in words while it is typed"
    form.fields["name"].setFocus()
    assert field.box.inner().text() == "12,680.50"
    assert field.note.isHidden()


@pytest.mark.parametrize(("name", "text"), [("cost", "十二元"), ("cost", "1.234"), ("acquired_on", "2026-02-30")])
def test_what_cannot_be_read_is_said_and_kept(qtbot: QtBot, form: FormPage, name: str, text: str) -> None:
    field = fill(form, name, text)
    form.fields["name"].setFocus()
    assert field.wrong
    assert field.box.inner().text() == text
    assert form.dirty()


def test_text_longer_than_the_register_keeps_is_refused_not_cut(qtbot: QtBot, form: FormPage) -> None:
    field = fill(form, "name", "空" * 121)
    form.fields["cost"].setFocus()
    assert field.wrong
    assert "120" in field.note.text()


def test_a_day_can_be_picked_from_the_calendar(qtbot: QtBot, form: FormPage) -> None:
    field = fill(form, "acquired_on", "2026-11-19")
    field.box.open()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    days = field.box._calendar.findChild(QTableView)
    qtbot.keyClick(days, Qt.Key.Key_Left)
    qtbot.keyClick(days, Qt.Key.Key_Return)
    assert field.value() == date(2026, 11, 18)
    popup.close()


def test_a_person_is_picked_with_the_keyboard_alone(qtbot: QtBot, form: FormPage) -> None:
    field = fill(form, "keeper_id", "刘")
    picker: Picker = field.box
    qtbot.waitUntil(picker.list.isVisible)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert field.value() == person(4)
    assert picker.line.text() == "刘洋"
    assert not picker.list.isVisible()


def test_arrows_move_in_the_list_and_escape_closes_only_the_list(qtbot: QtBot, form: FormPage) -> None:
    picker: Picker = form.fields["keeper_id"].box
    picker.line.setFocus()
    qtbot.keyClick(picker.line, Qt.Key.Key_Down)
    qtbot.waitUntil(picker.list.isVisible)
    with qtbot.assertNotEmitted(form.left):
        qtbot.keyClick(picker.line, Qt.Key.Key_Escape)
    assert not picker.list.isVisible()
    qtbot.keyClick(picker.line, Qt.Key.Key_Down)
    qtbot.waitUntil(picker.list.isVisible)
    qtbot.keyClick(picker.line, Qt.Key.Key_Down)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert form.fields["keeper_id"].value() == person(1)


def test_an_unknown_name_is_refused_with_what_was_probably_meant(qtbot: QtBot, form: FormPage) -> None:
    field = fill(form, "keeper_id", "李秀")
    form.fields["name"].setFocus()
    qtbot.waitUntil(lambda: field.wrong and "李秀英" in field.note.text())
    qtbot.mouseClick(field.note, Qt.MouseButton.LeftButton)
    assert field.value() == person(1)
    assert not field.wrong


def test_a_full_name_typed_and_left_is_understood(qtbot: QtBot, form: FormPage) -> None:
    field = fill(form, "keeper_id", "李秀英")
    form.fields["name"].setFocus()
    qtbot.waitUntil(lambda: field.problem() is None)
    assert field.value() == person(1)


def test_a_class_is_found_by_code_or_name_and_kept_by_its_code(qtbot: QtBot, form: FormPage) -> None:
    field = fill(form, "class_code", "空调")
    picker: Picker = field.box
    qtbot.waitUntil(picker.list.isVisible)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert field.value() == "A02010001"
    assert "空调设备" in picker.line.text()


def test_a_locked_field_can_be_read_but_not_changed(qtbot: QtBot, desk: FakeDesk) -> None:
    for form in _form(qtbot, desk, GIVEN | {"number": "ZC1"}, locked=frozenset({"number"})):
        line: Any = form.fields["number"].box.inner()
        line.setFocus()
        qtbot.keyClicks(line, "X")
        assert line.text() == "ZC1"
        assert line.focusPolicy() != Qt.FocusPolicy.NoFocus


def test_scrolling_over_a_choice_does_not_change_it(qtbot: QtBot, form: FormPage) -> None:
    box: Any = form.fields["acquisition"].box
    box.set_value("purchase")
    box.combo.setFocus()
    down, here = QPoint(0, -120), QPointF(20, 10)
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(here, here, QPoint(), down, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(box.combo, turn)
    assert box.value() == "purchase"
    qtbot.keyClick(box.combo, Qt.Key.Key_Down)
    assert box.value() == "built"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_errors_and_names_follow_the_language(qtbot: QtBot, form: FormPage, tokens: Any, lang: str) -> None:
    form.submit()
    LOOK.use(tokens=tokens, lang=lang)
    name = show.label(lang, form.fields["name"].spec)
    assert form.fields["name"].label.text() == name
    assert name in form.fields["name"].note.text()
    assert name in form.fields["name"].box.inner().accessibleName()
    assert not form.grab().isNull()


def test_everything_the_keyboard_reaches_has_a_name(form: FormPage) -> None:
    reached = [w for w in form.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    nameless = [w for w in reached if not _name(w) and w.objectName() != "qt_scrollarea_viewport"]
    assert len(reached) >= len(form.fields)
    assert nameless == []


def _name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


@given(some.integers(-(10**14), 10**14))
def test_every_sum_is_read_back_as_it_was_shown(fen: int) -> None:
    assert read.hundredths(show.money(fen)) == fen


@given(some.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_each_way_it_is_written(day: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y/%m/%d}"):
        assert read.day(text) == day


@given(some.text(max_size=12))
def test_whatever_is_typed_is_a_sum_or_a_sentence(text: str) -> None:
    try:
        value = read.hundredths(text)
    except Invalid as error:
        assert str(error)
    else:
        assert value is None or isinstance(value, int)


def test_values_nobody_filled_in_are_shown_as_a_dash() -> None:
    spec = describe(Asset)["keeper_id"]
    assert show.text("en", spec, None, {"keeper": None, "keeper_text": None}) == "—"
    assert show.text("en", spec, None, {"keeper": None, "keeper_text": "老王"}) == "老王"
    assert show.text("en", spec, UUID(int=1), {"keeper": "李秀英"}) == "李秀英"
