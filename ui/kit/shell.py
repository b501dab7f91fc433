"""What stands around every page of the main window: the rail, the top bar, the page between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from resources.words import N_
from ui.kit import icons
from ui.kit.card import HairLine
from ui.kit.layout import Item, column, row
from ui.kit.rail import Rail
from ui.kit.rail_item import Place
from ui.kit.switches import LanguageButton, MenuButton, ThemeButton
from ui.kit.text import words
from ui.kit.theme import MARGIN, TOP, colour


class AccountButton(MenuButton):
    """Who is signed in; its menu locks, signs out, and changes the password."""

    signed_out = Signal()
    lock_asked = Signal()
    password_asked = Signal()

    def __init__(self, account: str) -> None:
        super().__init__(initial=True)
        self._account = account
        self._change = self.menu_.addAction("")
        self._change.triggered.connect(self.password_asked)
        self._lock = self.menu_.addAction("")
        self._lock.triggered.connect(self.lock_asked)
        self._leave = self.menu_.addAction("")
        self._leave.triggered.connect(self.signed_out)
        self.follow()

    def look(self) -> None:
        """Say everything again."""
        self._change.setText(words(N_("Change my password")))
        self._change.setIcon(icons.icon("lock", colour("text2"), 16))
        self._lock.setText(f"{words(N_('Lock'))}\tCtrl+L")
        self._lock.setIcon(icons.icon("lock-keyhole", colour("text2"), 16))
        self._leave.setText(words(N_("Sign out")))
        self._leave.setIcon(icons.icon("log-out", colour("text2"), 16))
        self.show_word(self._account, N_("Account {account}"), account=self._account)


class TopBar(QFrame):
    """A place for the search field at the left; theme, language and account at the right."""

    signed_out = Signal()
    lock_asked = Signal()
    password_asked = Signal()

    def __init__(self, account: str, search: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("box", "top")
        self.setFixedHeight(TOP)
        self.account = AccountButton(account)
        self.account.signed_out.connect(self.signed_out)
        self.account.lock_asked.connect(self.lock_asked)
        self.account.password_asked.connect(self.password_asked)
        found: list[Item] = [search] if search else []
        line = HairLine(upright=True, length=20)
        right: list[Item] = [LanguageButton(), ThemeButton(), line, self.account]
        self.setLayout(row(*found, None, *right, gap=8, margins=(MARGIN, 0, MARGIN - 6, 0)))


class Shell(QWidget):
    """Rail, top bar and the pages: `pages` is the stack between them."""

    def __init__(self, places: Sequence[Place], account: str, search: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rail, self.top, self.pages = Rail(places), TopBar(account, search), QStackedWidget()
        self._above = column(self.top, (self.pages, 1), gap=0)
        self.setLayout(row(self.rail, (self._above, 1), gap=0))

    def announce(self, widget: QWidget) -> None:
        """Show something between the top bar and the pages, whatever page is shown."""
        self._above.insertWidget(1, widget)
