"""Long work of a stocktake: how far it is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from resources.words import N_
from ui.kit.layout import hide_unless
from ui.kit.progress import ProgressPanel

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.kit.background import Background, Task

Then = Callable[["Done[Any]"], None]
Refused = Callable[[Exception], None]


class WorkPanel(ProgressPanel):
    """Runs one act at a time; `changed` when one begins or ends."""

    changed = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__(N_("Working on the stocktake"))
        self.background = background
        self.task: Task | None = None
        self.cancelled.connect(self._halt)
        hide_unless(False, self)

    def run(self, act: str, values: Mapping[str, Any], then: Then, refused: Refused) -> None:
        """Do it; while another one runs nothing happens."""
        if self.task is None:
            self.begin()
            ends = partial(self._done, then), partial(self._refused, refused)
            self.task = self.background.do(act, values, *ends, self.tell)
            self.changed.emit()

    def _done(self, then: Then, done: Done[Any]) -> None:
        self._end()
        then(done)

    def _refused(self, refused: Refused, error: Exception) -> None:
        self._end()
        refused(error)

    def _end(self) -> None:
        self.task = None
        self.hide()
        self.changed.emit()

    def _halt(self) -> None:
        if self.task is not None:
            self.task.cancel()
