"""Something the office needs: asked for, decided how to come by, accepted, and then on cards."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Scoped, living, reference

DERIVED = {"derived": True}


class NeedState(enum.StrEnum):
    """requested → decided → accepted; met by idle assets, or cancelled, before anything is accepted."""

    REQUESTED = "requested"
    DECIDED = "decided"
    ACCEPTED = "accepted"
    MET = "met"
    CANCELLED = "cancelled"


class Source(enum.StrEnum):
    """How it is provided (资产配置方式; Decree 738 art. 9 and 11: what lies idle comes first)."""

    PURCHASE = "purchase"
    ALLOCATION = "allocation"
    DONATION = "donation"
    BUILT = "built"
    SURPLUS = "surplus"


class Procurement(enum.StrEnum):
    """How it is bought (采购组织形式)."""

    CENTRAL = "central"
    DEPARTMENT = "department"
    DISPERSED = "dispersed"
    OWN = "own"


STEPS: dict[NeedState, frozenset[NeedState]] = {
    NeedState.REQUESTED: frozenset({NeedState.DECIDED, NeedState.MET, NeedState.CANCELLED}),
    NeedState.DECIDED: frozenset({NeedState.REQUESTED, NeedState.ACCEPTED, NeedState.CANCELLED}),
    NeedState.ACCEPTED: frozenset(),
    NeedState.MET: frozenset({NeedState.REQUESTED}),  # once its handover note is cancelled
    NeedState.CANCELLED: frozenset(),
}


class AssetNeed(Scoped):
    """Quantities in pieces, prices in fen a piece. What is derived is written by the step that says it."""

    __tablename__ = "asset_need"
    __table_args__ = (
        living("asset_need", "number", unique=True),
        living("asset_need", "state", "number"),
        living("asset_need", "needed_on"),
    )
    naming = Naming(number="number", label="name", search=("number", "name", "reason"), through=("unit_id", "staff_id"))
    number: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(120))
    class_code: Mapped[str] = mapped_column(sa.String(9), info={"class_code": True})
    class_edition: Mapped[str] = mapped_column(sa.String(8), default="2022", info={"hidden": True})
    model: Mapped[str | None] = mapped_column(sa.String(160))
    quantity: Mapped[int] = mapped_column(default=1, info={"least": 1})
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    unit_price: Mapped[int | None] = mapped_column(Fen)
    unit_id: Mapped[UUID | None] = reference("organization.id")
    staff_id: Mapped[UUID | None] = reference("staff.id")
    needed_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    state: Mapped[NeedState] = mapped_column(default=NeedState.REQUESTED, info=DERIVED)
    source: Mapped[Source | None] = mapped_column(info=DERIVED)
    decision: Mapped[str | None] = mapped_column(sa.String(120), info=DERIVED)
    decided_on: Mapped[date | None] = mapped_column(info=DERIVED)
    not_idle: Mapped[str | None] = mapped_column(sa.String(200), info=DERIVED)
    procurement: Mapped[Procurement | None] = mapped_column(info=DERIVED)
    supplier: Mapped[str | None] = mapped_column(sa.String(120), info=DERIVED)
    contract: Mapped[str | None] = mapped_column(sa.String(60), info=DERIVED)
    invoice: Mapped[str | None] = mapped_column(sa.String(60), info=DERIVED)
    price: Mapped[int | None] = mapped_column(Fen, info=DERIVED)
    handover_id: Mapped[UUID | None] = reference("handover.id", info=DERIVED)
    accepted_on: Mapped[date | None] = mapped_column(info=DERIVED)
    accepted: Mapped[int | None] = mapped_column(info=DERIVED)
    rejected: Mapped[int | None] = mapped_column(info=DERIVED)
    rejected_why: Mapped[str | None] = mapped_column(sa.String(200), info=DERIVED)
    accepted_by_id: Mapped[UUID | None] = reference("staff.id", info=DERIVED)
    second_by_id: Mapped[UUID | None] = reference("staff.id", info=DERIVED)
    note: Mapped[str | None] = mapped_column(sa.Text)

    def step(self, state: NeedState) -> bool:
        """Takes a step of `STEPS`; False when it leads nowhere from here, and nothing changed."""
        if state not in STEPS[self.state]:
            return False
        self.state = state
        return True


class NeedCard(Scoped):
    """One card that was made from an acceptance, or one idle asset that met a need."""

    __tablename__ = "need_card"
    __table_args__ = (living("need_card", "asset_need_id", "position"),)
    naming = Naming(number="position", label="position", within="asset_need_id")
    asset_need_id: Mapped[UUID] = reference("asset_need.id")
    asset_id: Mapped[UUID] = reference("asset.id")
    position: Mapped[int]
