"""What shipped rules rest on: a source that was read, or one that is still to be confirmed by the office."""

from __future__ import annotations

from resources.words import N_

MARK = "待本单位核定"  # in the source of a row that was put down from memory or from common practice
TO_CONFIRM = N_("To be confirmed by the office: {source}")


def open_(source: str) -> bool:
    """Whether the office has still to confirm what rests on this source."""
    return MARK in source


def bare(source: str) -> str:
    """The source without the mark."""
    return source.replace(f"（{MARK}）", "").replace(MARK, "").rstrip("，,；; ")
