"""One skill matrix for Qt: people at the left, kinds above, every cell in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from services.skill_matrix import Cell, Column, Matrix, Person
from ui.kit.text import Own, tip, words
from ui.pages import skill_cells

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class SkillModel(QAbstractTableModel):
    """One matrix for Qt."""

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[Person, ...] = ()
        self.columns: tuple[Column, ...] = ()

    def put(self, matrix: Matrix) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.people, self.columns = matrix.people, matrix.columns
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The people."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The kinds."""
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell | None:
        """What stands there, None where the post asks for nothing and there is nothing."""
        return self.people[index.row()].cells.get(self.columns[index.column()].kind)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The words of a cell: painted by the table, read out by others."""
        cell = self.cell(index)
        if role == Role.DisplayRole:
            return words(skill_cells.shape(cell).text) if cell else ""
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            said = skill_cells.in_words(self.people[index.row()], self.columns[index.column()].kind, cell)
            return tip(said) if role == Role.ToolTipRole else said
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Kinds above, people at the left."""
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            if orientation == Qt.Orientation.Horizontal:
                return words(skill_cells.named(self.columns[section].kind))
            return self.people[section].name
        if role == Role.ToolTipRole and orientation == Qt.Orientation.Vertical:
            who = self.people[section]
            return tip(" · ".join(part for part in (who.name, who.number, who.post or who.unit, who.compound) if part))
        return None


def foot_tone(column: Column) -> str:
    """The colour of a count: short is bad, weak is warned of."""
    if not column.needed:
        return "text3"
    return "ok" if column.weak is None else "bad" if column.weak.value == "short" else "warn"


def foot_words(column: Column) -> Own:
    """How many hold it, of how many that must."""
    return Own(f"{column.valid} / {column.needed}" if column.needed else str(column.valid))
