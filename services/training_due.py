"""Who is to hear which course again, or for the first time because the post asks for it, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models.training import Course
from resources.rest import resting
from resources.words import N_
from services import training_due_rows as rows
from services.certificates_held import as_id
from services.desk.intent import query
from services.rent_schedule import months_on

HORIZON = 90  # days ahead that are shown


@dataclass(frozen=True)
class Repeat:
    """One course that is due for one person. `last_on` is when he last passed it, None for never; `required`: his post
    asks for it; `session_number` of an open session he has a place in, or waits for."""

    staff_id: UUID
    number: str
    name: str
    unit: str
    compound_id: UUID
    course_id: UUID
    course: str
    required: bool
    last_on: date | None
    due_on: date
    session_id: UUID | None
    session_number: str

    def days(self, on: date) -> int:
        """How many days are left; below 0 it is overdue."""
        return (self.due_on - on).days


@query(N_("Courses that are due"), on=Course, name="training.due")
def due(session: Session, on: date, ahead: int = HORIZON) -> list[Repeat]:
    """Everything due by so many days `ahead`, the longest overdue first."""
    until = on + timedelta(days=ahead)
    with resting():
        needed, placed, courses = rows.required(session, on), rows.placed(session), rows.courses(session)
        last = rows.passed(session, courses, {course for _, course in needed}, until)
        people = rows.people(session, on)
    made = list[Repeat]()
    for key in last.keys() | needed.keys():
        course, person = courses.get(key[1]), people.get(key[0])
        if course is None or person is None:
            continue
        day = due_day(last.get(key), course.repeat_months, needed.get(key))
        if day is None or day > until:
            continue
        number, name, home, unit = person
        held, session_number = placed.get(key, (None, ""))
        made.append(
            Repeat(as_id(key[0]), number, name, unit or "", as_id(home), course.id, course.name, key in needed,
                   last.get(key), day, as_id(held) if held is not None else None, session_number)
        )  # fmt: skip
    return sorted(made, key=_order)


def due_day(last_on: date | None, repeat_months: int | None, required_since: date | None) -> date | None:
    """When a course is to be heard: so many months after it was passed; at once where a post asks for it and it never
    was. None: never again."""
    if last_on is None:
        return required_since
    return months_on(last_on, repeat_months) if repeat_months else None


def _order(row: Repeat) -> tuple[date, str, str]:
    return (row.due_on, row.name, row.course)
