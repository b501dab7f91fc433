"""Verify paper: a file dropped or chosen, or the text of a scanned code; what can be said of it, in words."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from resources.words import N_
from services.desk.errors import UserError
from ui.kit.button import Button
from ui.kit.card import Banner, Card, SectionHead
from ui.kit.entry import Entry
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import PageHead, ScrollPage
from ui.kit.text import Body, Message, Own, said, words

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.verdicts import Line
    from ui.kit.background import Background

LARGEST = 200 << 20  # bytes; no paper is larger
WIDTH = 860
FILE_IS = N_("Drop a PDF here, or choose one. It need not be from this office: nothing is stored.")
CODE_IS = N_("A printed paper is checked by its code: scan it into this field, or type what a scanner says.")
TOO_LARGE = N_("{file} is too large to be a paper")


class VerifyPage(ScrollPage):
    """The newest verdict stands below; each line of it is good, bad, to be looked at, or only told."""

    def __init__(self, background: Background) -> None:
        self.background = background
        self.lines: list[Line] = []
        self.choose = Button(N_("Choose file…"), "folder-open", kind="primary")
        self.choose.clicked.connect(self._choose)
        self.code = Entry(N_("Text of the code"))
        self.go = Button(N_("Check code"), "search")
        self.go.clicked.connect(self.check_code)
        self.code.entered.connect(self.check_code)
        file = Card(SectionHead(N_("Electronic file")), Body(FILE_IS), row(self.choose, None), gap=14)
        typed = row((self.code, 1), column(22, self.go, None, gap=0), gap=12)
        paper = Card(SectionHead(N_("Printed paper")), Body(CODE_IS), typed, gap=14)
        self.about = Body(Own(""))
        self.came = column(gap=8)
        self.result = Card(SectionHead(N_("What can be said of it")), self.about, self.came, gap=12)
        hide_unless(None, self.result)
        for card in (file, paper, self.result):
            card.setFixedWidth(WIDTH)
        super().__init__(PageHead(N_("Verify paper")), row(file, None), row(paper, None), row(self.result, None), None)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.check_file(files[0])

    def _choose(self) -> None:
        place, _ = QFileDialog.getOpenFileName(self, words(N_("Choose file…")), "", "PDF (*.pdf)")
        if place:
            self.check_file(Path(place))

    def check_file(self, file: Path) -> None:
        """Say what can be said of a file."""
        self.background.ask(partial(_file, file), partial(self._show, Own(file.name)), self._refused, tag="verify")

    def check_code(self) -> None:
        """Say what can be said of the code that was typed."""
        text = self.code.text()
        self.background.ask(partial(_code, text), partial(self._show, N_("Printed paper")), self._no_code, tag="verify")

    def _show(self, about: Message, lines: list[Line]) -> None:
        self.about.say(about)
        self.lines = lines
        while (item := self.came.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for tone, sentence, values in lines:
            self.came.addWidget(Banner(tone, said(sentence, **values)))
        self.result.show()
        self.result.setFocus()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError | OSError):
            told = said(error.message, **error.values) if isinstance(error, UserError) else Own(str(error.strerror))
            self._show(told, [])
        else:
            self.background.failed.emit(error)

    def _no_code(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.code.refuse(said(error.message, **error.values))
            self.code.setFocus()
        else:
            self.background.failed.emit(error)


def _file(file: Path, desk: Desk) -> list[Line]:
    from services import verdicts
    from services.desk.errors import Invalid

    if file.stat().st_size > LARGEST:
        raise Invalid(TOO_LARGE, file=file.name)
    data = file.read_bytes()
    return list(verdicts.asked(desk, data, verdicts.judge(data)).lines())


def _code(text: str, desk: Desk) -> list[Line]:
    from services import verdicts

    return list(verdicts.judge_code(text, desk=desk).lines())
