"""Certificates of people: entered, renewed, re-checked, withdrawn by their issuer. How one stands follows from the day
(`certificate_state`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.certificate import Certificate, CertificateRecheck
from models.staff import Staff
from resources.words import N_, Word
from services import certificate_arrivals, checks
from services.certificate_rules import ORDER, SAME, followed, held_already, without_identity
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import Records

RENEWED = N_("{number} was renewed already, by {other}")
REVOKED = N_("{number} was withdrawn on {date}; a new one is entered by itself")
NOT_LATER = N_("{number} was issued on {date}; what renews it is issued later")
ONE_NUMBER = N_("One number is of one certificate: leave it empty, each keeps its own")
CHECKED = N_("{number} has a re-check of {date} already: remove that first")
NONE = N_("Mark the certificates first")
AHEAD = N_("“{field}” {date} lies ahead")
OTHER = N_("A certificate belongs to one person: remove it and enter it with the other")


def settle(work: Work, row: Certificate, given: dict[str, Any]) -> None:
    """The rules of a certificate that is entered or revised: its days in order, its kind still issued, not held twice;
    of a new one what the rules say of its end and its issuer, where the paper's were not typed."""
    row.paper_no = without_identity(row.paper_no)
    person = work.get(Staff, row.staff_id)
    if row.rid and "staff_id" in given and row.compound_id != person.compound_id:
        raise Conflict(OTHER)
    values = {name: getattr(row, name) for name in ("kind", "issued_on", "valid_until", "issuer", "revoked_on")}
    for name, value in followed(work, values, new=not row.rid).items():
        setattr(row, name, value)
    with work.session.no_autoflush:
        if number := work.session.scalar(held_already(row.staff_id, row.kind, row.issued_on, but=row.id)):
            raise Conflict(SAME, name=person.name, date=row.issued_on, number=number)


def _part(work: Work, row: Certificate) -> None:
    """Its re-checks go with it."""
    for check in work.session.scalars(sa.select(CertificateRecheck).where(CertificateRecheck.certificate_id == row.id)):
        work.remove(check)


class Certificates(Records):
    """A certificate lies in the home compound of its person; nobody is asked for it."""

    def add(self, work: Work, **values: Any) -> UUID:
        """A new certificate of a person; its id."""
        person = checks.checked(self.fields["staff_id"], values.get("staff_id"))
        return super().add(work, **values | {"compound_id": work.get(Staff, person).compound_id})


CERTIFICATES = Certificates(
    "certificates", Certificate, "ZS", settle, Listing("certificates", Certificate, ("number", "valid_until")), _part,
    certificate_arrivals.arriving, certificate_arrivals.arrived,
)  # fmt: skip
takes("certificates.add", tuple(spec for name, spec in CERTIFICATES.fields.items() if name != "compound_id"))
RECHECKS = listing(Listing("certificate_rechecks", CertificateRecheck, ("on",)))
FIELDS = describe(Certificate)
MANY = FieldSpec("certificate", "certificate_ids", Kind.REFERENCE, True, target="certificate", many=True)


@intent(N_("Renew certificates"), on=Certificate, name="certificates.renew")
def renew(
    work: Work, certificate_ids: Sequence[UUID], issued_on: date, *, valid_until: date | None = None,
    paper_no: str | None = None, issuer: str | None = None, level: str | None = None, note: str | None = None,
) -> list[UUID]:  # fmt: skip
    """New papers in the place of old ones, which stay: one or many at once; their ids. Without a last day each holds as
    long as its kind says; without a number, issuer or level it keeps that of the old one. Conflict: one was renewed
    before, or withdrawn."""
    old = _all(work, certificate_ids)
    if paper_no and len(old) > 1:
        raise Invalid(ONE_NUMBER, field=Word("certificate.paper_no"))
    made, numbers = list[UUID](), work.numbers("ZS", len(old))
    for before in old:
        _renewable(work, before, issued_on)
        given = {
            "paper_no": paper_no,
            "issuer": issuer,
            "level": level,
            "note": note,
            "valid_until": valid_until,
            "issued_on": issued_on,
        }
        given = {name: checks.checked(replace(FIELDS[name], required=False), value) for name, value in given.items()}
        row = Certificate(
            compound_id=before.compound_id, staff_id=before.staff_id, kind=before.kind, number=next(numbers),
            renews_id=before.id, **{name: given[name] for name in ("issued_on", "valid_until", "note")},
            **{name: given[name] or getattr(before, name) for name in ("paper_no", "issuer", "level")},
        )  # fmt: skip
        settle(work, row, {})
        made.append(work.add(row).id)
    return made


