"""The table of the year of plans: plans against months, with a cursor from cell to cell; both heads stay in sight."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from resources.words import N_
from services.plan_gaps import Gap
from services.plan_year import Year
from ui.kit.cursor_table import CursorTable, Index
from ui.kit.text import tip, words
from ui.kit.theme import colour, font
from ui.pages import plan_year_cells as cells
from ui.pages import skill_cells

Role = Qt.ItemDataRole
NOTHING = QModelIndex()
ROW, PLANS, NARROW, LEAST, MONTHS = 46, 292, 216, 66, 12  # pixels, of plans at most and at least, pixels, columns
NAMES = (N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"),
         N_("Nov"), N_("Dec"))  # fmt: skip


class YearModel(QAbstractTableModel):
    """A row is a plan or a gap."""

    def __init__(self) -> None:
        super().__init__()
        self.year, self.on = 0, date.min
        self.rows: list[cells.ROW] = []

    def put(self, year: Year, rows: list[cells.ROW]) -> None:
        """Show these rows of a year."""
        self.beginResetModel()
        self.year, self.on, self.rows = year.year, year.on, rows
        self.endResetModel()

    def shape(self, index: Index) -> skill_cells.Shape | None:
        """How a cell looks."""
        return cells.shape(self.rows[index.row()], index.column() + 1, self.on, self.year)

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else MONTHS

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.DisplayRole:
            found = self.shape(index)
            return words(found.text) if found else ""
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            said = cells.in_words(self.rows[index.row()], index.column() + 1, self.year)
            return tip(said) if role == Role.ToolTipRole else said
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role not in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return words(NAMES[section])
        row = self.rows[section]
        return f"{cells.title(row)} · {cells.note(row)}"


class YearTable(CursorTable):
    """The cursor is on a row and a month."""

    name = N_("Year of plans: plans and their months")

    def __init__(self) -> None:
        super().__init__()
        self.records = YearModel()
        self.build(self.records, _Months(self), _Plans(self), _Cells(self))

    def put(self, year: Year, rows: list[cells.ROW]) -> None:
        """Show other rows; the cursor stays where it was, at first in the month of the day."""
        at = self.currentIndex()
        row, month = (at.row(), at.column()) if at.isValid() else (0, year.on.month - 1)
        self.records.put(year, rows)
        self.fit()
        self.setCurrentIndex(self.records.index(min(row, max(len(rows) - 1, 0)), month))

    def here(self) -> tuple[cells.ROW, int] | None:
        """The row and month (from 1) the cursor is on."""
        at = self.currentIndex()
        return (self.records.rows[at.row()], at.column() + 1) if at.isValid() and self.records.rows else None

    def fit(self) -> None:
        """The months share the room there is; where it is scarce, the names of the plans give some of theirs."""
        beside = self.verticalHeader()
        room = self.viewport().width() + beside.width() - MONTHS * LEAST
        beside.setFixedWidth(max(NARROW, min(PLANS, room)))
        for at in range(MONTHS):
            self.setColumnWidth(at, max(LEAST, self.viewport().width() // MONTHS))


class _Months(QHeaderView):
    def __init__(self, table: YearTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.table = table
        self.setFixedHeight(34)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.save()
        here = column == self.table.currentIndex().column()
        painter.fillRect(rect, colour("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("border"))
        painter.setFont(font(12, 600 if here else 400))
        painter.setPen(colour("text" if here else "text2"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(self.model().headerData(column, self.orientation())))
        painter.restore()


class _Plans(QHeaderView):
    def __init__(self, table: YearTable) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self.table = table
        self.setFixedWidth(PLANS)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        painter.save()
        row, here = self.table.records.rows[at], at == self.table.currentIndex().row()
        painter.fillRect(rect, colour("selected" if here else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        bad = isinstance(row, Gap) or row.alarm
        if here or bad:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), colour("bad" if bad else "primary"))
        for text, top, px, weight, ink in (
            (cells.title(row), 4, 13, 600, "bad" if bad else "text"), (cells.note(row), 24, 11, 400, "text3"),
        ):  # fmt: skip
            painter.setFont(font(px, weight))
            painter.setPen(colour(ink))
            room = QRectF(rect.left() + 14, rect.top() + top, rect.width() - 20, 18)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class _Cells(QStyledItemDelegate):
    def __init__(self, table: YearTable) -> None:
        super().__init__(table)
        self.table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        now = self.table.currentIndex()
        painter.fillRect(option.rect, colour("selected" if index.row() == now.row() else "surface"))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, colour("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape, area = self.table.records.shape(index), QRectF(option.rect)
        if shape is not None:
            skill_cells.draw(painter, area, shape, ring=index == now)
        elif index == now:
            box = QRectF(0, 0, skill_cells.LEAST, skill_cells.TALL)
            box.moveCenter(area.center())
            skill_cells.ring_around(painter, box)
        painter.restore()
