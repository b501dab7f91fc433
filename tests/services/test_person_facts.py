"""What is known of a person: what follows from it, who is told, how long it is kept, and how registers bring it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.role_grant import Role
from services import accounts, exports, intake
from services.checks import person_name
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, NotAllowed
from services.desk.listing import View
from services.retention import groups
from tests.services.people import Office, found
from tests.services.secrets import asked

TODAY = datetime.now(UTC).astimezone().date()
D = date
PRIVATE = {"sex": "female", "born_on": D(1975, 3, 2), "retirement_group": "women_50", "ethnicity": "汉族",
           "political_status": "party"}  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def revise(office: Office, **values: Any) -> None:
    office.desk.do("staff.revise", staff_id=office.giver, **values)


def person(office: Office) -> dict[str, Any]:
    return office.row("staff", office.giver)


@pytest.mark.parametrize("typed", ["古丽娜尔•买买提", "古丽娜尔 · 买买提", "古丽娜尔・买买提", "古丽娜尔．买买提"])
def test_the_dot_of_names_is_one_and_rare_characters_stay(office: Office, typed: str) -> None:
    revise(office, name=typed)
    assert person(office)["name"] == "古丽娜尔·买买提"
    assert office.desk.find("staff", "古丽娜尔·买买提")[0].id == office.giver
    assert person_name("林𬭚") == "林𬭚" and person_name("欧阳䶮") == "欧阳䶮"


def test_the_day_of_retirement_follows_from_birth_group_and_choice(office: Office) -> None:
    revise(office, **PRIVATE)
    assert person(office)["retires_on"] == D(2025, 5, 2)
    revise(office, retirement_shift=-2)
    assert person(office)["retires_on"] == D(2025, 3, 2)
    with pytest.raises(Invalid, match="not before the original age of 50"):
        revise(office, retirement_shift=-3)
    revise(office, sex="male", retirement_group=None, retirement_shift=None)
    row = person(office)
    assert (row["retirement_group"].value, row["retires_on"]) == ("men_60", D(2037, 10, 2)), "a man has one group"
    revise(office, born_on=None)
    assert person(office)["retires_on"] is None


def test_facts_that_cannot_be_are_refused(office: Office) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"born_on": TODAY + timedelta(days=1)}, "lies ahead"), ({"joined_on": TODAY + timedelta(days=1)}, "ahead"),
        ({"born_on": D(1990, 1, 1), "joined_on": D(2005, 12, 31)}, "15 years old"),
        ({"employment": "workman", "employer": "某公司"}, "office's own"),
        ({"sex": "male", "retirement_group": "women_55"}, "sex"),
    ]  # fmt: skip
    for values, why in wrong:
        with pytest.raises(Invalid, match=why):
            revise(office, **values)
    revise(office, employment="agency", employer="某公司", born_on=D(1990, 1, 1), joined_on=D(2006, 1, 1))


def test_the_highest_schooling_and_skill_follow_what_is_added(office: Office) -> None:
    add = office.desk.do
    first = add("staff_educations.add", staff_id=office.giver, level="college", school="某职业学院").value
    add("staff_educations.add", staff_id=office.giver, level="secondary", school="某技校", finished_on=D(1995, 7, 1))
    add("staff_skills.add", staff_id=office.giver, trade="电工", level="senior")
    add("staff_skills.add", staff_id=office.giver, trade="焊工", level="junior")
    row = person(office)
    assert (row["education"].value, row["skill_trade"], row["skill_level"].value) == ("college", "电工", "senior")
    add("staff_educations.revise", staff_education_id=first, level="bachelor")
    assert person(office)["education"].value == "bachelor"
    with pytest.raises(Invalid, match="lies ahead"):
        add("staff_educations.add", staff_id=office.giver, level="master", school="x", finished_on=D(2099, 1, 1))
    with pytest.raises(Invalid, match="basis” is required"):
        add("staff_merits.add", staff_id=office.giver, kind="reprimand", on=D(2025, 1, 1), basis="")
    sheet = office.desk.ask("staff.sheet", staff_id=office.giver, on=TODAY)
    assert [row["school"] for row in sheet.lines["staff_educations"]] == ["某技校", "某职业学院"]


def test_nobody_is_away_twice(office: Office) -> None:
    def away(first: date, last: date) -> UUID:
        values = {"staff_id": office.giver, "kind": "annual", "from_on": first, "until_on": last}
        made: UUID = office.desk.do("staff_absences.add", **values).value
        return made

    away(D(2026, 3, 1), D(2026, 3, 5))
    second = away(D(2026, 3, 6), D(2026, 3, 6))
    for first, last in ((D(2026, 3, 5), D(2026, 3, 7)), (D(2026, 2, 1), D(2026, 4, 1))):
        with pytest.raises(Conflict, match="2026-03-01 to 2026-03-05"):
            away(first, last)
    with pytest.raises(Invalid, match="after"):
        away(D(2026, 5, 2), D(2026, 5, 1))
    with pytest.raises(Conflict):
        office.desk.do("staff_absences.revise", staff_absence_id=second, from_on=D(2026, 3, 5))
    office.desk.do("staff_absences.remove", staff_absence_id=second)


# Private facts


def test_private_facts_are_told_on_the_page_alone(office: Office, tmp_path: Path) -> None:
    revise(office, **PRIVATE)
    viewer = replace(office.desk, grants=accounts.of_role(Role.VIEWER))
    row = next(row for row in viewer.first(View("staff"), 10) if row["id"] == office.giver)
    hidden = (*PRIVATE, "retires_on", "retirement_shift")
    assert [row[name] for name in hidden] == [None] * len(hidden) and row["name"] == "李秀英"
    told = repr([step.fields for step in viewer.history("staff", office.giver)])
    assert "汉族" not in told and "1975" not in told and "李秀英" in told
    past = [row for rows in viewer.past("staff", datetime.now(UTC) + timedelta(days=1)) for row in rows]
    assert all(row["born_on"] is None for row in past) and len(past) == 3
    for view in (View("staff", filters=(("sex", ("female",)),)), View("staff", sort="retires_on")):
        with pytest.raises(NotAllowed):
            viewer.ids(view)
    with pytest.raises(NotAllowed):
        viewer.values("staff", "ethnicity")
    officer = replace(office.desk, grants=accounts.of_role(Role.TRAINING_OFFICER))
    assert officer.ask("staff.sheet", staff_id=office.giver, on=TODAY).row["ethnicity"] == "汉族"
    assert len(officer.ids(View("staff", filters=(("sex", ("female",)),)))) == 1


def test_a_file_says_private_facts_when_it_is_asked_to(office: Office, tmp_path: Path) -> None:
    revise(office, **PRIVATE)
    desk, plain, full = asked(office.desk, tmp_path), tmp_path / "plain.csv", tmp_path / "full.csv"
    exports.write(desk, View("staff"), plain, "zh_CN")
    assert "汉族" not in plain.read_text("utf-8-sig") and "出生" not in plain.read_text("utf-8-sig")
    from tests.services.secrets import OWN

    desk.do("staff.export_personal", file=str(full), reason="查档", own_password=OWN)
    assert "汉族" in full.read_text("utf-8-sig") and "1975-03-02" in full.read_text("utf-8-sig")


# How long it is kept


def test_what_is_kept_of_who_left_is_due_after_its_time_and_no_earlier(office: Office, tmp_path: Path) -> None:
    revise(office, **PRIVATE, phone="13800005678")
    left = D(2019, 8, 31)
    office.desk.do("staff.leave", staff_id=office.giver, left_on=left, left_why="retired")
    months = {group.code: group.months for group in groups()}
    assert months == {"personal": 24, "status": 24, "birth": 60} and all(group.source for group in groups())

    def due(on: date) -> list[str]:
        return [row.what for row in office.desk.ask("staff.retention", on=on)]

    assert due(D(2021, 8, 30)) == [] and sorted(due(D(2021, 8, 31))) == ["personal", "status"]
    assert sorted(due(D(2024, 8, 31))) == ["birth", "personal", "status"]
    for what in ("status", "birth"):
        office.desk.do("staff.clear_private", staff_id=office.giver, what=what)
    row = person(office)
    assert [row[name] for name in (*PRIVATE, "retires_on")] == [None] * 6
    from tests.services.secrets import OWN

    desk = asked(office.desk, tmp_path)
    desk.do("staff.erase_personal", staff_id=office.giver, reason="期满", own_password=OWN)
    assert due(TODAY) == [], "what is erased or emptied is due no more"


def test_what_was_kept_of_somebody_who_was_removed_is_due_at_once(office: Office, tmp_path: Path) -> None:
    wrong = office.add("staff", compound_id=office.compound, name="误录", phone="13800005678", **PRIVATE)
    office.desk.do("staff.remove", staff_id=wrong)

    def due() -> list[tuple[str, date | None, str]]:
        return sorted((row.name, row.left_on, row.what) for row in office.desk.ask("staff.retention", on=TODAY))

    assert due() == [("误录", None, "birth"), ("误录", None, "personal"), ("误录", None, "status")]
    for what in ("status", "birth"):
        office.desk.do("staff.clear_private", staff_id=wrong, what=what)
    from tests.services.secrets import OWN

    asked(office.desk, tmp_path).do("staff.erase_personal", staff_id=wrong, reason="误录", own_password=OWN)
    assert due() == []


def test_what_is_needed_is_not_deleted(office: Office) -> None:
    revise(office, **PRIVATE)
    with pytest.raises(Conflict, match="has not left"):
        office.desk.do("staff.clear_private", staff_id=office.giver, what="status")
    office.desk.do("staff.leave", staff_id=office.giver, left_on=TODAY, left_why="retired")
    with pytest.raises(Conflict, match="is kept until"):
        office.desk.do("staff.clear_private", staff_id=office.giver, what="status")
    with pytest.raises(Conflict, match="erased, not emptied"):
        office.desk.do("staff.clear_private", staff_id=office.giver, what="personal")
    with pytest.raises(Invalid, match="personal, status, birth"):
        office.desk.do("staff.clear_private", staff_id=office.giver, what="shoes")


# Registers

STAFF = (
    "工号,姓名,部门,岗位,用工形式,性别,出生年月,民族,文化程度,工种,技能等级,入职时间\n"
    "R1,阿依古丽•艾力,后勤处,电工,合同工,女,1980.5,维吾尔族,大专,电工,高级工,2010-03-01\n"
    "R2,王昇,后勤处,无此岗,公务员,男,1968年11月,汉族,研究生,,,1990/7/1\n"
    "R3,小孩,后勤处,,合同制,男,2015-01-01,汉族,初中,,,2020-01-01\n"
)
POSTS = (
    "序号,岗位编号,岗位名称,部门,职能,岗位类别,核定人数\n"
    "1,G-1,消控值班,后勤处,消控室,工勤技能岗位,6\n"
    "2,,门岗,后勤处,保安,,4\n"
)


def take(office: Office, path: Path, text: str, kind: str = "staff", **options: Any) -> Any:
    file = path / f"{kind}.csv"
    file.write_text(text, "utf-8-sig")
    return intake.run(office.desk, file=str(file), kind=kind, compound_id=office.compound, **options)


def test_a_register_of_people_brings_their_facts_and_posts(office: Office, tmp_path: Path) -> None:
    held = office.add("posts", compound_id=office.compound, name="电工", function="electricity", approved=2)
    report = take(office, tmp_path, STAFF)
    assert (report.new, report.refused) == (2, 1), [tuple(map(str, p.places.values())) for p in report.problems]
    rows = {row["number"]: row for row in office.desk.first(View("staff"), 20)}
    first, second = rows["R1"], rows["R2"]
    assert first["name"] == "阿依古丽·艾力" and first["born_on"] == D(1980, 5, 1)
    assert (first["employment"].value, first["education"].value, first["skill_level"].value) == (
        "contract", "college", "senior")  # fmt: skip
    assert first["retires_on"] is None, "of a woman the group is to be said"
    assert (second["retires_on"], second["retirement_group"].value) == (D(2029, 11, 1), "men_60")
    assert (first["post"], second["post"]) == ("电工", None)
    assert office.desk.ask("posts.establishment", on=D(2015, 1, 1)).posts[0].holders == ("阿依古丽·艾力",)
    assert held and any("16" in str(p.reason) or "years old" in str(p.reason) for p in report.problems)
    again = take(office, tmp_path, STAFF)
    assert (again.new, again.changed) == (0, 0)


def test_a_register_that_names_another_post_moves_somebody_today(office: Office, tmp_path: Path) -> None:
    for name in ("电工", "水工"):
        office.add("posts", compound_id=office.compound, name=name, function="repair")
    take(office, tmp_path, STAFF)
    report = take(office, tmp_path, "工号,姓名,岗位,离职日期\nR1,阿依古丽·艾力,水工,\n")
    row = next(row for row in office.desk.first(View("staff"), 20) if row["number"] == "R1")
    assert row["post"] == "水工" and report.changed == 1
    lines = office.desk.ask("staff.sheet", staff_id=row["id"], on=TODAY).lines["post_holdings"]
    assert [(line["post"], line["from_on"], line["until_on"]) for line in lines] == [
        ("水工", TODAY, None), ("电工", D(2010, 3, 1), TODAY - timedelta(days=1)),
    ]  # fmt: skip
    gone = take(office, tmp_path, "工号,姓名,离岗日期\nR1,阿依古丽·艾力,2025-01-01\n")
    assert gone.refused == 1, "leaving is recorded where it is seen what is open"


def test_a_register_of_posts(office: Office, tmp_path: Path) -> None:
    report = take(office, tmp_path, POSTS, "posts")
    assert (report.new, report.refused) == (2, 0)
    rows = office.desk.first(View("posts"), 9)
    assert {(row["name"], row["function"].value, row["approved"]) for row in rows} == {
        ("消控值班", "fire_control", 6), ("门岗", "guards", 4),
    }  # fmt: skip
    assert take(office, tmp_path, "姓名,岗位\n新人,园丁\n", create=True).new == 1, "a post is not made up from its name"
    assert office.desk.count(View("posts")) == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("张　三", "张三"), ("欧 阳 修", "欧阳修"), ("古丽娜尔 • 买买提", "古丽娜尔·买买提"), 
     ("John Smith", "John Smith"), ("阿 Q", "阿 Q"), ("𠮷 田", "𠮷田")],
)  # fmt: skip
def test_a_name_is_not_spread_over_its_cell(typed: str, kept: str) -> None:
    assert person_name(typed) == kept


def test_the_highest_schooling_and_skill_follow_lines_that_are_put_right(office: Office) -> None:
    def said() -> tuple[str, ...]:
        row = person(office)
        return tuple(getattr(row[name], "value", row[name]) for name in ("education", "skill_level", "skill_trade"))

    who, do = {"staff_id": office.giver}, office.desk.do
    do("staff_educations.add", **who, level="college", school="甲校")
    wrong = do("staff_educations.add", **who, level="doctor", school="乙校").value
    do("staff_skills.add", **who, level="junior", trade="钳工")
    skill = do("staff_skills.add", **who, level="senior", trade="电公").value
    assert said() == ("doctor", "senior", "电公")
    do("staff_educations.revise", staff_education_id=wrong, level="secondary")
    do("staff_skills.revise", staff_skill_id=skill, trade="电工")
    assert said() == ("college", "senior", "电工"), "what came from a line follows it"
    do("staff_skills.remove", staff_skill_id=skill)
    assert said() == ("college", "junior", "钳工")
    do("staff.revise", staff_id=office.giver, education="master")
    do("staff_educations.revise", staff_education_id=wrong, level="junior")
    assert said()[0] == "master", "what was said of him beside his lines stays"
