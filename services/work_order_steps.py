"""The steps of a work order until it is done, by the machine of `models.work_states`; how it ends: `work_order_ends`.

`BEFORE` holds what stands against a step beside the machine: checklists, permits and orders that block are asked there,
so no way leads around them.

A step is taken now, or was taken `at` a moment before: a sheet filled in where no screen is at hand is typed in later.
No step lies ahead, before the report or before the step taken last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.work_order import LinkKind, WorkOrder, WorkOrderLink, WorkOrderStep
from models.work_states import WorkState
from resources.words import N_
from services import checks, deadlines
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.work_orders import ORDERS, blockers, gone_by, note_step

S = WorkState
EVERY = frozenset(WorkState)
FIELDS = describe(WorkOrder)
BLOCKED = N_("Work order {number} has to be done first")
AHEAD = N_("This lies ahead: only a step that was taken is written down")
TOO_EARLY = N_("The step before it was taken at {time}: this one cannot have been taken earlier")
AT = FieldSpec("work_order_step", "at", Kind.INSTANT)
KEPT = N_("A work order goes back by the steps that are there")


def _not_blocked(work: Work, order: WorkOrder, at: datetime) -> None:
    for number in blockers(work, order.id):
        raise Conflict(BLOCKED, number=number)


Guard = Callable[[Work, WorkOrder, datetime], None]
BEFORE: Mapping[WorkState, list[Guard]] = {state: [] for state in S}
BEFORE[S.DONE].append(_not_blocked)


def stepping(
    work: Work, work_order_id: UUID, to: WorkState, word: str | None = None, *, at: datetime | None = None,
    of: Collection[WorkState] = EVERY,
) -> WorkOrder:  # fmt: skip
    """The order, one step further, now or as it was `at` a moment; the step is written down. Conflict: that state does
    not follow its own, which is one `of` those this way leads from, or something stands against it. Invalid: it was
    taken ahead of now, or before the order had come so far."""
    order = work.get(WorkOrder, work_order_id)
    if order.state not in of or not order.may_become(to):
        raise gone_by(order)
    moment = _moment(work, order, at)
    for guard in BEFORE[to]:
        guard(work, order, moment)
    note_step(work, order, order.state, to, word, moment)
    order.state = to
    if order.responded_at is None and to is not S.CANCELLED:
        order.responded_at = moment
    return order


def _moment(work: Work, order: WorkOrder, at: datetime | None) -> datetime:
    """When a step was taken: not ahead, and not before what went before it."""
    if at is None:
        return work.now
    if at > work.now:
        raise Invalid(AHEAD, field=AT.key)
    taken = sa.select(sa.func.max(WorkOrderStep.at)).where(
        WorkOrderStep.work_order_id == order.id, WorkOrderStep.was.is_not(None)
    )
    last = max(filter(None, (order.reported_at, work.session.scalar(taken))), default=at)
    if at < last:
        raise Invalid(TOO_EARLY, field=AT.key, time=f"{last.astimezone():%Y-%m-%d %H:%M}")
    return at


@intent(N_("Accept work order"), on=WorkOrder, name="work_orders.accept", kept=KEPT)
def accept(work: Work, work_order_id: UUID, at: datetime | None = None) -> None:
    """It will be done; the time until here is the time of response. One that was merged is no duplicate any more."""
    order = stepping(work, work_order_id, S.ACCEPTED, at=at, of=(S.REPORTED, S.ASSIGNED, S.MERGED))
    order.technician_id = order.team_id = order.provider_id = order.planned_from = order.planned_until = None
    if order.merged_into_id is not None:
        _parted(work, order, order.merged_into_id)
    order.merged_into_id = order.closed_at = None


@intent(N_("Return work order"), on=WorkOrder, name="work_orders.send_back", kept=KEPT)
def send_back(work: Work, work_order_id: UUID, word: str) -> None:
    """To whoever reported it, with what is missing."""
    stepping(work, work_order_id, S.RETURNED, said(word))


@intent(N_("Report again"), on=WorkOrder, name="work_orders.report_again", kept=KEPT)
def report_again(work: Work, work_order_id: UUID, word: str) -> None:
    """What was missing is there."""
    stepping(work, work_order_id, S.REPORTED, said(word))


@intent(N_("Set out"), on=WorkOrder, name="work_orders.depart", kept=KEPT)
def depart(work: Work, work_order_id: UUID, at: datetime | None = None) -> None:
    """On the way there."""
    stepping(work, work_order_id, S.TRAVELLING, at=at)


@intent(N_("Begin work"), on=WorkOrder, name="work_orders.begin", kept=KEPT)
def begin(work: Work, work_order_id: UUID, at: datetime | None = None) -> None:
    """Work begins."""
    order = stepping(work, work_order_id, S.WORKING, at=at, of=(S.ASSIGNED, S.TRAVELLING))
    order.started_at = order.started_at or at or work.now


@intent(N_("Put on hold"), on=WorkOrder, name="work_orders.hold", kept=KEPT)
def hold(
    work: Work, work_order_id: UUID, hold_reason: str, word: str | None = None, at: datetime | None = None
) -> None:  # fmt: skip
    """It waits, and what for."""
    reason = checks.checked(replace(FIELDS["hold_reason"], required=True), hold_reason)
    order = stepping(work, work_order_id, S.ON_HOLD, said(word) if word else None, at=at)
    order.hold_reason, order.held_at = reason, at or work.now


@intent(N_("Go on"), on=WorkOrder, name="work_orders.resume", kept=KEPT)
def resume(work: Work, work_order_id: UUID, at: datetime | None = None) -> None:
    """What it waited for is there: it goes on where it stopped. Where the reason pauses the deadline (`hold_reason`),
    the deadline moves by the time it waited, counted by the clock of its service level."""
    order = work.get(WorkOrder, work_order_id)
    if order.state is not S.ON_HOLD:
        raise gone_by(order)
    stepping(work, work_order_id, before_hold(work, order), at=at)
    extend(work, order, at or work.now)
    order.hold_reason = order.held_at = None


WORD = FieldSpec("work_order", "word", Kind.TEXT, True, max_length=200)
for _name in ("send_back", "report_again"):
    takes(f"work_orders.{_name}", (ORDERS.me, WORD))
_HOLD = replace(FIELDS["hold_reason"], required=True, derived=False)
takes("work_orders.hold", (ORDERS.me, _HOLD, replace(WORD, required=False), AT))
for _name in ("accept", "depart", "begin", "resume"):
    takes(f"work_orders.{_name}", (ORDERS.me, AT))


def said(word: str | None) -> Any:
    """What somebody says to a step, as it is stored."""
    return checks.checked(WORD, word)


def before_hold(work: Work, order: WorkOrder) -> WorkState:
    """Where an order that waits stopped, by its last step; on the way there is as good as given to somebody. That work
    began once says nothing: somebody else may have been given it since."""
    s = WorkOrderStep
    last = sa.select(s.was).where(s.work_order_id == order.id, s.became == S.ON_HOLD).order_by(s.at.desc(), s.n.desc())
    was = work.session.scalars(last.limit(1)).first() or S.ACCEPTED
    return S.ASSIGNED if was is S.TRAVELLING else was


def extend(work: Work, order: WorkOrder, until: datetime) -> None:
    """The deadline of what waits moves by the time it waited until then, where the reason pauses it."""
    if order.completion_due and order.held_at and order.reported_at and order.hold_reason:
        order.completion_due = deadlines.extended(
            work.session, order.compound_id, order.priority, order.trade, order.reported_at, order.completion_due,
            order.hold_reason, order.held_at, until,
        )  # fmt: skip


def _parted(work: Work, order: WorkOrder, other_id: UUID) -> None:
    """Takes away that it is the duplicate of another order."""
    link = WorkOrderLink
    same = (link.work_order_id == order.id, link.kind == LinkKind.DUPLICATE, link.other_id == other_id)
    for row in work.session.scalars(sa.select(link).where(*same)):
        row.alive = False
