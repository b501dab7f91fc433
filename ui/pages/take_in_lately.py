"""Registers that were taken in lately, each to be taken back as a whole."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from resources.words import N_
from ui import asks
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Card, SectionHead
from ui.kit.pill import Pill
from ui.kit.text import Note, Own, Text

if TYPE_CHECKING:
    from services.taken import Taken
    from ui.kit.background import Background

LISTED = 5


class LatelyCard(Card):
    """Hidden while there is nothing to list; `take_back` tells an operation and its file."""

    take_back = Signal(object, str)

    def __init__(self, background: Background) -> None:
        super().__init__(gap=10)
        self.background = background
        self.add(SectionHead(N_("Taken in lately"), note=N_("What changed since cannot be taken back.")))
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(0, 1)
        self.add(self.grid)
        self.buttons: dict[UUID, Button] = {}
        self.hide()
        self.reload()

    def reload(self) -> None:
        """Ask again."""
        self.background.ask(asks.taken, self._show, tag="taken-lately")

    def _show(self, found: list[Taken]) -> None:
        while (old := self.grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for at, taken in enumerate(found[:LISTED]):
            when = show.instant(datetime.fromisoformat(taken.wall))
            parts = (Text(Own(taken.file), elide=True), Note(Own(when)), Note(Own(taken.actor)))
            for x, part in enumerate(parts):
                self.grid.addWidget(part, at, x)
            if taken.undone:
                self.grid.addWidget(Pill(N_("taken back"), "idle"), at, 3)
            else:
                button = Button(N_("Take back"), "undo-2", small=True)
                button.setAccessibleDescription(taken.file)
                button.clicked.connect(partial(self._ask, taken.operation, taken.file))
                self.buttons[taken.operation] = button
                self.grid.addWidget(button, at, 3)
        self.setVisible(bool(found))

    def _ask(self, operation: UUID, file: str, _checked: bool = False) -> None:
        self.take_back.emit(operation, file)
