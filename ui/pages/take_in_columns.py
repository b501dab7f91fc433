"""How the columns of a register are read: each with what its cells say, to be corrected by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout

from resources.words import N_
from services.imports.columns import RECOGNISED, ColumnMatch
from services.intake import meanings
from ui import asks
from ui.kit.button import Button
from ui.kit.card import Card, SectionHead
from ui.kit.editors import ChoiceBox
from ui.kit.messages import toast
from ui.kit.pill import Pill
from ui.kit.text import Note, Own, Text, words

if TYPE_CHECKING:
    from ui.kit.background import Background

LONGEST = 80  # characters of a profile's name
EDITOR, LEVEL = 260, 110  # pixels


class ColumnsCard(Card):
    """A line for each column: letter, header and samples, what it is read as, how sure that is."""

    changed = Signal()
    failed = Signal(object)  # the exception

    def __init__(self, background: Background) -> None:
        super().__init__(gap=12)
        self.background, self.kind, self.base, self.source = background, "", "", ""
        self.keep = Button(N_("Save as profile…"), "save", small=True)
        self.keep.clicked.connect(self._keep)
        self.know = Button(N_("Know this source again"), "check", small=True)
        self.know.clicked.connect(self.remember)
        self.add(
            SectionHead(N_("Columns"), self.know, self.keep, note=N_("What each column is read as; correct it here."))
        )
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self.add(self.grid)
        self.boxes: dict[str, ChoiceBox] = {}
        self.levels: dict[str, Pill] = {}
        self.samples: dict[str, Note] = {}
        self.left = set[str]()  # headers that look like personal data: what no field takes of them stays in the file
        self._shown: list[tuple[str, str, str]] = []

    def show_columns(self, kind: str, columns: Sequence[ColumnMatch], base: str, source: str) -> None:
        """Show how these columns of `source` were read with the profile `base`; what was chosen before is gone."""
        self.kind, self.base, self.source = kind, base, source
        self.left = {match.header for match in columns if match.left}
        shown = [(kind, match.letter, match.header) for match in columns]
        if shown != self._shown:  # else whoever is at a box would lose it
            self._shown = shown
            self._make(columns)
        for match in columns:
            box = self.boxes[match.header]
            if box.value() != (match.field or ""):
                box.set_value(match.field or "")
            self.samples[match.header].say(Own(" · ".join(match.samples)))
            self._say(match.header, match.confidence)

    def _make(self, columns: Sequence[ColumnMatch]) -> None:
        while (old := self.grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes, self.levels, self.samples = {}, {}, {}
        choices = list(meanings(self.kind).items())
        for at, match in enumerate(columns):
            box = ChoiceBox(choices, must=True)
            box.setFixedWidth(EDITOR)
            box.inner().setAccessibleName(match.header)
            box.edited.connect(partial(self._chosen, match.header))
            header = Text(Own(match.header), weight=500, elide=True)
            samples = Note(Own(""), elide=True)
            level = Pill(Own(""))
            level.setFixedWidth(LEVEL)
            self.boxes[match.header], self.levels[match.header], self.samples[match.header] = box, level, samples
            for x, part in enumerate((Note(Own(match.letter)), header, samples, box, level)):
                self.grid.addWidget(part, at, x)
        self.grid.setColumnStretch(2, 2)

    def chosen(self) -> dict[str, str]:
        """Header -> field for every column; "" keeps it as an extra fact."""
        return {header: box.value() for header, box in self.boxes.items()}

    def _keep(self) -> None:
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Save as profile…")), "", "JSON (*.json)")
        if place:
            self.keep_as(Path(place))

    def keep_as(self, place: Path) -> None:
        """Keep how the columns are read now, for the next register from this source."""
        work = partial(asks.profile, self.kind, self.base, self.chosen(), place)
        self.background.ask(work, partial(self._kept, place), self.failed.emit)

    def remember(self) -> None:
        """Let the office keep it: the next file with this header is read the same way."""
        work = partial(asks.profile_values, self.kind, self.base, self.chosen(), Path(self.source).stem[:LONGEST])
        self.background.ask(work, self._remember, self.failed.emit)

    def _remember(self, values: dict[str, str]) -> None:
        self.background.do("import_profiles.add", values, self._remembered, self.failed.emit)

    def _remembered(self, _done: object) -> None:
        toast(self.window(), N_("Kept: the next file with this header is read the same way."))

    def _kept(self, place: Path, _answer: object) -> None:
        toast(self.window(), N_("Saved as {name}"), name=place.name)

    def _chosen(self, header: str) -> None:
        field = self.boxes[header].value()
        for other, box in self.boxes.items():
            if other != header and field and box.value() == field:
                box.set_value("")  # a field is read from one column
                self._say(other, 0.0)
        self._say(header, 1.0)
        self.changed.emit()

    def _say(self, header: str, confidence: float) -> None:
        level = self.levels[header]
        if not self.boxes[header].value():
            level.show_state(*((N_("left out"), "warn") if header in self.left else (N_("extra fact"), "idle")))
        elif confidence >= RECOGNISED:
            level.show_state(N_("recognised"), "ok")
        else:
            level.show_state(N_("probable"), "warn")
        self.boxes[header].inner().setAccessibleDescription(level.text())
