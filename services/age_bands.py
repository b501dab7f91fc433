"""Bands of ages people are counted by, as dated rows with their source, and the days of birth they come to."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import NamedTuple

import resources
from services.rent_schedule import months_on


class Band(NamedTuple):
    """Whole years from `least` to `most`, both in it; None: no end on that side."""

    least: int | None
    most: int | None

    @property
    def label(self) -> str:
        """As tables head it, the same in every language."""
        if self.least is None:
            return f"≤{self.most}"
        return f"≥{self.least}" if self.most is None else f"{self.least}–{self.most}"

    def born(self, on: date) -> tuple[date | None, date | None]:
        """The first and the last day of birth of who is in it on a day, as `retirement.age` counts years."""
        first = None if self.most is None else _reached(self.most + 1, on, 1)
        return first, None if self.least is None else _reached(self.least, on, 0)


def _reached(years: int, on: date, beyond: int) -> date:
    """The last day of birth of who is so many years old on a day; `beyond` 1: the first of who is not yet."""
    last = months_on(on, -12 * years)
    return date.fromordinal(last.toordinal() + beyond)


@cache
def bands(on: date) -> tuple[Band, ...]:
    """The bands in force on a day, the youngest first."""
    text = resources.path("reference", "age_bands.csv").read_text("utf-8")
    day, rows = on.isoformat(), csv.DictReader(text.splitlines())
    return tuple(
        Band(_years(row["least"]), _years(row["most"]))
        for row in rows if row["from_on"] <= day <= (row["until_on"] or day)
    )  # fmt: skip


def _years(text: str) -> int | None:
    return int(text) if text else None
