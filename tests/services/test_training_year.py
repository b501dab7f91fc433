"""A year of training in a branch of four people, from the plan to the audit report, every figure computed by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from xlsxwriter import Workbook

from models.post import PostFunction as F
from services import structure_papers
from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.enrolment import Enrolled
from services.staff_sides import Side
from services.training_audit import Audit
from services.training_sheet import Seat, SessionSheet
from services.training_trainers import Taught
from tests.documents.sample import pages, text
from tests.services.people import Office, found

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
D, CHINA = date, timezone(timedelta(hours=8))
END = D(2026, 12, 31)


@dataclass
class Year:
    """The branch with its people by name; every act happens on the day that is said."""

    office: Office
    people: dict[str, UUID]
    courses: dict[str, UUID] = field(default_factory=dict)

    def on(self, day: date) -> Desk:
        return replace(self.office.desk, clock=lambda: datetime(day.year, day.month, day.day, 2, tzinfo=UTC))

    def session(self, of: str, day: date, line: UUID | None = None, **values: Any) -> UUID:
        begins = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
        given = {"title": of, "starts_at": begins, "ends_at": begins + timedelta(hours=3), "hours": values.pop("hours")}
        plan = {"training_plan_line_id": line} if line else {}
        made: UUID = self.on(D(2026, 1, 20)).do(
            "training_sessions.add", compound_id=self.office.compound, course_id=self.courses[of], **given, **plan,
            **values,
        ).value  # fmt: skip
        return made

    def do(self, day: date, act: str, of: UUID, *who: str, **values: Any) -> Any:
        people = {"staff_ids": [self.people[name] for name in who]} if who else {}
        return self.on(day).do(f"training_sessions.{act}", training_session_id=of, **people, **values).value

    def seats(self, of: UUID) -> dict[str, Seat]:
        sheet: SessionSheet = self.office.desk.ask("training_sessions.sheet", training_session_id=of)
        return {seat.name: seat for seat in sheet.seats}

    def enter(self, day: date, of: UUID, name: str, **values: Any) -> None:
        self.on(day).do("attendances.enter", attendance_id=self.seats(of)[name].id, **values)

    def held(self, of: UUID, day: date, *who: str) -> UUID:
        self.do(day, "enrol", of, *who)
        self.do(day, "start", of)
        self.do(day, "mark", of, *who)
        self.do(day, "hold", of)
        return of


@pytest.fixture
def year(desk: Desk) -> Year:
    """A manager, an electrician, a guard of an agency who joins in February, a guard of a provider."""
    office = found(replace(desk, clock=lambda: datetime(2026, 1, 5, 2, tzinfo=UTC)))
    far = office.add("staff", compound_id=office.compound, number="P3", name="钱进", unit_id=office.unit)
    made = Year(office, {"李秀英": office.giver, "王建国": office.taker, "赵磊": office.witness, "钱进": far})
    late = made.on(D(2026, 2, 2))
    for name, post, function, kind, employer, joined in (
        ("李秀英", "后勤主管", "management", "public_institution", None, D(2018, 1, 1)),
        ("王建国", "电工", "electricity", "workman", None, D(2010, 1, 1)),
        ("赵磊", "保安员", "guards", "agency", "甲人力", D(2026, 2, 1)),
        ("钱进", "门岗", "guards", "provider", "乙物业", D(2020, 1, 1)),
    ):
        given = {"employment": kind, "joined_on": joined} | ({"employer": employer} if employer else {})
        late.do("staff.revise", staff_id=made.people[name], **given)
        of = late.do("posts.add", compound_id=office.compound, name=post, function=function).value
        late.do("post_holdings.assign", staff_id=made.people[name], post_id=of, from_on=max(joined, D(2025, 1, 1)))
    for name, kind, hours, more in (
        ("消防", "fire", 40, {"repeat_months": 12}), ("演练", "fire", 20, {}),
        ("岗前", "induction", 240, {"pass_score": 80, "own_certificate": True}),
        ("低压", "certificate", 80, {"pass_score": 80, "repeat_months": 36, "certificate_kind": "low_voltage"}),
        ("管理", "management", 160, {"repeat_months": 12}),
    ):  # fmt: skip
        made.courses[name] = office.add("courses", name=name, kind=kind, hours=hours, **more)
    return made


def planned(year: Year) -> tuple[UUID, dict[str, UUID]]:
    """The plan of the year, adopted: 10,500 of 12,000 yuan."""
    desk = year.on(D(2026, 2, 3))
    plan = desk.do("training_plans.add", compound_id=year.office.compound, title="年度计划", year=2026, budget=1200000)
    lines = {
        name: desk.do("training_plans.put", training_plan_id=plan.value, course_id=year.courses[name], month=month,
                      people=people, budget=yuan * 100).value
        for name, month, people, yuan in (("消防", 3, 4, 3000), ("岗前", 4, 1, 2000), ("低压", 6, 1, 1500),
                                          ("管理", 9, 1, 4000))
    }  # fmt: skip
    desk.do("training_plans.adopt", training_plan_id=plan.value, basis="局办〔2026〕4号")
    return plan.value, lines


def fire(year: Year, line: UUID) -> None:
    """Three places for four people; one is away, and gives his place to who waits. He hears it a fortnight later."""
    day = D(2026, 3, 10)
    fire: dict[str, Any] = {"trainer": "消防教官", "hours": 40}
    away = {"staff_id": year.people["赵磊"], "kind": "annual", "from_on": D(2026, 3, 9), "until_on": D(2026, 3, 11)}
    year.on(D(2026, 3, 1)).do("staff_absences.add", **away)
    first = year.session("消防", day, line, capacity=3, cost=280000, **fire)
    with pytest.raises(Conflict, match="1 cannot come: 赵磊"):
        year.do(D(2026, 3, 2), "enrol", first, *year.people)
    told = year.do(D(2026, 3, 2), "enrol", first, *year.people, despite="当日返回")
    assert told == Enrolled(3, 1, 0) and year.seats(first)["钱进"].queue == 1
    assert year.do(D(2026, 3, 3), "withdraw", first, "赵磊") == [year.people["钱进"]], "who waits moves up"
    year.do(day, "start", first)
    for name in ("李秀英", "钱进"):
        assert year.on(day).do(
            "training_sessions.sign_in", training_session_id=first, staff_id=year.people[name]
        ).value  # fmt: skip
    year.do(day, "mark", first, "王建国")
    year.do(day, "hold", first)
    year.enter(day, first, "李秀英", rating=5, feedback="讲得清楚")
    year.enter(day, first, "钱进", rating=4)
    again = year.held(year.session("消防", D(2026, 3, 24), cost=30000, **fire), D(2026, 3, 24), "赵磊")
    year.enter(D(2026, 3, 24), again, "赵磊", rating=3)


def exams(year: Year, lines: dict[str, UUID], folder: Path) -> None:
    """The newcomer passes and gets our certificate; the electrician fails, by a list from outside, and passes later."""
    day = D(2026, 4, 8)
    of = year.held(year.session("岗前", day, lines["岗前"], hours=240, trainer="安全工程师", cost=200000), day, "赵磊")
    year.enter(day, of, "赵磊", score=86, rating=4)
    assert year.do(day, "certify", of) == 1 and year.seats(of)["赵磊"].certificate_no.startswith("PZ-JGSW-2026")
    outside: dict[str, Any] = {"trainer": "周老师", "provider": "安全生产培训中心", "hours": 80}
    day = D(2026, 6, 10)
    of = year.session("低压", day, lines["低压"], cost=150000, **outside)
    year.do(day, "enrol", of, "王建国")
    year.do(day, "start", of)
    with Workbook(str(folder / "成绩.xlsx")) as book:
        for at, row in enumerate((("工号", "姓名", "成绩", "满意度", "意见建议"), ("P1", "王建国", 75, 2, "偏理论"))):
            book.add_worksheet() if not at else None
            book.worksheets()[0].write_row(at, 0, row)
    assert year.do(day, "take_in", of, file=str(folder / "成绩.xlsx")).came == 1
    year.do(day, "hold", of)
    seat = year.seats(of)["王建国"]
    assert (seat.score, seat.passed, seat.rating, seat.feedback) == (75, False, 2, "偏理论")
    day = D(2026, 7, 8)
    of = year.held(year.session("低压", day, cost=50000, **outside), day, "王建国")
    year.enter(day, of, "王建国", score=88)


def rest(year: Year, lines: dict[str, UUID]) -> None:
    """A session that was called off, and a drill somebody missed."""
    off = year.session("管理", D(2026, 9, 16), lines["管理"], hours=160, cost=400000)
    year.do(D(2026, 9, 1), "cancel", off, cancelled_why="讲师因故")
    day = D(2026, 11, 9)
    drill = year.session("演练", day, hours=20, kind="drill", trainer="保卫科", cost=0)
    year.do(day, "enrol", drill, *year.people)
    year.do(day, "start", drill)
    year.do(day, "mark", drill, "李秀英", "王建国", "钱进")
    year.do(day, "hold", drill)
    with pytest.raises(Conflict, match="was not there"):
        year.enter(day, drill, "赵磊", rating=5)


def test_a_year_of_training_comes_to_what_was_computed_by_hand(year: Year, tmp_path: Path) -> None:
    plan, lines = planned(year)
    fire(year, lines["消防"])
    exams(year, lines, tmp_path)
    rest(year, lines)
    ask = year.on(END).ask

    told: Audit = ask("training.audit", year=2026, on=END, compound_id=year.office.compound)
    assert (told.sessions, told.cancelled, told.seats, told.absent, told.people) == (6, 1, 11, 1, 4)
    assert (told.cost, told.per_head) == (710000, 177500), (
        "2,800 + 300 + 2,000 + 1,500 + 500 yuan; what was called off not"
    )
    assert [(row.function, row.people, row.met, row.hours) for row in told.functions] == [
        (F.MANAGEMENT, 1, 0, 60), (F.GUARDS, 2, 0, 280 + 60), (F.ELECTRICITY, 1, 1, 40 + 80 + 80 + 20),
    ]  # fmt: skip
    short = {row.name: {t.rule.code: t.short for t in row.targets if t.short} for row in told.short}
    assert short == {"李秀英": {"managers_yearly": 60}, "赵磊": {"workers_yearly": 40}, "钱进": {"workers_yearly": 20}}
    assert [(drill.held, drill.needed) for drill in told.drills] == [(1, 2)] and told.overdue == ()
    assert told.rated == (5, 3.6)
    rows = [(row.trainer, row.sessions, row.came, row.judged, row.passed, row.rated, row.mean, row.a_head)
            for row in told.trainers]  # fmt: skip
    assert rows == [
        ("安全工程师", 1, 1, 1, 1, 1, 4.0, 200000), ("消防教官", 2, 4, 4, 4, 3, 4.0, 77500),
        ("周老师", 2, 2, 2, 1, 1, 2.0, 100000), ("保卫科", 1, 3, 3, 3, 0, None, 0),
    ]  # fmt: skip
    sheet = ask("training_plans.sheet", training_plan_id=plan)
    assert [(line.course, line.held, line.came, line.spent) for line in sheet.lines] == [
        ("消防", 1, 3, 280000), ("岗前", 1, 1, 200000), ("低压", 1, 1, 150000), ("管理", 0, 0, 0),
    ]  # fmt: skip
    assert (sheet.asked, sheet.spent, sheet.beside) == (1050000, 630000, 80000)

    due = [(row.name, row.course, row.due_on) for row in year.on(D(2027, 3, 11)).ask(
        "training.due", on=D(2027, 3, 11), ahead=14)]  # fmt: skip
    assert due == [*((name, "消防", D(2027, 3, 10)) for name in ("李秀英", "王建国", "钱进")),
                   ("赵磊", "消防", D(2027, 3, 24))]  # fmt: skip

    said = text(ask("training.report", year=2026, on=END, compound_id=year.office.compound))
    for words in ("6 期", "1 期", "90.9%", "¥7,100.00", "¥1,775.00", "平均 3.6 分", "5 人次", "消防教官", "775.00",
                  "安全生产培训中心", "50.0%", "10,500.00", "6,300.00", "22.0", "17.0"):  # fmt: skip
        assert words in said, words


def test_own_people_stand_beside_those_of_agencies_and_providers(year: Year, tmp_path: Path) -> None:
    _, lines = planned(year)
    fire(year, lines["消防"])
    exams(year, lines, tmp_path)
    rest(year, lines)
    desk = year.on(END)
    for name, school, skill in (
        ("李秀英", "bachelor", None),
        ("王建国", "junior", "senior"),
        ("钱进", "college", None),
    ):
        given = {"education": school, "born_on": D(1986, 12, 1)} | ({"skill_level": skill} if skill else {})
        desk.do("staff.revise", staff_id=year.people[name], **given)
    for post in ("保安员", "门岗"):
        of = desk.find("post", post)[0].id
        desk.do(
            "post_requirements.add", post_id=of, kind="certificate", certificate_kind="guard", from_on=D(2026, 1, 1)
        )
    desk.do("certificates.add", staff_id=year.people["钱进"], kind="guard", paper_no="G1", issued_on=D(2021, 1, 1))
    found_: list[Side] = desk.ask("staff.sides", on=END)
    assert [(s.whose.value, s.employer, s.people, s.mean, s.schooled, s.skilled) for s in found_] == [
        ("own", "", 2, 40.0, 1, 1), ("agency", "甲人力", 1, None, 0, 0), ("provider", "乙物业", 1, 40.0, 1, 0),
    ]  # fmt: skip
    assert [(s.bound, s.met, s.hours, s.asked, s.certified) for s in found_] == [
        (2, 1, 60 + 220, 0, 0), (1, 0, 280, 1, 0), (1, 0, 60, 1, 1),
    ]  # fmt: skip
    assert desk.ask("staff.sides", on=END, compound_ids=[year.office.elsewhere]) == []
    paper = "".join(pages(structure_papers.report(desk, END, "zh_CN")))
    for words in ("自有人员与服务单位人员对比", "甲人力", "乙物业", "14.0", "28.0"):
        assert words in paper, words


def test_a_rating_is_of_who_was_there_and_goes_with_his_presence(year: Year) -> None:
    day = D(2026, 5, 6)
    of = year.held(year.session("消防", day, hours=40, trainer="甲"), day, "李秀英", "王建国")
    year.enter(day, of, "李秀英", rating=5)
    year.enter(day, of, "王建国", rating=1, feedback="太长")
    year.enter(day, of, "王建国", came=False)
    [row] = year.on(day).ask("training.trainers", year=2026)
    assert isinstance(row, Taught) and (row.came, row.rated, row.mean) == (1, 1, 5.0)
    assert year.on(day).ask("training.trainers", year=2025) == []
    assert year.on(day).ask("training.trainers", year=2026, compound_id=year.office.elsewhere) == []
