"""Cards split in two: pieces of a quantity card get a card of their own."""

from __future__ import annotations

from typing import Any

from models.asset import Asset
from models.base import journaled
from services.desk.work import Work

UNIQUE = {"number", "source", "alive"}


def copied(asset: Asset, **changes: Any) -> Asset:
    """A new card that says what this one says, but for the changes."""
    kept = {key: getattr(asset, key) for key in journaled(Asset) if key not in UNIQUE}
    return Asset(**{k: v for k, v in (kept | changes).items() if v is not None})


def split(work: Work, asset: Asset, quantity: int) -> Asset:
    """`quantity` pieces of a card on a card of their own, with their share of every amount, to the fen."""
    whole, parts = asset.quantity, dict[str, int]()
    for field in ("cost", "net_value", "prior_accumulated"):
        if (amount := getattr(asset, field)) is not None:
            parts[field] = amount * quantity // whole
            setattr(asset, field, amount - parts[field])
    asset.quantity = whole - quantity
    rest = copied(asset, number=next(work.numbers("ZC")), quantity=quantity, **parts)
    return work.add(rest)
