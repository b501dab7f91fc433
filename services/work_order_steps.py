"""The steps of a work order, by the machine of `models.work_order`: what may follow what, and what each step asks for.

`BEFORE` holds what stands against a step beside the machine: checklists, permits and orders that block are asked there,
so no way leads around them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from models.work_order import LinkKind, WorkOrder, WorkOrderLink, WorkState
from resources.words import N_, Word
from services import checks, service_levels
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.work_orders import ORDERS, blockers, gone_by, note_step

S = WorkState
FIELDS = describe(WorkOrder)
MOST = 5
BLOCKED = N_("Work order {number} has to be done first")
TOO_MANY_POINTS = N_("Points go from 1 to 5")
INTO_ITSELF = N_("An order is not merged into itself")
INTO_ENDED = N_("Work order {number} has ended: merge into one that is open")
OTHER_COMPOUND = N_("“{field}” is in another compound")
KEPT = N_("A work order goes back by the steps that are there")


def _not_blocked(work: Work, order: WorkOrder) -> None:
    for number in blockers(work, order.id):
        raise Conflict(BLOCKED, number=number)


Guard = Callable[[Work, WorkOrder], None]
BEFORE: Mapping[WorkState, list[Guard]] = {state: [] for state in S}
BEFORE[S.DONE].append(_not_blocked)


def stepping(work: Work, work_order_id: UUID, to: WorkState, word: str | None = None) -> WorkOrder:
    """The order, one step further; the step is written down. Conflict: that state does not follow its own, or
    something stands against it."""
    order = work.get(WorkOrder, work_order_id)
    if not order.may_become(to):
        raise gone_by(order)
    for guard in BEFORE[to]:
        guard(work, order)
    note_step(work, order, order.state, to, word)
    order.state = to
    if order.responded_at is None and to is not S.CANCELLED:
        order.responded_at = work.now
    return order


@intent(N_("Accept work order"), on=WorkOrder, name="work_orders.accept", kept=KEPT)
def accept(work: Work, work_order_id: UUID) -> None:
    """It will be done; the time until here is the time of response."""
    order = stepping(work, work_order_id, S.ACCEPTED)
    order.technician_id = order.team_id = order.provider_id = order.planned_from = order.planned_until = None
    order.merged_into_id = None


@intent(N_("Return work order"), on=WorkOrder, name="work_orders.send_back", kept=KEPT)
def send_back(work: Work, work_order_id: UUID, word: str) -> None:
    """To whoever reported it, with what is missing."""
    stepping(work, work_order_id, S.RETURNED, _said(word))


@intent(N_("Report again"), on=WorkOrder, name="work_orders.report_again", kept=KEPT)
def report_again(work: Work, work_order_id: UUID, word: str) -> None:
    """What was missing is there."""
    stepping(work, work_order_id, S.REPORTED, _said(word))


@intent(N_("Transfer work order"), on=WorkOrder, name="work_orders.transfer", kept=KEPT)
def transfer(work: Work, work_order_id: UUID, word: str) -> None:
    """Somebody else is responsible, and who: here it ends."""
    _end(work, stepping(work, work_order_id, S.TRANSFERRED, _said(word)))


@intent(N_("Merge work order"), on=WorkOrder, name="work_orders.merge", kept=KEPT)
def merge(work: Work, work_order_id: UUID, merged_into_id: UUID) -> None:
    """It is the same fault as another order, with which it ends. Conflict: that one has ended, or lies elsewhere."""
    if work_order_id == merged_into_id:
        raise Invalid(INTO_ITSELF, field=Word("work_order.merged_into_id"))
    into = work.get(WorkOrder, merged_into_id)
    if not into.may_become(S.CANCELLED) and into.state is not S.WORKING:
        raise Conflict(INTO_ENDED, number=into.number)
    order = stepping(work, work_order_id, S.MERGED, into.number)
    if order.compound_id != into.compound_id:
        raise Conflict(OTHER_COMPOUND, field=Word("work_order.merged_into_id"))
    order.merged_into_id = into.id
    _end(work, order)
    link = {"work_order_id": order.id, "kind": LinkKind.DUPLICATE, "other_id": into.id}
    work.add(WorkOrderLink(compound_id=order.compound_id, **link))


@intent(N_("Cancel work order"), on=WorkOrder, name="work_orders.cancel", kept=KEPT)
def cancel(work: Work, work_order_id: UUID, word: str) -> None:
    """Nothing is to be done, and why."""
    _end(work, stepping(work, work_order_id, S.CANCELLED, _said(word)))


@intent(N_("Set out"), on=WorkOrder, name="work_orders.depart", kept=KEPT)
def depart(work: Work, work_order_id: UUID) -> None:
    """On the way there."""
    stepping(work, work_order_id, S.TRAVELLING)


@intent(N_("Begin work"), on=WorkOrder, name="work_orders.begin", kept=KEPT)
def begin(work: Work, work_order_id: UUID) -> None:
    """Work begins, or goes on after what was found not to be done."""
    order = stepping(work, work_order_id, S.WORKING)
    order.started_at = order.started_at or work.now


@intent(N_("Put on hold"), on=WorkOrder, name="work_orders.hold", kept=KEPT)
def hold(work: Work, work_order_id: UUID, hold_reason: str, word: str | None = None) -> None:
    """It waits, and what for."""
    reason = checks.checked(replace(FIELDS["hold_reason"], required=True), hold_reason)
    order = stepping(work, work_order_id, S.ON_HOLD, _said(word) if word else None)
    order.hold_reason, order.held_at = reason, work.now


@intent(N_("Go on"), on=WorkOrder, name="work_orders.resume", kept=KEPT)
def resume(work: Work, work_order_id: UUID) -> None:
    """What it waited for is there: it goes on where it stopped. Where the reason pauses the deadline (`hold_reason`),
    the deadline moves by the time it waited, counted by the clock of its service level."""
    order = work.get(WorkOrder, work_order_id)
    if order.state is not S.ON_HOLD:
        raise gone_by(order)
    stepping(work, work_order_id, _before_hold(order))
    _extend(work, order)
    order.hold_reason = order.held_at = None


@intent(N_("Report work done"), on=WorkOrder, name="work_orders.finish", kept=KEPT)
def finish(work: Work, work_order_id: UUID, result: str, cause: str | None = None) -> None:
    """What was done, and what the cause was. Conflict: its checklist, a permit or another order stands against it."""
    order = stepping(work, work_order_id, S.DONE)
    order.result = checks.checked(replace(FIELDS["result"], required=True), result)
    order.cause = checks.checked(FIELDS["cause"], cause)
    order.done_at, order.hold_reason, order.held_at = work.now, None, None


@intent(N_("Accept the result"), on=WorkOrder, name="work_orders.check", kept=KEPT)
def check(work: Work, work_order_id: UUID, word: str | None = None) -> None:
    """It was looked at and is in order."""
    stepping(work, work_order_id, S.CHECKED, _said(word) if word else None).checked_at = work.now


@intent(N_("Find the result wanting"), on=WorkOrder, name="work_orders.redo", kept=KEPT)
def redo(work: Work, work_order_id: UUID, word: str) -> None:
    """It is not done, and what is missing: work goes on. An order that had ended is opened again; its history stays."""
    order = work.get(WorkOrder, work_order_id)
    if order.state not in (S.DONE, S.CHECKED, S.RATED, S.SETTLED, S.CLOSED):
        raise gone_by(order)
    stepping(work, work_order_id, S.WORKING, _said(word))
    order.reopened += 1
    order.done_at = order.checked_at = order.closed_at = order.speed = order.quality = order.manner = None


@intent(N_("Rate work order"), on=WorkOrder, name="work_orders.rate", kept=KEPT)
def rate(work: Work, work_order_id: UUID, speed: int, quality: int, manner: int, opinion: str | None = None) -> None:
    """How quick, how good, how friendly, as whoever reported it says: 1 to 5 each."""
    points = {"speed": speed, "quality": quality, "manner": manner}
    for name, value in points.items():
        if checks.checked(replace(FIELDS[name], required=True), value) > MOST:
            raise Invalid(TOO_MANY_POINTS, field=Word(f"work_order.{name}"))
    order = stepping(work, work_order_id, S.RATED)
    for name, value in points.items():
        setattr(order, name, value)
    order.opinion = checks.checked(FIELDS["opinion"], opinion)


@intent(N_("Close work order"), on=WorkOrder, name="work_orders.close", kept=KEPT)
def close(work: Work, work_order_id: UUID) -> None:
    """Nothing is left to do."""
    _end(work, stepping(work, work_order_id, S.CLOSED))


WORD = FieldSpec("work_order", "word", Kind.TEXT, True, max_length=200)
for _name in ("send_back", "report_again", "transfer", "cancel", "redo"):
    takes(f"work_orders.{_name}", (ORDERS.me, WORD))
_HOLD = replace(FIELDS["hold_reason"], required=True, derived=False)
takes("work_orders.hold", (ORDERS.me, _HOLD, replace(WORD, required=False)))
takes("work_orders.check", (ORDERS.me, replace(WORD, required=False)))
takes("work_orders.merge", (ORDERS.me, replace(FIELDS["merged_into_id"], required=True, derived=False)))
_RESULT = replace(FIELDS["result"], required=True, derived=False)
takes("work_orders.finish", (ORDERS.me, _RESULT, replace(FIELDS["cause"], derived=False)))
_POINTS = tuple(replace(FIELDS[name], required=True, derived=False) for name in ("speed", "quality", "manner"))
takes("work_orders.rate", (ORDERS.me, *_POINTS, replace(FIELDS["opinion"], derived=False)))


def _said(word: str | None) -> Any:
    return checks.checked(WORD, word)


def _end(work: Work, order: WorkOrder) -> None:
    order.closed_at, order.hold_reason, order.held_at = work.now, None, None


def _before_hold(order: WorkOrder) -> WorkState:
    if order.started_at:
        return S.WORKING
    return S.ASSIGNED if order.technician_id or order.team_id or order.provider_id else S.ACCEPTED


def _extend(work: Work, order: WorkOrder) -> None:
    if order.completion_due and order.held_at and order.reported_at and order.hold_reason:
        order.completion_due = service_levels.extended(
            work.session, order.compound_id, order.priority, order.trade, order.reported_at, order.completion_due,
            order.hold_reason, order.held_at, work.now,
        )  # fmt: skip
