"""The skills of a matrix that hang on too few people: what, why, and what to do next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.certificate_state import State
from services.skill_matrix import Matrix
from services.skill_risks import Holder, Risk, Weak
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine
from ui.kit.layout import column, emptied, row
from ui.kit.page import ScrollPage
from ui.kit.pill import Pill
from ui.kit.text import Body, Heading, Message, Note, counted, said, words
from ui.kit.tile import Icon

WIDTH, NAMED = 316, 3
NONE = N_("Every skill the posts ask for is held by enough people.")
SHORT = N_("{valid} hold it, {needed} must.")
ONLY, ALONE = N_("Only {name} holds it."), N_("One person alone holds it.")
SOON = N_("In {days} days {after} will hold it, {needed} must.")
ENDED = {
    State.EXPIRED: N_("{name}'s expired on {date}"), State.RECHECK: N_("{name}'s re-check was due on {date}"),
    State.REVOKED: N_("{name}'s was withdrawn"), State.AHEAD: N_("{name}'s is not valid yet"),
}  # fmt: skip
ENDING = N_("{name}'s ends on {date}")
RENEW, RECHECK, SHOW = N_("Renew {name}'s"), N_("Record {name}'s re-check"), N_("Show its certificates")


class RiskPane(QWidget):
    """`renew_asked` names a holder whose paper is to be renewed, `show_asked` the kinds of a skill."""

    renew_asked = Signal(object)  # Holder
    show_asked = Signal(object)  # Group
    chosen = Signal(str)  # a kind

    def __init__(self, may_renew: bool) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.may_renew = may_renew
        self.links: list[LinkButton] = []
        self.count = Note("")
        self.cards = column(gap=12)
        self.note = Body(N_("Only one person holds a valid certificate, or fewer than the posts need."), tone="text3")
        self.none = Body(NONE)
        inner = QWidget()
        inner.setProperty("box", "clear")
        inner.setLayout(column(self.cards, None, gap=0))
        self.pages = ScrollPage(inner, None, margin=0)
        head = row(Heading(N_("Single points of failure")), None, self.count)
        card = Card(head, self.note, self.none, (self.pages, 1), pad=16, gap=10)
        self.setLayout(column((card, 1)))

    def put(self, matrix: Matrix) -> None:
        """Show the risks of a matrix."""
        emptied(self.cards)
        self.links.clear()
        self.count.say(counted("{n} skill", "{n} skills", len(matrix.risks)))
        self.none.setVisible(not matrix.risks)
        self.note.setVisible(bool(matrix.risks))
        self.pages.setVisible(bool(matrix.risks))
        for risk in matrix.risks:
            self.cards.addWidget(self._card(risk, matrix))

    def _card(self, risk: Risk, matrix: Matrix) -> Card:
        bad = risk.weak is Weak.SHORT
        name = Heading(f"certificate_kind.code={risk.group[0]}", px=13)
        top = row(Icon("triangle-alert" if bad else "user", "bad" if bad else "warn", 16), name, None, _pill(risk))
        made = Card(top, pad=14, gap=8)
        if matrix.compounds > 1:
            made.add(Note(said("{text}", text=risk.compound), elide=True))
        made.add(Body(partial(why, risk, matrix.near)))
        made.add(HairLine())
        link = self._link(risk)
        self.links.append(link)
        made.add(row(link, None))
        return made

    def _link(self, risk: Risk) -> LinkButton:
        """To the paper that is to be renewed, or to all of them."""
        waiting = next((one for one in (*risk.ended, *risk.ending) if _renewable(one)), None)
        if waiting is None or not self.may_renew:
            link = LinkButton(SHOW, "arrow-right")
            link.clicked.connect(partial(self._show, risk))
        else:
            word = RECHECK if waiting.state is State.RECHECK else RENEW
            link = LinkButton(word, "arrow-right", name=waiting.name)
            link.clicked.connect(partial(self._renew, waiting))
        link.setAccessibleDescription(words(f"certificate_kind.code={risk.group[0]}"))
        return link

    def _renew(self, holder: Holder, _checked: bool = False) -> None:
        self.renew_asked.emit(holder)

    def _show(self, risk: Risk, _checked: bool = False) -> None:
        self.show_asked.emit(risk.group)


def _renewable(holder: Holder) -> bool:
    return holder.state not in (State.REVOKED, State.AHEAD)


def _pill(risk: Risk) -> Pill:
    if risk.weak is Weak.SHORT:
        return Pill(counted("{n} missing", "{n} missing", risk.needed - risk.valid), "bad")
    if risk.weak is Weak.ONLY:
        return Pill(N_("only one"), "warn")
    return Pill(counted("{n} will be left", "{n} will be left", risk.after), "warn")


def why(risk: Risk, near: int) -> str:
    """The sentences of a card."""
    first: Message
    if risk.weak is Weak.SHORT:
        first = said(SHORT, valid=risk.valid, needed=risk.needed)
    elif risk.weak is Weak.ONLY:
        first = said(ONLY, name=risk.sole) if risk.sole else ALONE
    else:
        first = said(SOON, days=near, after=risk.after, needed=risk.needed)
    whose = [said(ENDED[one.state], name=one.name, date=one.until or "") for one in risk.ended]
    whose += [said(ENDING, name=one.name, date=one.until or "") for one in risk.ending]
    told = words(N_("; ")).join(words(one) for one in whose[:NAMED])
    if len(whose) > NAMED:
        told = words(N_("{text} and {n} more"), text=told, n=len(whose) - NAMED)
    return words(N_("{first} {told}."), first=words(first), told=told) if told else words(first)
