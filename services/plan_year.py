"""The plans of a year by month: what is planned and done, what is late, and what the law asks for and nobody plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.maintenance_plan import MaintenancePlan, PlanOccurrence
from models.organization import Organization
from models.provider import Provider
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.periodic_rules import Rules, rules
from services.plan_dates import ahead
from services.plan_gaps import Gap, gaps
from services.plan_things import Whole, wholes
from services.recurrence import Every


class Day(NamedTuple):
    """What a plan has on one day: how many things, of which so many are done, and so many past the legal latest;
    `ordered` is False for what is only foreseen."""

    on: date
    planned: int
    done: int = 0
    breached: int = 0
    ordered: bool = True


@dataclass(frozen=True)
class Month:
    """A month of a plan. `missed` days have passed and no order was ever made for them."""

    days: tuple[Day, ...]
    missed: int

    @property
    def planned(self) -> int:
        """How many times it is planned."""
        return sum(day.planned for day in self.days)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(day.done for day in self.days)

    @property
    def breached(self) -> int:
        """How many went past the legal latest."""
        return sum(day.breached for day in self.days)


@dataclass(frozen=True)
class YearRow:
    """A plan over twelve months. `object`, `task` and `source` are those of its rule; `about` names its thing where it
    is one; `who` does it; `alarm`: the law asks for it and a day was missed or breached."""

    id: UUID
    number: str
    title: str
    compound_id: UUID
    compound: str
    rule: str | None
    legal: bool
    object: str
    task: str
    source: str
    every: Every | None
    about: str
    things: int
    who: str
    months: tuple[Month, ...]

    @property
    def alarm(self) -> bool:
        """Whether something of it is amiss."""
        return self.legal and any(month.missed or month.breached for month in self.months)


@dataclass(frozen=True)
class Year:
    """All plans of a year, legal ones first, and the gaps."""

    year: int
    on: date
    rows: tuple[YearRow, ...]
    gaps: tuple[Gap, ...]

    @property
    def breaches(self) -> int:
        """How many times the legal latest passed undone."""
        return sum(month.breached for row in self.rows for month in row.months)

    @property
    def missed(self) -> int:
        """How many legal days passed without an order."""
        return sum(month.missed for row in self.rows if row.legal for month in row.months)


@query(N_("Plans of a year"), on=MaintenancePlan, name="maintenance_plans.year")
def year_of(session: Session, year: int, on: date, compound_ids: Sequence[UUID] = ()) -> Year:
    """As they stand on a day, of all compounds or some: what has orders as it went, the rest as it is foreseen."""
    known, first = rules(session, on), date(year, 1, 1)
    plans = wholes(session, first, known, compound_ids=compound_ids)
    found = _found(session, year, on, compound_ids)
    names = {kind: dict(session.execute(sa.select(kind.id, kind.name)).all())
             for kind in (Compound, Organization, Provider)}  # fmt: skip
    rows = [_row(whole, known, names, _months(whole, found.get(whole.plan.id, {}), year, on)) for whole in plans]
    rows.sort(key=lambda row: (row.compound, not row.legal, row.rule is None, list(known.shipped).index(row.rule)
                               if row.rule in known.shipped else 0, row.number))  # fmt: skip
    still = [whole for whole in plans if whole.plan.ended_on is None or whole.plan.ended_on > on]
    return Year(year, on, tuple(rows), tuple(gaps(session, known, still, compound_ids)))


takes("maintenance_plans.year", (
    FieldSpec("maintenance_plan", "year", Kind.INTEGER, True, least=1),
    FieldSpec("maintenance_plan", "on", Kind.DATE, True),
    FieldSpec("maintenance_plan", "compound_ids", Kind.REFERENCE, target="compound", many=True),
))  # fmt: skip


def _found(session: Session, year: int, on: date, compound_ids: Sequence[UUID]) -> dict[UUID, dict[date, Day]]:
    """What was made, by plan and the day it is on now."""
    o = PlanOccurrence
    day = sa.func.coalesce(o.moved_to, o.planned_on).label("day")
    late = o.breached | sa.and_(o.done_on.is_(None), o.legal_until < on)
    found = sa.select(
        o.maintenance_plan_id, day, sa.func.count(), sa.func.count(o.done_on), sa.func.sum(sa.case((late, 1), else_=0))
    ).where(day >= date(year, 1, 1), day <= date(year, 12, 31), o.dropped_on.is_(None))
    if compound_ids:
        found = found.where(o.compound_id.in_(compound_ids))
    made: dict[UUID, dict[date, Day]] = {}
    for plan, when, planned, done, breached in session.execute(found.group_by(o.maintenance_plan_id, day)):
        made.setdefault(plan, {})[when] = Day(when, planned, done, int(breached or 0))
    return made


def _months(whole: Whole, found: dict[date, Day], year: int, on: date) -> tuple[Month, ...]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    foreseen = Counter[date]()
    for state, things in Counter(map(whole.state, whole.things)).items():
        for planned in ahead(whole.rhythm, state, last, on):
            if planned.on >= first:
                foreseen[planned.on] += things
    by_month: list[list[Day]] = [[] for _ in range(12)]
    missed = [0] * 12
    for day, things in foreseen.items():
        by_month[day.month - 1].append(Day(day, things, ordered=False))
        missed[day.month - 1] += things if day < on else 0
    for made in found.values():
        by_month[made.on.month - 1].append(made)
    return tuple(Month(tuple(sorted(days)), bare) for days, bare in zip(by_month, missed, strict=True))


def _row(whole: Whole, known: Rules, names: dict[Any, dict[Any, str]], months: Iterable[Month]) -> YearRow:
    plan, things = whole.plan, len(whole.things)
    rule = known.of(plan.rule, plan.compound_id) if plan.rule else None
    who = names[Provider].get(plan.provider_id) or names[Organization].get(plan.team_id) or ""
    return YearRow(
        plan.id, plan.number, plan.title or "", plan.compound_id, names[Compound].get(plan.compound_id, ""), plan.rule,
        plan.legal, rule.object if rule else "", rule.task if rule else plan.title or "", rule.source if rule else "",
        whole.rhythm.every, whole.things[0].name if things == 1 else "", things, who, tuple(months),
    )  # fmt: skip
