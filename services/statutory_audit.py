"""What the law asks of the compounds and what was done of it in a year: by rule, by thing, gap by gap."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.inspection import Inspection, Verdict
from models.maintenance_plan import MaintenancePlan
from models.periodic_work import PlanBasis
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.periodic_rules import Rule
from services.plan_dates import ahead
from services.plan_things import Thing, Whole, reached
from services.statutory_reading import Known, Times
from services.statutory_reading import known as read

HORIZON = timedelta(days=3660)  # the longest interval of a rule is six years


class Stands(enum.StrEnum):
    """How a thing stands with the certificate a rule asks for."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_PASSED = "not_passed"
    NONE = "none"
    NOT_ASKED = "not_asked"  # the rule goes by the day the work was done


class Amiss(enum.StrEnum):
    """What is wrong with one thing."""

    NO_PLAN = "no_plan"
    NO_CERTIFICATE = "no_certificate"
    EXPIRED = "expired"
    NOT_PASSED = "not_passed"
    OVERDUE = "overdue"
    MISSED = "missed"


AMISS = {Stands.NONE: Amiss.NO_CERTIFICATE, Stands.EXPIRED: Amiss.EXPIRED, Stands.NOT_PASSED: Amiss.NOT_PASSED}


@dataclass(frozen=True)
class Row:
    """A rule in a compound: things it asks for and those with a plan; times planned in the year, done in time and late;
    overdue on the day (also from years before), days that passed without an order, what comes next."""

    compound: str
    rule: Rule
    things: int
    planned: int
    times: int
    in_time: int
    late: int
    overdue: int
    missed: int
    next_on: date | None


@dataclass(frozen=True)
class Item:
    """A thing that is inspected: its plan, when it was last done, its newest certificate."""

    compound: str
    rule: Rule
    thing: str
    plan: str
    done_on: date | None
    certificate: str
    issuer: str
    valid_until: date | None
    stands: Stands
    next_on: date | None


@dataclass(frozen=True)
class Gap:
    """One thing and what is wrong with it; `on` is the last day there was, `times` how often it happened."""

    compound: str
    rule: Rule
    thing: str
    amiss: Amiss
    on: date | None = None
    times: int = 1


@dataclass(frozen=True)
class Audit:
    """By compound and rule, in the order of the rules."""

    year: int
    on: date
    rows: tuple[Row, ...]
    items: tuple[Item, ...]
    gaps: tuple[Gap, ...]


@query(N_("Statutory inspections audited"), on=MaintenancePlan, name="maintenance_plans.statutory")
def statutory(session: Session, year: int, on: date, compound_ids: Sequence[UUID] = ()) -> Audit:
    """Everything the law asks for in some compounds, or all in reach: what there is, what is planned, what was done in
    time, late or not at all in the year until a day, and how certificates stand. Missing: a compound is out of
    reach."""
    for asked in compound_ids:
        reached(session, Compound, asked)
    here = [Compound.id.in_(compound_ids)] if compound_ids else []
    compounds = session.execute(sa.select(Compound.id, Compound.name).where(*here).order_by(Compound.code)).all()
    known, gaps = read(session, year, on, compound_ids), list[Gap]()
    rows, items = list[Row](), list[Item]()
    for id, name in compounds:
        for rule in (rule for rule in known.rules.in_force(id) if rule.legal):
            row, found = _rule(known, gaps, id, name, rule)
            rows += [row] if row else []
            items += found
    return Audit(year, on, tuple(rows), tuple(items), tuple(gaps))


takes("maintenance_plans.statutory", (
    FieldSpec("maintenance_plan", "year", Kind.INTEGER, True, least=1),
    FieldSpec("maintenance_plan", "on", Kind.DATE, True),
    FieldSpec("maintenance_plan", "compound_ids", Kind.REFERENCE, target="compound", many=True),
))  # fmt: skip


