"""Opens, sets up or makes an office off the window's thread, before there is a desk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

if TYPE_CHECKING:
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
        """Whatever happens, one answer goes back."""
        try:
            self.done(self.work())
        except Exception as error:
            self.failed(error)


class Opener(QObject):
    """`opened` tells the office, `refused` the error. The services are loaded here, behind the sign-in page."""

    opened = Signal(object)
    refused = Signal(object)
    progressed = Signal(int, int)
    warmed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[_Job] = []

    def warm(self) -> None:
        """Load the services while somebody types a password."""
        self._start(_load, self._warmed)

    def sign_in(self, account: str, password: str) -> None:
        """Open the office for this account."""
        self._start(lambda: _sign_in(self.folder, account, password), self.opened.emit)

    def set_up(self, values: dict[str, str]) -> None:
        """Set up a new office; `values` name, code, account, password."""
        self._start(lambda: _set_up(self.folder, values), self.opened.emit)

    def make_sample(self, account: str, password: str) -> None:
        """Make the sample office."""
        self._start(lambda: _sample(self.folder, account, password, self._tell), self.opened.emit)

    def wait(self) -> None:
        """Until nothing runs any more."""
        self._pool.waitForDone()

    def _tell(self, done: int, total: int) -> bool:
        self.progressed.emit(done, total)
        return True

    def _warmed(self, _: object) -> None:
        self.warmed.emit()

    def _start(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._jobs = [_Job(work, done, self._failed)]
        self._pool.start(self._jobs[0])

    def _failed(self, error: Exception) -> None:
        from services.desk.errors import UserError

        if not isinstance(error, UserError):
            log.error("could not open the office", exc_info=error)
        self.refused.emit(error)


def _load() -> None:
    from services import registry  # noqa: F401


def _sign_in(folder: Path, account: str, password: str) -> Office:
    from services import office, registry  # noqa: F401

    return office.sign_in(folder, account, password)


def _set_up(folder: Path, values: dict[str, str]) -> Office:
    from services import office, registry  # noqa: F401

    name, code, account, password = (values[part] for part in ("name", "code", "account", "password"))
    return office.set_up(folder, name=name, code=code, account=account, password=password)


def _sample(folder: Path, account: str, password: str, tell: Callable[[int, int], bool]) -> Office:
    from services import demo, registry  # noqa: F401

    return demo.make(folder, account=account, password=password, tell=tell)
