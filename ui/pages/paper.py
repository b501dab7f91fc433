"""A paper in front: drawn in the background, looked at, printed, kept as a copy, issued."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.base import GLOBAL
from models.document import BOTH
from resources.words import N_
from services.desk.errors import Cancelled, UserError
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.editors import today
from ui.kit.going import ToPaper
from ui.kit.layout import column, row
from ui.kit.messages import confirm, toast
from ui.kit.page import PageHead
from ui.kit.preview import PdfPreview
from ui.kit.progress import ProgressPanel
from ui.kit.text import Message, Own, said
from ui.kit.theme import LOOK, MARGIN
from ui.kit.tongue import spoken

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.document_issuing import Subject, Version
    from ui.kit.background import Background


SURE = N_("The paper gets a number and is kept for good, as it is drawn now. It is never changed: issued again later,"
          " it is the next version.")  # fmt: skip
ISSUED = N_("Issued as {number}, version {version}, on {day} by {account}. Issue it again and the next version replaces"
            " it.")  # fmt: skip
IN_ENGLISH, IN_CHINESE = N_("In English"), N_("In Chinese")
NEW_DAY = N_("A new day has begun since this paper was drawn: open it anew, then issue it")
NOW = N_("Issued as {number}, version {version}; it is kept under “Papers”, where it can be signed.")


class PaperPage(QWidget):
    """Shows what `paper.work` draws; Escape goes back. Who may issues it."""

    left = Signal()

    def __init__(self, background: Background, paper: ToPaper, back: tuple[str, Message]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.paper, self.lang = background, paper, LOOK.lang
        self.print = Button(N_("Print"), "printer", kind="primary")
        self.keep = Button(N_("Save a copy"), "download")
        self.issue = Button(N_("Issue"), "file-badge")
        about = paper.about  # a paper of the whole office takes a right everywhere
        files = about is not None and background.desk.may("documents.issue", about.compound or GLOBAL)
        self.other = Button(Own(""), "languages")
        both = about is not None and about.kind in BOTH
        acts = (*([self.other] if both else []), self.keep, *([self.issue] if files else []), self.print)
        self.head = PageHead(paper.title, *acts, back=(back,))
        self.head.went_back.connect(self._back)
        self.preview = PdfPreview(title=paper.title, name=paper.name)
        self.banner = Banner("bad")
        self.banner.hide()
        self.panel = ProgressPanel(N_("The paper is being drawn"))
        self.panel.cancelled.connect(self._back)
        around = QWidget()
        around.setLayout(column(None, row(None, self.panel, None), None))
        self.stack, self.blank = QStackedWidget(), QWidget()
        for part in (around, self.preview, self.blank):
            self.stack.addWidget(part)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.banner, (self.stack, 1), gap=14, margins=margins))
        self.print.clicked.connect(self.preview.print)
        self.keep.clicked.connect(self.preview.save)
        self.issue.clicked.connect(self._ask)
        self.other.clicked.connect(self._in_other)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        self._begin()

    def _begin(self) -> None:
        """Draw it."""
        self._offer(False)
        self.banner.hide()
        self.day = today()
        self.other.say(IN_CHINESE if self.lang == "en" else IN_ENGLISH)
        self.preview.show_remark("")
        self.stack.setCurrentIndex(0)
        self.stopped = Event()
        self.task = self.background.ask(partial(_draw, self.stopped, self.paper, self.lang), self._drawn, self._failed)
        if (about := self._about()) and self.background.desk.may("documents.newest"):
            tag = f"newest{id(self)}"
            self.background.ask(partial(_newest, about), self._known, self.background.failed.emit, tag=tag)

    def _offer(self, ready: bool) -> None:
        """What can be done with a paper that is there."""
        for button in (self.print, self.keep, self.issue, self.other):
            button.setEnabled(ready)

    def _about(self) -> Subject | None:
        """What the paper is; in the other language it is another one."""
        return self.paper.about and self.paper.about.spoken(self.lang)

    def _in_other(self) -> None:
        self.lang = "zh_CN" if self.lang == "en" else "en"
        self._begin()

    def release(self) -> None:
        """Let go of the paper, or of its making."""
        self.task.cancel()
        self.stopped.set()
        self.preview.release()

    def _drawn(self, data: bytes) -> None:
        self.preview.show_pdf(data)
        self.stack.setCurrentWidget(self.preview)
        self.preview.view.setFocus()
        self._offer(True)

    def _failed(self, error: Exception) -> None:
        self.stack.setCurrentWidget(self.blank)  # it keeps its room: head and sentence stay at the top
        if isinstance(error, UserError):
            self.banner.say(error.message, **error.values)
            self.banner.show()
        else:
            self.background.failed.emit(error)

    # Issuing

    def _known(self, found: Version | None) -> None:
        """Whether it was issued before."""
        if found is not None:
            day = found.issued_at.astimezone().date().isoformat()
            facts = {"number": found.number, "version": found.version, "day": day, "account": found.account}
            self.preview.show_remark(said(ISSUED, **facts))

    def _ask(self) -> None:
        if confirm(self, N_("Issue this paper?"), SURE, N_("Issue")):
            self.file()

    def file(self) -> None:
        """Issue it, drawn anew with its number."""
        self.banner.hide()
        if today() != self.day:  # what it says is as on the day it was opened
            self.banner.say(NEW_DAY)
            self.banner.show()
            return
        self._offer(False)
        self.stack.setCurrentIndex(0)
        draw = partial(_draw, self.stopped, self.paper, self.lang, self.background.desk)
        self.task = self.background.do(
            "documents.issue", {"about": self._about(), "draw": draw}, self._issued, self._refused
        )

    def _issued(self, done: Done[Any]) -> None:
        self.task = self.background.ask(partial(_kept, done.value), self._shown, self._failed)

    def _shown(self, found: tuple[bytes, Version]) -> None:
        data, version = found
        self.preview.name = f"{version.number}.pdf"
        self._drawn(data)
        self.issue.setEnabled(False)
        self.other.setEnabled(False)
        self.preview.show_remark(said(NOW, number=version.number, version=version.version))
        toast(self, N_("Issued as {number}"), number=version.number)

    def _refused(self, error: Exception) -> None:
        """What was shown before is shown again."""
        self.stack.setCurrentWidget(self.preview)
        self._offer(True)
        if isinstance(error, UserError) and not isinstance(error, Cancelled):
            self.banner.say(error.message, **error.values)
            self.banner.show()
        elif not isinstance(error, Cancelled):
            self.background.failed.emit(error)

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def _newest(about: Subject, desk: Desk) -> Version | None:
    found: Version | None = desk.ask("documents.newest", subject=about.key)
    return found


def _kept(id: UUID, desk: Desk) -> tuple[bytes, Version]:
    """An issued paper with its number."""
    return desk.ask("documents.signed", document_id=id), desk.ask("documents.version", document_id=id)


def _draw(stopped: Event, paper: ToPaper, lang: str, desk: Desk) -> bytes:
    """Draws it with a desk that asks at every page whether anybody still wants it."""

    def tell(_done: int, _total: int) -> bool:
        return not stopped.is_set()

    with spoken(lang), desk.ask("paper_settings.of", kind=paper.about.kind if paper.about else "").worn():
        return paper.work(desk.having(tell=tell))
