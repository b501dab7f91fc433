"""Check: whether everything is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import Board

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background


def _page(background: Background) -> QWidget:
    from ui.pages.check import CheckPage

    return CheckPage(background)


BOARD = Board("check", N_("Data check"), "shield-check", "journal.check", _page)
