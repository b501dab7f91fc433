"""Certificates of inspected things: the next inspection is planned by the day the newest one ends."""

from __future__ import annotations

from typing import Any

from models.inspection import Inspection
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.work import Work
from services.records import records

AHEAD = N_("{date} lies ahead")
ENDS_BEFORE = N_("It ends before it begins")


def _settle(work: Work, row: Inspection, given: dict[str, Any]) -> None:
    if row.inspected_on > work.today:
        raise Invalid(AHEAD, field=Word("inspection.inspected_on"), date=row.inspected_on)
    if row.valid_until < row.inspected_on:
        raise Invalid(ENDS_BEFORE, field=Word("inspection.valid_until"))


INSPECTIONS = records("inspections", Inspection, sorts=("valid_until", "number"), settle=_settle)
