"""Training of the sample office: courses, the plan of the year, sessions held, one to come with people who wait."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from models.base import new_id
from models.post import PostFunction
from models.training import (
    Attendance,
    Course,
    CourseKind,
    PlaceState,
    PlanState,
    SessionKind,
    SessionState,
    TrainingPlan,
    TrainingPlanLine,
    TrainingSession,
)
from services.demo_training_rows import AHEAD, CALLED_OFF, COURSES, HELD, LINES, PROVIDERS
from services.desk.work import Work

Row = dict[str, Any]
CHINA = timezone(timedelta(hours=8))
YEAR, HERE = 2026, 22  # people of a compound
K, S, F = CourseKind, SessionKind, PostFunction
WORDS = ("讲得清楚", "案例再多一些更好", "实操时间偏短", "场地较远")  # what some say of a session


# course, month, for whom, people, sessions, yuan
class _Year:
    """The training of one compound, as rows."""

    def __init__(self, work: Work, home: UUID, staff: list[Row]) -> None:
        self.home, self.staff, self.work = home, staff, work
        self.courses = {row["code"]: row | {"id": new_id()} for row in COURSES}
        self.lines, self.sessions, self.seats = list[Row](), list[Row](), list[Row]()
        self.numbers = work.numbers("PX", len(HELD) + len(AHEAD) + 1)
        self.plan = {
            "id": new_id(), "compound_id": home, "number": next(work.numbers("PJ")), "title": f"{YEAR}年度培训计划",
            "year": YEAR, "state": PlanState.ADOPTED, "budget": 4_000_000, "adopted_on": date(2026, 1, 16),
            "basis": "局办〔2026〕4号",
        }  # fmt: skip
        for code, month, function, people, sessions, yuan in LINES:
            self.lines.append({
                "id": new_id(), "compound_id": home, "training_plan_id": self.plan["id"], "month": month,
                "course_id": self.courses[code]["id"], "function": function, "people": people, "sessions": sessions,
                "budget": yuan * 100,
            })  # fmt: skip

    def session(self, code: str, on: date, trainer: str, kind: SessionKind, yuan: int, **said: Any) -> Row:
        """A session on a morning; by the line of its month, where the plan has one."""
        course, begins = self.courses[code], datetime(on.year, on.month, on.day, 9, tzinfo=CHINA)
        line = next((row["id"] for row in self.lines if row["course_id"] == course["id"] and row["month"] == on.month
                     and on.year == YEAR), None)  # fmt: skip
        row = {
            "id": new_id(), "compound_id": self.home, "number": next(self.numbers), "title": f"{course['name']}",
            "course_id": course["id"], "training_plan_line_id": line, "kind": kind, "starts_at": begins,
            "ends_at": begins + timedelta(hours=3), "hours": course["hours"], "trainer": trainer, "cost": yuan * 100,
            "provider": PROVIDERS.get(trainer), "place_text": "二楼多功能厅", **said,
        }  # fmt: skip
        self.sessions.append(row)
        return row

    def held(self, at: int, code: str, on: date, trainer: str, kind: SessionKind, people: int, yuan: int) -> None:
        """One that is over: one of nine did not come, and where there is an exam one of seven did not pass."""
        row = self.session(code, on, trainer, kind, yuan, state=SessionState.HELD)
        least = self.courses[code].get("pass_score")
        for n in range(people):
            came = (n + at) % 9 != 4
            score = (least - 6 if (n + at) % 7 == 3 else 68 + (n * 7 + at * 11) % 31) if least and came else None
            passed = None if not came else score >= least if least and score is not None else True
            self.seat(row, self.staff[(n + at) % len(self.staff)], PlaceState.ENROLLED,
                      signed_in_at=row["starts_at"] - timedelta(minutes=n % 12) if came else None,
                      hours=row["hours"] if came else None, score=score, passed=passed,
                      rating=3 + (n + at) % 3 if came and n % 2 else None,
                      feedback=WORDS[(n + at) % len(WORDS)] if came and n % 6 == 1 else None)  # fmt: skip

    def seat(self, row: Row, person: Row, state: PlaceState, **said: Any) -> None:
        """Somebody's place."""
        self.seats.append({"id": new_id(), "compound_id": self.home, "training_session_id": row["id"],
                           "staff_id": person["id"], "state": state, **said})  # fmt: skip


def fill(work: Work, compounds: list[Row], staff: list[Row]) -> dict[str, UUID]:
    """The training of the first compound: a year of it, and what is to come; the ids of the courses by their codes."""
    home = compounds[0]["id"]
    year = _Year(work, home, [person for person in staff if person["compound_id"] == home][:HERE])
    for at, held in enumerate(HELD):
        year.held(at, *held)
    for at, (code, on, trainer, kind, places, people, yuan) in enumerate(AHEAD):
        row = year.session(code, on, trainer, kind, yuan, capacity=places)
        for n in range(people):
            state = PlaceState.ENROLLED if n < places else PlaceState.WAITING
            year.seat(row, year.staff[(n + at * 5) % len(year.staff)], state)
    code, on, trainer, why = CALLED_OFF
    year.session(code, on, trainer, S.PRACTICE, 0, state=SessionState.CANCELLED, cancelled_why=why)
    work.bulk_insert(Course, list(year.courses.values()))
    work.bulk_insert(TrainingPlan, [year.plan])
    work.bulk_insert(TrainingPlanLine, year.lines)
    work.bulk_insert(TrainingSession, year.sessions)
    work.bulk_insert(Attendance, year.seats)
    return {code: course["id"] for code, course in year.courses.items()}
