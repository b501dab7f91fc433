"""Registers in the window: taken in from a file, and a list written to one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from resources.words import N_
from ui import asks
from ui.kit.messages import toast
from ui.kit.screen import Screen
from ui.kit.text import words
from ui.kit.theme import LOOK
from ui.part import Asked, Part

if TYPE_CHECKING:
    from ui.workbench import Workbench


class Registers(Part):
    """What the window does about files of registers."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"imports.take_in": self._take_in, "export": self._export}

    def _take_in(self, asked: Asked) -> None:
        self.take_in(asked.screen)

    def _export(self, asked: Asked) -> None:
        self.export(asked.screen)

    def take_in(self, screen: Screen) -> None:
        """Open the page that takes a register in."""
        from ui.pages.take_in import TakeInPage

        self.bench.open_page(TakeInPage(self.bench.background, screen))

    def export(self, screen: Screen) -> None:
        """Ask where a list goes, and write it."""
        name = f"{words(screen.title)}.xlsx"
        place, _ = QFileDialog.getSaveFileName(self.bench, words(N_("Export")), name, "Excel (*.xlsx);;CSV (*.csv)")
        if place:
            self.export_to(screen, Path(place))

    def export_to(self, screen: Screen, place: Path) -> None:
        """Write the list as it is filtered now."""
        view = self.bench.lists[screen.name].view()
        self.bench.background.ask(
            partial(asks.written, view, place, LOOK.lang), partial(self._exported, place), self.bench.refused
        )

    def _exported(self, place: Path, count: int) -> None:
        toast(self.bench, N_("{n} rows written to {file}"), n=count, file=place.name)
