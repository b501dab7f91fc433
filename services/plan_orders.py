"""Orders of plans: one for each thing and planned day, made once, with everything the plan says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import new_id
from models.maintenance_plan import MaintenancePlan, PlanOccurrence
from models.work_checklist import WorkChecklistLine
from models.work_order import Channel, WorkOrder, WorkOrderStep
from models.work_states import WorkState
from resources.words import N_, Word
from services import checklists, providers, work_checklists
from services.deadlines import calendar_of
from services.desk.errors import Invalid
from services.desk.intent import intent, query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.periodic_rules import rules
from services.plan_dates import Planned, due
from services.plan_things import Thing, Whole, wholes

FAR = 800  # days: nobody plans further ahead
TOO_FAR = N_("Orders are made for two years ahead at most")
PART = 5_000  # orders stored at a time
LAST = time(23, 59)
CARRIED = (
    "compound_id", "kind", "trade", "needs", "permit", "priority", "description", "post_id", "team_id", "payer",
)  # fmt: skip


@dataclass(frozen=True)
class Coming:
    """What is to be made for one thing of a plan; `provider_id` where the plan's firm may do it on that day, and
    `begins` when the office opens then."""

    plan: MaintenancePlan
    thing: Thing
    planned: Planned
    provider_id: UUID | None
    assigned: bool
    begins: datetime


@dataclass(frozen=True)
class Made:
    """How many orders were made, how many of them nobody has yet, and how many open ones passed the legal latest."""

    orders: int
    unassigned: int
    breached: int


@query(N_("Orders that plans ask for"), on=MaintenancePlan, name="maintenance_plans.due")
def coming(
    session: Session, until: date, on: date, maintenance_plan_id: UUID | None = None, compound_id: UUID | None = None
) -> list[Coming]:
    """What orders would go out until a day, as it stands on another, plan by plan in the order of days."""
    begins, fit = _begins(session), _fit(session)
    return [
        _coming(whole, thing, planned, begins, fit)
        for whole in wholes(session, on, rules(session, on), maintenance_plan_id, [compound_id] if compound_id else [])
        for thing in whole.things
        for planned in due(whole.rhythm, whole.state(thing), until, on)
    ]


_UNTIL, _ON = (FieldSpec("maintenance_plan", name, Kind.DATE, True) for name in ("until", "on"))
_WHICH = (
    FieldSpec("maintenance_plan", "maintenance_plan_id", Kind.REFERENCE, target="maintenance_plan"),
    FieldSpec("maintenance_plan", "compound_id", Kind.REFERENCE, target="compound"),
)
takes("maintenance_plans.due", (_UNTIL, _ON, *_WHICH))

Begins = Callable[[UUID, date], datetime]
Fits = Callable[[UUID | None, str, date], bool]


def _coming(whole: Whole, thing: Thing, planned: Planned, begins: Begins, fit: Fits) -> Coming:
    plan = whole.plan
    firm = plan.provider_id if plan.provider_id and fit(plan.provider_id, plan.trade or "", planned.on) else None
    own = plan.team_id is not None and plan.provider_id is None and fit(None, plan.trade or "", planned.on)
    return Coming(plan, thing, planned, firm, bool(firm or own), begins(plan.compound_id, planned.on))


def _begins(session: Session) -> Begins:
    """When a compound begins to work on a day; at midnight where it does not."""
    calendar = cache(partial(calendar_of, session))

    @cache
    def begins(compound: UUID, day: date) -> datetime:
        stretches = calendar(compound).of(day)
        return (datetime.combine(day, time()) + timedelta(minutes=stretches[0][0] if stretches else 0)).astimezone()

    return begins


def _fit(session: Session) -> Fits:
    """Whether a firm, or somebody of the office's own, may do work of a trade on a day."""

    @cache
    def fit(provider: UUID | None, trade: str, day: date) -> bool:
        return providers.may_do(session, trade, day, provider).ok

    return fit


@intent(N_("Make orders of plans"), on=MaintenancePlan, name="maintenance_plans.generate")
def generate(work: Work, until: date, maintenance_plan_id: UUID | None = None, compound_id: UUID | None = None) -> Made:
    """Makes the orders that are to go out until a day, those of one plan or compound or of all; those that are there
    already stay as they are. What is still open past the legal latest is written down as a breach."""
    if until > work.today + timedelta(days=FAR):
        raise Invalid(TOO_FAR, field=Word("maintenance_plan.until"))
    found = coming(work.session, until, work.today, maintenance_plan_id, compound_id)
    breached = _breaches(work)
    numbers = work.numbers("WX", len(found)) if found else iter(())
    waiting, done = iter(found), 0
    while part := list(islice(waiting, PART)):
        work.progress(done, len(found))
        _store(work, part, numbers)
        done += len(part)
    breached += sum(_late(one, work.today) for one in found)
    return Made(len(found), sum(not one.assigned for one in found), breached)


