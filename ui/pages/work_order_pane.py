"""A tab of a work order's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from services.work_order_sheet import OrderSheet
    from ui.kit.background import Background


class OrderPane(QWidget):
    """Shows something of one order; `sheet` is what is known of it. `asked` names an act and its values, `went` tells
    where to go. What a pane needs beyond the sheet it reads itself, in `show_order`."""

    asked = Signal(str, object)
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.background = background
        self.sheet: OrderSheet | None = None

    def show_order(self, sheet: OrderSheet) -> None:
        """Show an order, or the same one after it changed."""
        self.sheet = sheet
        self.say()

    def say(self) -> None:
        """Say everything again."""
        raise NotImplementedError
