"""Who uses a room, from when until when, by which paper."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Naming, Scoped, living, reference


class UnitLevel(enum.StrEnum):
    """Of which level the using organ is (发改投资〔2014〕2674号)."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Rank(enum.StrEnum):
    """The ranks the standard knows; which of them a level has, and how much room each may have, says the table
    `office_standard`."""

    MINISTER = "minister"
    VICE_MINISTER = "vice_minister"
    PROVINCE_CHIEF = "province_chief"
    PROVINCE_DEPUTY = "province_deputy"
    CITY_CHIEF = "city_chief"
    CITY_DEPUTY = "city_deputy"
    BUREAU_CHIEF = "bureau_chief"
    BUREAU_DEPUTY = "bureau_deputy"
    DIVISION_CHIEF = "division_chief"
    DIVISION_DEPUTY = "division_deputy"
    COUNTY_CHIEF = "county_chief"
    COUNTY_DEPUTY = "county_deputy"
    SECTION_CHIEF = "section_chief"
    SECTION_DEPUTY = "section_deputy"
    STAFF = "staff"


class Occupancy(Scoped):
    """One user of a room. `area` is the usable floor area that is his where a room is shared; empty, the users of the
    room share it in equal parts. `agreement` is the use agreement 使用协议, `certificate` the use certificate 使用凭证
    (党政机关办公用房管理办法, 2017). `decision` and `result` say what was decided about too large an office."""

    __tablename__ = "occupancy"
    __table_args__ = (
        living("occupancy", "number", unique=True),
        living("occupancy", "from_on"),
        living("occupancy", "until_on"),
    )
    naming = Naming(
        number="number", label="number", search=("number", "agreement", "certificate"),
        through=("room_id", "unit_id", "staff_id", "compound_id"),
    )  # fmt: skip
    number: Mapped[str] = mapped_column(sa.String(60))
    room_id: Mapped[UUID] = reference("room.id")
    unit_id: Mapped[UUID | None] = reference("organization.id")
    staff_id: Mapped[UUID | None] = reference("staff.id")
    level: Mapped[UnitLevel | None]
    rank: Mapped[Rank | None]
    area: Mapped[int | None] = mapped_column(Area)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    agreement: Mapped[str | None] = mapped_column(sa.String(80))
    agreement_until: Mapped[date | None]
    certificate: Mapped[str | None] = mapped_column(sa.String(80))
    certificate_until: Mapped[date | None]
    decision: Mapped[str | None] = mapped_column(sa.String(200))
    decided_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(sa.String(200))
    note: Mapped[str | None] = mapped_column(sa.Text)
