"""What plans are about and how far each is: plans with their things, and the state of each pair, a few questions in
all, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, AssetStatus
from models.base import present
from models.building import Building
from models.compound import Compound
from models.inspection import Inspection, Verdict
from models.maintenance_plan import MaintenancePlan, PlanOccurrence
from models.meter import MeterReading
from models.periodic_work import PlanBasis
from models.room import Room
from services.desk.errors import Missing
from services.desk.work import NO_RECORD
from services.periodic_rules import Rules
from services.plan_dates import DAY, Rhythm, State
from services.recurrence import Every, season_of


class Thing(NamedTuple):
    """What work is done on: the id of the asset, room, building or compound, and where that is."""

    id: UUID
    name: str
    asset_id: UUID | None = None
    building_id: UUID | None = None
    room_id: UUID | None = None
    place: str | None = None


@dataclass(frozen=True)
class Whole:
    """A plan with its rhythm, what it is about, and its state by thing."""

    plan: MaintenancePlan
    rhythm: Rhythm
    things: tuple[Thing, ...]
    states: Mapping[UUID, State]

    def state(self, thing: Thing) -> State:
        """How far it is with one thing."""
        return self.states.get(thing.id, State())


def wholes(
    session: Session, on: date, rules: Rules, maintenance_plan_id: UUID | None = None, compound_ids: Sequence[UUID] = ()
) -> list[Whole]:
    """Every plan that has not ended on a day, or one, or those of a compound; by compound and number. Missing: what was
    asked about is out of reach."""
    reached(session, MaintenancePlan, maintenance_plan_id)
    for asked in compound_ids:
        reached(session, Compound, asked)
    chosen: list[Any] = [sa.or_(MaintenancePlan.ended_on.is_(None), MaintenancePlan.ended_on > on)]
    if maintenance_plan_id:
        chosen.append(MaintenancePlan.id == maintenance_plan_id)
    if compound_ids:
        chosen.append(MaintenancePlan.compound_id.in_(compound_ids))
    order = (MaintenancePlan.compound_id, MaintenancePlan.number)
    plans = list(session.scalars(sa.select(MaintenancePlan).where(*chosen).order_by(*order)))
    things, marks = _things(session, plans, chosen), _marks(session, chosen)
    valid, counted = _valid(session), _counted(session)
    made = list[Whole]()
    for plan in plans:
        about, states = tuple(things.get(plan.id, ())), dict[UUID, State]()
        for thing in about:
            state = marks.get((plan.id, thing.id), State())
            if plan.basis is PlanBasis.EXPIRY:
                state = state._replace(valid_until=valid.get((plan.rule or "", thing.id)))
            if plan.meter_id in counted:
                total, day = counted[plan.meter_id]
                state = state._replace(counted=total, counted_on=day)
            states[thing.id] = state
        made.append(Whole(plan, rhythm_of(plan, rules), about, states))
    return made


def reached(session: Session, kind: Any, id: UUID | None) -> None:
    """Missing: a record that is named is not there, or out of reach."""
    if id is not None and session.get(kind, id) is None:
        raise Missing(NO_RECORD)


def rhythm_of(plan: MaintenancePlan, rules: Rules) -> Rhythm:
    """How a plan comes back, with what the law asks for on that day."""
    rule = rules.of(plan.rule, plan.compound_id) if plan.rule else None
    every = Every(plan.every, plan.unit) if plan.every is not None and plan.unit is not None else None
    ends = [day for day in (plan.until_on, plan.ended_on and plan.ended_on - DAY) if day]
    return Rhythm(
        plan.basis or PlanBasis.PLANNED, plan.starts_on, every, rule.every if rule and rule.legal else None,
        season_of(plan.season_from, plan.season_until), plan.tolerance_days or 0, plan.lead_days or 0,
        min(ends, default=None), plan.meter_step or 0, plan.meter_from or 0,
    )  # fmt: skip


def in_books() -> tuple[sa.ColumnElement[bool], ...]:
    """The assets work is done on: those that are here and not disposed of."""
    return present(Asset), Asset.status != AssetStatus.DISPOSED


def _things(session: Session, plans: Iterable[MaintenancePlan], chosen: list[Any]) -> dict[UUID, list[Thing]]:
    found: dict[UUID, list[Thing]] = {}
    of_class = (Asset.compound_id == MaintenancePlan.compound_id) & Asset.class_code.startswith(
        MaintenancePlan.class_prefix
    )
    for of in (Asset.id == MaintenancePlan.asset_id, of_class):
        cards = (
            sa.select(MaintenancePlan.id, Asset.id, Asset.name, Asset.number, Asset.building_id, Asset.room_id,
                      Asset.place_text)
            .join(Asset, of).where(*chosen, *in_books()).order_by(MaintenancePlan.id, Asset.number)
        )  # fmt: skip
        for of_plan, id, name, number, building, room, place in session.execute(cards):
            thing = Thing(id, f"{name} {number}", id, building, room, place and place[:120])
            found.setdefault(of_plan, []).append(thing)
    rooms = dict(_named(session, Room, Room.number, Room.building_id, {p.room_id for p in plans if p.room_id}))
    known = {p.building_id for p in plans if p.building_id} | {building for _, building in rooms.values()}
    buildings = dict(_named(session, Building, Building.name, Building.id, known))
    compounds = dict(_named(session, Compound, Compound.name, Compound.id, {p.compound_id for p in plans}))
    for plan in plans:
        if plan.room_id and plan.room_id in rooms:
            number, building = rooms[plan.room_id]
            name = f"{buildings[building][0]} {number}" if building in buildings else number
            found[plan.id] = [Thing(plan.room_id, name, None, building, plan.room_id)]
        elif plan.building_id and plan.building_id in buildings:
            found[plan.id] = [Thing(plan.building_id, buildings[plan.building_id][0], None, plan.building_id)]
        elif not (plan.asset_id or plan.class_prefix or plan.room_id or plan.building_id):
            name = compounds[plan.compound_id][0] if plan.compound_id in compounds else ""
            found[plan.id] = [Thing(plan.compound_id, name, place=plan.place or name)]
    return found


def _named(session: Session, kind: Any, name: Any, other: Any, ids: set[Any]) -> Iterable[tuple[Any, tuple[str, Any]]]:
    if not ids:
        return []
    return [(id, (name_, extra)) for id, name_, extra in session.execute(
        sa.select(kind.id, name, other).where(kind.id.in_(ids))
    )]  # fmt: skip


def _marks(session: Session, chosen: list[Any]) -> dict[tuple[UUID, UUID], State]:
    ended = sa.or_(PlanOccurrence.done_on.is_not(None), PlanOccurrence.dropped_on.is_not(None))
    found = (
        sa.select(
            PlanOccurrence.maintenance_plan_id, PlanOccurrence.thing_id, sa.func.max(PlanOccurrence.planned_on),
            sa.func.max(sa.func.coalesce(PlanOccurrence.done_on, PlanOccurrence.dropped_on)),
            sa.func.min(sa.case((~ended, PlanOccurrence.planned_on))), sa.func.max(PlanOccurrence.reading),
        )
        .join(MaintenancePlan, MaintenancePlan.id == PlanOccurrence.maintenance_plan_id).where(*chosen)
        .group_by(PlanOccurrence.maintenance_plan_id, PlanOccurrence.thing_id)
    )  # fmt: skip
    return {
        (plan, thing): State(planned, done, still, reading=reading)
        for plan, thing, planned, done, still, reading in session.execute(found)
    }


def _valid(session: Session) -> dict[tuple[str, UUID], date]:
    thing = sa.func.coalesce(Inspection.asset_id, Inspection.building_id, Inspection.compound_id).label("thing")
    found = (
        sa.select(Inspection.rule, thing, sa.func.max(Inspection.valid_until))
        .where(Inspection.verdict == Verdict.PASSED).group_by(Inspection.rule, thing)
    )  # fmt: skip
    return {(rule, id): day for rule, id, day in session.execute(found)}


def _counted(session: Session) -> dict[UUID | None, tuple[int, date]]:
    found = sa.select(MeterReading.meter_id, sa.func.max(MeterReading.total), sa.func.max(MeterReading.on)).group_by(
        MeterReading.meter_id
    )
    return {meter: (total, day) for meter, total, day in session.execute(found)}
