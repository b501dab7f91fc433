"""Hours of teaching as a column: whole tenths, never a float."""

from __future__ import annotations

from models.base import Whole


class Hours(Whole):
    """Time of teaching in tenths of an hour of 45 minutes (学时)."""

    cache_ok = True
