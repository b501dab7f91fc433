"""Whether what a title covers may be disposed of or leased: every reason against it, with the rule it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.rights import Effect, Purpose
from ui.kit.card import Card, HairLine
from ui.kit.layout import column, row
from ui.kit.page import PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.text import Body, Heading, Message, Note, Own, Text, said
from ui.kit.tile import Icon

if TYPE_CHECKING:
    from services.rights import Answer
    from services.title_sheet import Sheet

SAYS = {
    "unregistered": N_("The right is not registered"),
    "filed": N_("It is only filed on record, not registered"),
    "leased_in": N_("It is only leased and belongs to its owner, who must agree to a sublease"),
    "cancelled": N_("The registration was cancelled"),
    "seized": N_("It is seized"),
    "disputed": N_("It is in dispute"),
    "objection": N_("An objection is registered"),
    "mortgaged": N_("It is mortgaged: the creditor must be told, and what was agreed holds"),
    "lost": N_("The paper is lost: have it issued anew first"),
    "co_owned": N_("Others own it too and must agree"),
    "sold": N_("It was sold as public housing"),
    "in_use": N_("It is in use"),
    "office": N_("It is office space: the approval of the office-space authority comes first"),
}
ASKS = {Purpose.DISPOSE: N_("Disposal"), Purpose.LEASE: N_("Lease")}
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
        cards = [_card(purpose, answer) for purpose, answer in found]
        note = Body(N_("This says what the records know. Whoever decides looks at the papers."), tone="text3")
        self.setLayout(column((ScrollPage(self.head, row(*((card, 1) for card in cards), gap=16), note, None), 1)))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)

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
        if named := "、".join(filter(None, about[finding.code])):
            lines.addWidget(Note(Own(named), tone="text2", wrap=True))
        source: Message = said(N_("{effect} · {source}"), effect=said(effect)(), source=finding.source)
        lines.addWidget(Note(source, wrap=True))
        symbol = Icon("circle-x" if refuses else "triangle-alert", tone, 16)
        card.add(row(column(symbol, None), (lines, 1), gap=10))
    if not answer.findings:
        card.add(Body(N_("The records know no reason against it."), tone="text2"))
    card.add(None)
    return card
