"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import (
    accounts,
    assets,
    catalog,
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
    taken,
    title_defects,
    title_expiry,
    title_papers,
    title_sheet,
    titles,
)

intake.offer()

__all__ = [
    "accounts", "assets", "catalog", "costs", "handovers", "import_profiles", "intake", "occupancies", "office",
    "office_space", "papers", "places", "rights", "taken", "title_defects", "title_expiry",
    "title_papers", "title_sheet", "titles",
]  # fmt: skip
