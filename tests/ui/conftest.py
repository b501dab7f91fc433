"""The application as people see it: shipped fonts, the style sheet, and the usual face after each test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from functools import partialmethod
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services import office as offices
from services.desk.desk import Desk
from tests.services.people import Office, found
from ui.hand import Hand
from ui.kit.qss import Dress, dress
from ui.kit.rubbish import Rubbish
from ui.kit.theme import LIGHT, LOOK
from ui.workbench import Workbench

PATIENCE = 90_000  # milliseconds: a loaded machine is slow, and only a broken window needs them all
QtBot.waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE)  # type: ignore[method-assign, assignment]
QtBot.waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE)  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Dress:
    """Fonts, style and colours, once for all tests."""
    qapp.setCursorFlashTime(0)
    Rubbish(qapp)
    return dress(qapp)


@pytest.fixture(scope="module", autouse=True)
def settled(dressed: Dress) -> None:
    """What is there before a module's tests is not looked through again after each of them for what is gone."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def usual_look(dressed: Dress) -> Iterator[None]:
    """Every test starts light and Chinese, whatever the one before it chose."""
    LOOK.use(tokens=LIGHT, lang="zh_CN")
    yield
    LOOK.use(tokens=LIGHT, lang="zh_CN")
    gc.collect()  # here, for no event loop may run before the next test


@pytest.fixture
def office(desk: Desk) -> Office:
    """A small office; test modules that want another say so."""
    return found(desk)


@pytest.fixture
def bench(qtbot: Any, office: Office) -> Iterator[Workbench]:
    """The English window of somebody who may do everything; no error reaches it unseen."""
    LOOK.use(lang="en")
    made = Workbench(replace(office.desk, grants=offices.EVERYTHING))
    qtbot.addWidget(made)
    errors: list[object] = []
    made.failed.connect(errors.append)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    assert not errors
    assert made.leave()


@pytest.fixture
def hand(bench: Workbench) -> Hand:
    return Hand(bench)
