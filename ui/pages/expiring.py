"""Terms of use, mortgages and seizures that end soon or have ended, the earliest first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from resources.words import N_
from services.desk.errors import UserError
from ui.kit.button import LinkButton
from ui.kit.card import Banner, Card, HairLine
from ui.kit.editors import today
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.text import Message, Note, Own, Text, TwoLine, counted, said
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.title_expiry import Expiring
    from ui.kit.background import Background

HEADS = (N_("Right"), N_("What ends"), N_("About"), N_("Ends on"), N_("Days left"), Own(""))
STRETCH = (5, 2, 4, 2, 2, 0)
SOON, MOST = 30, 300  # days that are few; rows that are shown
TERM = N_("Term of use")
WATCHED = frozenset({"title", "title_event", "compound"})


class ExpiringPage(QWidget):
    """`open_requested` names the list a record is of, and a row that says which title."""

    open_requested = Signal(str, object)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background = background
        self.head = PageHead(N_("Expiring"), facts=Own(" "))
        self.wrong = Banner("bad", Own(""))
        self.wrong.hide()
        self.grid = QGridLayout()
        self.grid.setContentsMargins(19, 12, 19, 12)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        for at, stretch in enumerate(STRETCH):
            self.grid.setColumnStretch(at, stretch)
        self.links: list[LinkButton] = []
        self.empty = EmptyState(
            "hourglass", N_("Nothing ends soon"),
            N_("Terms of use, mortgages and seizures stand here half a year before they end."),
        )  # fmt: skip
        card = Card(self.grid, pad=0, gap=0, margins=(1, 1, 1, 1))
        self.stack = QStackedWidget()
        self.stack.addWidget(ScrollPage(card, None, margin=0))
        self.stack.addWidget(self.empty)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, (self.stack, 1), gap=14, margins=margins))
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read)
        background.changed.connect(self._touched)
        self.read()

    def read(self) -> None:
        """Read what ends."""
        self.background.ask(_read, self._got, self._refused, tag=f"expiring{id(self)}")

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & WATCHED:
            self.read()

    def _got(self, rows: list[Expiring]) -> None:
        self.wrong.hide()
        while (old := self.grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.links.clear()
        self.stack.setCurrentIndex(0 if rows else 1)
        past = sum(found.days < 0 for found in rows)
        self.head.show_facts(
            said(N_("{n} end within half a year or have ended; {past} have ended"), n=len(rows), past=past)
        )
        for at, name in enumerate(HEADS):
            self.grid.addWidget(Note(name), 0, at)
        for line, found in enumerate(rows[:MOST]):
            self._line(2 * line + 1, found)
        if len(rows) > MOST:
            self.grid.addWidget(Note(N_("{n} more follow"), n=len(rows) - MOST), 2 * MOST + 1, 0, 1, len(HEADS))

    def _line(self, at: int, found: Expiring) -> None:
        self.grid.addWidget(HairLine(), at, 0, 1, len(HEADS))
        tone = "bad" if found.days < 0 else "warn" if found.days <= SOON else "idle"
        left: Message = counted("{n} day", "{n} days", found.days)
        if found.days < 0:
            left = said(N_("ended {n} days ago"), n=-found.days)
        what: Message = TERM if found.kind == "term" else f"title_event.kind={found.kind}"
        until = Text(Own(found.until.isoformat()), tone="bad" if found.days < 0 else "text")
        link = LinkButton(N_("Open title"), "arrow-right")
        link.setAccessibleDescription(found.location)
        link.clicked.connect(partial(self._open, found))
        self.links.append(link)
        parts: tuple[QWidget, ...] = (
            TwoLine(Own(found.location), Own(f"{found.number} · {found.compound}")), Text(what, elide=True),
            Text(Own(found.about or "—"), elide=True), until, _left(Pill(left, tone)), link,
        )  # fmt: skip
        for column_, part in enumerate(parts):
            self.grid.addWidget(part, at + 1, column_)
        self.grid.setRowMinimumHeight(at + 1, 42)

    def _open(self, found: Expiring, _checked: bool = False) -> None:
        self.open_requested.emit("titles", {"id": found.title_id})

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.background.failed.emit(error)
            return
        self.wrong.say(said(error.message, **error.values))
        self.wrong.show()


def _left(pill: Pill) -> QWidget:
    around = QWidget()
    around.setLayout(row(pill, None))
    return around


def _read(desk: Desk) -> list[Expiring]:
    found: list[Expiring] = desk.ask("titles.expiring", on=today())
    return found
