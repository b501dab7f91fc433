"""What the fields of an asset card owe each other: its days, its values, and what a person is told about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.asset import Asset, ValueKind
from resources.words import N_, Word
from services.desk.errors import Invalid

NOMINAL = 100  # fen: a nominal value is 1 yuan (名义金额, Decree 738 art. 32)
EARLY = N_("“{field}” cannot be before the day it was acquired, {day}")
NOT_NOMINAL = N_("A nominal value is 1 yuan; the original value says otherwise")
TOO_MUCH = N_("“{field}” cannot be more than the original value")
AFTER = ("entered_on", "warranty_until")  # not before the day of acquisition


def check(asset: Asset, given: Mapping[str, Any]) -> None:
    """Refuses (Invalid) what contradicts itself, as far as it was typed now: an old card is not held to it."""
    for name in AFTER:
        day = getattr(asset, name)
        if {name, "acquired_on"} & given.keys() and day and asset.acquired_on and day < asset.acquired_on:
            field = Word(f"asset.{name}")
            raise Invalid(EARLY, field=field, day=asset.acquired_on)
    values = {"value_kind", "cost"} & given.keys()
    if values and asset.value_kind is ValueKind.NOMINAL and asset.cost not in (None, NOMINAL):
        raise Invalid(NOT_NOMINAL, field=Word("asset.cost"))
    taken = asset.prior_accumulated
    if {"prior_accumulated", "cost"} & given.keys() and taken and asset.cost is not None and taken > asset.cost:
        raise Invalid(TOO_MUCH, field=Word("asset.prior_accumulated"))
