"""Cells to dates and years, in the ways registers write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

from resources.words import N_
from services.imports.cells import Cell, text_of
from services.imports.problems import Unreadable
from services.imports.words import plain

NO_DATE = N_("“{value}” is not a date; write it as 2024-06-04")
NO_YEAR = N_("“{value}” is not a year")
TWO_MONTHS = N_("“{value}” can be January or October; write it as 2024-01 or 2024-10")

FIRST_YEAR, LAST_YEAR = 1700, 2200
# Excel counts days from here (its day 60, 1900-02-29, never was); numbers of five digits are such counts: 1927–2173.
_EPOCH = date(1899, 12, 30)
_SERIAL = range(10_000, 100_000)

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:[t\s]+\d{1,2}:\d.*)?")
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?")
_DIGITS = re.compile(r"\d{5,8}")


def to_date(cell: Cell) -> date:
    """The day a cell names; the first of the month or year when it names only that. Unreadable: none, or two."""
    if isinstance(cell, date):
        return _in_range(date(cell.year, cell.month, cell.day), cell)
    text = plain(text_of(cell)).strip()
    if isinstance(cell, float) and isfinite(cell) and not cell.is_integer():
        return _from_fraction(cell, text)
    for pattern in (_DAY, _MONTH, _YEAR):
        if found := pattern.fullmatch(text):
            return _day(text, *map(int, found.groups()))
    if not _DIGITS.fullmatch(text):
        raise Unreadable(NO_DATE, value=text)
    return _from_digits(text)


def to_year(cell: Cell) -> int:
    """The year a cell names: 1985, "1985年", or that of the date it holds. Unreadable: none."""
    try:
        return to_date(cell).year
    except Unreadable:
        raise Unreadable(NO_YEAR, value=text_of(cell)) from None


def _from_fraction(cell: float, text: str) -> date:
    """A count of days with a time of day, or 2024.6 typed for June 2024; of 2024.1 nobody knows if it was 2024.10."""
    if int(cell) in _SERIAL:
        return _in_range(_EPOCH + timedelta(days=int(cell)), cell)
    year, month = int(cell), format(Decimal(text), "f").partition(".")[2]
    if month == "1" and FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(TWO_MONTHS, value=text)
    return _day(text, year, int(month))


def _from_digits(text: str) -> date:
    if len(text) == 5:
        return _in_range(_EPOCH + timedelta(days=int(text)), text)
    if len(text) == 6:
        return _day(text, int(text[:4]), int(text[4:]))
    if len(text) == 8:
        return _day(text, int(text[:4]), int(text[4:6]), int(text[6:]))
    raise Unreadable(NO_DATE, value=text)


def _day(text: str, year: int, month: int = 1, day: int = 1) -> date:
    try:
        return _in_range(date(year, month, day), text)
    except ValueError:
        raise Unreadable(NO_DATE, value=text) from None


def _in_range(day: date, cell: Cell) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise Unreadable(NO_DATE, value=text_of(cell))
