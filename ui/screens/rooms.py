"""Rooms."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section, Tone

USES: Mapping[str, Tone] = {
    "office": "info",
    "service": "ok",
    "equipment": "warn",
    "ancillary": "idle",
    "dwelling": "ok",
    "shop": "idle",
}
SCREEN = Screen(
    name="rooms",
    title="rooms",
    icon="door-open",
    listing="rooms",
    entity="room",
    columns=(
        Col("number", second="name", tile="door-open"),
        Col("building_id", 130),
        Col("compound_id", 150),
        Col("floor", 64),
        Col(
            "use",
            120,
            pill=USES,
        ),
        Col("area", 110),
    ),
    filters=("compound_id", "building_id", "floor", "use"),
    form=(
        Section(
            N_("Room"),
            N_("The number is unique in its building."),
            ("compound_id", 3),
            ("building_id", 3),
            "number",
            "name",
            "floor",
            "use",
            "area",
            ("note", 6),
        ),
    ),
    add="rooms.add",
    revise="rooms.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("occupancies.room", "door-open", N_("Room sheet")),
        Act("rights.room_history", "history", N_("Title history")),
        Act("rooms.add", "plus", N_("Add room"), on="none", primary=True),
    ),
    facts=("compound_id", "building_id", "floor", "use", "area", "note"),
    empty=N_("Add the rooms in which things are kept."),
)
