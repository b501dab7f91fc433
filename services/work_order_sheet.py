"""What the page of a work order shows: the order, every step it took, the orders it has to do with; and what similar
work is open at a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.work_order import LinkKind, WorkOrder, WorkOrderLink, WorkOrderStep
from models.work_states import OPEN, WorkState
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.schema import describe, takes
from services.desk.session import DeskSession
from services.desk.work import NO_RECORD
from services.work_board import Card, cards
from services.work_orders import ORDERS

STEPS, LINKS, SIMILAR = 500, 100, 20  # shown at the most


@dataclass(frozen=True)
class Step:
    """One step an order took."""

    at: datetime
    was: WorkState | None
    became: WorkState
    account: str
    word: str


@dataclass(frozen=True)
class Linked:
    """Another order it has to do with; `first`: this one blocks the other, was split off or is the duplicate."""

    id: UUID
    kind: LinkKind
    first: bool
    order_id: UUID
    number: str
    title: str
    state: WorkState


@dataclass(frozen=True)
class OrderSheet:
    """An order as its list shows it (`row`), its steps from the first on, and its links."""

    id: UUID
    row: Mapping[str, Any]
    state: WorkState
    steps: tuple[Step, ...]
    links: tuple[Linked, ...]


@query(N_("A work order and its steps"), on=WorkOrder, name="work_orders.sheet")
def sheet(session: Session, work_order_id: UUID) -> OrderSheet:
    """As it stands. Missing: it is out of reach."""
    found = session.get(WorkOrder, work_order_id)
    rows = Reader(cast("DeskSession", session), View("work_orders")).page([found.n]) if found else []
    if found is None or not rows:
        raise Missing(NO_RECORD)
    s = WorkOrderStep
    taken = sa.select(s.at, s.was, s.became, s.account, s.word).where(s.work_order_id == found.id)
    steps = session.execute(taken.order_by(s.at, s.n).limit(STEPS))
    made = tuple(Step(at, was, became, who, word or "") for at, was, became, who, word in steps)
    return OrderSheet(found.id, rows[0], found.state, made, tuple(_links(session, found.id)))


def _links(session: Session, order: UUID) -> list[Linked]:
    """Those it names, and those that name it."""
    link, o, found = WorkOrderLink, WorkOrder, list[Linked]()
    for mine, other in ((link.work_order_id, link.other_id), (link.other_id, link.work_order_id)):
        asked = sa.select(link.id, link.kind, o.id, o.number, o.title, o.state).join(o, o.id == other)
        for id, kind, other_id, number, title, state in session.execute(asked.where(mine == order).limit(LINKS)):
            found.append(Linked(id, kind, other is link.other_id, other_id, number, title, state))
    return found


@query(N_("Work that is open at a place"), on=WorkOrder, name="work_orders.open_here")
def open_here(
    session: Session, compound_id: UUID, building_id: UUID | None = None, room_id: UUID | None = None,
    asset_id: UUID | None = None, trade: str | None = None,
) -> list[Card]:  # fmt: skip
    """What is not done yet on the asset, in the room or, of the same trade, in the building; the newest first."""
    o = WorkOrder
    same = [o.asset_id == asset_id] if asset_id else []
    same += [o.room_id == room_id] if room_id else []
    if building_id:
        same.append(sa.and_(o.building_id == building_id, o.trade == trade) if trade else o.building_id == building_id)
    if not same:
        return []
    found = cards(session, o.compound_id == compound_id, o.state.in_(OPEN), sa.or_(*same))
    return sorted(found, key=_age, reverse=True)[:SIMILAR]


def _age(card: Card) -> datetime:
    return card.reported_at


_FIELDS = describe(WorkOrder)
takes("work_orders.sheet", (ORDERS.me,))
takes("work_orders.open_here", (
    _FIELDS["compound_id"],
    *(replace(_FIELDS[name], required=False) for name in ("building_id", "room_id", "asset_id", "trade")),
))  # fmt: skip
