"""The money of one order, for its page and its papers: quotes, cost lines and who pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.provider import Provider
from models.work_money import CostKind, WorkCost, WorkQuote
from models.work_order import Payer, WorkOrder
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import NO_RECORD


@dataclass(frozen=True)
class Quote:
    """What a firm asks for, fen; `over` is how much more than the cheapest that still holds, None where it does not."""

    id: UUID
    number: str
    provider: str
    amount: int
    quoted_on: date
    valid_until: date | None
    days: int | None
    note: str
    chosen_on: date | None
    chosen_why: str
    over: int | None = None


@dataclass(frozen=True)
class Cost:
    """A line of cost, fen; `follows` hours or materials: it is changed there. `capital`: it went into the asset."""

    id: UUID
    number: str
    kind: CostKind
    label: str
    payer: Payer
    on: date
    amount: int
    voucher: str
    provider: str
    follows: bool
    capital: bool


@dataclass(frozen=True)
class Money:
    """Quotes, the cheapest first; lines by day; sums in fen by kind and by payer."""

    quotes: tuple[Quote, ...]
    costs: tuple[Cost, ...]
    by_kind: Mapping[CostKind, int]
    by_payer: Mapping[Payer, int]

    @property
    def total(self) -> int:
        """Everything, fen."""
        return sum(line.amount for line in self.costs)

    @property
    def capital(self) -> int:
        """What of it went into the value of the asset, fen."""
        return sum(line.amount for line in self.costs if line.capital)


@query(N_("The money of a work order"), on=WorkOrder, name="work_orders.money")
def money(session: Session, work_order_id: UUID, on: date) -> Money:
    """Quotes as they hold on a day. Missing: it is out of reach."""
    if session.get(WorkOrder, work_order_id) is None:
        raise Missing(NO_RECORD)
    costs = _costs(session, work_order_id)
    kinds, payers = Counter[CostKind](), Counter[Payer]()
    for line in costs:
        kinds[line.kind] += line.amount
        payers[line.payer] += line.amount
    return Money(_quotes(session, work_order_id, on), costs, kinds, payers)


takes("work_orders.money", (
    FieldSpec("work_order", "work_order_id", Kind.REFERENCE, True, target="work_order"),
    FieldSpec("work_order", "on", Kind.DATE, True),
))  # fmt: skip


def _quotes(session: Session, order: UUID, on: date) -> tuple[Quote, ...]:
    of = WorkQuote
    found = (
        sa.select(of.id, of.number, sa.func.coalesce(Provider.name, ""), of.amount, of.quoted_on, of.valid_until,
                  of.days, sa.func.coalesce(of.note, ""), of.chosen_on, sa.func.coalesce(of.chosen_why, ""))
        .outerjoin(Provider, Provider.id == of.provider_id).where(of.work_order_id == order)
        .order_by(of.amount, of.n)
    )  # fmt: skip
    rows = [Quote(*row) for row in session.execute(found)]
    least = min((row.amount for row in rows if _holds(row, on)), default=0)
    told = (row.__dict__ | {"over": row.amount - least if _holds(row, on) else None} for row in rows)
    return tuple(Quote(**values) for values in told)


def _holds(quote: Quote, on: date) -> bool:
    return quote.valid_until is None or quote.valid_until >= on


def _costs(session: Session, order: UUID) -> tuple[Cost, ...]:
    of = WorkCost
    follows = sa.or_(of.labour_id.is_not(None), of.material_id.is_not(None))
    found = (
        sa.select(of.id, of.number, of.kind, of.label, of.payer, of.on, of.amount, sa.func.coalesce(of.voucher, ""),
                  sa.func.coalesce(Provider.name, ""), follows, of.value_change_id.is_not(None))
        .outerjoin(Provider, Provider.id == of.provider_id).where(of.work_order_id == order).order_by(of.on, of.n)
    )  # fmt: skip
    rows: Iterable[Any] = session.execute(found)
    return tuple(Cost(*row) for row in rows)
