"""Whether what a title covers may be disposed of or leased: every reason against it, with the rule it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from resources.words import N_, Word
from services.right_words import SAYS
from services.rights import Effect, Purpose
from ui.kit.card import Card, HairLine
from ui.kit.layout import column, row
from ui.kit.page import PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.text import Body, Heading, Note, Own, Text, said, words
from ui.kit.theme import LOOK
from ui.kit.tile import Icon

if TYPE_CHECKING:
    from services.rights import Answer
    from services.title_sheet import Sheet

ASKS = {Purpose.DISPOSE: N_("Disposal"), Purpose.LEASE: N_("Lease")}
MOST = 6  # users that are named; a building has hundreds, and the sheets of its rooms name them all
Found = Sequence[tuple[Purpose, "Answer"]]


class MayPage(QWidget):
    """Shows an answer for each purpose."""

    left = Signal()

    def __init__(self, sheet: Sheet, found: Found) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        facts = Own(f"{sheet.location} · {sheet.on.isoformat()}")
        self.head = PageHead(
            N_("May it be disposed of or leased?"), back=(("title", Own(sheet.location)),), facts=facts
        )
        self.head.went_back.connect(self._back)
        self.found, self.cards = found, row(gap=16)
        self._fill()
        LOOK.changed.connect(self._fill)
        note = Body(N_("This says what the records know. Whoever decides looks at the papers."), tone="text3")
        self.setLayout(column((ScrollPage(self.head, self.cards, note, None), 1)))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)

    def _fill(self) -> None:
        """In the language in force: a rule is cited as that language does."""
        while (old := self.cards.takeAt(0)) is not None:
            if (card := old.widget()) is not None:
                card.deleteLater()
        for purpose, answer in self.found:
            self.cards.addWidget(_card(purpose, answer), 1)

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def _card(purpose: Purpose, answer: Answer) -> Card:
    conditions = bool(answer.findings)
    state = Pill(N_("Refused"), "bad", icon="x") if not answer.allowed else (
        Pill(N_("Under conditions"), "warn", icon="triangle-alert") if conditions
        else Pill(N_("Nothing stands against it"), "ok", icon="check")
    )  # fmt: skip
    card = Card(row(Heading(ASKS[purpose]), None, state))
    about = {f.code: [each.about for each in answer.findings if each.code == f.code] for f in answer.findings}
    first = {finding.code: finding for finding in reversed(answer.findings)}  # one part a rule, about all it concerns
    for finding in sorted(first.values(), key=lambda f: f.effect is not Effect.REFUSE):
        card.add(HairLine())
        refuses = finding.effect is Effect.REFUSE
        tone, effect = ("bad", N_("Refuses")) if refuses else ("warn", N_("Condition"))
        lines = column(Text(SAYS[finding.code], weight=500, wrap=True), gap=3)
        if named := list(filter(None, about[finding.code])):
            lines.addWidget(_names(named))
        rule = finding.source if LOOK.lang == "en" else finding.source_zh
        lines.addWidget(Note(said(N_("{effect} · {source}"), effect=Word(effect), source=rule), wrap=True))
        symbol = Icon("circle-x" if refuses else "triangle-alert", tone, 16)
        card.add(row(column(symbol, None), (lines, 1), gap=10))
    if not answer.findings:
        card.add(Body(N_("The records know no reason against it."), tone="text2"))
    card.add(None)
    return card


def _names(every: Sequence[str]) -> Note:
    """What a reason is about; of many the first ones."""
    first = words(N_(", ")).join(every[:MOST])
    if len(every) <= MOST:
        return Note(Own(first), tone="text2", wrap=True)
    return Note(said(N_("{name} and {n} more"), name=first, n=len(every) - MOST), tone="text2", wrap=True)
