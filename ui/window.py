"""The main window: welcome or sign-in first, the workbench once an office is open, unexpected errors above both."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from resources import VERSION
from resources.words import N_
from ui.kit.text import said, words
from ui.kit.theme import LOOK
from ui.opening import Opener
from ui.pages.set_up import SAMPLE_ACCOUNT, SetUpPage
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import SAMPLE, WelcomePage

if TYPE_CHECKING:
    from services.office import Office
    from ui.workbench import Workbench

KEYS = "keys.json"  # an office is set up where this file is (services.office)
UNEXPECTED = N_("Something unexpected happened")
WIDTH, HEIGHT = 1440, 900


def _office_in(folder: Path) -> bool:
    return (folder / KEYS).exists()


class Window(QMainWindow):
    """One window, one office."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = self.place = folder
        self._last = ""
        self.office: Office | None = None
        self.workbench: Workbench | None = None
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.resize(WIDTH, HEIGHT)
        self.opener = Opener(self)
        self.opener.opened.connect(self._opened)
        self.opener.refused.connect(self._refused)
        self.opener.progressed.connect(self._progressed)
        LOOK.changed.connect(self._say)
        self._say()
        self.show_start()
        self._painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the first page is painted the services load behind it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.opener.warm)

    def _say(self) -> None:
        self.setWindowTitle(words(N_("Dayuan")))

    # Before an office is open

    def show_start(self) -> None:
        """The sign-in page, or the welcome page where no office is."""
        self.place = self.folder
        if _office_in(self.folder):
            self._show_sign_in()
            return
        welcome = WelcomePage(version=VERSION)
        welcome.chosen.connect(self._begin)
        self._show(welcome)

    def _begin(self, what: str) -> None:
        """The sample has a folder of its own: trying it does not stand in the way of the office itself."""
        sample = what == SAMPLE
        self.place = self.folder.with_name(f"{self.folder.name}-sample") if sample else self.folder
        if _office_in(self.place):
            self._last = SAMPLE_ACCOUNT
            self._show_sign_in()
            return
        page = SetUpPage(version=VERSION, sample=sample)
        page.submitted.connect(self._make_sample if sample else self._set_up)
        page.went_back.connect(self.show_start)
        self._show(page)

    def _show_sign_in(self) -> None:
        page = SignInPage(version=VERSION, place=str(self.place), account=self._last, back=self.place != self.folder)
        page.submitted.connect(self._sign_in)
        page.went_back.connect(self.show_start)
        self._show(page)

    def _sign_in(self, account: str, password: str) -> None:
        self._busy()
        self._last = account
        self.opener.sign_in(self.place, account, password)

    def _set_up(self, values: dict[str, Any]) -> None:
        self._busy()
        self._last = values["account"]
        self.opener.set_up(self.place, values)

    def _make_sample(self, values: dict[str, str]) -> None:
        self._busy()
        self._last = values["account"]
        self.opener.make_sample(self.place, values["account"], values["password"])

    def _busy(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, SignInPage | SetUpPage):
            page.set_busy(True)

    def _show(self, page: QWidget) -> None:
        old = self.stack.currentWidget()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()

    def _refused(self, error: Exception) -> None:
        from services.desk.errors import UserError

        known = isinstance(error, UserError)
        page = self.stack.currentWidget()
        if isinstance(page, SignInPage | SetUpPage):
            sentence = said(error.message, **error.values) if isinstance(error, UserError) else UNEXPECTED
            page.refuse(sentence)
        if not known:
            self.show_error(error)

    def _progressed(self, done: int, total: int) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, SetUpPage):
            page.tell(done, total)

    # With an office

    def _opened(self, office: Office) -> None:
        from ui.workbench import Workbench

        self.office = office
        self.workbench = Workbench(office.desk)
        self.workbench.top.signed_out.connect(self.sign_out)
        self.workbench.failed.connect(self.show_error)
        if office.findings:
            from ui.findings import Findings

            self.workbench.announce(Findings(office.findings))
        self._show(self.workbench)

    def sign_out(self) -> None:
        """Close the office and ask who comes next."""
        if self.close_office():
            self.show_start()

    def close_office(self) -> bool:
        """Let go of the office; False when somebody wants to keep what was typed."""
        if self.workbench is not None and not self.workbench.leave():
            return False
        self.workbench = None
        if self.office is not None:
            self.office.close()
        self.office = None
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost by closing, and nothing half done is left running."""
        if self.close_office():
            self.opener.wait()
            event.accept()
        else:
            event.ignore()

    # Errors nobody expected

    def show_error(self, error: BaseException) -> None:
        """One card over the page, which stays as it is."""
        from ui.kit.messages import ErrorCard

        for old in self.findChildren(ErrorCard):
            old.deleteLater()
        card = ErrorCard("".join(traceback.format_exception(error)), again=False)
        card.closed.connect(card.deleteLater)
        card.setParent(self)
        card.setFixedWidth(min(640, self.width() - 80))
        card.adjustSize()
        card.move((self.width() - card.width()) // 2, 72)
        card.show()
        card.raise_()
        card.fold.setFocus()
