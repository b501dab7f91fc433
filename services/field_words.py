"""Values as people read them: money, areas, dates, choices and names, in a language; for the window and for papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from resources.words import N_, tr
from services.desk.schema import FieldSpec, Kind

NOTHING = "—"
YES, NO = N_("Yes"), N_("No")


def money(fen: int) -> str:
    """Fen as yuan: 126800000 is `1,268,000.00`."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def area(hundredths: int) -> str:
    """Hundredths of a square metre as square metres, two decimals."""
    return money(hundredths)


def hours(tenths: int) -> str:
    """Tenths of an hour as hours, one decimal where there is one: 80 is `8`, 45 is `4.5`."""
    whole, rest = divmod(tenths, 10)
    return f"{whole:,}.{rest}" if rest else f"{whole:,}"


def quantity(thousandths: int) -> str:
    """Thousandths as a quantity, decimals where there are some: 2000 is `2`, 2500 is `2.5`."""
    whole, rest = divmod(abs(thousandths), 1000)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{whole:,}.{rest:03d}".rstrip("0") if rest else f"{sign}{whole:,}"


def instant(moment: datetime) -> str:
    """An instant in local time, to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def label(lang: str, spec: FieldSpec) -> str:
    """The name of a field."""
    return tr(lang, spec.key)


def plain(value: Any) -> Any:
    """A member of an enumeration as the value that is stored."""
    return value.value if isinstance(value, Enum) else value


def naming(spec: FieldSpec, row: Mapping[str, Any]) -> str | None:
    """The words a row carries for a reference: the name found, else what a register called it."""
    if spec.kind is Kind.CLASS_CODE:
        return row.get("class_name") or row.get("class_text")
    bare = spec.name.removesuffix("_id")
    return row.get(bare) or row.get(f"{bare}_text")


def text(lang: str, spec: FieldSpec, value: Any, row: Mapping[str, Any] | None = None) -> str:
    """A value in words, `—` for nothing. A reference is shown by the words its row carries for it."""
    if spec.kind in (Kind.REFERENCE, Kind.CLASS_CODE) and row is not None:
        value = naming(spec, row) or (value and str(value))
    if value is None or value == "":
        return tr(lang, spec.empty) if spec.empty else NOTHING
    match spec.kind:
        case Kind.MONEY | Kind.AREA:
            return money(value)
        case Kind.HOURS:
            return hours(value)
        case Kind.QUANTITY:
            return quantity(value)
        case Kind.DATE:
            return value.isoformat() if isinstance(value, date) else str(value)
        case Kind.INSTANT:
            return instant(value)
        case Kind.FLAG:
            return tr(lang, YES if value else NO)
        case Kind.PERSONAL:  # a mask, or the word that it is erased
            return tr(lang, str(value))
        case Kind.CHOICE:
            return tr(lang, spec.choice_key(str(plain(value))))
        case _:
            return str(value)


def fact(lang: str, spec: FieldSpec, value: Any, row: Mapping[str, Any] | None = None) -> str:
    """A value that stands alone, with its unit: `¥ 3,299.00`, `36.50 m²`."""
    shown = text(lang, spec, value, row)
    if shown == NOTHING:
        return shown
    return {Kind.MONEY: f"¥ {shown}", Kind.AREA: f"{shown} m²"}.get(spec.kind, shown)
