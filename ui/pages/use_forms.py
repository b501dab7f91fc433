"""The forms about a use of a room: what was decided about too large an office, and the end of the use."""

from __future__ import annotations

from resources.words import N_
from services.room_sheets import Use
from ui.kit.editors import today
from ui.kit.going import ToForm
from ui.kit.screen import Section
from ui.kit.text import Message

DECIDE = Section(
    N_("Decision"), N_("What was decided about an office larger than its users may have, and what came of it."),
    ("decision", 4), "decided_on", ("result", 6),
)  # fmt: skip
END = Section(N_("End of use"), N_("The last day on which the room is used."), ("until_on", 3))


def decision(use: Use, facts: Message) -> ToForm:
    """Begins with what is known; the day with today. All its fields are saved, so that a day nobody touched is too."""
    known = {"decision": use.decision or None, "decided_on": use.decided_on or today(), "result": use.result or None}
    return ToForm("occupancies.revise", N_("Record decision"), {"occupancy_id": use.id}, known, (DECIDE,), facts)


def end(use: Use, facts: Message) -> ToForm:
    """Begins with today."""
    fixed, known = {"occupancy_id": use.id}, {"until_on": today()}
    return ToForm("occupancies.revise", N_("End use…"), fixed, known, (END,), facts)
