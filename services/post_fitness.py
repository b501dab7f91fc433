"""How somebody stands to schooling, an age or a course that is asked for: a pure function of the day."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from models.post import RequirementKind
from models.staff import EducationLevel, RetirementGroup
from services.rent_schedule import months_on
from services.retirement import age

DAY = timedelta(days=1)
LEVELS = tuple(EducationLevel)


class Fitness(enum.StrEnum):
    """How it stands. Only what is `met` is; of what nobody entered (`unsaid`) it cannot be told."""

    MET = "met"
    NEVER = "never"  # a course that was never passed
    OVERDUE = "overdue"  # a course that was due again
    LOW = "low"  # too little schooling
    YOUNG = "young"
    OLD = "old"
    UNSAID = "unsaid"


LACKING = frozenset(Fitness) - {Fitness.MET, Fitness.UNSAID}


class Asks(NamedTuple):
    """What is asked for: `education` at least, an `age`, or a course that is due again after `repeat_months`."""

    kind: RequirementKind
    education: EducationLevel | None = None
    age: int | None = None
    repeat_months: int | None = None


class Known(NamedTuple):
    """What is known of somebody on the day: his schooling, his birth, when he last passed the course until then, and
    the group he retires with."""

    education: EducationLevel | None = None
    born_on: date | None = None
    passed_on: date | None = None
    group: RetirementGroup | None = None


class Answer(NamedTuple):
    """`until`: the last day it is met as things are, or was (None: for ever, or never was)."""

    state: Fitness
    until: date | None = None


def answer(asks: Asks, known: Known, on: date) -> Answer:
    """How somebody stands to what is asked for on a day."""
    match asks.kind:
        case RequirementKind.EDUCATION:
            return _schooled(asks.education, known.education)
        case RequirementKind.COURSE:
            return _passed(known.passed_on, asks.repeat_months, on)
        case RequirementKind.LEAST_AGE | RequirementKind.MOST_AGE:
            return _aged(asks, known.born_on, on)
    raise ValueError(asks.kind)  # certificates have a standing of their own


def schooling_on(
    said: EducationLevel | None, stages: Iterable[tuple[EducationLevel, date | None]], on: date
) -> EducationLevel | None:
    """The highest schooling on a day: of the stages finished by then (or with no day), and what is said of the person,
    unless a stage says that it came later."""
    rows = list(stages)
    found = [level for level, finished in rows if finished is None or finished <= on]
    if said is not None and not any(level == said and finished and finished > on for level, finished in rows):
        found.append(said)
    return max(found, key=LEVELS.index, default=None)


def last_of_age(born_on: date, years: int) -> date:
    """The last day somebody is so many years old. Who was born on a 29 February is older on 1 March of other years."""
    try:
        return born_on.replace(year=born_on.year + years + 1) - DAY
    except ValueError:
        return date(born_on.year + years + 1, 2, 28)


def _schooled(asked: EducationLevel | None, has: EducationLevel | None) -> Answer:
    if asked is None or has is None:
        return Answer(Fitness.UNSAID if asked else Fitness.MET)
    return Answer(Fitness.MET if LEVELS.index(has) >= LEVELS.index(asked) else Fitness.LOW)


def _passed(passed_on: date | None, repeat_months: int | None, on: date) -> Answer:
    if passed_on is None or passed_on > on:
        return Answer(Fitness.NEVER)
    if not repeat_months:
        return Answer(Fitness.MET)
    until = months_on(passed_on, repeat_months)
    return Answer(Fitness.MET if on <= until else Fitness.OVERDUE, until)


def _aged(asks: Asks, born_on: date | None, on: date) -> Answer:
    if born_on is None or asks.age is None:
        return Answer(Fitness.UNSAID if asks.age else Fitness.MET)
    if asks.kind is RequirementKind.LEAST_AGE:
        return Answer(Fitness.MET if age(born_on, on) >= asks.age else Fitness.YOUNG)
    until = last_of_age(born_on, asks.age)
    return Answer(Fitness.MET if on <= until else Fitness.OLD, until)
