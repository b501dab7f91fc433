"""Label stock: which sheets and rolls there are, where each label lies on them, and how a printer misses that.

Sizes are data (`resources/reference/label_stocks.json`), in millimetres from the upper left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import resources
from resources.words import N_
from services.desk.errors import Invalid

UNKNOWN = N_("There is no label stock “{name}”; there are: {names}")
NO_PLACE = N_("The first label is one of 1 to {most} of a sheet")
CROSS, RULER = 20.0, 150.0  # mm: where the cross of the calibration page lies, how long its rulers are, at most
FARTHEST, STRETCH = 10.0, 0.1  # mm and share a printer may be off; more is a mistake of measuring


@dataclass(frozen=True)
class Stock:
    """One kind of sheet or roll; sizes in mm. A roll has one label a page."""

    name: str
    page: tuple[float, float]
    columns: int
    rows: int
    label: tuple[float, float]
    first: tuple[float, float]
    pitch: tuple[float, float]
    corner: float
    outline: bool

    @property
    def places(self) -> int:
        """How many labels a page has."""
        return self.columns * self.rows

    def place(self, at: int) -> tuple[float, float]:
        """Upper left corner of a label, counted from 0 along the rows."""
        row, column = divmod(at, self.columns)
        return self.first[0] + column * self.pitch[0], self.first[1] + row * self.pitch[1]

    @property
    def cross(self) -> tuple[float, float]:
        """Where the cross of the calibration page should lie."""
        return min(CROSS, self.page[0] / 4), min(CROSS, self.page[1] / 4)

    @property
    def rulers(self) -> tuple[float, float]:
        """How long the rulers from the cross to the right and down should be: whole centimetres."""
        rooms = (page - 1.5 * edge for page, edge in zip(self.page, self.cross, strict=True))
        across, down = (min(RULER, room // 10 * 10) for room in rooms)
        return across, down


@dataclass(frozen=True)
class Fit:
    """What a printer makes of a page: it puts what should lie at x at `shift + scale · x` (mm)."""

    shift: tuple[float, float] = (0.0, 0.0)
    scale: tuple[float, float] = (1.0, 1.0)

    @classmethod
    def measured(cls, stock: Stock, cross: tuple[float, float], rulers: tuple[float, float]) -> Fit:
        """From what was measured on the calibration page, in mm. Invalid: so far off that it was measured wrongly."""
        scale = (rulers[0] / stock.rulers[0], rulers[1] / stock.rulers[1])
        shift = (cross[0] - scale[0] * stock.cross[0], cross[1] - scale[1] * stock.cross[1])
        if any(abs(s - 1) > STRETCH for s in scale) or any(abs(s) > FARTHEST for s in shift):
            raise Invalid(N_("No printer is that far off; please measure again, in millimetres"))
        return cls(shift, scale)


def source() -> str:
    """What the sizes rest on."""
    return str(resources.settings("label_stocks")["source"])


@cache
def stocks() -> dict[str, Stock]:
    """Every kind of stock, by name."""
    rows: list[dict[str, Any]] = resources.settings("label_stocks")["stocks"]
    pairs = ("page", "label", "first", "pitch")
    return {row["name"]: Stock(**row | {name: tuple(row[name]) for name in pairs}) for row in rows}


def stock_of(name: str) -> Stock:
    """The stock of a name; Invalid names those there are."""
    found = stocks().get(name)
    if found is None:
        raise Invalid(UNKNOWN, name=name, names=", ".join(stocks()))
    return found
