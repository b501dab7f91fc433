"""The mouse on the sheets of the preview: drawn over letters it selects them; a menu copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from resources.words import N_
from ui.kit import icons
from ui.kit.text import words
from ui.kit.theme import colour

if TYPE_CHECKING:
    from ui.kit.pdf_view import PdfView

NEAR = 3.0  # pixels a hand trembles; less selects nothing


class PdfHand:
    """Holds where a drag began: `page` is -1 while there is none."""

    def __init__(self, view: PdfView) -> None:
        self.view = view
        self.page, self._from, self._start = -1, QPointF(), QPointF()

    def press(self, spot: QPointF) -> None:
        """A drag begins on the sheet under the mouse, and what was selected is so no more."""
        self.view.marks.unselect()
        self.page = self.view.sheet_at(spot)
        if self.page >= 0:
            self._from, self._start = spot, self.view.on_sheet(self.page, spot)
            self.view.marks.letters(self.page)

    def move(self, spot: QPointF) -> None:
        """Select as far as the mouse is; beyond the upper or lower edge the sheets follow it."""
        if self.page < 0:
            self._point(spot)
            return
        if (spot - self._from).manhattanLength() < NEAR and self.view.marks.drawn is None:
            return
        beyond = min(spot.y(), 0.0) + max(spot.y() - self.view.viewport().height(), 0.0)
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + round(beyond))
        self.view.marks.draw_to(self.page, self._start, self.view.on_sheet(self.page, spot))

    def release(self) -> None:
        """What is selected stays so."""
        self.page = -1

    def _point(self, spot: QPointF) -> None:
        """Over letters the mouse looks like something that writes."""
        page = self.view.sheet_at(spot)
        letters = self.view.marks.letters(page) if page >= 0 else None
        place = self.view.on_sheet(page, spot) if letters is not None else QPointF()
        writes = letters is not None and letters.lies_on(place.x(), place.y())
        self.view.viewport().setCursor(Qt.CursorShape.IBeamCursor if writes else Qt.CursorShape.ArrowCursor)

    def menu(self, place: QPoint) -> None:
        """What can be done with letters."""
        menu, marks = QMenu(self.view), self.view.marks
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = QAction(icons.icon("copy", colour("text2"), 16), words(N_("Copy")), menu)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(marks.drawn is not None and (marks.drawn.whole or bool(marks.text())))
        copy.triggered.connect(marks.copy)
        every = QAction(words(N_("Select this page")), menu)
        every.setShortcut(QKeySequence.StandardKey.SelectAll)
        every.setEnabled(bool(self.view.sizes))
        every.triggered.connect(self.view.select_page)
        menu.addActions([copy, every])
        menu.popup(place)
