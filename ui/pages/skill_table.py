"""The table of the skill matrix: people against kinds, with a cursor from cell to cell; both heads stay in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from resources.words import N_
from services.skill_matrix import Matrix, Person
from ui.kit.cursor_table import CursorTable
from ui.kit.text import Note, words
from ui.pages import skill_cells
from ui.pages.skill_heads import PEOPLE, TOP, PeopleHead, SkillCells, SkillHead
from ui.pages.skill_model import SkillModel

WIDE = 64  # pixels: no kind is narrower


class SkillTable(CursorTable):
    """The cursor is on a person and a kind; `wanted` (N) asks for a new certificate there."""

    name = N_("Skill matrix: people and their certificates")
    wanted = Signal(object, str)  # Person, kind

    def __init__(self) -> None:
        super().__init__()
        self.records = SkillModel()
        self.corner = Note(N_("Person"))
        self.corner.setParent(self)
        self.corner.setGeometry(17, 0, PEOPLE - 20, TOP)
        self.build(self.records, SkillHead(self), PeopleHead(self), SkillCells(self))

    def put(self, matrix: Matrix) -> None:
        """Show another matrix; the cursor stays on the same person and kind where they are still there."""
        here = self.here()
        self.records.put(matrix)
        self.fit()
        row, column = 0, 0
        if here is not None:
            row = next((n for n, who in enumerate(self.records.people) if who.id == here[0].id), 0)
            column = next((n for n, one in enumerate(self.records.columns) if one.kind == here[1]), 0)
        self.setCurrentIndex(self.records.index(row, column))

    def here(self) -> tuple[Person, str] | None:
        """Whom and what the cursor is on."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self.records.people[index.row()], self.records.columns[index.column()].kind

    def fit(self) -> None:
        """Kinds share the room there is, none narrower than what it says."""
        columns = self.records.columns
        share = self.viewport().width() // len(columns) if columns else 0
        for at, column in enumerate(columns):
            cells = (who.cells.get(column.kind) for who in self.records.people)
            said = {words(skill_cells.shape(cell).text) for cell in cells if cell is not None}
            need = max((skill_cells.wide(text) + 4 for text in said), default=0)
            self.setColumnWidth(at, max(WIDE, need, min(share, 2 * WIDE)))

    def go_to(self, kind: str) -> None:
        """Put the cursor on a kind, in the row it is in."""
        column = next((n for n, one in enumerate(self.records.columns) if one.kind == kind), None)
        if column is not None:
            self.setCurrentIndex(self.records.index(max(self.currentIndex().row(), 0), column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N and not event.modifiers() and (here := self.here()) is not None:
            self.wanted.emit(*here)
        else:
            super().keyPressEvent(event)
