"""Incidents: what was wrong with the data when it was opened."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, Col, Screen

SCREEN = Screen(
    name="incidents",
    title="incidents",
    icon="triangle-alert",
    listing="incidents",
    entity="incident",
    columns=(
        Col("at", 190, second="number"),
        Col("kind", tile="triangle-alert"),
        Col("lost", 130),
        Col("kept_at", 180),
        Col("seen_at", 180),
    ),
    filters=("kind", "at"),
    acts=(EXPORT,),
    facts=("number", "at", "kind", "lost", "kept_at", "seen_at", "predecessor", "place"),
    empty=N_("Nothing was ever wrong with this data when it was opened."),
)
