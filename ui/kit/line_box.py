"""One line of text in a box: read and written back in good form, or hidden as a password is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from resources.words import N_
from services.desk.errors import Invalid
from ui.kit.box import Box, Line
from ui.kit.layout import hide_unless
from ui.kit.text import Note, Own
from ui.kit.tile import Icon


class LineBox(Box):
    """One line. `read` makes a value of the text and may raise Invalid, `write` says it in good form again."""

    def __init__(
        self,
        read: Callable[[str], Any],
        write: Callable[[Any], str] = str,
        *,
        before: str = "",
        after: str = "",
        limit: int | None = None,
    ) -> None:
        super().__init__()
        self._read, self._write, self._limit = read, write, limit
        self.line = Line()
        if before:
            self._row.addWidget(Note(Own(before)))
        self._row.addWidget(self.line, 1)
        self._after = Note(after)
        hide_unless(after, self._after)
        self._row.addWidget(self._after)
        self._lock = Icon("lock", "text3", 16)
        self._lock.hide()
        self._row.addWidget(self._lock)
        self.line.focused.connect(self._focused)
        self.line.textEdited.connect(self.edited)

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> Any:
        value = self._read(self.line.text())
        if self._limit and isinstance(value, str) and len(value) > self._limit:
            raise Invalid(N_("At most {limit} characters; these are {count}."), limit=self._limit, count=len(value))
        return value

    def set_value(self, value: Any, words: str = "") -> None:
        self.line.setText("" if value is None else self._write(value))
        self.line.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self._lock.setVisible(locked)
        self.line.setReadOnly(locked)
        self.line.look()

    def _focused(self, active: bool) -> None:
        if not active and self.line.isModified():
            self._tidy()
        self.focus(active)

    def _tidy(self) -> None:
        try:
            value = self._read(self.line.text())
        except Invalid:
            return
        self.line.setText("" if value is None else self._write(value))
        self.line.setModified(True)


class SecretBox(LineBox):
    """A password: dots, taken as it is typed."""

    def __init__(self) -> None:
        super().__init__(_typed)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)

    def _tidy(self) -> None:
        """Nothing is written back into it."""


def _typed(text: str) -> str | None:
    return text or None
