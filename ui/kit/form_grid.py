"""How the fields of a form stand: sections with their help at the left, fields in six columns at the right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.kit.card import Card, HairLine
from ui.kit.field import Field
from ui.kit.layout import column, hide_unless, row
from ui.kit.screen import Section
from ui.kit.text import Heading, Note

COLUMNS, HELP, GAP, BETWEEN = 6, 148, 16, 12


class Sections(Card):
    """One card with all sections. `places` says where each begins, for scrolling to it."""

    def __init__(self, sections: Sequence[Section], fields: Mapping[str, Field]) -> None:
        super().__init__(gap=18)
        self.places: list[QWidget] = []
        self.sections, self.fields = tuple(sections), fields
        self.lines = [HairLine() for _ in sections]
        for at, section in enumerate(sections):
            if at:
                self.add(self.lines[at])
            self.places.append(_section(section, [(fields[name], span) for name, span in section.fields]))
            self.add(self.places[-1])

    def leave_out(self, names: Collection[str]) -> None:
        """Show every field but these; a section with nothing left goes too."""
        for name, field in self.fields.items():
            field.setVisible(name not in names)
        for at, section in enumerate(self.sections):
            some = any(name not in names for name, _ in section.fields)
            self.places[at].setVisible(some)
            if at:
                self.lines[at].setVisible(some)


def _section(section: Section, fields: Iterable[tuple[Field, int]]) -> QWidget:
    title, help = Heading(section.title), Note(section.help, wrap=True)
    title.setWordWrap(True)
    hide_unless(section.help, help)
    left = QWidget()
    left.setFixedWidth(HELP)
    left.setLayout(column(title, help, None, gap=4))
    hide_unless(section.title, left)
    made = QWidget()
    made.setLayout(row(left, (_grid(fields), 1), gap=24))
    return made


def _grid(fields: Iterable[tuple[Field, int]]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(0)  # Qt leaves it out beside columns no field stands in alone: gaps are columns here
    grid.setVerticalSpacing(BETWEEN)
    line, used = 0, 0
    for field, span in fields:
        if used + span > COLUMNS:
            line, used = line + 1, 0
        field.setSizePolicy(QSizePolicy.Policy.Ignored, field.sizePolicy().verticalPolicy())  # columns of one width
        grid.addWidget(field, line, 2 * used, 1, 2 * span - 1, Qt.AlignmentFlag.AlignTop)
        used += span
    for at in range(2 * COLUMNS - 1):
        grid.setColumnStretch(at, 1 - at % 2)
        grid.setColumnMinimumWidth(at, GAP if at % 2 else 20)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    return made
