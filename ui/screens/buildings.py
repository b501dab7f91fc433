"""Buildings, structures and land."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section

SCREEN = Screen(
    name="buildings",
    title="buildings",
    icon="building-2",
    listing="buildings",
    entity="building",
    columns=(
        Col("name", second="code", tile="building-2"),
        Col("compound_id", 190),
        Col("kind", 90),
        Col("tenure", 90),
        Col("state", 100, pill={"in_use": "ok", "vacant": "warn", "closed": "idle"}),
        Col("area", 130),
    ),
    filters=("compound_id", "kind", "tenure", "state"),
    form=(
        Section(
            N_("Building"),
            N_("The code is unique in its compound."),
            ("compound_id", 3),
            ("name", 3),
            "code",
            "kind",
            "tenure",
            "state",
        ),
        Section(N_("Size and age"), "", "area", "floors", "built_year", ("address", 6), ("note", 6)),
    ),
    add="buildings.add",
    revise="buildings.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("rights.history", "history", N_("History of the rights")),
        Act("buildings.add", "plus", N_("Add building"), on="none", primary=True),
    ),
    facts=("compound_id", "kind", "tenure", "state", "area", "floors", "built_year", "address", "note"),
    empty=N_("Add a building, or import a register of buildings."),
)
