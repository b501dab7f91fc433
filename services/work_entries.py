"""What every line on a work order owes to its order: it is in reach, has not ended, and lies where the order lies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity
from models.work_states import ENDED
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.undo import following
from services.desk.work import Work

if TYPE_CHECKING:
    from models.work_order import WorkOrder

GONE_BY = N_("Work order {number} is {state}; that cannot be done any more")
AHEAD = N_("“{field}” lies ahead: only what has happened is entered")
ENDS_BEFORE = N_("It ends before it begins")
TOO_LARGE = N_("“{field}” is too large")
AT_ONCE = 500
MOST = 10**13  # fen of one line: more is a slip of the keyboard


def open_order(work: Work, order_id: UUID) -> WorkOrder:
    """The order a line is for, only looked at. Conflict: it has ended; reopen it first."""
    order: WorkOrder = work.see("work_order", order_id)
    if order.state in ENDED:
        raise Conflict(GONE_BY, number=order.number, state=Word(f"work_order.state={order.state.value}"))
    return order


def stays(kind: type[Entity]) -> None:
    """What was entered on an order that has ended is not taken back, as it is neither changed nor removed."""
    following(kind)(partial(_all_open, kind))


def parting(work: Work, row: Any) -> None:
    """Nor removed, while that is all that stands against it."""
    open_order(work, row.work_order_id)


def _all_open(kind: Any, work: Work, ids: list[UUID]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        of = sa.select(kind.work_order_id).where(kind.id.in_(ids[start : start + AT_ONCE])).distinct()
        for order_id in work.session.scalars(of, execution_options={"dead": True}).all():
            open_order(work, order_id)


def share(whole: int, part: int, of: int, field: Word) -> int:
    """`whole` × `part` ÷ `of` in fen, rounded half up. Invalid: no line costs that much."""
    amount = (2 * whole * part + of) // (2 * of)
    if amount > MOST:
        raise Invalid(TOO_LARGE, field=field)
    return amount
