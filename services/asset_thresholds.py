"""Which ledger a thing belongs to: fixed assets, or consumables of low value, by what one piece costs on a day.

Large batches of like things are fixed assets below the threshold, too (furniture, books): `large_batches.json`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

import resources
from services.depreciation_lives import threshold


class Ledger(enum.StrEnum):
    """Which ledger a thing belongs to."""

    FIXED_ASSET = "fixed_asset"
    LARGE_BATCH = "large_batch"
    LOW_VALUE = "low_value"


@dataclass(frozen=True)
class Verdict:
    """Which ledger, and the threshold (fen) with its source that says so; no threshold where none is known."""

    ledger: Ledger
    least: int | None
    source: str


def verdict(session: Session, class_code: str | None, unit_price: int | None, quantity: int, on: date) -> Verdict:
    """The ledger of things of a class bought on a day; `unit_price` in fen. What costs nothing known is an asset until
    its price says otherwise."""
    row = threshold(session, class_code, on)
    if row is None or unit_price is None:
        return Verdict(Ledger.FIXED_ASSET, None, "")
    if unit_price >= row.amount:
        return Verdict(Ledger.FIXED_ASSET, row.amount, row.source)
    large = resources.settings("large_batches")
    batch = quantity >= large["pieces"] and (class_code or "").startswith(tuple(large["classes"]))
    if batch:
        return Verdict(Ledger.LARGE_BATCH, row.amount, large["source"])
    return Verdict(Ledger.LOW_VALUE, row.amount, row.source)
