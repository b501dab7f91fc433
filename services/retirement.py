"""When somebody retires: the rule in force as dated data, and a pure function over it.

Decision of the Standing Committee of 2024-09-13 and the measures of the State Council with it, in force 2025-01-01
(`resources/reference/retirement.csv`); before that 国发〔1978〕104号.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from models.staff import RetirementGroup, Sex
from resources import path
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.rent_schedule import months_on

TOO_EARLY = N_("At most {most} months earlier than the rule, and not before the original age of {years} years")
TOO_LATE = N_("At most {most} months later than the rule")
OTHER_SEX = N_("“{field}” does not fit the sex of this person")
MEN = frozenset({RetirementGroup.MEN_60})


@dataclass(frozen=True)
class Rule:
    """One group from a day on. Months: the original age, how many months of birth make one month later, the most that
    makes, how much earlier or later one may choose. Who was born before `born_from` keeps the original age."""

    group: RetirementGroup
    original_months: int
    born_from: date | None
    step_months: int
    most_months: int
    early_months: int
    late_months: int
    from_on: date
    source: str


@dataclass(frozen=True)
class Retirement:
    """The age in whole months, the day it is reached, how many months of it the rule and the choice added."""

    age_months: int
    on: date
    later: int
    shift: int
    source: str


@cache
def rules() -> tuple[Rule, ...]:
    """As shipped, the oldest first."""
    lines = csv.DictReader(path("reference", "retirement.csv").read_text("utf-8").splitlines())
    found = [
        Rule(
            RetirementGroup(line["group"]), int(line["original_months"]),
            date.fromisoformat(line["born_from"]) if line["born_from"] else None, int(line["step_months"] or 0),
            int(line["most_months"]), int(line["early_months"]), int(line["late_months"]),
            date.fromisoformat(line["from_on"]), line["source"],
        )
        for line in lines
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda rule: rule.from_on))


def rule_of(group: RetirementGroup, on: date) -> Rule:
    """The rule of a group on a day; the oldest before the first."""
    fitting = [rule for rule in rules() if rule.group is group]
    known = [rule for rule in fitting if rule.from_on <= on]
    return known[-1] if known else fitting[0]


def age_and_day(born_on: date, group: RetirementGroup, shift: int = 0, on: date | None = None) -> Retirement:
    """At which age and on which day somebody retires by the rule of a day: where none is given, of the day he reaches
    the original age: whoever had reached it before 2025 retired by the rule of then, which knew no choice. `shift`
    months are chosen earlier (below 0) or later. Invalid: more than the rule allows."""
    original = months_on(born_on, rule_of(group, date.max).original_months)
    rule = rule_of(group, on or original)
    later = _later(rule, born_on)
    if shift < 0 and (-shift > rule.early_months or later + shift < 0):
        raise Invalid(TOO_EARLY, field=Word("staff.retirement_shift"), most=min(rule.early_months, later),
                      years=rule.original_months // 12)  # fmt: skip
    if shift > rule.late_months:
        raise Invalid(TOO_LATE, field=Word("staff.retirement_shift"), most=rule.late_months)
    age = rule.original_months + later + shift
    return Retirement(age, months_on(born_on, age), later, shift, rule.source)


def group_of(sex: Sex | None, group: RetirementGroup | None) -> RetirementGroup | None:
    """The group somebody belongs to: of a man the only one there is; of a woman it must be said. Invalid: it is one of
    the other sex."""
    if group is None:
        return RetirementGroup.MEN_60 if sex is Sex.MALE else None
    if sex is not None and (group in MEN) is not (sex is Sex.MALE):
        raise Invalid(OTHER_SEX, field=Word("staff.retirement_group"))
    return group


def age(born: date, on: date) -> int:
    """Whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _later(rule: Rule, born_on: date) -> int:
    """Months the rule adds: one for every `step_months` started since `born_from`."""
    if rule.born_from is None or born_on < rule.born_from or not rule.step_months:
        return 0
    started = (born_on.year - rule.born_from.year) * 12 + born_on.month - rule.born_from.month
    return min(started // rule.step_months + 1, rule.most_months)
