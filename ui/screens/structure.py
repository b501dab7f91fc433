"""The structure of the team: a board of its own in the rail, loaded when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import Board

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background


def _make(background: Background) -> QWidget:
    from ui.pages.structure import StructurePage

    return StructurePage(background)


BOARD = Board("structure", N_("Team structure"), "chart-column", "staff.structure", _make)
