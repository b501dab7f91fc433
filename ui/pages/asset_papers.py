"""The papers about assets as the window asks for them: as on today, in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ui.kit.editors import today
from ui.kit.tongue import tongue

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.listing import View


def card(asset: UUID, desk: Desk) -> bytes:
    """The card of an asset, on A5."""
    import services.asset_papers as papers

    return papers.card(desk, asset, today(), "a5", tongue())


def safety_file(asset: UUID, desk: Desk) -> bytes:
    """The safety file of special equipment, until today."""
    data: bytes = desk.ask("maintenance_plans.equipment_file", asset_id=asset, on=today())
    return data


def register(view: View, desk: Desk) -> bytes:
    """The register of what a view shows."""
    import services.asset_papers as papers

    return papers.register(desk, view, today(), tongue())
