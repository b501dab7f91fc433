"""Schooling, ages and courses a post asks for: judged on any day, and what follows for work and for who holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.post import RequirementKind as K
from models.role_grant import Role
from models.staff import EducationLevel as E
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.post_fitness import LACKING, LEVELS, Asks, Fitness, Known, answer, last_of_age, schooling_on
from services.post_sheet import PostSheet
from services.retirement import age
from services.skill_matrix import AGE, COURSE, SCHOOLING, Matrix
from services.trade_rules import against, rules
from tests.services.people import Office, found

D, DAY = date, timedelta(days=1)
ON = D(2026, 11, 23)
FIRST = D(2022, 1, 1)
DAYS = st.dates(D(1950, 1, 1), D(2035, 12, 31))
LEAP = st.one_of(DAYS, st.sampled_from([D(1996, 2, 29), D(2000, 2, 29), D(2008, 2, 29)]))
LEVEL = st.sampled_from(LEVELS)


# A pure function of the day


@settings(max_examples=300)
@given(born=LEAP, years=st.integers(1, 90), on=DAYS)
def test_a_least_age_is_met_from_a_birthday_on_and_a_most_age_until_the_day_before_the_next(
    born: date, years: int, on: date
) -> None:
    least, most = (answer(Asks(kind, age=years), Known(born_on=born), on) for kind in (K.LEAST_AGE, K.MOST_AGE))
    assert (least.state is Fitness.MET) == (age(born, on) >= years)
    assert (most.state is Fitness.MET) == (age(born, on) <= years)
    last = last_of_age(born, years)
    assert age(born, last) == years and age(born, last + DAY) == years + 1 and most.until == last
    for day, state in ((last, Fitness.MET), (last + DAY, Fitness.OLD)):
        assert answer(Asks(K.MOST_AGE, age=years), Known(born_on=born), day).state is state
    for day, state in ((last, Fitness.YOUNG), (last + DAY, Fitness.MET)):
        assert answer(Asks(K.LEAST_AGE, age=years + 1), Known(born_on=born), day).state is state


@settings(max_examples=300)
@given(passed=st.one_of(st.none(), LEAP), months=st.one_of(st.none(), st.integers(1, 60)), on=DAYS)
def test_a_course_holds_from_its_day_until_it_is_due_again(passed: date | None, months: int | None, on: date) -> None:
    asks, known = Asks(K.COURSE, repeat_months=months), Known(passed_on=passed)
    told = answer(asks, known, on)
    if passed is None or passed > on:
        assert told.state is Fitness.NEVER, "what comes later is not known yet"
    elif told.until is None:
        assert months is None and told.state is Fitness.MET
    else:
        assert (told.state is Fitness.MET) == (on <= told.until)
        assert answer(asks, known, told.until).state is Fitness.MET
        assert answer(asks, known, told.until + DAY).state is Fitness.OVERDUE


@given(asked=LEVEL, has=st.one_of(st.none(), LEVEL), on=DAYS)
def test_a_higher_schooling_does_and_none_that_is_entered_is_no_gap(asked: E, has: E | None, on: date) -> None:
    state = answer(Asks(K.EDUCATION, education=asked), Known(education=has), on).state
    assert (state is Fitness.MET) == (has is not None and LEVELS.index(has) >= LEVELS.index(asked))
    assert (state in LACKING) == (has is not None and LEVELS.index(has) < LEVELS.index(asked))


@settings(max_examples=300)
@given(said=st.one_of(st.none(), LEVEL), stages=st.lists(st.tuples(LEVEL, st.one_of(st.none(), DAYS)), max_size=4),
       one=DAYS, other=DAYS)  # fmt: skip
def test_schooling_never_falls_and_a_stage_counts_from_its_day(
    said: E | None, stages: list[tuple[E, date | None]], one: date, other: date
) -> None:
    def rank(on: date) -> int:
        level = schooling_on(said, stages, on)
        return -1 if level is None else LEVELS.index(level)

    assert rank(min(one, other)) <= rank(max(one, other))
    for level, finished in stages:
        assert finished is None or rank(finished) >= LEVELS.index(level)
    if any(level == said and finished and finished > one for level, finished in stages):
        done = [LEVELS.index(level) for level, finished in stages if finished is None or finished <= one]
        assert rank(one) == max(done, default=-1), "what is said of him came later"
    best = max([*(level for level, _ in stages), *([said] if said else [])], key=LEVELS.index, default=None)
    assert schooling_on(said, stages, D(2036, 1, 1)) == best


# In an office


@pytest.fixture
def office(desk: Desk) -> Office:
    """A guard of 17 with little schooling known, one of 61, one of whom nothing is known."""
    made = found(replace(desk, clock=lambda: datetime(2026, 11, 23, 4, tzinfo=UTC)))
    facts: dict[Any, dict[str, Any]] = {
        made.giver: {"sex": "male", "born_on": D(2008, 11, 24), "education": "junior", "joined_on": D(2025, 1, 1)},
        made.taker: {"sex": "male", "born_on": D(1965, 1, 15), "education": "college"},
    }
    for person, values in facts.items():
        made.desk.do("staff.revise", staff_id=person, **values)
    return made


def post(office: Office, **values: Any) -> UUID:
    return office.add("posts", **{"compound_id": office.compound, "name": "保安员", "function": "guards"} | values)


def ask(office: Office, of: UUID, kind: str, **values: Any) -> UUID:
    return office.add("post_requirements", **{"post_id": of, "kind": kind, "from_on": FIRST} | values)


def assign(office: Office, person: UUID, to: UUID, **values: Any) -> UUID:
    given_ = {"from_on": D(2026, 6, 1), "despite": "人手不足"} | values
    made: UUID = office.desk.do("post_holdings.assign", staff_id=person, post_id=to, **given_).value
    return made


def why(office: Office, person: UUID, trade: str, on: date = ON) -> list[str]:
    may = office.desk.ask("staff.may_do", staff_id=person, trade=trade, on=on)
    fit = {one.staff_id for one in office.desk.ask("staff.who_may", trade=trade, on=on)}
    assert may.ok == (person in fit), "both questions agree"
    return [reason.code for reason in may.reasons]


def guard(office: Office, person: UUID) -> None:
    office.add("certificates", staff_id=person, kind="guard", paper_no="G1", issued_on=D(2026, 1, 5))


def passed(office: Office, course: UUID, on: date, *people: UUID) -> None:
    begins = datetime(on.year, on.month, on.day, 9).astimezone()
    session = office.add("training_sessions", compound_id=office.compound, course_id=course, title="一期", hours=40,
                         starts_at=begins, ends_at=begins + timedelta(hours=3))  # fmt: skip
    for act, who in (("enrol", True), ("start", False), ("mark", True), ("hold", False)):
        given_ = {"staff_ids": list(people)} if who else {}
        office.desk.do(f"training_sessions.{act}", training_session_id=session, **given_)


def test_the_rules_of_a_trade_ask_for_an_age_and_schooling(office: Office) -> None:
    guard(office, office.giver)
    assert why(office, office.giver, "guarding") == ["young"] and why(office, office.giver, "guarding", ON + DAY) == []
    guard(office, office.witness)
    assert why(office, office.witness, "guarding") == [], "what nobody entered stands against nothing"
    office.add("certificates", staff_id=office.taker, kind="low_voltage", paper_no="T1", issued_on=D(2025, 1, 5))
    assert why(office, office.taker, "low_voltage_work", D(2025, 2, 15)) == [], "until he retires by the rule"
    assert why(office, office.taker, "low_voltage_work", D(2025, 2, 16)) == ["retired"]
    assert all(rule.source for rule in rules()) and not list(against("catering", Known(born_on=ON), ON))


def test_what_a_post_lets_nobody_work_without_bars_the_work_of_its_people(office: Office) -> None:
    guard(office, office.taker)
    of, course = post(office), office.add("courses", name="岗前安全", kind="induction", hours=40, repeat_months=12)
    assign(office, office.taker, of)
    made = ask(office, of, "course", course_id=course)
    assert why(office, office.taker, "guarding") == [], "it is asked for, and bars nothing"
    office.desk.do("post_requirements.revise", post_requirement_id=made, bars=True)
    assert why(office, office.taker, "guarding") == ["never"]
    passed(office, course, D(2025, 11, 20), office.taker)
    assert why(office, office.taker, "guarding") == ["overdue"]
    assert why(office, office.taker, "guarding", D(2026, 11, 20)) == []
    office.desk.do("post_holdings.end", post_holding_id=_held(office, office.taker), until_on=D(2026, 11, 22))
    assert why(office, office.taker, "guarding") == [], "it is the post that asks"
    assign(office, office.witness, of)
    guard(office, office.witness)
    ask(office, of, "most_age", age=40, bars=True)
    office.desk.do("staff.revise", staff_id=office.witness, born_on=D(1980, 1, 1))
    viewer = replace(office.desk, grants=accounts.of_role(Role.VIEWER))
    for desk in (office.desk, viewer):
        may = desk.ask("staff.may_do", staff_id=office.witness, trade="guarding", on=ON)
        assert [reason.code for reason in may.reasons] == ["never", "old"], "the answer is the same whoever asks"
    with pytest.raises(Invalid, match="bars the work of its trade"):
        ask(office, of, "certificate", certificate_kind="guard", bars=True)


def _held(office: Office, person: UUID) -> UUID:
    sheet = office.desk.ask("staff.sheet", staff_id=person, on=ON)
    id: UUID = sheet.lines["post_holdings"][0]["id"]
    return id


def test_who_is_put_into_a_post_he_does_not_fit_is_put_there_for_a_reason(office: Office) -> None:
    of, course = post(office, approved=3), office.add("courses", name="岗前安全", kind="induction", hours=40)
    ask(office, of, "least_age", age=18)
    ask(office, of, "education", education="secondary")
    ask(office, of, "course", course_id=course)
    ask(office, of, "certificate", certificate_kind="guard")
    ask(office, of, "certificate", certificate_kind="fire_4", holders=1)
    with pytest.raises(Conflict) as refused:
        assign(office, office.giver, of, despite=None)
    said = str(refused.value)
    assert str(refused.value.values["field"]) == "post_holding.despite"
    for words in ("no certificate", "younger than 18", "less schooling", "never passed “岗前安全”"):
        assert words in said
    assert "fire_4" not in said, "some of the post must hold it, not he"
    held = assign(office, office.giver, of, despite="人手不足")
    assert [step.reason for step in office.desk.history("post_holding", held)] == ["人手不足"]
    guard(office, office.witness)
    passed(office, course, D(2026, 5, 4), office.witness)
    assign(office, office.witness, of, despite=None)  # nothing is known against him


def cells(office: Office, on: date = ON, **scope: Any) -> dict[str, dict[str, tuple[Any, Any, list[str]]]]:
    told: Matrix = office.desk.ask("staff.skills", on=on, **scope)
    return {p.name: {k: (c.state and c.state.value, c.until, [w.code for w in c.why]) for k, c in p.cells.items()}
            for p in told.people}  # fmt: skip


def test_the_matrix_says_what_is_lacking_besides_certificates(office: Office) -> None:
    of, course = post(office), office.add("courses", name="消防", kind="fire", hours=40, repeat_months=12)
    for person in (office.giver, office.taker, office.witness):
        assign(office, person, of)
    ask(office, of, "least_age", age=18)
    ask(office, of, "most_age", age=61)
    ask(office, of, "education", education="secondary")
    ask(office, of, "course", course_id=course)
    passed(office, course, D(2025, 12, 10), office.giver)
    passed(office, course, D(2025, 10, 1), office.taker)
    assert cells(office) == {
        "李秀英": {COURSE: ("valid", D(2026, 12, 10), []), SCHOOLING: (None, None, ["low"]),
                AGE: (None, None, ["young"])},
        "王建国": {COURSE: ("expired", D(2026, 10, 1), ["overdue"]), SCHOOLING: ("valid", None, []),
                AGE: ("valid", D(2027, 1, 14), [])},
        "赵磊": {COURSE: (None, None, ["never"]), SCHOOLING: (None, None, []), AGE: (None, None, [])},
    }  # fmt: skip
    told: Matrix = office.desk.ask("staff.skills", on=ON)
    assert [(c.kind, c.category, c.valid, c.needed) for c in told.columns] == [
        (COURSE, "post", 1, 3), (SCHOOLING, "post", 1, 3), (AGE, "post", 1, 3)
    ]  # fmt: skip
    assert cells(office, D(2025, 12, 31)) == {}, "nobody held the post, nothing was asked of him"
    assert cells(office, functions=["heating"]) == {}
    plain: Matrix = office.desk.ask("staff.matrix", on=ON)
    assert plain.people == (), "certificates alone"
    viewer = replace(office.desk, grants=accounts.of_role(Role.VIEWER))
    shown: Matrix = viewer.ask("staff.skills", on=ON)
    assert AGE not in {c.kind for c in shown.columns}, "ages are told to who may open the pages of people"
    asked = viewer.ask("certificates.of_person", staff_id=office.giver, on=ON).others
    assert {row.asked.asks.kind for row in asked} == {K.EDUCATION, K.COURSE}


def test_the_page_of_a_post_tells_its_people_what_they_lack_and_since_when_one_is_missing(office: Office) -> None:
    of = post(office, approved=3, from_on=FIRST)
    ask(office, of, "least_age", age=18)
    ask(office, of, "certificate", certificate_kind="guard", from_on=D(2026, 1, 1))
    ended = ask(office, of, "education", education="bachelor", until_on=D(2025, 12, 31))
    guard(office, office.taker)
    assign(office, office.taker, of, from_on=D(2023, 5, 1))
    assign(office, office.witness, of, from_on=D(2024, 1, 1))
    office.desk.do("post_holdings.end", post_holding_id=_held(office, office.witness), until_on=D(2025, 3, 31))
    assign(office, office.giver, of, from_on=D(2026, 2, 1), acting=True)
    told: PostSheet = office.desk.ask("posts.sheet", post_id=of, on=ON)
    assert (told.row["name"], told.actual, told.vacant, told.vacant_since) == ("保安员", 1, 2, FIRST)
    assert told.covered_by == ("李秀英",)
    assert [(h.row["staff"], h.here, [w.code for w in h.lacks or ()]) for h in told.holders] == [
        ("李秀英", True, ["missing", "young"]), ("王建国", True, []), ("赵磊", False, []),
    ]  # fmt: skip
    by = {r.row["kind"].value: (r.now, r.met, r.needed, r.short) for r in told.requirements}
    assert by == {"least_age": (True, 1, 2, True), "certificate": (True, 1, 2, True),
                  "education": (False, 0, 0, False)}  # fmt: skip
    assert told.requirements[-1].row["id"] == ended, "what is over comes last"
    then: PostSheet = office.desk.ask("posts.sheet", post_id=of, on=D(2024, 6, 1))
    assert (then.actual, then.covered_by) == (2, ())
