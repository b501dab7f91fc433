"""Whether a paper is unchanged, who signed it, and whether it is this office's and still stands."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.beside import Blob
from models.document import Document
from models.handover import Handover, HandoverState
from models.journal import Writer
from models.signing import DocumentSignature, SigningCertificate, SigningRoot
from resources.words import N_
from services.desk.intent import query
from services.documents import paper_code

if TYPE_CHECKING:
    from services.desk.session import DeskSession


class Standing(enum.StrEnum):
    """What an opened office says of an intact paper."""

    UNKNOWN = "unknown"  # no office was opened
    OURS = "ours"
    SUPERSEDED = "superseded"
    VOID = "void"
    FOREIGN = "foreign"
    OUT = "out"  # nothing like it within reach, which is not everything


SAYS = {
    Standing.OURS: N_("It is this office's paper and it stands."),
    Standing.SUPERSEDED: N_("It is this office's paper, but a later version replaces it or it was recalled."),
    Standing.VOID: N_("It is this office's paper, but the note was cancelled: its number is void."),
    Standing.FOREIGN: N_("It is not a paper this office issued."),
    Standing.OUT: N_("None of the papers within your reach is this one; ask somebody who reaches the whole office."),
}
Judge = Callable[[Session, Document], Standing]
_judges: dict[str, Judge] = {}


@query(N_("Standing of a paper"), on=Document)
def standing(session: Session, sha256: str) -> Standing:
    """What this office says of a file with this SHA-256 (hex), signed or not."""
    signed = sa.select(DocumentSignature.document_id).where(DocumentSignature.sha256 == sha256)
    same = sa.or_(Document.sha256 == sha256, Document.id.in_(signed))
    found = session.scalar(sa.select(Document).where(same))
    return _stands(session, found) if found else _unknown(session)


def _unknown(session: Session) -> Standing:
    """What is said of a paper nobody finds: that it is not ours is told by those who see all of ours."""
    return Standing.FOREIGN if cast("DeskSession", session).compounds is None else Standing.OUT


def _stands(session: Session, found: Document) -> Standing:
    return _judges.get(found.kind, _of_version)(session, found)


@dataclass(frozen=True)
class OwnCertificate:
    """A signing certificate of this office: its number, and from which day on it signs nothing."""

    number: str
    revoked_on: date | None
    because: str


@dataclass(frozen=True)
class Known:
    """What an office knows of a paper: how it stands, its newest version, and which of the certificates it carries, by
    fingerprint, the office issued."""

    standing: Standing
    newest: int
    certificates: dict[str, OwnCertificate]


@query(N_("What the office knows of a paper"), on=Document)
def known(session: Session, sha256: Sequence[str], number: str, fingerprints: Sequence[str] = ()) -> Known:
    """Of a file with one of these SHA-256 (hex; of the whole, of the paper without its signatures), filed under a
    number, signed with these certificates."""
    lost = (Standing.FOREIGN, Standing.OUT)
    found = next((said for one in sha256 if (said := standing(session, one)) not in lost), _unknown(session))
    newest = session.scalar(sa.select(sa.func.max(Document.version)).where(Document.number == number)) or 0
    own = sa.select(SigningCertificate).where(SigningCertificate.fingerprint.in_(list(fingerprints)))
    certificates = {
        row.fingerprint: OwnCertificate(row.number, row.revoked_on, row.revoked_because or "")
        for row in session.scalars(own)
    }
    return Known(found, newest, certificates)


@query(N_("Paper as it was issued"), on=Document)
def original(session: Session, number: str, version: int) -> bytes | None:
    """The bytes of an issued paper without signatures; None where there is none of this number and version."""
    kept = sa.select(Document.sha256).where(Document.number == number, Document.version == version)
    sha256 = session.scalar(kept)
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(sha256))) if sha256 else None
    return bytes(data) if data is not None else None


@dataclass(frozen=True)
class KnownCode:
    """What an office says of a scanned code. `same` is None where the paper is from before codes were kept."""

    standing: Standing
    newest: int
    same: bool | None
    vouched: bool


@query(N_("What the office says of a code"), on=Document)
def code(session: Session, text: str) -> KnownCode:
    """Of the code on a paper (`services.documents.paper_code`). Invalid: it is none."""
    read = paper_code.read(text)
    of = sa.select(Document).where(Document.number == read.number)
    rows = {row.version: row for row in session.scalars(of)}
    found, newest = rows.get(read.version), max(rows, default=0)
    vouched = read.vouched(bytes(row.public_key) for row in session.scalars(sa.select(Writer)))
    if found is None:
        return KnownCode(_unknown(session), newest, None, vouched)
    same = None if found.code is None else "".join(found.code.split()) == "".join(text.split())
    return KnownCode(_stands(session, found), newest, same, vouched)


@query(N_("Trusted certificates"), on=SigningRoot)
def trusted(session: Session) -> bytes:
    """The root certificates of the office and the keys that sign its codes, as PEM: with this file somebody checks its
    papers without its data."""
    from services.trust import exported

    roots = [row.certificate for row in session.scalars(sa.select(SigningRoot).order_by(SigningRoot.n))]
    return exported(roots, [bytes(row.public_key) for row in session.scalars(sa.select(Writer).order_by(Writer.no))])


def judging(*kinds: str) -> Callable[[Judge], Judge]:
    """Makes known who says how papers of these kinds stand, by the record they are about."""

    def known(function: Judge) -> Judge:
        _judges.update(dict.fromkeys(kinds, function))
        return function

    return known


@judging("handover")
def _of_handover(session: Session, found: Document) -> Standing:
    note = session.get(Handover, found.about_id)
    if note is None:
        return Standing.FOREIGN
    if note.state is HandoverState.CANCELLED:
        return Standing.VOID
    stands = note.version == found.version and note.state is not HandoverState.DRAFT
    return Standing.OURS if stands else Standing.SUPERSEDED


@judging("handover_list")
def _of_list(session: Session, found: Document) -> Standing:
    """It is void where its note is."""
    note = session.get(Handover, found.about_id)
    if note is None or note.state is HandoverState.CANCELLED:
        return Standing.VOID
    return _of_version(session, found)


def _of_version(session: Session, found: Document) -> Standing:
    """The newest of its number stands, where a kind has no rule of its own."""
    newest = session.scalar(sa.select(sa.func.max(Document.version)).where(Document.number == found.number))
    return Standing.OURS if newest == found.version else Standing.SUPERSEDED
