"""Registers are checked, taken in and taken back one after the other, never in the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from services.desk.errors import Cancelled, UserError
from services.intake import DryRun

if TYPE_CHECKING:
    from services.desk.desk import Done
    from services.intake import Report
    from ui.kit.background import Background, Task
    from ui.pages.take_in_files import Source


class Reading(QObject):
    """`read` tells a file whose report or error has come, `undone` how many records are as they were, `failed` an
    exception, `ended` that nothing is under way any more."""

    read = Signal(object)  # the Source
    undone = Signal(object, int)  # the operation, how many records
    told = Signal(int, int)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.background = background
        self.task: Task | None = None
        self._queue: list[Source] = []
        self._values: dict[str, Any] = {}

    @property
    def busy(self) -> bool:
        """Whether a file is being read, or taken back."""
        return self.task is not None

    def start(self, sources: Sequence[Source], values: dict[str, Any]) -> None:
        """Read these files; `values` are said of every one, and whether it is only checked."""
        self._queue, self._values = list(sources), values
        self._next()

    def stop(self) -> None:
        """What is under way takes itself back at its next report; the files that wait are not read."""
        self._queue = []
        if self.task:
            self.task.cancel()

    def undo(self, operation: UUID) -> None:
        """Take a register back."""
        self.task = self.background.do(
            "journal.undo", {"operation": str(operation)}, partial(self._undone, operation), self._fail, self._tell
        )

    def _next(self) -> None:
        if not self._queue:
            self.task = None
            self.ended.emit()
            return
        source = self._queue.pop(0)
        values = self._values | source.options()
        self.task = self.background.do(
            "imports.take_in", values, partial(self._taken, source), partial(self._refused, source), self._tell
        )

    def _tell(self, done: int, total: int) -> None:
        self.told.emit(done, total)

    def _taken(self, source: Source, done: Done[Report]) -> None:
        report = done.value
        if report.new or report.changed or report.created:
            source.operation = done.operation
        source.stale = False
        self._came(source, report, stored=True)

    def _came(
        self, source: Source, report: Report | None, error: UserError | None = None, *, stored: bool = False
    ) -> None:
        source.report, source.error, source.stored = report, error, stored
        self.read.emit(source)
        self._next()

    def _refused(self, source: Source, error: Exception) -> None:
        if isinstance(error, DryRun):
            self._came(source, error.report)
        elif isinstance(error, UserError) and not isinstance(error, Cancelled):
            self._came(source, None, error)
        else:
            self._fail(error)

    def _undone(self, operation: UUID, done: Done[int]) -> None:
        self.task = None
        self.undone.emit(operation, done.value)
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        self._queue, self.task = [], None
        self.failed.emit(error)
        self.ended.emit()
