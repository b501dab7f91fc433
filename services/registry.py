"""Everything a person may do, read and list: importing this makes it known."""

from __future__ import annotations

from services import assets, catalog, handovers, intake, office, papers

intake.offer()

__all__ = ["assets", "catalog", "handovers", "intake", "office", "papers"]