takes("maintenance_plans.generate", (_UNTIL, *_WHICH))


def _store(work: Work, part: list[Coming], numbers: Iterator[str]) -> None:
    ids = [new_id() for _ in part]
    work.bulk_insert(WorkOrder, [_order(work, one, id, next(numbers)) for one, id in zip(part, ids, strict=True)])
    work.bulk_insert(WorkOrderStep, (
        {"compound_id": one.plan.compound_id, "work_order_id": id, "at": work.now, "was": None,
         "became": WorkState.ACCEPTED, "account": work.actor, "word": one.plan.number}
        for one, id in zip(part, ids, strict=True)
    ))  # fmt: skip
    given = [(one, id) for one, id in zip(part, ids, strict=True) if one.assigned]
    work.bulk_insert(WorkOrderStep, (
        {"compound_id": one.plan.compound_id, "work_order_id": id, "at": work.now, "was": WorkState.ACCEPTED,
         "became": WorkState.ASSIGNED, "account": work.actor, "word": one.plan.number}
        for one, id in given
    ))  # fmt: skip
    _lay(work, part, ids)
    work.bulk_insert(PlanOccurrence, (
        {"compound_id": one.plan.compound_id, "maintenance_plan_id": one.plan.id, "thing_id": one.thing.id,
         "asset_id": one.thing.asset_id, "planned_on": one.planned.on, "legal_until": one.planned.legal_until,
         "reading": one.planned.reading, "work_order_id": id, "breached": _late(one, work.today)}
        for one, id in zip(part, ids, strict=True)
    ))  # fmt: skip


def _lay(work: Work, part: list[Coming], ids: list[UUID]) -> None:
    """The lines of its plan's checklist on every order, as they read on this day."""
    lines = {id: checklists.items(work.session, id) for id in {one.plan.checklist_id for one in part} if id}
    if not lines:
        return
    work.bulk_insert(WorkChecklistLine, (
        {"compound_id": one.plan.compound_id, "work_order_id": id} | line
        for one, id in zip(part, ids, strict=True) if one.plan.checklist_id
        for line in work_checklists.copied(one.plan.checklist_id, lines[one.plan.checklist_id])
    ))  # fmt: skip


def _late(one: Coming, today: date) -> bool:
    return one.planned.legal_until is not None and one.planned.legal_until < today


def _order(work: Work, one: Coming, id: UUID, number: str) -> dict[str, Any]:
    plan, thing = one.plan, one.thing
    title = f"{plan.title} · {thing.name}" if thing.asset_id else str(plan.title)
    carried = {name: getattr(plan, name) for name in CARRIED}
    return carried | {
        "id": id, "number": number, "title": title[:120], "channel": Channel.PLAN, "asset_id": thing.asset_id,
        "building_id": thing.building_id, "room_id": thing.room_id, "place": plan.place or thing.place,
        "state": WorkState.ASSIGNED if one.assigned else WorkState.ACCEPTED, "provider_id": one.provider_id,
        "team_id": plan.team_id if one.assigned and one.provider_id is None else None,
        "reported_at": work.now, "responded_at": work.now, "planned_from": one.begins,
        "completion_due": ends(plan, one.planned.on, one.planned.legal_until),
    }  # fmt: skip


def ends(plan: MaintenancePlan, day: date, legal_until: date | None) -> datetime:
    """By when the work of a day is done: the legal latest, or as late as the plan bears."""
    last = legal_until or day + timedelta(days=plan.tolerance_days or 0)
    return datetime.combine(max(last, day), LAST).astimezone()


def _breaches(work: Work) -> int:
    """Open work past the legal latest is a breach, and stays one."""
    late: Iterable[PlanOccurrence] = work.session.scalars(
        sa.select(PlanOccurrence).where(
            PlanOccurrence.legal_until < work.today, PlanOccurrence.done_on.is_(None),
            PlanOccurrence.dropped_on.is_(None), PlanOccurrence.breached.is_(False),
        )
    )  # fmt: skip
    count = 0
    for row in late:
        row.breached = True
        count += 1
    return count
