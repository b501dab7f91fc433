"""What parts cost by the moving weighted average (移动加权平均): arithmetic in fen and thousandths, never a float.

The average is that of the moment a movement is entered, whatever day it is entered for: what was issued in between has
its price already, and no later receipt changes it.

The rules that always hold of a card: without quantity there is no value, and value and quantity have the same sign.
Whoever issues more than there is takes the missing rest at the average (or the price of the last receipt). When goods
come in for it later, they stand in the store at their own price, and what the shortage cost more or less than was
reckoned is a movement of its own, the difference: it touches no order, which may long be closed.
"""

from __future__ import annotations

from typing import NamedTuple

WHOLE = 1000  # thousandths


class Balance(NamedTuple):
    """What lies in a store of a part: thousandths (less than none: it is short), fen."""

    quantity: int
    value: int


def half_up(value: int, part: int, of: int) -> int:
    """`value` × `part` ÷ `of`, none of them negative, rounded half up."""
    return (2 * value * part + of) // (2 * of)


def price(amount: int, quantity: int) -> int:
    """Fen for a whole unit, rounded half up: to be read, nothing is reckoned with it."""
    return half_up(abs(amount), WHOLE, abs(quantity)) if quantity else 0


def issued(there: Balance, quantity: int, last_price: int) -> int:
    """What this much costs when it leaves, fen: its share of the value, all of it for the last. What is not there is
    reckoned at the average, where there is none at the price of the last receipt (fen a unit)."""
    if there.quantity >= quantity:
        return there.value if there.quantity == quantity else half_up(there.value, quantity, there.quantity)
    if there.quantity > 0:
        return there.value + half_up(there.value, quantity - there.quantity, there.quantity)
    if there.value:
        return half_up(-there.value, quantity, -there.quantity)
    return half_up(last_price, quantity, WHOLE)


def difference(before: Balance, quantity: int, amount: int) -> int:
    """What has to be added to the value after a movement (signed) for quantity and value to agree again, fen.

    Goods that fill a shortage stand at their own price; while some of it is left, that keeps its reckoned price. Where
    the last leaves, or less value is there than what leaves takes along, nothing remains."""
    now, value = before.quantity + quantity, before.value + amount
    if now == 0 or (now > 0 and value < 0):
        return -value
    if before.quantity < 0 < quantity:
        left = half_up(amount, now, quantity) if now > 0 else -half_up(-before.value, -now, -before.quantity)
        return left - value
    return 0


def returned(amount: int, quantity: int, before: int, now: int) -> int:
    """What coming back is worth of something issued as `quantity` for `amount`, when `before` of it was back already:
    its own price; all that came back is worth together never more nor less than was issued."""
    return half_up(amount, before + now, quantity) - half_up(amount, before, quantity)
