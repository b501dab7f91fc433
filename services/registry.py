"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import (
    accounts,
    asset_parts,
    asset_values,
    assets,
    attachments,
    building_history,
    catalog,
    cost_years,
    costs,
    demo,
    depreciation_balances,
    depreciation_flows,
    depreciation_lives,
    depreciation_runs,
    handovers,
    import_profiles,
    incidents,
    intake,
    journal,
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
)

intake.offer()

__all__ = [
    "accounts", "asset_parts", "asset_values", "assets", "attachments", "building_history", "catalog", "cost_years",
    "costs", "demo", "depreciation_balances", "depreciation_flows", "depreciation_lives", "depreciation_runs",
    "handovers", "import_profiles", "incidents", "intake", "journal", "occupancies", "office", "office_space",
    "papers", "places", "recovery", "rights", "room_sheets", "sign_ins", "soundness", "staff", "taken",
    "title_defects", "title_expiry", "title_papers", "title_sheet", "titles",
]  # fmt: skip
