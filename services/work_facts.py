"""What is known of a place or an asset before work on it is reported or paid for: warranty, open orders, last jobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.compound import Compound
from models.work_order import WorkOrder
from models.work_states import OPEN, WorkState
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import NO_RECORD

MOST_OPEN, LAST = 20, 5


@dataclass(frozen=True)
class Near:
    """An order at the same place or on the same asset; `result` and `cause` once it is done."""

    id: UUID
    number: str
    title: str
    trade: str
    state: WorkState
    reported_at: datetime | None
    completion_due: datetime | None
    done_at: datetime | None
    result: str
    cause: str


@dataclass(frozen=True)
class Facts:
    """`under_warranty`: somebody else may have to pay; `supplier` and `contract` say who. The open orders, the most
    urgent first, and the last ones that were done, the newest first."""

    warranty_until: date | None
    under_warranty: bool
    supplier: str
    contract: str
    open: tuple[Near, ...]
    last: tuple[Near, ...]


@query(N_("What is known before work begins"), on=WorkOrder, name="work_orders.facts")
def facts(
    session: Session, compound_id: UUID, on: date, asset_id: UUID | None = None, room_id: UUID | None = None,
    building_id: UUID | None = None, work_order_id: UUID | None = None,
) -> Facts:  # fmt: skip
    """Of an asset; without one of a room; without that of a building. `work_order_id` is left out of what is found.
    Missing: the compound is out of reach."""
    if session.get(Compound, compound_id) is None:
        raise Missing(NO_RECORD)
    asset = session.get(Asset, asset_id) if asset_id else None
    where = _same(asset_id, room_id, building_id)
    found, until = list[tuple[Near, ...]](), asset.warranty_until if asset else None
    if where is not None:
        base = sa.select(*_COLUMNS).where(WorkOrder.compound_id == compound_id, where)
        base = base.where(WorkOrder.id != work_order_id) if work_order_id else base
        urgent = base.where(WorkOrder.state.in_(OPEN)).order_by(WorkOrder.completion_due, WorkOrder.reported_at)
        done = base.where(WorkOrder.done_at.is_not(None), WorkOrder.state.not_in(OPEN))
        for some in (urgent.limit(MOST_OPEN), done.order_by(WorkOrder.done_at.desc()).limit(LAST)):
            rows: Iterable[Any] = session.execute(some)
            found.append(tuple(Near(*row) for row in rows))
    still, last = found or ((), ())
    supplier, contract = (getattr(asset, name, None) or "" for name in ("supplier", "contract"))
    return Facts(until, bool(until and until >= on), supplier, contract, still, last)


_FIELDS = describe(WorkOrder)
takes("work_orders.facts", (
    _FIELDS["compound_id"], FieldSpec("work_order", "on", Kind.DATE, True), _FIELDS["asset_id"], _FIELDS["room_id"],
    _FIELDS["building_id"], FieldSpec("work_order", "work_order_id", Kind.REFERENCE, target="work_order"),
))  # fmt: skip
_COLUMNS = (
    WorkOrder.id, WorkOrder.number, WorkOrder.title, WorkOrder.trade, WorkOrder.state, WorkOrder.reported_at,
    WorkOrder.completion_due, WorkOrder.done_at, sa.func.coalesce(WorkOrder.result, ""),
    sa.func.coalesce(WorkOrder.cause, ""),
)  # fmt: skip


def _same(asset: UUID | None, room: UUID | None, building: UUID | None) -> sa.ColumnElement[bool] | None:
    if asset:
        return WorkOrder.asset_id == asset
    if room:
        return WorkOrder.room_id == room
    return WorkOrder.building_id == building if building else None
