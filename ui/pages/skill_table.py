"""The table of the skill matrix: people against kinds, with a cursor from cell to cell; both heads stay in sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from resources.words import N_
from services.skill_matrix import Cell, Column, Matrix, Person
from ui.kit.text import Follower, Note, Own, tip, words
from ui.kit.theme import colour, font
from ui.pages import skill_cells

ROW, TOP, WIDE, PEOPLE, FOOT, POST = 39, 68, 64, 148, 48, 56  # pixels
Index = QModelIndex | QPersistentModelIndex
Role, Sides = Qt.ItemDataRole, Qt.AlignmentFlag
NAME = N_("Skill matrix: people and their certificates")


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
                return words(f"certificate_kind.code={self.columns[section].kind}")
            return self.people[section].name
        if role == Role.ToolTipRole and orientation == Qt.Orientation.Vertical:
            who = self.people[section]
            return tip(" · ".join(part for part in (who.name, who.number, who.post or who.unit, who.compound) if part))
        return None


class SkillHead(QHeaderView):
    """Kinds in two levels: their category with a line over all of it, and their names."""

    def __init__(self, table: SkillTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.table = table
        self.setFixedHeight(TOP)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.save()
        painter.setClipRect(rect)  # each kind paints its part of the name above
        painter.fillRect(rect, colour("surface"))
        columns, at = self.table.records.columns, self.table.currentIndex().column()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("border"))
        first = column == 0 or columns[column - 1].category != columns[column].category
        last = column + 1 == len(columns) or columns[column + 1].category != columns[column].category
        line = QRect(rect.left() + (6 if first else 0), 28, rect.width() - (6 if first else 0) - (6 if last else 0), 1)
        painter.fillRect(line, colour("border"))
        painter.setFont(font(12, 400))
        painter.setPen(colour("text3"))
        painter.drawText(self._whole(column, rect), Sides.AlignCenter, self._category(columns[column].category))
        painter.setFont(font(12, 600 if column == at else 400))
        painter.setPen(colour("text" if column == at else "text2"))
        name = str(self.model().headerData(column, Qt.Orientation.Horizontal))
        room = QRectF(rect.left() + 2, 29, rect.width() - 4, TOP - 30)
        painter.drawText(room, Sides.AlignCenter | Qt.TextFlag.TextWordWrap, name)
        painter.restore()

    def _whole(self, column: int, rect: QRect) -> QRectF:
        """The room of a category over all its kinds; each of them paints its part of it."""
        columns = self.table.records.columns
        before = after = column
        while before and columns[before - 1].category == columns[column].category:
            before -= 1
        while after + 1 < len(columns) and columns[after + 1].category == columns[column].category:
            after += 1
        left = rect.left() - sum(self.sectionSize(at) for at in range(before, column))
        return QRectF(left, 2, sum(self.sectionSize(at) for at in range(before, after + 1)), 26)

    @staticmethod
    def _category(category: str) -> str:
        return words(f"certificate_kind.category={category}")


class PeopleHead(QHeaderView):
    """Who a row is about: his name, and his post or unit."""

    def __init__(self, table: SkillTable) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self.table = table
        self.setFixedWidth(PEOPLE)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        painter.save()
        who, here = self.table.records.people[row], row == self.table.currentIndex().row()
        painter.fillRect(rect, colour("selected" if here else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        if here:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), colour("primary"))
        name = QRectF(rect).adjusted(16, 0, -POST - 10, 0)
        for room, text, px, weight, ink in (
            (name, who.name, 13, 600, "text"),
            (QRectF(name.right() + 6, rect.top(), rect.right() - name.right() - 8, rect.height()),
             who.post or who.unit, 11, 400, "text3"),
        ):  # fmt: skip
            painter.setFont(font(px, weight))
            painter.setPen(colour(ink))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Sides.AlignVCenter | Sides.AlignLeft, shown)
        painter.restore()


class SkillCells(QStyledItemDelegate):
    """Paints the cells."""

    def __init__(self, table: SkillTable) -> None:
        super().__init__(table)
        self.table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        area, records, now = QRectF(option.rect), self.table.records, self.table.currentIndex()
        painter.fillRect(option.rect, colour("selected" if index.row() == now.row() else "surface"))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, colour("line"))
        at, columns = index.column(), records.columns
        if at + 1 < len(columns) and columns[at + 1].category != columns[at].category:
            painter.fillRect(option.rect.right(), option.rect.top(), 1, option.rect.height(), colour("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell, ring = records.cell(index), index == now
        if cell is not None:
            skill_cells.draw(painter, area, skill_cells.shape(cell), ring=ring)
        elif ring:
            box = QRectF(0, 0, skill_cells.LEAST, skill_cells.TALL)
            box.moveCenter(area.center())
            skill_cells.ring_around(painter, box)
        painter.restore()


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


def foot_tone(column: Column) -> str:
    """The colour of a count: short is bad, weak is warned of."""
    if not column.needed:
        return "text3"
    return "ok" if column.weak is None else "bad" if column.weak.value == "short" else "warn"


def foot_words(column: Column) -> Own:
    """How many hold it, of how many that must."""
    return Own(f"{column.valid} / {column.needed}" if column.needed else str(column.valid))