takes("certificates.renew", (
    MANY, FIELDS["issued_on"], *(replace(FIELDS[name], required=False)
                                 for name in ("valid_until", "paper_no", "issuer", "level", "note")),
))  # fmt: skip


@intent(N_("Record re-check"), on=CertificateRecheck, name="certificates.recheck")
def recheck(
    work: Work, certificate_ids: Sequence[UUID], on: date, passed: bool = True, hours: int | None = None,
    paper: str | None = None,
) -> list[UUID]:  # fmt: skip
    """What a re-check of one or many came to, `hours` of training before it; their ids. Invalid: it lies ahead, or
    before the certificate was issued. Conflict: one is entered for that day, or it was withdrawn before."""
    if on > work.today:
        raise Invalid(AHEAD, field=Word("certificate_recheck.on"), date=on)
    specs, made = describe(CertificateRecheck), list[UUID]()
    given = {"passed": passed, "hours": hours, "paper": paper}
    checked = {name: checks.checked(specs[name], value) for name, value in given.items()}
    for row in _all(work, certificate_ids):
        if on < row.issued_on:
            raise Invalid(ORDER, field=Word("certificate_recheck.on"), date=on, issued=row.issued_on)
        if row.revoked_on and row.revoked_on <= on:
            raise Conflict(REVOKED, number=row.number, date=row.revoked_on)
        same = (CertificateRecheck.certificate_id == row.id, CertificateRecheck.on == on)
        if work.session.scalar(sa.select(CertificateRecheck.id).where(*same).limit(1)):
            raise Conflict(CHECKED, number=row.number, date=on)
        check = CertificateRecheck(compound_id=row.compound_id, certificate_id=row.id, on=on, **checked)
        made.append(work.add(check).id)
    return made


takes("certificates.recheck", (MANY, *(describe(CertificateRecheck)[n] for n in ("on", "passed", "hours", "paper"))))


@intent(N_("Record that a certificate was withdrawn"), on=Certificate, name="certificates.revoke")
def revoke(work: Work, certificate_id: UUID, revoked_on: date, revoked_why: str) -> None:
    """From that day on it does not hold. Invalid: the day lies ahead, or before it was issued."""
    row = work.get(Certificate, certificate_id)
    if row.revoked_on:
        raise Conflict(REVOKED, number=row.number, date=row.revoked_on)
    if revoked_on > work.today:
        raise Invalid(AHEAD, field=Word("certificate.revoked_on"), date=revoked_on)
    if revoked_on < row.issued_on:
        raise Invalid(ORDER, field=Word("certificate.revoked_on"), date=revoked_on, issued=row.issued_on)
    row.revoked_why = checks.checked(replace(FIELDS["revoked_why"], required=True), revoked_why)
    row.revoked_on = revoked_on


@intent(N_("Take back that a certificate was withdrawn"), on=Certificate, name="certificates.restore")
def restore(work: Work, certificate_id: UUID) -> None:
    """It was not, or its issuer gave it back."""
    row = work.get(Certificate, certificate_id)
    row.revoked_on = row.revoked_why = None


@intent(N_("Remove re-check"), on=CertificateRecheck, name="certificates.remove_recheck")
def remove_recheck(work: Work, certificate_recheck_id: UUID) -> None:
    """Entered by mistake."""
    work.remove(work.get(CertificateRecheck, certificate_recheck_id))


def _all(work: Work, ids: Sequence[UUID]) -> list[Certificate]:
    if not ids:
        raise Invalid(NONE)
    return [work.get(Certificate, id) for id in dict.fromkeys(ids)]


def _renewable(work: Work, before: Certificate, issued_on: date) -> None:
    if before.revoked_on:
        raise Conflict(REVOKED, number=before.number, date=before.revoked_on)
    if other := work.session.scalar(sa.select(Certificate.number).where(Certificate.renews_id == before.id).limit(1)):
        raise Conflict(RENEWED, number=before.number, other=other)
    if issued_on <= before.issued_on:
        raise Invalid(NOT_LATER, number=before.number, date=before.issued_on)
