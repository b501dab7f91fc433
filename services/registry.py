"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import (
    accounts,
    assets,
    attachments,
    building_history,
    catalog,
    cost_years,
    costs,
    demo,
    disposal_income,
    disposal_papers,
    disposal_sheet,
    disposal_steps,
    disposals,
    handovers,
    import_profiles,
    incidents,
    income_due,
    intake,
    journal,
    lease_rents,
    lease_sheet,
    leases,
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
    "accounts", "assets", "attachments", "building_history", "catalog", "cost_years", "costs", "demo",
    "disposal_income", "disposal_papers", "disposal_sheet", "disposal_steps", "disposals", "handovers",
    "import_profiles", "incidents", "income_due", "intake", "journal", "lease_rents", "lease_sheet", "leases",
    "occupancies", "office", "office_space", "papers", "places", "recovery", "rights", "room_sheets", "sign_ins",
    "soundness", "staff", "taken", "title_defects", "title_expiry", "title_papers", "title_sheet", "titles",
]  # fmt: skip
