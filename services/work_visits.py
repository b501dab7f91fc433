"""Visits to where work is: who came, from when until when, and how long the way was."""

from __future__ import annotations

from typing import Any

from models.work_doing import WorkVisit
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.work import Work
from services.records import records
from services.work_entries import AHEAD, ENDS_BEFORE, open_order, parting, stays

NOBODY = N_("Say who came: a person of the office, a firm or a name")


def _visit(work: Work, row: WorkVisit, given: dict[str, Any]) -> None:
    open_order(work, row.work_order_id)
    if not (row.staff_id or row.provider_id or row.person):
        raise Invalid(NOBODY, field=Word("work_visit.staff_id"))
    for name in ("came_at", "left_at"):
        if (at := getattr(row, name)) and at > work.now:
            raise Invalid(AHEAD, field=Word(f"work_visit.{name}"))
    if row.left_at and row.left_at < row.came_at:
        raise Invalid(ENDS_BEFORE, field=Word("work_visit.left_at"))


VISITS = records("work_visits", WorkVisit, sorts=("came_at",), sums=("travel_minutes",), settle=_visit, parting=parting)
stays(WorkVisit)
