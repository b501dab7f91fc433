"""The pages before an office is open: chosen, filled in, refused, by keyboard alone; and what they must not load."""

from __future__ import annotations

import subprocess
import sys
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import resources
from ui.kit.text import Own
from ui.pages.set_up import SetUpPage, strength
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import OFFICE, SAMPLE, WelcomePage

Page = TypeVar("Page", bound=QWidget)
PASSWORD = "Jianshe-Lu 2026"
OFFICERS = ("system-pass-1", "security-pass", "audit-pass-12")


def opened(qtbot: QtBot, page: Page) -> Page:
    qtbot.addWidget(page)
    page.resize(1440, 900)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


@pytest.fixture
def sign_in(qtbot: QtBot) -> SignInPage:
    return opened(qtbot, SignInPage(version="1", place="/data/office"))


@pytest.fixture
def set_up(qtbot: QtBot) -> SetUpPage:
    return opened(qtbot, SetUpPage(version="1"))


@pytest.mark.parametrize(("key", "chosen"), [(Qt.Key.Key_1, SAMPLE), (Qt.Key.Key_2, OFFICE)])
def test_a_number_chooses_how_to_begin(qtbot: QtBot, key: Qt.Key, chosen: str) -> None:
    page = opened(qtbot, WelcomePage(version="1"))
    with qtbot.waitSignal(page.chosen) as told:
        QTest.keyClick(page, key)
    assert told.args == [chosen]


def test_arrow_and_enter_choose_how_to_begin(qtbot: QtBot) -> None:
    page = opened(qtbot, WelcomePage(version="1"))
    assert page.cards[0].hasFocus()
    QTest.keyClick(page.cards[0], Qt.Key.Key_Right)
    assert page.cards[1].hasFocus()
    with qtbot.waitSignal(page.chosen) as told:
        QTest.keyClick(page.cards[1], Qt.Key.Key_Return)
    assert told.args == [OFFICE]


def test_signing_in_by_keyboard(qtbot: QtBot, sign_in: SignInPage) -> None:
    assert sign_in.account.line.hasFocus()
    QTest.keyClicks(sign_in.account.line, "wang")
    QTest.keyClick(sign_in.account.line, Qt.Key.Key_Return)
    assert sign_in.password.line.hasFocus()
    QTest.keyClicks(sign_in.password.line, PASSWORD)
    with qtbot.waitSignal(sign_in.submitted) as told:
        QTest.keyClick(sign_in.password.line, Qt.Key.Key_Return)
    assert told.args == ["wang", PASSWORD]


def test_the_password_is_asked_for_when_the_account_is_known(qtbot: QtBot) -> None:
    page = opened(qtbot, SignInPage(version="1", place="/data", account="wang"))
    assert page.password.line.hasFocus()


def test_nothing_is_told_while_something_is_missing(qtbot: QtBot, sign_in: SignInPage) -> None:
    with qtbot.assertNotEmitted(sign_in.submitted):
        sign_in.go.click()
    assert sign_in.account.note.isVisible()
    assert sign_in.account.line.accessibleDescription()
    assert sign_in.account.line.hasFocus()
    QTest.keyClicks(sign_in.account.line, "w")
    assert not sign_in.account.note.isVisible()


def test_a_refused_password_is_said_and_can_be_typed_over(qtbot: QtBot, sign_in: SignInPage) -> None:
    sign_in.account.put("wang")
    sign_in.password.put("wrong password")
    sign_in.set_busy(True)
    with qtbot.assertNotEmitted(sign_in.submitted):
        QTest.keyClick(sign_in.password.line, Qt.Key.Key_Return)
    assert sign_in.password.line.isReadOnly()
    sign_in.refuse(Own("账号或密码不对"))
    assert sign_in.wrong.isVisible()
    QTest.keyClicks(sign_in.password.line, "x")
    assert sign_in.password.text() == "x"


def test_the_password_is_hidden_until_asked_for(sign_in: SignInPage) -> None:
    assert sign_in.password.line.echoMode() == QLineEdit.EchoMode.Password
    sign_in.password.eye.click()
    assert sign_in.password.line.echoMode() == QLineEdit.EchoMode.Normal
    sign_in.password.eye.click()
    assert sign_in.password.line.echoMode() == QLineEdit.EchoMode.Password


def test_caps_lock_is_noticed_from_a_letter_without_shift(sign_in: SignInPage) -> None:
    def types(letter: str, held: Qt.KeyboardModifier) -> None:
        event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, held, letter)
        QApplication.sendEvent(sign_in.password.line, event)

    types("A", Qt.KeyboardModifier.NoModifier)
    assert sign_in.caps.isVisible()
    types("A", Qt.KeyboardModifier.ShiftModifier)
    assert not sign_in.caps.isVisible()


