"""How a work order ends: done, looked at, rated, closed; or merged, transferred, cancelled; or found not to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from models.work_order import LinkKind, WorkOrder, WorkOrderLink
from models.work_rules import Priority
from models.work_states import WorkState
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import takes
from services.desk.work import Work
from services.work_order_assigning import certified
from services.work_order_steps import AT, FIELDS, KEPT, WORD, before_hold, extend, said, stepping
from services.work_orders import ORDERS, gone_by

S = WorkState
MOST = 5
TOO_MANY_POINTS = N_("Points go from 1 to 5")
INTO_ITSELF = N_("An order is not merged into itself")
INTO_ENDED = N_("Work order {number} has ended: merge into one that is open")
BEGUN = N_("Work on this one has begun, on {number} it has not: merge that one into this one")
OTHER_COMPOUND = N_("“{field}” is in another compound")


@intent(N_("Transfer work order"), on=WorkOrder, name="work_orders.transfer", kept=KEPT)
def transfer(work: Work, work_order_id: UUID, word: str) -> None:
    """Somebody else is responsible, and who: here it ends."""
    _end(work, stepping(work, work_order_id, S.TRANSFERRED, said(word)))


@intent(N_("Merge work order"), on=WorkOrder, name="work_orders.merge", kept=KEPT)
def merge(work: Work, work_order_id: UUID, merged_into_id: UUID) -> None:
    """It is the same fault as another order, which survives: with that one it ends. Its number, its steps, what was
    done on it and what it cost stay where they were entered, and the link tells either of the other. What somebody was
    promised goes along: the survivor becomes as urgent as the more urgent of them, is due when the first of them is,
    and asks for the certificate and permit either asked for. Whatever becomes of this one later, it keeps these.
    Conflict: the survivor has ended, lies elsewhere, nobody has begun it while this one was begun, or whoever has it
    may not do what this one needs."""
    if work_order_id == merged_into_id:
        raise Invalid(INTO_ITSELF, field=Word("work_order.merged_into_id"))
    into = work.get(WorkOrder, merged_into_id)
    if not into.may_become(S.CANCELLED) and into.state is not S.WORKING:
        raise Conflict(INTO_ENDED, number=into.number)
    order = stepping(work, work_order_id, S.MERGED, into.number)
    if order.started_at is not None and into.started_at is None:
        raise Conflict(BEGUN, number=into.number)
    if order.compound_id != into.compound_id:
        raise Conflict(OTHER_COMPOUND, field=Word("work_order.merged_into_id"))
    order.merged_into_id = into.id
    _end(work, order)
    _go_along(work, order, into)
    link = {"work_order_id": order.id, "kind": LinkKind.DUPLICATE, "other_id": into.id}
    work.add(WorkOrderLink(compound_id=order.compound_id, **link))


def _go_along(work: Work, order: WorkOrder, into: WorkOrder) -> None:
    """Whoever reported it waits no longer for being merged, and the danger is no smaller."""
    into.priority = min(order.priority, into.priority, key=list(Priority).index)
    for name in ("respond_due", "completion_due"):
        setattr(into, name, min(filter(None, (getattr(order, name), getattr(into, name))), default=None))
    into.permit = into.permit or order.permit
    if order.needs and not into.needs:
        into.needs = order.needs
        if into.technician_id is not None:
            certified(work, into, into.technician_id, work.today)


@intent(N_("Cancel work order"), on=WorkOrder, name="work_orders.cancel", kept=KEPT)
def cancel(work: Work, work_order_id: UUID, word: str) -> None:
    """Nothing is to be done, and why."""
    _end(work, stepping(work, work_order_id, S.CANCELLED, said(word)))


@intent(N_("Report work done"), on=WorkOrder, name="work_orders.finish", kept=KEPT)
def finish(
    work: Work, work_order_id: UUID, result: str, cause: str | None = None, at: datetime | None = None
) -> None:  # fmt: skip
    """What was done, and what the cause was; what waited until then, if work had begun, had its deadline moved as if it
    had gone on first. Conflict: its checklist, a permit or another order stands against it."""
    order = work.get(WorkOrder, work_order_id)
    if order.state is S.ON_HOLD and before_hold(work, order) is not S.WORKING:
        raise gone_by(order)
    stepping(work, work_order_id, S.DONE, at=at)
    extend(work, order, at or work.now)
    order.result = checks.checked(replace(FIELDS["result"], required=True), result)
    order.cause = checks.checked(FIELDS["cause"], cause)
    order.done_at, order.hold_reason, order.held_at = at or work.now, None, None


@intent(N_("Accept the result"), on=WorkOrder, name="work_orders.check", kept=KEPT)
def check(work: Work, work_order_id: UUID, word: str | None = None, at: datetime | None = None) -> None:
    """It was looked at and is in order."""
    order = stepping(work, work_order_id, S.CHECKED, said(word) if word else None, at=at)
    order.checked_at = at or work.now


@intent(N_("Find the result wanting"), on=WorkOrder, name="work_orders.redo", kept=KEPT)
def redo(work: Work, work_order_id: UUID, word: str, at: datetime | None = None) -> None:
    """It is not done, and what is missing: work goes on. An order that had ended is opened again; its history stays."""
    order = work.get(WorkOrder, work_order_id)
    if order.state not in (S.DONE, S.CHECKED, S.RATED, S.SETTLED, S.CLOSED):
        raise gone_by(order)
    stepping(work, work_order_id, S.WORKING, said(word), at=at)
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
def close(work: Work, work_order_id: UUID, at: datetime | None = None) -> None:
    """Nothing is left to do."""
    _end(work, stepping(work, work_order_id, S.CLOSED, at=at), at)


for _name in ("transfer", "cancel"):
    takes(f"work_orders.{_name}", (ORDERS.me, WORD))
takes("work_orders.redo", (ORDERS.me, WORD, AT))
takes("work_orders.close", (ORDERS.me, AT))
takes("work_orders.check", (ORDERS.me, replace(WORD, required=False), AT))
takes("work_orders.merge", (ORDERS.me, replace(FIELDS["merged_into_id"], required=True, derived=False)))
_RESULT = replace(FIELDS["result"], required=True, derived=False)
takes("work_orders.finish", (ORDERS.me, _RESULT, replace(FIELDS["cause"], derived=False), AT))
_POINTS = tuple(replace(FIELDS[name], required=True, derived=False) for name in ("speed", "quality", "manner"))
takes("work_orders.rate", (ORDERS.me, *_POINTS, replace(FIELDS["opinion"], derived=False)))


def _end(work: Work, order: WorkOrder, at: datetime | None = None) -> None:
    order.closed_at, order.hold_reason, order.held_at = at or work.now, None, None
