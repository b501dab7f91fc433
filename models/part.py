"""Parts kept for maintenance: the catalogue, the stores of compounds, what lies in them, and every movement of it."""

from __future__ import annotations

import enum
from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Fen, Naming, Registered, Scoped, living, reference
from models.quantity import Quantity
from models.work_rules import WORK_TRADES


class MovementKind(enum.StrEnum):
    """Why the balance of a part changed. A difference moves value alone: what a shortage cost more or less than was
    reckoned when it was issued."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    RETURN = "return"
    ADJUSTMENT = "adjustment"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    REVERSAL = "reversal"
    DIFFERENCE = "difference"


class Part(Registered, Entity):
    """A thing of the catalogue, the same in the whole office; it is issued until `ended_on`."""

    __tablename__ = "part"
    __table_args__ = (living("part", "number", unique=True), living("part", "name"), living("part", "category"))
    naming = Naming(number="number", label="name", search=("number", "name", "specification", "barcode"),
                    through=("provider_id",))  # fmt: skip
    ends: ClassVar[str] = "ended_on"
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    specification: Mapped[str | None] = mapped_column(sa.String(120))
    measure: Mapped[str] = mapped_column(sa.String(20))
    category: Mapped[str | None] = mapped_column(sa.String(40))
    trade: Mapped[str | None] = mapped_column(sa.String(24), info=WORK_TRADES)
    provider_id: Mapped[UUID | None] = reference("provider.id")
    barcode: Mapped[str | None] = mapped_column(sa.String(60))
    ended_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(sa.Text)


class PartStore(Scoped):
    """A store of a compound (库房) and who keeps it."""

    __tablename__ = "part_store"
    __table_args__ = (living("part_store", "number", unique=True), living("part_store", "name"))
    naming = Naming(number="number", label="name", search=("number", "name"), through=("room_id", "keeper_id"))
    ends: ClassVar[str] = "ended_on"
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    room_id: Mapped[UUID | None] = reference("room.id")
    keeper_id: Mapped[UUID | None] = reference("staff.id")
    ended_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(sa.Text)


class PartStock(Scoped):
    """The card of a part in a store (库存卡片): below `least` it is ordered up to `up_to`. `quantity` (thousandths) and
    `value` (fen) are the sums of its movements, `last_price` (fen) that of the newest receipt, `wanted` what is to be
    ordered (nothing: enough is there)."""

    __tablename__ = "part_stock"
    __table_args__ = (
        living("part_stock", "number", unique=True),
        living("part_stock", "part_store_id", "part_id", unique=True),
        living("part_stock", "wanted"),
    )
    naming = Naming(number="number", label="number", search=("number", "place"), through=("part_id", "part_store_id"))
    number: Mapped[str] = mapped_column(sa.String(40))
    part_store_id: Mapped[UUID] = reference("part_store.id")
    part_id: Mapped[UUID] = reference("part.id")
    place: Mapped[str | None] = mapped_column(sa.String(40))
    least: Mapped[int | None] = mapped_column(Quantity)
    up_to: Mapped[int | None] = mapped_column(Quantity)
    quantity: Mapped[int] = mapped_column(Quantity, default=0, info={"derived": True})
    value: Mapped[int] = mapped_column(Fen, default=0, info={"derived": True})
    last_price: Mapped[int | None] = mapped_column(Fen, info={"derived": True})
    wanted: Mapped[int | None] = mapped_column(Quantity, info={"derived": True})


class PartCount(Scoped):
    """A stocktake of a store: counted by one account, approved by another, which adjusts the balances."""

    __tablename__ = "part_count"
    __table_args__ = (living("part_count", "number", unique=True), living("part_count", "part_store_id", "started_on"))
    naming = Naming(number="number", label="number", search=("number",), through=("part_store_id",))
    number: Mapped[str] = mapped_column(sa.String(40))
    part_store_id: Mapped[UUID] = reference("part_store.id")
    started_on: Mapped[date]
    counted_by: Mapped[str | None] = mapped_column(sa.String(80), info={"derived": True})
    counted_on: Mapped[date | None] = mapped_column(info={"derived": True})
    approved_by: Mapped[str | None] = mapped_column(sa.String(80), info={"derived": True})
    approved_on: Mapped[date | None] = mapped_column(info={"derived": True})
    note: Mapped[str | None] = mapped_column(sa.String(200))


class PartCountLine(Scoped):
    """A part that is counted, in the order of the sheet. `book` is what the card said when `counted` was entered
    (thousandths) by the account `counted_by`, `differs` how much more or less was there; `reason` is why."""

    __tablename__ = "part_count_line"
    __table_args__ = (living("part_count_line", "part_count_id", "position"),)
    naming = Naming(number="position", label="position", within="part_count_id", through=("part_stock_id",))
    part_count_id: Mapped[UUID] = reference("part_count.id")
    position: Mapped[int]
    part_stock_id: Mapped[UUID] = reference("part_stock.id")
    part_id: Mapped[UUID] = reference("part.id")
    counted: Mapped[int | None] = mapped_column(Quantity)
    book: Mapped[int | None] = mapped_column(Quantity, info={"derived": True})
    differs: Mapped[int | None] = mapped_column(Quantity, info={"derived": True})
    counted_by: Mapped[str | None] = mapped_column(sa.String(80), info={"derived": True})
    reason: Mapped[str | None] = mapped_column(sa.String(200))


class PartMovement(Scoped):
    """What came or went: `quantity` (thousandths) and `amount` (fen) are signed, less is negative. It is never changed;
    a wrong one is reversed by another. `despite` says why more was issued than there was, `cleared_on` since when the
    balance is no longer short; `follows_id` is what it returns, reverses, goes with or settles."""

    __tablename__ = "part_movement"
    __table_args__ = (
        living("part_movement", "number", unique=True),
        living("part_movement", "on", "part_id"),
        living("part_movement", "part_store_id", "part_id", "on"),
        living("part_movement", "despite", "cleared_on"),
    )
    naming = Naming(number="number", label="number", search=("number", "voucher", "taker"),
                    through=("part_id", "part_store_id", "work_order_id", "provider_id"))  # fmt: skip
    number: Mapped[str] = mapped_column(sa.String(40))
    part_stock_id: Mapped[UUID] = reference("part_stock.id")
    part_store_id: Mapped[UUID] = reference("part_store.id")
    part_id: Mapped[UUID] = reference("part.id")
    kind: Mapped[MovementKind]
    on: Mapped[date]
    quantity: Mapped[int] = mapped_column(Quantity)
    unit_price: Mapped[int] = mapped_column(Fen)
    amount: Mapped[int] = mapped_column(Fen)
    work_order_id: Mapped[UUID | None] = reference("work_order.id")
    taker: Mapped[str | None] = mapped_column(sa.String(80))
    provider_id: Mapped[UUID | None] = reference("provider.id")
    voucher: Mapped[str | None] = mapped_column(sa.String(60))
    note: Mapped[str | None] = mapped_column(sa.String(200))
    despite: Mapped[str | None] = mapped_column(sa.String(200))
    cleared_on: Mapped[date | None] = mapped_column(info={"derived": True})
    follows_id: Mapped[UUID | None] = reference("part_movement.id")
    part_count_id: Mapped[UUID | None] = reference("part_count.id")
