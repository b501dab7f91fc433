"""A scanner that types: tells fast keys with Enter behind them from a person at the keyboard, wherever the keyboard is.

What it typed into a field on the way is taken out again: the field stands as it stood before the scan.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import getCppPointer, isValid

from ui.kit.messages import COVERED
from ui.kit.picker import Picker

GAP, LEAST, MOST = 35.0, 6, 80  # milliseconds between two keys at most; characters of a code
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock)  # scanners press these for capitals
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
Restore = Callable[[], None]


class Scanner(QObject):
    """Watches the keys of one window; `scanned` tells a code. A question in front of the window is answered first."""

    scanned = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over, self._text, self._last, self._press = window, "", 0.0, (0, 0)
        self._at: QWidget | None = None
        self._seen: dict[QWidget, Restore] = {}
        self.clock: Callable[[], float] | None = None  # for keys that bear no time of their own, as those of a test
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Each key once, where it arrives first; True when it ended a scan and nobody else is to see it."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not isinstance(watched, QWidget):
            return False
        press = getCppPointer(event)[0], event.key()
        if (press == self._press and self._passed_on(watched)) or not self._listens(watched):
            return False
        self._press, self._at = press, watched
        return self._key(watched, event)

    def _passed_on(self, watched: QWidget) -> bool:
        """Whether a key comes from a widget inside that did not want it."""
        at = self._at
        return at is not None and isValid(at) and watched is not at and watched.isAncestorOf(at)

    def _listens(self, at: QWidget) -> bool:
        window = self._over.window()
        asked = QApplication.activeModalWidget() is not None or bool(window.property(COVERED))
        secret = isinstance(at, QLineEdit) and at.echoMode() != QLineEdit.EchoMode.Normal
        near = at.window() is window or at.window().parentWidget() is not None
        return near and self._over.isVisible() and not asked and not secret

    def _key(self, at: QWidget, event: QKeyEvent) -> bool:
        if event.key() in SILENT:
            return False
        now = float(event.timestamp()) or (self.clock() if self.clock else 0.0)
        fast, self._last = self._last > 0 and 0 <= now - self._last <= GAP, now
        if event.key() in ENTER and fast and LEAST <= len(self._text) <= MOST:
            self._end()
            return True
        text = event.text()
        if event.isAutoRepeat() or len(text) != 1 or not text.isprintable() or event.modifiers() & HELD:
            self._forget()
            return False
        if not fast:
            self._forget()
        if at not in self._seen and (restore := _memory(at)) is not None:
            self._seen[at] = restore
        self._text += text
        return False

    def _end(self) -> None:
        code, seen = self._text, self._seen
        self._forget()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for widget, restore in seen.items():
            if isValid(widget):
                restore()
        QTimer.singleShot(0, self, _Told(self, code))

    def _forget(self) -> None:
        self._text, self._seen = "", {}


class _Told:
    """Tells a code once the key is over: what follows may close the field it arrived in."""

    def __init__(self, scanner: Scanner, code: str) -> None:
        self.scanner, self.code = scanner, code

    def __call__(self) -> None:
        self.scanner.scanned.emit(self.code.strip())


def _memory(at: QWidget) -> Restore | None:
    """How to bring back what stands in a field now."""
    if isinstance(at, QLineEdit):
        return _line(at)
    if isinstance(at, QPlainTextEdit):
        cursor = at.textCursor()
        return _Page(at, cursor.anchor(), cursor.position(), cursor.selectedText())
    if isinstance(at, QComboBox):
        return _Combo(at, at.currentIndex())
    return None


def _line(at: QLineEdit) -> Restore:
    above: QWidget | None = at
    while above is not None and not isinstance(above, Picker):
        above = above.parentWidget()
    return _Line(at, above.remembered() if isinstance(above, Picker) else None)


class _Line:
    def __init__(self, at: QLineEdit, first: Restore | None) -> None:
        self.at, self.first, self.text, self.changed = at, first, at.text(), at.isModified()
        self.place, self.marked = at.cursorPosition(), (at.selectionStart(), at.selectionLength())

    def __call__(self) -> None:
        if self.first is not None:
            self.first()
        if self.at.text() != self.text:
            self.at.setText(self.text)
        self.at.setModified(self.changed)
        self.at.setCursorPosition(self.place)
        if self.marked[0] >= 0:
            self.at.setSelection(*self.marked)


class _Page:
    """The letters are taken out where they were typed, so that what can be undone there still can."""

    def __init__(self, at: QPlainTextEdit, anchor: int, place: int, marked: str) -> None:
        self.at, self.anchor, self.place, self.marked = at, anchor, place, marked
        self.length = len(at.toPlainText())

    def __call__(self) -> None:
        cursor, start = self.at.textCursor(), min(self.anchor, self.place)
        typed = len(self.at.toPlainText()) - self.length + len(self.marked)
        cursor.setPosition(start)
        cursor.setPosition(start + typed, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self.marked)
        cursor.setPosition(self.anchor)
        cursor.setPosition(self.place, QTextCursor.MoveMode.KeepAnchor)
        self.at.setTextCursor(cursor)


class _Combo:
    def __init__(self, at: QComboBox, index: int) -> None:
        self.at, self.index = at, index

    def __call__(self) -> None:
        self.at.setCurrentIndex(self.index)
