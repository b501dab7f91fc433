"""What a reconciliation compares: the shipped rules, each with its way, its severity, its limit and the law."""

from __future__ import annotations

import csv
import enum
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import resources
from models.reconciliation import ReconciliationRule


class Way(enum.StrEnum):
    """Books against books 账账, against things 账实, against certificates 账证."""

    BOOK = "book"
    THING = "thing"
    TITLE = "title"


class Severity(enum.StrEnum):
    """How much a difference matters: against the books' truth, to be put right, to be looked at."""

    BAD = "bad"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Rule:
    """One row of `reconciliation_rules.csv`. `compares` and `source` are Chinese, as papers cite them; `source_en` has
    the Chinese title of each law with what it is in English; `limit` is in months, or per mille of the first value,
    None where any difference counts."""

    code: ReconciliationRule
    way: Way
    compares: str
    severity: Severity
    limit: int | None
    source: str
    source_en: str

    def cited(self, lang: str) -> str:
        """What the rule rests on, for who reads this language."""
        return self.source if lang == "zh_CN" else self.source_en


@cache
def rules() -> dict[ReconciliationRule, Rule]:
    """Every rule, in the order they are told."""
    text = resources.path("reference", "reconciliation_rules.csv").read_text("utf-8")
    made = [
        Rule(
            ReconciliationRule(row["code"]), Way(row["way"]), row["compares"], Severity(row["severity"]),
            int(row["limit"]) if row["limit"] else None, row["source"], row["source_en"],
        )
        for row in csv.DictReader(text.splitlines())
    ]  # fmt: skip
    return {rule.code: rule for rule in made}


def within(rule: ReconciliationRule, said: int, other: int) -> bool:
    """Whether two areas are alike but for the tolerance of the rule (per mille of the first)."""
    return abs(other - said) * 1000 <= said * (rules()[rule].limit or 0)


def since(rule: ReconciliationRule, on: date) -> date:
    """The day that lies the months of a rule before another; of a longer month its last day."""
    months = on.year * 12 + on.month - 1 - (rules()[rule].limit or 0)
    year, month = divmod(months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(on.day, last))
