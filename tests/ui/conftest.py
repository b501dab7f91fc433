"""The application as people see it: shipped fonts, the style sheet, and the usual face after each test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partialmethod

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.kit.qss import Dress, dress
from ui.kit.rubbish import Rubbish
from ui.kit.theme import LIGHT, LOOK

PATIENCE = 30_000  # milliseconds: a loaded machine is slow, and only a broken window needs them all
QtBot.waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE)  # type: ignore[method-assign, assignment]
QtBot.waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE)  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Dress:
    """Fonts, style and colours, once for all tests."""
    qapp.setCursorFlashTime(0)
    Rubbish(qapp)
    return dress(qapp)


@pytest.fixture(autouse=True)
def usual_look(dressed: Dress) -> Iterator[None]:
    """Every test starts light and Chinese, whatever the one before it chose."""
    LOOK.use(tokens=LIGHT, lang="zh_CN")
    yield
    LOOK.use(tokens=LIGHT, lang="zh_CN")
    gc.collect()  # here, for no event loop may run before the next test
