"""Compounds."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section, Tone

KINDS: Mapping[str, Tone] = {"office": "info", "dormitory": "ok", "mixed": "idle"}
SCREEN = Screen(
    name="compounds",
    title="compounds",
    icon="map",
    listing="compounds",
    entity="compound",
    columns=(
        Col("name", second="code", tile="map"),
        Col("kind", 120, pill=KINDS),
        Col("address", 260),
        Col("unit_id", 180),
    ),
    filters=("kind",),
    form=(
        Section(
            N_("Compound"),
            N_("The code stands in paths such as CODE/BUILDING/ROOM."),
            ("name", 4),
            "code",
            "kind",
            ("address", 4),
            ("unit_id", 3),
            ("administrator_id", 3),
        ),
        Section(
            N_("Size"),
            N_("Heads approved (编制) and actual; costs per head are told by the actual ones where they are known."),
            "land_area",
            "establishment",
            "headcount",
            ("note", 6),
        ),
    ),
    add="compounds.add",
    revise="compounds.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("places.tree", "map", N_("Compound page")),
        Act("compounds.add", "plus", N_("Add compound"), on="none", primary=True),
    ),
    facts=("kind", "address", "unit_id", "administrator_id", "land_area", "establishment", "headcount", "note"),
    empty=N_("Add the first compound, or import a register of buildings that names them."),
)
