"""Pages of a PDF file as pictures, drawn off the window's thread by PDFium."""

from __future__ import annotations

import time
import weakref
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from ui.kit.pdf_text import Hit, Letters, Search, letters, read

WAITING = 8  # requests kept; older ones belong to pages somebody has scrolled past
T = TypeVar("T")
STEP = 0.04  # seconds a search reads pages before sheets may be drawn again


class PdfPages(QObject):
    """One PDF file. `opened` tells the sizes of its pages, `drawn` answers `ask`, `read` answers `ask_letters`,
    `sought` tells of a step of `seek`; all of them reach the window's thread.

    It has no parent: the thread may still work for it when its widget is gone. The file is let go with it.
    """

    opened = Signal(list)  # width and height of each page in points, 1/72 inch
    drawn = Signal(int, float, QImage)  # page from 0, pixels a point, picture
    read = Signal(int, object)  # page from 0, Letters
    sought = Signal(object, object)  # Search, the hits of this step (list of Hit)
    failed = Signal(str)  # what PDFium said

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data, self._closed, self._held = data, False, _Held()
        self._wanted: deque[tuple[int, float]] = deque(maxlen=WAITING)
        self._unread: deque[int] = deque(maxlen=WAITING)
        weakref.finalize(self, _thread().do, self._held.close).atexit = False
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._quit)

    def open(self) -> None:
        """Read the file; ends with `opened` or `failed`."""
        _thread().do(self._open)

    def ask(self, page: int, scale: float) -> None:
        """Draw a page at `scale` pixels a point; the request made last is served first."""
        if (page, scale) not in self._wanted:
            self._wanted.append((page, scale))
            _thread().do(self._draw)

    def ask_letters(self, page: int) -> None:
        """Read what is written on a page, and where; the request made last is served first."""
        if page not in self._unread:
            self._unread.append(page)
            _thread().do(self._read)

    def seek(self, search: Search) -> None:
        """Look through some more pages. Who still wants to know asks for the next step when this one is told."""
        _thread().do(partial(self._seek, search))

    def close(self) -> None:
        """Draw no more and let the file go."""
        self._closed = True
        self._wanted.clear()
        self._unread.clear()
        _thread().do(self._held.close)

    def _quit(self) -> None:
        self.close()
        _thread().wait()

    def _open(self) -> None:
        if self._closed:
            return
        try:
            self._held.file = file = opened(self._data)
            sizes = [file.get_page_size(n) for n in range(len(file))]
        except Exception as refused:  # whatever PDFium finds wrong with a file is said, never raised in a thread
            self.failed.emit(str(refused))
        else:
            self.opened.emit(sizes)

    def _draw(self) -> None:
        if self._closed or self._held.file is None or not self._wanted:
            return
        page, scale = self._wanted.pop()
        try:
            image = picture(self._held.file, page, scale)
        except Exception as refused:
            self.failed.emit(str(refused))
        else:
            self.drawn.emit(page, scale, image)

    def _read(self) -> None:
        if self._closed or self._held.file is None or not self._unread:
            return
        page = self._unread.pop()
        try:
            found = on_sheet(self._held.file, page, letters)
        except Exception:  # a page that can be drawn but not read has no letters, and that is all that is wrong with it
            found = Letters("", [])
        self.read.emit(page, found)

    def _seek(self, search: Search) -> None:
        hits, end = list[Hit](), time.monotonic() + STEP
        while not search.done:
            if self._closed or self._held.file is None:
                return
            try:
                text = on_sheet(self._held.file, search.at, read)
            except Exception:
                text = ""
            hits += search.look(text)
            if time.monotonic() >= end:
                break
        self.sought.emit(search, hits)


class _Held:
    """The opened file of a `PdfPages`, closed after it is gone."""

    file: Any = None

    def close(self) -> None:
        """In the thread of PDFium."""
        if self.file is not None:
            self.file.close()
        self.file = None


class _Over(QObject):
    """Brings pieces of work that are done back to the window's thread, where what they held may end."""

    over = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.over.connect(self._let_go, Qt.ConnectionType.QueuedConnection)

    def _let_go(self, piece: list[Callable[[], None]]) -> None:
        piece.clear()


class _Thread(QRunnable):
    """Does one piece of work after the other. One runnable, started again for each piece: Qt never lets one go."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work: deque[list[Callable[[], None]]] = deque()
        self._over = _Over()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)

    def do(self, work: Callable[[], None]) -> None:
        """Do this after what was asked before."""
        self._work.append([work])
        self._pool.start(self)

    def wait(self) -> None:
        """Until nothing is left to do."""
        self._pool.waitForDone()

    def run(self) -> None:
        """Called by the pool in its thread."""
        piece = self._work.popleft()
        piece[0]()
        if isValid(self._over):  # the program may have ended meanwhile
            self._over.over.emit(piece)


@cache
def _thread() -> _Thread:
    """One thread for all files: PDFium has one global state and allows one call at a time."""
    return _Thread()


def opened(data: bytes) -> Any:
    """A file of PDFium, ready to be drawn with its signatures, which are fields of a form."""
    import pypdfium2

    file = pypdfium2.PdfDocument(data)
    if file.get_formtype():
        file.init_forms()
    return file


def on_sheet(file: Any, page: int, work: Callable[[Any], T]) -> T:
    """What some work makes of a page, which is closed again."""
    sheet = file[page]
    try:
        return work(sheet)
    finally:
        sheet.close()


def picture(file: Any, page: int, scale: float) -> QImage:
    """A sheet as it is drawn at a scale (1.0: 72 pixels an inch)."""
    return on_sheet(file, page, partial(_drawn, scale=scale))


def _drawn(sheet: Any, scale: float) -> QImage:
    bitmap = sheet.render(scale=scale, prefer_bgrx=True)
    form = QImage.Format.Format_RGB32
    return QImage(memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
