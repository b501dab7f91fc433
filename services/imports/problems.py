"""What is wrong with one cell, and the exception its converter raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Unreadable(ValueError):
    """A cell does not say what its field needs; `reason` is an English sentence, its places filled from `places`."""

    def __init__(self, reason: str, **places: Any) -> None:
        super().__init__(reason)
        self.reason, self.places = reason, places


class Problem(msgspec.Struct, frozen=True):
    """One remark on one row. `refuses`: the row stays out; else it comes in and the cell is kept as it was written.

    `row` is the number people see in the spreadsheet, `letter` that of its column ("" when it concerns the whole row),
    `sheet` its sheet ("" where the register is one sheet).
    """

    row: int
    column: str
    letter: str
    reason: str
    value: str
    refuses: bool = True
    places: Mapping[str, Any] = {}
    sheet: str = ""

    @property
    def at(self) -> tuple[str, int]:
        """Its row, among those of all sheets."""
        return self.sheet, self.row


def written(at: tuple[str, int]) -> str:
    """A row as a sentence names it: 12, or with several sheets March!12."""
    sheet, row = at
    return f"{sheet}!{row}" if sheet else str(row)
