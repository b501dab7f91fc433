"""The ledger of a title as a line of time, newest first; only what still limits the right is coloured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import N_
from services.title_state import STARTS
from ui.kit import icons, show
from ui.kit.button import IconButton, LinkButton
from ui.kit.card import Card
from ui.kit.layout import column, emptied, hide_unless, row
from ui.kit.text import Body, Follower, Message, Note, Own, Text, counted, said, words
from ui.kit.theme import colour
from ui.kit.tile import Icon, inks
from ui.screens.title_events import HOLDER, PARTY, icon

if TYPE_CHECKING:
    from services.title_sheet import Entry, Sheet

DISC, SYMBOL = 28, 14
WORSE = frozenset({"seizure", "dispute_opened"})


class Stop(QWidget, Follower):
    """A disc with an icon, and the line that leads down to the entry before."""

    def __init__(self, icon: str, kind: str, *, last: bool) -> None:
        super().__init__()
        self._icon, self._kind, self._last = icon, kind, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.follow()

    def look(self) -> None:
        """Colours changed."""
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(DISC, DISC)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        front, back = inks(self._kind)
        if not self._last:
            painter.setPen(QPen(colour("border"), 1))
            painter.drawLine(QPointF(DISC / 2, DISC + 4), QPointF(DISC / 2, self.height() - 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawEllipse(QRectF(0, 0, DISC, DISC))
        icons.draw(painter, self._icon, front, (DISC - SYMBOL) / 2, (DISC - SYMBOL) / 2, SYMBOL)


class EntryRow(QWidget):
    """One entry: what happened and when, in one sentence, by which paper; what can be done about it."""

    asked = Signal(str)  # "end", "strike" or "files"

    def __init__(self, entry: Entry, files: int | None, *, last: bool, may_end: bool, may_strike: bool) -> None:
        super().__init__()
        self.entry = entry
        kind = ("bad" if entry.kind.value in WORSE else "warn") if entry.open else "idle"
        stop = Stop(icon({"kind": entry.kind}), kind, last=last)
        self.title = Text(f"title_event.kind={entry.kind.value}", weight=600, elide=True)
        self.sentence, self.paper = Note(sentence(entry), tone="text2", wrap=True), Note(Own(entry.paper), elide=True)
        lines = column(row((self.title, 1), Note(Own(entry.on.isoformat()))), gap=4, margins=(0, 4, 0, 14))
        if self.sentence.text():
            lines.addWidget(self.sentence)
        strike = IconButton(
            "undo-2", said(N_("Take off entry {number}"), number=entry.number), tone="text3", size=22, symbol=13
        )
        strike.clicked.connect(partial(self._ask, "strike"))
        hide_unless(may_strike, strike)
        lines.addLayout(row(*self._proof(files), (self.paper, 1), strike, gap=5))
        if entry.open:
            end = LinkButton(f"title_event.kind={STARTS[entry.kind].value}", "arrow-right")
            end.clicked.connect(partial(self._ask, "end"))
            hide_unless(may_end, end)
            lines.addLayout(row(Note(N_("Still open"), tone=kind), None, end))
        self.setLayout(row(stop, (lines, 1), gap=12))
        self.setAccessibleName(words(f"title_event.kind={entry.kind.value}"))

    def _proof(self, files: int | None) -> list[QWidget]:
        """The way to the scans, with their number; None: nobody may see them here."""
        if files is None:
            return [Icon("paperclip", "text3", 13)]
        label = said(N_("Attachments of entry {number}"), number=self.entry.number)
        self.files = IconButton("paperclip", label, tone="primary" if files else "text3", size=22, symbol=13)
        self.files.clicked.connect(partial(self._ask, "files"))
        return [self.files, Note(Own(f"{files}"), tone="primary")] if files else [self.files]

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.asked.emit(what)


class LedgerCard(Card):
    """All entries up to the day. `asked`: "end", "strike" or "files", and the entry."""

    asked = Signal(str, object)

    def __init__(self, *, may_enter: bool, may_strike: bool) -> None:
        super().__init__(gap=12)
        self._may_enter, self._may_strike = may_enter, may_strike
        self.count = Note()
        self.add(row(Text(N_("Ledger"), px=14, weight=600), None, self.count))
        self.lines = column(gap=0)
        self.add(self.lines)
        self.empty = Body(
            N_("Nothing is entered yet. Begin with the oldest paper there is: “Enter event”."), tone="text3"
        )
        self.add(self.empty)
        self.add(None)
        self.later = Note(wrap=True)
        self.add(self.later)
        foot = Note(N_("Every entry is in the signed journal; taking one off leaves its reason there."), wrap=True)
        self.add(row(Icon("shield-check", "ok", 15), (foot, 1), gap=6))
        self.rows: list[EntryRow] = []

    def show_sheet(self, sheet: Sheet, files: Mapping[UUID, int] | None = None) -> None:
        """Show the entries of a day, with how many files there are about each."""
        emptied(self.lines)
        self.rows.clear()
        for at, entry in enumerate(sheet.events):
            last = at == len(sheet.events) - 1
            kept = None if files is None else files.get(entry.id, 0)
            made = EntryRow(entry, kept, last=last, may_end=self._may_enter, may_strike=self._may_strike)
            made.asked.connect(partial(self._ask, entry))
            self.rows.append(made)
            self.lines.addWidget(made)
        self.count.say(counted("{n} entry", "{n} entries", len(sheet.events)))
        self.empty.setVisible(not sheet.events and not sheet.later)
        self.later.setVisible(bool(sheet.later))
        self.later.say(
            counted(
                "{n} later entry is not shown on this day.", "{n} later entries are not shown on this day.", sheet.later
            )
        )

    def _ask(self, entry: Entry, what: str) -> None:
        self.asked.emit(what, entry)


def sentence(entry: Entry) -> Message:
    """What an entry says, in one line."""

    def say() -> str:
        kind, parts = entry.kind.value, list[str]()
        if entry.who:
            parts.append(words(PARTY.get(kind, HOLDER), who=entry.who))
        parts += [text for text in (entry.room, entry.certificate, entry.use) if text]
        parts += [f"{show.area(entry.area)} m²"] if entry.area is not None else []
        parts += [f"¥ {show.money(entry.amount)}"] if entry.amount is not None else []
        for day in (entry.term_until, entry.until_on):
            parts += [words(N_("until {day}"), day=day.isoformat())] if day else []
        parts += [entry.note] if entry.note else []
        return " · ".join(parts)

    return say
