"""Who retires ahead: how many people in each year, by the function of their posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.post import PostFunction
from models.staff import Staff
from resources.words import N_
from services.desk.intent import query
from services.desk.private import closed
from services.desk.schema import takes
from services.desk.session import DeskSession
from services.skill_matrix import DAY_OF, SCOPED, scope_of
from services.staff_structure import held_on, people

AHEAD = 10  # years that are told one by one


@dataclass(frozen=True)
class Retiring:
    """The people who retire from the day `from_on` to `until_on` (None: without an end; both: it is not known)."""

    from_on: date | None
    until_on: date | None
    people: int
    functions: Mapping[PostFunction | None, int] = field(compare=False)


@query(N_("Retirements ahead by year"), on=Staff, name="staff.retiring")
def retiring(
    session: Session, on: date, compound_ids: Sequence[UUID] = (), unit_ids: Sequence[UUID] = (),
    functions: Sequence[PostFunction] = (),
) -> list[Retiring]:  # fmt: skip
    """Of everybody here on a day: whose day has passed, who retires in this year and each of the next, later, and of
    whom it is not known (these others only where there is anybody). Nothing to who may not be told."""
    if "retires_on" in closed(cast("DeskSession", session), Staff):
        return []
    scope, held = scope_of(compound_ids, unit_ids, functions), held_on(on)
    passed = sa.case((Staff.retires_on < on, 0), else_=sa.extract("year", Staff.retires_on)).label("year")
    asked = people(on, scope, held, passed, held.c.function, sa.func.count(Staff.id))
    counted: dict[int | None, dict[Any, int]] = {}
    for year, function, count in session.execute(asked.group_by(passed, held.c.function)):
        at = None if year is None else min(int(year), on.year + AHEAD)
        of = counted.setdefault(at, {})
        of[function] = of.get(function, 0) + count
    return _rows(on, counted) if counted else []


def _rows(on: date, counted: Mapping[int | None, Mapping[Any, int]]) -> list[Retiring]:
    years = range(on.year, on.year + AHEAD)
    rows = [
        (0, None, date.fromordinal(on.toordinal() - 1)),
        *((year, max(date(year, 1, 1), on), date(year, 12, 31)) for year in years),
        (on.year + AHEAD, date(on.year + AHEAD, 1, 1), None), (None, None, None),
    ]  # fmt: skip
    return [
        Retiring(first, last, sum(counted.get(at, {}).values()), counted.get(at, {}))
        for at, first, last in rows if at in years or at in counted
    ]  # fmt: skip


takes("staff.retiring", (DAY_OF, *SCOPED))
