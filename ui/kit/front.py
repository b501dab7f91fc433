"""The pages before an office is open: something in the middle, and a foot with version, keys, language, theme."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from resources.words import N_
from ui.kit.button import KeyCap, KeyHints
from ui.kit.layout import column, row
from ui.kit.page import ScrollPage
from ui.kit.pill import Pill
from ui.kit.switches import LanguageButton, ThemeButton
from ui.kit.text import Body, Follower, Message, Note, Text, words
from ui.kit.theme import colour
from ui.kit.tile import Icon, IconTile


class FrontPage(QWidget):
    """`middle` in the middle of the window, scrolling when the window is low."""

    def __init__(self, middle: QWidget, version: str, hints: Iterable[tuple[str, Message]]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page = ScrollPage(None, row(None, middle, None), None)
        version_note = Note(N_("Dayuan {version}"), version=version)
        foot = row(
            version_note, None, KeyHints(hints), 10, LanguageButton(), ThemeButton(), gap=4, margins=(28, 0, 22, 16)
        )
        self.setLayout(column((page, 1), foot, gap=0))


class Brand(QWidget):
    """The sign of the product with its name beside it."""

    def __init__(self, remark: Message) -> None:
        super().__init__()
        name = column(None, Text(N_("Dayuan"), px=20, weight=600), Note(remark), None, gap=1)
        self.setLayout(row(IconTile("building-2", "primary", 48), name, None, gap=14))


class ChoiceCard(QPushButton, Follower):
    """A way to begin: what it is, what it does, how long it takes. Its number key or Enter chooses it."""

    def __init__(
        self, number: int, icon: str, title: Message, sentence: Message, remark: Message, pill: Message = ""
    ) -> None:
        super().__init__()
        self._said = title, sentence, remark
        self._tile, self._arrow = IconTile(icon, "plain", 48), Icon("arrow-right", "text3", 16)
        head = row(Text(title, px=16, weight=600), *([Pill(pill, "info", dot=False)] if pill else []), None)
        head.addWidget(KeyCap(str(number)))
        foot = row(Icon("clock", "text3", 14), Note(remark), None, self._arrow, gap=6)
        text = column(head, Body(sentence), None, foot, gap=6)
        self.setLayout(row(column(self._tile, None), (text, 1), gap=16, margins=(20, 18, 18, 16)))
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(452, 150)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.follow()

    def look(self) -> None:
        """Name the card by all it says."""
        self.setAccessibleName(". ".join(words(message) for message in self._said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card; the one with the keyboard has the accent edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        self._tile.show_icon(self._tile.icon, "tint" if focus else "plain")
        self._arrow.show_icon("arrow-right", "primary" if focus else "text3")
        painter.setBrush(colour("hover" if self.underMouse() and not focus else "surface"))
        painter.setPen(QPen(colour("primary" if focus else "border"), 2 if focus else 1))
        half = 1.0 if focus else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 12, 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does; arrows go to the neighbours."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.focusNextChild()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
