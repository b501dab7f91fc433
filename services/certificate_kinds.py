"""Kinds of certificate, and what a trade of work asks for: shipped rows, by date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.certificate import CertificateKind, TradeCertificate
from services.desk.listing import Listing, listing

KINDS = listing(Listing("certificate_kinds", CertificateKind, ("category",), words=("name", "short", "issuer")))
TRADES = listing(Listing("trade_certificates", TradeCertificate, ("trade",), words=("word", "source")))


class Kinds:
    """The kinds there are, in the order of the file."""

    def __init__(self, rows: Sequence[CertificateKind]) -> None:
        self.rows = rows
        self.by_code = dict[str, list[CertificateKind]]()
        for row in sorted(rows, key=_from):
            self.by_code.setdefault(row.code, []).append(row)
        self.codes = tuple(dict.fromkeys(row.code for row in rows))
        self.order = {code: at for at, code in enumerate(self.codes)}

    def of(self, code: str, on: date) -> CertificateKind | None:
        """The row of a kind on the day a certificate was issued: the newest that had begun, or before the first of
        them that. None: no kind goes by this code."""
        rows = self.by_code.get(code, ())
        if len(rows) == 1:
            return rows[0]
        return next((row for row in reversed(rows) if row.from_on <= on), rows[0] if rows else None)


def kinds(session: Session) -> Kinds:
    """As shipped; read once in a session, for many certificates ask."""
    if Kinds not in session.info:
        with session.no_autoflush:
            rows = session.scalars(sa.select(CertificateKind).order_by(CertificateKind.n)).all()
        session.info[Kinds] = Kinds(rows)
    return cast("Kinds", session.info[Kinds])


def steps() -> tuple[int, ...]:
    """How many days before its end a certificate is warned of."""
    return tuple(cast("list[int]", resources.settings("certificate_rules")["warn_days"]["value"]))


def trades(session: Session, on: date) -> dict[str, dict[str, tuple[str, ...]]]:
    """What each trade asks for on a day: trade -> alternative -> the kinds of which one will do."""
    found = dict[str, dict[str, tuple[str, ...]]]()
    ends = sa.or_(TradeCertificate.until_on.is_(None), TradeCertificate.until_on >= on)
    rows: Any = sa.select(TradeCertificate).where(TradeCertificate.from_on <= on, ends).order_by(TradeCertificate.n)
    for row in session.scalars(rows):
        groups = found.setdefault(row.trade, {})
        groups[row.alternative] = (*groups.get(row.alternative, ()), row.certificate_kind)
    return found


def _from(row: CertificateKind) -> date:
    return row.from_on
