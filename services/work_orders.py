"""Work orders: reported at a place or on an asset, with the deadlines of the service level of that day.

The steps they take are in `work_order_steps`, who gets them in `work_order_assigning`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.work_order import Channel, LinkKind, WorkOrder, WorkOrderLink, WorkOrderStep
from models.work_states import ENDED, WorkState
from models.work_states import UNDER_WAY as GIVEN
from resources.words import N_, Word
from services import deadlines
from services.desk.errors import Conflict, Invalid
from services.desk.listing import Listing, listing
from services.desk.work import Work
from services.records import records

GONE_BY = N_("Work order {number} is {state}; that cannot be done any more")
AHEAD = N_("It cannot be reported before it happens")
NOWHERE = N_("Say where: a room, a building, an asset or a place in words")
OTHER_ROOM = N_("This room is not in that building")
UNDER_WAY = N_("Somebody works on it already: cancel it instead")
ITSELF = N_("An order has nothing to do with itself")
CIRCLE = N_("These orders would wait for each other for ever")
UP_AGAIN = N_("It is up again before it went down")
OTHER_WORK: list[Callable[[Work, WorkOrder], None]] = []  # what stands against work that is another for who has it
DEADLINE = ("priority", "trade", "reported_at")


def _settle(work: Work, row: WorkOrder, given: dict[str, Any]) -> None:
    fresh = not row.rid
    if not fresh and row.state in ENDED:
        raise gone_by(row)
    row.reported_at = row.reported_at or work.now
    if row.reported_at > work.now:
        raise Invalid(AHEAD, field=Word("work_order.reported_at"))
    if row.down_from and row.down_until and row.down_until < row.down_from:
        raise Invalid(UP_AGAIN, field=Word("work_order.down_until"))
    _placed(work, row)
    if row.state in GIVEN and any(sa.inspect(row).attrs[name].history.has_changes() for name in ("trade", "needs")):
        for guard in OTHER_WORK:
            guard(work, row)
    if fresh or _is_other(row):
        set_deadlines(work, row)
    if fresh:
        note_step(work, row, None, row.state, at=row.reported_at)


def _placed(work: Work, row: WorkOrder) -> None:
    """A room says its building, an asset where it stands, unless somebody says otherwise."""
    if row.asset_id and not (row.room_id or row.building_id or row.place):
        asset = work.see("asset", row.asset_id)
        row.building_id, row.room_id, row.place = asset.building_id, asset.room_id, (asset.place_text or None)
        if row.place:
            row.place = row.place[:120]
    if row.room_id:
        building = work.see("room", row.room_id).building_id
        if row.building_id not in (None, building):
            raise Invalid(OTHER_ROOM, field=Word("work_order.room_id"))
        row.building_id = building
    if not (row.building_id or row.place or row.asset_id):
        raise Invalid(NOWHERE, field=Word("work_order.place"))


def _is_other(row: WorkOrder) -> bool:
    """Whether what its deadlines follow from has changed; those of planned work follow from its plan."""
    changed = any(sa.inspect(row).attrs[name].history.has_changes() for name in DEADLINE)
    return changed and not (row.channel is Channel.PLAN and row.respond_due is None)


def set_deadlines(work: Work, row: WorkOrder) -> None:
    """By the service level of the day it was reported on; the time it waited stays granted."""
    now = deadlines.Asked(*(getattr(row, name) for name in DEADLINE))
    old = (sa.inspect(row).attrs[name].history.deleted or (getattr(row, name),) for name in DEADLINE)
    was = deadlines.Asked(*(before[0] for before in old)) if row.rid else now
    due = deadlines.renewed(work.session, row.compound_id, was, now, row.completion_due)
    row.respond_due, row.completion_due = due.respond, due.complete


def _parting(work: Work, row: WorkOrder) -> None:
    if row.state not in (WorkState.REPORTED, WorkState.RETURNED):
        raise Conflict(UNDER_WAY)
    for step in work.session.scalars(sa.select(WorkOrderStep).where(WorkOrderStep.work_order_id == row.id)):
        step.alive = False
    work.session.flush()


def _link(work: Work, row: WorkOrderLink, given: dict[str, Any]) -> None:
    if row.work_order_id == row.other_id:
        raise Invalid(ITSELF, field=Word("work_order_link.other_id"))
    if row.kind is LinkKind.BLOCKING:
        with work.session.no_autoflush:
            _no_circle(work, row)


def _no_circle(work: Work, row: WorkOrderLink) -> None:
    """Of orders that wait for each other none could ever be done."""
    link, seen, waiting = WorkOrderLink, set[UUID](), {row.other_id}
    while waiting:
        if row.work_order_id in waiting:
            raise Invalid(CIRCLE, field=Word("work_order_link.other_id"))
        seen |= waiting
        then = sa.select(link.other_id).where(
            link.kind == LinkKind.BLOCKING, link.work_order_id.in_(waiting), link.id != row.id
        )
        waiting = set(work.session.scalars(then)) - seen


ORDERS = records(
    "work_orders", WorkOrder, sorts=("reported_at", "number", "completion_due", "closed_at"), series="WX",
    settle=_settle, parting=_parting,
)  # fmt: skip
LINKS = records("work_order_links", WorkOrderLink, sorts=("kind",), settle=_link)
STEPS = listing(Listing("work_order_steps", WorkOrderStep, ("at",)))


def note_step(
    work: Work, row: WorkOrder, was: WorkState | None, became: WorkState, word: str | None = None,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Writes down one step, taken now or `at` a moment before; the rows are what figures are counted from."""
    made = WorkOrderStep(compound_id=row.compound_id, work_order_id=row.id, at=at or work.now, was=was, became=became,
                         account=work.actor, word=word)  # fmt: skip
    work.add(made)


def gone_by(row: WorkOrder) -> Conflict:
    """Why nothing can be done with an order in its state."""
    return Conflict(GONE_BY, number=row.number, state=word(row.state))


def word(state: WorkState) -> Word:
    """The name of a state."""
    return Word(f"work_order.state={state.value}")


def blockers(work: Work, order_id: UUID) -> list[str]:
    """The numbers of open orders that have to be done before this one can be."""
    found = (
        sa.select(WorkOrder.number, WorkOrder.state)
        .join(WorkOrderLink, WorkOrderLink.work_order_id == WorkOrder.id)
        .where(WorkOrderLink.other_id == order_id, WorkOrderLink.kind == LinkKind.BLOCKING)
    )
    done = ENDED | {WorkState.DONE, WorkState.CHECKED, WorkState.RATED, WorkState.SETTLED}
    return [number for number, state in work.session.execute(found) if state not in done]
