"""Pages of a PDF file as pictures, drawn off the window's thread by PDFium."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

WAITING = 8  # requests kept; older ones belong to pages somebody has scrolled past


class PdfPages(QObject):
    """One PDF file. `opened` tells the sizes of its pages, `drawn` answers `ask`; both reach the window's thread.

    It has no parent: the thread may still hold it when the widget that shows it is gone.
    """

    opened = Signal(list)  # width and height of each page in points, 1/72 inch
    drawn = Signal(int, float, QImage)  # page from 0, pixels a point, picture
    failed = Signal(str)  # what PDFium said

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data, self._closed = data, False
        self._file: Any = None
        self._wanted: deque[tuple[int, float]] = deque(maxlen=WAITING)

    def open(self) -> None:
        """Read the file; ends with `opened` or `failed`."""
        _Task.start(self._open)

    def ask(self, page: int, scale: float) -> None:
        """Draw a page at `scale` pixels a point; the request made last is served first."""
        if (page, scale) not in self._wanted:
            self._wanted.append((page, scale))
            _Task.start(self._draw)

    def close(self) -> None:
        """Draw no more and let the file go."""
        self._closed = True
        self._wanted.clear()
        _Task.start(self._shut)

    def _open(self) -> None:
        if self._closed:
            return
        try:
            import pypdfium2

            self._file = pypdfium2.PdfDocument(self._data)
            sizes = [self._file.get_page_size(n) for n in range(len(self._file))]
        except Exception as refused:  # whatever PDFium finds wrong with a file is said, never raised in a thread
            self.failed.emit(str(refused))
        else:
            self.opened.emit(sizes)

    def _draw(self) -> None:
        if self._closed or self._file is None or not self._wanted:
            return
        page, scale = self._wanted.pop()
        try:
            image = _picture(self._file, page, scale)
        except Exception as refused:
            self.failed.emit(str(refused))
        else:
            self.drawn.emit(page, scale, image)

    def _shut(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class _Task(QRunnable):
    """Kept until it has run: Qt loses tasks nobody holds."""

    kept: set[_Task] = set()

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work = work

    @classmethod
    def start(cls, work: Callable[[], None]) -> None:
        """Do `work` in the thread of PDFium, after what was asked before."""
        task = cls(work)
        cls.kept.add(task)
        _pool().start(task)

    def run(self) -> None:
        """Called by the pool in its thread."""
        self._work()
        self.kept.discard(self)


@cache
def _pool() -> QThreadPool:
    """One thread for all files: PDFium has one global state and allows one call at a time."""
    pool = QThreadPool()
    pool.setMaxThreadCount(1)
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(pool.clear)
        app.aboutToQuit.connect(pool.waitForDone)
    return pool


def _picture(file: Any, page: int, scale: float) -> QImage:
    sheet = file[page]
    try:
        bitmap = sheet.render(scale=scale, prefer_bgrx=True)
        form = QImage.Format.Format_RGB32
        return QImage(memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
    finally:
        sheet.close()
