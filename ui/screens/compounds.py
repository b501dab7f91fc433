"""Compounds."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section

SCREEN = Screen(
    name="compounds",
    title="compounds",
    icon="map",
    listing="compounds",
    entity="compound",
    columns=(
        Col("name", second="code", tile="map"),
        Col("kind", 120, pill={"office": "info", "dormitory": "ok", "mixed": "idle"}),
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
        ),
    ),
    add="compounds.add",
    revise="compounds.revise",
    acts=(TAKE_IN, EXPORT, Act("compounds.add", "plus", N_("Add compound"), on="none", primary=True)),
    facts=("kind", "address", "unit_id"),
    empty=N_("Add the first compound, or import a register of buildings that names them."),
)
