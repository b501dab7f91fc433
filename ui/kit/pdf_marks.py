"""What is marked on the sheets of the preview: what was found, and what somebody drew the mouse over."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPen

from ui.kit.pdf_text import Hit, Letters
from ui.kit.theme import colour

if TYPE_CHECKING:
    from ui.kit.pdf_view import PdfView

KEPT = 40  # pages whose letters are kept
FAINT, STRONG = 96, 190  # how much of a colour lies over the letters; 255 is all of it


class Drawn(NamedTuple):
    """From where to where the mouse was drawn on a page, in points of the sheet; with `whole` it is all of it."""

    page: int
    start: QPointF
    end: QPointF
    whole: bool = False


class Marks(QObject):
    """Letters of the pages somebody looks at, hits and selection on them. `changed` tells that the selection did."""

    changed = Signal()

    def __init__(self, view: PdfView) -> None:
        super().__init__(view)
        self.view = view
        self.hits: list[Hit] = []
        self.current = -1
        self.drawn: Drawn | None = None
        self._on: dict[int, list[int]] = {}  # the hits on each page
        self._letters: OrderedDict[int, Letters] = OrderedDict()
        self._to_show = self._to_copy = False

    # Letters

    def forget(self) -> None:
        """Another file, or a new state of it, is shown: nothing is known or marked any more."""
        self._letters.clear()
        self.drawn, self._to_copy = None, False
        self.clear()
        self.changed.emit()

    def letters(self, page: int) -> Letters | None:
        """What is written on a page, when it is known; it is asked for otherwise."""
        found = self._letters.get(page)
        if found is not None:
            self._letters.move_to_end(page)
        elif self.view.pages is not None:
            self.view.pages.ask_letters(page)
        return found

    def take(self, page: int, letters: Letters) -> None:
        """A page was read."""
        self._letters[page] = letters
        while len(self._letters) > KEPT:
            self._letters.popitem(last=False)
        if self._to_show:
            self._show()
        if self._to_copy:
            self.copy()
        self.changed.emit()
        self.view.viewport().update()

    # Hits

    def clear(self) -> None:
        """Nothing is looked for."""
        self.hits, self._on, self.current, self._to_show = [], {}, -1, False
        self.view.viewport().update()

    def add(self, hits: list[Hit]) -> None:
        """So much more was found."""
        for hit in hits:
            for piece in hit:
                self._on.setdefault(piece.page, []).append(len(self.hits))
            self.hits.append(hit)
        self.view.viewport().update()

    def go(self, number: int) -> None:
        """Bring a hit into sight."""
        self.current = number
        self._to_show = True
        self._show()
        self.view.viewport().update()

    def _show(self) -> None:
        page, start, end = self.hits[self.current][0]
        if (found := self.letters(page)) is None:
            if page not in self.view.seen():
                self.view.go(page)  # the page first, the place on it once it is read
            return
        self._to_show = False
        if areas := found.areas(start, end):
            self.view.bring(page, QRectF(*areas[0][:2], areas[0][2] - areas[0][0], areas[0][3] - areas[0][1]))
        else:
            self.view.go(page)

    # Selection

    def draw_to(self, page: int, start: QPointF, end: QPointF) -> None:
        """Select from one place on a page to another."""
        self.drawn = Drawn(page, start, end)
        self._selected()

    def select_all(self, page: int) -> None:
        """Select all of a page."""
        self.drawn = Drawn(page, QPointF(), QPointF(), whole=True)
        self._selected()

    def unselect(self) -> None:
        """Select nothing."""
        self.drawn = None
        self._selected()

    def _selected(self) -> None:
        self._to_copy = False
        self.changed.emit()
        self.view.viewport().update()

    def stretch(self) -> tuple[int, int]:
        """From which character to which is selected; none when they are the same, or not known yet."""
        found = self.letters(self.drawn.page) if self.drawn is not None else None
        if self.drawn is None or found is None:
            return 0, 0
        if self.drawn.whole:
            return 0, len(found.text)
        ends = [found.at(place.x(), place.y()) for place in (self.drawn.start, self.drawn.end)]
        return min(ends), max(ends)

    def text(self) -> str:
        """What is selected."""
        start, end = self.stretch()
        found = self._letters.get(self.drawn.page) if self.drawn is not None else None
        return found.copy(start, end) if found is not None else ""

    def copy(self) -> None:
        """What is selected goes to the clipboard, once its page is read."""
        self._to_copy = self.drawn is not None and self.letters(self.drawn.page) is None
        if text := self.text():
            QGuiApplication.clipboard().setText(text)

    # Painting

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """The marks of a page over its sheet. They darken the paper and leave its letters as black as they are."""
        numbers = self._on.get(page, [])
        selects = self.drawn is not None and self.drawn.page == page
        if not (numbers or selects) or (found := self.letters(page)) is None:
            return
        painter.save()
        painter.setClipRect(area)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in numbers:
            self._paint_hit(painter, found, page, number, area)
        if selects:
            ink = colour("primary")
            ink.setAlpha(FAINT)
            for box in found.areas(*self.stretch()):
                painter.fillRect(self.view.placed(area, box), ink)
        painter.restore()

    def _paint_hit(self, painter: QPainter, found: Letters, page: int, number: int, area: QRectF) -> None:
        ink = colour("warnfill")
        ink.setAlpha(STRONG if number == self.current else FAINT)
        painter.setPen(QPen(colour("bad"), 1.5) if number == self.current else Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for piece in self.hits[number]:
            if piece.page == page:
                for box in found.areas(piece.start, piece.end):
                    painter.drawRect(self.view.placed(area, box).adjusted(-1, -1, 1, 1))
