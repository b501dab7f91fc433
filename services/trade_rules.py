"""What a rule asks of who does a trade besides certificates: ages and schooling, as dated data with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

import resources
from models.post import RequirementKind
from models.staff import EducationLevel
from services.post_fitness import LACKING, Asks, Known, answer
from services.retirement import age_and_day

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


def against(trade: str, known: Known, on: date) -> Iterator[Against]:
    """The rules of a trade somebody does not meet on a day. What nobody entered of him stands against nothing."""
    for rule in rules():
        if rule.trade != trade or rule.from_on > on or (rule.until_on and rule.until_on < on):
            continue
        if rule.asks is None:
            if known.born_on and known.group and age_and_day(known.born_on, known.group).on < on:
                yield Against("retired", rule)
        elif (found := answer(rule.asks, known, on).state) in LACKING:
            yield Against(found.value, rule)


def _asks(kind: str, value: str) -> Asks | None:
    if kind == RETIREMENT:
        return None
    asked = RequirementKind(kind)
    if asked is RequirementKind.EDUCATION:
        return Asks(asked, education=EducationLevel(value))
    return Asks(asked, age=int(value))
