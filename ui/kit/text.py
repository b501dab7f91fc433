"""Words on the screen: sentences that follow the language, and the labels that show them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from resources.words import tr, trn
from ui.kit.theme import LOOK, colour, font

Message = str | Callable[[], str]  # an English sentence or key, an `Own` text, or something that says it


class Own(str):
    """Text shown as it is: somebody's own words, a number, a file name. Never looked up for translation."""

    __slots__ = ()


def words(message: Message, /, **values: Any) -> str:
    """The message in the language now in force, its {places} filled."""
    if callable(message):
        return message()
    return str(message) if isinstance(message, Own) else tr(LOOK.lang, message, **values)


def said(message: Message, /, **values: Any) -> Callable[[], str]:
    """A message with its values, said again at each change of language."""
    return partial(words, message, **values)


def bare(message: Message) -> str:
    """What stands on a button that opens a form, as the title of that form: the dots promised it."""
    return words(message).removesuffix("…")


def counted(one: str, many: str, n: int, /, **values: Any) -> Callable[[], str]:
    """A counted sentence (`{n}` is the number), said again at each change of language."""
    return partial(_count, one, many, n, **values)


def _count(one: str, many: str, n: int, /, **values: Any) -> str:
    return trn(LOOK.lang, one, many, n, **values)


def tip(text: str) -> str:
    """A tooltip that shows `text` literally; Qt would take angle brackets for markup."""
    return f"<qt>{escape(text)}</qt>" if "<" in text or "&" in text else text


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it selects by has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Follower:
    """Mixin of a widget that follows theme and language: `look()` runs once now and at each change."""

    def follow(self) -> None:
        """Start to follow. Called at the end of the widget's constructor."""
        LOOK.changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Say and paint everything again."""
        raise NotImplementedError


class Text(QLabel, Follower):
    """A label. `tone` names a text colour of the theme; an elided text shows itself whole in its tooltip."""

    def __init__(
        self,
        message: Message = "",
        *,
        px: int = 13,
        weight: int = 400,
        tone: str = "text",
        wrap: bool = False,
        elide: bool = False,
        **values: Any,
    ) -> None:
        super().__init__()
        self._message, self._values, self._elide = message, values, elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(px, weight))
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        self.follow()

    def say(self, message: Message, /, **values: Any) -> None:
        """Show another sentence."""
        self._message, self._values = message, values
        self.look()

    def tone(self, name: str) -> None:
        """Show the text in another colour of the theme."""
        if self.property("tone") != name:
            self.setProperty("tone", name)
            restyle(self)

    def look(self) -> None:
        """Say the sentence in the language in force."""
        self.setText(words(self._message, **self._values))
        self._hint()

    def minimumSizeHint(self) -> QSize:
        """An elided text gives way down to a few characters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 40), hint.height()) if self._elide else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the tooltip only where the text is cut."""
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, cut with an ellipsis where it may be cut."""
        if not self._elide:
            super().paintEvent(event)
            return
        area, painter = self.contentsRect(), QPainter(self)
        painter.setPen(colour(str(self.property("tone"))))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, shown)

    def _hint(self) -> None:
        if self._elide:
            whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
            self.setToolTip("" if whole else tip(self.text()))


class Title(Text):
    """The name of a page, 20/600."""

    def __init__(self, message: Message = "", **values: Any) -> None:
        super().__init__(message, px=20, weight=600, elide=True, **values)


class Heading(Text):
    """The name of a card or section, 14/600."""

    def __init__(self, message: Message = "", *, px: int = 14, **values: Any) -> None:
        super().__init__(message, px=px, weight=600, **values)


class Body(Text):
    """Running text, 13/400, wrapped."""

    def __init__(self, message: Message = "", *, tone: str = "text2", **values: Any) -> None:
        super().__init__(message, tone=tone, wrap=True, **values)


class Note(Text):
    """A remark beside something, 12/400."""

    def __init__(
        self, message: Message = "", *, tone: str = "text3", wrap: bool = False, elide: bool = False, **values: Any
    ) -> None:
        super().__init__(message, px=12, tone=tone, wrap=wrap, elide=elide, **values)


class Figure(Text):
    """A number that is the point of its card, 22/600."""

    def __init__(self, message: Message = "", *, tone: str = "text", **values: Any) -> None:
        super().__init__(message, px=22, weight=600, tone=tone, **values)


class TwoLine(QWidget):
    """A name with a remark under it; both are cut when the room is short."""

    def __init__(self, first: Message, second: Message, *, px: int = 13, weight: int = 500) -> None:
        super().__init__()
        self.first = Text(first, px=px, weight=weight, elide=True)
        self.second = Note(second, elide=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addStretch(1)
        box.addWidget(self.first)
        box.addWidget(self.second)
        box.addStretch(1)

    def say(self, first: Message, second: Message) -> None:
        """Show another name and remark."""
        self.first.say(first)
        self.second.say(second)
