"""The recovery sheet in the window: a new one for the system officer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from services.desk.intent import INTENTS
from ui import asks
from ui.pages.doors import OLD_DIES, DoorsPage
from ui.part import Part

if TYPE_CHECKING:
    from services.desk.desk import Done

NEW = "office.new_recovery"


class Sheets(Part):
    """What the window does about recovery sheets."""

    def follow(self, board: QWidget) -> None:
        """The board of keys asks for a new sheet."""
        if isinstance(board, DoorsPage):
            board.asked.connect(self._new)

    def _new(self) -> None:
        self.bench.form(NEW, INTENTS[NEW].label, (), {}, once=True, facts=OLD_DIES, then=self._draw)

    def _draw(self, done: Done[Any]) -> None:
        self.bench.background.ask(partial(asks.recovery_sheet, done.value), self._show, self.bench.refused)

    def _show(self, drawn: tuple[str, bytes]) -> None:
        from ui.pages.recovery_sheet import SheetInside

        self.bench.open_page(SheetInside(*drawn))
