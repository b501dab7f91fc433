"""The structure of a small office, every figure counted by hand; bands of ages, and who may be told them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.role_grant import Role
from services import accounts, structure_papers
from services.age_bands import bands
from services.desk.desk import Desk
from services.documents.verify import inspect
from services.retirement import age
from services.skill_coverage import Coverage
from services.skill_risks import Weak
from services.staff_retiring import Retiring
from services.staff_structure import Structure
from services.team_comparison import Team
from tests.documents.sample import pages
from tests.services.people import Office, found

D = date
ON = D(2026, 11, 23)
FIRST = D(2022, 1, 1)


def trained(office: Office) -> None:
    """One session in the first compound: four hours for one of its people, 900 yuan."""
    fire = office.add("courses", name="消防安全培训", kind="fire", hours=40)
    begins = datetime(2026, 5, 6, 9).astimezone()
    session = office.add("training_sessions", compound_id=office.compound, course_id=fire, title="第一期", hours=40,
                         starts_at=begins, ends_at=begins + timedelta(hours=3), cost=90000)  # fmt: skip
    for act, who in (("enrol", True), ("start", False), ("mark", True), ("hold", False)):
        people = {"staff_ids": [office.taker]} if who else {}
        office.desk.do(f"training_sessions.{act}", training_session_id=session, **people)


@pytest.fixture
def office(desk: Desk) -> Office:
    """Three in the first compound, one with nothing known of him; one of an agency in the other; one who left."""
    made = found(replace(desk, clock=lambda: datetime(2026, 11, 23, 4, tzinfo=UTC)))
    facts: dict[Any, dict[str, Any]] = {
        made.giver: {"sex": "female", "retirement_group": "women_55", "born_on": D(1996, 11, 24),
                     "education": "bachelor", "employment": "public_institution", "joined_on": D(2018, 1, 1)},
        made.taker: {"sex": "male", "born_on": D(1970, 11, 23), "education": "junior", "skill_level": "senior",
                     "employment": "workman", "joined_on": D(2000, 1, 1)},
        made.witness: {"joined_on": D(2025, 6, 1)},
    }  # fmt: skip
    for person, values in facts.items():
        made.desk.do("staff.revise", staff_id=person, **values)
    far = made.add("staff", compound_id=made.elsewhere, name="钱多", unit_id=made.other_unit, born_on=D(1990, 2, 28),
                   education="college", employment="agency", joined_on=D(2026, 1, 1))  # fmt: skip
    gone = made.add("staff", compound_id=made.compound, name="孙离", unit_id=made.unit, joined_on=D(2019, 1, 1))
    made.desk.do("staff.leave", staff_id=gone, left_on=D(2025, 12, 31), left_why="resigned")
    for name, function, where, who, kind in (
        ("电工", "electricity", made.compound, made.taker, "low_voltage"),
        ("保安", "guards", made.elsewhere, far, "guard"),
    ):
        post = made.add("posts", compound_id=where, name=name, function=function)
        since = max(FIRST, D(2026, 1, 1) if who == far else FIRST)
        made.desk.do("post_holdings.assign", staff_id=who, post_id=post, from_on=since)
        made.add("post_requirements", post_id=post, kind="certificate", certificate_kind=kind, from_on=FIRST)
    made.add("certificates", staff_id=made.taker, kind="low_voltage", paper_no="T1", issued_on=D(2025, 3, 1),
             valid_until=D(2031, 2, 28))  # fmt: skip
    trained(made)
    return made


def structure(office: Office, by: str, on: date = ON, **scope: Any) -> Structure:
    made: Structure = office.desk.ask("staff.structure", on=on, by=by, **scope)
    return made


def counts(found: Structure, part: str) -> list[dict[Any, int]]:
    return [{getattr(k, "value", k): n for k, n in getattr(group, part).items()} for group in found.groups]


def test_every_compound_is_counted_as_by_hand(office: Office) -> None:
    found_ = structure(office, "compound")
    assert [(g.name, g.people) for g in found_.groups] == [("建设路大院", 3), ("西湖里宿舍", 1)]
    assert counts(found_, "ages") == [{"≤30": 1, "55–59": 1, None: 1}, {"36–40": 1}]
    assert counts(found_, "education") == [{"bachelor": 1, "junior": 1, None: 1}, {"college": 1}]
    assert counts(found_, "skill") == [{"senior": 1, None: 2}, {None: 1}]
    assert counts(found_, "employment") == [{"public_institution": 1, "workman": 1, None: 1}, {"agency": 1}]
    assert [g.mean for g in found_.groups] == [43.0, 36.75], "30 and 56 years; 36 and nine months"
    assert found_.whole.people == 4 and found_.whole.ages["36–40"] == 1


def test_people_are_put_together_by_unit_function_and_employment(office: Office) -> None:
    assert [(g.name, g.people) for g in structure(office, "unit").groups] == [("财务处", 2), ("后勤处", 2)]
    by = structure(office, "function")
    assert [(g.key, g.people) for g in by.groups] == [("guards", 1), ("electricity", 1), (None, 2)]
    kinds = [(g.key, g.people) for g in structure(office, "employment").groups]
    assert kinds == [("public_institution", 1), ("workman", 1), ("agency", 1), (None, 1)]


def test_at_the_end_of_each_year_those_are_counted_who_were_there(office: Office) -> None:
    by = structure(office, "year")
    assert [(g.key, g.people) for g in by.groups] == [(2021, 3), (2022, 3), (2023, 3), (2024, 3), (2025, 4), (2026, 4)]
    assert counts(by, "ages")[0] == {"≤30": 1, "51–54": 1, None: 1}, "as old as they were"
    assert by.whole.people == 4
    assert structure(office, "compound", D(1999, 1, 1)).groups == ()


def test_a_filter_lets_through_compounds_units_and_functions(office: Office) -> None:
    assert structure(office, "compound", compound_ids=[office.elsewhere]).whole.people == 1
    assert structure(office, "compound", unit_ids=[office.unit]).whole.people == 2
    assert structure(office, "unit", functions=["electricity"]).whole.people == 1
    assert structure(office, "year", functions=["guards"]).groups[-2].people == 0, "he came this year"


def test_who_retires_ahead(office: Office) -> None:
    rows: list[Retiring] = office.desk.ask("staff.retiring", on=ON)
    told = [(row.from_on.year if row.from_on else None, row.people) for row in rows if row.people]
    assert told == [(2032, 1), (2036, 1), (None, 2)], "61 years and six months; 58 years; not known"
    assert next(row for row in rows if row.from_on == D(2032, 1, 1)).functions == {"electricity": 1}
    late: list[Retiring] = office.desk.ask("staff.retiring", on=D(2033, 1, 1))
    assert (late[0].from_on, late[0].until_on, late[0].people) == (None, D(2032, 12, 31), 1), "his day has passed"
    assert office.desk.ask("staff.retiring", on=ON, functions=["heating"]) == []


def test_certificates_cover_what_posts_and_trades_ask_for(office: Office) -> None:
    found_: Coverage = office.desk.ask("staff.coverage", on=ON)
    assert [(row.compound, row.group, row.valid, row.needed, row.weak) for row in found_.kinds] == [
        ("西湖里宿舍", ("guard",), 0, 1, Weak.SHORT), ("建设路大院", ("low_voltage",), 1, 1, Weak.ONLY),
    ]  # fmt: skip
    assert [(row.compound, row.trade, row.valid, row.needed, row.weak) for row in found_.trades] == [
        ("建设路大院", "low_voltage_work", 1, 1, Weak.ONLY), ("西湖里宿舍", "guarding", 0, 1, Weak.SHORT),
    ]  # fmt: skip
    alone: Coverage = office.desk.ask("staff.coverage", on=ON, compound_ids=[office.compound])
    assert [row.trade for row in alone.trades] == ["low_voltage_work"]


def test_the_compounds_stand_side_by_side(office: Office) -> None:
    here, there = office.desk.ask("staff.compare", on=ON)
    assert isinstance(here, Team)
    assert (here.people, here.own, here.contract, here.agency, here.provider, here.unsaid) == (3, 2, 0, 0, 0, 1)
    assert (here.schooled, here.hours, here.cost, here.per_head, here.short) == (1, 40, 90000, 30000, 0)
    assert (there.people, there.agency, there.mean, there.per_head, there.short) == (1, 1, 36.75, 0, 1)
    assert (here.bound, here.met) == (3, 0), "an electrician must hear twenty hours, everybody about fire"


def test_who_may_not_open_the_pages_of_people_is_told_no_ages(office: Office) -> None:
    viewer = replace(office.desk, grants=accounts.of_role(Role.VIEWER))
    told: Structure = viewer.ask("staff.structure", on=ON)
    assert not told.told and told.whole.people == 4 and told.whole.ages == {} and told.whole.mean is None
    assert viewer.ask("staff.retiring", on=ON) == []
    assert all(team.mean is None for team in viewer.ask("staff.compare", on=ON))
    paper = "".join(pages(structure_papers.report(viewer, ON, "en")))
    assert "Ages" not in paper and "Retirements" not in paper and "College or more" in paper


def test_the_report_says_every_figure_in_both_languages(office: Office) -> None:
    data = structure_papers.report(office.desk, ON, "zh_CN")
    text = "".join(pages(data))
    assert inspect(data).intact and inspect(data).kind == "team-structure"
    for words in ("队伍结构分析表", "建设路大院", "西湖里宿舍", "43.0", "36.8", "55–59", "50%", "未来退休人数", "2032",
                  "低压电工", "仅一人", "300.00", "电", "保安员"):  # fmt: skip
        assert words in text, words
    english = "".join(pages(structure_papers.report(office.desk, ON, "en", compound_ids=[office.elsewhere])))
    assert "Structure of the team" in english and "西湖里宿舍" in english and "建设路大院" not in english
    scope = {"unit_ids": [office.unit], "functions": ["electricity"]}
    some = "".join(pages(structure_papers.report(office.desk, ON, "zh_CN", **scope)))
    assert "后勤处、" in some and "全部大院" not in some, "the paper says of whom"
    assert pages(structure_papers.report(office.desk, D(1990, 1, 1), "en")), "nobody was here"


@settings(max_examples=150)
@given(on=st.dates(D(2020, 1, 1), D(2032, 12, 31)), years=st.integers(16, 75), days=st.integers(-2, 2))
def test_everybody_is_in_the_band_of_his_age(on: date, years: int, days: int) -> None:
    month = min(on.day, 28)
    born = D(on.year - years, on.month, month) + timedelta(days=days + on.day - month)
    within = [
        band for band in bands(on)
        if (band.born(on)[0] or date.min) <= born <= (band.born(on)[1] or date.max)
    ]  # fmt: skip
    [band] = within
    assert (band.least or 0) <= age(born, on) <= (band.most or 200)
