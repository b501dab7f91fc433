"""How long a class of asset is depreciated, and what it must cost to be a fixed asset: shipped rows, by date.

财会〔2017〕4号: the life of a card is the lower limit of its class; once set it stays. 行政单位财务规则: thresholds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Depreciation, ValueKind
from models.beside import AssetThreshold, DepreciationLife
from services.desk.listing import Listing, listing

EDITION, ADMINISTRATIVE = "2022", "administrative"
LIVES = listing(Listing("depreciation_lives", DepreciationLife, ("class_prefix",), words=("word", "class_prefix")))
THRESHOLDS = listing(Listing("asset_thresholds", AssetThreshold, ("from_on",), words=("word", "class_prefix")))


class Lives:
    """The rows there are, looked up by class, structure and day."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows, self._known = rows, dict[Any, Any]()
        self.editions = sorted({row.from_on for row in rows})

    def find(self, code: str | None, structure: str | None, on: date) -> Any | None:
        """The row for a class on a day: of those in force the one with the longest beginning of its code; before the
        first rule there was, that. None: no rule says anything, as of a building nobody knows the structure of."""
        key = (code, structure, bisect_right(self.editions, on))
        if key not in self._known:
            self._known[key] = self._find(code or "", structure or "", max(key[2] - 1, 0))
        return self._known[key]

    def _find(self, code: str, structure: str, edition: int) -> Any | None:
        fitting = [
            row for row in self.rows
            if row.from_on == self.editions[edition] and row.class_prefix and code.startswith(row.class_prefix)
            and row.structure in ("", structure)
        ]  # fmt: skip
        return max(fitting, key=_length, default=None)

    def fill(self, card: Mapping[str, Any], today: date) -> dict[str, Any]:
        """What a card lacks that follows from its class: life in months and whether it is depreciated, as column
        values. `card` are its column values; nothing it says itself is replaced."""
        said, none = card.get("depreciation"), {"depreciation": Depreciation.NONE}
        if said is Depreciation.NONE or (card.get("value_kind") is ValueKind.NOMINAL and not said):
            return {} if said else none
        if card.get("class_edition") != EDITION:
            return {}
        structure, on = card.get("structure"), card.get("entered_on") or card.get("acquired_on") or today
        row = self.find(card.get("class_code"), structure, on)
        if row is None:
            return {}
        if row.least_years is None:
            return {} if said else none
        life = {} if card.get("life_months") else {"life_months": row.least_years * 12}
        return life | ({} if said else {"depreciation": Depreciation.STRAIGHT_LINE})


def lives(session: Session) -> Lives:
    """As shipped."""
    with session.no_autoflush:
        return Lives(session.scalars(sa.select(DepreciationLife).order_by(DepreciationLife.from_on)).all())


def _length(row: Any) -> int:
    return len(row.class_prefix)


def threshold(session: Session, code: str | None, on: date, body: str = ADMINISTRATIVE) -> AssetThreshold | None:
    """The row that says what one thing of a class must cost on a day to be a fixed asset; below it is a consumable."""
    rows = session.scalars(sa.select(AssetThreshold).where(AssetThreshold.body == body, AssetThreshold.from_on <= on))
    found = sorted(rows, key=_newest, reverse=True)
    fitting = (r for r in found if r.from_on == found[0].from_on and (code or "").startswith(r.class_prefix))
    return next(fitting, None)


def _newest(row: AssetThreshold) -> tuple[date, int]:
    return (row.from_on, len(row.class_prefix))
