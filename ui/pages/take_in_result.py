"""What becomes of a register: its figures, every remark, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from resources.words import N_
from services import intake
from ui import asks
from ui.kit.button import Button
from ui.kit.card import Card, FactTile, SectionHead
from ui.kit.layout import row
from ui.kit.messages import toast
from ui.kit.text import Follower, Own, restyle, words
from ui.kit.theme import LOOK, font

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.intake import Report
    from ui.kit.background import Background
    from ui.pages.take_in_files import Source

REMARKS = 2000  # lines; more help nobody
COUNTS = ("read", "new", "unchanged", "changed", "refused")
NAMES = {
    "read": N_("Rows read"), "new": N_("New"), "unchanged": N_("Unchanged"), "changed": N_("Changed"),
    "refused": N_("Refused"),
}  # fmt: skip


class ResultCard(Card, Follower):
    """Saves what its buttons say off the window's thread; `take_back` asks for what only the page can do."""

    take_back = Signal(object, str)  # the operation and the name of its file
    failed = Signal(object)  # the exception

    def __init__(self, background: Background) -> None:
        super().__init__(gap=12)
        self.background = background
        self.file = Path()
        self.operation: UUID | None = None
        self.stored = False
        self.report: Report | None = None
        self.refused = Button(N_("Save refused rows…"), "download", small=True)
        self.refused.clicked.connect(self._save_refused)
        self.paper = Button(N_("Save report…"), "file-text", small=True)
        self.paper.clicked.connect(self._save_report)
        self.undo = Button(N_("Take back"), "undo-2", small=True, kind="bad")
        self.undo.clicked.connect(self._take_back)
        self.undo.hide()
        self.tiles = {name: FactTile(NAMES[name], Own("—")) for name in COUNTS}
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setFont(font(13))
        self.told.setFixedHeight(180)
        self.add(SectionHead(N_("What the register holds"), self.undo, self.paper, self.refused))
        self.add(row(*((tile, 1) for tile in self.tiles.values()), gap=12))
        self.add(self.told)
        self.follow()

    def show_report(self, source: Source) -> None:
        """Show what became of the rows of a file, or would become."""
        assert source.report
        self.file, self.report, self.stored = source.file, source.report, source.stored
        self.operation, report = source.operation, source.report
        for name, tile in self.tiles.items():
            tile.value.say(Own(f"{getattr(report, name):,}"))
        refused = self.tiles["refused"]
        refused.setProperty("kind", "warn" if report.refused else "")
        refused.value.tone("warn" if report.refused else "text")
        restyle(refused)
        self.refused.setVisible(bool(report.left_out))
        self.undo.setVisible(self.operation is not None)
        self.look()

    def look(self) -> None:
        """Say every remark in the language in force."""
        self.told.setAccessibleName(words(N_("Remarks on columns and rows")))
        if self.report:
            lines = list(islice(intake.remarks(self.report, LOOK.lang), REMARKS + 1))
            more = [words(N_("… and more"))] if len(lines) > REMARKS else []
            self.told.setPlainText("\n".join([*lines[:REMARKS], *more]))
            self.told.setVisible(bool(lines))

    def _take_back(self) -> None:
        self.take_back.emit(self.operation, self.file.name)

    def _save_refused(self) -> None:
        self._save(N_("Save refused rows…"), N_("refused"), "xlsx", self.save_refused)

    def _save_report(self) -> None:
        self._save(N_("Save report…"), N_("report"), "pdf", self.save_report)

    def _save(self, title: str, word: str, ending: str, then: Callable[[Path], None]) -> None:
        name = f"{self.file.stem}-{words(word)}.{ending}"
        place, _ = QFileDialog.getSaveFileName(self, words(title), name, f"{ending.upper()} (*.{ending})")
        if place:
            then(Path(place))

    def save_refused(self, place: Path) -> None:
        """Write the refused rows with their reasons, to be corrected and taken in again."""
        assert self.report
        self._write(place, partial(asks.refused, self.report, place, LOOK.lang))

    def save_report(self, place: Path) -> None:
        """Write the report as a paper to print and file."""
        assert self.report
        self._write(place, partial(asks.report, self.report, place, LOOK.lang, self.stored))

    def _write(self, place: Path, work: Callable[[Desk], None]) -> None:
        self.background.ask(work, partial(self._saved, place), self.failed.emit)

    def _saved(self, place: Path, _answer: object) -> None:
        toast(self.window(), N_("Saved as {name}"), name=place.name)
