"""What is counted or measured in parts of a whole as a column: whole thousandths, never a float."""

from __future__ import annotations

from models.base import Whole


class Quantity(Whole):
    """A quantity, reading or measured value in thousandths of its unit."""

    cache_ok = True
