"""What ends soon: a page of its own in the rail."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import Board
from ui.pages.expiring import ExpiringPage

BOARD = Board("expiring", N_("Expiring"), "hourglass", "titles.expiring", ExpiringPage)
