"""Prepared arguments for what is done with training, about sessions and plans of a compound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import xlsxwriter

Place = Any  # of `reach`, which takes these arguments in
NOW = datetime.now(UTC)
TODAY = NOW.astimezone().date()
YEAR = TODAY.year


def course(p: Place, **values: Any) -> UUID:
    made: UUID = p.add("courses", **{"name": p.fresh(), "kind": "fire", "hours": 40, "repeat_months": 12} | values)
    return made


def session(p: Place, state: str = "planned", begins: datetime = NOW, **of: Any) -> UUID:
    """A session with one person in it, as far as it is to come: planned, running, held, certified."""
    at = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "hours": 40}
    made: UUID = p.inside("training_sessions", title=p.fresh(), course_id=course(p, **of), **at)
    person = {"training_session_id": made, "staff_ids": [p.person()]}
    p.desk.do("training_sessions.enrol", **person)
    steps = ("running", "held", "certified").index(state) + 1 if state != "planned" else 0
    for step in ("start", "hold", "certify")[:steps]:
        if step == "hold":
            p.desk.do("training_sessions.mark", **person)
        p.desk.do(f"training_sessions.{step}", training_session_id=made)
    return made


def seats(p: Place, made: UUID) -> list[dict[str, Any]]:
    from services.desk.listing import View

    rows: list[dict[str, Any]] = p.desk.first(View("attendances", filters=(("training_session_id", (made,)),)), 9)
    return rows


def people(p: Place, state: str = "planned") -> dict[str, Any]:
    made = session(p, state)
    return {"training_session_id": made, "staff_ids": [seat["staff_id"] for seat in seats(p, made)]}


def seat(p: Place, state: str = "running", **of: Any) -> UUID:
    [row] = seats(p, session(p, state, **of))
    found: UUID = row["id"]
    return found


def heard(p: Place) -> UUID:
    """Somebody who heard a course that is due again soon."""
    made = session(p, "held", NOW - timedelta(days=350))
    [row] = seats(p, made)
    found: UUID = row["staff_id"]
    return found


def plan(p: Place, *, lines: int = 0, adopted: bool = False) -> UUID:
    made: UUID = p.inside("training_plans", title=p.fresh(), year=YEAR)
    for _ in range(lines):
        line(p, made)
    if adopted:
        p.desk.do("training_plans.adopt", training_plan_id=made)
    return made


def line(p: Place, of: UUID | None = None) -> UUID:
    values = {"training_plan_id": of or plan(p), "course_id": course(p), "month": 1, "people": 1}
    made: UUID = p.desk.do("training_plans.put", **values).value
    return made


def attendance_list(p: Place) -> dict[str, Any]:
    made = session(p, "running")
    [row] = seats(p, made)
    file = p.folder / f"{p.fresh()}.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["工号", "姓名"])
        page.write_row(1, 0, [row["staff_number"], row["staff"]])
    return {"training_session_id": made, "file": str(file)}


def me(kind: str, make: Callable[[Place], UUID], **more: Any) -> Callable[[Place], dict[str, Any]]:
    """What names a record, with what else the act takes."""
    return lambda p: {f"{kind}_id": make(p), **more}


OWN: dict[str, Any] = {"own_certificate": True}
ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "do courses.add": lambda p: {"name": p.fresh(), "kind": "fire", "hours": 10},
    "do courses.revise": me("course", course, note="x"),
    "do courses.remove": me("course", course),
    "do training_plans.add": lambda p: {"compound_id": p.compound, "title": "x", "year": YEAR},
    "do training_plans.revise": me("training_plan", plan, title="x"),
    "do training_plans.remove": me("training_plan", plan),
    "do training_plans.put": lambda p: {"training_plan_id": plan(p), "course_id": course(p), "month": 1, "people": 1},
    "do training_plans.change": me("training_plan_line", line, people=2),
    "do training_plans.take_off": me("training_plan_line", line),
    "do training_plans.adopt": me("training_plan", lambda p: plan(p, lines=1)),
    "do training_plans.reopen": me("training_plan", lambda p: plan(p, lines=1, adopted=True)),
    "do training_sessions.add": lambda p: {
        "compound_id": p.compound, "title": "x", "course_id": course(p), "starts_at": NOW, "hours": 10,
        "ends_at": NOW + timedelta(hours=1)},
    "do training_sessions.revise": me("training_session", session, title="x"),
    "do training_sessions.remove": lambda p: {"training_session_id": p.inside(
        "training_sessions", title="x", course_id=course(p), starts_at=NOW, ends_at=NOW + timedelta(hours=1),
        hours=10)},
    "do training_sessions.start": me("training_session", session),
    "do training_sessions.hold": lambda p: {"training_session_id": marked(p)},
    "do training_sessions.reopen": me("training_session", lambda p: session(p, "held")),
    "do training_sessions.cancel": me("training_session", session, cancelled_why="x"),
    "do training_sessions.enrol": lambda p: {"training_session_id": session(p), "staff_ids": [p.person()]},
    "do training_sessions.withdraw": people,
    "do training_sessions.sign_in": lambda p: {"training_session_id": session(p, "running"), "staff_id": p.person(),
                                               "walk_in": True},
    "do training_sessions.sign_off": lambda p: people(p, "running"),
    "do training_sessions.mark": lambda p: people(p, "running"),
    "do training_sessions.take_in": attendance_list,
    "do training_sessions.certify": me("training_session", lambda p: session(p, "held", **OWN)),
    "do attendances.enter": me("attendance", seat, came=True),
    "do attendances.withdraw_certificate": me("attendance", lambda p: seat(p, "certified", **OWN)),
    "ask attendances.certificate": me("attendance", lambda p: seat(p, "certified", **OWN)),
    "ask training.audit": lambda p: {"year": YEAR, "on": TODAY, "compound_id": p.compound},
    "ask training.card": me("staff", heard, year=YEAR),
    "ask training.due": lambda p: (heard(p), {"on": TODAY})[1],
    "ask training.hours": lambda p: {"year": YEAR, "compound_id": p.compound},
    "ask training.trainers": lambda p: (session(p, "held"), {"year": YEAR, "compound_id": p.compound})[1],
    "ask training.passport": me("staff", heard, on=TODAY),
    "ask training.passport_paper": me("staff", heard, on=TODAY),
    "ask training.report": lambda p: {"year": YEAR, "on": TODAY, "compound_id": p.compound},
    "ask training_plans.paper": me("training_plan", lambda p: plan(p, lines=1), on=TODAY),
    "ask training_plans.sheet": me("training_plan", plan),
    "ask training_sessions.between": lambda p: (session(p), {
        "first": NOW - timedelta(days=1), "last": NOW + timedelta(days=1)})[1],
    "ask training_sessions.paper": me("training_session", session),
    "ask training_sessions.sheet": me("training_session", session),
}  # fmt: skip


def marked(p: Place) -> UUID:
    """A running session somebody is in."""
    found = people(p, "running")
    p.desk.do("training_sessions.mark", **found)
    made: UUID = found["training_session_id"]
    return made
