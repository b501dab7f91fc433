"""Depreciation month by month, written down as a bookkeeper would: shares nothing with the program but the fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.asset import Depreciation, ValueKind


@dataclass
class Change:
    """A change of value or life on a day: what the card is worth, and lives (in all), from then on."""

    on: date
    cost: int
    life: int
    off: int = 0  # depreciation that goes with what was taken off


@dataclass
class Book:
    """One card of a bookkeeper. Fen."""

    cost: int | None
    life: int | None
    begun: date | None
    left: date | None = None
    prior: int = 0
    depreciation: Depreciation | None = None
    value_kind: ValueKind | None = None
    changes: list[Change] = field(default_factory=list)

    def written(self, until: date) -> list[tuple[int, int, int]]:
        """(month, what it took, what is accumulated) for every month that had ended by a day."""
        idle = self.depreciation is Depreciation.NONE or self.value_kind is ValueKind.NOMINAL
        begun, cost, life = self.begun, self.cost or 0, self.life
        if begun is None:  # nobody knows: nothing is taken before a change says more
            begun, life = (self.changes[0].on if self.changes else None), None
        if begun is None:
            return []
        rows = list[tuple[int, int, int]]()
        total, taken, rate = min(self.prior, cost), 0, None
        year, month = begun.year, begun.month
        while _last(year, month) <= until:
            if self.left and (year, month) >= (self.left.year, self.left.month):
                break
            for change in self.changes:
                if (change.on.year, change.on.month) == (year, month):
                    cost, life, total, rate = change.cost, change.life, total - change.off, None
            share = 0
            if not idle and life is not None and taken < life and total < cost:
                if rate is None:
                    exact = Decimal(cost - total) / Decimal(life - taken)
                    rate = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
                share = cost - total if taken + 1 == life else min(rate, cost - total)
            taken += not idle and life is not None and taken < life
            total += share
            rows.append((year * 12 + month - 1, share, total))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return rows


def _last(year: int, month: int) -> date:
    days = (31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return date(year, month, days[month - 1])
