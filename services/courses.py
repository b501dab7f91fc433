"""Courses: what is taught, for how many hours, how often it is heard again, and which certificate it leads to."""

from __future__ import annotations

from typing import Any

from models.training import Course
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.work import Work
from services.records import records

MOST = 100  # of a score
TOO_MUCH = N_("A score has at most {most} points")


def _settle(work: Work, course: Course, given: dict[str, Any]) -> None:
    if course.pass_score is not None and course.pass_score > MOST:
        raise Invalid(TOO_MUCH, field=Word("course.pass_score"), most=MOST)


COURSES = records("courses", Course, sorts=("code", "name"), series="KC", settle=_settle)
