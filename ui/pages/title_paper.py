"""The property-rights survey in front: looked at, printed, saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from services.desk.errors import UserError
from ui.kit.card import Banner
from ui.kit.layout import column
from ui.kit.page import PageHead
from ui.kit.preview import PdfPreview
from ui.kit.text import Message, Own, said
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background


class SurveyPage(QWidget):
    """Shows the file `work` makes; `name` is offered for a copy of it."""

    left = Signal()

    def __init__(
        self,
        background: Background,
        title: Message,
        name: str,
        work: Callable[[Desk], bytes],
        back: tuple[str, Message],
    ) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background = background
        self.head = PageHead(title, back=(back,))
        self.head.went_back.connect(self._back)
        self.wrong = Banner("bad", Own(""))
        self.wrong.hide()
        self.preview = PdfPreview(title=title, name=name)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, (self.preview, 1), gap=14, margins=margins))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        background.ask(work, self.preview.show_pdf, self._refused, tag=f"paper{id(self)}")

    def release(self) -> None:
        """Let go of the paper."""
        self.preview.release()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.background.failed.emit(error)
            return
        self.preview.hide()
        self.wrong.say(said(error.message, **error.values))
        self.wrong.show()

    def _back(self, _key: str = "") -> None:
        self.left.emit()
