"""The rows of a register as they are read: what is wrong stands in its cell and is corrected there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from resources.words import N_, tr
from services.imports.cells import text_of
from services.imports.problems import Problem, written
from services.imports.report import brief, meaning
from ui.kit.button import LinkButton
from ui.kit.card import Card, SectionHead
from ui.kit.text import Follower, Note, Own, said, tip, words
from ui.kit.theme import LOOK, colour, font

if TYPE_CHECKING:
    from services.imports.columns import ColumnMatch
    from services.imports.register import Register
    from services.intake import Report

SHOWN = 200
TALL, LINE, WIDEST, SCROLLED = 380, 30, 260, 18  # pixels; the last for the edge and a scroll bar
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOTHING = QModelIndex()


class Shown(NamedTuple):
    """One row of the file: its sheet, its number, its cells."""

    sheet: str
    row: int
    cells: Sequence[Any]


class Cells(QAbstractTableModel):
    """Rows of a file by the columns they are read as. What a person writes into a cell is told, not kept here."""

    written = Signal(str, str)  # the cell by its name, what is to be read instead

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Shown] = []
        self.columns: Sequence[ColumnMatch] = ()
        self.kind = self.sheet = ""
        self.corrections: Mapping[str, str] = {}
        self._wrong: dict[tuple[str, int], list[Problem]] = {}

    def show(
        self, rows: list[Shown], columns: Sequence[ColumnMatch], kind: str, problems: Sequence[Problem],
        corrections: Mapping[str, str], sheet: str = "",
    ) -> None:  # fmt: skip
        """Show these rows, of this one sheet where they name none; a problem without a column is its row's."""
        self.sheet = sheet
        self.beginResetModel()
        self.rows, self.columns, self.kind, self.corrections = rows, columns, kind, corrections
        self._wrong = {}
        for problem in problems:
            self._wrong.setdefault(problem.at, []).append(problem)
        self.endResetModel()

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role in (Role.DisplayRole, Role.EditRole):
            return self.text(index)
        if role in (Role.BackgroundRole, Role.ForegroundRole):
            tone = self._tone(index)
            return colour(tone, int(role == Role.BackgroundRole)) if tone else None
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            sentences = self.sentences(index)
            return (tip(sentences) if role == Role.ToolTipRole else sentences) or None
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        text = str(value).strip()
        if role != Role.EditRole or text == self.text(index):
            return False
        self.written.emit(self.name(index), text)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return written(self.rows[section][:2])
        match = self.columns[section]
        return f"{match.letter}  {match.header}\n→ {words(meaning(self.kind, match.field, match.left))}"

    def name(self, index: Index) -> str:
        """A cell as a correction names it: B12, or with several sheets March!B12."""
        row, match = self.rows[index.row()], self.columns[index.column()]
        sheet = row.sheet or self.sheet  # the whole file may hold more sheets than its first rows tell
        return f"{sheet}!{match.letter}{row.row}" if sheet else f"{match.letter}{row.row}"

    def text(self, index: Index) -> str:
        """What is read in a cell."""
        corrected = self.corrections.get(self.name(index)) if self.corrections else None
        if corrected is not None:
            return corrected
        cells, place = self.rows[index.row()].cells, self.columns[index.column()].index
        return text_of(cells[place]) if place < len(cells) and cells[place] != "" else ""

    def problems(self, index: Index) -> list[Problem]:
        """What is wrong with a cell; what is wrong with its row is said in the first column."""
        wrong, match = self._wrong.get(self.rows[index.row()][:2], []), self.columns[index.column()]
        return [p for p in wrong if p.letter == match.letter or (not p.letter and index.column() == 0)]

    def sentences(self, index: Index) -> str:
        """The same in sentences."""
        found = self.problems(index)
        return "；".join(
            tr(LOOK.lang, p.reason, **{name: brief(value) for name, value in p.places.items()}) for p in found
        )

    def _tone(self, index: Index) -> str:
        if found := self.problems(index):
            return "bad" if any(problem.refuses for problem in found) else "warn"
        return "info" if self.corrections and self.name(index) in self.corrections else ""


