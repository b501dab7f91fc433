"""Depreciation of public bodies: what of a card was taken by a day, and what each month takes.

政府会计准则第3号 and its 应用指南 (财会〔2017〕4号): straight line, no residual value, from the month of addition on,
none in the month of removal, down to nothing; the last month takes the rest. A change of value or life begins a
stretch of its own. A month counts once it has ended: on its last day. `services.depreciation_sql` says the same as SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.asset import Depreciation, ValueKind


@dataclass(frozen=True)
class Stretch:
    """From the day `on` depreciated over `months` (None: not, or nobody knows): `cost` less what was `carried` into it,
    in fen. Its first month is that of `on`."""

    on: date
    cost: int
    carried: int
    months: int | None

    def monthly(self) -> int:
        """Fen, rounded half up."""
        left, months = self.cost - self.carried, self.months or 1
        return (2 * left + months) // (2 * months)

    def taken(self, count: int) -> int:
        """What is accumulated after so many months of it."""
        if self.months is None or count <= 0 or self.cost <= self.carried:
            return self.carried
        if count >= self.months:
            return self.cost
        return min(self.carried + count * self.monthly(), self.cost)


@dataclass(frozen=True)
class Card:
    """The stretches of a card in order of time, and the day it left."""

    stretches: tuple[Stretch, ...]
    ended_on: date | None = None

    def there(self, day: date) -> bool:
        """Whether it is in the books at the end of a day."""
        begun = bool(self.stretches) and self.stretches[0].on <= day
        return begun and (self.ended_on is None or day < self.ended_on)

    def stretch(self, day: date) -> Stretch | None:
        """The one in force."""
        return next((s for s in reversed(self.stretches) if s.on <= day), None)


def month_of(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    """Its first day."""
    return date(month // 12, month % 12 + 1, 1)


def last_of(month: int) -> date:
    """Its last day."""
    return first_of(month + 1) - timedelta(days=1)


def ended(day: date) -> int:
    """The last month that has ended at the end of a day."""
    return month_of(day + timedelta(days=1)) - 1


def accumulated(card: Card, day: date) -> int:
    """What was taken at the end of a day, in fen, by whoever had it before included; of a card that left, until it
    did."""
    now, last = card.stretch(day), ended(day)
    if card.ended_on is not None:
        last = min(last, month_of(card.ended_on) - 1)
    return now.taken(last - month_of(now.on) + 1) if now else 0


def amount(card: Card, month: int) -> int:
    """What a month takes, in fen: nothing in the one the card leaves in."""
    now = card.stretch(last_of(month))
    if now is None or (card.ended_on is not None and month_of(card.ended_on) <= month):
        return 0
    count = month - month_of(now.on) + 1
    return now.taken(count) - now.taken(count - 1)


def between(card: Card, after: int, until: int) -> int:
    """What the months after one with this number take, up to another, in fen."""
    total, last = 0, until if card.ended_on is None else min(until, month_of(card.ended_on) - 1)
    for at, stretch in enumerate(card.stretches):
        first, end = month_of(stretch.on), last
        if at + 1 < len(card.stretches):
            end = min(last, month_of(card.stretches[at + 1].on) - 1)
        begin = max(after, first - 1)
        if begin < end:
            total += stretch.taken(end - first + 1) - stretch.taken(begin - first + 1)
    return total


def so_far(card: Card, on: date) -> tuple[int, int]:
    """What a change on a day goes on from: accumulated by the end of the month before (fen), and months taken."""
    month, taken = month_of(on), 0
    for at, stretch in enumerate(card.stretches):
        after = card.stretches[at + 1].on if at + 1 < len(card.stretches) else on
        taken += max(0, min(min(month_of(after), month) - month_of(stretch.on), stretch.months or 0))
    now = card.stretch(on)
    return (now.taken(month - month_of(now.on)) if now else 0), taken


def cost(card: Card, day: date) -> int:
    """The original value on a day, in fen."""
    now = card.stretch(day)
    return now.cost if now else 0


def card_of(asset: Any, changes: Iterable[Any] = ()) -> Card:
    """From the fields of an asset and of its changes of value; `asset` and the changes are records or rows."""
    begun, every = asset.entered_on or asset.acquired_on, sorted(changes, key=_order)
    first = every[0] if every else None
    value = (first.cost_before if first else asset.cost) or 0
    life = first.life_before if first else asset.life_months
    out = Depreciation.NONE is asset.depreciation or asset.value_kind is ValueKind.NOMINAL
    made = [Stretch(begun or date.min, value, min(asset.prior_accumulated or 0, value), life if begun else None)]
    made += (Stretch(c.on, c.cost or 0, c.accumulated, c.months_left) for c in every)
    if out:
        made = [Stretch(s.on, s.cost, s.carried, None) for s in made]
    ends = [day for day in (asset.disposed_on, asset.moved_on) if day]
    return Card(tuple(made), min(ends) if ends else None)


def _order(change: Any) -> tuple[date, Any]:
    return (change.on, change.id)


def unknown(asset: Any, *, changed: bool = False) -> bool:
    """Whether nobody can say how it is depreciated: no life, no cost or no day is known of a card that should be."""
    out = asset.depreciation is Depreciation.NONE or asset.value_kind is ValueKind.NOMINAL
    begun = changed or asset.entered_on or asset.acquired_on
    return not out and (asset.life_months is None or asset.cost is None or not begun)


@dataclass(frozen=True)
class Month:
    """A month of one card, in fen. `month` is its first day."""

    month: date
    amount: int
    accumulated: int
    cost: int

    @property
    def net(self) -> int:
        """What is left of the value."""
        return self.cost - self.accumulated


def months(card: Card, until: int) -> Iterator[Month]:
    """The months of a card in order, from its first to the one with this number, or to the one before it left."""
    if not card.stretches or card.stretches[0].on == date.min:
        return
    if card.ended_on is not None:
        until = min(until, month_of(card.ended_on) - 1)
    for month in range(month_of(card.stretches[0].on), until + 1):
        day = last_of(month)
        yield Month(first_of(month), amount(card, month), accumulated(card, day), cost(card, day))
