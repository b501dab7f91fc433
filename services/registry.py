"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import (
    accounts,
    assets,
    catalog,
    cost_years,
    costs,
    handovers,
    import_profiles,
    intake,
    occupancies,
    office,
    office_space,
    papers,
    places,
    rights,
    room_sheets,
    taken,
    title_defects,
    titles,
)

intake.offer()

__all__ = [
    "accounts", "assets", "catalog", "cost_years", "costs", "handovers", "import_profiles", "intake", "occupancies",
    "office", "office_space", "papers", "places", "rights", "room_sheets", "taken", "title_defects", "titles",
]  # fmt: skip
