"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import (
    accounts,
    assets,
    catalog,
    handovers,
    import_profiles,
    incidents,
    intake,
    office,
    papers,
    soundness,
    taken,
)

intake.offer()

__all__ = [
    "accounts",
    "assets",
    "catalog",
    "handovers",
    "import_profiles",
    "incidents",
    "intake",
    "office",
    "papers",
    "soundness",
    "taken",
]
