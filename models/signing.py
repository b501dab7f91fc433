"""Who may sign papers of this office by key: its root certificates, requests, certificates, and what they signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, Shared, living, reference

HIDDEN = {"hidden": True}


class SigningRoot(Entity):
    """The office's own certificate, with which signers' certificates are issued: the public part alone. The newest one
    is used; those before stay good for what was issued with them. `fingerprint` is SHA-256 (hex) of the certificate."""

    __tablename__ = "signing_root"
    __table_args__ = (living("signing_root", "number", unique=True),)
    naming = Naming(number="number", label="name", search=("number", "name", "fingerprint"))
    number: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(160))
    from_on: Mapped[date]
    until_on: Mapped[date]
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    certificate: Mapped[str] = mapped_column(sa.Text, info=HIDDEN)  # PEM


class SigningRequest(Entity):
    """An account asks for a certificate over a key of its own; the key is not here (`models.beside.SigningKey`)."""

    __tablename__ = "signing_request"
    owned: ClassVar[str] = "account"
    __table_args__ = (living("signing_request", "number", unique=True),)
    naming = Naming(number="number", label="person", search=("number", "account", "person", "post", "unit"))
    number: Mapped[str] = mapped_column(sa.String(60))
    account: Mapped[str] = mapped_column(sa.String(40))
    person: Mapped[str] = mapped_column(sa.String(80))
    post: Mapped[str] = mapped_column(sa.String(80))
    unit: Mapped[str] = mapped_column(sa.String(120))
    asked_at: Mapped[datetime]
    public_key: Mapped[str] = mapped_column(sa.Text, info=HIDDEN)  # PEM


class SigningCertificate(Entity):
    """What the office vouches for: this key is this person's, in this post and unit, from the moment of issue to the
    end of a day. From `revoked_on` on it signs nothing. `fingerprint` is SHA-256 (hex) of the certificate."""

    __tablename__ = "signing_certificate"
    __table_args__ = (
        living("signing_certificate", "number", unique=True),
        living("signing_certificate", "fingerprint"),
        living("signing_certificate", "account"),
    )
    naming = Naming(number="number", label="person", search=("number", "account", "person", "post", "unit"))
    number: Mapped[str] = mapped_column(sa.String(60))
    account: Mapped[str] = mapped_column(sa.String(40))
    person: Mapped[str] = mapped_column(sa.String(80))
    post: Mapped[str] = mapped_column(sa.String(80))
    unit: Mapped[str] = mapped_column(sa.String(120))
    issued_at: Mapped[datetime]
    until_on: Mapped[date]
    revoked_on: Mapped[date | None]
    revoked_because: Mapped[str | None] = mapped_column(sa.String(200))
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    signing_request_id: Mapped[UUID] = reference("signing_request.id")
    signing_root_id: Mapped[UUID] = reference("signing_root.id")
    certificate: Mapped[str] = mapped_column(sa.Text, info=HIDDEN)  # PEM


class DocumentSignature(Shared):
    """One signature on an issued paper, the `position`-th; `sha256` (hex) names the bytes of the paper with it and all
    before it. Who signed stands here as it stood in the certificate."""

    open = False
    __tablename__ = "document_signature"
    __table_args__ = (living("document_signature", "document_id", "position", unique=True),)
    naming = Naming(number="number", label="person", within="document_id", search=("number", "person"))
    document_id: Mapped[UUID] = reference("document.id")
    number: Mapped[str] = mapped_column(sa.String(60))  # of the paper
    position: Mapped[int]
    person: Mapped[str] = mapped_column(sa.String(80))
    post: Mapped[str] = mapped_column(sa.String(80))
    unit: Mapped[str] = mapped_column(sa.String(120))
    signing_certificate_id: Mapped[UUID] = reference("signing_certificate.id")
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    signed_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
