"""Each time a plan came: moved with a reason, done when its order is, never dropped where the law asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from models.maintenance_plan import PlanOccurrence
from models.work_order import WorkOrder
from models.work_states import ENDED, WorkState
from resources.words import N_, Word
from services import checks, maintenance_plans
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.plan_orders import ends
from services.work_order_assigning import PLANNING, on_another_day
from services.work_order_steps import BEFORE

S = WorkState
FIELDS = describe(PlanOccurrence)
PAST_LEGAL = N_("The law leaves until {date} at the latest: choose a day before it")
BEHIND = N_("{date} has passed: choose a day that is still to come")
OVER = N_("This was done on {date}")
GONE = N_("This was called off on {date}")
LEGAL = N_("The law asks for this by {date}: it is rescheduled with a reason, never dropped")
OCCURRENCES = listing(Listing(
    "plan_occurrences", PlanOccurrence, ("planned_on", "legal_until"),
    also={"maintenance_plan_id": ("number", "rule", "legal"), "work_order_id": ("number", "state")},
))  # fmt: skip


@intent(N_("Reschedule planned work"), on=PlanOccurrence, name="maintenance_plans.reschedule")
def reschedule(work: Work, plan_occurrence_id: UUID, moved_to: date, moved_why: str) -> None:
    """To another day, and why; its order follows, the days after it stay. Invalid: the day has passed, or lies past
    the legal latest. Conflict: it was done, or called off."""
    row = work.get(PlanOccurrence, plan_occurrence_id)
    for over, day in ((OVER, row.done_on), (GONE, row.dropped_on)):
        if day is not None:
            raise Conflict(over, date=day)
    field = Word("plan_occurrence.moved_to")
    if moved_to < work.today:
        raise Invalid(BEHIND, field=field, date=moved_to)
    if row.legal_until is not None and moved_to > max(row.legal_until, work.today):
        raise Invalid(PAST_LEGAL, field=field, date=row.legal_until)
    row.moved_to, row.moved_why = moved_to, checks.checked(replace(FIELDS["moved_why"], required=True), moved_why)
    if row.work_order_id is not None:
        _follow(work, row, moved_to)


takes("maintenance_plans.reschedule", (
    FieldSpec("plan_occurrence", "plan_occurrence_id", Kind.REFERENCE, True, target="plan_occurrence"),
    *(replace(FIELDS[name], required=True) for name in ("moved_to", "moved_why")),
))  # fmt: skip


def _follow(work: Work, row: PlanOccurrence, day: date) -> None:
    order = work.get(WorkOrder, row.work_order_id)  # type: ignore[arg-type]
    plan = work.see("maintenance_plan", row.maintenance_plan_id)
    if order.technician_id is not None or order.provider_id is not None:
        on_another_day(work, order, day)
    moved = day - (row.planned_on if order.planned_from is None else order.planned_from.astimezone().date())
    if order.planned_from is not None:
        order.planned_from += moved
    if order.planned_until is not None:
        order.planned_until += moved
    order.completion_due = ends(plan, day, row.legal_until)


def _of(work: Work, order: WorkOrder) -> PlanOccurrence | None:
    return work.session.scalars(sa.select(PlanOccurrence).where(PlanOccurrence.work_order_id == order.id)).first()


def _done(work: Work, order: WorkOrder, at: datetime) -> None:
    """What was planned is done on this day; past the legal latest it was a breach."""
    row = _of(work, order)
    if row is None:
        return
    row.done_on = at.astimezone().date()
    if row.legal_until is not None and row.done_on > row.legal_until:
        row.breached = True


def _again(work: Work, order: WorkOrder, at: datetime) -> None:
    """Work that was found wanting was not done."""
    if order.done_at is not None and (row := _of(work, order)) is not None:
        row.done_on = None


def _dropped(work: Work, order: WorkOrder, at: datetime) -> None:
    """Work the law asks for does not end undone while its thing is there; other work is called off with its order."""
    row = _of(work, order)
    if row is None:
        return
    if row.legal_until is not None and not maintenance_plans.gone(work, row):
        raise Conflict(LEGAL, date=row.legal_until)
    row.dropped_on = at.astimezone().date()


def _taken_up(work: Work, order: WorkOrder, at: datetime) -> None:
    """An order that is taken up again is on again."""
    if order.state is S.MERGED and (row := _of(work, order)) is not None:
        row.dropped_on = None


def _in_time(work: Work, order: WorkOrder, day: date) -> None:
    """No order is planned past the legal latest while there is time; once that has passed, the sooner the better."""
    row = _of(work, order)
    if row is not None and row.legal_until is not None and day > row.legal_until >= work.today:
        raise Invalid(PAST_LEGAL, field=Word("work_order.planned_from"), date=row.legal_until)


PLANNING.append(_in_time)
BEFORE[S.DONE].append(_done)
BEFORE[S.ACCEPTED].append(_taken_up)
BEFORE[S.WORKING].append(_again)
for _state in ENDED - {S.CLOSED}:
    BEFORE[_state].append(_dropped)
