"""Getting about by keyboard: the rail, the steps, the way back, and what is said on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import PLACES, STEPS, spoken
from ui.kit.button import Button, LinkButton
from ui.kit.card import Banner
from ui.kit.messages import ConfirmDialog, ErrorCard, Toast, toast
from ui.kit.page import EmptyState, PageHead
from ui.kit.progress import Bar, ProgressPanel
from ui.kit.rail_item import NARROW, RailButton, RailItem
from ui.kit.shell import Shell
from ui.kit.steps import StepBar
from ui.kit.switches import LanguageButton, ThemeButton
from ui.kit.text import Own
from ui.kit.theme import DARK, LIGHT, LOOK, RAIL


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    made = Shell(PLACES, "王建国")
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def items(shell: Shell) -> list[RailItem]:
    return shell.rail.findChildren(RailItem)


def test_ctrl_and_a_number_open_a_place(qtbot: QtBot, shell: Shell) -> None:
    for number, place in enumerate(PLACES, 1):
        with qtbot.waitSignal(shell.rail.chosen) as told:
            QTest.keyClick(shell, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert told.args == [place.key]


def test_arrows_move_along_the_rail_and_enter_opens(qtbot: QtBot, shell: Shell) -> None:
    shell.rail.show_current("assets")
    items(shell)[0].setFocus()
    QTest.keyClick(items(shell)[0], Qt.Key.Key_Down)
    assert items(shell)[1].hasFocus()
    with qtbot.waitSignal(shell.rail.chosen) as told:
        QTest.keyClick(items(shell)[1], Qt.Key.Key_Return)
    assert told.args == ["rooms"]
    assert [item.isChecked() for item in items(shell)] == [False, True, False, False]


def shown(shell: Shell) -> list[str]:
    return [item.place.key for item in items(shell) if item.isVisible()]


def test_only_the_group_of_the_shown_place_is_unfolded(shell: Shell) -> None:
    assert shown(shell) == ["settings"]
    shell.rail.show_current("rooms")
    assert shown(shell) == ["assets", "rooms", "settings"]
    shell.rail.groups[1].click()
    assert shown(shell) == ["assets", "rooms", "staff", "settings"]
    shell.rail.show_current("rooms")
    assert shown(shell)[2] == "staff", "what somebody unfolded stays"


def test_groups_fold_by_the_arrows_and_the_keyboard_stays_in_the_rail(shell: Shell) -> None:
    shell.rail.show_current("rooms")
    compound, staff = shell.rail.groups
    items(shell)[1].setFocus()
    QTest.keyClick(items(shell)[1], Qt.Key.Key_Left)
    assert compound.hasFocus()
    assert shown(shell) == ["settings"]
    assert compound.focusPolicy() == Qt.FocusPolicy.TabFocus, "Tab still comes to the rail"
    QTest.keyClick(compound, Qt.Key.Key_Down)
    assert staff.hasFocus()
    QTest.keyClick(staff, Qt.Key.Key_Right)
    QTest.keyClick(staff, Qt.Key.Key_Down)
    assert items(shell)[2].hasFocus()


def test_a_folded_group_tells_what_waits_in_it(shell: Shell) -> None:
    shell.rail.show_waiting("assets", 3)
    shell.rail.show_waiting("rooms", 4)
    group = shell.rail.groups[0]
    assert "7" in spoken(group)
    group.click()
    assert "7" not in spoken(group)


def test_the_place_that_is_shown_is_in_view_also_when_its_group_was_folded(qtbot: QtBot, shell: Shell) -> None:
    group = shell.rail.groups[-1]
    last = group.items[-1]
    shell.rail.setFixedHeight(200)  # room for two or three of them
    group.setChecked(False)
    QApplication.processEvents()
    shell.rail.show_current(last.place.key)
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())


def test_tab_passes_the_rail_in_one_step(shell: Shell) -> None:
    shell.rail.show_current("rooms")
    in_the_way = [way for way in shell.rail.findChildren(RailButton) if way.focusPolicy() == Qt.FocusPolicy.TabFocus]
    assert in_the_way == [items(shell)[1]]


def test_a_narrow_window_gets_a_rail_of_icons_that_keeps_its_names(shell: Shell) -> None:
    assert shell.rail.width() == RAIL
    shell.resize(1100, 700)
    QApplication.processEvents()
    assert shell.rail.width() == NARROW
    assert [spoken(item) for item in items(shell)][:3] == ["资产", "房间", "人员"]


def test_what_waits_is_told_with_the_name(shell: Shell) -> None:
    shell.rail.show_waiting("assets", 3)
    assert "3" in spoken(items(shell)[0])
    shell.rail.show_waiting("assets", 0)
    assert spoken(items(shell)[0]) == "资产"


def test_the_account_menu_changes_the_password_locks_and_signs_out(qtbot: QtBot, shell: Shell) -> None:
    change, lock, leave = shell.top.account.menu_.actions()
    with qtbot.waitSignal(shell.top.password_asked):
        change.trigger()
    with qtbot.waitSignal(shell.top.lock_asked):
        lock.trigger()
    with qtbot.waitSignal(shell.top.signed_out):
        leave.trigger()


def test_language_and_theme_are_switched_from_the_top_bar(qtbot: QtBot, shell: Shell) -> None:
    shell.findChildren(ThemeButton)[0].click()
    assert LOOK.tokens is DARK
    shell.findChildren(ThemeButton)[0].click()
    assert LOOK.tokens is LIGHT
    english = shell.findChildren(LanguageButton)[0].menu_.actions()[1]
    english.trigger()
    assert LOOK.lang == "en"
    assert english.isChecked()
    assert spoken(items(shell)[1]) == "Rooms"


def test_steps_behind_can_be_gone_back_to_and_steps_ahead_cannot(qtbot: QtBot) -> None:
    bar = StepBar(STEPS, 1, walk=True)
    qtbot.addWidget(bar)
    with qtbot.waitActive(bar):
        bar.show()
        bar.activateWindow()
    steps = bar._steps
    steps[1].setFocus()
    QTest.keyClick(steps[1], Qt.Key.Key_Right)
    assert steps[1].hasFocus()
    QTest.keyClick(steps[1], Qt.Key.Key_Left)
    assert steps[0].hasFocus()
    with qtbot.waitSignal(bar.chosen) as told:
        QTest.keyClick(steps[0], Qt.Key.Key_Return)
    assert told.args == [0]
    bar.show_current(3)
    assert all("3" in spoken(step) for step in steps)


def test_the_way_back_tells_where_to(qtbot: QtBot) -> None:
    head = PageHead(Own("移交"), back=(("handovers", "handover"), ("note", Own("0187"))))
    qtbot.addWidget(head)
    with qtbot.waitSignal(head.went_back) as told:
        head.findChildren(QPushButton)[0].click()
    assert told.args == ["handovers"]


def test_banner_and_empty_state_offer_one_thing_to_do(qtbot: QtBot) -> None:
    for made in (
        Banner("warn", Own("有差异"), Own("处理")),
        EmptyState("package", Own("空"), Own("还没有"), Own("导入")),
    ):
        qtbot.addWidget(made)
        with qtbot.waitSignal(made.acted):
            made.action.click()


def test_a_toast_takes_the_place_of_the_one_before_and_goes_when_used(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    toast(window, Own("第一条"))
    second = toast(window, Own("第二条"), Own("撤销"))
    seen = [made for made in window.findChildren(Toast) if made.isVisible()]
    assert [made.accessibleName() for made in seen] == ["第二条"]
    assert window.rect().contains(second.geometry())
    with qtbot.waitSignal(second.acted):
        second.action.click()
    assert second.isHidden()


def test_a_toast_leaves_by_itself(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = toast(window, Own("已保存"))
    made._clock.setInterval(1)
    made._clock.start()
    qtbot.waitUntil(lambda: not window.findChildren(Toast))


@pytest.mark.parametrize(("kind", "default"), [("bad", "stay"), ("primary", "go")])
def test_enter_never_destroys_and_escape_means_no(qtbot: QtBot, kind: str, default: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ConfirmDialog(window, Own("作废？"), Own("不能撤回。"), Own("作废"), kind=kind)
    dialog.show()
    assert getattr(dialog, default).isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.result()


def test_the_details_of_an_error_can_be_seen_and_copied(qtbot: QtBot) -> None:
    card = ErrorCard("ValueError: 7", again=True)
    qtbot.addWidget(card)
    card.show()
    assert card.details.isHidden()
    card.fold.click()
    assert card.details.isVisible()
    card.copy.click()
    assert QApplication.clipboard().text() == "ValueError: 7"
    with qtbot.waitSignal(card.retried):
        card.again.click()


def test_long_work_says_how_far_it_is_and_can_be_stopped_once(qtbot: QtBot) -> None:
    panel = ProgressPanel(Own("导入"))
    qtbot.addWidget(panel)
    panel.show()
    panel.tell(3210, 8645)
    assert (panel.bar.value(), panel.bar.maximum()) == (3210, 8645)
    assert "3,210" in panel.figure.text()
    with qtbot.waitSignal(panel.cancelled):
        panel.stop.click()
    assert not panel.stop.isEnabled()


def test_a_bar_without_an_end_runs_only_while_it_is_seen(qtbot: QtBot) -> None:
    bar = Bar(Own("打开"), 0, 0)
    qtbot.addWidget(bar)
    assert not bar._clock.isActive()
    bar.show()
    assert bar._clock.isActive()
    bar.hide()
    assert not bar._clock.isActive()


def test_a_button_that_cannot_be_used_looks_different(qtbot: QtBot) -> None:
    for made in (Button(Own("保存"), kind="primary"), LinkButton(Own("更多"))):
        qtbot.addWidget(made)
        before = made.grab().toImage()
        made.setEnabled(False)
        assert made.grab().toImage() != before
