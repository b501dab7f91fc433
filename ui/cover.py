"""Locks the workbench: a page covers it until its owner's password is typed; nothing of it is closed or stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

import resources
from resources import VERSION
from resources.words import N_
from ui.idle import Idle
from ui.kit.messages import COVERED, ErrorCard, Toast, confirm
from ui.pages.lock import LockPage

if TYPE_CHECKING:
    from services.desk.desk import Done
    from services.sign_ins import Before
    from ui.window import Window

MINUTES = resources.settings("sign_in")["idle_minutes"]


class Cover(QObject):
    """The lock of one window: after idle minutes, or at once by Ctrl+L and the account's menu."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.page: LockPage | None = None
        self._focus: QWidget | None = None
        self._below: QWidget | None = None  # the page it covers: the workbench, or the code of a new office
        self.idle = Idle(MINUTES * 60, self)
        self.idle.passed.connect(self._passed)
        self.keys = QShortcut(QKeySequence("Ctrl+L"), window)
        self.keys.activated.connect(self.lock)
        window.opener.unlocked.connect(self._unlocked)

    @property
    def locked(self) -> bool:
        """Whether the page is up."""
        return self.page is not None

    def start(self) -> None:
        """Somebody signed in: watch from now on."""
        self.idle.watch(self.window.windowHandle())
        self.idle.start()

    def warn(self, before: Before) -> None:
        """Tell what somebody else may have tried with this account, until it is read."""
        if before.failed and self.window.workbench is not None:
            from ui.findings import Tried

            self.window.workbench.announce(Tried(before))

    def _told(self, done: Done[Before]) -> None:
        self.warn(done.value)

    def clear(self) -> None:
        """Nothing said about this office stands on the page of the next person."""
        self.release()
        for said_last in self.window.findChildren(Toast):
            said_last.leave()

    def lock(self, *, idle: bool = False) -> None:
        """Cover what is shown of an open office: what was typed stays, what runs goes on, nothing of it is seen."""
        office = self.window.office
        if office is None or self.locked:
            return
        self.idle.stop()
        self._focus, self._below = QApplication.focusWidget(), self.window.stack.currentWidget()
        self._close_others()
        self.window.setProperty(COVERED, True)
        for part in (*self.window.findChildren(Toast), *self.window.findChildren(ErrorCard)):
            part.hide()
        self.page = LockPage(version=VERSION, account=office.desk.account, idle=idle)
        self.page.submitted.connect(self._try)
        self.page.left.connect(self.window.sign_out)
        self.window.stack.addWidget(self.page)
        self.window.stack.setCurrentWidget(self.page)

    def _passed(self) -> None:
        self.lock(idle=True)

    def _close_others(self) -> None:
        """Menus, popups, dialogs and tooltips stand above the window: they would show what it hides."""
        QToolTip.hideText()
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible():
                other.close()

    def _try(self, password: str) -> None:
        if self.page is not None and self.window.office is not None:
            self.page.set_busy(True)
            self.window.opener.unlock(self.window.office.desk, password)

    def _unlocked(self) -> None:
        bench, below = self.window.workbench, self._below
        if below is None or not self.locked:
            return
        self.window.stack.setCurrentWidget(below)
        self.release()
        if bench is not None:  # else the next sign-in records what was tried
            bench.background.do("accounts.signed_in", {}, self._told, bench.refused)
        for held in self.window.findChildren(Toast):
            held.appear()
        for card in self.window.findChildren(ErrorCard):
            card.show()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
        self.start()

    def release(self) -> None:
        """Take the page away, with the password typed into it."""
        page, self.page, self._below = self.page, None, None
        self.idle.stop()
        self.window.setProperty(COVERED, False)
        if page is not None:
            page.wipe()
            self.window.stack.removeWidget(page)
            page.deleteLater()

    def drop(self) -> None:
        """Whoever signed out over the lock leaves nothing behind it."""
        if self._below is not None:
            self.window.stack.removeWidget(self._below)
            self._below.deleteLater()

    def sure(self) -> bool:
        """Asks who wants to sign out over the lock: the typed things below may not be looked at."""
        own = getattr(self._below, "may_close", None)  # a code that nobody kept yet is worth a question of its own
        if own is not None:
            return bool(own())
        title, act = N_("Sign out?"), N_("Sign out")
        sentence = N_("What was typed and not saved is lost, and what is running is stopped.")
        return confirm(self.window, title, sentence, act, kind="bad")
