"""Switches of theme and language, and the button that opens a menu."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyle, QStyleOptionToolButton, QToolButton

from resources.words import N_
from ui.kit import icons
from ui.kit.button import IconButton
from ui.kit.text import Follower, Message, words
from ui.kit.theme import DARK, LIGHT, LOOK, colour, font
from ui.kit.tile import inks

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
TO_DARK, TO_LIGHT = N_("Switch to the dark theme"), N_("Switch to the light theme")
LANGUAGE = N_("Language: {language}")
CHEVRON = 14


class MenuButton(QToolButton, Follower):
    """An icon or an initial, a word and a chevron; opens `menu` by mouse, Space, Enter or Alt+Down."""

    def __init__(self, icon: str = "", *, initial: bool = False) -> None:
        super().__init__()
        self._icon, self._initial, self._shown = icon, initial, ""
        self._lead = 30 if initial else 16
        self.menu_ = QMenu(self)
        self.setMenu(self.menu_)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFont(font(13 if initial else 12, 500))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_word(self, shown: str, name: Message, **values: object) -> None:
        """Show a word; `name` is the whole sentence for a screen reader."""
        self._shown = shown
        self.setAccessibleName(words(name, **values))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Lead, word, chevron."""
        return QSize(6 + self._lead + 8 + self.fontMetrics().horizontalAdvance(self._shown) + 5 + CHEVRON + 6, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame comes from the style sheet."""
        painter, option = QPainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelButtonTool, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(6, (self.height() - self._lead) / 2, self._lead, self._lead)
        if self._initial:
            self._paint_initial(painter, disc)
        else:
            icons.draw(painter, self._icon, colour("text3"), disc.x(), disc.y(), self._lead)
        painter.setFont(self.font())
        painter.setPen(colour("text" if self._initial else "text2"))
        area = QRectF(disc.right() + 8, 0, self.width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._shown)
        place = self.width() - CHEVRON - 6, (self.height() - CHEVRON) / 2
        icons.draw(painter, "chevron-down", colour("text3"), *place, CHEVRON)

    def _paint_initial(self, painter: QPainter, disc: QRectF) -> None:
        front, back = inks("primary")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawEllipse(disc)
        painter.setPen(front)
        painter.setFont(font(13, 600))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._shown[:1].upper())


class LanguageButton(MenuButton):
    """Shows the language in force; its menu switches to another one at once."""

    def __init__(self) -> None:
        super().__init__("languages")
        self._group = QActionGroup(self)
        for lang, name in LANGUAGES.items():
            action = QAction(name, self._group)
            action.setData(lang)
            action.setCheckable(True)
            self.menu_.addAction(action)
        self._group.triggered.connect(self._chosen)
        self.follow()

    def _chosen(self, action: QAction) -> None:
        LOOK.use(lang=action.data())

    def look(self) -> None:
        """Show the language now in force."""
        for action in self._group.actions():
            action.setChecked(action.data() == LOOK.lang)
        self.show_word(LANGUAGES[LOOK.lang], LANGUAGE, language=LANGUAGES[LOOK.lang])


class ThemeButton(IconButton):
    """Switches between light and dark at once."""

    def __init__(self) -> None:
        super().__init__("moon", TO_DARK)
        self.clicked.connect(self._switch)

    def _switch(self) -> None:
        LOOK.use(tokens=DARK if LOOK.tokens is LIGHT else LIGHT)

    def look(self) -> None:
        """Offer the other theme."""
        self._icon, self._message = ("moon", TO_DARK) if LOOK.tokens is LIGHT else ("sun", TO_LIGHT)
        super().look()
