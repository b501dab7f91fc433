"""The four facts of a place, side by side: who holds, manages, may use and really uses it, each with its paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from resources.words import N_
from services.rights import Fact, Rights
from ui.kit.card import Card, FactTile, SectionHead
from ui.kit.layout import row
from ui.kit.text import Own, said

NAMES = (N_("Right holder"), N_("Managing unit"), N_("User by agreement"), N_("Actual user"))
NOBODY, NO_PAPER = N_("nobody recorded"), N_("no paper")


class FourFacts(Card):
    """Says who they are on a day; a user without an agreement is flagged."""

    def __init__(self) -> None:
        super().__init__(gap=10)
        self.tiles: list[FactTile] = []
        self.line: QHBoxLayout = row(gap=12)
        self.add(SectionHead(N_("Rights"), note=N_("Holder, manager, user and actual user are recorded apart.")))
        self.add(self.line)

    def show_rights(self, rights: Rights) -> None:
        """Show other facts."""
        for old in self.tiles:
            self.line.removeWidget(old)
            old.deleteLater()
        every = (rights.holders, rights.managers, rights.users, rights.actual)
        unpapered = [fact for fact in rights.actual if not fact.paper]
        kinds = ("", "", "", "warn" if unpapered else "")
        self.tiles = [_tile(name, facts, kind) for name, facts, kind in zip(NAMES, every, kinds, strict=True)]
        for tile in self.tiles:
            self.line.addWidget(tile, 1)


def _tile(name: str, facts: Sequence[Fact], kind: str) -> FactTile:
    if not facts:
        return FactTile(name, NOBODY, Own("—"))
    first, more = facts[0], len(facts) - 1
    who = said(N_("{name} and {n} more"), name=first.who, n=more) if more else Own(first.who)
    day = first.since.isoformat() if first.since else ""
    plain = [fact for fact in facts if not fact.paper]
    if kind:
        return FactTile(
            name, who, said(N_("{n} of {all} without an agreement"), n=len(plain), all=len(facts)), kind=kind
        )
    note = said(N_("{paper}, since {day}"), paper=first.paper, day=day) if first.paper else NO_PAPER
    return FactTile(name, who, note)
