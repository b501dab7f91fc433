"""Whether the record that the foot of a paper names is still in the journal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from resources.words import N_
from services.desk.errors import UserError
from services.soundness import ANCHORED, Anchored
from ui import asks
from ui.kit.button import Button
from ui.kit.card import Banner, Card, SectionHead
from ui.kit.entry import Entry
from ui.kit.layout import column, hide_unless, row
from ui.kit.text import Body, said

if TYPE_CHECKING:
    from ui.kit.background import Background

TONES = {Anchored.UNCHANGED: "ok", Anchored.MISSING: "bad", Anchored.DIFFERENT: "bad"}
LARGEST = 2**63 - 1


class PaperCard(Card):
    """Two figures from the foot of a paper, and what became of that record."""

    def __init__(self, background: Background) -> None:
        super().__init__(gap=12)
        self.background = background
        self.record, self.digest = Entry("journal.record"), Entry("journal.digest")
        self.record.setFixedWidth(140)
        self.digest.setFixedWidth(260)
        self.go = Button(N_("Look it up"), "search")
        self.banners = {tone: Banner(tone) for tone in ("ok", "bad")}
        for banner in self.banners.values():
            hide_unless(None, banner)
        for entry in (self.record, self.digest):
            entry.entered.connect(self.ask)
            entry.edited.connect(self._hide)
        self.go.clicked.connect(self.ask)
        self.add(SectionHead(N_("A paper against the journal")))
        self.add(Body(N_("The foot of every issued paper names the newest record of the journal at issue. If it is not"
                         " there any more, records were cut off or replaced since.")))  # fmt: skip
        self.add(row(self.record, self.digest, column(22, self.go, None, gap=0), None, gap=12))
        for banner in self.banners.values():
            self.add(banner)

    def ask(self) -> None:
        """Look for the record."""
        self._hide()
        typed = self.record.text().replace(",", "").strip()
        if not (typed.isascii() and typed.isdigit() and int(typed) <= LARGEST):
            self.record.refuse(N_("Please type the number of the record"))
            self.record.setFocus()
            return
        work = partial(asks.anchored, int(typed), self.digest.text())
        self.background.ask(work, partial(self._show, int(typed)), self._refused, tag="anchored")

    def _show(self, record: int, found: Anchored) -> None:
        banner = self.banners[TONES[found]]
        banner.say(ANCHORED[found], record=record)
        banner.show()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.digest.refuse(said(error.message, **error.values))
            self.digest.setFocus()
        else:
            self.background.failed.emit(error)

    def _hide(self) -> None:
        for banner in self.banners.values():
            banner.hide()
