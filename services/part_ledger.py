"""What came and went of parts in a period: every movement of one with running figures, or each part in one line.

A movement counts for the day it is entered for; figures run in the order of days, and within a day of entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.part import MovementKind, Part, PartMovement, PartStock, PartStore
from models.provider import Provider
from models.work_order import WorkOrder
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import NO_RECORD

PERIOD = (FieldSpec("part_stock", "from_on", Kind.DATE, True), FieldSpec("part_stock", "until_on", Kind.DATE, True))


@dataclass(frozen=True)
class Entry:
    """A movement: signed thousandths and fen, and the balance after it; `about` is its order, firm, taker, papers."""

    number: str
    kind: MovementKind
    on: date
    quantity: int
    amount: int
    unit_price: int
    about: str
    note: str
    after: int
    worth: int


@dataclass(frozen=True)
class Ledger:
    """A card in a period: what it is, its opening balance (thousandths, fen), its movements."""

    store: str
    number: str
    name: str
    specification: str
    measure: str
    place: str
    opening: int
    worth: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Sums:
    """What lay there at first, came, went and lies there at last: thousandths and fen, none of them signed but for a
    shortage. A difference counts as what came where it is more, as what went where it is less."""

    opening: int = 0
    opening_value: int = 0
    came: int = 0
    came_value: int = 0
    went: int = 0
    went_value: int = 0

    @property
    def closing(self) -> int:
        """Thousandths at the end."""
        return self.opening + self.came - self.went

    @property
    def closing_value(self) -> int:
        """Fen at the end."""
        return self.opening_value + self.came_value - self.went_value


@dataclass(frozen=True)
class PartSums:
    """A part in all of the stores that were asked for."""

    number: str
    name: str
    specification: str
    measure: str
    category: str
    of: Sums


@query(N_("Ledger of a part in a store"), on=PartStock, name="part_stocks.ledger")
def ledger(session: Session, part_stock_id: UUID, from_on: date, until_on: date) -> Ledger:
    """Its movements in a period (收发存台账). Missing: the card is out of reach."""
    head: Any = session.execute(
        sa.select(PartStore.name, Part.number, Part.name, _text(Part.specification), Part.measure,
                  _text(PartStock.place))
        .select_from(PartStock).join(PartStore, PartStore.id == PartStock.part_store_id)
        .join(Part, Part.id == PartStock.part_id).where(PartStock.id == part_stock_id)
    ).first()  # fmt: skip
    if head is None:
        raise Missing(NO_RECORD)
    of, total = PartMovement, sa.func.coalesce
    before = sa.select(total(sa.func.sum(of.quantity), 0), total(sa.func.sum(of.amount), 0))
    opening, worth = session.execute(before.where(of.part_stock_id == part_stock_id, of.on < from_on)).one()
    entries, after, value = list[Entry](), int(opening), int(worth)
    for row in _entries(session, part_stock_id, from_on, until_on):
        after, value = after + row.quantity, value + row.amount
        about = " · ".join(filter(None, (row.order, row.firm, row.taker, row.voucher)))
        entries.append(Entry(row.number, row.kind, row.on, row.quantity, row.amount, row.unit_price, about,
                             row.despite or row.note or "", after, value))  # fmt: skip
    told: Any = (*head, int(opening), int(worth), tuple(entries))
    return Ledger(*told)


takes("part_stocks.ledger", (
    FieldSpec("part_stock", "part_stock_id", Kind.REFERENCE, True, target="part_stock"), *PERIOD,
))  # fmt: skip


def _entries(session: Session, stock: UUID, from_on: date, until_on: date) -> Sequence[Any]:
    of = PartMovement
    found = (
        sa.select(of.number, of.kind, of.on, of.quantity, of.amount, of.unit_price, of.note, of.despite, of.voucher,
                  of.taker, WorkOrder.number.label("order"), Provider.name.label("firm"))
        .outerjoin(WorkOrder, WorkOrder.id == of.work_order_id).outerjoin(Provider, Provider.id == of.provider_id)
        .where(of.part_stock_id == stock, of.on >= from_on, of.on <= until_on).order_by(of.on, of.n)
    )  # fmt: skip
    return session.execute(found).all()


@query(N_("Parts received, issued and left"), on=PartStock, name="part_stocks.sums")
def sums(
    session: Session, from_on: date, until_on: date, compound_id: UUID | None = None, part_store_id: UUID | None = None
) -> list[PartSums]:
    """Every part of a store, of a compound or of all in reach that lay there or moved in a period (收发存汇总)."""
    of, within = PartMovement, list[Any]()
    if compound_id:
        within.append(of.compound_id == compound_id)
    if part_store_id:
        within.append(of.part_store_id == part_store_id)
    earlier, more = of.on < from_on, sa.or_(of.quantity > 0, sa.and_(of.quantity == 0, of.amount > 0))
    figures = [
        sa.func.coalesce(sa.func.sum(sa.case((when, column), else_=0)), 0)
        for when, column in (
            (earlier, of.quantity), (earlier, of.amount), (sa.and_(~earlier, more), of.quantity),
            (sa.and_(~earlier, more), of.amount), (sa.and_(~earlier, ~more), -of.quantity),
            (sa.and_(~earlier, ~more), -of.amount),
        )
    ]  # fmt: skip
    summed = sa.select(of.part_id, *figures).where(of.on <= until_on, *within).group_by(of.part_id)
    found = {row[0]: Sums(*map(int, row[1:])) for row in session.execute(summed)}
    parts = sa.select(Part.id, Part.number, Part.name, _text(Part.specification), Part.measure, _text(Part.category))
    rows: Any = session.execute(parts.order_by(_text(Part.category), Part.number), execution_options={"dead": True})
    told: Any = ((*said, found[id]) for id, *said in rows if id in found and found[id] != Sums())
    return [PartSums(*row) for row in told]


takes("part_stocks.sums", (
    *PERIOD, FieldSpec("part_stock", "compound_id", Kind.REFERENCE, target="compound"),
    FieldSpec("part_stock", "part_store_id", Kind.REFERENCE, target="part_store"),
))  # fmt: skip


def _text(column: Any) -> Any:
    return sa.func.coalesce(column, "")
