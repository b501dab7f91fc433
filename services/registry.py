"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import accounts, assets, attachments, catalog, handovers, import_profiles, intake, office, papers, taken

intake.offer()

__all__ = [
    "accounts", "assets", "attachments", "catalog", "handovers", "import_profiles", "intake", "office", "papers",
    "taken",
]  # fmt: skip
