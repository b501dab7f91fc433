"""The certificate an inspection body gave a thing: it holds until a day, and the next inspection comes before."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference
from models.periodic_work import PERIODIC


class Verdict(enum.StrEnum):
    """What an inspection found (检验结论)."""

    PASSED = "passed"
    RECHECK = "recheck"
    FAILED = "failed"


class Inspection(Scoped):
    """A certificate of an asset, building or compound by the rule it was asked for; only one that `passed` counts."""

    __tablename__ = "inspection"
    __table_args__ = (living("inspection", "number", unique=True), living("inspection", "valid_until"))
    naming = Naming(number="number", label="number", search=("number", "issuer"), through=("asset_id", "building_id"))
    number: Mapped[str] = mapped_column(sa.String(60))
    rule: Mapped[str] = mapped_column(sa.String(24), info=PERIODIC)
    asset_id: Mapped[UUID | None] = reference("asset.id")
    building_id: Mapped[UUID | None] = reference("building.id")
    inspected_on: Mapped[date]
    valid_until: Mapped[date]
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.PASSED)
    issuer: Mapped[str | None] = mapped_column(sa.String(120))
    note: Mapped[str | None] = mapped_column(sa.Text)
