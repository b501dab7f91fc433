"""A stocktake before its books are frozen: what it is over, and the teams that will count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit import show
from ui.kit.button import Button, LinkButton
from ui.kit.card import Card, HairLine, KeyValue, SectionHead
from ui.kit.layout import column, emptied, hide_unless, row
from ui.kit.text import Body, Message, Own, TwoLine, said, words
from ui.kit.tile import IconTile

FACTS = ("compound", "building", "room", "unit", "keeper", "class_prefix", "reason", "base_on", "due_on", "blind",
         "note")  # fmt: skip
ALL = {"building": N_("all buildings"), "room": N_("all rooms"), "unit": N_("all units"), "keeper": N_("all keepers"),
       "class_prefix": N_("all classes")}  # fmt: skip
NO_TEAM = N_("Nobody counts yet. Form a team of two: one person counts, another watches.")
HINT = N_(
    "Starting freezes the books: every card of the scope that was there on the base date becomes a line. What changes"
    " later is told from it; the scope cannot be changed any more."
)
Row = Mapping[str, Any]


class DraftSide(QWidget):
    """`asked`: an act, and the team it is about, if it is about one."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.form = Button(N_("Form a team…"), "users", small=True)
        self.form.clicked.connect(partial(self._ask, "stocktakes.team", None))
        self.none, self.teams = Body(NO_TEAM, tone="text3"), column(gap=8)
        self.facts = {name: KeyValue(_label(name)) for name in FACTS}
        teams = Card(SectionHead(N_("Teams"), self.form), self.none, self.teams)
        scope = Card(SectionHead(N_("What is counted")), *self.facts.values(), HairLine(), Body(HINT), gap=9)
        self.setLayout(row((column(teams, None, gap=0), 1), (column(scope, None, gap=0), 1), gap=14))

    def show_draft(self, about: Row, teams: Sequence[Row], *, may: bool) -> None:
        """Show another draft and its teams; they can be changed by who may."""
        for name, line in self.facts.items():
            line.say(_value(about, name))
        hide_unless(may, self.form)
        self.form.setVisible(may)
        self.none.setVisible(not teams)
        emptied(self.teams)
        for team in teams:
            self.teams.addWidget(self._team(team, may=may))

    def _team(self, team: Row, *, may: bool) -> QWidget:
        made = QWidget()
        leave = LinkButton(N_("Disband"), "x", after=False)
        leave.clicked.connect(partial(self._ask, "stocktakes.disband", team))
        hide_unless(may, leave)
        who = said(N_("{counter} counts, {supervisor} watches"), counter=team["counter"], supervisor=team["supervisor"])
        made.setLayout(row(IconTile("users", "info", 32), (TwoLine(Own(str(team["name"])), who), 1), leave, gap=12))
        leave.setAccessibleName(f"{words(N_('Disband'))} {team['name']}")
        return made

    def _ask(self, act: str, team: Row | None, _checked: bool = False) -> None:
        self.asked.emit(act, team)


def _label(name: str) -> str:
    return f"stocktake.{name}_id" if name in ("compound", "building", "room", "unit", "keeper") else f"stocktake.{name}"


def _value(about: Row, name: str) -> Message:
    value = about.get(name)
    if name == "reason":
        return f"stocktake.reason={getattr(value, 'value', value)}"
    if name == "blind":
        return N_("yes, who counts does not see the books' pieces") if value else N_("no, by open lists")
    if value in (None, ""):
        return ALL.get(name, Own(show.NOTHING))
    return Own(str(value))
