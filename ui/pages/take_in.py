"""Bringing a register in: choose the file, look at what would happen, take it in."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

import resources
from resources.words import N_
from services import intake
from services.desk.errors import Invalid, UserError
from services.desk.schema import arguments
from services.intake import DryRun, Report
from ui import asks
from ui.kit.button import Button
from ui.kit.card import Banner, Card, FactTile, SectionHead
from ui.kit.field import Field
from ui.kit.layout import column, row
from ui.kit.messages import confirm, toast
from ui.kit.page import PageHead, ScrollPage, StickyFooter
from ui.kit.progress import ProgressPanel
from ui.kit.screen import Screen
from ui.kit.text import Body, Heading, Own, Text, said, words
from ui.kit.theme import LOOK, font
from ui.pages.take_in_columns import ColumnsCard

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.kit.background import Background

REMARKS = 2000  # lines; more help nobody
FILES = "*.xlsx *.csv *.xls *.ods"
COUNTS = ("read", "new", "unchanged", "changed", "refused")
NAMES = {
    "read": N_("Rows read"), "new": N_("New"), "unchanged": N_("Unchanged"), "changed": N_("Changed"),
    "refused": N_("Refused"),
}  # fmt: skip
NONE = N_("No mapping profile: headers are recognised")


class TakeInPage(QWidget):
    """The file is only read by `check`; `take_in` stores its accepted rows, all of them or none."""

    left = Signal()

    def __init__(self, background: Background, screen: Screen) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.origin = background, screen
        self.file, self.profile = "", ""
        self.report: Report | None = None
        self._own: dict[str, str] = {}  # what a person chose to read the columns as
        self._task: Any = None
        self._make()
        self._arrange()
        LOOK.changed.connect(self._say)

    def _make(self) -> None:
        self.head = PageHead(
            N_("Import register"), back=((self.origin.name, self.origin.title),),
            facts=N_("Nothing is stored before you take it in; refused rows never stop the others."),
        )  # fmt: skip
        self.head.went_back.connect(self._back)
        self.choose = Button(N_("Choose file…"), "folder-open")
        self.choose.clicked.connect(self._choose)
        self.chosen = Text(N_("xlsx, csv, xls or ods"), tone="text3", elide=True)
        self.map = Button(N_("Mapping profile…"), "list")
        self.map.clicked.connect(self._choose_profile)
        self.mapped = Text(NONE, tone="text3", elide=True)
        specs = {s.name: s for s in arguments("imports.take_in")}
        self.kind = Field(specs["kind"], self.background)
        self.kind.set_value(self.origin.name)
        self.compound = Field(specs["compound_id"], self.background)
        self.making = Field(specs["create"], self.background)
        self.making.set_value(False)
        self.kind.box.edited.connect(self._changed)
        self.banner, self.good = Banner("bad"), Banner("ok")
        self.banner.hide()
        self.good.hide()
        self.panel = ProgressPanel(N_("Reading the register"))
        self.panel.cancelled.connect(self._stop)
        self.panel.hide()
        self.tiles = {name: FactTile(NAMES[name], Own("—")) for name in COUNTS}
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setFont(font(13))
        self.refused = Button(N_("Save refused rows…"), "download")
        self.refused.clicked.connect(self._save_refused)
        self.columns = ColumnsCard(self.background)
        self.columns.changed.connect(self._remapped)
        self.columns.failed.connect(self._wrong_file)
        self.result = Card(gap=12)
        self.check = Button(N_("Check"), "search")
        self.check.clicked.connect(self.run_check)
        self.take = Button(N_("Take in"), "check", kind="primary")
        self.take.clicked.connect(self.take_in)

    def _arrange(self) -> None:
        source = Card(
            Heading(N_("Register")),
            row(self.choose, (self.chosen, 1), gap=12),
            row(self.map, (self.mapped, 1), gap=12),
            row((self.kind, 1), (self.compound, 2), (self.making, 1), gap=16),
            Body(N_("Name the compound unless the register names one in every row. A profile may make compounds.")),
        )
        self.result.add(SectionHead(N_("What the register holds"), self.refused))
        self.result.add(row(*((tile, 1) for tile in self.tiles.values()), gap=12))
        self.told.setMinimumHeight(180)
        self.result.add((self.told, 1))
        parts = (self.head, self.banner, self.good, source, self.panel, self.result, self.columns)
        for part in parts[-2:]:
            part.hide()
        page = ScrollPage(*parts, None, gap=14)
        self.setLayout(column((page, 1), StickyFooter([], [self.check, self.take]), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        self._ready()

    def _say(self) -> None:
        self.told.setAccessibleName(words(N_("Remarks on columns and rows")))
        if self.report:
            lines = list(islice(intake.remarks(self.report, LOOK.lang), REMARKS + 1))
            more = [words(N_("… and more"))] if len(lines) > REMARKS else []
            self.told.setPlainText("\n".join([*lines[:REMARKS], *more]))
            self.told.setVisible(bool(lines))

    def _ready(self) -> None:
        for button in (self.check, self.take):
            button.setEnabled(bool(self.file) and self._task is None)
        self._say()

    # The file

    def _choose(self) -> None:
        place, _ = QFileDialog.getOpenFileName(
            self, words(N_("Choose file…")), "", f"{words(N_('Registers'))} ({FILES})"
        )
        if place:
            self.use_file(Path(place))

    def use_file(self, file: Path) -> None:
        """This file is the register."""
        self.file = str(file)
        self.chosen.say(Own(file.name))
        self._changed()
        self._ready()

    def _changed(self) -> None:
        """Another file, kind or profile: what was read of it before counts no more."""
        self._own = {}
        for part in (self.result, self.columns):
            part.hide()

    def _remapped(self) -> None:
        self._own = self.columns.chosen()
        self.good.hide()

    def _choose_profile(self) -> None:
        start = str(resources.path("profiles"))
        place, _ = QFileDialog.getOpenFileName(self, words(N_("Mapping profile…")), start, "JSON (*.json)")
        self.use_profile(Path(place) if place else None)

    def use_profile(self, file: Path | None) -> None:
        """What this profile says about the columns goes before what is recognised."""
        self.profile = str(file) if file else ""
        self.mapped.say(Own(file.name) if file else NONE)
        self._changed()

    # Reading it

    def run_check(self) -> None:
        """Read it and say what would happen; nothing is stored."""
        self._run(dry=True)

    def take_in(self) -> None:
        """Store what can be used."""
        self._run(dry=False)

    def _run(self, *, dry: bool) -> None:
        try:
            kind, compound, create = self.kind.value(), self.compound.value(), self.making.value()
        except UserError as error:
            self._wrong(error)
            return
        values = {
            "file": self.file,
            "kind": kind,
            "compound_id": compound,
            "profile": self.profile,
            "create": bool(create),
            "columns": self._own or None,
        }
        self.banner.hide()
        self.good.hide()
        self.panel.show()
        self.panel.tell(0, 0)
        self.panel.stop.setEnabled(True)
        self._pressed = self.check if dry else self.take
        self._task = self.background.do(
            "imports.take_in", values | {"dry_run": dry}, self._taken, self._refused, self.panel.tell
        )
        self._ready()

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _ended(self) -> None:
        self._task = None
        self.panel.hide()
        self.panel.stop.say(N_("Stop"), "x")
        self._ready()
        self._pressed.setFocus()  # switched off meanwhile, it had lost the keyboard

    def _taken(self, done: Done[Report]) -> None:
        self._ended()
        self._show(done.value)
        report = done.value
        counts = {"new": report.new, "changed": report.changed, "refused": report.refused}
        self.good.say(N_("Taken in: {new} new, {changed} changed, {refused} refused."), **counts)
        self.good.show()

    def _refused(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, DryRun):
            self._show(error.report)
            self.good.say(error.message)
            self.good.show()
        elif isinstance(error, UserError):
            self._wrong(error)
        else:
            self.background.failed.emit(error)

    def _wrong(self, error: UserError) -> None:
        self.banner.say(said(error.message, **error.values))
        self.banner.show()

    def _show(self, report: Report) -> None:
        self.report = report
        for name, tile in self.tiles.items():
            tile.value.say(Own(f"{getattr(report, name):,}"))
        self.refused.setVisible(bool(report.left_out))
        self.columns.show_columns(self.kind.value(), report.columns, self.profile)
        for part in (self.result, self.columns):
            part.show()
        self._say()

    # What is kept of it

    def _save_refused(self) -> None:
        name = f"{Path(self.file).stem}-{words(N_('refused'))}.xlsx"
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Save refused rows…")), name, "Excel (*.xlsx)")
        if place:
            self.save_refused(Path(place))

    def save_refused(self, place: Path) -> None:
        """Write the refused rows with their reasons, to be corrected and taken in again."""
        assert self.report is not None
        work = partial(asks.refused, self.report, place, LOOK.lang)
        self.background.ask(work, partial(self._saved, place), self._wrong_file)

    def _saved(self, place: Path, _answer: object) -> None:
        toast(self.window(), N_("Saved as {name}"), name=place.name)

    def _wrong_file(self, error: Exception) -> None:
        if isinstance(error, OSError):
            error = Invalid(N_("It was not saved: {problem}"), problem=error.strerror or str(error))
        if isinstance(error, UserError):
            self._wrong(error)
        else:
            self.background.failed.emit(error)

    def _back(self, _key: str = "") -> None:
        if self.may_leave():
            self.left.emit()

    def may_leave(self) -> bool:
        """Whether it may be closed; asks while a register is being read, and stops it."""
        if self._task is None:
            return True
        sure = confirm(self, N_("Stop reading the register?"), N_("Nothing of it is stored."), N_("Stop"), kind="bad")
        if sure:
            self._stop()
        return sure and self._task is None  # it may have ended while the question was up: then its report is shown
