"""The recovery code, shown once: as large groups and as the sheet to print, until somebody says it is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.front import FrontPage
from ui.kit.layout import column, row
from ui.kit.messages import confirm, toast
from ui.kit.page import PageHead, ScrollPage
from ui.kit.preview import PdfPreview
from ui.kit.text import Body, Note, Own, Text
from ui.kit.tick import Tick
from ui.kit.tile import IconTile

FILE = "recovery-sheet.pdf"
LEFT, PREVIEW, HIGH, ACROSS = 436, 480, 520, 3  # pixels; groups in a row
TITLE = N_("The recovery code, shown this once")
SENTENCE = N_("When every password is lost it gives an account a new one. Nobody else can open the data, not even we.")
KEEP = N_("Keep the sheet sealed in a safe, away from this computer. Whoever has it and the data can open it.")
LOST = N_("It is shown this once. Without it nobody can help when every password is lost.")
FIRST = N_("Print the sheet or write the code down first, and say so")


class _Groups(QWidget):
    """The code in numbered groups of large signs."""

    def __init__(self, code: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(10)
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.labels: list[Text] = []
        for n, group in enumerate(code.split("-")):
            sign = Text(Own(group), px=24, weight=600)
            letters = sign.font()
            letters.setFamilies([*letters.families(), face])
            letters.setLetterSpacing(letters.SpacingType.AbsoluteSpacing, 2)
            sign.setFont(letters)
            self.labels.append(sign)
            around = QWidget()
            around.setLayout(column(Note(Own(str(n + 1))), sign, gap=0))
            grid.addWidget(around, n // ACROSS, n % ACROSS)
        self.setAccessibleName(" ".join(code.split("-")))


class CodeSheet(QFrame):
    """Code, sheet and tick; `done` tells that it is kept. `wipe` forgets the code and the sheet."""

    done = Signal()

    def __init__(self, code: str, pdf: bytes) -> None:
        super().__init__()
        self.setProperty("box", "sheet")
        self.groups = _Groups(code)
        self.preview = PdfPreview(pdf, name=FILE)
        self.preview.setFixedWidth(PREVIEW)
        self.preview.setMinimumHeight(HIGH)
        self.print = Button(N_("Print the sheet"), "printer")
        self.save = Button(N_("Save as a file"), "download")
        self.kept = Tick(N_("It is printed or written down"))
        self.go = Button(N_("Continue"), "arrow-right", kind="primary", after=True)
        self.go.setEnabled(False)
        self.setLayout(row(self._left(), (self.preview, 1), gap=28, margins=(32, 28, 28, 28)))
        self.print.clicked.connect(self.preview.print)
        self.save.clicked.connect(self.preview.save)
        self.kept.toggled.connect(self.go.setEnabled)
        self.go.clicked.connect(self.done)

    def _left(self) -> QWidget:
        head = row(IconTile("key-round", "tint", 48), (Text(TITLE, px=20, weight=600, wrap=True), 1), gap=16)
        box = QFrame()
        box.setProperty("box", "fact")
        box.setLayout(column(self.groups, margins=(18, 12, 12, 14)))
        left = QWidget()
        left.setFixedWidth(LEFT)
        ways = row(self.print, self.save, None)
        file = Note(N_("A saved file opens the data as the sheet does: print it and delete it."), wrap=True)
        parts = (head, Body(SENTENCE), box, ways, file, Banner("warn", KEEP), None, self.kept, row(None, self.go))
        left.setLayout(column(*parts, gap=14))
        return left

    def wipe(self) -> None:
        """Nothing of the code stays behind the page."""
        self.preview.release()
        self.preview.data = b""
        for label in self.groups.labels:
            label.say(Own(""))
        self.groups.setAccessibleName("")


class SheetPage(FrontPage):
    """The page after an office was set up or recovered. Tells `done`."""

    done = Signal()

    def __init__(self, *, version: str, code: str, pdf: bytes) -> None:
        self.sheet, self._given_up = CodeSheet(code, pdf), False
        super().__init__(self.sheet, version, [("Space", N_("Tick")), ("Enter", N_("Continue"))])
        self.sheet.done.connect(self.done)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts at the printer."""
        super().showEvent(event)
        if not event.spontaneous():
            self.sheet.print.setFocus()

    def may_close(self) -> bool:
        """Asks who closes the window before the code is kept: nobody can ever see it again."""
        title, act = N_("Close without the recovery code?"), N_("Close all the same")
        if not (self._given_up or self.sheet.kept.isChecked()):
            self._given_up = confirm(self, title, LOST, act, kind="bad")
        return self._given_up or self.sheet.kept.isChecked()

    def wipe(self) -> None:
        """Forget the code."""
        self.sheet.wipe()


class SheetInside(QWidget):
    """The same inside the workbench, for a new sheet. `left` when it is kept."""

    left = Signal()

    def __init__(self, code: str, pdf: bytes) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sheet = CodeSheet(code, pdf)
        page = ScrollPage(row(self.sheet, None), None)
        self.setLayout(column(row(PageHead(N_("New recovery sheet")), margins=(20, 16, 20, 0)), (page, 1), gap=0))
        self.sheet.done.connect(self.left)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts at the printer."""
        super().showEvent(event)
        if not event.spontaneous():
            self.sheet.print.setFocus()

    def may_leave(self) -> bool:
        """Only when the code is kept: nobody can ever see it again."""
        if not self.sheet.kept.isChecked():
            toast(self, FIRST, kind="warn")
            self.sheet.kept.setFocus()
        return self.sheet.kept.isChecked()

    def release(self) -> None:
        """Forget the code."""
        self.sheet.wipe()
