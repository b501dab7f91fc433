"""The people of the sample office, continued: who they are, what they learnt, which posts they hold and who is away."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from models.base import new_id
from models.compound import CompoundKind
from models.post import Post, PostFunction, PostHolding, PostKind
from models.staff import (
    AbsenceKind,
    EducationLevel,
    Employment,
    MeritKind,
    RetirementGroup,
    Sex,
    SkillLevel,
    StaffAbsence,
    StaffEducation,
    StaffMerit,
    StaffSkill,
)
from services.desk.work import Work
from services.retirement import age_and_day, group_of

Row = dict[str, Any]
F, E, S = PostFunction, Employment, SkillLevel
SEED, TODAY = 20261126, date(2026, 11, 2)
WOMEN = frozenset("英芳娜敏静艳娟兰霞燕珍梅桐怡尔")
OTHERS = frozenset(
    {"FGW", "CZJ", "JYJ", "RSJ", "ZRZ", "SPJ", "DAJ"}
)  # their people use the compounds, and hold no post
AGES = ((24, 35, 12), (36, 45, 22), (46, 54, 38), (55, 62, 28))  # from, to, how many of a hundred
SCHOOLING = {  # how many of a hundred, from junior to master: up to 45 years old, older
    True: (6, 26, 36, 28, 4), False: (33, 39, 20, 8, 0),
}  # fmt: skip
POSTS = (  # name, function, how many, trade of its people, employment, grade
    ("后勤主管", F.MANAGEMENT, 1, "", (E.CIVIL_SERVANT, E.PUBLIC_INSTITUTION), "管理七级"),
    ("高低压电工", F.ELECTRICITY, 2, "电工", (E.WORKMAN, E.CONTRACT), "技术工三级"),
    ("消防控制室值班员", F.FIRE_CONTROL, 2, "消防设施操作员", (E.CONTRACT, E.PROVIDER), "技术工四级"),
    ("锅炉暖通工", F.HEATING, 1, "锅炉操作工", (E.WORKMAN, E.CONTRACT), "技术工三级"),
    ("保安员", F.GUARDS, 2, "保安员", (E.AGENCY, E.PROVIDER), "普通工"),
    ("综合维修工", F.REPAIR, 2, "维修工", (E.WORKMAN, E.CONTRACT), "技术工四级"),
    ("电梯安全管理员", F.LIFTS, 1, "电梯维修工", (E.CONTRACT,), "技术工四级"),
    ("厨师", F.CATERING, 1, "中式烹调师", (E.CONTRACT, E.AGENCY), "技术工四级"),
    ("保洁员", F.CLEANING, 2, "", (E.AGENCY, E.PROVIDER), "普通工"),
    ("水工", F.PLUMBING, 1, "管道工", (E.WORKMAN, E.CONTRACT), "技术工五级"),
    ("绿化工", F.GREENING, 1, "园林绿化工", (E.AGENCY,), "普通工"),
    ("会务员", F.RECEPTION, 1, "", (E.CONTRACT,), "普通工"),
    ("驾驶员", F.VEHICLES, 1, "汽车驾驶员", (E.WORKMAN,), "技术工三级"),
)  # fmt: skip
SHORT = ("高低压电工", "锅炉暖通工", "消防控制室值班员")  # of these one more is approved than there are people, in turn
EMPLOYERS = {E.AGENCY: "某某人力资源服务有限公司", E.PROVIDER: "某某物业服务有限公司"}
SCHOOLS = {EducationLevel.JUNIOR: "某某市第二初级中学", EducationLevel.SECONDARY: "某某市技工学校",
           EducationLevel.COLLEGE: "某某职业技术学院", EducationLevel.BACHELOR: "某某大学",
           EducationLevel.MASTER: "某某大学"}  # fmt: skip
LEVELS = ((S.JUNIOR, 42), (S.INTERMEDIATE, 33), (S.SENIOR, 18), (S.TECHNICIAN, 7))
DAY = timedelta(days=1)


def facts(staff: list[Row], units: list[Row], compounds: list[Row]) -> list[Row]:
    """Fills in what the people of the sample are, before they are stored; returns their posts."""
    draw, code = random.Random(SEED), {unit["id"]: unit["code"] for unit in units}
    made = list[Row]()
    for turn, compound in enumerate(compounds):
        here = [person for person in staff if person["compound_id"] == compound["id"]]
        own = [person for person in here if code[person["unit_id"]] not in OTHERS]
        made += _posts(compound, own, turn)
        for person in here:
            person |= _who(draw, person, person.get("_post"))
    return made


def fill(work: Work, staff: list[Row], posts: list[Row]) -> None:
    """Stores posts, and who holds them since when; schooling, skills, merits and days away."""
    draw, numbers = random.Random(SEED + 1), work.numbers("GW", len(posts))
    fields = ("id", "compound_id", "name", "unit_id", "function", "kind", "grade", "approved", "from_on")
    work.bulk_insert(Post, ({name: post[name] for name in fields} | {"number": next(numbers)} for post in posts))
    work.bulk_insert(PostHolding, _holdings(draw, staff, posts))
    work.bulk_insert(StaffEducation, (_schooling(person) for person in staff))
    work.bulk_insert(StaffSkill, (_skill(draw, person) for person in staff if person["skill_level"]))
    work.bulk_insert(StaffMerit, (_merit(person, n) for n, person in enumerate(staff[5::23])))
    work.bulk_insert(StaffAbsence, (_absence(person, n) for n, person in enumerate(staff[8::19])))


def stored(person: Row) -> Row:
    """A person as column values: what only this module knows of him left out."""
    return {name: value for name, value in person.items() if not name.startswith("_")}


def _posts(compound: Row, people: list[Row], turn: int) -> Iterator[Row]:
    """The posts of a compound, filled in their order as long as there are people."""
    left, living = list(people), compound["kind"] is CompoundKind.DORMITORY
    for name, function, count, trade, employments, grade in POSTS:
        if living and function in (F.RECEPTION, F.CATERING):
            continue
        holders, left = left[:count], left[count:]
        post: Row = {
            "id": new_id(), "compound_id": compound["id"], "name": name, "unit_id": None, "function": function,
            "kind": PostKind.MANAGEMENT if function is F.MANAGEMENT else PostKind.WORKMAN, "grade": grade,
            "approved": count + (SHORT[turn % len(SHORT)] == name), "from_on": date(2016, 1, 1), "_trade": trade,
            "_employments": employments,
        }  # fmt: skip
        for person in holders:
            person["_post"] = post
        yield post


def _who(draw: random.Random, person: Row, post: Row | None) -> Row:
    """Everything about one person that his page shows."""
    sex = Sex.FEMALE if person["name"][-1] in WOMEN or person["name"].startswith("古丽") else Sex.MALE
    kind = draw.choice(post["_employments"]) if post else draw.choice((E.CIVIL_SERVANT, E.PUBLIC_INSTITUTION))
    cadre = kind in (E.CIVIL_SERVANT, E.PUBLIC_INSTITUTION)
    group = group_of(sex, None if sex is Sex.MALE else RetirementGroup.WOMEN_55 if cadre
                     else RetirementGroup.WOMEN_50)  # fmt: skip
    assert group is not None
    born = _born(draw, person, group)
    level = _education(draw, born, cadre=cadre)
    joined = date(born.year + draw.randrange(19, 32), draw.randrange(1, 13), 1)
    trade = post["_trade"] if post else ""
    skill = draw.choices([at for at, _ in LEVELS], [n for _, n in LEVELS])[0] if trade and draw.random() < 0.7 else None
    party = draw.random() < (0.6 if cadre else 0.15)
    return {
        "employment": kind, "employer": EMPLOYERS.get(kind), "post_id": post["id"] if post else None,
        "grade": post["grade"] if post else None, "sex": sex, "born_on": born,
        "ethnicity": "维吾尔族" if "·" in person["name"] else "满族" if draw.random() < 0.04 else "汉族",
        "political_status": "party" if party else "masses", "education": level,
        "skill_trade": trade if skill else None, "skill_level": skill, "joined_on": min(joined, date(2025, 7, 1)),
        "retirement_group": group, "retires_on": age_and_day(born, group).on,
    }  # fmt: skip


def _born(draw: random.Random, person: Row, group: RetirementGroup) -> date:
    """As his number says, where he has one; else somebody who has not retired yet."""
    if number := person.get("id_number"):
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    while True:
        low, high, _ = draw.choices(AGES, [share for *_, share in AGES])[0]
        born = date(2026 - draw.randrange(low, high + 1), draw.randrange(1, 13), draw.randrange(1, 28))
        if age_and_day(born, group).on > TODAY:
            return born


def _education(draw: random.Random, born: date, *, cadre: bool) -> EducationLevel:
    if cadre:
        return draw.choice((EducationLevel.COLLEGE, EducationLevel.BACHELOR, EducationLevel.BACHELOR,
                            EducationLevel.MASTER))  # fmt: skip
    return draw.choices(list(EducationLevel)[:5], SCHOOLING[2026 - born.year <= 45])[0]


def _holdings(draw: random.Random, staff: list[Row], posts: list[Row]) -> Iterator[Row]:
    """Since when each holds his post; every ninth held another before, and where one is missing somebody covers."""
    for n, person in enumerate(person for person in staff if person.get("_post")):
        post = person["_post"]
        first = max(person["joined_on"], post["from_on"])
        moved = first + timedelta(days=draw.randrange(200, 1800))
        since = min(moved, date(2026, 6, 1)) if n % 9 == 4 and moved > first else first
        if since > first:
            other = next(other for other in posts if other["compound_id"] == post["compound_id"] and other is not post)
            yield _held(person, other, first, since - DAY)
        yield _held(person, post, since, None, basis=f"人〔{since.year}〕{draw.randrange(1, 99)}号")
    for post in (post for post in posts if post["name"] in SHORT):
        holders = [person for person in staff if person.get("_post") is post]
        beside = [p for p in staff if p.get("_post") and p["_post"]["compound_id"] == post["compound_id"]]
        if len(holders) < post["approved"] and (cover := next((p for p in beside if p not in holders), None)):
            yield _held(cover, post, date(2026, 9, 1), None, acting=True)


def _held(person: Row, post: Row, since: date, until: date | None, **more: Any) -> Row:
    return {"compound_id": post["compound_id"], "post_id": post["id"], "staff_id": person["id"], "from_on": since,
            "until_on": until, "acting": False, "basis": None} | more  # fmt: skip


def _schooling(person: Row) -> Row:
    level, born = person["education"], person["born_on"]
    age = {EducationLevel.JUNIOR: 16, EducationLevel.SECONDARY: 18, EducationLevel.COLLEGE: 21}.get(level, 23)
    return {"compound_id": person["compound_id"], "staff_id": person["id"], "level": level,
            "school": SCHOOLS[level], "full_time": True, "finished_on": date(born.year + age, 7, 1)}  # fmt: skip


def _skill(draw: random.Random, person: Row) -> Row:
    year = min(2025, max(person["joined_on"].year + 1, draw.randrange(2008, 2026)))
    return {"compound_id": person["compound_id"], "staff_id": person["id"], "trade": person["skill_trade"],
            "level": person["skill_level"], "awarded_on": date(year, 9, 15), "issuer": "某某市职业技能鉴定中心",
            "proof_no": f"{year}99{draw.randrange(10**6):06d}"}  # fmt: skip


def _merit(person: Row, n: int) -> Row:
    kind = MeritKind.REPRIMAND if n == 3 else MeritKind.COMMENDATION
    word = "值班脱岗" if n == 3 else "年度考核优秀"
    return {"compound_id": person["compound_id"], "staff_id": person["id"], "kind": kind, "on": date(2026, 1, 20),
            "basis": f"机管人〔2026〕{n + 3}号", "word": word}  # fmt: skip


def _absence(person: Row, n: int) -> Row:
    first = date(2026, 11, 9) + timedelta(days=9 * n)
    kind = (AbsenceKind.ANNUAL, AbsenceKind.SICK, AbsenceKind.DUTY)[n % 3]
    return {"compound_id": person["compound_id"], "staff_id": person["id"], "kind": kind, "from_on": first,
            "until_on": first + timedelta(days=4 + n)}  # fmt: skip
