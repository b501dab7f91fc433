"""What assets are worth, in the window: the page of a card's value, and months of depreciation that are booked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ui.pages.asset_value import AssetValuePage
from ui.pages.depreciation import DepreciationPage
from ui.part import Asked, Part, Row

if TYPE_CHECKING:
    from ui.workbench import Workbench


class Worth(Part):
    """What the window does about values."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"depreciation.sheet": self._marked}
        self.opens = {"asset_value_change": self._changed} if bench.background.desk.may("depreciation.sheet") else {}

    def follow(self, board: QWidget) -> None:
        """The board of depreciation asks for a month to be booked."""
        if isinstance(board, DepreciationPage):
            board.book_asked.connect(self._book)

    def _book(self, month: date) -> None:
        bench = self.bench
        bench.background.do("depreciation.book", {"month": month}, bench.operations.saved, bench.refused)

    def _marked(self, asked: Asked) -> None:
        row = asked.rows[0]
        self.show(row["id"] if asked.screen.entity == "asset" else row["asset_id"])

    def _changed(self, row: Row) -> None:
        self.show(row["asset_id"])

    def show(self, asset: UUID) -> None:
        """Open the page of a card's value."""
        page = AssetValuePage(self.bench.background, asset, self.bench.place()[0])
        self.bench.places.follow(page)
        self.bench.open_page(page)
