"""The head of a stocktake: which one it is, for whom somebody counts, its papers, the next step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import SYMBOLS, Banner
from ui.kit.layout import hide_unless
from ui.kit.page import PageHead
from ui.kit.pill import Pill
from ui.kit.text import Own, restyle, words
from ui.pages.stocktake_menus import ActMenu, more, papers
from ui.pages.stocktake_reading import Read
from ui.pages.stocktake_tiles import TeamButton
from ui.pages.stocktake_words import waited_for
from ui.screens.stocktakes import STATES

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.stocktake_differences import Difference

NEXT = {  # by state: the act of the one primary button, its word and icon
    "draft": ("stocktakes.start", N_("Start counting"), "check"),
    "counting": ("stocktakes.finish", N_("End counting"), "check"),
    "explaining": ("stocktakes.report", N_("Report"), "check"),
    "reported": ("stocktakes.approve", N_("Record approval…"), "stamp"),
    "approved": ("stocktakes.settle", N_("Draft the documents"), "file-text"),
    "settled": ("stocktakes.close", N_("Close stocktake"), "check"),
}
BESIDE = (  # act, word, icon, states
    ("stocktakes.resume", N_("Resume counting"), "undo-2", ("explaining",)),
    ("stocktakes.send_back", N_("Sent back…"), "circle-x", ("reported",)),
)
Step = tuple[str, str, str]


class StocktakeHead(PageHead):
    """`asked` names an act; `printed` a paper."""

    asked = Signal(str)
    printed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.team, self.next = TeamButton(), Button(N_("Start counting"), "check", kind="primary")
        self.more, self.print = ActMenu("ellipsis", N_("More")), ActMenu("printer", N_("Print"))
        self.beside = {act: Button(word, icon) for act, word, icon, _ in BESIDE}
        for part in (self.team, self.more, self.print, self.next, *self.beside.values()):
            hide_unless(False, part)  # until it is known what fits
        super().__init__("stocktake", self.team, self.more, self.print, *self.beside.values(), self.next,
                         back=(("stocktakes", "stocktakes"),), facts=Own(" "))  # fmt: skip
        self.step: Step | None = None
        self.found: Read | None = None
        for act, button in self.beside.items():
            button.clicked.connect(partial(self._ask, act))
        self.next.clicked.connect(self._next)
        self.more.chosen.connect(self._ask)
        self.print.chosen.connect(self._print)
        self.team.wanted.connect(partial(self.asked.emit, "stocktakes.team"))

    def show_found(self, found: Read, *, room: bool, busy: bool) -> None:
        """Say what was read; `room`: somebody stands in one; `busy`: something runs that is waited for."""
        state, self.found = found.state, found
        self.title.say(Own(str(found.progress.row["title"])))
        self.show_pills(Pill(f"stocktake.state={state}", STATES[state]))
        self.show_facts(self._line)
        self.team.setVisible(state == "counting")
        self.more.offer(more(state, self.desk.may))
        self.print.offer(papers(state, self.desk.may, team=self.team.team is not None, room=room))
        for act, _, _, states in BESIDE:
            self.beside[act].setVisible(state in states and self.desk.may(act))
        self.step = step_of(state, found.differences)
        self.next.setVisible(self.step is not None and self.desk.may(self.step[0]))
        self.next.setEnabled(not busy)
        if self.step:
            self.next.say(self.step[1], self.step[2])

    def _line(self) -> str:
        assert self.found is not None
        about, team = self.found.progress.row, self.team.mine() if self.found.state == "counting" else None
        parts = [
            str(about["number"]), words(N_("as of {date}"), date=about["base_on"]),
            words(N_("{n} cards frozen"), n=f"{self.found.progress.cards:,}") if self.found.state != "draft" else "",
            words(N_("counted blind")) if about["blind"] else "",
            words(N_("counter {name}"), name=team["counter"]) if team else "",
            words(N_("supervisor {name}"), name=team["supervisor"]) if team else "",
            *(str(about[name] or "") for name in ("compound", "building", "room", "unit", "keeper")),
        ]  # fmt: skip
        return " · ".join(filter(None, parts))

    def _next(self) -> None:
        if self.step is not None:
            self.asked.emit(self.step[0])

    def _print(self, stage: str) -> None:
        self.printed.emit(stage)

    def _ask(self, act: str, _checked: bool = False) -> None:
        self.asked.emit(act)


def step_of(state: str, found: Sequence[Difference]) -> Step | None:
    """The next step: once it is approved the documents, and when they are done the end."""
    if state != "approved":
        return NEXT.get(state)
    open_ = [one for one in found if not one.settled]
    if not open_:
        return NEXT["settled"]
    return NEXT["approved"] if any(one.document is None or one.document.void for one in open_) else None


class Waiting(Banner):
    """What a stocktake waits for."""

    def __init__(self) -> None:
        super().__init__("info", Own(""))
        hide_unless(False, self)

    def show_found(self, found: Read) -> None:
        """Say another sentence, or none."""
        tone, sentence = waited_for(found.state, found.differences)
        self.setVisible(bool(sentence))
        if self.property("kind") != tone:
            self.setProperty("kind", tone)
            self.symbol.show_icon(SYMBOLS[tone], tone)
            self.sentence.tone(tone)
            restyle(self)
        self.say(sentence or Own(""))
