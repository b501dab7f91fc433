"""Certificates of people: kinds as shipped data, what is held, and the re-checks that keep it valid."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Registered, Scoped, living, reference
from models.beside import Reference
from resources.words import N_

KINDS = {"codes": ("certificate_kinds.csv", "code", "certificate_kind.code")}  # shipped: a new kind is a new line
TRADES = {"codes": ("trade_certificates.csv", "trade", "trade_certificate.trade")}
CATEGORIES = {"codes": ("certificate_kinds.csv", "category", "certificate_kind.category")}


class CertificateKind(Reference):
    """A kind of certificate from a day on (shipped): how long it is valid, how often it is re-checked (both in months,
    empty for ever and never), how many hours the re-check asks for, how many days before the end one applies."""

    __tablename__ = "certificate_kind"
    n: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(24), info=KINDS)
    category: Mapped[str] = mapped_column(sa.String(24), info=CATEGORIES)
    name: Mapped[str] = mapped_column(sa.String(80))
    short: Mapped[str] = mapped_column(sa.String(24))
    issuer: Mapped[str] = mapped_column(sa.String(80))
    valid_months: Mapped[int | None]
    recheck_months: Mapped[int | None]
    recheck_hours: Mapped[int | None]
    apply_days: Mapped[int | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(160))
    __table_args__ = (sa.UniqueConstraint("code", "from_on"),)


class TradeCertificate(Reference):
    """A certificate a trade of work asks for, from a day on (shipped); one of those of the same `alternative` will
    do."""

    __tablename__ = "trade_certificate"
    n: Mapped[int] = mapped_column(primary_key=True)
    trade: Mapped[str] = mapped_column(sa.String(24), info=TRADES)
    word: Mapped[str] = mapped_column(sa.String(60))
    certificate_kind: Mapped[str] = mapped_column(sa.String(24), info=KINDS)
    alternative: Mapped[str] = mapped_column(sa.String(24))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(160))
    __table_args__ = (sa.UniqueConstraint("trade", "certificate_kind", "from_on"),)


class Certificate(Registered, Scoped):
    """What somebody holds. Its status follows from the day: nothing of it is stored.

    `number` is the office's own; `paper_no` what the paper says, which several papers of one person may share, and a
    renewed one keeps. `valid_until` is the last day by the paper, empty for ever. `revoked_on`: withdrawn by its
    issuer, from that day on.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        living("certificate", "number", unique=True),
        living("certificate", "paper_no"),
        living("certificate", "staff_id", "kind"),
        living("certificate", "valid_until"),
        living("certificate", "kind", "valid_until"),
    )
    naming = Naming(number="number", label="paper_no", search=("number", "paper_no", "issuer"), through=("staff_id",))
    number: Mapped[str] = mapped_column(sa.String(40))
    staff_id: Mapped[UUID] = reference("staff.id")
    kind: Mapped[str] = mapped_column(sa.String(24), info=KINDS)
    paper_no: Mapped[str] = mapped_column(sa.String(60))
    level: Mapped[str | None] = mapped_column(sa.String(40))
    issuer: Mapped[str | None] = mapped_column(sa.String(120))
    issued_on: Mapped[date]
    valid_until: Mapped[date | None] = mapped_column(info={"empty": N_("For ever")})
    renews_id: Mapped[UUID | None] = reference("certificate.id", info={"derived": True})
    revoked_on: Mapped[date | None] = mapped_column(info={"derived": True})
    revoked_why: Mapped[str | None] = mapped_column(sa.String(200), info={"derived": True})
    note: Mapped[str | None] = mapped_column(sa.String(200))


class CertificateRecheck(Scoped):
    """A re-check of a certificate (复审): passed, it holds until the next one is due."""

    __tablename__ = "certificate_recheck"
    __table_args__ = (living("certificate_recheck", "certificate_id", "on"),)
    naming = Naming(number="on", label="on", within="certificate_id", through=("certificate_id",))
    certificate_id: Mapped[UUID] = reference("certificate.id")
    on: Mapped[date]
    passed: Mapped[bool] = mapped_column(default=True)
    hours: Mapped[int | None] = mapped_column(info={"least": 0})
    paper: Mapped[str | None] = mapped_column(sa.String(80))
