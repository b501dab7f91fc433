"""The page of a person: his facts, posts, schooling, skills, merits and days away, and when he retires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import Session

from models.post import PostHolding
from models.staff import Staff, StaffAbsence, StaffEducation, StaffMerit, StaffSkill
from resources.words import N_
from services import retirement
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession

Row = Mapping[str, Any]
LISTS = {  # the lists about a person: of what, and in the order of which day
    "post_holdings": (PostHolding, "from_on"), "staff_educations": (StaffEducation, "finished_on"),
    "staff_skills": (StaffSkill, "awarded_on"), "staff_merits": (StaffMerit, "on"),
    "staff_absences": (StaffAbsence, "from_on"),
}  # fmt: skip


@dataclass(frozen=True)
class PersonSheet:
    """`row` is the person as the list shows him, `lines` the rows of each list about him, the newest first; `retires`
    is how his day of retirement comes about, None where his birth or his group is not known."""

    id: UUID
    row: Row
    lines: Mapping[str, tuple[Row, ...]]
    retires: retirement.Retirement | None
    years: int | None


@query(N_("A person with his posts and schooling"), on=Staff, name="staff.sheet")
def sheet(session: Session, *, staff_id: UUID, on: date) -> PersonSheet:
    """Everything his page shows as of a day. Missing: there is nobody such in reach."""
    person = session.get(Staff, staff_id)
    rows = Reader(cast("DeskSession", session), View("staff")).page([person.n]) if person else []
    if person is None or not rows:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    lines = {name: _lines(session, name, staff_id) for name in LISTS}
    born, group = person.born_on, person.retirement_group
    ends = retirement.age_and_day(born, group, person.retirement_shift or 0) if born and group else None
    years = retirement.age(born, person.left_on or on) if born else None
    return PersonSheet(person.id, rows[0], lines, ends, years)


def _lines(session: Session, name: str, staff_id: UUID) -> tuple[Row, ...]:
    """Dated rows first, the newest on top; what has no day comes last."""
    by, reader = LISTS[name][1], Reader(cast("DeskSession", session), View(name, filters=(("staff_id", (staff_id,)),)))
    found = reader.page(reader.ids())
    return tuple(sorted(found, key=lambda row: row[by] or date.min, reverse=True))
