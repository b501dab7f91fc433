"""Small files that tell nothing: encrypted and authenticated with a key of their own that follows from the data key."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.desk.files import write_whole

BLOCK = 4096  # bytes: the length of a file says only in which of these steps it lies
NONCE, LENGTH = 12, 4


class Unreadable(Exception):
    """Damaged, written with another key, or another file's content."""


def derived(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """32 bytes that follow from a key for one purpose; they tell nothing of it or of another one's (HKDF)."""
    return HKDF(SHA256(), 32, salt, f"dayuan {purpose} 1".encode()).derive(key)


@dataclass(frozen=True)
class SealedFile:
    """One such file. What is read is what was written here for this purpose, or `Unreadable` is raised."""

    path: Path
    data_key: bytes = field(repr=False)
    purpose: str

    def read(self) -> bytes | None:
        """What it holds; None when there is no file."""
        try:
            raw = self.path.read_bytes()
            held = self._cipher.decrypt(raw[:NONCE], raw[NONCE:], self._about)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, InvalidTag) as error:
            raise Unreadable(self.path.name) from error
        length = int.from_bytes(held[:LENGTH], "big")
        return held[LENGTH : LENGTH + length]

    def write(self, data: bytes) -> None:
        """Whole or not at all."""
        held = len(data).to_bytes(LENGTH, "big") + data
        nonce = secrets.token_bytes(NONCE)
        padded = held + bytes(-len(held) % BLOCK)
        write_whole(self.path, nonce + self._cipher.encrypt(nonce, padded, self._about))

    @property
    def _cipher(self) -> AESGCM:
        return AESGCM(derived(self.data_key, self.purpose))

    @property
    def _about(self) -> bytes:
        return self.purpose.encode()
