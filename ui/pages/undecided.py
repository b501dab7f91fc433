"""The board of cards whose class is to be decided: what they say, what it probably is, confirmed by a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from resources.words import N_
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.going import ToForm
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, hide_unless
from ui.kit.messages import confirm, toast
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage, asking
from ui.kit.screen import Section
from ui.kit.text import Message, Own, counted, words
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.undecided import Undecided
    from ui.kit.background import Background

HEADS = (Head("asset.name"), Head(N_("What the register says"), 220), Head(N_("Cards"), 80, right=True),
         Head(N_("Proposal"), 280))  # fmt: skip
CLASS = (Section(N_("Class"), N_("Class by GB/T 14885-2022: type its code or name."), ("class_code", 6)),)
NONE = N_("Every card has a class of GB/T 14885-2022.")
BOARD = N_("Classes to decide")


class UndecidedPage(ReadPage):
    """Enter chooses a class for the marked cards; the proposal is confirmed by a button."""

    watched = frozenset({"asset"})
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.groups: list[Undecided] = []
        may = background.desk.may("assets.revise_many")
        self.other = Button(N_("Another class…"), "pencil")
        self.sure = Button(N_("Confirm all exact ones"), "check")
        self.take = Button(N_("Confirm proposal"), "check", kind="primary")
        for button, slot in ((self.other, self._other), (self.sure, self._sure), (self.take, self._take)):
            button.clicked.connect(slot)
            hide_unless(may, button)
        self.head = PageHead(BOARD, self.other, self.sure, self.take, facts=Own(" "))
        self.grid = Grid(BOARD, HEADS)
        self.none = EmptyState("circle-check", NONE, "")
        self.none.hide()
        card = Card(gap=0, margins=(1, 1, 1, 1))
        card.box.addWidget(self.grid, 1)
        card.box.addWidget(self.none, 1)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, (card, 1), gap=14, margins=margins))
        self.grid.opened.connect(self._other)
        self.grid.marked.connect(self._marked)
        self.begin()

    def question(self) -> Callable[[Desk], list[Undecided]]:
        """What is to be decided."""
        return asking("assets.undecided")

    def _got(self, groups: list[Undecided]) -> None:
        self.groups = groups
        self.grid.setVisible(bool(groups))
        self.none.setVisible(not groups)
        self.grid.show_lines([_line(n, group) for n, group in enumerate(groups)])
        if groups and self.grid.key() is None:
            self.grid.mark(0)
            if self.isVisible():
                self.grid.setFocus()
        cards = sum(len(group.assets) for group in groups)
        self.head.show_facts(counted("{n} card without a class", "{n} cards without a class", cards))
        self.sure.setEnabled(any(group.proposal and group.proposal.sure for group in groups))
        self._marked()

    def _group(self) -> Undecided | None:
        key = self.grid.key()
        return self.groups[key] if isinstance(key, int) and key < len(self.groups) else None

    def _marked(self, *_: object) -> None:
        group = self._group()
        self.take.setEnabled(group is not None and group.proposal is not None)
        self.other.setEnabled(group is not None)

    # Deciding

    def _take(self) -> None:
        if (group := self._group()) is not None and group.proposal is not None:
            self._decide([group])

    def _sure(self) -> None:
        """All cards whose register calls the class exactly as the standard does, after one question."""
        sure = [group for group in self.groups if group.proposal and group.proposal.sure]
        cards = sum(len(group.assets) for group in sure)
        question = counted("The class of {n} card is set.", "The class of {n} cards is set.", cards)
        if sure and confirm(self, N_("Confirm all exact ones"), question, N_("Confirm")):
            self._decide(sure)

    def _decide(self, groups: list[Undecided]) -> None:
        for group in groups:
            assert group.proposal is not None
            values: dict[str, Any] = {"asset_ids": list(group.assets), "class_code": group.proposal.code}
            self.background.do("assets.revise_many", values, self._done, self._refused)

    def _done(self, done: Done[int]) -> None:
        toast(self, counted("{n} card has its class", "{n} cards have their class", done.value))

    def _other(self, *_: object) -> None:
        if (group := self._group()) is not None:
            initial = {"class_code": group.proposal.code} if group.proposal else {}
            fixed, title = {"asset_ids": list(group.assets)}, N_("Another class…")
            self.went.emit(ToForm("assets.revise_many", title, fixed, initial, CLASS, Own(group.name)))


def _line(n: int, group: Undecided) -> Line:
    def cells() -> list[Cell]:
        told = " ".join(filter(None, (group.code, f"({group.edition})" if group.edition else "", group.text)))
        found = group.proposal
        proposal = Cell(Own("—"), tone="text3")
        if found is not None:
            exact: Message = N_("called exactly so") if found.sure else N_("found in the name")
            if found.source:
                exact = partial(_found_in, found.source)
            proposal = Cell(Own(f"{found.code} {found.name}"), found.code, note=exact,
                            note_tone="ok" if found.sure else "text3")  # fmt: skip
        count = len(group.assets)
        return [
            Cell(Own(group.name), group.name),
            Cell(Own(told or "—"), told),
            Cell(Own(f"{count:,}"), count),
            proposal,
        ]

    return Line(n, cells)


def _found_in(source: str) -> str:
    return words(N_("found in the name; {source}"), source=words(show.source(source)))
