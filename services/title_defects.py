"""What is wrong with a title: entered or found, put in somebody's hands, settled with a result."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from models.title_defect import DefectState, TitleDefect
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.work import Work
from services.records import records

SETTLED = N_("Defect {number} is settled already")


def _settle(work: Work, defect: TitleDefect, given: dict[str, Any]) -> None:
    """Whoever has a person responsible and a route is in hand; a settled one says how."""
    if defect.due_on and defect.due_on < defect.opened_on:
        raise Invalid(N_("“From” lies after “To”."), field=Word("title_defect.due_on"))
    if defect.state is DefectState.SETTLED:
        if not (defect.result or "").strip() and not defect.by_rule:
            raise Invalid(N_("“{field}” is required"), field=Word("title_defect.result"))
        defect.settled_on = defect.settled_on or work.today
        _dated(work, defect, defect.settled_on)
        return
    defect.settled_on = None
    if defect.state is DefectState.OPEN and defect.staff_id and defect.route:
        defect.state = DefectState.IN_HAND


def _dated(work: Work, defect: TitleDefect, day: date) -> None:
    if day < defect.opened_on or day > work.today:
        raise Invalid(N_("It was opened on {date} and is settled by today"), date=defect.opened_on)


DEFECTS = records("title_defects", TitleDefect, sorts=("due_on", "number", "state"), series="QX", settle=_settle)


@intent(N_("Settle title defect"), on=TitleDefect, name="title_defects.settle")
def settle(work: Work, *, title_defect_id: UUID, result: str, settled_on: date | None = None) -> None:
    """It is put right, or it was decided how it stays; says how."""
    defect = work.get(TitleDefect, title_defect_id)
    if defect.state is DefectState.SETTLED:
        raise Conflict(SETTLED, number=defect.number)
    day = settled_on or work.today
    _dated(work, defect, day)
    if not result.strip():
        raise Invalid(N_("“{field}” is required"), field=Word("title_defect.result"))
    defect.state, defect.settled_on, defect.result = DefectState.SETTLED, day, result.strip()
