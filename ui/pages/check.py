"""Check: every part of the data looked at one by one, the faults in words, and the report to file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from resources.words import N_
from services import soundness
from services.desk.errors import UserError
from ui import asks
from ui.kit.button import Button
from ui.kit.card import Banner, Card, HairLine, SectionHead
from ui.kit.layout import column, hide_unless, row
from ui.kit.messages import toast
from ui.kit.page import PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.progress import Bar
from ui.kit.text import Follower, Message, Note, Own, TwoLine, said, words
from ui.kit.theme import LOOK, font
from ui.pages.check_paper import PaperCard

if TYPE_CHECKING:
    from services.desk.checking import Checked
    from ui.kit.background import Background, Task

BEFORE = N_("Looks at everything that is stored. It may take minutes in a large office; work may go on meanwhile.")
LINES = 2000  # faults shown; more help nobody


class PartRow(QWidget):
    """One part: what it proves, how far it is, what it came to."""

    def __init__(self, title: str, proves: str) -> None:
        super().__init__()
        self.state, self.took = Pill(N_("waiting"), "idle"), Note(Own(""))
        self.bar = Bar(title, 0, 0)
        self.bar.setFixedWidth(180)
        self.took.setFixedWidth(64)
        self.took.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        hide_unless(None, self.bar)
        self.setMinimumHeight(52)
        right = row(self.bar, self.state, self.took, gap=14)
        self.setLayout(row((TwoLine(title, proves), 1), right, gap=16, margins=(20, 4, 20, 4)))

    def wait(self) -> None:
        """Its turn has not come."""
        self._show(N_("waiting"), "idle")

    def run(self) -> None:
        """It is looked at now; how far it is, is not known yet."""
        self._show(N_("running"), "info")
        self.bar.tell(0, 0)
        self.bar.show()

    def tell(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.tell(done, total)
        if total:
            self.state.show_state(N_("{n} %"), "info", n=done * 100 // total)

    def show_result(self, found: Checked) -> None:
        """What it came to."""
        if found.count:
            self._show(said(N_("{n} faults"), n=f"{found.count:,}"), "bad")
        else:
            self._show(N_("whole"), "ok")
        self.took.say(N_("{n} s"), n=f"{found.seconds:,.1f}")

    def _show(self, message: Message, kind: str) -> None:
        self.bar.hide()
        self.took.say(Own(""))
        self.state.show_state(message, kind)


class CheckPage(ScrollPage, Follower):
    """The parts are looked at one after the other, off the window's thread; what was found is noted in the journal."""

    def __init__(self, background: Background) -> None:
        self.background = background
        self.results: list[Checked] = []
        self.task: Task | None = None
        self.begin, self.stop = Button(N_("Check now"), "shield-check", kind="primary"), Button(N_("Stop"), "x")
        self.paper = Button(N_("Save report as PDF…"), "file-text")
        for button, slot in ((self.begin, self.start), (self.stop, self.halt), (self.paper, self._save)):
            button.clicked.connect(slot)
        self.paper.setEnabled(False)
        hide_unless(None, self.stop)
        self.head = PageHead(N_("Data check"), self.paper, self.stop, self.begin, facts=BEFORE)
        self.came = Banner("ok")
        self.wrong = Banner("bad")
        self.rows = {name: PartRow(title, proves) for name, title, proves in soundness.parts(background.desk)}
        parts = Card(pad=0, gap=0, margins=(1, 6, 1, 6))
        for n, each in enumerate(self.rows.values()):
            if n:
                parts.add(HairLine())
            parts.add(each)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setFont(font(13))
        self.told.setMinimumHeight(180)
        self.paper_card = PaperCard(background)
        self.faults = Card(SectionHead(N_("Faults")), self.told)
        for hidden in (self.came, self.wrong, self.faults):
            hide_unless(None, hidden)
        super().__init__(self.head, column(self.came, self.wrong, gap=0), parts, self.faults, self.paper_card, None)
        self.follow()

    def look(self) -> None:
        """Say the faults in the language in force."""
        self.told.setAccessibleName(words(N_("Faults")))
        found = [soundness.in_words(fault, LOOK.lang) for result in self.results for fault in result.faults]
        self.told.setPlainText("\n".join(found[:LINES]))
        self.faults.setVisible(bool(found))

    def start(self) -> None:
        """Begin with the first part."""
        self.results = []
        self._run(True)
        for each in self.rows.values():
            each.wait()
        self.look()
        self._next()

    def halt(self) -> None:
        """Stop where it is: what was not looked at to its end has no result."""
        if self.task is not None:
            self.task.cancel()
        self._run(False)
        for name in list(self.rows)[len(self.results) :]:
            self.rows[name].wait()

    def _run(self, running: bool) -> None:
        held = (self.stop if not running else self.begin).hasFocus()
        self.stop.setVisible(running)
        self.begin.setVisible(not running)
        if held:
            (self.stop if running else self.begin).setFocus()
        self.paper.setEnabled(not running and len(self.results) == len(self.rows))
        if running:
            self.came.hide()
            self.wrong.hide()

    def _next(self) -> None:
        name = list(self.rows)[len(self.results)]
        self.rows[name].run()
        ask = partial(asks.checked, name)
        self.task = self.background.ask(ask, self._found, self._refused, progress=self.rows[name].tell)

    def _found(self, result: Checked) -> None:
        self.results.append(result)
        self.rows[result.part].show_result(result)
        self.look()
        if len(self.results) < len(self.rows):
            self._next()
            return
        self._run(False)
        shown = self.wrong if any(each.count for each in self.results) else self.came
        shown.say(self._came)
        shown.show()
        note = soundness.noted(self.results, LOOK.lang)
        self.background.do("journal.note_check", note, None, self._refused)

    def _came(self) -> str:
        return soundness.told(self.results, LOOK.lang)

    def _refused(self, error: Exception) -> None:
        self.halt()
        if isinstance(error, UserError):
            toast(self, said(error.message, **error.values), kind="bad")
        else:
            self.background.failed.emit(error)

    def _save(self) -> None:
        name = f"{words(N_('check-report'))}.pdf"
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Save report as PDF…")), name, "PDF (*.pdf)")
        if place:
            self.save_report(Path(place))

    def save_report(self, place: Path) -> None:
        """Write the report as a paper to print and file."""
        work = partial(asks.check_report, list(self.results), place, LOOK.lang)
        self.background.ask(work, partial(self._saved, place), self._refused)

    def _saved(self, place: Path, _answer: object) -> None:
        toast(self, N_("Saved as {name}"), name=place.name)
