"""Bringing registers in: choose files, look at their rows, correct, check, take in; take back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import Invalid, UserError
from ui import asks
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.layout import column
from ui.kit.messages import confirm
from ui.kit.page import PageHead, ScrollPage, StickyFooter
from ui.kit.progress import ProgressPanel
from ui.kit.screen import Screen
from ui.kit.text import Own, said
from ui.pages.take_in_columns import ColumnsCard
from ui.pages.take_in_files import NONE, FilesCard, Source
from ui.pages.take_in_lately import LatelyCard
from ui.pages.take_in_reading import Reading
from ui.pages.take_in_result import ResultCard
from ui.pages.take_in_rows import RowsCard

if TYPE_CHECKING:
    from services.imports.register import Register
    from ui.kit.background import Background


class TakeInPage(QWidget):
    """Files are only read by `check`; `take_in` stores their accepted rows, each file as a whole or not at all."""

    left = Signal()

    def __init__(self, background: Background, screen: Screen) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.origin = background, screen
        self.sources: list[Source] = []
        self.at, self.profile = 0, ""
        self.reading = Reading(background, self)
        self._make()
        self._arrange()
        self._connect()
        self._ready()

    def _make(self) -> None:
        self.head = PageHead(
            N_("Import register"), back=((self.origin.name, self.origin.title),),
            facts=N_("Nothing is stored before you take it in; refused rows never stop the others."),
        )  # fmt: skip
        self.files = FilesCard(self.background, self.origin.name)
        self.kind, self.compound, self.making = self.files.kind, self.files.compound, self.files.making
        self.banner, self.good = Banner("bad"), Banner("ok")
        self.panel = ProgressPanel(N_("Reading the register"))
        self.result, self.columns, self.rows = ResultCard(self.background), ColumnsCard(self.background), RowsCard()
        self.lately = LatelyCard(self.background)
        self.check = Button(N_("Check"), "search")
        self.take = Button(N_("Take in"), "check", kind="primary")

    def _arrange(self) -> None:
        for part in (self.banner, self.good, self.panel, self.result, self.columns, self.rows):
            part.hide()
        parts = (self.head, self.banner, self.good, self.files, self.panel, self.result, self.columns, self.rows)
        self.scrolled = ScrollPage(*parts, self.lately, None, gap=14)
        self.setLayout(column((self.scrolled, 1), StickyFooter([], [self.check, self.take]), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)

    def _connect(self) -> None:
        self.head.went_back.connect(self._back)
        self.files.chosen.connect(self.use_files)
        self.files.mapping.connect(self.use_profile)
        self.files.picked.connect(self.pick)
        self.files.changed.connect(self._changed)
        self.panel.cancelled.connect(self.reading.stop)
        self.reading.told.connect(self.panel.tell)
        self.reading.read.connect(self._read)
        self.reading.undone.connect(self._undone)
        self.reading.failed.connect(self._wrong_file)
        self.reading.ended.connect(self._ended)
        self.columns.changed.connect(self._remapped)
        self.columns.failed.connect(self._wrong_file)
        self.rows.corrected.connect(self.correct)
        self.result.failed.connect(self._wrong_file)
        self.result.take_back.connect(self._take_back)
        self.lately.take_back.connect(self._take_back)
        self.check.clicked.connect(self.run_check)
        self.take.clicked.connect(self.take_in)

    @property
    def source(self) -> Source | None:
        """The file that is looked at."""
        return self.sources[self.at] if self.sources else None

    def _ready(self) -> None:
        for button in (self.check, self.take):
            button.setEnabled(bool(self.sources) and not self.reading.busy)
        for part in (self.files, self.columns, self.rows):  # what is being read is read as it was said
            part.setEnabled(not self.reading.busy)

    # The files

    def use_files(self, files: list[Path]) -> None:
        """These files are the registers; the first is looked at."""
        self.sources = [Source(file) for file in files]
        self.pick(0)
        self._ready()

    def pick(self, at: int) -> None:
        """Look at this one of the files."""
        self.at = at
        self._quiet()
        self._show()
        if self.source and not self.source.seen:
            self._look()

    def _changed(self) -> None:
        """Another kind, profile or sheet: what was read before counts no more."""
        if self.source:
            sheets = self.files.sheets.values
            self.source.forget(said=True)
            for source in self.sources:
                source.forget(said=source.sheets == sheets)
            self.source.sheets = sheets
            self._show()
            self._look()

    def _remapped(self) -> None:
        assert self.source
        self.source.columns = self.columns.chosen()
        self.source.forget()
        self._quiet()
        self._look()

    def correct(self, cell: str, text: str) -> None:
        """Read this text instead of what the cell says."""
        assert self.source
        self.source.corrections[cell] = text
        self.source.stale = True
        self.good.hide()
        self.rows.show_rows(self.source.seen, self.source.report, self.source.corrections)
        self._look()

    def use_profile(self, file: Path | None) -> None:
        """What this profile says about the columns goes before what is recognised."""
        self.profile = str(file) if file else ""
        self.files.mapped.say(Own(file.name) if file else NONE)
        self._changed()

    def _look(self) -> None:
        """Show the first rows as they would be read, however long the file is."""
        assert self.source
        options = self.source.options() | {"kind": self.kind.value(), "profile": self.profile}
        self.background.ask(
            partial(asks.seen, options),
            partial(self._seen, self.source),
            partial(self._not_seen, self.source),
            tag="first-rows",
        )

    def _seen(self, source: Source, seen: Register) -> None:
        source.seen, source.error = seen, None
        self.banner.hide()
        if source is self.source:
            self._show()

    def _not_seen(self, source: Source, error: Exception) -> None:
        if isinstance(error, UserError):
            source.error, source.seen = error, None
        if source is self.source:
            self._show()
            self._wrong_file(error)

    # Reading them

    def run_check(self) -> None:
        """Read them and say what would happen; nothing is stored."""
        self._run(self.check, dry=True)

    def take_in(self) -> None:
        """Store what can be used of those that were not taken in yet."""
        self._run(self.take, dry=False)

    def _run(self, pressed: Button, *, dry: bool) -> None:
        try:
            values = self.files.values() | {"profile": self.profile, "dry_run": dry}
        except UserError as error:
            self._wrong(error)
            return
        waiting = [source for source in self.sources if not source.operation or source.stale] or self.sources
        self._begin(pressed)
        self.reading.start(waiting, values)
        self._ready()

    def _begin(self, pressed: Button) -> None:
        self._pressed = pressed
        self._quiet()
        self.panel.begin()

    def _quiet(self) -> None:
        self.banner.hide()
        self.good.hide()

    def _read(self, source: Source) -> None:
        """One file was read."""
        if source in self.sources and not (self.source and self.source.error):  # the first with a fault stays in sight
            self.at = self.sources.index(source)
        self._quiet()
        self._show()
        self.scrolled.verticalScrollBar().setValue(0)  # where it is said what became of it
        if self.source and self.source.error:
            self._wrong(self.source.error)
        elif source.report:
            self._well(*source.outcome())
        if source.stored:
            self.lately.reload()

    def _well(self, message: str, values: dict[str, Any]) -> None:
        self.good.say(message, **values)
        self.good.show()

    def _ended(self) -> None:
        self.panel.hide()
        self._ready()
        self._pressed.setFocus()  # switched off meanwhile, it had lost the keyboard

    def _wrong(self, error: UserError) -> None:
        self.banner.say(said(error.message, **error.values))
        self.banner.show()

    def _show(self) -> None:
        """Everything that is known of the file that is looked at."""
        source = self.source
        if source is None:
            return
        self.files.show_files(self.sources, self.at)
        self.files.show_sheets(source)
        report, seen = source.report, source.seen
        if report:
            self.result.show_report(source)
        read = report or seen
        base, columns = self.profile or (read.profile if read else ""), read.columns if read else []
        self.columns.show_columns(self.kind.value(), columns, base, source.file.name)
        self.rows.show_rows(seen, report, source.corrections)
        self.result.setVisible(report is not None)
        for part in (self.columns, self.rows):
            part.setVisible(bool(columns))

    # Taking back

    def _take_back(self, operation: UUID, file: str) -> None:
        sentence = said(N_("What {file} made is retired, what it changed becomes what it was."), file=file)
        title, word = N_("Take this register back?"), N_("Take back")
        if not self.reading.busy and confirm(self, title, sentence, word, kind="bad"):
            self.take_back(operation)

    def take_back(self, operation: UUID) -> None:
        """Undo a register as a whole."""
        self._begin(self.check)
        self.reading.undo(operation)
        self._ready()

    def _undone(self, operation: UUID, count: int) -> None:
        for source in self.sources:
            if source.operation == operation:
                source.operation = source.report = None
                source.stored = False
        self._show()
        self.lately.reload()
        self._well(N_("Taken back: {n} records are as they were."), {"n": count})

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
        if not self.reading.busy:
            return True
        sure = confirm(self, N_("Stop reading the register?"), N_("Nothing of it is stored."), N_("Stop"), kind="bad")
        if sure:
            self.reading.stop()
        return sure and not self.reading.busy  # it may have ended while the question was up: then its report is shown
