"""The rows of `training_hours.csv`: who must hear how much, from a day on, by which source."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

import resources
from models.post import PostFunction, PostKind
from models.staff import Employment
from models.training import CourseKind

FIRST = "first"


@dataclass(frozen=True)
class HoursRule:
    """So many hours (in tenths) or times of courses of some kinds: in the year somebody begins (`first`) or each year.
    No functions, post kinds, employments or courses named means all. `drill`: only sessions that are drills count;
    `whole`: it binds a compound and not each person."""

    code: str
    period: str
    functions: tuple[PostFunction, ...]
    post_kinds: tuple[PostKind, ...]
    employments: tuple[Employment, ...]
    courses: tuple[CourseKind, ...]
    hours: int
    times: int
    drill: bool
    whole: bool
    from_on: date
    until_on: date | None
    local: bool
    source: str

    def binds(self, who: Worker, year: int) -> bool:
        """Whether it holds for somebody in a year."""
        first = self.period != FIRST or (who.joined_on is not None and who.joined_on.year == year)
        return (
            first and not self.whole and (not self.functions or who.function in self.functions)
            and (not self.post_kinds or who.post_kind in self.post_kinds)
            and (not self.employments or who.employment in self.employments)
        )  # fmt: skip

    def counts(self, course: CourseKind) -> bool:
        """Whether hours of a course of this kind count for it."""
        return not self.courses or course in self.courses


class Worker(NamedTuple):
    """What the rules look at: the function and the kind of the post somebody holds, how he is employed, since when."""

    function: PostFunction | None = None
    post_kind: PostKind | None = None
    employment: Employment | None = None
    joined_on: date | None = None


@cache
def rules(year: int) -> tuple[HoursRule, ...]:
    """The rules in force at the end of a year."""
    day = date(year, 12, 31)
    return tuple(row for row in _rows() if row.from_on <= day and (row.until_on is None or day <= row.until_on))


@cache
def _rows() -> tuple[HoursRule, ...]:
    text = resources.path("reference", "training_hours.csv").read_text("utf-8")
    return tuple(map(_row, csv.DictReader(text.splitlines())))


def _row(row: Mapping[str, str]) -> HoursRule:
    def many(name: str) -> Iterable[str]:
        return row[name].split()

    return HoursRule(
        row["code"], row["period"], tuple(map(PostFunction, many("functions"))),
        tuple(map(PostKind, many("post_kinds"))), tuple(map(Employment, many("employments"))),
        tuple(map(CourseKind, many("courses"))), int(row["hours"] or 0) * 10, int(row["times"] or 0),
        row["drill"] == "yes", row["per"] == "compound", date.fromisoformat(row["from_on"]),
        date.fromisoformat(row["until_on"]) if row["until_on"] else None, row["local"] == "yes", row["source"],
    )  # fmt: skip
