"""A party of a handover note: who hands over, receives or supervises, how far it looked at the lines, its signature."""

from __future__ import annotations

from typing import Any

from resources.words import N_
from ui.kit.button import LinkButton
from ui.kit.card import Card
from ui.kit.layout import row
from ui.kit.pill import Pill
from ui.kit.text import Own, TwoLine, said
from ui.kit.tile import Avatar
from ui.pages.handover_lines import SIDES

Row = dict[str, Any]


class PartyCard(Card):
    """Who hands over, receives or supervises, and whether they signed."""

    def __init__(self, side: str) -> None:
        super().__init__(pad=12, gap=10)
        self.side = side
        self.face, self.names = Avatar(""), TwoLine(Own(""), Own(""))
        self.state = Pill(Own(""))
        self.sign = LinkButton(N_("Record signature"))
        self.add(row(self.face, (self.names, 1), gap=10))
        self.add(row(self.state, None, self.sign, gap=4))

    def show_looking(self, done: int, lines: int) -> None:
        """How far a side that has not signed is with the lines."""
        if done:
            self.state.show_state(N_("Checking {done} of {lines}"), "info", done=done, lines=lines)

    def show_party(self, found: Row, staff: str, unit: str, signed: Any, may_sign: bool) -> None:
        """Show one side of the note."""
        outside = found.get("borrower") if self.side in SIDES and not found[f"{staff}_id"] else None
        name = found[staff] or outside or "—"
        self.face.show_name(name)
        title = said(N_("{role} · {name}"), role=said(f"handover.side={self.side}")(), name=name)
        self.names.say(title, Own(found.get(unit) or "—") if unit else N_("witnesses the handover"))
        if signed:
            self.state.show_state(N_("Signed {day}"), "ok", icon="check", day=signed.isoformat())
        else:
            self.state.show_state(N_("Not signed"), "idle")
        self.sign.setVisible(may_sign)
