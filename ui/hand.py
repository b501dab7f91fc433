"""A hand for windows: finds what a person sees by its words, clicks and types there, waits for what follows."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget

from ui.kit.text import Message, words

PATIENCE = 120.0  # seconds; only a broken window needs them, and a machine that does much else


class Lost(Exception):
    """Something a person would look for is not there."""


class Hand:
    """Works one top window."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def button(self, name: Message, within: QWidget | None = None) -> QAbstractButton:
        """The visible, enabled button with this word on it, or whose accessible name begins with it."""
        wanted, near = words(name), list[QAbstractButton]()
        for found in (within or self.window).findChildren(QAbstractButton):
            if not (found.isVisible() and found.isEnabled()):
                continue
            if wanted in (found.text().replace("&", ""), found.accessibleName()):
                return found
            if found.accessibleName().startswith(wanted):
                near.append(found)
        if not near:
            raise Lost(f"no button “{wanted}”")
        return near[0]

    def click(self, name: Message, within: QWidget | None = None) -> None:
        """Click a button, waiting until it is there."""
        self.until(lambda: self._there(name, within), f"button “{words(name)}”")
        QTest.mouseClick(self.button(name, within), Qt.MouseButton.LeftButton)
        self.rest()

    def _there(self, name: Message, within: QWidget | None) -> bool:
        try:
            self.button(name, within)
        except Lost:
            return False
        return True

    def field(self, name: Message, within: QWidget | None = None) -> QLineEdit:
        """The visible line whose accessible name begins with these words."""
        wanted = words(name)
        for found in (within or self.window).findChildren(QLineEdit):
            if found.isVisible() and found.accessibleName().startswith(wanted):
                return found
        raise Lost(f"no field “{wanted}”")

    def type(self, into: QLineEdit, text: str) -> None:
        """Type over what stands there; Chinese arrives as from an input method."""
        self.window.activateWindow()
        QTest.mouseClick(into, Qt.MouseButton.LeftButton)
        self.until(into.hasFocus, "the keyboard")
        into.selectAll()
        if text.isascii():
            QTest.keyClicks(into, text)
        else:
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QCoreApplication.sendEvent(into, typed)
        self.rest()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.rest()

    def choose_file(self, open_dialog: Callable[[], None], file: Path) -> None:
        """Open a file dialog by this act, type the path into it and accept."""
        QTimer.singleShot(0, lambda: self._fill_dialog(file))
        open_dialog()

    def _fill_dialog(self, file: Path) -> None:
        self.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "file dialog")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(file))
        QTest.keyClick(line, Qt.Key.Key_Return)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Let the window work until the condition holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise Lost(f"waited in vain for {what}")
            QCoreApplication.processEvents()
            time.sleep(0.005)  # unlike QTest.qWait this lets the other threads work

    def rest(self) -> None:
        """Let the window answer what is waiting."""
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
            QCoreApplication.processEvents()

    def picture(self, file: Path) -> None:
        """A picture of the window."""
        self.rest()
        QTest.mouseMove(self.window, QPoint(2, self.window.height() - 2))
        self.rest()
        if not self.window.grab().save(str(file)):
            raise Lost(f"no picture {file}")