def _rule(known: Known, gaps: list[Gap], compound: UUID, name: str, rule: Rule) -> tuple[Row | None, list[Item]]:
    """A rule in a compound, where there is anything it asks for or anything planned for it."""
    key, plans = (compound, rule.code), known.plans.get((compound, rule.code), [])
    asked = {thing.id: thing for code, thing in known.cards.get(compound, []) if _asks(rule, code)}
    if rule.always and compound in known.built and not any(whole.things for whole in plans):
        asked[compound] = Thing(compound, name)
    planned = {thing.id: (thing, whole) for whole in plans for thing in whole.things}
    every = asked | {id: thing for id, (thing, _) in planned.items()}
    times = known.times.get(key, Times())
    if not every and not times.planned and not times.overdue:
        return None, []
    for id, thing in asked.items():
        if id not in planned:
            gaps.append(Gap(name, rule, thing.name, Amiss.NO_PLAN))
    nexts = {id: day for id, (thing, whole) in planned.items() if (day := _next(known.on, whole, thing))}
    items = [_item(known, name, rule, thing, planned.get(id), nexts.get(id)) for id, thing in every.items()]
    items = [item for item in items if rule.inspection]
    gaps += _of_items(items)
    late = known.overdue.get(key, {}).items()
    gaps += (Gap(name, rule, thing, Amiss.OVERDUE, min(days), len(days)) for thing, days in late)
    missed = [(whole, number) for whole in plans if (number := known.missed.get(whole.plan.id))]
    gaps += (Gap(name, rule, _plan(whole), Amiss.MISSED, None, number) for whole, number in missed)
    without = sum(number for _, number in missed)
    row = Row(name, rule, len(every), len(planned), *times, without, min(nexts.values(), default=None))
    return row, items


def _asks(rule: Rule, code: str) -> bool:
    return bool(rule.class_prefix) and code.startswith(rule.class_prefix)


def _plan(whole: Whole) -> str:
    return f"{whole.plan.number} {whole.things[0].name}" if len(whole.things) == 1 else str(whole.plan.number)


def _next(on: date, whole: Whole, thing: Thing) -> date | None:
    """The first day from that day on that has an order, or will get one."""
    state = whole.state(thing)
    if state.open and state.open >= on:
        return state.open
    coming = (planned.on for planned in ahead(whole.rhythm, state, on + HORIZON, on))
    return next((day for day in coming if day >= on), None)


def _item(
    known: Known, compound: str, rule: Rule, thing: Thing, planned: tuple[Thing, Whole] | None, next_on: date | None
) -> Item:
    certificates = known.certificates.get((rule.code, thing.id), [])
    newest = certificates[-1] if certificates else None
    held = [row for row in certificates if row.verdict is Verdict.PASSED]
    last = max(held, key=_until) if held else None
    days = (known.done.get((rule.code, thing.id)), newest.inspected_on if newest else None)
    done = max((day for day in days if day), default=None)
    shown = newest if newest is not None and newest.verdict is not Verdict.PASSED else last
    return Item(
        compound, rule, thing.name, str(planned[1].plan.number) if planned else "", done,
        shown.number if shown else "", (shown.issuer or "") if shown else "", last.valid_until if last else None,
        _stands(rule, newest, last, known.on), next_on,
    )  # fmt: skip


def _stands(rule: Rule, newest: Inspection | None, last: Inspection | None, on: date) -> Stands:
    if newest is None:
        return Stands.NONE if rule.basis is PlanBasis.EXPIRY else Stands.NOT_ASKED
    if newest.verdict is not Verdict.PASSED:
        return Stands.NOT_PASSED
    return Stands.VALID if last is not None and last.valid_until >= on else Stands.EXPIRED


def _until(row: Inspection) -> date:
    return row.valid_until


def _of_items(items: Sequence[Item]) -> Iterator[Gap]:
    for item in items:
        if item.stands in AMISS:
            on = item.valid_until if item.stands is Stands.EXPIRED else None
            yield Gap(item.compound, item.rule, item.thing, AMISS[item.stands], on)
