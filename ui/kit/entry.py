"""A named line to type into, for the pages before an office is open: nothing here knows a record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from resources.words import N_
from ui.kit.box import Box, Line
from ui.kit.button import LARGE, Button
from ui.kit.layout import column, row
from ui.kit.text import Follower, Message, Note, Text, words
from ui.kit.theme import font
from ui.kit.tile import Icon

DOT = 10  # pixels of letters shown as dots


class _Keys(Line):
    """A line that notices the caps lock key: Qt does not tell its state, a letter against Shift does."""

    caps = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps.emit(False)
        elif len(letter) == 1 and letter.isascii() and letter.isalpha():
            self.caps.emit(letter.isupper() != shift)
        super().keyPressEvent(event)


class _EntryBox(Box):
    def __init__(self, icon: str) -> None:
        super().__init__(left=12, right=8)
        self.line = _Keys()
        if icon:
            self._row.addWidget(Icon(icon, "text3", 16))
        self._row.addWidget(self.line, 1)
        self.line.focused.connect(self.focus)
        self.line.textEdited.connect(self.edited)

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> str:
        return self.line.text()

    def set_value(self, value: str, words: str = "") -> None:
        self.line.setText(value)

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self.line.setReadOnly(locked)
        self.line.look()

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)


class Entry(QWidget, Follower):
    """A name above, the box, a line below for help or for what is wrong. Enter in it is `entered`."""

    edited = Signal()
    entered = Signal()

    def __init__(self, name: Message, icon: str = "", *, help: Message = "", tall: bool = False) -> None:
        super().__init__()
        self._name, self._help = name, help
        self.box = _EntryBox(icon)
        self.line = self.box.line
        if tall:
            self.box.setFixedHeight(LARGE)
        self.label = Text(name, px=12, weight=500, tone="text2")
        self.label.setBuddy(self.line)
        self.symbol, self.note = Icon("circle-alert", "bad", 13), Note(wrap=True)
        below = row(self.symbol, (self.note, 1), gap=4)
        self.setLayout(column(self.label, self.box, below, None, gap=5))
        self.setFocusProxy(self.line)
        self.clear()
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.entered)
        self.follow()

    def look(self) -> None:
        """Name the line for a screen reader."""
        self.line.setAccessibleName(words(self._name))

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def put(self, text: str) -> None:
        """Show another text."""
        self.line.setText(text)

    def refuse(self, message: Message, /, **values: object) -> None:
        """Say what is wrong, until it is edited."""
        self._say(message, "bad", **values)
        self.box.show_wrong(True)
        self.line.setAccessibleDescription(words(message, **values))

    def remark(self, message: Message, tone: str = "text3", /, **values: object) -> None:
        """Say something about what is typed that is not an error."""
        if not self.box.wrong:
            self._say(message, tone, **values)

    def clear(self) -> None:
        """Nothing is wrong; show the help again."""
        self.box.show_wrong(False)
        self.line.setAccessibleDescription("")
        self._say(self._help, "text3")

    def _say(self, message: Message, tone: str, **values: object) -> None:
        self.note.say(message, **values)
        self.note.tone(tone)
        self.note.setVisible(bool(message))
        self.symbol.setVisible(tone == "bad")

    def _edited(self) -> None:
        if self.box.wrong:
            self.clear()
        self.edited.emit()


class PasswordEntry(Entry):
    """A password, hidden until somebody asks to see it. `caps` tells whether caps lock seems to be on."""

    caps = Signal(bool)

    def __init__(self, name: Message, icon: str = "lock", *, help: Message = "", tall: bool = False) -> None:
        super().__init__(name, icon, help=help, tall=tall)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = Button(N_("Show"), kind="crumb", small=True)
        self.eye.lean()
        self.eye.clicked.connect(self._toggle)
        self.box.add(self.eye)
        self.line.caps.connect(self.caps)
        self.hide_text()

    def hide_text(self) -> None:
        """Show dots again."""
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setFont(font(DOT))
        self.eye.say(N_("Show"))

    def _toggle(self) -> None:
        if self.line.echoMode() == QLineEdit.EchoMode.Normal:
            self.hide_text()
        else:
            self.line.setEchoMode(QLineEdit.EchoMode.Normal)
            self.line.setFont(font(13))
            self.eye.say(N_("Hide"))
