"""The measures of maintenance: counts that add up, and the shares that follow from them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, fields
from typing import Any

POINTS = 3  # speed, quality, manner
NOTHING = "—"


class KpiBy(enum.StrEnum):
    """What orders are put together by."""

    COMPOUND = "compound"
    TRADE = "trade"
    TECHNICIAN = "technician"
    PROVIDER = "provider"
    MONTH = "month"


@dataclass(frozen=True)
class Measures:
    """Counts, minutes, points, fen and 0.01 m², all of which add up; shares follow from them (None: of nothing).
    `in_time` of the `promised` ones were answered by their deadline, `on_time` of the `due` ones were done by theirs;
    `response` minutes of `answered` orders, `waiting` days of the `backlog`, `down` minutes of broken assets."""

    reported: int = 0
    answered: int = 0
    response: int = 0
    promised: int = 0
    in_time: int = 0
    done: int = 0
    due: int = 0
    on_time: int = 0
    first_time: int = 0
    reworked: int = 0
    rated: int = 0
    points: int = 0
    down: int = 0
    backlog: int = 0
    late: int = 0
    waiting: int = 0
    complaints: int = 0
    return_visits: int = 0
    cost: int = 0
    area: int = 0

    def __add__(self, other: Measures) -> Measures:
        return Measures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def satisfaction(self) -> float | None:
        """Mean points, 1 to 5."""
        return self.points / self.rated / POINTS if self.rated else None

    @property
    def mean_response(self) -> float | None:
        """Minutes until somebody answered."""
        return self.response / self.answered if self.answered else None

    @property
    def backlog_age(self) -> float | None:
        """Days what is not done has waited, on average."""
        return self.waiting / self.backlog if self.backlog else None

    @property
    def per_square_metre(self) -> int | None:
        """Fen a square metre, rounded half up."""
        return (200 * self.cost + self.area) // (2 * self.area) if self.area else None


@dataclass(frozen=True)
class Kpi:
    """The measures of one compound, trade, technician, provider or month (`key`; None: the orders name none)."""

    key: Any
    name: str
    of: Measures


@dataclass(frozen=True)
class Kpis:
    """`rows` by name (months in order), none where nothing happened; `whole` is their sum, with the areas of all
    compounds that were asked for (areas are known by compound alone)."""

    by: KpiBy
    rows: tuple[Kpi, ...]
    whole: Measures


def share(part: int, of: int) -> str:
    """A share in per cent, rounded half up; — of nothing."""
    return f"{(200 * part + of) // (2 * of)}%" if of else NOTHING


def points(of: Measures) -> str:
    """Mean points; — where nobody rated."""
    return NOTHING if of.satisfaction is None else f"{of.satisfaction:.2f}"
