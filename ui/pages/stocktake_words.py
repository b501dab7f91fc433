"""How a stocktake is said: where things are, what a reading met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import Tone
from ui.kit.text import Message, Own, words

if TYPE_CHECKING:
    from services.stocktake_sheet import Card, RoomCount, Scanned

MET: dict[str, tuple[Tone, str, str]] = {  # outcome: tone, icon, word
    "matched": ("ok", "circle-check", N_("As in the books")),
    "elsewhere": ("warn", "map-pin", N_("Elsewhere than in the books")),
    "again": ("info", "refresh-cw", N_("Counted before")),
    "outside": ("warn", "info", N_("Not to be counted here")),
    "unknown": ("bad", "triangle-alert", N_("In no book")),
}
ASIDE = N_("Put aside")


def place(building: str, room: str) -> str:
    """Building and room, as far as they are known."""
    return " · ".join(filter(None, (building, room)))


def of_card(card: Card) -> str:
    """Number, place and keeper by the books."""
    return " · ".join(filter(None, (card.number, place(card.building, card.room), card.keeper)))


def room_name(room: RoomCount) -> Message:
    """A room by its number and name; what no room is known of by the building, or by that word."""
    if room.room:
        return Own(" ".join(filter(None, (room.room, room.name))))
    return Own(f"{room.building} · —") if room.building else N_("No place")


def heard(found: Scanned) -> str:
    """A reading in one sentence, for who does not look: what it met and of which thing."""
    word = words(MET[found.outcome.value][2])
    return f"{word}: {found.line.name if found.line else found.code}"
