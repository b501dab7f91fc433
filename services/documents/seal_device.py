"""What makes a signature: our own software, or a certified device that is plugged in behind the same few words.

A device that signs a digest with P-256 (a smart card, a USB key with a PKCS#11 library) needs a class of its own with
these two members and nothing else; `services.documents.signing` asks for no more. A 电子签章 system that makes a whole
seal with SM2 after GB/T 38540 has another container: its file is kept as an attachment of the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec


class SealDevice(Protocol):
    """Signs for one person or office."""

    @property
    def certificates(self) -> Sequence[x509.Certificate]:
        """Its own certificate, then those that issued it, up to the root."""
        ...

    def sign(self, data: bytes) -> bytes:
        """ECDSA over the SHA-256 of the data, as DER. It may ask its holder for a PIN, and may raise UserError."""
        ...


@dataclass(frozen=True)
class SoftwareKey:
    """A key in this program's memory for as long as it signs."""

    certificates: Sequence[x509.Certificate]
    key: ec.EllipticCurvePrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """ECDSA over SHA-256, DER."""
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))
