"""What is needed to check an office's papers without its data: a file of root certificates and keys, all public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from resources.words import N_
from services import authority
from services.desk.errors import Invalid

NO_TRUST = N_("{file} is no file of trusted certificates")
BEGIN = "-----BEGIN "


@dataclass(frozen=True)
class Trust:
    """Fingerprints of root certificates (hex), and raw Ed25519 keys that sign codes."""

    roots: frozenset[str]
    keys: tuple[bytes, ...]


def exported(roots: Sequence[str], keys: Sequence[bytes]) -> bytes:
    """The file: PEM."""
    shown = (
        Ed25519PublicKey.from_public_bytes(key).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        for key in keys
    )
    return "".join((*roots, *shown)).encode()


def read(data: bytes, file: str) -> Trust:
    """Such a file. Invalid: it is none."""
    roots, keys = set[str](), list[bytes]()
    try:
        for part in data.decode("ascii").split(BEGIN)[1:]:
            text = BEGIN + part
            if part.startswith("CERTIFICATE-"):
                roots.add(authority.fingerprint(x509.load_pem_x509_certificate(text.encode())))
            elif part.startswith("PUBLIC KEY-"):
                key = load_pem_public_key(text.encode())
                keys += [key.public_bytes_raw()] if isinstance(key, Ed25519PublicKey) else []
    except ValueError:
        roots.clear()
        keys.clear()
    if not roots and not keys:
        raise Invalid(NO_TRUST, file=file)
    return Trust(frozenset(roots), tuple(keys))
