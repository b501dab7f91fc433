"""A table of one fixed view inside another page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent

from resources.words import N_
from services.desk.listing import LISTINGS, View
from ui.kit import columns
from ui.kit.record_table import RecordTable
from ui.kit.screen import Col
from ui.kit.table_model import RecordModel
from ui.kit.text import Message, words
from ui.kit.theme import LOOK, colour, font

if TYPE_CHECKING:
    from ui.kit.background import Background

NOTHING = N_("Nothing stands here.")


class ListTable(RecordTable):
    """Shows the rows of `view`, or the word `empty` when there are none; what is marked in it may be asked for by
    number, as of any `RecordTable`."""

    def __init__(self, background: Background, view: View, cols: Sequence[Col], empty: Message = NOTHING) -> None:
        specs = LISTINGS[view.listing].columns
        self.lines = RecordModel(background, tuple(columns.column(c, specs) for c in cols), _language)
        super().__init__(self.lines, tuple(columns.shape(c, specs) for c in cols), frozenset())
        self.lines.setParent(self)
        self.empty = empty
        self.lines.failed.connect(background.failed)
        self.lines.failed.connect(self._known)
        self.lines.settled.connect(self._known)
        LOOK.changed.connect(self.lines.restate)
        self.lines.show(view)

    def _known(self, _error: object = None) -> None:
        """Nothing more is waited for."""
        self.wait(False)
        nothing = not self.lines.numbers
        self.setAccessibleDescription(words(self.empty) if nothing else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.waiting and not self.lines.numbers:
            painter = QPainter(self.viewport())
            painter.setFont(font(13))
            painter.setPen(colour("text3"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words(self.empty))

    def reload(self) -> None:
        """Read the view again."""
        self.lines.reload()


def _language() -> str:
    return LOOK.lang
