"""The places of the rail that are pages made by hand; each is loaded when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import Board

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background


def _places(background: Background) -> QWidget:
    from ui.pages.places import PlacesPage

    return PlacesPage(background)


def _costs(background: Background) -> QWidget:
    from ui.pages.costs import CostsPage

    return CostsPage(background)


def _offices(background: Background) -> QWidget:
    from ui.pages.offices import OfficesPage

    return OfficesPage(background)


def _loans(background: Background) -> QWidget:
    from ui.pages.loans import LoansPage

    return LoansPage(background)


def _undecided(background: Background) -> QWidget:
    from ui.pages.undecided import UndecidedPage

    return UndecidedPage(background)


LOANS = Board("loans", N_("Loans"), "clock", "handovers.loans", _loans)
UNDECIDED = Board("undecided", N_("Classes to decide"), "tag", "assets.undecided", _undecided)
PLACES = Board("places", N_("Places"), "list-tree", "places.tree", _places)
COSTS = Board("costs", N_("Cost comparison"), "chart-column", "costs.compare", _costs)
OFFICES = Board("offices", N_("Office space"), "maximize", "occupancies.check", _offices)