def test_an_office_is_set_up_by_keyboard(qtbot: QtBot, set_up: SetUpPage) -> None:
    for entry, text in zip(set_up.entries(), ("某某局", "jgsw", "wang", PASSWORD, PASSWORD, *OFFICERS), strict=True):
        assert entry.line.hasFocus()
        entry.line.insert(text) if not text.isascii() else QTest.keyClicks(entry.line, text)
        if entry is not set_up.entries()[-1]:
            QTest.keyClick(entry.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(set_up.submitted) as told:
        QTest.keyClick(set_up.entries()[-1].line, Qt.Key.Key_Return)
    officers = dict(zip(("system", "security", "audit"), OFFICERS, strict=True))
    known = {"name": "某某局", "code": "JGSW", "account": "wang", "password": PASSWORD}
    assert told.args == [known | {"officers": officers}]


@pytest.mark.parametrize(
    ("wrong", "values"),
    [
        ("name", ("  ", "JGSW", "wang", PASSWORD, PASSWORD)),
        ("code", ("某某局", "J", "wang", PASSWORD, PASSWORD)),
        ("account", ("某某局", "JGSW", " ", PASSWORD, PASSWORD)),
        ("password", ("某某局", "JGSW", "wang", "123456789", "123456789")),
        ("again", ("某某局", "JGSW", "wang", PASSWORD, PASSWORD + "x")),
    ],
)
def test_what_is_wrong_is_said_where_it_is_wrong(
    qtbot: QtBot, set_up: SetUpPage, wrong: str, values: tuple[str, ...]
) -> None:
    for entry, text in zip(set_up.entries(), (*values, *OFFICERS), strict=True):
        entry.put(text)
    with qtbot.assertNotEmitted(set_up.submitted):
        set_up.submit()
    assert [entry for entry in set_up.entries() if entry.box.wrong] == [getattr(set_up, wrong)]
    assert getattr(set_up, wrong).line.hasFocus()


def test_each_officer_has_a_long_enough_password_of_his_own(qtbot: QtBot, set_up: SetUpPage) -> None:
    for entry, text in zip(
        set_up.entries(), ("某", "JG", "audit", PASSWORD, PASSWORD, "short", PASSWORD, "x" * 10), strict=True
    ):
        entry.put(text)
    with qtbot.assertNotEmitted(set_up.submitted):
        set_up.submit()
    wrong = [entry for entry in set_up.entries() if entry.box.wrong]
    assert wrong == [set_up.account, set_up.officers["system"], set_up.officers["security"]]


def test_a_sample_needs_only_a_password_and_escape_goes_back(qtbot: QtBot) -> None:
    page = opened(qtbot, SetUpPage(version="1", sample=True))
    page.password.put(PASSWORD)
    page.again.put(PASSWORD)
    with qtbot.waitSignal(page.submitted) as told:
        QTest.keyClick(page.again.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [{"account": "admin", "password": PASSWORD}]
    with qtbot.waitSignal(page.went_back):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_a_failed_set_up_keeps_what_was_filled_in(set_up: SetUpPage) -> None:
    set_up.name.put("某某局")
    set_up.set_busy(True)
    set_up.tell(3, 10)
    assert (set_up.bar.value(), set_up.bar.maximum()) == (3, 10)
    assert not set_up.go.isEnabled()
    set_up.refuse(Own("磁盘已满"))
    assert set_up.wrong.isVisible()
    assert set_up.go.isEnabled()
    assert set_up.name.text() == "某某局"


@pytest.mark.parametrize(
    ("password", "tone"),
    [("aaaaaaaaaa", "warn"), ("wang123456", "warn"), ("zhongguancun", "text3"), ("Zhong-guan-cun 7", "ok")],
)
def test_the_strength_of_a_password_is_said_plainly(password: str, tone: str) -> None:
    assert strength(password, "wang")[1] == tone


def test_the_first_pages_load_neither_services_nor_store_nor_pdf() -> None:
    program = (
        "import sys; import ui.pages.sign_in, ui.pages.welcome, ui.pages.set_up; "
        "heavy = ('services', 'sqlalchemy', 'models', 'pypdfium2', 'reportlab', 'openpyxl', 'numpy'); "
        "print([name for name in sys.modules if name.split('.')[0] in heavy])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=resources.ROOT.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
