"""Menus at the head of a stocktake: what else can be done, and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from resources.words import N_
from services.desk.intent import INTENTS, QUERIES
from ui.kit.switches import MenuButton
from ui.kit.text import Message, words

PAPER = "stocktakes.paper"
COUNTED = ("explaining", "reported", "approved", "closed")
DECIDED = ("approved", "closed")
PAPERS = (  # stage, word, states
    ("sheet", N_("Count sheet"), ("counting", *COUNTED)),
    ("team", N_("Count sheet of this team"), ("counting",)),
    ("room", N_("Count sheet of this room"), ("counting",)),
    ("surplus", N_("Surplus list"), COUNTED),
    ("loss", N_("Loss list"), COUNTED),
    ("differences", N_("Explanation of differences"), COUNTED),
    ("approval", N_("Approval sheet"), ("reported", *DECIDED)),
    ("adjustments", N_("Adjustment list"), DECIDED),
    ("report", N_("Stocktake report"), COUNTED),
)
MORE = (  # act, word, states
    ("stocktakes.enter_sheet", N_("Type in a printed sheet…"), ("counting",)),
    ("stocktakes.read_in", N_("Read in the file of a device…"), ("counting",)),
    ("stocktakes.surplus", N_("Enter a surplus…"), ("counting", "explaining")),
    ("stocktakes.assign", N_("Assign rooms to teams…"), ("counting",)),
    ("stocktakes.revise", N_("Revise…"), ("draft",)),
    ("stocktakes.recall", N_("Recall the report"), ("reported",)),
    ("stocktakes.cancel", N_("Cancel stocktake…"), ("draft", "counting", "explaining")),
)


class ActMenu(MenuButton):
    """A word that opens a menu. `chosen` tells the key of what was chosen; with nothing to choose it is not shown."""

    chosen = Signal(object)

    def __init__(self, icon: str, word: Message) -> None:
        super().__init__(icon)
        self._word, self._acts = word, list[tuple[Any, Message]]()
        self.follow()

    def offer(self, acts: Sequence[tuple[Any, Message]]) -> None:
        """Offer other things. Before it stands in its page it would come up as a window of its own."""
        self._acts = list(acts)
        if not acts or self.parentWidget() is not None:
            self.setVisible(bool(acts))
        self.look()

    def call(self, word: Message) -> None:
        """Stand there under another word."""
        self._word = word
        self.look()

    def look(self) -> None:
        """Say the words again."""
        self.show_word(words(self._word), self._word)
        self.menu_.clear()
        for key, word in self._acts:
            self.menu_.addAction(words(word)).triggered.connect(partial(self._take, key))

    def _take(self, key: Any, _checked: bool = False) -> None:
        self.chosen.emit(key)


def papers(state: str, may: Any, *, team: bool, room: bool) -> list[tuple[str, Message]]:
    """The papers there are in a state."""
    there = PAPER in QUERIES and may(PAPER)
    named = {"team": team, "room": room}
    return [(stage, word) for stage, word, states in PAPERS if there and state in states and named.get(stage, True)]


def more(state: str, may: Any) -> list[tuple[str, Message]]:
    """What else can be done in a state."""
    return [(act, word) for act, word, states in MORE if state in states and act in INTENTS and may(act)]
