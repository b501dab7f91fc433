"""What a rule asks of who does a trade besides certificates: ages and schooling, as dated data with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

import resources
from models.post import RequirementKind
from models.staff import EducationLevel, Staff, StaffEducation
from services.post_fitness import LACKING, LEVELS, Asks, Known, answer
from services.rent_schedule import months_on
from services.retirement import age_and_day
from services.retirement import rules as retirements

RETIREMENT = "retirement"  # nobody beyond the age of retirement by the rule, whatever he chose


class TradeRule(NamedTuple):
    """One line of `trade_rules.csv`; without `asks` it is about the age of retirement."""

    trade: str
    asks: Asks | None
    from_on: date
    until_on: date | None
    source: str


class Against(NamedTuple):
    """A rule somebody does not meet; `code` says how."""

    code: str
    rule: TradeRule


@cache
def rules() -> tuple[TradeRule, ...]:
    """As shipped."""
    return tuple(
        TradeRule(line["trade"], _asks(line["kind"], line["value"]), date.fromisoformat(line["from_on"]),
                  date.fromisoformat(line["until_on"]) if line["until_on"] else None, line["source"])
        for line in resources.lines("trade_rules.csv")
    )  # fmt: skip


def in_force(trade: str, on: date) -> list[TradeRule]:
    """The rules of a trade on a day."""
    return [rule for rule in rules() if rule.trade == trade and rule.from_on <= on
            and (rule.until_on is None or on <= rule.until_on)]  # fmt: skip


def doubtful(trade: str, on: date) -> list[sa.ColumnElement[bool]]:
    """Conditions of which everybody who does not meet a rule of the trade fulfils one: of tens of thousands few are
    looked at."""
    made = list[sa.ColumnElement[bool]]()
    for rule in in_force(trade, on):
        if rule.asks is None:
            latest = max(known.late_months for known in retirements())  # `retires_on` has the choice in it
            made.append(Staff.retires_on <= months_on(on, latest))
        elif rule.asks.kind is RequirementKind.EDUCATION:
            made += _schooled(rule.asks.education, on)
        else:
            day, least = months_on(on, -12 * (rule.asks.age or 0)), rule.asks.kind is RequirementKind.LEAST_AGE
            made.append(Staff.born_on > day if least else Staff.born_on < day)
    return made


def against(trade: str, known: Known, on: date) -> Iterator[Against]:
    """The rules of a trade somebody does not meet on a day. What nobody entered of him stands against nothing."""
    for rule in in_force(trade, on):
        if rule.asks is None:
            if known.born_on and known.group and age_and_day(known.born_on, known.group).on < on:
                yield Against("retired", rule)
        elif (found := answer(rule.asks, known, on).state) in LACKING:
            yield Against(found.value, rule)


def _schooled(asked: EducationLevel | None, on: date) -> list[sa.ColumnElement[bool]]:
    if asked is None or asked is LEVELS[0]:
        return []  # nobody has less than the least
    later = sa.select(StaffEducation.staff_id).where(StaffEducation.finished_on > on)
    enough = Staff.education.in_(LEVELS[LEVELS.index(asked) :])
    return [Staff.education.is_(None), sa.not_(enough), Staff.id.in_(later)]


def _asks(kind: str, value: str) -> Asks | None:
    if kind == RETIREMENT:
        return None
    asked = RequirementKind(kind)
    if asked is RequirementKind.EDUCATION:
        return Asks(asked, education=EducationLevel(value))
    return Asks(asked, age=int(value))
