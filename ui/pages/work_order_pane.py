"""A tab of a work order's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.kit.record_tabs import RecordPane

if TYPE_CHECKING:
    from services.work_order_sheet import OrderSheet


class OrderPane(RecordPane):
    """Shows something of one order; `asked` names an act and its values. What a pane needs beyond the sheet it reads
    itself, in `show_sheet`."""

    asked = Signal(str, object)
    sheet: OrderSheet | None

    def show_sheet(self, sheet: OrderSheet) -> None:
        """Show an order, or the same one after it changed."""
        super().show_sheet(sheet)
        self.say()

    def say(self) -> None:
        """Say everything again."""
        raise NotImplementedError
