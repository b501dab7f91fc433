"""Screens as data: one small module per kind of record."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import Board, Screen
from ui.screens import (
    accounts,
    assets,
    buildings,
    compounds,
    expiring,
    handovers,
    organizations,
    role_grants,
    rooms,
    staff,
    title_defects,
    title_events,
    titles,
)

GROUPS: tuple[tuple[str, tuple[Screen | Board, ...]], ...] = (
    (N_("Places and assets"), (compounds.SCREEN, buildings.SCREEN, rooms.SCREEN, assets.SCREEN, handovers.SCREEN)),
    (N_("Property rights"), (titles.SCREEN, title_defects.SCREEN, title_events.SCREEN, expiring.BOARD)),
    (N_("People"), (organizations.SCREEN, staff.SCREEN)),
    (N_("Trust"), (accounts.SCREEN, role_grants.SCREEN)),
)
SCREENS = {place.name: place for _, places in GROUPS for place in places if isinstance(place, Screen)}
BOARDS = {place.name: place for _, places in GROUPS for place in places if isinstance(place, Board)}
NOTHING_YET = (  # what stands where somebody may see none of them
    "shield-check",
    N_("Nothing to keep here yet"),
    N_("What the system administrator keeps is not in the window yet. The account menu changes your password."),
)