class RowsCard(Card, Follower):
    """The first rows of a file, or those that the check remarked on; `corrected` tells a cell and its text."""

    corrected = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(gap=10)
        self.model = Cells()
        self.other = LinkButton(N_("Show the first rows"))
        self.other.clicked.connect(self._turn)
        self.head = SectionHead(N_("Rows"), self.other, note=Own(" "))
        self.table = QTableView()
        self.table.setModel(self.model)
        self.model.setParent(self.table)
        self.model.written.connect(self.corrected)
        self.sentence = Note(wrap=True)
        self.add(self.head)
        self.add(self.table)
        self.add(self.sentence)
        self._seen: Register | None = None
        self._report: Report | None = None
        self._corrections: Mapping[str, str] = {}
        self._first = False
        self._set_up()
        self.follow()

    def _set_up(self) -> None:
        table = self.table
        table.setFont(font(12))
        table.setProperty("box", "grid")
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.verticalHeader().setDefaultSectionSize(LINE)
        table.verticalHeader().setSectionResizeMode(table.verticalHeader().ResizeMode.Fixed)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for header in (table.horizontalHeader(), table.verticalHeader()):
            header.setFont(font(12, 500))
            header.setHighlightSections(False)
        table.selectionModel().currentChanged.connect(self._tell)

    def look(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(words(N_("Rows")))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self.model.columnCount() - 1, 0))
        self._tell()

    def show_rows(self, seen: Register | None, report: Report | None, corrections: Mapping[str, str]) -> None:
        """What there is of a file: its first rows, and once it was checked those with remarks."""
        self._seen, self._report, self._corrections = seen, report, corrections
        self._fill()

    def _turn(self) -> None:
        self._first = not self._first
        self._fill()

    def _fill(self) -> None:
        told = self._report.left_out + self._report.remarked if self._report else []
        self.other.setVisible(bool(told and self._seen))
        self.other.say(N_("Show rows with remarks") if self._first else N_("Show the first rows"))
        if self._report and told and not self._first:
            rows = [Shown(t.sheet, t.row, t.cells) for t in told[:SHOWN]]
            columns, kind, problems = self._report.columns, self._report.kind, self._report.problems
        elif self._seen:
            rows = [Shown(r.sheet, r.row, r.cells) for r in self._seen.rows[:SHOWN]]
            columns, kind = self._seen.columns, self._seen.entity
            problems = [problem for r in self._seen.rows for problem in r.problems]
        else:
            rows, columns, kind, problems = [], [], "", []
        read = self._report or self._seen
        sheet = read.sheets[0] if read and len(read.sheets) == 1 else ""
        self.model.show(rows, columns, kind, problems, self._corrections, sheet)
        self.head.note.say(N_("{n} rows; what is wrong is coloured: write over a cell, check again."), n=len(rows))
        self.table.resizeColumnsToContents()
        for at in range(len(columns)):
            self.table.setColumnWidth(at, min(self.table.columnWidth(at) + 12, WIDEST))
        room = self.table.horizontalHeader().sizeHint().height() + SCROLLED
        self.table.setFixedHeight(min(TALL, room + LINE * max(len(rows), 2)))
        self._tell()

    def _tell(self, *_: Any) -> None:
        """Say below the table what is wrong where the keyboard is, else how to correct."""
        index = self.table.currentIndex()
        wrong = self.model.sentences(index) if index.isValid() else ""
        self.sentence.tone("bad" if wrong else "text3")
        if wrong:
            self.sentence.say(Own(f"{self.model.name(index)}: {wrong}"))
        else:
            self.sentence.say(said(N_("F2 or a double click opens a cell; the file itself is never changed.")))
