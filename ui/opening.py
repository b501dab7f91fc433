"""Opens, sets up or makes an office off the window's thread, before there is a desk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, Signal

from ui.kit.pools import pool

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.office import Office

log = logging.getLogger(__name__)


class _Job(QRunnable):
    def __init__(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.work, self.done, self.failed = work, done, failed

    def run(self) -> None:
        """Whatever happens, one answer goes back. The pool keeps the job for ever, the job keeps no password."""
        work, self.work = self.work, _nothing
        try:
            self.done(work())
        except Exception as error:
            self.failed(error)


def _nothing() -> None:
    """What a job that ran holds instead of its work."""


class Opener(QObject):
    """`opened` tells the office, `refused` the error; `founded` a new office with its recovery code and the
    sheet as a PDF; `recovered` the new code and sheet. The services are loaded here, behind the sign-in page."""

    opened = Signal(object)
    founded = Signal(object, object, object)
    recovered = Signal(object, object)
    unlocked = Signal()
    refused = Signal(object)
    progressed = Signal(int, int)
    warmed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool(self, 1)
        self._jobs: list[_Job] = []  # kept here too, or Qt would lose their answers

    def warm(self) -> None:
        """Load the services while somebody types a password."""
        self._start(_load, self._warmed)

    def sign_in(self, folder: Path | str, account: str, password: str) -> None:
        """Open the office for this account."""
        self._start(lambda: _sign_in(folder, account, password), self.opened.emit)

    def set_up(self, folder: Path, values: dict[str, Any]) -> None:
        """Set up a new office; `values` name, code, account, password, officers."""
        self._start(lambda: _set_up(folder, values), self._founded)

    def recover(self, folder: Path | str, values: dict[str, str]) -> None:
        """Give an account a new password by the recovery code; `values` code, account, password."""
        self._start(lambda: _recover(folder, values), self._recovered)

    def unlock(self, desk: Desk, password: str) -> None:
        """Check the password of who is signed in; what runs at the desk is not waited for."""
        self._start(lambda: _unlock(desk, password), self._unlocked)

    def make_sample(self, folder: Path, account: str, password: str) -> None:
        """Make the sample office."""
        self._start(lambda: _sample(folder, account, password, self._tell), self.opened.emit)

    def wait(self) -> None:
        """Until nothing runs any more."""
        self._pool.waitForDone()

    def _tell(self, done: int, total: int) -> bool:
        self.progressed.emit(done, total)
        return True

    def _founded(self, made: tuple[Office, str, bytes]) -> None:
        self.founded.emit(*made)

    def _recovered(self, made: tuple[str, bytes]) -> None:
        self.recovered.emit(*made)

    def _unlocked(self, _: object) -> None:
        self.unlocked.emit()

    def _warmed(self, _: object) -> None:
        self.warmed.emit()

    def _start(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._jobs.append(_Job(work, done, self._failed))
        self._pool.start(self._jobs[-1])

    def _failed(self, error: Exception) -> None:
        from services.desk.errors import UserError

        if not isinstance(error, UserError):
            log.error("could not open the office", exc_info=error)
        self.refused.emit(error)


def _load() -> None:
    from services import registry  # noqa: F401


def _sign_in(place: Path | str, account: str, password: str) -> Office:
    from services import registry, shared  # noqa: F401

    return shared.opened(place, account, password)


def _set_up(folder: Path, values: dict[str, Any]) -> tuple[Office, str, bytes]:
    from services import office, registry  # noqa: F401
    from services.documents.recovery_sheet import render

    made = office.set_up(folder, **values)
    try:
        sheet = made.take_sheet()
        assert sheet is not None
        return made, sheet.code, render(sheet).data
    except BaseException:
        made.close()
        raise


def _recover(place: Path | str, values: dict[str, str]) -> tuple[str, bytes]:
    from services import registry, shared  # noqa: F401
    from services.documents.recovery_sheet import render

    sheet = shared.recovered(place, values["code"], values["account"], values["password"])
    return sheet.code, render(sheet).data


def _unlock(desk: Desk, password: str) -> None:
    from services import sign_ins

    sign_ins.unlock(desk, password)


def _sample(folder: Path, account: str, password: str, tell: Callable[[int, int], bool]) -> Office:
    from services import demo, registry  # noqa: F401

    return demo.make(folder, account=account, password=password, tell=tell)
