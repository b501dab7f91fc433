"""Putting a PDF file on a printer, page by page."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.messages import toast
from ui.kit.pdf_pages import PdfPages
from ui.kit.text import words

DOTS = 300  # an inch, enough for the smallest print on our papers


class PrintJob(QObject):
    """Prints the pages the printer's dialog asked for; the next page is drawn when the one before is on its way.

    `one_of_many` lays the paper of the printer as this file lies, and leaves it to others to say how it ended.
    """

    told = Signal(int, int)  # pages sent, pages in all
    finished = Signal(str)  # "" when all pages were sent, else what went wrong

    def __init__(
        self, data: bytes, printer: QPrinter, window: QWidget, *, exact: bool = False, one_of_many: bool = False
    ) -> None:
        super().__init__(window)
        self._exact, self._one_of_many = exact, one_of_many
        self._window, self._over = window, False
        self._printer, self._painter = printer, QPainter()
        self._pages, self._rest, self._all = PdfPages(data), [0], 0
        self._pages.opened.connect(self._opened)
        self._pages.drawn.connect(self._drawn)
        self._pages.failed.connect(self._end)

    def start(self) -> None:
        """Begin; ends with `finished`."""
        self._printer.setFullPage(True)
        self._pages.open()

    def stop(self, problem: str) -> None:
        """Print no further page; ends with `finished` and this problem."""
        if self._painter.isActive():
            self._printer.abort()
        self._end(problem)

    def _opened(self, sizes: list[tuple[float, float]]) -> None:
        if self._over:
            return
        first = self._printer.fromPage() or 1
        last = min(self._printer.toPage() or len(sizes), len(sizes))
        self._rest = list(range(first - 1, last))
        if self._printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
            self._rest.reverse()
        self._all = len(self._rest)
        if self._one_of_many and sizes:
            self._printer.setPageOrientation(lies(*sizes[0]))
        if not self._rest or not self._painter.begin(self._printer):
            self._end(self._refusal())
            return
        self._next()

    def _next(self) -> None:
        self._pages.ask(self._rest[0], DOTS / 72)

    def _drawn(self, page: int, scale: float, image: QImage) -> None:
        if self._over:  # stopped while the sheet was on its way
            return
        self._painter.drawImage(self._place(image.size(), scale), image)
        self._rest.pop(0)
        self.told.emit(self._all - len(self._rest), self._all)
        if not self._rest:
            self._end("")
        elif self._printer.newPage():
            self._next()
        else:
            self._end(self._refusal())

    def _refusal(self) -> str:
        name = self._printer.printerName() or self._printer.outputFileName() or "?"
        return words(N_("{printer} does not take it"), printer=name)

    def _place(self, size: QSize, scale: float) -> QRect:
        """Where a page goes: its own size at the corner of the paper, or as large as the paper allows."""
        if self._exact:
            return QRect(QPoint(0, 0), size * (self._printer.resolution() / 72 / scale))
        room = self._painter.viewport()
        fitted = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (room.width() - fitted.width()) // 2, (room.height() - fitted.height()) // 2
        return QRect(QPoint(left, top), fitted)

    def _end(self, problem: str) -> None:
        if self._over:
            return
        self._over = True
        if self._painter.isActive():
            self._painter.end()
        self._pages.close()
        if not self._one_of_many:
            self._tell(problem)
        self.finished.emit(problem)
        self.deleteLater()

    def _tell(self, problem: str) -> None:
        if problem:
            toast(self._window, N_("It was not printed: {problem}"), kind="bad", problem=problem)
        else:
            toast(self._window, N_("Sent to the printer"))


def lies(width: float, height: float) -> QPageLayout.Orientation:
    """How the paper of a printer lies for a sheet of this size."""
    return QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
