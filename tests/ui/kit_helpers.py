"""What the tests of the window kit share: background work on a fake desk, typing Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.fake_desk import FakeDesk
from ui.kit.background import Background


@contextmanager
def office(desk: FakeDesk) -> Iterator[Background]:
    """Background work on a fake desk, closed at the end."""
    made = Background(cast(Any, desk))
    try:
        yield made
    finally:
        desk.free.set()
        made.close()


def type_words(widget: QWidget, words: str) -> None:
    """Type as an input method does: keys cannot say Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)
