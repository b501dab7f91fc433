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
from ui.cover import Cover
from ui.kit.text import said, words
from ui.kit.theme import LOOK
from ui.opening import Opener
from ui.pages.half_office import HalfPage, missing_in, office_in
from ui.pages.join import JoinPage, nameless, remember, server_of
from ui.pages.lock import LockPage
from ui.pages.recover import RecoverPage
from ui.pages.set_up import SAMPLE_ACCOUNT, SetUpPage
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import SAMPLE, SERVER, WelcomePage

if TYPE_CHECKING:
    from services.office import Office
    from ui.pages.recovery_sheet import SheetPage
    from ui.workbench import Workbench

ASKED = SignInPage | SetUpPage | RecoverPage | LockPage  # pages that wait for an answer and say why it was no
UNEXPECTED = N_("Something unexpected happened")
WIDTH, HEIGHT = 1440, 900


class Window(QMainWindow):
    """One window, one office."""

    def __init__(self, folder: Path, server: str = "") -> None:
        super().__init__()
        self.folder, self.server = folder, nameless(server)
        self.place: Path | str = self.server or folder
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
        self.opener.founded.connect(self._founded)
        self.opener.recovered.connect(self._recovered)
        self.cover = Cover(self)
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
        self.place = self.server or server_of(self.folder) or self.folder
        if self._known():
            return
        self._welcome()

    def _welcome(self) -> None:
        welcome = WelcomePage(version=VERSION)
        welcome.chosen.connect(self._begin)
        self._show(welcome)

    def _begin(self, what: str) -> None:
        """The sample has a folder of its own: trying it does not stand in the way of the office itself."""
        if what == SERVER:
            return self._ask_server()
        sample = what == SAMPLE
        self.place = self.folder.with_name(f"{self.folder.name}-sample") if sample else self.folder
        self._last = SAMPLE_ACCOUNT if sample else self._last
        if self._known():
            return None
        page = SetUpPage(version=VERSION, sample=sample)
        page.submitted.connect(self._make_sample if sample else self._set_up)
        page.went_back.connect(self.show_start)
        return self._show(page)

    def _ask_server(self) -> None:
        page = JoinPage(version=VERSION, address=self.server or server_of(self.folder))
        page.submitted.connect(self._join)
        page.went_back.connect(self._welcome)
        self._show(page)

    def _join(self, address: str) -> None:
        self.place = self.server = address
        self._show_sign_in()

    def _known(self) -> bool:
        """Shows what belongs to an office that is here, or to the half of one; set-up is offered over neither."""
        if isinstance(self.place, str) or office_in(self.place):
            self._show_sign_in()
        elif missing := missing_in(self.place):
            page = HalfPage(version=VERSION, place=str(self.place), missing=missing, back=self.place != self.folder)
            page.looked.connect(self._look_again)
            page.went_back.connect(self.show_start)
            self._show(page)
        else:
            return False
        return True

    def _look_again(self) -> None:
        if not self._known():
            self.show_start()

    def _show_sign_in(self) -> None:
        back, served = self.place != self.folder, isinstance(self.place, str)
        page = SignInPage(version=VERSION, place=str(self.place), account=self._last, back=back, served=served)
        page.submitted.connect(self._sign_in)
        page.forgotten.connect(self._show_recover)
        page.went_back.connect(self._ask_server if served else self.show_start)
        self._show(page)

    def _show_recover(self) -> None:
        page = RecoverPage(version=VERSION, account=self._last)
        page.submitted.connect(self._recover)
        page.went_back.connect(self._look_again)
        self._show(page)

    def _recover(self, values: dict[str, str]) -> None:
        self._busy()
        self._last = values["account"]
        self.opener.recover(self.place, values)

    def _sign_in(self, account: str, password: str) -> None:
        self._busy()
        self._last = account
        self.opener.sign_in(self.place, account, password)

    def _set_up(self, values: dict[str, Any]) -> None:
        self._busy()
        self._last = values["account"]
        self.opener.set_up(Path(self.place), values)

    def _make_sample(self, values: dict[str, str]) -> None:
        self._busy()
        self._last = values["account"]
        self.opener.make_sample(Path(self.place), values["account"], values["password"])

    def _busy(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, ASKED):
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
        if isinstance(page, ASKED):
            sentence = said(error.message, **error.values) if isinstance(error, UserError) else UNEXPECTED
            page.refuse(sentence)
        if not known:
            self.show_error(error)

    def _progressed(self, done: int, total: int) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, SetUpPage):
            page.tell(done, total)

    # A new recovery code

    def _founded(self, office: Office, code: str, pdf: bytes) -> None:
        self.office = office
        self._show_sheet(code, pdf).done.connect(self._begin_work)
        self.cover.start()

    def _recovered(self, code: str, pdf: bytes) -> None:
        self._show_sheet(code, pdf).done.connect(self._look_again)

    def _show_sheet(self, code: str, pdf: bytes) -> SheetPage:
        from ui.pages.recovery_sheet import SheetPage

        page = SheetPage(version=VERSION, code=code, pdf=pdf)
        page.done.connect(page.wipe)
        self._show(page)
        return page

    # With an office

    def _begin_work(self) -> None:
        assert self.office is not None
        self._opened(self.office)

    def _opened(self, office: Office) -> None:
        from ui.workbench import Workbench

        if isinstance(self.place, str):
            remember(self.folder, self.place)
        self.office = office
        self.workbench = Workbench(office.desk)
        self.workbench.top.signed_out.connect(self.sign_out)
        self.workbench.top.lock_asked.connect(self.cover.lock)
        self.workbench.failed.connect(self.show_error)
        if office.findings:
            from ui.findings import Findings

            self.workbench.announce(Findings(office.findings))
        self._show(self.workbench)
        self.cover.start()
        self.cover.warn(office.before)

    def sign_out(self) -> None:
        """Close the office and ask who comes next."""
        if self.close_office():
            self.show_start()

    def close_office(self) -> bool:
        """Let go of the office; False when somebody wants to keep what was typed."""
        if not self._may_close():
            return False
        self.cover.clear()
        self.workbench = None
        self._forget_errors()  # the next person is not told what happened to this one
        if self.office is not None:
            self.office.close()
        self.office = None
        return True

    def _may_close(self) -> bool:
        page, bench = self.stack.currentWidget(), self.workbench
        if not self.cover.locked:
            return bench.leave() if bench is not None else getattr(page, "may_close", _yes)() is True
        if not self.cover.sure():
            return False
        if bench is not None:
            bench.drop()
        self.cover.drop()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost by closing, and nothing half done is left running."""
        if self.close_office():
            self.opener.wait()
            event.accept()
        else:
            event.ignore()

    # Errors nobody expected

    def _forget_errors(self) -> None:
        from ui.kit.messages import ErrorCard

        for old in self.findChildren(ErrorCard):
            old.hide()
            old.deleteLater()

    def show_error(self, error: BaseException) -> None:
        """One card over the page, which stays as it is."""
        from ui.kit.messages import ErrorCard

        self._forget_errors()
        card = ErrorCard("".join(traceback.format_exception(error)), again=False)
        card.closed.connect(card.deleteLater)
        card.setParent(self)
        card.setFixedWidth(min(640, self.width() - 80))
        card.adjustSize()
        card.move((self.width() - card.width()) // 2, 72)
        card.setVisible(not self.cover.locked)
        card.raise_()
        card.fold.setFocus()


def _yes() -> bool:
    return True
