"""What the audit of statutory inspections reads: things, plans, occurrences and certificates, as on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.building import Building
from models.inspection import Inspection
from models.maintenance_plan import MaintenancePlan, PlanOccurrence
from services.periodic_rules import Rules, rules
from services.plan_things import Thing, Whole, in_books, wholes
from services.plan_year import year_of

Key = tuple[UUID, str]  # compound and code of a rule


class Times(NamedTuple):
    """Occurrences of a rule in a compound."""

    planned: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0


@dataclass
class Known:
    """What is read once for all rules. `missed` counts by plan the days that passed without an order."""

    on: date
    rules: Rules
    missed: dict[UUID, int]
    built: set[UUID]
    cards: dict[UUID, list[tuple[str, Thing]]]
    plans: dict[Key, list[Whole]]
    times: dict[Key, Times]
    certificates: dict[tuple[str, UUID], list[Inspection]]
    done: dict[tuple[str, UUID], date]
    overdue: dict[Key, dict[str, list[date]]]


def known(session: Session, year: int, on: date, compounds: Sequence[UUID]) -> Known:
    """As on a day, for a year."""
    in_force, plans = rules(session, on), defaultdict[Key, list[Whole]](list)
    for whole in wholes(session, on, in_force, compound_ids=compounds):
        if whole.plan.rule:
            plans[whole.plan.compound_id, whole.plan.rule].append(whole)
    certificates = defaultdict[tuple[str, UUID], list[Inspection]](list)
    there = sa.select(Inspection).where(Inspection.inspected_on <= on).order_by(Inspection.inspected_on, Inspection.n)
    for row in session.scalars(there):
        certificates[row.rule, row.asset_id or row.building_id or row.compound_id].append(row)
    missed = {row.id: sum(month.missed for month in row.months) for row in year_of(session, year, on, compounds).rows}
    return Known(
        on, in_force, missed, set(session.scalars(sa.select(Building.compound_id).distinct())),
        _cards(session, on, in_force), plans, _times(session, year, on), certificates, _done(session, on),
        _overdue(session, year, on),
    )  # fmt: skip


def _cards(session: Session, on: date, in_force: Rules) -> dict[UUID, list[tuple[str, Thing]]]:
    """The things of classes a rule asks about, by compound."""
    prefixes = {rule.class_prefix for rule in in_force.shipped.values() if rule.class_prefix}
    found = defaultdict[UUID, list[tuple[str, Thing]]](list)
    if not prefixes:
        return found
    of = sa.or_(*(Asset.class_code.startswith(prefix) for prefix in sorted(prefixes)))
    there = sa.or_(Asset.acquired_on.is_(None), Asset.acquired_on <= on)
    picked = sa.select(Asset.compound_id, Asset.class_code, Asset.id, Asset.name, Asset.number)
    for compound, code, id, name, number in session.execute(
        picked.where(of, there, *in_books()).order_by(Asset.number)
    ):
        found[compound].append((str(code), Thing(id, f"{name} {number}", id)))
    return found


def _lasting(on: date) -> tuple[Any, Any, Any]:
    """Of an occurrence as on a day: its day, whether it was done, whether it is overdue."""
    o = PlanOccurrence
    done = sa.and_(o.done_on.is_not(None), o.done_on <= on)
    overdue = sa.and_(~done, o.legal_until.is_not(None), o.legal_until < on)
    return sa.func.coalesce(o.moved_to, o.planned_on), done, overdue


def _of_year(year: int, on: date) -> Any:
    o, last = PlanOccurrence, date(year, 12, 31)
    day, _, _ = _lasting(on)
    return day <= last, sa.or_(o.dropped_on.is_(None), o.dropped_on > on), MaintenancePlan.rule.is_not(None)


def _times(session: Session, year: int, on: date) -> dict[Key, Times]:
    o = PlanOccurrence
    day, done, overdue = _lasting(on)
    inside = day >= date(year, 1, 1)
    late = sa.and_(done, o.legal_until.is_not(None), o.done_on > o.legal_until)
    sums = [sa.func.sum(sa.case((which, 1), else_=0)) for which in (
        inside, sa.and_(inside, done, ~sa.func.coalesce(late, sa.false())), sa.and_(inside, late), overdue
    )]  # fmt: skip
    found = sa.select(o.compound_id, MaintenancePlan.rule, *sums).join(
        MaintenancePlan, MaintenancePlan.id == o.maintenance_plan_id
    )
    grouped = found.where(*_of_year(year, on)).group_by(o.compound_id, MaintenancePlan.rule)
    return {(compound, str(rule)): Times(*map(int, numbers)) for compound, rule, *numbers in session.execute(grouped)}


def _done(session: Session, on: date) -> dict[tuple[str, UUID], date]:
    o = PlanOccurrence
    found = sa.select(MaintenancePlan.rule, o.thing_id, sa.func.max(o.done_on)).join(
        MaintenancePlan, MaintenancePlan.id == o.maintenance_plan_id
    )
    grouped = found.where(o.done_on <= on, MaintenancePlan.rule.is_not(None)).group_by(MaintenancePlan.rule, o.thing_id)
    return {(str(rule), thing): day for rule, thing, day in session.execute(grouped) if day}


def _overdue(session: Session, year: int, on: date) -> dict[Key, dict[str, list[date]]]:
    """What passed its legal latest and is not done: on what, and the days until which it should have been."""
    o, found = PlanOccurrence, defaultdict[Key, dict[str, list[date]]](dict)
    picked = (
        sa.select(o.compound_id, MaintenancePlan.rule, Asset.name, Asset.number, MaintenancePlan.number, o.legal_until)
        .join(MaintenancePlan, MaintenancePlan.id == o.maintenance_plan_id).outerjoin(Asset, Asset.id == o.asset_id)
        .where(_lasting(on)[2], *_of_year(year, on)).order_by(o.legal_until, o.n)
    )  # fmt: skip
    for compound, rule, name, number, plan, until in session.execute(picked):
        about = f"{name} {number}" if number else str(plan)
        found[compound, str(rule)].setdefault(about, []).append(until or on)
    return found
