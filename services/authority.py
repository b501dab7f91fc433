"""The certificates of an office: its own root, and those it issues to signers. X.509 on P-256, nothing of the store.

Electronic Signature Law of the PRC (2019) art. 21: a certificate names its issuer and its holder, its number, how long
it is valid, and the holder's key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

import resources
from resources.words import N_
from services.desk.errors import Invalid

CHINA = timezone(timedelta(hours=8))  # one time zone for the whole country: a day ends for everybody at once
COUNTRY, LONGEST = "CN", 64  # characters of a name that X.520 allows
NOT_A_ROOT = N_("{file} is no key file of a root certificate")
WRONG = N_("The password of the root file is wrong")
OTHER = N_("This file holds the key of another root certificate, not of {number}")


@dataclass(frozen=True)
class Holder:
    """Whom a certificate names."""

    person: str
    post: str
    unit: str
    office: str


def years(of: str, on: date) -> int:
    """How long a certificate issued on a day is valid: the newest line of `signing.json` that holds by then."""
    lines = [line for line in resources.settings("signing")["years"] if line["of"] == of]
    held = [line for line in lines if date.fromisoformat(line["from_on"]) <= on] or lines[:1]
    return int(max(held, key=lambda line: line["from_on"])["years"])


def last_day(on: date, count: int) -> date:
    """The last day of so many years from a day on."""
    try:
        return on.replace(year=on.year + count) - timedelta(days=1)
    except ValueError:  # the 29th of February
        return date(on.year + count, 2, 28)


def day_of(at: datetime) -> date:
    """The day of an instant, as papers write it."""
    return at.astimezone(CHINA).date()


def end_of(day: date) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, time(23, 59, 59), CHINA).astimezone(UTC)


def root(office: str, key: ec.EllipticCurvePrivateKey, at: datetime, until: date) -> x509.Certificate:
    """A root certificate of the office, signed by itself."""
    name = _named([(NameOID.COMMON_NAME, f"{office} 签名根证书"), (NameOID.ORGANIZATION_NAME, office)])
    usage = _usage(digital_signature=False, key_cert_sign=True, crl_sign=True)
    made = _builder(name, name, key.public_key(), at, until)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return made.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def issue(
    holder: Holder, key: ec.EllipticCurvePublicKey, by: x509.Certificate, with_: ec.EllipticCurvePrivateKey,
    at: datetime, until: date,
) -> x509.Certificate:  # fmt: skip
    """A signer's certificate under a root; never beyond the end of the root."""
    named = [
        (NameOID.COMMON_NAME, holder.person), (NameOID.TITLE, holder.post),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, holder.unit), (NameOID.ORGANIZATION_NAME, holder.office),
    ]  # fmt: skip
    until = min(until, day_of(by.not_valid_after_utc))
    made = _builder(_named(named), by.subject, key, at, until)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    by_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(with_.public_key())
    return made.add_extension(by_key, critical=False).sign(with_, hashes.SHA256())


def holder(certificate: x509.Certificate) -> Holder:
    """Whom it names."""

    def said(oid: x509.ObjectIdentifier) -> str:
        return next((str(each.value) for each in certificate.subject.get_attributes_for_oid(oid)), "")

    return Holder(
        said(NameOID.COMMON_NAME), said(NameOID.TITLE), said(NameOID.ORGANIZATIONAL_UNIT_NAME),
        said(NameOID.ORGANIZATION_NAME),
    )  # fmt: skip


def issued_by(certificate: x509.Certificate, by: x509.Certificate) -> bool:
    """Whether a root that may issue did issue it."""
    try:
        certificate.verify_directly_issued_by(by)
        return bool(by.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False


def valid_at(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether its time had begun and was not over."""
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, hex."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def pem(certificate: x509.Certificate) -> str:
    """As text."""
    return certificate.public_bytes(Encoding.PEM).decode()


def of_pem(text: str) -> x509.Certificate:
    """From text."""
    return x509.load_pem_x509_certificate(text.encode())


def root_file(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, password: str) -> bytes:
    """What the officer keeps: the key as PKCS#8 encrypted with his password, and the certificate. PEM."""
    sealed = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password.encode()))
    return sealed + pem(certificate).encode()


def root_key(data: bytes, password: str, certificate: x509.Certificate, number: str, file: str) -> (
    ec.EllipticCurvePrivateKey
):  # fmt: skip
    """The key out of the officer's file. Invalid: that is no such file, the password is wrong, or it is another's."""
    if b"-----BEGIN ENCRYPTED PRIVATE KEY-----" not in data:
        raise Invalid(NOT_A_ROOT, file=file)
    try:
        key = load_pem_private_key(data, password.encode())
    except ValueError:
        raise Invalid(WRONG) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise Invalid(OTHER, number=number)
    return key


def _named(parts: Sequence[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    known = [(NameOID.COUNTRY_NAME, COUNTRY), *((oid, text[:LONGEST]) for oid, text in parts if text)]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in known])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, until: date
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at.astimezone(UTC).replace(microsecond=0))
        .not_valid_after(end_of(until))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(
    *, digital_signature: bool, content_commitment: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature, content_commitment=content_commitment, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=key_cert_sign, crl_sign=crl_sign,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
