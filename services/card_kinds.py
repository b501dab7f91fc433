"""Kinds of card: which kind a class makes an asset, and which of the changing fields a card of a kind shows.

The kinds are data (`resources/reference/card_kinds.json`); fields that no kind names belong to every card.
"""

from __future__ import annotations

import enum
from functools import cache
from typing import Any

import resources


class CardKind(enum.StrEnum):
    """What a card is about (资产信息卡的类型)."""

    LAND = "land"
    BUILDING = "building"
    STRUCTURE = "structure"
    VEHICLE = "vehicle"
    EQUIPMENT = "equipment"
    FURNITURE = "furniture"
    BOOKS = "books"
    RELICS = "relics"
    PLANTS = "plants"
    INTANGIBLE = "intangible"
    OTHER = "other"


@cache
def _kinds() -> tuple[dict[str, Any], ...]:
    return tuple(resources.settings("card_kinds")["kinds"])


def kind_of(code: str | None, edition: str | None = "2022") -> CardKind:
    """The kind of a card by its class; a class of another edition, or none, says nothing of it."""
    if not code or edition != "2022":
        return CardKind.OTHER
    starts = [(start, row["kind"]) for row in _kinds() for start in row["classes"] if code.startswith(start)]
    return CardKind(max(starts, key=lambda found: len(found[0]))[1]) if starts else CardKind.OTHER


@cache
def changing() -> frozenset[str]:
    """The fields that some kinds of card show and others do not."""
    return frozenset(name for row in _kinds() for name in row["fields"])


@cache
def fields_of(kind: CardKind) -> frozenset[str]:
    """Which of the changing fields a card of this kind shows."""
    return frozenset(next(row["fields"] for row in _kinds() if row["kind"] == kind.value))


def left_out(kind: CardKind) -> frozenset[str]:
    """The changing fields that say nothing about a thing of this kind."""
    return changing() - fields_of(kind)
