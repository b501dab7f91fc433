"""Keys and recovery: how the doors of the office stand, for the system administrator."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import Board
from ui.pages.doors import DoorsPage

BOARD = Board("doors", N_("Keys and recovery"), "key-round", "office.keys", DoorsPage)
