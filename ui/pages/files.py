"""The files kept about one record, on a page of their own: where a page shows many records at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.attached import Attached
from ui.kit.card import Card
from ui.kit.layout import column
from ui.kit.page import PageHead, ScrollPage
from ui.kit.text import Message
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from ui.kit.background import Background


class FilesPage(QWidget):
    """`facts` says which record it is; `back` the places above."""

    left = Signal()

    def __init__(
        self, background: Background, entity: str, id: UUID, facts: Message, back: Sequence[tuple[str, Message]]
    ) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.head = PageHead(N_("Attachments"), back=back, facts=facts)
        self.head.went_back.connect(self._back)
        self.files = Attached(background, entity)
        card = Card()
        card.add(self.files)
        middle = ScrollPage(card, None, margin=0)
        middle.box.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        top = column(self.head, margins=(MARGIN, MARGIN, MARGIN, 0))
        self.setLayout(column(top, (middle, 1), gap=14))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        self.files.show_record(id)

    def _back(self, _key: str = "") -> None:
        self.left.emit()
