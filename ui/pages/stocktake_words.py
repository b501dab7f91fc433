"""How a stocktake is said: where things are, what a reading met, what is waited for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from resources.words import N_
from ui.kit.screen import Tone
from ui.kit.text import Message, Own, counted, said, words

if TYPE_CHECKING:
    from services.stocktake_differences import Difference
    from services.stocktake_sheet import Card, RoomCount, Scanned

MET: dict[str, tuple[Tone, str, str]] = {  # outcome: tone, icon, word
    "matched": ("ok", "circle-check", N_("As in the books")),
    "elsewhere": ("warn", "map-pin", N_("In another place")),
    "again": ("info", "refresh-cw", N_("Counted before")),
    "outside": ("warn", "info", N_("Not to be counted here")),
    "unknown": ("bad", "triangle-alert", N_("In no book")),
}
ASIDE, COUNTED = N_("Put aside"), "stocktake_line.result=counted"


def state_of(row: Mapping[str, Any]) -> str:
    """The state of a stocktake as it is stored; empty before anything was read."""
    return str(getattr(row.get("state"), "value", row.get("state") or ""))


def place(building: str, room: str) -> str:
    """Building and room, as far as they are known."""
    return " · ".join(filter(None, (building, room)))


def of_card(card: Card) -> str:
    """Number, place and keeper by the books."""
    keeper = words(N_("keeper {name}"), name=card.keeper) if card.keeper else ""
    return " · ".join(filter(None, (card.number, place(card.building, card.room), keeper)))


def room_name(room: RoomCount) -> Message:
    """A room by its number and name; what no room is known of by the building, or by that word."""
    if room.room:
        return Own(" ".join(filter(None, (room.room, room.name))))
    return said(N_("{building}, no room"), building=room.building) if room.building else N_("No place")


def floor_name(building: str, floor: str) -> Message:
    """A floor by its number."""
    if floor:
        return said(N_("Floor {floor}"), floor=floor)
    return N_("No floor") if building else N_("No place")


def met(found: Scanned) -> tuple[Tone, str, str]:
    """Tone, icon and word of what a reading met. Counted blind nothing is said of how much the books say."""
    tone, icon, word = MET[found.outcome.value]
    blind = found.line is not None and found.line.line_id is not None and found.line.quantity is None
    return tone, icon, COUNTED if blind and found.outcome.value == "matched" else word


def heard(found: Scanned) -> str:
    """A reading in one sentence, for who does not look: what it met and of which thing."""
    word = words(met(found)[2])
    return f"{word}: {found.line.name if found.line else found.code}"


def waited_for(state: str, found: Sequence[Difference]) -> tuple[Tone, Message]:
    """What a stocktake waits for, once it was counted; no sentence where nothing does."""
    if state == "explaining":
        gaps = sum(len(one.gaps) for one in found)
        if gaps:
            return "warn", counted("{n} thing is to be said before the report",
                                   "{n} things are to be said before the report", gaps)  # fmt: skip
        if not found:
            return "ok", N_("Nothing differs: report it.")
        return "ok", N_("Every difference is explained: report them.")
    if state == "reported":
        return "info", N_("Reported. It waits for approval: record it with its number, or that it was sent back.")
    if state == "approved":
        open_ = sum(not one.settled for one in found)
        if not found:
            return "ok", N_("Nothing differs: the stocktake can be closed.")
        if not open_:
            return "ok", N_("Every difference is settled: the stocktake can be closed.")
        if any(not one.settled and (one.document is None or one.document.void) for one in found):
            return "info", N_("Approved. Draft the documents that settle what differs.")
        return "warn", counted("{n} difference waits for its document: open it in the list",
                               "{n} differences wait for their documents: open them in the list", open_)  # fmt: skip
    if state == "closed":
        return "ok", N_("Closed: the books are right, the papers are kept.")
    return "info", ""
