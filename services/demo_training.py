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
from services.desk.work import Work

Row = dict[str, Any]
CHINA = timezone(timedelta(hours=8))
YEAR, HERE = 2026, 22  # people of a compound
K, S, F = CourseKind, SessionKind, PostFunction
COURSES: tuple[Row, ...] = (
    {"code": "XF-01", "name": "消防安全常识与灭火器使用", "kind": K.FIRE, "hours": 40, "repeat_months": 12,
     "basis": "公安部令第61号第三十六条"},
    {"code": "XF-02", "name": "消防应急疏散演练", "kind": K.FIRE, "hours": 20, "repeat_months": 6,
     "basis": "公安部令第61号第四十条"},
    {"code": "AQ-01", "name": "新入职人员岗前安全培训", "kind": K.INDUCTION, "hours": 240, "pass_score": 80,
     "own_certificate": True, "basis": "生产经营单位安全培训规定第十三条"},
    {"code": "AQ-02", "name": "安全生产再培训", "kind": K.SAFETY, "hours": 80, "repeat_months": 12, "pass_score": 60},
    {"code": "DG-01", "name": "低压电工作业复审培训", "kind": K.CERTIFICATE, "hours": 80, "pass_score": 80,
     "certificate_kind": "low_voltage", "repeat_months": 36, "basis": "总局令第30号第二十一条"},
    {"code": "JN-01", "name": "暖通空调运行与节能", "kind": K.SKILL, "hours": 160, "repeat_months": 24},
    {"code": "FW-01", "name": "会务服务与礼仪", "kind": K.SERVICE, "hours": 80, "repeat_months": 24},
    {"code": "GL-01", "name": "机关事务管理业务培训", "kind": K.MANAGEMENT, "hours": 160, "repeat_months": 12},
)  # fmt: skip
# course, month, for whom, people, sessions, yuan
LINES: tuple[tuple[str, int, PostFunction | None, int, int, int], ...] = (
    ("GL-01", 3, F.MANAGEMENT, 6, 1, 6000), ("XF-01", 4, None, 22, 1, 3000), ("AQ-02", 5, None, 22, 1, 4000),
    ("XF-02", 6, None, 22, 1, 1500), ("FW-01", 9, F.RECEPTION, 5, 1, 3500), ("JN-01", 10, F.HEATING, 4, 1, 9000),
    ("XF-02", 11, None, 22, 1, 1500), ("DG-01", 12, F.ELECTRICITY, 4, 1, 5600),
)  # fmt: skip
HELD: tuple[tuple[str, date, str, SessionKind, int, int], ...] = (  # course, day, trainer, how, people, yuan
    ("GL-01", date(2026, 3, 18), "市委党校讲师", S.LECTURE, 6, 5600),
    ("XF-01", date(2025, 10, 21), "消防支队教官", S.LECTURE, 20, 2600),
    ("XF-01", date(2026, 4, 22), "消防支队教官", S.LECTURE, 18, 2800),
    ("AQ-02", date(2026, 5, 13), "安全工程师", S.LECTURE, 19, 3800),
    ("XF-02", date(2026, 6, 24), "保卫科", S.DRILL, 21, 1200),
    ("FW-01", date(2026, 9, 10), "礼仪讲师", S.PRACTICE, 5, 3500),
    ("JN-01", date(2026, 10, 20), "设备厂家工程师", S.OUTSIDE, 4, 9200),
)  # fmt: skip
AHEAD: tuple[tuple[str, date, str, SessionKind, int, int, int], ...] = (  # … places, people
    ("XF-02", date(2026, 11, 27), "保卫科", S.DRILL, 22, 18, 1500),
    ("DG-01", date(2026, 12, 9), "安全生产培训中心", S.OUTSIDE, 3, 5, 5600),
    ("AQ-01", date(2026, 12, 15), "安全工程师", S.LECTURE, 20, 6, 2400),
)  # fmt: skip
CALLED_OFF = ("FW-01", date(2026, 11, 12), "礼仪讲师", "教师时间冲突，改期举办")


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
            "place_text": "二楼多功能厅", **said,
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
                      rating=3 + (n + at) % 3 if came and n % 2 else None)  # fmt: skip

    def seat(self, row: Row, person: Row, state: PlaceState, **said: Any) -> None:
        """Somebody's place."""
        self.seats.append({"id": new_id(), "compound_id": self.home, "training_session_id": row["id"],
                           "staff_id": person["id"], "state": state, **said})  # fmt: skip


def fill(work: Work, compounds: list[Row], staff: list[Row]) -> None:
    """The training of the first compound: a year of it, and what is to come."""
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
