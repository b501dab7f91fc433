"""What people type, as values: sums, areas, counts and dates in the ways they are written here."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from resources.words import N_
from services.desk.errors import Invalid

LARGEST = 10**15  # hundredths; nothing an office owns is dearer or wider, and the journal holds it exactly
MOMENT = re.compile(r"(?P<day>.*?\S)\s*[ T日]\s*(?P<hour>\d{1,2})\s*[:.时]\s*(?P<minute>\d{2})\s*分?")
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")


def hundredths(text: str) -> int | None:
    """`¥ 12,680.5`, `１２６８０．５０元` or `1.268万` as hundredths; nothing typed is None. Raises Invalid."""
    plain = re.sub(r"[\s,¥￥元]|m²|m2|平方米|㎡", "", normalize("NFKC", text))
    if not plain:
        return None
    times = 10_000 if plain.endswith("万") else 1
    try:
        value = Decimal(plain.removesuffix("万")) * times * 100
    except InvalidOperation:
        raise Invalid(N_("“{text}” is not a number."), text=text.strip()) from None
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Invalid(N_("“{text}” is not a number that can be kept."), text=text.strip())
    if value != value.to_integral_value():
        raise Invalid(N_("Two decimals at most."))
    return int(value)


def tenths(text: str) -> int | None:
    """`8`, `４.5` or `2 学时` as tenths; nothing typed is None. Raises Invalid."""
    plain = re.sub(r"[\s,]|学时|课时", "", normalize("NFKC", text))
    if not plain:
        return None
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9])?", plain):
        raise Invalid(N_("“{text}” is no number of hours; write it as 8 or 4.5."), text=text.strip())
    return int(Decimal(plain) * 10)


def thousandths(text: str) -> int | None:
    """`2.5`, `１，２００` or `0.125` as thousandths; nothing typed is None. Raises Invalid."""
    plain = re.sub(r"[\s,]", "", normalize("NFKC", text))
    if not plain:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,9}(\.[0-9]{1,3})?", plain):
        raise Invalid(N_("“{text}” is no quantity; write it as 2 or 0.125."), text=text.strip())
    return int(Decimal(plain) * 1000)


def whole(text: str) -> int | None:
    """A whole number. Raises Invalid."""
    plain = re.sub(r"[\s,]", "", normalize("NFKC", text))
    if not plain:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", plain):
        raise Invalid(N_("“{text}” is not a whole number."), text=text.strip())
    return int(plain)


def day(text: str) -> date | None:
    """A day: 2026-11-19, 2026/11/19, 2026.11.19, 20261119 or 2026年11月19日. Raises Invalid."""
    plain = normalize("NFKC", text).strip()
    if not plain:
        return None
    found = DATE.fullmatch(plain)
    try:
        year, month, number = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        return date(year, month, number)
    except ValueError:
        raise Invalid(N_("“{text}” is not a day; write it as 2026-11-19."), text=plain) from None


def moment(text: str) -> datetime | None:
    """A day and a time where the machine is: 2026-11-23 14:30, the day in any way a day is typed. Raises Invalid."""
    plain = normalize("NFKC", text).strip()
    if not plain:
        return None
    found = MOMENT.fullmatch(plain)
    try:
        on = day(found["day"]) if found else None
        at = time(int(found["hour"]), int(found["minute"])) if found else None
    except (Invalid, ValueError):
        on = at = None
    if on is None or at is None:
        raise Invalid(N_("“{text}” is no day and time; write it as 2026-11-19 14:30."), text=plain)
    return datetime.combine(on, at).astimezone()


def line(text: str) -> str | None:
    """One line of text without spaces around it."""
    return text.strip() or None
