"""The office standard: how much usable floor area each rank may have; shipped, read only."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, Col, Screen

SCREEN = Screen(
    name="office_standards",
    title="office_standards",
    icon="ruler",
    listing="office_standards",
    entity="office_standard",
    columns=(
        Col("rank", second="source", tile="ruler"),
        Col("level", 150),
        Col("area", 150),
        Col("edition", 100),
        Col("from_on", 130),
    ),
    filters=("level", "rank", "edition"),
    acts=(EXPORT,),
    empty=N_("The shipped standard is missing; run a check."),
)
