"""Reads the signatures of a paper back: who signed, when, and whether anything but signatures came after the paper.

Loads pyHanko; only a paper that has something behind it is read here. Nothing is fetched and no clock is asked: a
signature is judged by its own time, which only its signer vouches for (baseline B has no time stamp).
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from services.authority import fingerprint, holder, issued_by, valid_at
from services.documents import added

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds is told in our words
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
SHA256 = {"algorithm": "sha256", "parameters": None}
ADDITIONS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


@dataclass(frozen=True)
class Signature:
    """One signature in order. `whole`: what it signed is unchanged, and what came later are signatures alone.
    `chained`: the root that came along issued the certificate; `in_time`: it was valid when this was signed."""

    position: int
    person: str
    post: str
    unit: str
    office: str
    at: datetime
    fingerprint: str
    root: str
    whole: bool
    chained: bool
    in_time: bool
    size: int  # of the file up to this signature's end


def look(data: bytes, original: int) -> tuple[tuple[Signature, ...], bool]:
    """The signatures of a paper whose own bytes are the first `original`, and whether they are all that was added."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        found = tuple(_read(data, n, each) for n, each in enumerate(reader.embedded_signatures, 1))
        return found, bool(found) and _nothing_else(data, reader, original, found)
    except Exception:
        return (), False


def _nothing_else(data: bytes, reader: Any, original: int, found: tuple[Signature, ...]) -> bool:
    """One revision a signature, each of them ending where its signature says, the first behind the paper."""
    ends = [each.size for each in found]
    one_each = reader.xrefs.total_revisions == len(found) + 1
    return (
        added.nothing_else(reader)
        and one_each
        and ends == sorted(set(ends))
        and ends[0] > original
        and ends[-1] == len(data)
    )


def _read(data: bytes, position: int, embedded: Any) -> Signature:
    signed = cms.ContentInfo.load(embedded.pkcs7_content)
    own = _certificate(embedded.signer_cert)
    root = next((c for c in _others(signed, own) if c.subject == own.issuer), None)
    at = embedded.self_reported_timestamp.astimezone(UTC)
    start, end = embedded.byte_range[1], embedded.byte_range[2]
    canonical = data[start:end] == _canonical(signed, end - start) and _plain(signed)
    who = holder(own)
    return Signature(
        position, who.person, who.post, who.unit, who.office, at, fingerprint(own),
        fingerprint(root) if root else "", canonical and _whole(embedded, at), bool(root and _chained(own, root)),
        valid_at(own, at), end + embedded.byte_range[3],
    )  # fmt: skip


def _chained(own: x509.Certificate, root: x509.Certificate) -> bool:
    return issued_by(own, root) and issued_by(root, root)


def _whole(embedded: Any, at: datetime) -> bool:
    """What pyHanko says of it; that the certificate is to be trusted is asked elsewhere, of the office."""
    trusted = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False, moment=at)
    status = validate_pdf_signature(embedded, signer_validation_context=trusted)
    covers = status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    return bool(status.intact and status.valid and covers and status.modification_level in ADDITIONS)


def _canonical(signed: cms.ContentInfo, size: int) -> bytes:
    """The signature as it stands in the file when nobody touched what is around it: hex, filled up with zeros."""
    digits: str = signed.dump(force=True).hex().upper()
    return b"<" + digits.encode().ljust(size - 2, b"0") + b">"


def _plain(signed: cms.ContentInfo) -> bool:
    """One signer, and around it nothing that his signature leaves open."""
    inside = signed["content"]
    algorithms = [each.dump() for each in inside["digest_algorithms"]]
    one = [each["digest_algorithm"] for each in inside["signer_infos"]]
    same = len(one) == 1 and algorithms == [one[0].dump()] and one[0].native == SHA256
    return same and inside["encap_content_info"]["content"].native is None and not inside["crls"].native


def _certificate(found: Any) -> x509.Certificate:
    return x509.load_der_x509_certificate(found.dump())


def _others(signed: cms.ContentInfo, own: x509.Certificate) -> Iterator[x509.Certificate]:
    for each in signed["content"]["certificates"]:
        made = _certificate(each.chosen)
        if made != own:
            yield made
