"""A paper in front: drawn in the background, looked at, printed, kept as a copy."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.desk.errors import UserError
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.going import ToPaper
from ui.kit.layout import column, row
from ui.kit.page import PageHead
from ui.kit.preview import PdfPreview
from ui.kit.progress import ProgressPanel
from ui.kit.text import Message
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background


class PaperPage(QWidget):
    """Shows what `paper.work` draws; Escape goes back."""

    left = Signal()

    def __init__(self, background: Background, paper: ToPaper, back: tuple[str, Message]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background = background
        self.print = Button(N_("Print"), "printer", kind="primary")
        self.keep = Button(N_("Save a copy"), "download")
        self.head = PageHead(paper.title, self.keep, self.print, back=(back,))
        self.head.went_back.connect(self._back)
        self.preview = PdfPreview(title=paper.title, name=paper.name)
        self.banner = Banner("bad")
        self.banner.hide()
        self.panel = ProgressPanel(N_("The paper is being drawn"))
        self.panel.cancelled.connect(self._back)
        around = QWidget()
        around.setLayout(column(None, row(None, self.panel, None), None))
        self.stack, self.blank = QStackedWidget(), QWidget()
        for part in (around, self.preview, self.blank):
            self.stack.addWidget(part)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.banner, (self.stack, 1), gap=14, margins=margins))
        self.print.clicked.connect(self.preview.print)
        self.keep.clicked.connect(self.preview.save)
        for button in (self.print, self.keep):
            button.setEnabled(False)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        self.stopped = Event()
        self.task = background.ask(partial(_draw, self.stopped, paper), self._drawn, self._failed)

    def release(self) -> None:
        """Let go of the paper, or of its making."""
        self.task.cancel()
        self.stopped.set()
        self.preview.release()

    def _drawn(self, data: bytes) -> None:
        self.preview.show_pdf(data)
        self.stack.setCurrentWidget(self.preview)
        self.preview.view.setFocus()
        for button in (self.print, self.keep):
            button.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self.stack.setCurrentWidget(self.blank)  # it keeps its room: head and sentence stay at the top
        if isinstance(error, UserError):
            self.banner.say(error.message, **error.values)
            self.banner.show()
        else:
            self.background.failed.emit(error)

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def _draw(stopped: Event, paper: ToPaper, desk: Desk) -> bytes:
    """Draws it with a desk that asks at every page whether anybody still wants it."""

    def tell(_done: int, _total: int) -> bool:
        return not stopped.is_set()

    return paper.work(desk.having(tell=tell))
