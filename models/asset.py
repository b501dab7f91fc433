"""A thing the office owns, keeps in one compound and answers for: the asset card."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Naming, Registered, Scoped, living, reference


class Acquisition(enum.StrEnum):
    """How it came (取得方式, Decree 738 art. 2, 9 and 11)."""

    PURCHASE = "purchase"
    BUILT = "built"
    ALLOCATED = "allocated"
    EXCHANGE = "exchange"
    DONATED = "donated"
    SURPLUS = "surplus"
    OTHER = "other"


class AssetStatus(enum.StrEnum):
    """How it is used (使用状况)."""

    IN_USE = "in_use"
    IDLE = "idle"
    REPAIR = "repair"
    LENT = "lent"
    LEASED = "leased"
    TO_DISPOSE = "to_dispose"
    DISPOSED = "disposed"


class Asset(Registered, Scoped):
    """One card. `cost` is the original value 原值, `net_value` what the source register said, in fen.

    What a register says in words and nothing here matches stays in `place_text`, `unit_text`, `keeper_text` and
    `class_text`; columns that nobody understood are kept in `extra`.
    """

    __tablename__ = "asset"
    __table_args__ = (
        living("asset", "number", unique=True),
        living("asset", "name"),
        living("asset", "cost"),
        living("asset", "acquired_on"),
        living("asset", "status", "name"),
        living("asset", "class_code", "name"),
    )
    naming = Naming(
        number="number",
        label="name",
        search=("number", "name", "model", "serial", "place_text", "keeper_text"),
        through=("keeper_id", "unit_id", "room_id", "building_id", "compound_id"),
    )
    number: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(120))
    class_code: Mapped[str | None] = mapped_column(sa.String(9), info={"class_code": True})
    class_edition: Mapped[str | None] = mapped_column(sa.String(8), info={"hidden": True})
    class_text: Mapped[str | None] = mapped_column(sa.String(120))
    brand: Mapped[str | None] = mapped_column(sa.String(80))
    model: Mapped[str | None] = mapped_column(sa.String(160))
    serial: Mapped[str | None] = mapped_column(sa.String(80))
    quantity: Mapped[int] = mapped_column(default=1, info={"least": 1})
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    cost: Mapped[int | None] = mapped_column(Fen)
    net_value: Mapped[int | None] = mapped_column(Fen)
    acquired_on: Mapped[date | None]
    acquisition: Mapped[Acquisition | None]
    voucher: Mapped[str | None] = mapped_column(sa.String(60))
    status: Mapped[AssetStatus] = mapped_column(default=AssetStatus.IN_USE)
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    place_text: Mapped[str | None] = mapped_column(sa.String(200))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    unit_text: Mapped[str | None] = mapped_column(sa.String(120))
    keeper_id: Mapped[UUID | None] = reference("staff.id")
    keeper_text: Mapped[str | None] = mapped_column(sa.String(80))
    note: Mapped[str | None] = mapped_column(sa.Text)

    def hand_to(self, keeper: UUID, unit: UUID | None, room: UUID | None, building: UUID | None) -> None:
        """It changes hands; unit and room are only changed when new ones are named."""
        self.keeper_id, self.keeper_text = keeper, None
        if unit:
            self.unit_id, self.unit_text = unit, None
        if room:
            self.room_id, self.building_id, self.place_text = room, building, None
