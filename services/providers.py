"""Companies and own service units that work for the office, and whether their licences hold on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.provider import Provider, ProviderLicence, ProviderLicenceRule
from models.work_rules import WORK_TRADES
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.intent import query
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, takes
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


@dataclass(frozen=True)
class Fit:
    """Whether work may be given to a firm, or to somebody of the office's own, and the licence that is missing."""

    ok: bool
    licence: str = ""
    firm_only: bool = False


@query(N_("May a firm do this work on this day"), on=Provider, name="providers.may_do")
def may_do(session: Session, trade: str, on: date, provider_id: UUID | None = None) -> Fit:
    """Whether the firm holds every licence the trade takes on the day; without a firm, whether somebody of the office's
    own may do it."""
    for rule in _rules(session, trade, on):
        if provider_id is None:
            if not rule.own_staff:
                return Fit(False, rule.code, firm_only=True)
        elif not _licensed(session, provider_id, rule.code, on):
            return Fit(False, rule.code)
    return Fit(True)


_ON = FieldSpec("provider", "on", Kind.DATE, True)
_TRADE = FieldSpec("provider", "trade", Kind.CHOICE, True, choices=resources.codes(*WORK_TRADES["codes"][:2]),
                   shared="work_trade.code")  # fmt: skip
takes("providers.may_do", (
    _TRADE, _ON, FieldSpec("provider", "provider_id", Kind.REFERENCE, target="provider"),
))  # fmt: skip


def lacking(session: Session, trade: str, on: date, firms: Sequence[UUID]) -> dict[UUID, list[Word]]:
    """The licences each of these firms lacks for work of a trade on a day, by their words; two selects for all."""
    rules = [rule.code for rule in _rules(session, trade, on)]
    row = ProviderLicence
    holds = sa.select(row.provider_id, row.licence).where(row.licence.in_(rules), row.provider_id.in_(firms), *_on(on))
    held = {(firm, code) for firm, code in session.execute(holds)} if rules else set()
    return {
        firm: [Word(f"provider_licence_rule.code={code}") for code in rules if (firm, code) not in held]
        for firm in firms
    }


def _rules(session: Session, trade: str, on: date) -> list[ProviderLicenceRule]:
    found = sa.select(ProviderLicenceRule).where(
        ProviderLicenceRule.trade == trade, ProviderLicenceRule.from_on <= on,
        sa.or_(ProviderLicenceRule.until_on.is_(None), ProviderLicenceRule.until_on >= on),
    )  # fmt: skip
    return list(session.scalars(found))


def _licensed(session: Session, provider_id: UUID, licence: str, on: date) -> bool:
    found = sa.select(ProviderLicence.id).where(
        ProviderLicence.provider_id == provider_id, ProviderLicence.licence == licence, *_on(on)
    )
    return session.scalars(found).first() is not None


def _on(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    """The licences that hold on a day."""
    row = ProviderLicence
    return (
        row.issued_on <= on, sa.or_(row.valid_until.is_(None), row.valid_until >= on),
        sa.or_(row.revoked_on.is_(None), row.revoked_on > on),
    )  # fmt: skip
