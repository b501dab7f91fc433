"""The skill matrix of a small office, its figures counted by hand; what posts require, and where too few hold it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from models.post import PostFunction
from services import certificate_papers
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.intent import Grant, query
from services.desk.listing import View
from services.skill_matrix import Matrix, Reading, scope_of
from services.skill_risks import Weak, weakness
from tests.services.people import Office, found

Y = date
ON = Y(2026, 11, 23)
LONG = Y(2029, 5, 1)
FIRST = Y(2022, 1, 1)


@dataclass
class Team:
    """The people of the picture, by name."""

    office: Office
    people: dict[str, UUID]
    posts: dict[str, UUID]

    def matrix(self, on: date = ON, **scope: Any) -> Matrix:
        answer: Matrix = self.office.desk.ask("staff.matrix", on=on, **scope)
        return answer

    def cell(self, name: str, kind: str, on: date = ON) -> str:
        """What stands in a cell: its state, `missing`, or nothing."""
        person = next(p for p in self.matrix(on).people if p.name == name)
        cell = person.cells.get(kind)
        return "" if cell is None else cell.state.value if cell.state else "missing"


def person(office: Office, name: str, post: UUID | None, **values: Any) -> UUID:
    made = office.add("staff", compound_id=office.compound, name=name, unit_id=office.unit, **values)
    if post:
        office.desk.do("post_holdings.assign", staff_id=made, post_id=post, from_on=FIRST)
    return made


def hold(office: Office, staff: UUID, kind: str, until: date | None, **values: Any) -> UUID:
    given = {"issued_on": Y(2025, 1, 2), "paper_no": f"{kind}-1", "valid_until": until} | values
    return office.add("certificates", staff_id=staff, kind=kind, **given)


def require(office: Office, post: UUID, kind: str, **values: Any) -> UUID:
    given = {"post_id": post, "from_on": FIRST, "certificate_kind": kind} | values
    return office.add("post_requirements", kind="certificate", **given)


@pytest.fixture
def team(desk: Desk) -> Team:
    office = found(replace(desk, clock=lambda: datetime(2026, 11, 23, 4, tzinfo=UTC)))
    posts = {
        name: office.add("posts", compound_id=office.compound, name=name, unit_id=office.unit, function=function)
        for name, function in (("电工班", "electricity"), ("锅炉房", "heating"), ("控制室", "fire_control"))
    }
    people = {
        name: person(office, name, posts[post])
        for name, post in (("徐勇", "电工班"), ("赵七", "电工班"), ("周海", "电工班"), ("李国栋", "锅炉房"),
                           ("田野", "锅炉房"), ("陈静", "控制室"), ("吴超", "控制室"), ("胡涛", "控制室"))
    }  # fmt: skip
    require(office, posts["电工班"], "low_voltage")
    require(office, posts["电工班"], "high_voltage", holders=2)
    require(office, posts["锅炉房"], "boiler_g1")
    for kind in ("fire_4", "fire_3"):
        require(office, posts["控制室"], kind, alternative="control")
    for name, kind, until in (
        ("徐勇", "low_voltage", LONG), ("赵七", "low_voltage", LONG), ("周海", "low_voltage", LONG),
        ("徐勇", "high_voltage", Y(2026, 12, 8)), ("赵七", "high_voltage", LONG), ("赵七", "driving", LONG),
        ("李国栋", "boiler_g1", LONG), ("田野", "boiler_g1", Y(2026, 11, 18)),
        ("陈静", "fire_4", None), ("吴超", "fire_3", None),
    ):  # fmt: skip
        hold(office, people[name], kind, until)
    return Team(office, people, posts)


def test_every_cell_says_what_somebody_has_and_what_his_post_asks_for(team: Team) -> None:
    assert [(name, kind, team.cell(name, kind)) for name, kind in (
        ("徐勇", "high_voltage"), ("赵七", "high_voltage"), ("周海", "high_voltage"), ("田野", "boiler_g1"),
        ("陈静", "fire_4"), ("吴超", "fire_4"), ("吴超", "fire_3"), ("胡涛", "fire_4"), ("胡涛", "fire_3"),
        ("赵七", "driving"), ("徐勇", "boiler_g1"),
    )] == [
        ("徐勇", "high_voltage", "due"), ("赵七", "high_voltage", "valid"),
        ("周海", "high_voltage", ""), ("田野", "boiler_g1", "expired"), ("陈静", "fire_4", "valid"),
        ("吴超", "fire_4", ""), ("吴超", "fire_3", "valid"), ("胡涛", "fire_4", "missing"), ("胡涛", "fire_3", ""),
        ("赵七", "driving", "valid"), ("徐勇", "boiler_g1", ""),
    ], "two of the post must hold it, not each; of a group the first is missed"  # fmt: skip
    found = team.matrix()
    assert found.count == 8 and found.compounds == 1, "who has nothing and needs nothing has no row"


def test_holders_are_counted_against_what_the_posts_need(team: Team) -> None:
    columns = {c.kind: (c.valid, c.needed, c.weak) for c in team.matrix().columns}
    assert columns == {
        "low_voltage": (3, 3, None), "high_voltage": (2, 2, Weak.SOON), "boiler_g1": (1, 2, Weak.SHORT),
        "fire_4": (2, 3, Weak.SHORT), "fire_3": (1, 0, None), "driving": (1, 0, None),
    }  # fmt: skip
    assert list(columns) == ["low_voltage", "high_voltage", "boiler_g1", "fire_4", "fire_3", "driving"]


def test_a_risk_says_how_many_are_missing_and_on_whom_it_hangs(team: Team) -> None:
    risks = {risk.group[0]: risk for risk in team.matrix().risks}
    assert list(risks) == ["boiler_g1", "fire_4", "high_voltage"], "the worst first"
    boiler, high = risks["boiler_g1"], risks["high_voltage"]
    assert (boiler.valid, boiler.needed, boiler.sole) == (1, 2, "李国栋")
    assert [(one.name, one.until) for one in boiler.ended] == [("田野", Y(2026, 11, 18))]
    assert (high.valid, high.after, [one.name for one in high.ending]) == (2, 1, ["徐勇"])
    before = {risk.group[0]: risk.weak for risk in team.matrix(Y(2026, 11, 1)).risks}
    assert before["boiler_g1"] is Weak.SOON, "that day he still held it, for less than a month"
    after = {risk.group[0]: risk.weak for risk in team.matrix(Y(2026, 12, 9)).risks}
    assert after["high_voltage"] is Weak.SHORT


@pytest.mark.parametrize(("valid", "after", "needed", "weak"), [
    (2, 2, 3, "short"), (0, 0, 1, "short"), (1, 1, 1, "only"), (2, 1, 2, "soon"), (2, 1, 1, "soon"), (3, 2, 3, "soon"),
    (2, 2, 2, None), (3, 2, 2, None),
])  # fmt: skip
def test_what_is_weak_about_a_skill(valid: int, after: int, needed: int, weak: str | None) -> None:
    assert weakness(valid, after, needed) == weak


def test_of_a_function_a_unit_a_compound_those_alone_are_counted(team: Team) -> None:
    office = team.office
    only = team.matrix(functions=["heating"])
    assert [p.name for p in only.people] == ["李国栋", "田野"] and [c.kind for c in only.columns] == ["boiler_g1"]
    assert team.matrix(unit_ids=[office.other_unit]).count == 0
    far = office.add("staff", compound_id=office.elsewhere, name="远方", number="P99")
    hold(office, far, "boiler_g1", LONG)
    there = team.matrix(compound_ids=[office.elsewhere])
    assert [p.name for p in there.people] == ["远方"] and there.risks == ()
    [risk] = [risk for risk in team.matrix().risks if risk.group == ("boiler_g1",)]
    assert risk.valid == 1, "who works elsewhere runs no boiler here"
    assert team.matrix().compounds == 2


def test_who_left_or_is_not_yet_there_is_not_counted(team: Team) -> None:
    office = team.office
    office.desk.do("staff.leave", staff_id=team.people["李国栋"], left_on=Y(2026, 11, 20), left_why="retired")
    [risk] = [risk for risk in team.matrix().risks if risk.group == ("boiler_g1",)]
    assert (risk.valid, risk.needed, risk.sole) == (0, 1, "")
    assert "李国栋" not in [p.name for p in team.matrix().people]
    assert "李国栋" in [p.name for p in team.matrix(Y(2026, 11, 20)).people], "on the day somebody leaves he is there"


def test_a_requirement_holds_from_its_day_until_its_last(team: Team) -> None:
    office, post = team.office, team.posts["锅炉房"]
    made = require(office, post, "boiler_g3", from_on=Y(2026, 1, 1))
    assert team.cell("田野", "boiler_g3") == "missing" and team.cell("田野", "boiler_g3", Y(2025, 12, 31)) == ""
    with pytest.raises(Conflict, match="requires this in that time already"):
        require(office, post, "boiler_g3", from_on=Y(2026, 6, 1))
    office.desk.do("post_requirements.end", post_requirement_id=made, until_on=Y(2026, 6, 30))
    assert team.cell("田野", "boiler_g3") == ""
    require(office, post, "boiler_g3", from_on=Y(2026, 7, 1))
    with pytest.raises(Invalid, match="lies after"):
        office.desk.do("post_requirements.end", post_requirement_id=made, until_on=Y(2025, 12, 31))
    office.desk.do("post_requirements.revise", post_requirement_id=made, basis="岗位说明书")
    office.desk.do("post_requirements.remove", post_requirement_id=made)
    assert len(office.desk.first(View("post_requirements"), 99)) == 6


def test_a_requirement_says_what_its_kind_says_and_nothing_else(team: Team) -> None:
    office, post = team.office, team.posts["控制室"]

    for values, match in (
        ({"kind": "certificate"}, "says “.*certificate_kind”"), ({"kind": "education"}, "says “.*education”"),
        ({"kind": "least_age"}, "says “.*age”"), ({"kind": "least_age", "age": 18, "holders": 2}, "nothing of"),
        ({"kind": "education", "education": "college", "certificate_kind": "guard"}, "nothing of"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=match):
            office.desk.do("post_requirements.add", post_id=post, from_on=FIRST, **values)
    office.desk.do("post_requirements.add", post_id=post, from_on=FIRST, kind="least_age", age=18)
    office.desk.do("post_requirements.add", post_id=post, from_on=FIRST, kind="education", education="college")
    assert team.matrix().columns, "which of them are no certificates the matrix passes over"


def test_who_works_elsewhere_counts_where_he_works_whatever_is_looked_at(team: Team) -> None:
    office = team.office
    far = office.add("posts", compound_id=office.elsewhere, name="西湖电工", function="electricity")
    require(office, far, "low_voltage")
    office.desk.do("post_holdings.assign", staff_id=team.people["徐勇"], post_id=far, from_on=ON, acting=True)
    for scope in ({}, {"compound_ids": (office.elsewhere,)}):
        rows = office.desk.ask("staff.coverage", on=ON, **scope).kinds
        assert [(row.valid, row.needed) for row in rows if row.compound_id == office.elsewhere] == [(1, 1)]
    some = team.matrix(compound_ids=(office.elsewhere,))
    assert [person.name for person in some.people] == ["徐勇"] and some.risks[0].weak is Weak.ONLY
    near = replace(office.desk, grants=(Grant(("*",), frozenset({office.elsewhere})),))
    assert near.ask("staff.coverage", on=ON).kinds == (), "nobody says he has none whose papers are out of reach"


def test_a_post_that_is_over_asks_for_nothing(team: Team) -> None:
    office = team.office
    old = office.add("posts", compound_id=office.compound, name="旧岗", function="lifts", until_on=Y(2025, 1, 1))
    require(office, old, "lift_t", holders=2)
    assert not [row for row in office.desk.ask("staff.coverage", on=ON).kinds if row.group == ("lift_t",)]
    assert [row.needed for row in office.desk.ask("staff.coverage", on=Y(2024, 1, 1)).kinds
            if row.group == ("lift_t",)] == [2]  # fmt: skip


@query("Lines of the register on paper, for tests", name="tests.lines")
def lines_on_paper(session: Session, on: date) -> list[tuple[str, str]]:
    """Who stands there, and with which post."""
    reading = Reading(session, on, scope_of((), (), (PostFunction.ELECTRICITY,)))
    return [(line.name, line.post) for line in certificate_papers._lines(reading)]


def test_the_register_on_paper_lists_whom_the_matrix_does_with_the_post_of_the_day(team: Team) -> None:
    office = team.office
    boiler = {"post_id": team.posts["锅炉房"], "despite": "证书补考中"}
    office.desk.do("post_holdings.assign", staff_id=team.people["徐勇"], from_on=ON, **boiler)
    assert ("徐勇", "电工班") in office.desk.ask("tests.lines", on=ON - timedelta(days=1))
    assert "徐勇" not in dict(office.desk.ask("tests.lines", on=ON))
