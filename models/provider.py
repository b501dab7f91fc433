"""Who works for the office under a name of his own: companies and own service units, with their licences."""

from __future__ import annotations

import enum
from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, Registered, living, reference
from models.beside import Reference
from models.work_rules import WORK_TRADES

LICENCES = {"codes": ("provider_licences.csv", "code", "provider_licence_rule.code")}


class ProviderKind(enum.StrEnum):
    """A company from outside, or a service unit of the office's own (自有服务单位)."""

    COMPANY = "company"
    OWN_UNIT = "own_unit"


class ProviderLicenceRule(Reference):
    """A licence that work of a trade takes from a firm, from a day on (shipped). Without `own_staff` only a licensed
    firm may do it, and nobody of the office's own."""

    __tablename__ = "provider_licence_rule"
    n: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(24), info=LICENCES)
    word: Mapped[str] = mapped_column(sa.String(80))
    trade: Mapped[str] = mapped_column(sa.String(24), info=WORK_TRADES)
    own_staff: Mapped[bool]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(200))
    __table_args__ = (sa.UniqueConstraint("code", "trade", "from_on"),)


class Provider(Registered, Entity):
    """A company by its name and unified social credit code (统一社会信用代码); work is given to it until `ended_on`."""

    __tablename__ = "provider"
    __table_args__ = (living("provider", "number", unique=True), living("provider", "name"))
    naming = Naming(number="number", label="name", search=("number", "name", "credit_code"))
    ends: ClassVar[str] = "ended_on"
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[ProviderKind] = mapped_column(default=ProviderKind.COMPANY)
    credit_code: Mapped[str | None] = mapped_column(sa.String(18))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    contact: Mapped[str | None] = mapped_column(sa.String(80))
    phone: Mapped[str | None] = mapped_column(sa.String(40))
    duty_phone: Mapped[str | None] = mapped_column(sa.String(40))
    ended_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(sa.Text)


class ProviderLicence(Entity):
    """A licence a firm holds; whether it holds on a day follows from its days, and is never stored."""

    __tablename__ = "provider_licence"
    __table_args__ = (living("provider_licence", "provider_id", "valid_until"),)
    naming = Naming(number="paper_no", label="paper_no", within="provider_id", search=("paper_no", "scope_words"),
                    through=("provider_id",))  # fmt: skip
    provider_id: Mapped[UUID] = reference("provider.id")
    licence: Mapped[str] = mapped_column(sa.String(24), info=LICENCES)
    paper_no: Mapped[str] = mapped_column(sa.String(60))
    scope_words: Mapped[str | None] = mapped_column(sa.String(120))
    issuer: Mapped[str | None] = mapped_column(sa.String(80))
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    revoked_on: Mapped[date | None]
