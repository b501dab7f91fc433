"""Signing an issued paper by key, one after the other; each signature is a row, and the signed file is kept beside the
paper as it was issued.

Electronic Signature Law of the PRC (2019) art. 14: a reliable electronic signature is worth as much as one by hand.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.beside import Blob
from models.document import Document
from models.signing import DocumentSignature
from resources.words import N_
from services import authority, signing_certificates
from services.desk.errors import Conflict, Missing, NotAllowed
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.work import Work
from services.papers import SAYS, Standing, standing

SIGNATURES = listing(Listing("document_signatures", DocumentSignature, ("number",), words=("number", "person")))
KEPT = N_("A signature on a paper is not taken back; recall or cancel what the paper is about instead")
TWICE = N_("You signed {number} already")
GONE = N_("The paper of {number} is missing from the store; run a check")
STRANGE = N_("Your key does not fit your certificate; ask for a new certificate")


@intent(N_("Sign paper"), on=DocumentSignature, name="documents.sign", kept=KEPT)
def sign(work: Work, *, document_id: UUID, signing_password: str) -> UUID:
    """Signs an issued paper as who is signed in, in the next free box, else unseen. Conflict: it was superseded or
    recalled, or he signed it. Missing: no certificate of his is valid today. NotAllowed: the password is wrong."""
    from services.documents import signing  # pyHanko is loaded with the first signature
    from services.documents.seal_device import SoftwareKey
    from services.documents.sheet import Spot
    from services.documents.sign_block import Stamp

    paper = work.see("document", document_id)
    stands = standing(work.session, paper.sha256)
    if stands is not Standing.OURS:
        raise Conflict(SAYS[stands])
    own = signing_certificates.mine(work.session, work.actor, authority.day_of(work.now))
    if own is None:
        raise Missing(signing_certificates.NONE)
    queue = work.session.scalars(_of(paper.id)).all()
    if any(each.signing_certificate_id == own.id for each in queue):
        raise Conflict(TWICE, number=paper.number)
    key = work.own_key(own.signing_request_id, signing_password)
    certificate, root = authority.of_pem(own.pem), authority.of_pem(own.root)
    if key.public_key() != certificate.public_key():
        raise NotAllowed(STRANGE)
    spots = msgspec.json.decode(paper.spots, type=list[Spot]) if paper.spots else []
    spot = spots[len(queue)] if len(queue) < len(spots) else None
    stamp = Stamp(own.person, own.post, own.unit, work.now.replace(microsecond=0), own.fingerprint)
    before = _bytes(work.session, queue[-1].sha256 if queue else paper.sha256, paper.number)
    data = signing.sign(before, SoftwareKey((certificate, root), key), stamp, spot, len(queue) + 1)
    row = DocumentSignature(
        compound_id=paper.compound_id, document_id=paper.id, number=paper.number, position=len(queue) + 1,
        person=own.person, post=own.post, unit=own.unit, signing_certificate_id=own.id, fingerprint=own.fingerprint,
        signed_at=stamp.at, sha256=work.keep(data), size=len(data),
    )  # fmt: skip
    return work.add(row).id


@query(N_("Signed paper"), on=DocumentSignature, name="documents.signed")
def signed(session: Session, document_id: UUID) -> bytes:
    """A paper with all its signatures, or as it was issued while it has none. Missing: it is not there."""
    paper = session.get(Document, document_id)
    if paper is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    queue = session.scalars(_of(document_id)).all()
    return _bytes(session, queue[-1].sha256 if queue else paper.sha256, paper.number)


def _of(document_id: UUID) -> sa.Select[DocumentSignature]:
    found = sa.select(DocumentSignature).where(DocumentSignature.document_id == document_id)
    return found.order_by(DocumentSignature.position)


def _bytes(session: Session, sha256: str, number: str) -> bytes:
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(sha256)))
    if data is None:
        raise Missing(GONE, number=number)
    return bytes(data)
