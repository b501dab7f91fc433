"""20,000 people and what they heard in a year: hours against the rules, courses that are due and the audit, against
bare SQL of the same rows on the same store."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import services.registry  # noqa: F401 — the queries people have
from bench import million, skills
from bench.figures import HEAD, Figure, told
from bench.premises import against
from models.base import new_id, table
from models.organization import Organization
from models.post import Post, PostHolding, PostRequirement
from models.staff import Staff
from models.training import Attendance, Course, CourseKind, PlaceState, SessionState, TrainingSession
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.listing import View

COURSES, SESSIONS, EACH, YEAR, LIMIT = 12, 2_400, 20, 2026, 3.0
ON = date(YEAR, 11, 23)
staff, unit, post, holding, asks, course, session, seat = (
    table(kind)
    for kind in (Staff, Organization, Post, PostHolding, PostRequirement, Course, TrainingSession, Attendance)
)
Select = sa.Select[Any]


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, the median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        skills.fill(desk)
        fill(desk)
        for name, ours, floor in (
            (
                f"hours of {skills.PEOPLE:,} people in a year",
                partial(desk.ask, "training.hours", year=YEAR, on=ON),
                _hours(),
            ),
            ("… courses that are due", partial(desk.ask, "training.due", on=ON), _due()),
            ("… a year for the auditor", partial(desk.ask, "training.audit", year=YEAR, on=ON), [*_hours(), *_due()]),
        ):
            yield against(desk, name, LIMIT, 1, ours, floor)
        opened.close()


def fill(desk: Desk) -> None:
    """Sessions all over the year, each with people of one compound; one of ten did not come."""
    people: dict[Any, list[Any]] = {}
    for row in desk.first(View("staff"), skills.PEOPLE):
        people.setdefault(row["compound_id"], []).append(row["id"])
    courses: list[dict[str, Any]] = [
        {"id": new_id(), "code": f"K{n}", "name": f"课程{n}", "kind": list(CourseKind)[n % 8], "hours": 40 + n,
         "repeat_months": 6 + n} for n in range(COURSES)
    ]  # fmt: skip
    sessions, seats = list[dict[str, Any]](), list[dict[str, Any]]()
    for n in range(SESSIONS):
        home, of = list(people)[n % len(people)], courses[n % COURSES]
        begins = datetime(YEAR, 1, 5, 1, tzinfo=UTC) + timedelta(days=n % 320)
        made = {"id": new_id(), "compound_id": home, "number": f"PX{n}", "title": "某期", "course_id": of["id"],
                "starts_at": begins, "ends_at": begins + timedelta(hours=3), "hours": of["hours"],
                "state": SessionState.HELD, "cost": 1000 * n}  # fmt: skip
        sessions.append(made)
        for at in range(EACH):
            here = people[home]
            came = (n + at) % 10 > 0
            seats.append({
                "id": new_id(), "compound_id": home, "training_session_id": made["id"], "state": PlaceState.ENROLLED,
                "staff_id": here[(n // len(people) * EACH + at) % len(here)], "hours": of["hours"] if came else None,
                "signed_in_at": begins if came else None, "passed": True if came else None,
            })  # fmt: skip
    for kind, rows in ((Course, courses), (TrainingSession, sessions), (Attendance, seats)):
        desk.do(skills.load, kind, rows)


# What anybody would send


def _people() -> Select:
    names = ("id", "number", "name", "compound_id", "employment", "joined_on")
    found = sa.select(*(staff.c[name] for name in names), unit.c.name)
    return found.outerjoin_from(staff, unit, unit.c.id == staff.c.unit_id).where(staff.c.alive == sa.true())


def _seats() -> Any:
    return seat.join(session, session.c.id == seat.c.training_session_id).join(
        course, course.c.id == session.c.course_id
    )


def _hours() -> list[Select]:
    """Everybody in order, his post, and the sums of what he heard."""
    heard = sa.select(seat.c.staff_id, course.c.kind, sa.func.sum(seat.c.hours), sa.func.count()).select_from(_seats())
    heard = heard.where(seat.c.alive == sa.true(), session.c.state == "held", seat.c.signed_in_at.is_not(None))
    held = sa.select(holding.c.staff_id, post.c.name, post.c.function, post.c.kind)
    held = held.join_from(holding, post, post.c.id == holding.c.post_id).where(holding.c.alive == sa.true())
    return [_people().order_by(staff.c.name, staff.c.number), heard.group_by(seat.c.staff_id, course.c.kind), held]


def _due() -> list[Select]:
    """The last day everybody passed a course, what posts ask for, and who everybody is."""
    passed = sa.select(seat.c.staff_id, session.c.course_id, sa.func.max(session.c.starts_at)).select_from(_seats())
    passed = passed.where(seat.c.alive == sa.true(), seat.c.passed == sa.true(), session.c.state == "held")
    asked = sa.select(holding.c.staff_id, asks.c.course_id).join_from(
        holding, asks, asks.c.post_id == holding.c.post_id
    )
    return [_people(), passed.group_by(seat.c.staff_id, session.c.course_id), asked.where(asks.c.kind == "course")]


if __name__ == "__main__":
    print(told(HEAD), flush=True)
    figures = list(measure())
    for figure in figures:
        print(figure.line(), flush=True)
    sys.exit(any(figure.over for figure in figures))
