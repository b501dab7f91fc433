"""From what unit value on a thing is a fixed asset, on a day: dated rows with their source, and what is below them.

Large batches of like things are fixed assets below the threshold, too (furniture, books): their classes are data.
"""

from __future__ import annotations

import csv
import enum
from dataclasses import dataclass
from datetime import date
from functools import cache

import resources

LARGE = 50  # pieces from which like things of a batch class are told as a large batch; the office decides


class Ledger(enum.StrEnum):
    """Which ledger a thing belongs to."""

    FIXED_ASSET = "fixed_asset"
    LARGE_BATCH = "large_batch"
    LOW_VALUE = "low_value"


@dataclass(frozen=True)
class Threshold:
    """From `from_on` to `until_on` things of classes that begin with `start` are fixed assets from `least` fen on."""

    from_on: date
    until_on: date | None
    start: str
    least: int
    batches: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Verdict:
    """Which ledger, and the threshold (fen) with its source that says so; no threshold where none is known."""

    ledger: Ledger
    least: int | None
    source: str


@cache
def thresholds() -> tuple[Threshold, ...]:
    """Every row, as it stands in the reference data."""
    with resources.path("reference", "asset_thresholds.csv").open(encoding="utf-8") as file:
        return tuple(
            Threshold(
                date.fromisoformat(row["from_on"]), date.fromisoformat(row["until_on"]) if row["until_on"] else None,
                row["class"], int(row["least_yuan"]) * 100, tuple(row["batch_classes"].split()), row["source"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def verdict(class_code: str | None, unit_price: int | None, quantity: int, on: date) -> Verdict:
    """The ledger of things of a class bought on a day; `unit_price` in fen. What costs nothing known is an asset until
    its price says otherwise."""
    code = class_code or "A"
    fitting = [
        row for row in thresholds()
        if code.startswith(row.start) and row.from_on <= on and (row.until_on is None or on <= row.until_on)
    ]  # fmt: skip
    if not fitting or unit_price is None:
        return Verdict(Ledger.FIXED_ASSET, None, "")
    row = max(fitting, key=lambda row: len(row.start))
    if unit_price >= row.least:
        return Verdict(Ledger.FIXED_ASSET, row.least, row.source)
    batch = quantity >= LARGE and any(code.startswith(start) for start in row.batches)
    return Verdict(Ledger.LARGE_BATCH if batch else Ledger.LOW_VALUE, row.least, row.source)
