"""A year of training played through: planned, enrolled, signed in, scored, repeated; and what can never happen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.post import PostFunction
from models.staff import Employment
from models.training import CourseKind, PlaceState, SessionState
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.listing import View
from services.enrolment import Enrolled
from services.training_due import due_day
from services.training_due_rows import last_due
from services.training_rule_rows import Worker
from services.training_rules import Heard, targets
from services.training_sheet import SessionSheet
from tests.services.people import Office, found

NOW = datetime.now(UTC).astimezone()
TODAY = NOW.date()
YEAR = TODAY.year


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def course(office: Office, name: str = "消防安全培训", **values: Any) -> UUID:
    return office.add("courses", name=name, **{"kind": "fire", "hours": 40} | values)


def session(office: Office, of: UUID, begins: datetime | None = None, **values: Any) -> UUID:
    begins = begins or NOW.replace(hour=9, minute=0, second=0, microsecond=0)
    given_ = {"title": "第一期", "starts_at": begins, "ends_at": begins + timedelta(hours=3), "hours": 40}
    return office.add("training_sessions", compound_id=office.compound, course_id=of, **given_ | values)


def people(office: Office, n: int) -> list[UUID]:
    return [office.add("staff", compound_id=office.compound, name=f"人{i}", unit_id=office.unit) for i in range(n)]


def do(office: Office, act: str, of: UUID, *who: UUID, **values: Any) -> Any:
    """An act of a session, on these people where it is about any."""
    given_ = {"staff_ids": list(who)} if who else {}
    return office.desk.do(f"training_sessions.{act}", training_session_id=of, **given_, **values).value


def sheet(office: Office, of: UUID) -> SessionSheet:
    answer: SessionSheet = office.desk.ask("training_sessions.sheet", training_session_id=of)
    return answer


def enter(office: Office, of: UUID, who: UUID, **values: Any) -> None:
    seat = next(seat for seat in sheet(office, of).seats if seat.staff_id == who)
    office.desk.do("attendances.enter", attendance_id=seat.id, **values)


def names(office: Office, of: UUID, state: PlaceState) -> list[UUID]:
    return [seat.staff_id for seat in sheet(office, of).seats if seat.state is state]


def test_a_session_is_enrolled_signed_in_and_held(office: Office) -> None:
    of = session(office, course(office), trainer="消防支队教官", cost=120000)
    assert do(office, "enrol", of, office.giver, office.taker) == Enrolled(2, 0, 0)
    assert do(office, "enrol", of, office.giver, office.witness) == Enrolled(1, 0, 1), "who has a place keeps it"
    with pytest.raises(Conflict):
        do(office, "sign_in", of, staff_id=office.giver)  # it does not run yet
    do(office, "start", of)
    assert do(office, "sign_in", of, staff_id=office.giver) is True
    assert do(office, "sign_in", of, staff_id=office.giver) is False, "twice through the door is once"
    do(office, "sign_in", of, staff_id=office.taker)
    do(office, "sign_off", of, office.taker)
    assert do(office, "hold", of) == 1
    told = sheet(office, of)
    assert (told.state, told.came, told.passed) == (SessionState.HELD, 1, 1)
    by = {seat.staff_id: seat for seat in told.seats}
    assert (by[office.giver].hours, by[office.taker].hours, by[office.witness].passed) == (40, None, None)
    assert told.row["course"] == "消防安全培训" and told.row["number"].startswith("PX-JGSW")


def test_an_exam_is_passed_by_its_score(office: Office) -> None:
    of = session(office, course(office, pass_score=80))
    do(office, "enrol", of, office.giver, office.taker, office.witness)
    do(office, "start", of)
    do(office, "mark", of, office.giver, office.taker)
    enter(office, of, office.giver, score=80, rating=5, feedback="讲得清楚")
    do(office, "hold", of)
    enter(office, of, office.taker, score=79, hours=25)
    by = {seat.staff_id: seat for seat in sheet(office, of).seats}
    assert (by[office.giver].passed, by[office.taker].passed, by[office.witness].passed) == (True, False, None)
    assert (by[office.giver].feedback, by[office.taker].hours) == ("讲得清楚", 25)
    enter(office, of, office.taker, came=False)
    assert {seat.staff_id: seat for seat in sheet(office, of).seats}[office.taker].score is None


@pytest.mark.parametrize(
    ("field", "values"),
    [("hours", {"hours": 41}), ("score", {"score": 101}), ("rating", {"rating": 6}), ("rating", {"rating": 0})],
)
def test_results_beyond_the_session_are_refused(office: Office, field: str, values: dict[str, Any]) -> None:
    of = session(office, course(office))
    do(office, "enrol", of, office.giver)
    do(office, "start", of)
    do(office, "mark", of, office.giver)
    with pytest.raises(Invalid) as refused:
        enter(office, of, office.giver, **values)
    assert str(refused.value.values["field"]).endswith(field)


def test_who_was_not_there_has_no_result(office: Office) -> None:
    of = session(office, course(office))
    do(office, "enrol", of, office.giver)
    do(office, "start", of)
    with pytest.raises(Conflict):
        enter(office, of, office.giver, score=90)
    with pytest.raises(Conflict):
        do(office, "hold", of)  # nobody was
    enter(office, of, office.giver, note="请假")  # a word may be said of anybody


# The line


def test_a_free_place_goes_to_who_waits_longest(office: Office) -> None:
    of, (a, b, c, d) = session(office, course(office), capacity=2), people(office, 4)
    assert do(office, "enrol", of, a, b, c, d) == Enrolled(2, 2, 0)
    assert [seat.queue for seat in sheet(office, of).waiting] == [1, 2]
    assert list(do(office, "withdraw", of, a)) == [c]
    assert do(office, "enrol", of, a) == Enrolled(0, 1, 0)
    assert names(office, of, PlaceState.WAITING) == [d, a], "who comes back stands at the end"
    office.desk.do("training_sessions.revise", training_session_id=of, capacity=3)
    assert (names(office, of, PlaceState.ENROLLED), names(office, of, PlaceState.WAITING)) == ([b, c, d], [a])
    with pytest.raises(Conflict) as refused:
        office.desk.do("training_sessions.revise", training_session_id=of, capacity=2)
    assert refused.value.values["n"] == 3
    office.desk.do("training_sessions.revise", training_session_id=of, capacity=None)
    assert names(office, of, PlaceState.WAITING) == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["enrol", "withdraw", "more"]), st.integers(0, 4)), max_size=12),
    places=st.integers(1, 3),
)
def test_the_line_is_kept_whatever_happens(office: Office, steps: list[tuple[str, int]], places: int) -> None:
    """Against a line on paper: who has a place, and who waits in which order."""
    if not hasattr(office, "crowd"):
        office.crowd, office.fire = people(office, 5), course(office)  # type: ignore[attr-defined]
    crowd: list[UUID] = office.crowd  # type: ignore[attr-defined]
    of = session(office, office.fire, NOW + timedelta(days=3), capacity=places)  # type: ignore[attr-defined]
    inside, line = list[UUID](), list[UUID]()
    for act, at in steps:
        who = crowd[at]
        if act == "enrol":
            do(office, "enrol", of, who, despite="x")
            if who not in inside + line:
                line.append(who)
        elif act == "more":
            places += 1
            office.desk.do("training_sessions.revise", training_session_id=of, capacity=places)
        elif who in inside + line:
            do(office, "withdraw", of, who)
            (inside if who in inside else line).remove(who)
        while line and len(inside) < places:
            inside.append(line.pop(0))
        assert set(names(office, of, PlaceState.ENROLLED)) == set(inside)
        assert names(office, of, PlaceState.WAITING) == line


def test_who_is_away_or_elsewhere_is_told_and_enrolled_only_with_a_word(office: Office) -> None:
    fire = course(office)
    of, other = session(office, fire), session(office, fire, title="另一期")
    do(office, "enrol", other, office.taker)
    with pytest.raises(Conflict) as refused:
        do(office, "enrol", of, office.giver, office.taker)
    assert refused.value.values["n"] == 1 and "王建国 (PX-JGSW" in str(refused.value)
    assert sheet(office, of).seats == (), "nobody of them has a place"
    do(office, "enrol", of, office.giver, office.taker, despite="中途换班")
    notes = {seat.staff_id: seat.note for seat in sheet(office, of).seats}
    assert notes == {office.giver: "", office.taker: "中途换班"}
    do(office, "cancel", other, cancelled_why="教官生病")
    do(office, "withdraw", of, office.taker)
    do(office, "enrol", of, office.taker)  # nothing stands against it any more


def test_what_stands_against_who_has_a_place_is_told_until_the_session_is_over(office: Office) -> None:
    of = session(office, course(office))
    do(office, "enrol", of, office.giver, office.taker)
    given_ = {"staff_id": office.giver, "kind": "annual", "from_on": TODAY, "until_on": TODAY}
    leave = office.add("staff_absences", **given_)

    def against() -> list[str]:
        return sorted(seat.against for seat in sheet(office, of).seats)

    assert against() == ["", f"{TODAY} – {TODAY}"], "he took leave since"
    office.desk.do("staff_absences.remove", staff_absence_id=leave)
    row = sheet(office, of).row
    other = session(office, course(office, "另一课"), row["starts_at"] + timedelta(days=1))
    do(office, "enrol", other, office.taker)
    moved = {name: row[name] + timedelta(days=1) for name in ("starts_at", "ends_at")}
    office.desk.do("training_sessions.revise", training_session_id=of, **moved)
    assert against() == ["", sheet(office, other).row["number"]], "it was moved since"
    do(office, "cancel", other, cancelled_why="x")
    assert against() == ["", ""]


def test_who_has_left_is_not_enrolled(office: Office) -> None:
    of = session(office, course(office))
    office.desk.do("staff.leave", staff_id=office.witness, left_on=TODAY - timedelta(days=1), left_why="resigned")
    with pytest.raises(Conflict, match="赵磊"):
        do(office, "enrol", of, office.giver, office.witness)


def test_a_walk_in_is_asked_about_first(office: Office) -> None:
    of = session(office, course(office), capacity=1)
    do(office, "enrol", of, office.giver, office.taker)
    do(office, "start", of)
    for who in (office.taker, office.witness):
        with pytest.raises(Conflict):
            do(office, "sign_in", of, staff_id=who)
        assert do(office, "sign_in", of, staff_id=who, walk_in=True) is True
    assert sheet(office, of).came == 2 and len(sheet(office, of).enrolled) == 3


# States


def test_a_session_goes_only_where_its_states_lead(office: Office) -> None:
    of = session(office, course(office))
    tomorrow = session(office, course(office, "明日"), NOW + timedelta(days=1))
    for act in ("start", "hold"):
        with pytest.raises(Conflict):
            do(office, act, tomorrow)
    for act, until in (("mark", "running"), ("certify", "held")):
        with pytest.raises(Conflict, match=f"planned; that can be done once it is .*={until}"):
            do(office, act, of, *([office.giver] if act == "mark" else []))
    do(office, "enrol", of, office.giver)
    do(office, "start", of)
    do(office, "mark", of, office.giver)
    with pytest.raises(Conflict):
        do(office, "cancel", of, cancelled_why="x")  # somebody is there
    do(office, "hold", of)
    for act, values in (("start", {}), ("hold", {}), ("cancel", {"cancelled_why": "x"})):
        with pytest.raises(Conflict):
            do(office, act, of, **values)
    with pytest.raises(Conflict):
        do(office, "enrol", of, office.taker)
    with pytest.raises(Conflict):
        office.desk.do("training_sessions.revise", training_session_id=of, hours=10)
    office.desk.do("training_sessions.revise", training_session_id=of, cost=50000)  # the bill comes later
    office.desk.do("training_sessions.reopen", training_session_id=of, reason="录错")
    assert sheet(office, of).state is SessionState.RUNNING
    with pytest.raises(Conflict):
        office.desk.do("training_sessions.remove", training_session_id=of)


def test_a_session_ends_after_it_begins(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        session(office, course(office), ends_at=NOW.replace(hour=8, minute=0))
    assert str(refused.value.values["field"]).endswith("ends_at")


# Hours


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(
        st.tuples(st.sampled_from(["fire", "safety", "skill"]), st.integers(1, 200), st.integers(0, 2),
                  st.sampled_from([date(YEAR - 1, 12, 31), date(YEAR, 1, 1), TODAY])),
        max_size=5,
    )
)  # fmt: skip
def test_hours_are_the_sum_of_what_was_held(office: Office, held: list[tuple[str, int, int, date]]) -> None:
    """Each session of a kind, tenths, how many of two people came, and its day."""
    person = people(office, 2)
    wanted = [dict[str, int](), dict[str, int]()]
    for at, (kind, tenths, came, day) in enumerate(held):
        of = course(office, f"{kind}{at}", kind=kind, hours=tenths)
        begins = datetime(day.year, day.month, day.day, at).astimezone()
        run = session(office, of, begins, hours=tenths, ends_at=begins + timedelta(minutes=50))
        if not came:
            continue
        do(office, "enrol", run, *person)
        do(office, "start", run)
        do(office, "mark", run, *person[:came])
        do(office, "hold", run)
        for mine in wanted[:came]:
            if day.year == YEAR:
                mine[kind] = mine.get(kind, 0) + tenths
    rows = {row.staff_id: row for row in office.desk.ask("training.hours", year=YEAR)}
    for who, sums in zip(person, wanted, strict=True):
        assert {kind.value: tenths for kind, tenths in rows[who].heard.hours.items()} == sums
        assert rows[who].heard.total == sum(sums.values())
        told = office.desk.ask("training.passport", staff_id=who, on=TODAY)
        assert dict(told.by_year).get(YEAR, 0) == sum(sums.values())


@settings(max_examples=60)
@given(
    function=st.none() | st.sampled_from(PostFunction), employment=st.none() | st.sampled_from(Employment),
    joined=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    hours=st.dictionaries(st.sampled_from(CourseKind), st.integers(0, 2000)),
)  # fmt: skip
def test_what_is_missing_never_grows_with_what_is_heard(
    function: PostFunction | None, employment: Employment | None, joined: date | None, hours: dict[CourseKind, int]
) -> None:
    who, times = Worker(function, None, employment, joined), dict.fromkeys(hours, 1)
    fewer, more = targets(who, Heard({}, {}), 2026), targets(who, Heard(hours, times), 2026)
    assert [t.rule.code for t in fewer] == [t.rule.code for t in more]
    for none, some in zip(fewer, more, strict=True):
        assert 0 <= some.short <= none.short == none.needed and some.had + some.short >= some.needed
    first = {t.rule.code for t in more if t.rule.period == "first"}
    assert not first or (joined is not None and joined.year == 2026)


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        (Worker(PostFunction.MANAGEMENT, None, Employment.PUBLIC_INSTITUTION, date(2026, 3, 1)),
         {"managers_first": 320, "managers_yearly": 120, "fire_yearly": 1}),
        (Worker(PostFunction.GUARDS, None, Employment.AGENCY, date(2026, 3, 1)),
         {"induction": 240, "workers_yearly": 80, "fire_yearly": 1}),
        (Worker(PostFunction.ELECTRICITY, None, Employment.WORKMAN, date(2001, 3, 1)),
         {"trades_yearly": 200, "fire_yearly": 1}),
        (Worker(), {"fire_yearly": 1}),
    ],
)  # fmt: skip
def test_the_rules_of_a_year_bind_by_function_and_employment(who: Worker, codes: dict[str, int]) -> None:
    assert {t.rule.code: t.needed for t in targets(who, Heard({}, {}), 2026)} == codes


# Again


@pytest.mark.parametrize(
    ("last", "months", "required", "due"),
    [
        (None, 12, None, None), (None, None, date(2026, 1, 1), date(2026, 1, 1)),
        (date(2024, 2, 29), 12, None, date(2025, 2, 28)), (date(2025, 8, 31), 6, None, date(2026, 2, 28)),
        (date(2025, 5, 1), None, date(2020, 1, 1), None), (date(2025, 5, 1), 12, date(2025, 12, 1), date(2026, 5, 1)),
    ],
)  # fmt: skip
def test_a_course_is_due_again(last: date | None, months: int | None, required: date | None, due: date | None) -> None:
    assert due_day(last, months, required) == due


def test_who_heard_it_a_year_ago_is_due_and_sees_his_next_session(office: Office) -> None:
    fire = course(office, repeat_months=12)
    old = session(office, fire, NOW - timedelta(days=380))
    do(office, "enrol", old, office.giver, office.taker)
    do(office, "start", old)
    do(office, "mark", old, office.giver)
    do(office, "hold", old)
    [row] = office.desk.ask("training.due", on=TODAY)
    assert (row.name, row.course, row.required, row.session_id) == ("李秀英", "消防安全培训", False, None)
    assert row.days(TODAY) < 0
    new = session(office, fire, NOW)
    do(office, "enrol", new, office.giver)
    [row] = office.desk.ask("training.due", on=TODAY)
    assert row.session_id == new
    do(office, "start", new)
    do(office, "mark", new, office.giver)
    do(office, "hold", new)
    assert office.desk.ask("training.due", on=TODAY) == []
    assert [row.came for row in office.desk.ask("training.passport", staff_id=office.giver, on=TODAY).learnt] == [
        True, True]  # fmt: skip


# Plans


def test_a_plan_is_adopted_and_compared_with_what_was_held(office: Office) -> None:
    fire = course(office)
    plan = office.add("training_plans", compound_id=office.compound, title="年度培训计划", year=YEAR, budget=500000)
    with pytest.raises(Conflict):
        office.desk.do("training_plans.adopt", training_plan_id=plan)
    put = {"training_plan_id": plan, "course_id": fire, "month": TODAY.month, "people": 2, "sessions": 2}
    with pytest.raises(Invalid):
        office.desk.do("training_plans.put", **put | {"month": 13})
    line = office.desk.do("training_plans.put", **put, budget=200000, function="guards").value
    again = office.desk.do("training_plans.put", **put, unit_id=office.unit).value
    office.desk.do("training_plans.change", training_plan_line_id=again, month=TODAY.month, people=5)
    office.desk.do("training_plans.take_off", training_plan_line_id=again)
    office.desk.do("training_plans.adopt", training_plan_id=plan, basis="局办〔2026〕3号")
    for act, values in (("put", put), ("change", {"training_plan_line_id": line, "people": 9})):
        with pytest.raises(Conflict):
            office.desk.do(f"training_plans.{act}", **values)
    run = session(office, fire, training_plan_line_id=line, cost=80000)
    session(office, fire, NOW - timedelta(hours=1) if NOW.hour else NOW, cost=1000)  # beside the plan
    do(office, "enrol", run, office.giver, office.taker)
    do(office, "start", run)
    do(office, "mark", run, office.giver)
    do(office, "hold", run)
    told = office.desk.ask("training_plans.sheet", training_plan_id=plan)
    [row] = told.lines
    assert (row.planned, row.held, row.came, row.spent, row.done) == (1, 1, 1, 80000, False)
    assert (told.asked, told.spent, told.beside, told.basis) == (200000, 80000, 1000, "局办〔2026〕3号")
    office.desk.do("training_plans.reopen", training_plan_id=plan, reason="调整")
    with pytest.raises(Conflict):
        office.desk.do("training_plans.take_off", training_plan_line_id=line)  # a session was planned by it


def test_a_session_follows_the_course_of_its_line(office: Office) -> None:
    plan = office.add("training_plans", compound_id=office.compound, title="计划", year=YEAR)
    line = office.desk.do(
        "training_plans.put", training_plan_id=plan, course_id=course(office), month=1, people=1
    ).value
    with pytest.raises(Conflict):
        session(office, course(office, "另一课程"), training_plan_line_id=line)


def test_the_sessions_of_some_days_are_found_with_their_people(office: Office) -> None:
    fire = course(office)
    of = session(office, fire, capacity=1)
    session(office, fire, NOW + timedelta(days=40))
    do(office, "enrol", of, office.giver, office.taker)
    first = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    [row] = office.desk.ask("training_sessions.between", first=first, last=first + timedelta(days=1))
    assert (row.id, row.enrolled, row.waiting, row.capacity) == (of, 1, 1, 1)
    long = session(office, fire, first - timedelta(days=1), ends_at=first + timedelta(hours=1))
    session(office, fire, first - timedelta(hours=4), ends_at=first)  # it was over before the day began
    found_ = office.desk.ask("training_sessions.between", first=first, last=first + timedelta(days=1))
    assert [row.id for row in found_] == [long, of]


def test_what_is_not_there_is_said(office: Office) -> None:
    for act, name in (("training_sessions.sheet", "training_session_id"), ("training_plans.sheet", "training_plan_id")):
        with pytest.raises(Missing):
            office.desk.ask(act, **{name: office.giver})


def test_attendances_are_listed_with_hours(office: Office) -> None:
    of = session(office, course(office))
    do(office, "enrol", of, office.giver, office.taker)
    do(office, "start", of)
    do(office, "mark", of, office.giver, office.taker)
    do(office, "hold", of)
    view = View("attendances", filters=(("training_session_id", (of,)),))
    assert office.desk.sums(view) == {"hours": 80}
    assert {row["staff"] for row in office.desk.first(view, 9)} == {"李秀英", "王建国"}


@settings(max_examples=60)
@given(until=st.dates(date(2020, 1, 1), date(2032, 12, 31)), months=st.integers(1, 40))
def test_the_last_day_that_is_due_is_the_last(until: date, months: int) -> None:
    """Also by leap days and the ends of months."""
    day = last_due(months, until)
    assert due_day(day, months, None) <= until < due_day(day + timedelta(days=1), months, None)  # type: ignore[operator]


# What comes late, and what is put right


def held_by_all(office: Office, **values: Any) -> tuple[UUID, UUID]:
    """A session that was held by one, and the operation that held it."""
    of = session(office, course(office, **values))
    do(office, "enrol", of, office.giver, office.taker)
    do(office, "start", of)
    do(office, "mark", of, office.giver)
    return of, office.desk.do("training_sessions.hold", training_session_id=of).operation


def test_a_session_that_is_held_again_gives_the_hours_it_has_then(office: Office) -> None:
    of, _ = held_by_all(office)
    enter(office, of, office.taker, came=True, hours=15)
    office.desk.do("training_sessions.reopen", training_session_id=of, reason="学时录错")
    office.desk.do("training_sessions.revise", training_session_id=of, hours=80)
    do(office, "hold", of)
    by = {seat.staff_id: seat.hours for seat in sheet(office, of).seats}
    assert by == {office.giver: 80, office.taker: 15}, "fewer that were written down stay"
    office.desk.do("training_sessions.reopen", training_session_id=of, reason="学时录错")
    with pytest.raises(Conflict, match=r"1\.5 hours of it already"):
        office.desk.do("training_sessions.revise", training_session_id=of, hours=10)


def test_a_session_with_certificates_stays_held(office: Office) -> None:
    of, operation = held_by_all(office, own_certificate=True)
    seat = next(seat for seat in sheet(office, of).seats if seat.staff_id == office.taker)
    do(office, "mark", of, office.taker)
    enter(office, of, office.giver, passed=False)
    do(office, "certify", of)
    assert [seat.certificate_no != "" for seat in sheet(office, of).seats if seat.staff_id == office.taker] == [True]
    enter(office, of, office.giver, passed=True)
    with pytest.raises(Conflict):
        office.desk.do("journal.undo", operation=operation.hex)
    office.desk.do("attendances.withdraw_certificate", attendance_id=seat.id, reason="x")
    assert sheet(office, of).state is SessionState.HELD


def test_who_left_since_was_there_when_the_list_comes_late(office: Office, tmp_path: Path) -> None:
    of = session(office, course(office), NOW - timedelta(days=30))
    do(office, "enrol", of, office.giver)
    do(office, "start", of)
    for person, ago in ((office.witness, 2), (office.taker, 31)):
        left = TODAY - timedelta(days=ago)
        office.desk.do("staff.leave", staff_id=person, left_on=left, left_why="resigned")
    place = tmp_path / "签到.csv"
    place.write_text("姓名\n李 秀 英\n赵　磊\n王建国\n", "utf-8")
    taken = do(office, "take_in", of, file=str(place), walk_ins=True)
    assert (taken.came, [row.name for row in taken.refused]) == (2, ["王建国"])
    with pytest.raises(Conflict, match="王建国 left on"):
        do(office, "sign_in", of, staff_id=office.taker, walk_in=True)


def test_a_list_names_people_as_they_are_written_elsewhere(office: Office, tmp_path: Path) -> None:
    who = office.add("staff", compound_id=office.compound, number="M1", name="古丽娜尔·买买提")
    of = session(office, course(office))
    do(office, "enrol", of, who)
    do(office, "start", of)
    place = tmp_path / "签到.csv"
    for text in ("姓名\n古丽娜尔•买买提\n", "工号,姓名\nM1,古丽娜尔 ・买买提\n"):
        place.write_text(text, "utf-8")
        assert do(office, "take_in", of, file=str(place)).refused == ()
    assert sheet(office, of).came == 1


def test_hours_are_told_as_on_a_day(office: Office) -> None:
    held_by_all(office)
    before = TODAY - timedelta(days=1)
    for day, hours, met in ((TODAY, 40, True), (before, 0, False)):
        rows = {row.staff_id: row for row in office.desk.ask("training.hours", year=day.year, on=day)}
        mine = rows[office.giver]
        assert (mine.heard.total, mine.met) == (hours, met)
        assert office.desk.ask("training.passport", staff_id=office.giver, on=day).targets == mine.targets
        told = office.desk.ask("training.audit", year=day.year, on=day)
        assert (told.sessions, told.seats) == ((1, 2) if hours else (0, 0))
    office.desk.do("staff.leave", staff_id=office.witness, left_on=TODAY, left_why="resigned")
    assert len(office.desk.ask("training.hours", year=YEAR, on=TODAY)) == 3, "on his last day he is here"
