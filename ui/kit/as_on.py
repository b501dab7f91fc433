"""The day a page shows things as on: typed or picked, told once it is a whole one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import Invalid
from ui.kit.editors import DateBox, today
from ui.kit.layout import row
from ui.kit.text import Follower, Note, words

WIDTH = 148


class AsOn(QWidget, Follower):
    """Begins with today; `turned` tells another day. What is no day is marked, and the day stays."""

    turned = Signal(object)  # date

    def __init__(self) -> None:
        super().__init__()
        self.day = today()
        self.box = DateBox(N_("Choose a day"))
        self.box.setFixedWidth(WIDTH)
        self.box.set_value(self.day)
        self.box.edited.connect(self._edited)
        for done in (self.box.entered, self.box.left, self.box.line.returnPressed):
            done.connect(self._chosen)
        self.setLayout(row(Note(N_("As on")), self.box, gap=8))
        self.follow()

    def look(self) -> None:
        """Name the day again."""
        self.box.line.setAccessibleName(words(N_("As on")))

    def show_day(self, day: date) -> None:
        """Turn to a day."""
        self.box.set_value(day)
        self._turn(day)

    def _edited(self) -> None:
        """Half a day is waited for while somebody types; what the calendar picked is whole."""
        if not self.box.line.hasFocus() or (self._typed() is not None and len(self.box.line.text()) >= len("20260101")):
            self._chosen()

    def _chosen(self) -> None:
        day = self._typed()
        self.box.show_wrong(day is None)
        if day is not None:
            self._turn(day)

    def _turn(self, day: date) -> None:
        if day != self.day:
            self.day = day
            self.turned.emit(day)

    def _typed(self) -> date | None:
        try:
            found = self.box.value()
        except Invalid:
            return None
        return found if isinstance(found, date) else None
