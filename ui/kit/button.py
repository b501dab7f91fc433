"""Buttons, links and the keys that do the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QToolButton, QWidget

from ui.kit import icons
from ui.kit.layout import row
from ui.kit.text import Follower, Message, Note, Own, Text, tip, words
from ui.kit.theme import CONTROL, colour, font

SMALL, LARGE = 28, 42
INKS = {
    "primary": ("onprimary", "onprimary"),
    "bad": ("bad", "bad"),
    "link": ("primary", "primary"),
    "crumb": ("text3", "text3"),
    "toast": ("bg", "bg"),
}


class Button(QPushButton, Follower):
    """A push button. Kinds: primary (one a page), plain, quiet (no edge), bad (destroys something), link."""

    def __init__(
        self,
        message: Message,
        icon: str = "",
        *,
        kind: str = "plain",
        small: bool = False,
        after: bool = False,
        **values: Any,
    ) -> None:
        super().__init__()
        self._message, self._values, self._icon, self._after = message, values, icon, after
        self._side, self._gap, self._symbol = (11, 5, 14) if small else (15, 7, 16)
        self.setProperty("kind", kind)
        self.setFont(font(12 if small else 13, 500))
        self.setFixedHeight(SMALL if small else CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.follow()

    def say(self, message: Message, icon: str | None = None, /, **values: Any) -> None:
        """Show another word, and another icon when one is given."""
        self._message, self._values = message, values
        self._icon = self._icon if icon is None else icon
        self.look()

    def enlarge(self) -> None:
        """Take the height of the sign-in page, 42, with letters of 14."""
        self.setFont(font(14, 500))
        self.setFixedHeight(LARGE)

    def lean(self) -> None:
        """Stand in a line of text: low, and with hardly any air at the sides."""
        self._side = 3
        self.setFixedHeight(22)
        self.setFont(font(12, 400))

    def look(self) -> None:
        """Say the word again."""
        self.setText(words(self._message, **self._values).replace("&", "&&"))
        self.setAccessibleName(self._shown())
        self.updateGeometry()
        self.update()

    def _shown(self) -> str:
        return self.text().replace("&&", "&")

    def _ink(self) -> tuple[str, str]:
        if not self.isEnabled():
            return "control", "control"
        return INKS.get(str(self.property("kind")), ("text2", "text"))

    def _content(self) -> float:
        text = self.fontMetrics().horizontalAdvance(self._shown())
        return text + (self._symbol + (self._gap if text else 0) if self._icon else 0)

    def sizeHint(self) -> QSize:
        """Word, icon and air."""
        return QSize(round(self._content()) + 2 * self._side, self.height())

    def minimumSizeHint(self) -> QSize:
        """A button is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame comes from the style sheet; icon and word are set in the middle."""
        painter, option = QPainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        symbol, ink = self._ink()
        wide = self._content()
        left = 0.0 if self.property("kind") == "link" else (self.width() - wide) / 2
        picture = left + (wide - self._symbol if self._after else 0)
        if self._icon:
            icons.draw(painter, self._icon, colour(symbol), picture, (self.height() - self._symbol) / 2, self._symbol)
        start = left + (0 if self._after or not self._icon else self._symbol + self._gap)
        painter.setFont(self.font())
        painter.setPen(colour(ink))
        area = QRectF(start, 0, self.width() - start, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._shown())


class LinkButton(Button):
    """A word in the accent colour that does something; its icon stands behind it unless `after` is false."""

    def __init__(self, message: Message, icon: str = "", *, px: int = 12, after: bool = True, **values: Any) -> None:
        super().__init__(message, icon, kind="link", small=True, after=after, **values)
        self._side = 0
        self.setFont(font(px, 500))
        self.setFixedHeight(22)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class IconButton(QToolButton, Follower):
    """A button that shows only an icon; its word is its tooltip and its name for a screen reader."""

    def __init__(self, icon: str, message: Message, *, tone: str = "text2", size: int = 32, symbol: int = 18) -> None:
        super().__init__()
        self._icon, self._message, self._tone, self._symbol = icon, message, tone, symbol
        self.setProperty("kind", "icon")
        self.setFixedSize(size, size)
        self.setIconSize(QSize(symbol, symbol))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.follow()

    def say(self, icon: str, message: Message) -> None:
        """Show another icon with another meaning."""
        self._icon, self._message = icon, message
        self.look()

    def look(self) -> None:
        """Name and draw the button again."""
        name = words(self._message)
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self.setIcon(icons.icon(self._icon, colour(self._tone), self._symbol))


class KeyCap(Text):
    """One key of the keyboard."""

    def __init__(self, key: str) -> None:
        super().__init__(Own(key), px=11, weight=500, tone="text3")
        self.setProperty("box", "keycap")
        self.setFixedHeight(20)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class KeyHints(QFrame):
    """Keys and what they do: `[("Ctrl+S", N_("Save")), …]`."""

    def __init__(self, hints: Iterable[tuple[str, Message]] = (), *, gap: int = 14) -> None:
        super().__init__()
        self._row = row(gap=gap)
        self.setLayout(self._row)
        self.show_hints(hints)

    def show_hints(self, hints: Iterable[tuple[str, Message]]) -> None:
        """Show other keys."""
        while (old := self._row.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        for keys, message in hints:
            pair = QWidget()
            pair.setLayout(row(*(KeyCap(key) for key in keys.split("+")), Note(message), gap=5))
            self._row.addWidget(pair)
