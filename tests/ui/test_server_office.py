"""An office on a server in the real window: its address typed once, signing in, what it says when it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from resources.words import tr
from services import shared
from services.desk import doors, keys
from tests.services.test_shared_office import OTHER, PASSWORD, address, forget, found
from ui.kit.theme import LOOK
from ui.pages.join import FILE, JoinPage, nameless
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import WelcomePage
from ui.window import Window

NAME = "windowed"


@pytest.fixture(scope="module")
def where(server: str) -> Iterator[str]:
    found(server, NAME)
    yield address(server, NAME)
    forget(server, NAME)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    real = shared.pen
    monkeypatch.setattr(shared, "pen", lambda *given: real(given[0], given[1], given[2], given[3], keys.FLOOR))


def opened(qtbot: QtBot, folder: Path, office: str = "") -> Window:
    window = Window(folder, office)
    qtbot.addWidget(window)
    window.show()
    return window


def sign_in(window: Window, password: str, account: str = "admin") -> SignInPage:
    page = window.stack.currentWidget()
    assert isinstance(page, SignInPage)
    page.account.put(account)
    page.password.put(password)
    page.go.click()
    return page


def test_its_address_is_typed_once_and_the_next_start_offers_it(qtbot: QtBot, where: str, tmp_path: Path) -> None:
    window = opened(qtbot, tmp_path / "data")
    welcome = window.stack.currentWidget()
    assert isinstance(welcome, WelcomePage)
    welcome.server.click()
    page = window.stack.currentWidget()
    assert isinstance(page, JoinPage)
    page.address.put("somewhere")
    page.go.click()
    assert page.address.box.wrong
    page.address.put(where)
    page.go.click()
    refused = sign_in(window, OTHER)
    qtbot.waitUntil(refused.wrong.isVisible)
    assert not (tmp_path / "data" / FILE).exists()
    sign_in(window, PASSWORD)
    qtbot.waitUntil(lambda: window.workbench is not None)
    assert window.close_office()
    window.show_start()
    assert isinstance(window.stack.currentWidget(), SignInPage)
    window.close()
    again = opened(qtbot, tmp_path / "data")
    assert again.place == nameless(where)
    assert isinstance(again.stack.currentWidget(), SignInPage)
    again.close()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_server_that_is_gone_is_a_sentence_in_both_languages(qtbot: QtBot, tmp_path: Path, lang: str) -> None:
    LOOK.use(lang=lang)
    window = opened(qtbot, tmp_path / "data", "postgresql://127.0.0.1:9/dayuan")
    page = sign_in(window, PASSWORD)
    qtbot.waitUntil(page.wrong.isVisible)
    assert page.wrong.sentence.text() == tr(lang, doors.GONE, server="127.0.0.1")
    window.close()


def test_no_password_of_an_address_is_kept() -> None:
    assert nameless("postgresql://li:secret@db/office?sslmode=require") == "postgresql://db/office?sslmode=require"
