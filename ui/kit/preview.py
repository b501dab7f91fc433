"""Preview of a paper: looks at a PDF file, prints it, saves a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPageSize, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from resources.words import N_
from ui.kit.button import IconButton
from ui.kit.card import Banner, Card, HairLine
from ui.kit.layout import column, row
from ui.kit.messages import toast
from ui.kit.pdf_find import FindLine
from ui.kit.pdf_pages import PdfPages
from ui.kit.pdf_view import PdfView
from ui.kit.text import Heading, Message, Note, Own, Text, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from ui.kit.pdf_text import Letters
    from ui.kit.printing import PrintJob

TOOL = 30


class PdfPreview(Card):
    """A card that shows a PDF file. `name` is offered for a copy; `failed` tells what is wrong with the file. With
    `exact` it is printed in its own size on paper of its own size, never fitted to another."""

    failed = Signal(str)

    def __init__(
        self, data: bytes = b"", *, title: Message = N_("Preview"), name: str = "", exact: bool = False
    ) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 0, 1, 1))
        self.data, self.name, self.exact = data, name, exact
        self._pages: PdfPages | None = None
        self.view, self.where, self.percent = PdfView(), Note(elide=True), Text(px=12, weight=500, tone="text2")
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.percent.setMinimumWidth(40)
        self.wrong = Banner("bad")
        self.wrong.hide()
        self.remark = Note(Own(""))
        self.finder = FindLine(self.view)
        self.finder.hide()
        self.add(self._head(title))
        self.add(self.finder)
        self.add(HairLine())
        self.add(column(self.wrong, margins=(12, 0, 12, 0)))
        self.add((self.view, 1))
        self.add(self._foot())
        self.view.turned.connect(self._say_page)
        self.view.zoomed.connect(self._say_zoom)
        self.finder.left.connect(self.close_find)
        ways = {"Ctrl+P": self.print, "Ctrl+F": self.open_find, "F3": self._next_hit, "Shift+F3": self._hit_before}
        for keys, slot in ways.items():
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._say_page()
        if data:
            self.show_pdf(data)

    def _head(self, title: Message) -> QWidget:
        self.seek = IconButton("search", N_("Search this paper"), size=TOOL)
        self.up = IconButton("chevron-up", N_("Previous page"), size=TOOL)
        self.down = IconButton("chevron-down", N_("Next page"), size=TOOL)
        self.out = IconButton("zoom-out", N_("Zoom out"), size=TOOL)
        self.closer = IconButton("zoom-in", N_("Zoom in"), size=TOOL)
        self.wide = IconButton("move-horizontal", N_("Fit width"), size=TOOL)
        self.keep = IconButton("download", N_("Save a copy"), size=TOOL)
        self.printer = IconButton("printer", N_("Print"), size=TOOL)
        slots = {
            self.seek: self.open_find, self.up: self._up, self.down: self._down, self.out: self._out,
            self.closer: self._closer, self.wide: self.view.fit_width, self.keep: self.save, self.printer: self.print,
        }  # fmt: skip
        for button, slot in slots.items():
            button.clicked.connect(slot)
        tools = (self.out, self.percent, self.closer, self.wide, _line(), self.keep, self.printer)
        head = QWidget()
        parts = (Heading(title), 4, (self.where, 1), self.seek, self.up, self.down, _line(), *tools)
        head.setLayout(row(*parts, gap=2, margins=(16, 8, 12, 8)))
        return head

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("box", "sunkfoot")
        foot.setLayout(row(self.remark, None, margins=(16, 8, 16, 8)))
        self.foot = foot
        foot.hide()
        return foot

    def sizeHint(self) -> QSize:
        """Room for a sheet that can be read."""
        return QSize(492, 640)

    def show_pdf(self, data: bytes) -> None:
        """Show another file, or the same paper drawn anew: the place on it is kept."""
        self.data = data
        self.view.expect()
        if self._pages is not None:
            self._pages.close()
        self._pages = PdfPages(data)
        self._pages.opened.connect(self._opened)
        self._pages.drawn.connect(self._drawn)
        self._pages.read.connect(self._read)
        self._pages.failed.connect(self._failed)
        self._pages.open()

    def release(self) -> None:
        """Let go of the file; nothing is shown any more."""
        self.finder.let_go()
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def show_remark(self, message: Message, /, **values: object) -> None:
        """Show a sentence below the sheets."""
        self.remark.say(message, **values)
        self.foot.setVisible(bool(message))

    def _opened(self, sizes: list[tuple[float, float]]) -> None:
        self.wrong.hide()
        if self._pages is not None:
            self.view.show_pages(self._pages, sizes)
            self.finder.look_through(self._pages)
        self._say_page()

    def _drawn(self, page: int, scale: float, image: QImage) -> None:
        if self.sender() is self._pages:  # a sheet of the file before may still be on its way
            self.view.take(page, scale, image)

    def _read(self, page: int, letters: Letters) -> None:
        if self.sender() is self._pages:
            self.view.marks.take(page, letters)

    def _failed(self, problem: str) -> None:
        self.wrong.say(N_("This file cannot be shown: {problem}"), problem=problem)
        self.wrong.show()
        self.failed.emit(problem)

    def _say_page(self, page: int = 0) -> None:
        count = len(self.view.sizes)
        if count:
            self.where.say(N_("Page {n} of {m}"), n=self.view.page + 1, m=count)
        for button in (self.seek, self.up, self.down, self.out, self.closer, self.wide, self.keep, self.printer):
            button.setEnabled(count > 0)
        self.up.setEnabled(self.view.page > 0)
        self.down.setEnabled(self.view.page < count - 1)
        self.view.setAccessibleDescription(self.where.text())

    def _say_zoom(self, zoom: float) -> None:
        self.percent.say(Own(f"{zoom:.0%}"))

    def _up(self) -> None:
        self.view.turn(-1)

    def _down(self) -> None:
        self.view.turn(1)

    def _out(self) -> None:
        self.view.zoom_step(-1)

    def _closer(self) -> None:
        self.view.zoom_step(1)

    # Searching

    def open_find(self) -> None:
        """Show the search line and type there."""
        if self.view.sizes:
            self.finder.show()
            self.finder.line.setFocus()
            self.finder.line.selectAll()

    def close_find(self) -> None:
        """Search no more; the keyboard goes back to the sheets."""
        self.finder.hide()
        self.view.setFocus()

    def _next_hit(self) -> None:
        self._hit(self.finder.go_on)

    def _hit_before(self) -> None:
        self._hit(self.finder.go_back)

    def _hit(self, go: Callable[[], None]) -> None:
        if self.finder.isVisible():
            go()
        else:
            self.open_find()

    def event(self, event: QEvent) -> bool:
        """While the search line is open, Escape belongs to it and not to the page around."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves_find(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the search line."""
        if self._leaves_find(event):
            self.close_find()
        else:
            super().keyPressEvent(event)

    def _leaves_find(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.finder.isVisible()

    # Copies

    def save(self) -> None:
        """Ask for a place and keep a copy there."""
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Save a copy")), self.name, "PDF (*.pdf)")
        if place:
            self.save_to(Path(place))

    def save_to(self, place: Path) -> None:
        """Keep a copy of the file, the very same bytes."""
        try:
            place.write_bytes(self.data)
        except OSError as refused:
            toast(self, N_("The copy was not saved: {problem}"), kind="bad", problem=refused.strerror or str(refused))
        else:
            toast(self, N_("Saved as {name}"), name=place.name)

    def print(self) -> None:
        """Ask for a printer and print on it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ui.kit.printing import lies

        if not self.view.sizes:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(Path(self.name).stem)
        width, height = self.view.sizes[0]
        if self.exact:
            printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
        else:
            printer.setPageOrientation(lies(width, height))
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.view.sizes))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter) -> PrintJob:
        """Print in the background; a toast says how it ended."""
        from ui.kit.printing import PrintJob

        job = PrintJob(self.data, printer, self.window(), exact=self.exact)  # goes on when somebody leaves the page
        job.start()
        return job


def _line() -> QWidget:
    around = QWidget()
    around.setLayout(row(HairLine(upright=True, length=18), margins=(4, 0, 4, 0)))
    return around
