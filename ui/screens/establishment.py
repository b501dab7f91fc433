"""The establishment: a board of its own in the rail, loaded when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import Board

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background


def _make(background: Background) -> QWidget:
    from ui.pages.establishment import EstablishmentPage

    return EstablishmentPage(background)


BOARD = Board("establishment", N_("Establishment"), "list-tree", "posts.establishment", _make)
