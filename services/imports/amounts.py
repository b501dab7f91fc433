"""Cells to sums in fen, areas in 0.01 m² and whole numbers; exact decimals all the way, rounded half to even."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from resources.words import N_
from services.imports.cells import Cell, plain, text_of
from services.imports.problems import Unreadable
from services.imports.words import unit_of

NO_SUM = N_("“{value}” is not a sum of money")
NO_AREA = N_("“{value}” is not an area")
NO_WHOLE = N_("“{value}” is not a whole number")
NO_HOURS = N_("“{value}” is no number of hours")
TOO_LARGE = N_("“{value}” is too large")

MONEY = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000)}
AREA = {"m²": Decimal(1), "sq ft": Decimal("0.09290304")}  # international foot, 0.3048 m exactly
# Integers beyond this do not survive every JSON reader; 90 trillion yuan are enough.
_LARGEST = 2**53

# Enough digits that no product of what a cell can hold is ever rounded before the hundredths are.
_EXACT = Context(prec=200)
_LONGEST = 80
_MINUS = ("-", "−")
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<before>[-+−]?)\s*(?:人民币|rmb|cny)?\s*¥?\s*(?P<sign>[-+−]?)\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?P<rest>\.\d*)?(?P<power>e[-+]?\d{1,3})?"
    r"\s*(?P<unit>[^\d\s.,()][^()]*?)?\s*(?(open)\))"
)


class Amount(NamedTuple):
    """A number and the unit written behind it ("" when none)."""

    number: Decimal
    unit: str


def to_fen(cell: Cell, unit: str = "") -> int:
    """A sum in fen: 12680.5, "12,680.50", "¥ 1.2万元", "(300.00)" for minus 300. `unit` is that of the column.

    A unit in the cell itself wins. Unreadable: no sum.
    """
    amount = _amount(cell, NO_SUM)
    factor = MONEY.get(amount.unit or unit or "元")
    if factor is None:
        raise Unreadable(NO_SUM, value=text_of(cell))
    return _hundredths(amount.number, factor, cell)


def to_area(cell: Cell, unit: str = "") -> int:
    """An area in 0.01 m²: 120.5, "120.5㎡", "1,000 sq ft". `unit` is that of the column. Unreadable: no area."""
    amount = _amount(cell, NO_AREA)
    factor = AREA.get(amount.unit or unit or "m²")
    if factor is None or amount.number < 0:
        raise Unreadable(NO_AREA, value=text_of(cell))
    return _hundredths(amount.number, factor, cell)


def to_whole(cell: Cell) -> int:
    """A whole number: 3, 3.0, "３", "1,200". Unreadable: anything else."""
    amount = _amount(cell, NO_WHOLE)
    if amount.unit or amount.number != amount.number.to_integral_value() or abs(amount.number) > _LARGEST:
        raise Unreadable(NO_WHOLE, value=text_of(cell))
    return int(amount.number)


def to_tenths(cell: Cell) -> int:
    """Hours in tenths: 8, 4.5, "８学时". Unreadable: anything else, or finer than a tenth."""
    text = text_of(cell).removesuffix("学时").removesuffix("课时").removesuffix("小时").strip()
    amount = _amount(text, NO_HOURS)
    tenths = amount.number * 10
    if amount.unit or tenths != tenths.to_integral_value() or not 0 <= tenths <= _LARGEST:
        raise Unreadable(NO_HOURS, value=text_of(cell))
    return int(tenths)


def _amount(cell: Cell, reason: str) -> Amount:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        number = Decimal(str(cell))
        if number.is_finite():
            return Amount(number, "")
    found = _AMOUNT.fullmatch(plain(text_of(cell))[:_LONGEST])
    unit = unit_of(found["unit"].removesuffix("整")) if found and found["unit"] else ""
    digits = (found["whole"].replace(",", "") + (found["rest"] or "")) if found else ""
    if not found or not digits.strip(".") or (found["unit"] and not unit):
        raise Unreadable(reason, value=text_of(cell))
    number = Decimal(digits + (found["power"] or ""))
    negative = [bool(found["open"]), found["before"] in _MINUS, found["sign"] in _MINUS].count(True) == 1
    return Amount(number.copy_negate() if negative else number, unit)


def _hundredths(number: Decimal, factor: Decimal, cell: Cell) -> int:
    if abs(number) > _LARGEST:
        raise Unreadable(TOO_LARGE, value=text_of(cell))
    exact = _EXACT.multiply(number, factor * 100)
    if abs(exact) > _LARGEST:
        raise Unreadable(TOO_LARGE, value=text_of(cell))
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN, context=_EXACT))
