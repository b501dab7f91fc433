"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import (
    accounts,
    assets,
    attachments,
    catalog,
    handovers,
    import_profiles,
    incidents,
    intake,
    journal,
    office,
    papers,
    recovery,
    sign_ins,
    soundness,
    staff,
    taken,
)

intake.offer()

__all__ = [
    "accounts", "assets", "attachments", "catalog", "handovers", "import_profiles", "incidents", "intake",
    "journal", "office", "papers", "recovery", "sign_ins", "soundness", "staff", "taken",
]  # fmt: skip
