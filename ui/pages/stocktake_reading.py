"""A stocktake as its page shows it: read off the window's thread, seldom enough to keep up with a scanner."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from services.desk.listing import View
from ui.pages.stocktake_words import state_of

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.stocktake_differences import Difference
    from services.stocktake_sheet import Progress, Scanned
    from ui.kit.background import Background

PAUSE = 250  # milliseconds between two readings: a scanner is faster, an eye is not
OPEN_CODES = 100
DIFFERENCES = "stocktakes.differences"  # who only counts does not read them
WATCHED = frozenset({"stocktake", "stocktake_line", "stocktake_room", "stocktake_scan", "stocktake_surplus",
                     "stocktake_team", "disposal", "handover", "asset_need", "asset_value_change"})  # fmt: skip


class Read(NamedTuple):
    """What the page shows: how far it is, the teams, codes that wait, the last reading, what differs once it ended."""

    progress: Progress
    teams: list[dict[str, Any]]
    open: list[Scanned]
    last: Scanned | None
    differences: list[Difference]

    @property
    def state(self) -> str:
        """The state as it is stored."""
        return state_of(self.progress.row)


class Reading(QObject):
    """Reads a stocktake again whenever something of it changed: one reading at a time, at most a few a second."""

    got = Signal(object)  # Read
    failed = Signal(object)

    def __init__(self, background: Background, stocktake: UUID, parent: QObject) -> None:
        super().__init__(parent)
        self.background, self.stocktake, self.count = background, stocktake, 0
        self._busy = self._stale = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(PAUSE)
        self._clock.timeout.connect(self.read)
        background.changed.connect(self._touched)

    def read(self) -> None:
        """Read it now, or once more when the reading that is on its way has come."""
        self._stale = self._busy
        if not self._busy:
            self._busy, self.count = True, self.count + 1
            self.background.ask(partial(read, self.stocktake), self._got, self._failed)

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & WATCHED and not self._clock.isActive():
            self._clock.start()

    def _got(self, found: Read) -> None:
        self._end()
        self.got.emit(found)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._busy = False
        if self._stale:
            self._clock.start()


def read(stocktake: UUID, desk: Desk) -> Read:
    """All of it, from a desk."""
    progress: Progress = desk.ask("stocktakes.progress", stocktake_id=stocktake)
    teams = desk.first(View("stocktake_teams", filters=(("stocktake_id", (stocktake,)),)), 100)
    last: list[Scanned] = desk.ask("stocktakes.lately", stocktake_id=stocktake, limit=1)
    open_: list[Scanned] = []
    if progress.unknown or progress.outside:
        open_ = desk.ask("stocktakes.lately", stocktake_id=stocktake, limit=OPEN_CODES, waiting=True)
    told = state_of(progress.row) not in ("draft", "counting", "cancelled") and desk.may(DIFFERENCES)
    differences = desk.ask(DIFFERENCES, stocktake_id=stocktake) if told else []
    return Read(progress, teams, open_, last[0] if last else None, differences)
