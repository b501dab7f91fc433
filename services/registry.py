"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import (
    acceptances,
    accounts,
    asset_needs,
    asset_sets,
    asset_sheet,
    assets,
    attachments,
    building_history,
    catalog,
    cost_years,
    costs,
    demo,
    handovers,
    import_profiles,
    incidents,
    intake,
    journal,
    labels,
    need_sheet,
    occupancies,
    office,
    office_space,
    papers,
    places,
    recovery,
    rights,
    room_sheets,
    sign_ins,
    soundness,
    staff,
    taken,
    title_defects,
    title_expiry,
    title_papers,
    title_sheet,
    titles,
    undecided,
)

intake.offer()

__all__ = [
    "acceptances", "accounts", "asset_needs", "asset_sets", "asset_sheet", "assets", "attachments", "building_history",
    "catalog", "cost_years", "costs", "demo", "handovers", "import_profiles", "incidents", "intake", "journal",
    "labels", "need_sheet", "occupancies", "office", "office_space", "papers", "places", "recovery", "rights",
    "room_sheets", "sign_ins", "soundness", "staff", "taken", "title_defects", "title_expiry", "title_papers",
    "title_sheet", "titles", "undecided",
]  # fmt: skip
