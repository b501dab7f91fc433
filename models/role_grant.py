"""What an account may do: a role, in one compound or in all, from a day until a day."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living, reference
from resources.words import N_


class Role(enum.StrEnum):
    """Business roles, and the three officers of the separation of powers (三员管理, GB/T 22239-2019, 8.1.5): the system
    administrator, the security administrator and the auditor. `resources/reference/roles.json` says what each may."""

    COMPOUND_ADMINISTRATOR = "compound_administrator"
    MAINTENANCE_SUPERVISOR = "maintenance_supervisor"
    TECHNICIAN = "technician"
    TRAINING_OFFICER = "training_officer"
    CONTRACT_CLERK = "contract_clerk"
    SETTLEMENT_CLERK = "settlement_clerk"
    VIEWER = "viewer"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


OFFICERS = (Role.SYSTEM, Role.SECURITY, Role.AUDIT)


class RoleGrant(Entity):
    """Without a compound it holds in all of them. A grant is ended, never removed: who might do what stays known."""

    __tablename__ = "role_grant"
    __table_args__ = (living("role_grant", "number", unique=True),)
    naming = Naming(number="number", label="number")
    number: Mapped[str] = mapped_column(sa.String(40))
    account_id: Mapped[UUID] = reference("account.id")
    role: Mapped[Role]
    compound_id: Mapped[UUID | None] = reference("compound.id", info={"empty": N_("All compounds")})
    from_on: Mapped[date]
    until_on: Mapped[date | None]
