"""The counters above a stocktake, and the team somebody counts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import N_
from ui.kit.card import Card
from ui.kit.layout import column, row
from ui.kit.progress import Bar
from ui.kit.switches import MenuButton
from ui.kit.text import Figure, Message, Note, Own, counted, said, words
from ui.kit.tile import IconTile

if TYPE_CHECKING:
    from services.stocktake_sheet import Progress

FORM = N_("Form a team…")
NO_TEAM = N_("No team yet")
TILES = (  # name, icon, kind of tile, colour of the bar
    (N_("As in the books"), "circle-check", "ok", "okfill"),
    (N_("Pending"), "clock", "idle", "text3"),
    (N_("Losses"), "circle-x", "bad", "badfill"),
    (N_("Surpluses"), "plus", "info", "primary"),
)
SEEN = "stocktake_line.result=counted"
Row = Mapping[str, Any]


class CountTile(Card):
    """One counter: how many cards, a remark, and its share as a bar."""

    def __init__(self, name: Message, icon: str, kind: str, tone: str) -> None:
        super().__init__(pad=14, gap=8)
        self.figure, self.remark = Figure(Own("—")), Note(elide=True)
        self.bar = Bar(name, 0, 1, tone=tone, height=4)
        self.name = Note(name, elide=True)
        lines = column(self.name, row(self.figure, (self.remark, 1), gap=8), gap=0)
        self.add(row(IconTile(icon, kind, 40), (lines, 1), gap=14))
        self.add(self.bar)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, count: int, whole: int, remark: Message) -> None:
        """Show another count of `whole`."""
        self.figure.say(Own(f"{count:,}"))
        self.remark.say(remark)
        self.bar.tell(count, max(whole, count, 1))


class Counters(QWidget):
    """As in the books, pending, lost, in no book."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles = [CountTile(*tile) for tile in TILES]
        self.setLayout(row(*((tile, 1) for tile in self.tiles), gap=14))

    def show_progress(self, found: Progress) -> None:
        """Show how far it is. What lies elsewhere is there; of losses too few pieces count as one card."""
        there, lost = found.counted + found.matched + found.elsewhere + found.over, found.missing + found.short
        aside: Message = said(N_("{n} elsewhere"), n=found.elsewhere) if found.elsewhere else Own("")
        remarks: tuple[Message, ...] = (
            _with(_share(there, found.cards), aside), Own(_share(found.pending, found.cards)),
            N_("to be explained") if lost else Own(""),
            counted("{n} unknown code waits", "{n} unknown codes wait", found.unknown) if found.unknown
            else N_("in no book, counted apart") if found.surplus else Own(""),
        )  # fmt: skip
        for tile, count, remark in zip(self.tiles, (there, found.pending, lost, found.surplus), remarks, strict=True):
            tile.say(count, found.cards, remark)
        self.tiles[0].name.say(SEEN if found.hidden else TILES[0][0])


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else ""


def _with(first: str, more: Message) -> Message:
    return lambda: " · ".join(filter(None, (first, words(more))))


class TeamButton(MenuButton):
    """For which team somebody counts. `chosen`: its id; `wanted`: a new one."""

    chosen = Signal(object)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("users")
        self.teams: Sequence[Row] = ()
        self.team: UUID | None = None
        self.may_form = False
        self.follow()

    def show_teams(self, teams: Sequence[Row], *, may_form: bool) -> None:
        """Show other teams; the one in force stays, the first is taken where there is none."""
        self.teams, self.may_form = teams, may_form
        if self.team not in [team["id"] for team in teams]:
            self.team = teams[0]["id"] if teams else None
        self.look()

    def mine(self) -> Row | None:
        """The team in force."""
        return next((team for team in self.teams if team["id"] == self.team), None)

    def choose(self, team: UUID) -> None:
        """Count for another team."""
        self.team = team
        self.look()

    def look(self) -> None:
        """Name the team in force, and fill the menu."""
        self.menu_.clear()
        for team in self.teams:
            act = self.menu_.addAction(named(team))
            act.setCheckable(True)
            act.setChecked(team["id"] == self.team)
            act.triggered.connect(partial(self._take, team["id"]))
        if self.may_form:
            self.menu_.addAction(words(FORM)).triggered.connect(self._want)
        mine = self.mine()
        shown = str(mine["name"]) if mine else words(NO_TEAM)
        self.show_word(shown, N_("Team: {team}"), team=named(mine) if mine else shown)

    def _take(self, team: UUID, _checked: bool = False) -> None:
        self.choose(team)
        self.chosen.emit(team)

    def _want(self, _checked: bool = False) -> None:
        self.wanted.emit()


def named(team: Row) -> str:
    """A team with its two persons."""
    return words(N_("{team}: {counter} counts, {supervisor} watches"), team=team["name"], counter=team["counter"],
                 supervisor=team["supervisor"])  # fmt: skip
