"""What is taken in: the files, what they list, and how that is to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout

import resources
from resources.words import N_
from services import intake
from services.desk.schema import FieldSpec, Kind, arguments
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.chip import Chip
from ui.kit.field import Field
from ui.kit.layout import row
from ui.kit.pill import Pill
from ui.kit.text import Body, Follower, Heading, Note, Own, Text, counted, said, words

if TYPE_CHECKING:
    from services.desk.errors import UserError
    from services.imports.register import Register
    from services.intake import Report
    from ui.kit.background import Background

FILES = "*.xlsx *.csv *.xls *.ods"
NONE = N_("No mapping profile: headers are recognised")
FIGURES = N_("{read} rows: {new} new, {changed} changed, {refused} refused")


@dataclass
class Source:
    """One file on its way in: what a person said about it, what was seen of it, what became of it."""

    file: Path
    columns: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    corrections: dict[str, str] = field(default_factory=dict)
    seen: Register | None = None
    report: Report | None = None
    error: UserError | None = None
    operation: UUID | None = None
    """What it was taken in by; None before, and after it was taken back."""
    stored: bool = False
    """Whether the report tells what was stored, and not what would be."""
    stale: bool = False
    """Whether it is read otherwise since it was taken in."""

    def options(self) -> dict[str, Any]:
        """As `imports.take_in` has them."""
        return {
            "file": str(self.file),
            "columns": self.columns or None,
            "sheets": self.sheets,
            "corrections": self.corrections or None,
        }

    def forget(self, *, said: bool = False) -> None:
        """What was read of it counts no more; with `said` nor what a person said about its columns and cells."""
        self.report, self.error, self.stale = None, None, True
        if said:
            self.columns, self.corrections, self.seen = {}, {}, None

    def outcome(self) -> tuple[str, dict[str, Any]]:
        """A sentence on what became of it, with its values."""
        assert self.report
        if not self.report.read:
            return N_("There are no rows below the column names; nothing was taken in"), {}
        if not self.stored:
            return N_("Checked only; nothing was stored"), {}
        if not self.operation:
            return N_("Every row is known already; nothing is new or changed"), {}
        counts = {name: getattr(self.report, name) for name in ("new", "changed", "refused")}
        return N_("Taken in: {new} new, {changed} changed, {refused} refused."), counts

    def state(self) -> tuple[str, str]:
        """A word and its tone."""
        if self.error:
            return N_("cannot be read"), "bad"
        if self.operation and not self.stale:
            return N_("taken in"), "ok"
        if self.report:
            return N_("checked"), "warn" if self.report.refused else "info"
        return N_("chosen"), "idle"


class FilesCard(Card, Follower):
    """`chosen` tells the files, `picked` which of several is looked at, `changed` that they are read otherwise."""

    chosen = Signal(list)  # of paths
    mapping = Signal(object)  # the path of a profile; None for none
    picked = Signal(int)
    changed = Signal()

    def __init__(self, background: Background, kind: str) -> None:
        super().__init__()
        self.choose = Button(N_("Choose files…"), "folder-open")
        self.choose.clicked.connect(self._choose)
        self.name = Text(N_("xlsx, csv, xls or ods; several at once"), tone="text3", elide=True)
        self.map = Button(N_("Mapping profile…"), "list")
        self.map.clicked.connect(self._choose_profile)
        self.mapped = Text(NONE, tone="text3", elide=True)
        specs = {s.name: s for s in arguments("imports.take_in")}
        self.kind = Field(specs["kind"], background)
        self.compound = Field(specs["compound_id"], background)
        self.making, self.blank = Field(specs["create"], background), Field(specs["blank"], background)
        for made, value in ((self.kind, kind), (self.making, False), (self.blank, False)):
            made.set_value(value)
        self.kind.box.edited.connect(self._other_kind)
        self.sheets = Chip(background, FieldSpec("imports", "sheets", Kind.CHOICE, required=True))
        self.only = Chip(background, FieldSpec("imports", "only", Kind.CHOICE, required=True))
        self.sheets.changed.connect(self.changed)
        self.sheets.hide()
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(12)
        self.lines.setVerticalSpacing(4)
        self.lines.setColumnStretch(2, 1)
        self._lines: list[tuple[Button, Pill, Note]] = []
        for part in (
            Heading(N_("Register")),
            row(self.choose, (self.name, 1), gap=12),
            self.lines,
            row(self.map, (self.mapped, 1), gap=12),
            row((self.kind, 1), (self.compound, 2), (self.making, 1), (self.blank, 1), gap=16),
            row(self.sheets, self.only, None),
            Body(N_("Name the compound unless the register names one in every row. A profile may make compounds.")),
        ):
            self.add(part)
        self.follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choose.setFocus()

    def look(self) -> None:
        """Name the fields again."""
        meanings = {name: words(meant) for name, meant in intake.meanings(self.kind.value()).items() if name}
        spec = self.only.spec
        self.only.names = {name: meant for name, meant in meanings.items() if name != "line"}
        self.only.spec = FieldSpec(
            spec.entity, spec.name, spec.kind, required=True, choices=tuple(sorted(self.only.names))
        )
        self.only.look()

    def values(self) -> dict[str, Any]:
        """What `imports.take_in` is told of every file. UserError: something is not filled in as it must be."""
        return {
            "kind": self.kind.value(),
            "compound_id": self.compound.value(),
            "create": bool(self.making.value()),
            "blank": bool(self.blank.value()),
            "only": self.only.values,
        }

    def _choose(self) -> None:
        title, kinds = words(N_("Choose files…")), f"{words(N_('Registers'))} ({FILES})"
        places, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if places:
            self.chosen.emit([Path(place) for place in places])

    def _choose_profile(self) -> None:
        start = str(resources.path("profiles"))
        place, _ = QFileDialog.getOpenFileName(self, words(N_("Mapping profile…")), start, "JSON (*.json)")
        self.mapping.emit(Path(place) if place else None)

    def _other_kind(self) -> None:
        self.only.put(())
        self.look()
        self.changed.emit()

    def show_sheets(self, source: Source) -> None:
        """Offer the sheets of a file, where it has several."""
        names = [*source.seen.sheets, *source.seen.others] if source.seen else []
        spec = self.sheets.spec
        self.sheets.names = {name: name for name in names}
        self.sheets.spec = FieldSpec(spec.entity, spec.name, spec.kind, required=True, choices=tuple(names))
        self.sheets.put(source.sheets)
        self.sheets.setVisible(len(names) > 1)

    def show_files(self, sources: list[Source], at: int) -> None:
        """Name the file; of several each with what became of it, to pick the one to look at."""
        if len(sources) != len(self._lines) or len(sources) < 2:
            self._make_lines(sources)
        many = counted("{n} file", "{n} files", len(sources))
        self.name.say(Own(sources[at].file.name) if len(sources) == 1 else many)
        for place, (source, (button, pill, note)) in enumerate(zip(sources, self._lines, strict=False)):
            button.setChecked(place == at)
            pill.show_state(*source.state())
            report = source.report
            if report:
                counts = {name: getattr(report, name) for name in ("read", "new", "changed", "refused")}
                note.say(FIGURES, **counts)
            else:
                note.say(said(source.error.message, **source.error.values) if source.error else "")

    def _make_lines(self, sources: list[Source]) -> None:
        while (old := self.lines.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for place, source in enumerate(sources if len(sources) > 1 else []):
            button = Button(Own(source.file.name), kind="quiet", small=True)
            button.setCheckable(True)
            button.clicked.connect(partial(self._pick, place))
            made = (button, Pill(), Note(elide=True))
            self._lines.append(made)
            for x, part in enumerate(made):
                self.lines.addWidget(part, place, x)

    def _pick(self, place: int, _checked: bool = False) -> None:
        self.picked.emit(place)
