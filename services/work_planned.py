"""Work of some days, as a calendar shows it; and what nobody has planned yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.work_order import WorkOrder
from models.work_states import UNDER_WAY, WorkState
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.work_board import COMPOUNDS, PEOPLE, Card, cards

MOST, WAITING = 2_000, 200  # of the days, and without a day
AGREED = (*UNDER_WAY, WorkState.ACCEPTED, WorkState.DONE, WorkState.CHECKED)


@dataclass(frozen=True)
class Planned:
    """What is planned from `first` on and before `last`, the earliest first; what waits for a day, the nearest
    deadline first."""

    days: tuple[Card, ...]
    waiting: tuple[Card, ...]


@query(N_("Work of some time"), on=WorkOrder, name="work_orders.planned")
def planned(
    session: Session, first: datetime, last: datetime, compound_ids: Sequence[UUID] = (),
    technician_ids: Sequence[UUID] = (),
) -> Planned:  # fmt: skip
    """Of some compounds and people, or all of them."""
    o = WorkOrder
    only = [o.compound_id.in_(compound_ids)] if compound_ids else []
    whose = [o.technician_id.in_(technician_ids)] if technician_ids else []
    when = (o.planned_from >= first, o.planned_from < last, o.state.in_(AGREED))
    order = sa.select(o.n).where(*when, *only, *whose).order_by(o.planned_from).limit(MOST)
    open_ = o.state.in_((WorkState.ACCEPTED, WorkState.ASSIGNED))
    none = sa.select(o.n).where(open_, o.planned_from.is_(None), *only, *whose)
    none = none.order_by(o.completion_due, o.n).limit(WAITING)
    return Planned(
        tuple(sorted(cards(session, o.n.in_(order)), key=_begins)),
        tuple(sorted(cards(session, o.n.in_(none)), key=_due)),
    )


def _begins(card: Card) -> tuple[datetime, str]:
    assert card.planned_from is not None
    return card.planned_from, card.number


def _due(card: Card) -> tuple[bool, datetime, str]:
    return card.completion_due is None, card.completion_due or card.reported_at, card.number


_WHEN = tuple(FieldSpec("work_order", name, Kind.INSTANT, True) for name in ("first", "last"))
takes("work_orders.planned", (*_WHEN, COMPOUNDS, PEOPLE))
