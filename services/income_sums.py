"""What rents and disposals brought in a period and owe at its end, from rows of their lists, in fen: due, received,
costs, paid to the treasury; due and not received, received and not paid on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.disposal import COSTS


def rent(row: Mapping[str, Any], begin: date, end: date) -> tuple[int, ...]:
    """Of one period of a lease."""
    amount, due, got, paid = row["amount"], row["due_on"], row["received_on"], row["paid_on"]
    here, there = got is not None and got <= end, paid is not None and paid <= end
    return (
        amount * (begin <= due <= end), amount * bool(here and got >= begin), 0, amount * bool(there and paid >= begin),
        amount * (due <= end and not here), amount * (here and not there),
    )  # fmt: skip


def proceeds(incomes: Sequence[Mapping[str, Any]], begin: date, end: date) -> tuple[int, ...]:
    """Of one disposal: what is not paid on is what costs have left of what was received."""
    due = got = cost = paid = owed = all_got = all_cost = all_paid = 0
    for row in incomes:
        spent, amount, on = row["kind"] in COSTS, row["amount"], row["received_on"]
        here = on is not None and on <= end
        got += amount * (here and on >= begin and not spent)
        cost += amount * (here and on >= begin and spent)
        all_got, all_cost = all_got + amount * (here and not spent), all_cost + amount * (here and spent)
        if not spent and row["due_on"]:
            due += amount * (begin <= row["due_on"] <= end)
            owed += amount * (row["due_on"] <= end and not here)
        if row["paid_on"] and row["paid_on"] <= end:
            all_paid += row["paid"] or 0
            paid += (row["paid"] or 0) * (row["paid_on"] >= begin)
    return (due, got, cost, paid, owed, max(0, all_got - all_cost - all_paid))
