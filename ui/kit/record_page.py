"""The page of one record: its name and state above, what is known of it below, and the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from ui.kit.history import History
from ui.kit.page import PageHead
from ui.kit.read_page import NONE, Keys, ReadPage
from ui.kit.theme import LOOK


class RecordPage(ReadPage):
    """A page makes its `head`, says in `_say` what was read (its `sheet`), and in `_first` what has the keyboard then;
    where it has a `history`, that is of the record of this `kind` with the id of the sheet.

    `went` tells where somebody wants to go from it, `left` that he goes back.
    """

    went = Signal(object)
    left = Signal()
    kind = ""
    head: PageHead
    history: History | None = None
    sheet: Any = None

    def begin(self, keys: Keys = NONE) -> None:
        """It reads now, and again whenever that is due; Esc leads back."""
        self.head.went_back.connect(self._back)
        LOOK.changed.connect(self._say_again)
        super().begin({"Esc": self._back, **keys})

    def again(self) -> None:
        """Read the record again, and what happened to it."""
        super().again()
        if self.history is not None:
            self.history.again()

    def _got(self, sheet: Any) -> None:
        first, self.sheet = self.sheet is None, sheet
        self._say(sheet)
        if first:
            if self.history is not None:
                self.history.show_record(self.kind, sheet.id)
            self._first(sheet)

    def _say_again(self) -> None:
        """The language is another one."""
        if self.sheet is not None:
            self._say(self.sheet)

    def _say(self, sheet: Any) -> None:
        raise NotImplementedError

    def _first(self, sheet: Any) -> None:
        """It was read for the first time."""

    def _back(self, _key: str = "") -> None:
        self.left.emit()
