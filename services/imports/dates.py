"""Cells to dates and years, in the ways registers write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

from resources.words import N_
from services.imports.cells import Cell, plain, text_of
from services.imports.problems import Unreadable

NO_DATE = N_("“{value}” is not a date; write it as 2024-06-04")
NO_YEAR = N_("“{value}” is not a year")
TWO_MONTHS = N_("“{value}” can be January or October; write it as 2024-01 or 2024-10")

FIRST_YEAR, LAST_YEAR = 1700, 2200
# Excel counts days from here (its day 60, 1900-02-29, never was); numbers of five digits are such counts: 1927–2173.
_EPOCH = date(1899, 12, 30)
_SERIAL = range(10_000, 100_000)

_TIME = r"(?:[t\s]+\d{1,2}:\d.*)?"
_DAY = re.compile(rf"(?P<y>\d{{4}})\s*[-./年]\s*(?P<m>\d{{1,2}})\s*[-./月]\s*(?P<d>\d{{1,2}})\s*[日号]?{_TIME}")
_MONTH = re.compile(r"(?P<y>\d{4})\s*[-./年]\s*(?P<m>\d{1,2})\s*月?")
_YEAR = re.compile(r"(?P<y>\d{4})\s*年?")
_DIGITS = re.compile(r"\d{5,8}")
# March 5, 2021 · 5 March 2021, 5-Mar-2021, March 2021 · 2021-Mar-05. A year of two digits may be a day: none of these.
_NAME, _DATED = r"(?P<m>[a-z]+)\.?", r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_NAMED = (
    re.compile(rf"{_NAME}[\s-]*{_DATED}[\s,-]\s*(?P<y>\d{{4}}){_TIME}"),
    re.compile(rf"(?:{_DATED}[\s./-]*)?{_NAME}[\s,/-]*(?P<y>\d{{4}}){_TIME}"),
    re.compile(rf"(?P<y>\d{{4}})[\s./-]*{_NAME}[\s./-]*{_DATED}{_TIME}"),
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SPELLED = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_NUMERALS = re.compile("[〇○零一二三四五六七八九十廿卅]+")
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def to_date(cell: Cell) -> date:
    """The day a cell names; the first of the month or year when it names only that. Unreadable: none, or two."""
    if isinstance(cell, date):
        return _in_range(date(cell.year, cell.month, cell.day), cell)
    written = text_of(cell)
    text = plain(written).strip()
    if isinstance(cell, float) and isfinite(cell) and not cell.is_integer():
        return _from_fraction(cell, text)
    if "年" in text:
        text = _NUMERALS.sub(_figures, text)
    for pattern in (_DAY, _MONTH, _YEAR, *_NAMED):
        if found := pattern.fullmatch(text):
            return _day(written, **found.groupdict())
    if not _DIGITS.fullmatch(text):
        raise Unreadable(NO_DATE, value=written)
    return _from_digits(text, written)


def to_year(cell: Cell) -> int:
    """The year a cell names: 1985, "1985年", or that of the date it holds. Unreadable: none."""
    try:
        return to_date(cell).year
    except Unreadable:
        raise Unreadable(NO_YEAR, value=text_of(cell)) from None


def _figures(found: re.Match[str]) -> str:
    """A Chinese numeral in figures: 二〇二四 digit by digit, 二十一 and 廿一 by their tens."""
    text = found[0].replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return text.translate(_FIGURES)
    return (tens.translate(_FIGURES) or "1") + (ones.translate(_FIGURES) or "0")


def _from_fraction(cell: float, text: str) -> date:
    """A count of days with a time of day, or 2024.6 typed for June 2024; of 2024.1 nobody knows if it was 2024.10."""
    if int(cell) in _SERIAL:
        return _in_range(_EPOCH + timedelta(days=int(cell)), cell)
    year, month = int(cell), format(Decimal(text), "f").partition(".")[2]
    if month == "1" and FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(TWO_MONTHS, value=text)
    return _day(text, str(year), month)


def _from_digits(text: str, written: str) -> date:
    if len(text) == 5:
        return _in_range(_EPOCH + timedelta(days=int(text)), written)
    if len(text) == 7:
        raise Unreadable(NO_DATE, value=written)
    return _day(written, text[:4], text[4:6], text[6:])


def _day(written: str, y: str, m: str | None = "", d: str | None = "") -> date:
    """The day these name; what is not said is the first."""
    try:
        return _in_range(date(int(y), _SPELLED.get(m or "1") or int(m or 1), int(d or 1)), written)
    except ValueError:
        raise Unreadable(NO_DATE, value=written) from None


def _in_range(day: date, cell: Cell) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise Unreadable(NO_DATE, value=text_of(cell))
