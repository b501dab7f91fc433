"""How much somebody must have learnt: dated rows by function, kind of post and employment, with their source.

生产经营单位安全培训规定 (first 24 and 32 hours, yearly 12), 专业技术人员继续教育规定 (90 a year) and 公安部令第61号
(fire training once a year, drills). Local rows are the office's own standard, for it to confirm or change.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from models.training import CourseKind
from services.training_rule_rows import HoursRule, Worker, rules


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
