"""The board of work orders: what is not closed yet in four lanes, the nearest deadline first, few cards of many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.building import Building
from models.compound import Compound
from models.organization import Organization
from models.provider import Provider
from models.room import Room
from models.staff import Staff
from models.work_order import WorkOrder
from models.work_rules import Priority
from models.work_states import WorkState
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, describe, takes

S = WorkState
LANES: Mapping[str, tuple[WorkState, ...]] = {  # a lane of the board, and the states that stand in it
    "reported": (S.REPORTED, S.RETURNED, S.ACCEPTED),
    "assigned": (S.ASSIGNED, S.TRAVELLING),
    "working": (S.WORKING, S.ON_HOLD),
    "done": (S.DONE, S.CHECKED, S.RATED, S.SETTLED),
}
LANE_OF = {state: lane for lane, states in LANES.items() for state in states}
ANSWERED_LATE, DONE_LATE = (S.REPORTED, S.RETURNED), (*LANES["assigned"], *LANES["working"], S.ACCEPTED)
CARDS = 24  # of a lane, unless more are asked for
FIELDS = describe(WorkOrder)


@dataclass(frozen=True)
class Card:
    """An order on the board. Names are words; ids say who has it, for whoever plans anew."""

    id: UUID
    number: str
    title: str
    state: WorkState
    priority: Priority
    trade: str
    compound_id: UUID
    compound: str
    building: str
    room: str
    place: str
    reported_at: datetime
    respond_due: datetime | None
    completion_due: datetime | None
    planned_from: datetime | None
    planned_until: datetime | None
    hold_reason: str
    technician_id: UUID | None
    team_id: UUID | None
    provider_id: UUID | None
    technician: str
    team: str
    provider: str

    @property
    def due(self) -> datetime | None:
        """What its time runs to: the answer while it is only reported, nothing once it is done, else the work."""
        if self.state in ANSWERED_LATE:
            return self.respond_due
        return self.completion_due if self.state in DONE_LATE else None

    def late(self, at: datetime) -> bool:
        """Whether that has passed."""
        return self.due is not None and self.due < at

    @property
    def where(self) -> tuple[str, ...]:
        """The place, from the building on."""
        return tuple(part for part in (self.building, self.room, self.place) if part) or (self.compound,)


@dataclass(frozen=True)
class Lane:
    """One column: all of its orders are counted, the first of them are here."""

    name: str
    total: int
    late: int
    cards: tuple[Card, ...]

    @property
    def more(self) -> int:
        """How many are not here."""
        return self.total - len(self.cards)


@query(N_("Board of work orders"), on=WorkOrder, name="work_orders.board")
def board(
    session: Session, at: datetime, compound_ids: Sequence[UUID] = (), building_ids: Sequence[UUID] = (),
    trades: Sequence[str] = (), technician_ids: Sequence[UUID | None] = (), priorities: Sequence[Priority] = (),
    most: int = CARDS,
) -> list[Lane]:  # fmt: skip
    """Everything not closed, by lanes, late as of `at`; `most` cards of each state at the most, the nearest deadline
    first. Nobody among the people means what nobody has."""
    chosen = {"compound_id": compound_ids, "building_id": building_ids, "trade": trades,
              "technician_id": technician_ids, "priority": [Priority(value) for value in priorities]}  # fmt: skip
    only = [part for name, values in chosen.items() for part in _among(getattr(WorkOrder, name), values)]
    totals, late = _counted(session, at, only)
    found = dict[str, list[Card]]()
    for card in cards(session, _nearest(only, most)):
        found.setdefault(LANE_OF[card.state], []).append(card)
    return [
        Lane(name, sum(totals.get(s, 0) for s in states), sum(late.get(s, 0) for s in states),
             tuple(sorted(found.get(name, ()), key=_order)[:most]))
        for name, states in LANES.items()
    ]  # fmt: skip


AT = FieldSpec("work_order", "at", Kind.INSTANT, True)
COMPOUNDS = FieldSpec("work_order", "compound_ids", Kind.REFERENCE, target="compound", many=True)
PEOPLE = FieldSpec("work_order", "technician_ids", Kind.REFERENCE, target="staff", many=True)
takes("work_orders.board", (
    AT, COMPOUNDS, FieldSpec("work_order", "building_ids", Kind.REFERENCE, target="building", many=True),
    replace(FIELDS["trade"], name="trades", required=False, many=True), PEOPLE,
    replace(FIELDS["priority"], name="priorities", required=False, default=None, many=True,
            shared="work_order.priority"),
    FieldSpec("work_order", "most", Kind.INTEGER, default=CARDS, least=1),
))  # fmt: skip


def cards(session: Session, *where: sa.ColumnElement[bool]) -> list[Card]:
    """The cards of the orders that are meant, with the names of what they refer to, in one statement."""
    o, team = WorkOrder, Organization
    found = (
        sa.select(
            o.id, o.number, o.title, o.state, o.priority, o.trade, o.compound_id, Compound.name, Building.name,
            Room.number, o.place, o.reported_at, o.respond_due, o.completion_due, o.planned_from, o.planned_until,
            o.hold_reason, o.technician_id, o.team_id, o.provider_id, Staff.name, team.name, Provider.name,
        )
        .outerjoin(Compound, Compound.id == o.compound_id).outerjoin(Building, Building.id == o.building_id)
        .outerjoin(Room, Room.id == o.room_id).outerjoin(Staff, Staff.id == o.technician_id)
        .outerjoin(team, team.id == o.team_id).outerjoin(Provider, Provider.id == o.provider_id)
        .where(*where)
    )  # fmt: skip
    return [_card(row) for row in session.execute(found)]


def _card(row: Any) -> Card:
    """A row of `cards`, its empty words as nothing said."""
    said: list[Any] = [*row[:7], *(word or "" for word in row[7:11]), *row[11:16], row[16] or "", *row[17:20]]
    return Card(*said, *(word or "" for word in row[20:]))


def _among(column: Any, values: Collection[Any]) -> list[sa.ColumnElement[bool]]:
    """One of these; None among them means empty."""
    given = [value for value in values if value is not None]
    if len(given) == len(values):
        return [column.in_(given)] if given else []
    return [sa.or_(column.in_(given), column.is_(None)) if given else column.is_(None)]


def _counted(
    session: Session, at: datetime, only: Sequence[sa.ColumnElement[bool]]
) -> tuple[dict[WorkState, int], dict[WorkState, int]]:
    """How many orders of each state there are, and how many of them are late."""
    due = sa.case((WorkOrder.state.in_(ANSWERED_LATE), WorkOrder.respond_due), else_=WorkOrder.completion_due)
    late = sa.and_(due < at, WorkOrder.state.in_((*ANSWERED_LATE, *DONE_LATE)))
    found = (
        sa.select(WorkOrder.state, sa.func.count(), sa.func.count().filter(late))
        .where(WorkOrder.state.in_(LANE_OF), *only).group_by(WorkOrder.state)
    )  # fmt: skip
    rows = session.execute(found).all()
    return {state: n for state, n, _ in rows}, {state: late for state, _, late in rows}


def _nearest(only: Sequence[sa.ColumnElement[bool]], most: int) -> sa.ColumnElement[bool]:
    """Of each state the orders that are due first: each part walks the index of states and deadlines."""
    o = WorkOrder
    first = sa.select(o.n).where(*only).order_by(o.completion_due, o.n).limit(most).correlate(None)
    return sa.or_(*(o.n.in_(first.where(o.state == state)) for state in LANE_OF))


def _order(card: Card) -> tuple[bool, Any, str]:
    due = card.completion_due
    return due is None, due, card.number
