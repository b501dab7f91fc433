"""Who may sign by key: somebody asks with a key of his own, the security administrator issues and revokes certificates.

The key of a certificate is made where its holder sits and encrypted with a password only he knows; who issues never has
it. Electronic Signature Law of the PRC (2019) art. 13, 21; art. 15: a holder whose key may be known to others says so
at once and stops using it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy.orm import Session

from models.signing import SigningCertificate, SigningRequest, SigningRoot
from resources.words import N_, Word
from services import authority, signing_roots
from services.accounts import long_enough
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.signing_keys import new_key, public
from services.desk.work import Work

REQUESTS = listing(Listing("signing_requests", SigningRequest, ("number",), words=("number", "person")))
CERTIFICATES = listing(Listing("signing_certificates", SigningCertificate, ("number", "account")))
ASKED, ISSUED = "QS", "QZ"
KEPT = N_("A certificate is revoked, not taken back: papers may be signed with it already")
ASK_KEPT = N_("The key was made for this request alone; it does no harm until a certificate is issued")
DONE = N_("Request {number} was answered already, with certificate {certificate}")
ENDED = N_("Root certificate {number} ended on {day}; make a new one first")
NOT_OWN = N_("Nobody issues a certificate to himself; another security administrator must")
REVOKED = N_("Certificate {number} is revoked already, from {day}")
TODAY = N_("A certificate is revoked from the day of its issue to today, not from {day}")
NONE = N_("You have no valid signing certificate; ask for one under Signing certificates")
NEEDED = N_("Name, post and unit stand in the certificate; fill in each")


@intent(N_("Ask for signing certificate"), on=SigningRequest, name="signing_requests.ask", kept=ASK_KEPT)
def ask(work: Work, *, person: str, post: str, unit: str, signing_password: str) -> UUID:
    """Makes a key for who asks, encrypted with a password of its own, and asks for a certificate over it. Who forgets
    the password asks again: nobody else knows it, and it opens nothing else."""
    said = [" ".join(text.split()) for text in (person, post, unit)]
    if not all(said):
        raise Invalid(NEEDED)
    secret, key = long_enough(signing_password, "signing_request.signing_password"), new_key()
    row = SigningRequest(
        number="", account=work.actor, person=said[0][:80], post=said[1][:80],
        unit=said[2][:120], asked_at=work.now, public_key=public(key),
    )  # fmt: skip
    row.number = f"{ASKED}-{row.id.hex[-8:].upper()}"  # without a counter: whoever only reads asks too
    work.add(row)
    work.session.flush()
    work.keep_key(row.id, key, secret)
    return row.id


@intent(N_("Issue signing certificate"), on=SigningCertificate, name="signing_certificates.issue", kept=KEPT)
def issue(work: Work, *, signing_request_id: UUID, path: str, root_password: str) -> UUID:
    """A certificate for who asked, with the newest root: its key is read from the officer's file and forgotten. Who
    issues makes sure in person that the request is that person's."""
    asked = work.see("signing_request", signing_request_id)
    given = sa.select(SigningCertificate).where(SigningCertificate.signing_request_id == asked.id)
    if there := work.session.scalars(given).first():
        raise Conflict(DONE, number=asked.number, certificate=there.number)
    if asked.account == work.actor:
        raise Conflict(NOT_OWN)
    root, day = signing_roots.newest(work.session), authority.day_of(work.now)
    if day > root.until_on:
        raise Conflict(ENDED, number=root.number, day=root.until_on)
    by = authority.of_pem(root.pem)
    key = authority.root_key(signing_roots.readable(path), root_password, by, root.number, Path(path).name)
    until = min(authority.last_day(day, authority.years("signer", day)), root.until_on)
    whom = authority.Holder(asked.person, asked.post, asked.unit, work.office)
    own = load_pem_public_key(asked.public_key.encode())
    assert isinstance(own, EllipticCurvePublicKey)
    made = authority.issue(whom, own, by, key, work.now, until)
    row = SigningCertificate(
        number=next(work.numbers(ISSUED)), account=asked.account, person=asked.person, post=asked.post,
        unit=asked.unit, issued_at=work.now, until_on=until, fingerprint=authority.fingerprint(made),
        signing_request_id=asked.id, signing_root_id=root.id, certificate=authority.pem(made),
    )  # fmt: skip
    return work.add(row).id


@intent(N_("Revoke signing certificate"), on=SigningCertificate, name="signing_certificates.revoke", kept=KEPT)
def revoke(work: Work, *, signing_certificate_id: UUID, revoked_because: str, revoked_on: date | None = None) -> None:
    """From this day on, today when none is said, it signs nothing: what claims to be signed then counts for nothing.
    An earlier day is that from which others may have known the key."""
    row, today = work.get(SigningCertificate, signing_certificate_id), authority.day_of(work.now)
    day = revoked_on or today
    if row.revoked_on:
        raise Conflict(REVOKED, number=row.number, day=row.revoked_on)
    if not authority.day_of(row.issued_at) <= day <= today:
        raise Invalid(TODAY, field=Word("signing_certificate.revoked_on"), day=day)
    why = " ".join(revoked_because.split())
    if not why:
        raise Invalid(N_("Say why it is revoked"), field=Word("signing_certificate.revoked_because"))
    row.revoked_on, row.revoked_because = day, why[:200]
    work.because(why)


def signs_on(row: SigningCertificate, day: date) -> bool:
    """Whether a certificate may sign on a day; expiry is a function of the date alone."""
    begun = authority.day_of(row.issued_at) <= day <= row.until_on
    return begun and (row.revoked_on is None or day < row.revoked_on)


@dataclass(frozen=True)
class Mine:
    """A certificate somebody may sign with today: what it says, and with its root as PEM."""

    id: UUID
    number: str
    person: str
    post: str
    unit: str
    until_on: date
    fingerprint: str
    signing_request_id: UUID
    pem: str
    root: str


@query(N_("Valid signing certificate"), on=SigningCertificate, name="signing_certificates.mine")
def mine(session: Session, account: str, on: date) -> Mine | None:
    """The newest certificate an account may sign with on a day."""
    of = (
        sa.select(SigningCertificate, SigningRoot.certificate)
        .join(SigningRoot, SigningRoot.id == SigningCertificate.signing_root_id)
        .where(SigningCertificate.account == account)
        .order_by(SigningCertificate.n.desc())
    )
    for row, root in session.execute(of):
        if signs_on(row, on):
            return Mine(
                row.id, row.number, row.person, row.post, row.unit, row.until_on, row.fingerprint,
                row.signing_request_id, row.certificate, root,
            )  # fmt: skip
    return None
