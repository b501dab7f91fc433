"""The table of the skill matrix: people against kinds, with a cursor from cell to cell; both heads stay in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from resources.words import N_
from services.skill_matrix import Matrix, Person
from ui.kit.text import Follower, Note, words
from ui.kit.theme import colour
from ui.pages import skill_cells
from ui.pages.skill_heads import PEOPLE, TOP, PeopleHead, SkillCells, SkillHead
from ui.pages.skill_model import Index, SkillModel

WIDE = 64  # pixels: no kind is narrower
NAME = N_("Skill matrix: people and their certificates")


class SkillTable(QTableView, Follower):
    """Arrows, Home and End move the cursor; `opened` and `wanted` (N) tell of the cell it is on."""

    opened = Signal(object, str)  # Person, kind
    wanted = Signal(object, str)  # a new certificate for this cell
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.records = SkillModel()
        self.setHorizontalHeader(SkillHead(self))
        self.setVerticalHeader(PeopleHead(self))
        self.setModel(self.records)
        self.setItemDelegate(SkillCells(self))
        self.corner = Note(N_("Person"))
        self.corner.setParent(self)
        self.corner.setGeometry(17, 0, PEOPLE - 20, TOP)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.follow()

    def look(self) -> None:
        """Take the colours and the words in force."""
        self.setAccessibleName(words(NAME))
        ground = colour("surface").name()
        self.setStyleSheet(f"QTableView, QTableCornerButton::section {{ background: {ground}; border: none; }}")
        self.fit()

    def put(self, matrix: Matrix) -> None:
        """Show another matrix; the cursor stays on the same person and kind where they are still there."""
        key = self.key()
        self.records.put(matrix)
        self.fit()
        row, column = 0, 0
        if key is not None:
            row = next((n for n, who in enumerate(self.records.people) if who.id == key[0].id), 0)
            column = next((n for n, one in enumerate(self.records.columns) if one.kind == key[1]), 0)
        self.setCurrentIndex(self.records.index(row, column))

    def key(self) -> tuple[Person, str] | None:
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

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for part in (self.viewport(), self.horizontalHeader().viewport(), self.verticalHeader().viewport()):
            part.update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.key()
        if key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(*key)
        elif key is not None and event.key() == Qt.Key.Key_N and not event.modifiers():
            self.wanted.emit(*key)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (key := self.key()) is not None:
            self.opened.emit(*key)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are acts here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
