"""The papers a store keeper hands out: the slip of an issue, the sheet a store is counted on. Chinese by decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.part import MovementKind, Part, PartCount, PartCountLine, PartMovement, PartStock, PartStore
from models.staff import Staff
from models.work_order import WorkOrder
from resources.words import N_
from services.desk.errors import Conflict, Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.site import the_office
from services.desk.work import NO_RECORD

NO_ISSUE = N_("A slip is printed of what was issued")


@dataclass(frozen=True)
class SlipLine:
    """A part that left: thousandths, fen each and in all, none of them signed."""

    number: str
    part: str
    name: str
    specification: str
    measure: str
    quantity: int
    unit_price: int
    amount: int
    note: str


@dataclass(frozen=True)
class Slip:
    """What left a store on a day for one order, or for one who took it."""

    office: str
    number: str
    compound: str
    store: str
    keeper: str
    on: date
    order: str
    taker: str
    lines: tuple[SlipLine, ...]


@dataclass(frozen=True)
class CountRow:
    """A line of a count sheet: where and what, never how much."""

    position: int
    place: str
    part: str
    name: str
    specification: str
    measure: str


@dataclass(frozen=True)
class CountSheet:
    """What is to be counted in a store."""

    office: str
    number: str
    compound: str
    store: str
    keeper: str
    started_on: date
    rows: tuple[CountRow, ...]


@query(N_("Issue slip"), on=PartMovement, name="part_movements.slip")
def slip(session: Session, part_movement_id: UUID) -> bytes:
    """领料单 as a PDF: the issue with all others of the day from that store for the same order, or the same person.
    Missing: it is out of reach; Conflict: it is no issue."""
    from services.documents import part_slip, plain_paper  # the PDF libraries are loaded with the first paper

    return plain_paper.draw(part_slip.slip(of_issue(session, part_movement_id)))


takes("part_movements.slip", (
    FieldSpec("part_movement", "part_movement_id", Kind.REFERENCE, True, target="part_movement"),
))  # fmt: skip


@query(N_("Count sheet"), on=PartCount, name="part_counts.sheet")
def sheet(session: Session, part_count_id: UUID) -> bytes:
    """盘点表 as a PDF, without what the books say. Missing: it is out of reach."""
    from services.documents import part_slip, plain_paper

    return plain_paper.draw(part_slip.count_sheet(of_count(session, part_count_id)))


takes("part_counts.sheet", (FieldSpec("part_count", "part_count_id", Kind.REFERENCE, True, target="part_count"),))


def of_issue(session: Session, part_movement_id: UUID) -> Slip:
    """What stands on the slip of an issue."""
    first = session.get(PartMovement, part_movement_id)
    if first is None:
        raise Missing(NO_RECORD)
    if first.kind is not MovementKind.ISSUE:
        raise Conflict(NO_ISSUE)
    of = PartMovement
    same = of.work_order_id == first.work_order_id if first.work_order_id else of.taker == first.taker
    if not (first.work_order_id or first.taker):
        same = of.id == first.id
    found = (
        sa.select(of.number, Part.number, Part.name, _text(Part.specification), Part.measure, -of.quantity,
                  of.unit_price, -of.amount, sa.func.coalesce(of.despite, of.note, ""))
        .join(Part, Part.id == of.part_id)
        .where(of.part_store_id == first.part_store_id, of.on == first.on, of.kind == MovementKind.ISSUE, same)
        .order_by(of.n)
    )  # fmt: skip
    lines: Any = session.execute(found)
    order = session.execute(
        sa.select(WorkOrder.number, WorkOrder.title).where(WorkOrder.id == first.work_order_id)
    ).first()
    compound, store, keeper = _where(session, first.part_store_id)
    said = " ".join(order) if order else ""
    return Slip(the_office(session).name, first.number, compound, store, keeper, first.on, said, first.taker or "",
                tuple(SlipLine(*line) for line in lines))  # fmt: skip


def of_count(session: Session, part_count_id: UUID) -> CountSheet:
    """What stands on a count sheet."""
    count = session.get(PartCount, part_count_id)
    if count is None:
        raise Missing(NO_RECORD)
    line = PartCountLine
    found = (
        sa.select(line.position, _text(PartStock.place), Part.number, Part.name, _text(Part.specification),
                  Part.measure)
        .join(PartStock, PartStock.id == line.part_stock_id).join(Part, Part.id == line.part_id)
        .where(line.part_count_id == count.id).order_by(line.position)
    )  # fmt: skip
    rows: Any = session.execute(found)
    compound, store, keeper = _where(session, count.part_store_id)
    return CountSheet(the_office(session).name, count.number, compound, store, keeper, count.started_on,
                      tuple(CountRow(*row) for row in rows))  # fmt: skip


def _where(session: Session, store_id: UUID) -> tuple[str, str, str]:
    found = session.execute(
        sa.select(_text(Compound.name), PartStore.name, _text(Staff.name)).select_from(PartStore)
        .outerjoin(Compound, Compound.id == PartStore.compound_id).outerjoin(Staff, Staff.id == PartStore.keeper_id)
        .where(PartStore.id == store_id), execution_options={"dead": True},
    ).first()  # fmt: skip
    return (found[0], found[1], found[2]) if found else ("", "", "")


def _text(column: Any) -> Any:
    return sa.func.coalesce(column, "")
