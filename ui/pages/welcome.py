"""The first page on a new computer: look at the sample office, or set up one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.button import Button
from ui.kit.front import ChoiceCard, FrontPage
from ui.kit.layout import column, row
from ui.kit.text import Body, Note, Text
from ui.kit.tile import Icon, IconTile

SAMPLE, OFFICE, SERVER = "sample", "office", "server"


class WelcomePage(FrontPage):
    """Tells `chosen`: SAMPLE, OFFICE or SERVER. Keys 1 to 3, or arrows and Enter."""

    chosen = Signal(str)

    def __init__(self, *, version: str) -> None:
        self.cards = (_sample(), _office())
        self.server = Button(N_("3  Open an office on a server"), "hard-drive", kind="link")
        super().__init__(self._middle(), version, [("1–3", N_("Choose")), ("Enter", N_("Continue"))])
        for number, card in enumerate(self.cards, 1):
            QShortcut(QKeySequence(str(number)), self).activated.connect(card.click)
        QShortcut(QKeySequence("3"), self).activated.connect(self.server.click)
        self.server.clicked.connect(self._server)
        self.cards[0].clicked.connect(self._sample)
        self.cards[1].clicked.connect(self._office)

    def _middle(self) -> QWidget:
        title = Text(N_("Welcome to Dayuan"), px=24, weight=600)
        sentence = Body(N_("This is its first time on this computer. How do you want to begin?"))
        for label in (title, sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        promise = Note(N_("The data stays on this computer, encrypted. No network is needed."))
        sign = IconTile("building-2", "primary", 52)
        last = row(None, Icon("lock", "text3", 14), promise, None, gap=6)
        middle = QWidget()
        server = row(None, self.server, None)
        parts = (row(None, sign, None), 4, title, sentence, 18, row(*self.cards, gap=16), 6, server, 6, last)
        middle.setLayout(column(*parts))
        return middle

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts on the first card."""
        super().showEvent(event)
        if not event.spontaneous():
            self.cards[0].setFocus()

    def _sample(self) -> None:
        self.chosen.emit(SAMPLE)

    def _office(self) -> None:
        self.chosen.emit(OFFICE)

    def _server(self) -> None:
        self.chosen.emit(SERVER)


def _sample() -> ChoiceCard:
    return ChoiceCard(
        1,
        "flask-conical",
        N_("Try the sample office"),
        N_("6 compounds with some 5,000 assets, rooms and handover notes. Change whatever you like."),
        N_("Less than a minute · everything in it is made up"),
        N_("Look here first"),
    )


def _office() -> ChoiceCard:
    return ChoiceCard(
        2,
        "building-2",
        N_("Set up this office"),
        N_("Name the office, choose its code and your account, then bring in the asset register."),
        N_("About 2 minutes"),
    )
