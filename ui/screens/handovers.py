"""Handover notes."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import Act, Col, Screen, Tone

STATES: Mapping[str, Tone] = {
    "draft": "idle",
    "issued": "info",
    "half_signed": "warn",
    "done": "ok",
    "cancelled": "idle",
}

SCREEN = Screen(
    name="handovers",
    title="handovers",
    icon="arrow-right-left",
    listing="handovers",
    entity="handover",
    columns=(
        Col("number", second="basis", tile="file-text"),
        Col("purpose", 110),
        Col("state", 110, pill=STATES),
        Col("from_staff_id", 120),
        Col("to_staff_id", 120),
        Col("handed_on", 110),
    ),
    filters=("state", "purpose", "compound_id", "from_staff_id", "to_staff_id", "handed_on"),
    acts=(Act("handovers.open", "arrow-right", N_("Open"), on="one"),),
    facts=(
        "from_unit_id",
        "from_staff_id",
        "to_unit_id",
        "to_staff_id",
        "to_room_id",
        "supervisor_id",
        "handed_on",
        "borrower",
        "contact",
        "due_on",
        "returned_on",
        "to_compound_id",
        "mode",
        "version",
        "from_signed_on",
        "to_signed_on",
        "supervised_on",
        "note",
    ),
    empty=N_("Mark assets in the register and choose “Assign to…” to draft the first note."),
    watches=frozenset({"handover_line"}),
)
