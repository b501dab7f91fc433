"""What an entry of a title's ledger says, in one line for papers."""

from __future__ import annotations

from collections.abc import Callable

from resources.words import N_
from services.title_sheet import Entry


def in_words(entry: Entry, say: Callable[..., str], known: str = "") -> str:
    """Party, room, certificate unless it is the one `known`, use, area, amount, end and note, as far as said."""
    until = entry.term_until or entry.until_on
    said = (
        entry.who, entry.room, entry.certificate if entry.certificate != known else "", entry.use,
        f"{entry.area / 100:,.2f} m²" if entry.area is not None else "",
        f"¥ {entry.amount / 100:,.2f}" if entry.amount is not None else "",
        say(N_("until {day}"), day=until.isoformat()) if until else "", entry.note,
    )  # fmt: skip
    return " · ".join(filter(None, said))
