"""Companies and own service units that work for the office, and whether their licences hold on a day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.provider import Provider, ProviderLicence, ProviderLicenceRule
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.listing import Listing, listing
from services.desk.work import Work
from services.records import records

CREDIT_CODE = 18
WRONG_CODE = N_("A unified social credit code has 18 characters; this one has {n}")
ENDS_BEFORE = N_("It ends before it begins")


def _provider(work: Work, row: Provider, given: dict[str, Any]) -> None:
    """GB 32100-2015: 18 characters."""
    if row.credit_code and len(row.credit_code) != CREDIT_CODE:
        raise Invalid(WRONG_CODE, field=Word("provider.credit_code"), n=len(row.credit_code))


def _licence(work: Work, row: ProviderLicence, given: dict[str, Any]) -> None:
    for name in ("valid_until", "revoked_on"):
        if (day := getattr(row, name)) and day < row.issued_on:
            raise Invalid(ENDS_BEFORE, field=Word(f"provider_licence.{name}"))


PROVIDERS = records("providers", Provider, sorts=("number", "name"), series="FW", settle=_provider)
LICENCES = records("provider_licences", ProviderLicence, sorts=("valid_until",), settle=_licence)
RULES = listing(Listing("provider_licence_rules", ProviderLicenceRule, ("trade",), words=("word", "source")))


def rules_of(session: Session, trade: str, on: date) -> list[ProviderLicenceRule]:
    """The licences work of a trade takes on a day."""
    found = sa.select(ProviderLicenceRule).where(
        ProviderLicenceRule.trade == trade, ProviderLicenceRule.from_on <= on,
        sa.or_(ProviderLicenceRule.until_on.is_(None), ProviderLicenceRule.until_on >= on),
    )  # fmt: skip
    return list(session.scalars(found))


def licensed(session: Session, provider_id: UUID, licence: str, on: date) -> bool:
    """Whether a firm holds a licence on a day: issued, not over and not withdrawn."""
    found = sa.select(ProviderLicence.id).where(
        ProviderLicence.provider_id == provider_id, ProviderLicence.licence == licence, ProviderLicence.issued_on <= on,
        sa.or_(ProviderLicence.valid_until.is_(None), ProviderLicence.valid_until >= on),
        sa.or_(ProviderLicence.revoked_on.is_(None), ProviderLicence.revoked_on > on),
    )  # fmt: skip
    return session.scalars(found).first() is not None
