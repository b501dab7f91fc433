"""What the posts of the sample office ask for besides certificates: ages and schooling, and in the first compound the
courses its people hear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from models.post import PostRequirement, RequirementKind
from models.staff import EducationLevel
from services.desk.work import Work

Row = dict[str, Any]
K, L = RequirementKind, EducationLevel
GUARDS, SPECIAL = "保安服务管理条例第十六条", "特种作业人员安全技术培训考核管理规定第四条"
ASKED: dict[str, tuple[Row, ...]] = {
    "后勤主管": ({"kind": K.EDUCATION, "education": L.COLLEGE, "basis": "岗位说明书"},),
    "高低压电工": ({"kind": K.EDUCATION, "education": L.JUNIOR, "basis": SPECIAL},
              {"kind": K.LEAST_AGE, "age": 18, "basis": SPECIAL}),
    "保安员": ({"kind": K.EDUCATION, "education": L.JUNIOR, "basis": GUARDS},
            {"kind": K.LEAST_AGE, "age": 18, "basis": GUARDS}, {"kind": K.MOST_AGE, "age": 55, "basis": "岗位说明书"}),
    "消防控制室值班员": ({"kind": K.EDUCATION, "education": L.SECONDARY, "basis": "岗位说明书"},),
}  # fmt: skip
COURSES = (  # post, course, whether nobody works without it
    ("消防控制室值班员", "XF-01", True), ("保安员", "XF-01", False), ("后勤主管", "GL-01", False),
)  # fmt: skip
SINCE = date(2025, 1, 1)


def fill(work: Work, posts: list[Row], home: UUID, courses: dict[str, UUID]) -> None:
    """Since the beginning of last year."""
    work.bulk_insert(PostRequirement, list(_rows(posts, home, courses)))


def _rows(posts: list[Row], home: UUID, courses: dict[str, UUID]) -> Iterator[Row]:
    for post in posts:
        of = {"compound_id": post["compound_id"], "post_id": post["id"], "from_on": SINCE}
        for asked in ASKED.get(post["name"], ()):
            yield of | asked
        for name, code, bars in COURSES:
            if post["name"] == name and post["compound_id"] == home:
                yield of | {"kind": K.COURSE, "course_id": courses[code], "bars": bars, "basis": "局办〔2025〕2号"}
