"""How much somebody must have learnt: dated rows by function, kind of post and employment, with their source.

生产经营单位安全培训规定 (first 24 and 32 hours, yearly 12), 专业技术人员继续教育规定 (90 a year) and 公安部令第61号
(fire training once a year, drills). Local rows are the office's own standard, for it to confirm or change.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

import resources
from models.post import PostFunction, PostKind
from models.staff import Employment
from models.training import CourseKind

FIRST, YEARLY = "first", "yearly"


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


class Heard(NamedTuple):
    """What somebody heard: hours in tenths and times, by kind of course."""

    hours: dict[CourseKind, int]
    times: dict[CourseKind, int]

    @property
    def total(self) -> int:
        """All hours, in tenths."""
        return sum(self.hours.values())


class Target(NamedTuple):
    """A rule that binds somebody, and how far he has come: `had` and `needed` in tenths of an hour, or in times where
    the rule counts `times`."""

    rule: HoursRule
    had: int
    needed: int

    @property
    def short(self) -> int:
        """What is missing, never below 0."""
        return max(0, self.needed - self.had)


def targets(who: Worker, heard: Heard, year: int) -> tuple[Target, ...]:
    """Every rule that binds somebody in a year, in the order of the rows."""
    return tuple(_target(rule, heard) for rule in _binding(who, year))


@lru_cache(maxsize=2048)  # many people are alike to the rules
def _binding(who: Worker, year: int) -> tuple[HoursRule, ...]:
    return tuple(rule for rule in rules(year) if rule.binds(who, year))


def _target(rule: HoursRule, heard: Heard) -> Target:
    by = heard.times if rule.times else heard.hours
    had = sum(value for kind, value in by.items() if rule.counts(kind))
    return Target(rule, had, rule.times or rule.hours)


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
