"""What work costs: quotes of firms, and cost lines with who pays for them."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Scoped, living, reference
from models.work_order import Payer


class CostKind(enum.StrEnum):
    """What the money is for."""

    LABOUR = "labour"
    MATERIAL = "material"
    CONTRACT = "contract"
    OTHER = "other"


class WorkQuote(Scoped):
    """What a firm asks for a job, fen; `days` is how long it takes. One of them is chosen, with the reason where it is
    not the cheapest."""

    __tablename__ = "work_quote"
    __table_args__ = (living("work_quote", "number", unique=True), living("work_quote", "work_order_id", "amount"))
    naming = Naming(number="number", label="number", search=("number",), through=("work_order_id", "provider_id"))
    number: Mapped[str] = mapped_column(sa.String(40))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    provider_id: Mapped[UUID] = reference("provider.id")
    amount: Mapped[int] = mapped_column(Fen)
    quoted_on: Mapped[date]
    valid_until: Mapped[date | None]
    days: Mapped[int | None] = mapped_column(info={"least": 1})
    note: Mapped[str | None] = mapped_column(sa.String(200))
    chosen_on: Mapped[date | None] = mapped_column(info={"derived": True})
    chosen_why: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})


class WorkCost(Scoped):
    """One line of cost, fen, and who pays. Lines of hours and materials are written with these and follow them;
    `despite_warranty` says why somebody else pays while the asset is under warranty; `value_change_id` is the change
    of the asset's value the line went into: it is then no expense any more."""

    __tablename__ = "work_cost"
    __table_args__ = (
        living("work_cost", "number", unique=True),
        living("work_cost", "work_order_id", "kind"),
        living("work_cost", "on", "payer"),
        living("work_cost", "amount"),
    )
    naming = Naming(number="number", label="label", search=("number", "label", "voucher"), through=("work_order_id",))
    number: Mapped[str] = mapped_column(sa.String(40))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    kind: Mapped[CostKind]
    label: Mapped[str] = mapped_column(sa.String(120))
    payer: Mapped[Payer | None]  # always there: who says none means that of the order
    on: Mapped[date]
    amount: Mapped[int] = mapped_column(Fen)
    voucher: Mapped[str | None] = mapped_column(sa.String(60))
    provider_id: Mapped[UUID | None] = reference("provider.id")
    despite_warranty: Mapped[str | None] = mapped_column(sa.String(200))
    labour_id: Mapped[UUID | None] = reference("work_labour.id", info={"derived": True})
    material_id: Mapped[UUID | None] = reference("work_material.id", info={"derived": True})
    value_change_id: Mapped[UUID | None] = reference("asset_value_change.id", info={"derived": True})
