"""How the skill matrix is painted: kinds in two levels above, people at the left, a ring where the cursor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.text import words
from ui.kit.theme import colour, font
from ui.pages import skill_cells
from ui.pages.skill_model import Index

if TYPE_CHECKING:
    from ui.pages.skill_table import SkillTable

ROW, TOP, PEOPLE, POST = 39, 68, 148, 56  # pixels
Sides = Qt.AlignmentFlag


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
        return words(skill_cells.category(category))


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
