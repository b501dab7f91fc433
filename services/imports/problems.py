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

    `row` is the number people see in the spreadsheet, `letter` that of its column ("" when it concerns the whole row).
    """

    row: int
    column: str
    letter: str
    reason: str
    value: str
    refuses: bool = True
    places: Mapping[str, Any] = {}
