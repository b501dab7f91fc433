"""The search line of the preview: looks through the paper page after page and goes from hit to hit."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.box import Box, Line
from ui.kit.button import IconButton
from ui.kit.layout import row
from ui.kit.pdf_pages import PdfPages
from ui.kit.pdf_text import Hit, Search
from ui.kit.pdf_view import PdfView
from ui.kit.text import Message, Note, Own, words
from ui.kit.theme import CHIP
from ui.kit.tile import Icon

PAUSE, SIZE = 150, 28  # milliseconds after the last key; pixels


class _FindBox(Box):
    def __init__(self) -> None:
        super().__init__(right=4)
        self.setMinimumHeight(CHIP)
        self.setFixedHeight(CHIP)
        self.line = Line()
        self._row.addWidget(Icon("search", "text3", 14))
        self._row.addWidget(self.line, 1)
        self.line.focused.connect(self.focus)
        self.follow()

    def look(self) -> None:
        super().look()
        self.line.setPlaceholderText(words(N_("Search this paper")))
        self.line.setAccessibleName(words(N_("Search this paper")))

    def inner(self) -> QWidget:
        return self.line


class FindLine(QWidget):
    """What is typed is looked for; Enter or F3 goes to the next hit, with Shift to the one before, Escape `left`."""

    left = Signal()

    def __init__(self, view: PdfView) -> None:
        super().__init__()
        self.view, self._from, self._told = view, 0, False
        self._pages: PdfPages | None = None
        self._search: Search | None = None
        self.box, self.told = _FindBox(), Note(Own(""), elide=True)
        self.line = self.box.line
        self.before = IconButton("chevron-up", N_("Previous hit"), size=SIZE)
        self.next = IconButton("chevron-down", N_("Next hit"), size=SIZE)
        self.close_it = IconButton("x", N_("Close search"), size=SIZE, symbol=16)
        self.setLayout(
            row((self.box, 3), 4, (self.told, 2), self.before, self.next, self.close_it, gap=2, margins=(16, 0, 12, 8))
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.begin)
        self.line.textChanged.connect(self._typed)
        self.before.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.close_it.clicked.connect(self.left)
        self._say()

    # Looking

    def look_through(self, pages: PdfPages) -> None:
        """Look through this file from now on, for what stands in the line."""
        self.stop()
        self._pages = pages
        pages.sought.connect(self._found)
        if self.isVisible():
            self.begin()

    def let_go(self) -> None:
        """No file is shown any more."""
        self.stop()
        self._pages = None

    def stop(self) -> None:
        """Look no further, and mark nothing any more."""
        self._pause.stop()
        self._search, self._told = None, False
        self.view.marks.clear()
        self._say()

    def begin(self) -> None:
        """Look for what stands in the line now."""
        self.stop()
        wanted = self.line.text().strip()
        if wanted and self._pages is not None and self.view.sizes:
            self._search, self._from = Search(wanted, len(self.view.sizes)), self.view.page
            self._pages.seek(self._search)
            self._say()

    @property
    def settled(self) -> bool:
        """Whether the whole paper was looked through for what stands in the line, and all of it is told."""
        return not self._pause.isActive() and self._search is not None and self._told

    def _typed(self, text: str) -> None:
        self.stop()
        if text.strip():
            self._pause.start()

    def _found(self, search: Search, hits: list[Hit]) -> None:
        """Some more pages were looked at; another search may have taken the place of this one meanwhile."""
        if search is not self._search or self._pages is None:
            return
        marks, had, self._told = self.view.marks, len(self.view.marks.hits), search.done
        marks.add(hits)
        near = next((had + n for n, hit in enumerate(hits) if hit[-1].page >= self._from), -1)
        if marks.current < 0 and (near >= 0 or (self._told and marks.hits)):
            marks.go(max(near, 0))
        self._say()
        if self._told:
            self._tell()
        else:
            self._pages.seek(search)

    # Going

    def go_on(self) -> None:
        """To the next hit; behind the last one comes the first."""
        self._go(1)

    def go_back(self) -> None:
        """To the hit before; before the first one comes the last."""
        self._go(-1)

    def _go(self, way: int) -> None:
        if self._pause.isActive():
            self.begin()
        elif count := len(self.view.marks.hits):
            at = self.view.marks.current
            self.view.marks.go((at + way) % count if at >= 0 else 0 if way > 0 else count - 1)
            self._say()
            self._tell()

    # Saying

    def _say(self) -> None:
        """How many there are, and which of them is shown."""
        search, marks = self._search, self.view.marks
        self.told.tone("text2")
        if search is None:
            self.told.say(Own(""))
        elif not self._told:
            self._say_on_the_way(search.at, search.pages)
        elif marks.hits:
            self.told.say(N_("{n} of {m}"), n=f"{marks.current + 1:,}", m=f"{len(marks.hits):,}")
        else:
            self.told.tone("bad")
            self.told.say(self._none(search))
        for button in (self.before, self.next):
            button.setEnabled(bool(marks.hits))
        self.line.setAccessibleDescription(self.told.text())

    def _say_on_the_way(self, page: int, pages: int) -> None:
        marks = self.view.marks
        if marks.hits:
            at, found = f"{marks.current + 1:,}" if marks.current >= 0 else "–", f"{len(marks.hits):,}"
            self.told.say(
                N_("{n} of {m} so far, page {page} of {pages}"), n=at, m=found, page=f"{page:,}", pages=f"{pages:,}"
            )
        else:
            self.told.say(N_("Searching, page {page} of {pages}"), page=f"{page:,}", pages=f"{pages:,}")

    def _none(self, search: Search) -> Message:
        return N_("Not found") if search.written else N_("This paper has no text, only pictures")

    def _tell(self) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, self.told.text()))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, with Shift back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again for what stood there before."""
        super().showEvent(event)
        self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for what is found any more."""
        super().hideEvent(event)
        self.stop()
