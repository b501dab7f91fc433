"""People are chosen for a session: found, marked, enrolled in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.listing import LISTINGS, View
from ui.kit.button import Button, KeyHints
from ui.kit.card import Card, HairLine
from ui.kit.filters import FilterBar
from ui.kit.layout import column
from ui.kit.list_table import ListTable
from ui.kit.page import PageHead, StickyFooter
from ui.kit.screen import Col
from ui.kit.text import Note, Own, counted, said
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.training_sheet import SessionSheet
    from ui.kit.background import Background

COLUMNS = (
    Col("name", second="number"), Col("unit_id", 190), Col("post_id", 170), Col("employment", 130),
    Col("compound_id", 170),
)  # fmt: skip
FILTERS = ("unit_id", "post_id", "employment", "compound_id")
MANY = 2000  # people at once


class EnrolPage(QWidget):
    """`chosen` tells who is to be enrolled."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, background: Background, sheet: SessionSheet, back: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.sheet = background, sheet
        row_, capacity = sheet.row, sheet.row["capacity"]
        places = said(N_("{n} of {all} places are taken"), n=len(sheet.enrolled), all=capacity)
        free = places if capacity is not None else counted("{n} is enrolled", "{n} are enrolled", len(sheet.enrolled))
        self.head = PageHead(said(N_("Enrol in {title}"), title=row_["title"]), back=(back,), facts=free)
        specs = LISTINGS["staff"].columns
        self.filters = FilterBar(background, [specs[name] for name in FILTERS], "staff")
        self.table = ListTable(background, self._view(), COLUMNS)
        self.table.setAccessibleName(row_["title"])
        self.cancel, self.enrol = Button(N_("Cancel")), Button(N_("Enrol"), "check", kind="primary")
        self.marked = Note(Own(" "), tone="text2")
        card = Card(self.filters, HairLine(), (self.table, 1), gap=0, margins=(1, 1, 1, 1))
        self.filters.setContentsMargins(16, 10, 16, 10)
        hints = KeyHints([("Space", N_("Mark")), ("Ctrl+Enter", N_("Enrol"))])
        foot = StickyFooter([self.cancel], [self.marked, self.enrol], hints)
        page = column(self.head, (card, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        self.setLayout(column((page, 1), foot, gap=0))
        self.filters.changed.connect(self._filter)
        self.table.marked.connect(self._marked)
        self.enrol.clicked.connect(self._enrol)
        self.cancel.clicked.connect(self._back)
        self.head.went_back.connect(self._back)
        for keys, slot in {"Esc": self._back, "Ctrl+Return": self._enrol, "Ctrl+Enter": self._enrol}.items():
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._marked()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def people(self) -> list[UUID]:
        """Who is marked."""
        return [row["id"] for row in self.table.rows(MANY)] if self.table.marks() else []

    def _view(self) -> View:
        return View("staff", search=self.filters.text(), filters=self.filters.filters(), sort="name")

    def _filter(self, *_: Any) -> None:
        self.table.lines.show(self._view())

    def _marked(self, *_: Any) -> None:
        n = self.table.marks()
        self.marked.say(counted("{n} marked", "{n} marked", n))
        self.enrol.setEnabled(n > 0)

    def _enrol(self) -> None:
        if found := self.people():
            self.chosen.emit(found)

    def _back(self, _key: str = "") -> None:
        self.left.emit()
