"""The desk of the preview: sheets one below the other, drawn as they come into sight."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from resources.words import N_
from ui.kit.pdf_hand import PdfHand
from ui.kit.pdf_marks import Marks
from ui.kit.pdf_pages import PdfPages
from ui.kit.pdf_text import Box
from ui.kit.text import Follower, words
from ui.kit.theme import colour

SCREEN = 96 / 72  # pixels a point at 100 %
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
BETWEEN, ROOM = 16, 24_000_000  # pixels between sheets; pixels of pictures kept


class PdfView(QAbstractScrollArea, Follower):
    """Shows `pages` at one zoom, or as wide as there is room (`fit`). Page keys turn, Ctrl and the wheel zoom."""

    turned = Signal(int)  # page from 0 now at the top
    zoomed = Signal(float)  # 1.0 = 100 %

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("box", "desk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages: PdfPages | None = None
        self.sizes: list[tuple[float, float]] = []
        self.zoom, self.fit, self.page = 1.0, True, 0
        self._tops: list[float] = []
        self._kept: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self.marks, self.hand = Marks(self), PdfHand(self)
        self.viewport().setMouseTracking(True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.follow()

    def look(self) -> None:
        """The ground follows the theme, the paper does not."""
        self.setAccessibleName(words(N_("Sheets of the paper")))
        self.viewport().update()

    def expect(self) -> None:
        """Another file, or a new state of this one, is on its way: its sheets take the place of those that show."""
        for page, (_, image) in self._kept.items():
            self._kept[page] = 0.0, image

    def show_pages(self, pages: PdfPages, sizes: list[tuple[float, float]]) -> None:
        """Show another file, or a new state of the same one: the place on the page is kept."""
        self.expect()
        self.pages, self.sizes = pages, sizes
        self.marks.forget()
        self._lay_out()
        self._scrolled()

    def zoom_to(self, zoom: float) -> None:
        """Show at this zoom from now on, the same spot at the top."""
        self.fit = False
        self._set_zoom(zoom)

    def zoom_step(self, way: int) -> None:
        """Zoom in (+1) or out (-1) by one step."""
        finer = [z for z in ZOOMS if (z > self.zoom + 0.005 if way > 0 else z < self.zoom - 0.005)]
        if finer:
            self.zoom_to(finer[0] if way > 0 else finer[-1])

    def fit_width(self) -> None:
        """As wide as there is room, now and when the room changes."""
        self.fit = True
        self._lay_out()

    def turn(self, way: int) -> None:
        """Go to the next (+1) or the last (-1) page."""
        self.go(self.page + way)

    def go(self, page: int) -> None:
        """Bring a page to the top."""
        if self.sizes:
            top = self._tops[max(0, min(page, len(self.sizes) - 1))]
            self.verticalScrollBar().setValue(round(top - BETWEEN))

    def bring(self, page: int, part: QRectF) -> None:
        """Bring a part of a sheet (in its points) into sight, in the upper third; nothing moves when it is there."""
        place = self.placed(self.area(page), (part.left(), part.top(), part.right(), part.bottom()))
        room, down, across = self.viewport().rect(), self.verticalScrollBar(), self.horizontalScrollBar()
        if place.top() < BETWEEN or place.bottom() > room.height() - BETWEEN:
            down.setValue(round(down.value() + place.top() - room.height() / 3))
        if place.left() < 0 or place.right() > room.width():
            across.setValue(round(across.value() + place.left() - room.width() / 3))

    def select_page(self) -> None:
        """Select what is written on the page in view."""
        if self.sizes:
            self.marks.select_all(self.page)

    def _set_zoom(self, zoom: float) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(1.0, self._height())
        self.zoom = zoom
        self._lay_out()
        bar.setValue(round(share * self._height()))

    def _height(self) -> float:
        return self._tops[-1] if self._tops else 0.0

    def _lay_out(self) -> None:
        """Where each sheet lies at this zoom; the last entry is the end of the last sheet."""
        widest = max((width for width, _ in self.sizes), default=595.0)
        if self.fit:
            self.zoom = max(0.1, (self.viewport().width() - 2 * BETWEEN) / (widest * SCREEN))
        self._tops, top = [], float(BETWEEN)
        for _, height in self.sizes:
            self._tops.append(top)
            top += round(height * self.zoom * SCREEN) + BETWEEN
        self._tops.append(top)
        room = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        down.setRange(0, max(0, round(top) - room.height()))
        down.setPageStep(room.height())
        down.setSingleStep(48)
        across.setRange(0, max(0, round(widest * self.zoom * SCREEN) + 2 * BETWEEN - room.width()))
        across.setPageStep(room.width())
        self.zoomed.emit(self.zoom)
        self._later.start()
        self.viewport().update()

    def _scrolled(self) -> None:
        top = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = max(0, min(bisect_right(self._tops, top) - 1, len(self.sizes) - 1))
        if page != self.page:
            self.page = page
            self.turned.emit(page)
        self._later.start()
        self.viewport().update()

    def seen(self) -> range:
        """The sheets in sight."""
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height())
        return range(first, min(last, len(self.sizes)))

    def _scale(self) -> float:
        return round(self.zoom * SCREEN * self.devicePixelRatioF(), 4)

    def _ask(self) -> None:
        """Ask for the sheets in sight that are not drawn at this scale, the topmost last: it is served first."""
        if self.pages is not None and self.isVisible():
            for page in reversed(self.seen()):
                if self._kept.get(page, (0.0,))[0] != self._scale():
                    self.pages.ask(page, self._scale())

    @property
    def settled(self) -> bool:
        """Whether every sheet in sight is drawn as sharp as it is shown."""
        return bool(self.sizes) and all(self._kept.get(n, (0.0,))[0] == self._scale() for n in self.seen())

    def take(self, page: int, scale: float, image: QImage) -> None:
        """A sheet was drawn; one drawn for an earlier zoom never takes the place of the right one."""
        if self._kept.get(page, (0.0,))[0] == self._scale():
            return
        self._kept[page] = scale, image
        self._kept.move_to_end(page)
        while sum(kept.width() * kept.height() for _, kept in self._kept.values()) > ROOM and len(self._kept) > 2:
            self._kept.popitem(last=False)
        self.viewport().update()

    def area(self, page: int) -> QRectF:
        """Where a sheet lies in the viewport."""
        width, height = (round(side * self.zoom * SCREEN) for side in self.sizes[page])
        room = self.viewport().width()
        left = (room - width) / 2 if width + 2 * BETWEEN <= room else BETWEEN - self.horizontalScrollBar().value()
        return QRectF(round(left), self._tops[page] - self.verticalScrollBar().value(), width, height)

    def placed(self, area: QRectF, box: Box) -> QRectF:
        """Where a box of a sheet that lies on `area` is in the viewport."""
        left, top, right, bottom = (side * self.zoom * SCREEN for side in box)
        return QRectF(area.left() + left, area.top() + top, right - left, bottom - top)

    def sheet_at(self, spot: QPointF) -> int:
        """The sheet under a spot of the viewport, or -1."""
        return next((page for page in self.seen() if self.area(page).contains(spot)), -1)

    def on_sheet(self, page: int, spot: QPointF) -> QPointF:
        """A spot of the viewport as points from the upper left corner of a sheet."""
        return (spot - self.area(page).topLeft()) / (self.zoom * SCREEN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, sheets in sight, and the ring when the keyboard is here."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), colour("desk"))
        for page in self.seen():
            area = self.area(page)
            painter.fillRect(area, colour("paper"))
            if page in self._kept:
                painter.drawImage(area, self._kept[page][1])
            self.marks.paint(painter, page, area)
            painter.setPen(QPen(colour("border"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            painter.setPen(QPen(colour("primary"), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width fitted."""
        super().resizeEvent(event)
        self._set_zoom(self.zoom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn, Home and End go to the first and last page, + − 0 zoom, Ctrl+A selects, Ctrl+C copies."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.marks.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_page()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else len(self.sizes) - 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_step(-1 if key == Qt.Key.Key_Minus else 1)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_step(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.hand.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select, or only point."""
        self.hand.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End to select."""
        self.hand.release()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the mouse, or of the key beside it."""
        self.hand.menu(event.globalPos())
