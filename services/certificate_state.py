"""How a certificate stands on a day: a pure function of its kind, what its paper says, and its re-checks.

Order 30 of the former work-safety administration, art. 19, 21: a special operation licence holds six years and is
re-checked every three, applied for within 60 days before. The lines on which re-checks fall are counted from the day
of issue, as they are printed: a re-check that came late does not move the next one.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from services.rent_schedule import DAY, months_on


class State(enum.StrEnum):
    """How it stands. Only of the first two does it hold."""

    VALID = "valid"
    DUE = "due"  # it holds, and something is to be done within the days of `certificate_rules.json`
    RECHECK = "recheck"  # the day of a re-check has passed
    EXPIRED = "expired"
    REVOKED = "revoked"
    AHEAD = "ahead"  # issued, and not begun


HOLDS = frozenset({State.VALID, State.DUE})


class Rule(Protocol):
    """What a kind of certificate says: months it is valid and between re-checks, days before when one applies."""

    @property
    def valid_months(self) -> int | None: ...
    @property
    def recheck_months(self) -> int | None: ...
    @property
    def apply_days(self) -> int | None: ...


class Paper(Protocol):
    """What a certificate says of its days."""

    @property
    def issued_on(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def revoked_on(self) -> date | None: ...


class Standing(NamedTuple):
    """`until`: the last day it holds as things are (None: for ever), by its end or, if `rechecked`, by its next
    re-check. `step`: within how many days of `until` the day is, of the days warned of; None where none is near."""

    state: State
    until: date | None
    rechecked: bool = False
    step: int | None = None

    @property
    def holds(self) -> bool:
        """Whether work may be done on it."""
        return self.state in HOLDS


@lru_cache(maxsize=16_384)
def last_day(first: date, months: int) -> date:
    """The last of so many months from a day on: the day before the same day of the month; where the month has no such
    day, its last. 2020-03-15 and 72 months: 2026-03-14."""
    following = months_on(first, months)
    return following if following.day != first.day else following - DAY


def next_recheck(rule: Rule, paper: Paper, passed: date | None) -> date | None:
    """The last day for the next re-check after one that was `passed`; None: none before the certificate ends. A
    re-check serves the line it comes before by no more than the days of application, and all lines before it."""
    if not rule.recheck_months:
        return None
    served = passed + timedelta(days=rule.apply_days or 0) if passed else date.min
    months = rule.recheck_months
    line = last_day(paper.issued_on, months)
    while line <= served:
        months += rule.recheck_months
        line = last_day(paper.issued_on, months)
    return None if paper.valid_until and line >= paper.valid_until else line


def last_passed(rechecks: Iterable[tuple[date, bool]], paper: Paper, on: date) -> date | None:
    """The day of the newest re-check passed by a day. One after the end of the paper changes nothing: it has ended."""
    return max((day for day, passed in rechecks if passed and paper.issued_on <= day <= on), default=None)


def standing(
    rule: Rule, paper: Paper, rechecks: Iterable[tuple[date, bool]], on: date, steps: Sequence[int]
) -> Standing:
    """How a certificate stands on a day. `rechecks`: day, and whether it was passed; those after the day are not known
    yet. `steps`: the days before the end that are warned of."""
    return stand(rule, paper, last_passed(rechecks, paper, on), on, steps)


def stand(rule: Rule, paper: Paper, passed: date | None, on: date, steps: Sequence[int]) -> Standing:
    """The same, of what the re-checks come to (`last_passed`)."""
    line = next_recheck(rule, paper, passed)
    until, rechecked = (line, True) if line else (paper.valid_until, False)
    if on < paper.issued_on:
        return Standing(State.AHEAD, until, rechecked)
    if paper.revoked_on and paper.revoked_on <= on:
        return Standing(State.REVOKED, min(paper.revoked_on - DAY, until or date.max))
    if paper.valid_until and on > paper.valid_until:
        return Standing(State.EXPIRED, paper.valid_until)
    if until is None:
        return Standing(State.VALID, None)
    if on > until:
        return Standing(State.RECHECK, until, True)
    left = (until - on).days
    step = min((days for days in steps if left <= days), default=None)
    return Standing(State.VALID if step is None else State.DUE, until, rechecked, step)
