"""Values as people read them: money, areas, dates, choices and names in the language in force."""

from __future__ import annotations

from typing import Any

from resources.words import N_, tr
from services import sources
from services.desk.schema import FieldSpec, Kind
from services.field_words import (
    NO,
    NOTHING,
    YES,
    area,
    fact,
    hours,
    instant,
    label,
    money,
    naming,
    plain,
    quantity,
    text,
)
from ui.kit.text import Message, Own, said

__all__ = [
    "NO", "NOTHING", "RANGES", "RIGHT", "YES", "area", "bound", "fact", "hours", "instant", "label", "money", "naming",
    "plain", "quantity", "source", "spent", "text", "title",
]  # fmt: skip
RIGHT = frozenset({Kind.MONEY, Kind.AREA, Kind.HOURS, Kind.QUANTITY, Kind.INTEGER})  # at the right edge
RANGES = (Kind.DATE, Kind.INSTANT, *RIGHT)  # kinds that are filtered by (from, to)


def spent(minutes: int) -> str:
    """Minutes as hours and minutes: 150 is `2:30`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def title(lang: str, spec: FieldSpec) -> str:
    """The name of a field with its unit, for the head of a column."""
    unit = {Kind.MONEY: N_("yuan"), Kind.AREA: "m²"}.get(spec.kind, "")
    return tr(lang, N_("{field} ({unit})"), field=label(lang, spec), unit=tr(lang, unit)) if unit else label(lang, spec)


def bound(lang: str, spec: FieldSpec, value: Any) -> str:
    """One end of what a filter lets through: of instants the day."""
    return value.astimezone().date().isoformat() if spec.kind is Kind.INSTANT else text(lang, spec, value)


def source(text: str) -> Message:
    """What a shipped rule rests on; said aloud where the office has still to confirm it."""
    return said(sources.TO_CONFIRM, source=sources.bare(text)) if sources.open_(text) else Own(text)
