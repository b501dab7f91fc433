"""A thing the office owns, keeps in one compound and answers for: the asset card."""

from __future__ import annotations

import enum
from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Fen, Naming, Registered, Scoped, living, reference


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


BY_DOCUMENT = frozenset({AssetStatus.LENT, AssetStatus.LEASED, AssetStatus.TO_DISPOSE, AssetStatus.DISPOSED})


class ValueKind(enum.StrEnum):
    """What the original value rests on (价值类型; Decree 738 art. 32). A nominal value is 1 yuan."""

    COST = "cost"
    PROVISIONAL = "provisional"
    APPRAISED = "appraised"
    NOMINAL = "nominal"


class Depreciation(enum.StrEnum):
    """Whether it is depreciated (政府会计准则第3号应用指南)."""

    STRAIGHT_LINE = "straight_line"
    NONE = "none"


class Ownership(enum.StrEnum):
    """Whose it is (权属性质)."""

    STATE = "state"
    COLLECTIVE = "collective"
    PRIVATE = "private"
    OTHER = "other"


class Structure(enum.StrEnum):
    """How a building is built (建筑结构): its life depends on it."""

    STEEL = "steel"
    REINFORCED_CONCRETE = "reinforced_concrete"
    BRICK_CONCRETE = "brick_concrete"
    BRICK_TIMBER = "brick_timber"
    SIMPLE = "simple"


class Asset(Registered, Scoped):
    """One card. `cost` is the original value 原值, `net_value` what the source register said, in fen.

    `entered_on` is the day it came into the books (入账日期): depreciation begins in its month, or where it is not
    known in that of `acquired_on`; `life_months` is fixed once set, and of a second-hand thing what is left of it.
    `prior_accumulated` (fen) was taken before that month, by who had it then. A transfer to another compound sets
    `moved_on` and opens a card there with the same number that names this one as its `predecessor_id`. `status` is
    written by the document that is open for it (`BY_DOCUMENT`), the rest by people.

    What a register says in words and nothing here matches stays in `place_text`, `unit_text`, `keeper_text` and
    `class_text`; columns that nobody understood are kept in `extra`.
    """

    __tablename__ = "asset"
    moves: ClassVar[bool] = True
    __table_args__ = (
        living("asset", "number", unique=True, moves=True),
        living("asset", "number", moves=True),
        living("asset", "name", moves=True),
        living("asset", "cost", moves=True),
        living("asset", "acquired_on", moves=True),
        living("asset", "status", "name", moves=True),
        living("asset", "class_code", "name", moves=True),
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
    value_kind: Mapped[ValueKind | None]
    entered_on: Mapped[date | None]
    in_service_on: Mapped[date | None]
    depreciation: Mapped[Depreciation | None]
    life_months: Mapped[int | None] = mapped_column(info={"least": 1})
    prior_accumulated: Mapped[int | None] = mapped_column(Fen)
    funding: Mapped[str | None] = mapped_column(sa.String(60))
    supplier: Mapped[str | None] = mapped_column(sa.String(120))
    invoice: Mapped[str | None] = mapped_column(sa.String(60))
    contract: Mapped[str | None] = mapped_column(sa.String(60))
    warranty_until: Mapped[date | None]
    ownership: Mapped[Ownership | None]
    certificate: Mapped[str | None] = mapped_column(sa.String(80))
    structure: Mapped[Structure | None]
    floor_area: Mapped[int | None] = mapped_column(Area)
    plate: Mapped[str | None] = mapped_column(sa.String(20))
    chassis: Mapped[str | None] = mapped_column(sa.String(40))
    engine: Mapped[str | None] = mapped_column(sa.String(40))
    shared: Mapped[bool] = mapped_column(default=False)
    status: Mapped[AssetStatus] = mapped_column(default=AssetStatus.IN_USE)
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    place_text: Mapped[str | None] = mapped_column(sa.String(200))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    unit_text: Mapped[str | None] = mapped_column(sa.String(120))
    keeper_id: Mapped[UUID | None] = reference("staff.id")
    keeper_text: Mapped[str | None] = mapped_column(sa.String(80))
    part_of_id: Mapped[UUID | None] = reference("asset.id", info={"derived": True})
    predecessor_id: Mapped[UUID | None] = reference("asset.id", info={"hidden": True})
    moved_on: Mapped[date | None] = mapped_column(info={"hidden": True})
    disposed_on: Mapped[date | None] = mapped_column(info={"derived": True})
    note: Mapped[str | None] = mapped_column(sa.Text)

    def hand_to(self, keeper: UUID, unit: UUID | None, room: UUID | None, building: UUID | None) -> None:
        """It changes hands; unit and room are only changed when new ones are named."""
        self.keeper_id, self.keeper_text = keeper, None
        if unit:
            self.unit_id, self.unit_text = unit, None
        if room:
            self.room_id, self.building_id, self.place_text = room, building, None
