"""Files kept beside the store: each content once, encrypted, under a name that tells nothing about it.

A file is `attachments/ab/<name>`; the name is an HMAC of the content's SHA-256, so that who holds the files alone
cannot ask whether a document he knows is among them. It holds a head (magic, salt) and AES-256-GCM chunks under a key
of its own (HKDF of the data key and the salt). The nonces count the chunks and mark the last one, so that none is
missing, moved or repeated; the name is bound in. What is encrypted is the size (8 bytes), the content, and zeros up to
a padded size.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import resources
from services.desk.files import settle
from services.desk.sealed import derived

MAGIC, SALT, TAG, LENGTH = b"DYATT\x01", 16, 16, 8
PART, PENDING = ".part-", ".new-"
Told = Callable[[int], object]


class Damaged(Exception):
    """A kept file is not there, or is not what it was."""


def padded(size: int, least: int) -> int:
    """The size a content is padded to: at most 12 % more, and few bits of the size can be told (Padmé)."""
    if size <= least:
        return least
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


class Vault:
    """The files of one office, in a folder that is made with the first of them."""

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self.folder, rule = folder, resources.settings("attachments")
        self._name_key, self._key = (derived(data_key, f"attachment {p}") for p in ("names", "content"))
        self._chunk, self._least = rule["chunk_bytes"], rule["padded_to_at_least"]

    def place(self, sha256: str) -> Path:
        """Where the content with this SHA-256 (hex) is, if it is kept."""
        name = hmac.new(self._name_key, bytes.fromhex(sha256), hashlib.sha256).hexdigest()
        return self.folder / name[:2] / name

    def keep(self, source: BinaryIO, size: int, sha256: str, tell: Told = lambda done: None) -> None:
        """Keeps a content of this size and SHA-256, read from where the source stands. Damaged: that is not what was
        read. An exception, of `tell` too, leaves nothing behind. Until `kept` says that a row names it it is pending.
        """
        target = self.place(sha256)
        if target.exists() and self.whole(sha256, size):
            return
        for folder in (self.folder, target.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        part = self.folder / (PART + secrets.token_hex(8))
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:  # noqa: PTH123 — only this way is the mode right from the start
                self._write(out, source, size, sha256, target.name, tell)
                out.flush()
                os.fsync(out.fileno())
            if not target.exists():
                self._pending(target.name).touch(0o600)
            part.replace(target)
            settle(target.parent)
            settle(self.folder)
        finally:
            part.unlink(missing_ok=True)

    def kept(self, sha256: str) -> None:
        """A row names it now."""
        self._pending(self.place(sha256).name).unlink(missing_ok=True)

    def whole(self, sha256: str, size: int) -> bool:
        """Whether the content is there, unchanged."""
        try:
            for _ in self.read(sha256, size):
                pass
        except Damaged:
            return False
        return True

    def read(self, sha256: str, size: int) -> Iterator[bytes]:
        """The content, in pieces. Damaged: it is missing or changed; what came before is not to be used."""
        digest, left = hashlib.sha256(), size
        try:
            with self.place(sha256).open("rb") as source:
                for piece in self._opened(source, size, self.place(sha256).name):
                    content = piece[:left]
                    left -= len(content)
                    digest.update(content)
                    yield content
        except (OSError, InvalidTag) as error:
            raise Damaged(sha256) from error
        if left or digest.hexdigest() != sha256:
            raise Damaged(sha256)

    def files(self) -> Iterator[Path]:
        """Every file in the folder but those that are being written and the marks of pending ones."""
        for found in sorted(self.folder.rglob("*")):
            if found.is_file() and not found.name.startswith((PART, PENDING)):
                yield found

    def pending(self) -> frozenset[str]:
        """The names of files that no row named yet when they were written."""
        return frozenset(found.name.removeprefix(PENDING) for found in self.folder.glob(f"{PENDING}*"))

    def sweep(self, named: Callable[[], set[str]]) -> None:
        """Removes what a killed program left: half files, and whole ones that no row came to name. Nothing else may use
        the folder meanwhile; `named` gives the SHA-256 of every row, retired or not."""
        for part in self.folder.glob(f"{PART}*"):
            part.unlink(missing_ok=True)
        pending = self.pending()
        known = {self.place(sha256).name for sha256 in named()} if pending else set[str]()
        for name in pending:
            if name not in known:
                (self.folder / name[:2] / name).unlink(missing_ok=True)
            with suppress(OSError):
                self._pending(name).unlink()

    def _pending(self, name: str) -> Path:
        return self.folder / (PENDING + name)

    def _write(self, out: BinaryIO, source: BinaryIO, size: int, sha256: str, name: str, tell: Told) -> None:
        salt, digest, left = secrets.token_bytes(SALT), hashlib.sha256(), size
        out.write(MAGIC + salt)
        cipher, about = AESGCM(derived(self._key, "attachment file", salt)), _about(salt, name)
        total = padded(LENGTH + size, self._least)
        buffer, last = bytearray(size.to_bytes(LENGTH)), (total - 1) // self._chunk
        for number in range(last + 1):
            wanted = min(self._chunk, total - number * self._chunk)
            if left and len(buffer) < wanted:
                piece = source.read(min(left, wanted - len(buffer)))
                if not piece:
                    break
                digest.update(piece)
                left -= len(piece)
                buffer += piece
            data = bytes(buffer[:wanted]).ljust(wanted, b"\0")
            buffer.clear()
            out.write(cipher.encrypt(_nonce(number, number == last), data, about))
            tell(size - left)
        if left or digest.hexdigest() != sha256:
            raise Damaged(sha256)

    def _opened(self, source: BinaryIO, size: int, name: str) -> Iterator[bytes]:
        head = source.read(len(MAGIC) + SALT)
        salt, total = head[len(MAGIC) :], padded(LENGTH + size, self._least)
        last = (total - 1) // self._chunk
        if head[: len(MAGIC)] != MAGIC or len(salt) != SALT:
            raise InvalidTag
        cipher, about = AESGCM(derived(self._key, "attachment file", salt)), _about(salt, name)
        for number in range(last + 1):
            sealed = source.read(min(self._chunk, total - number * self._chunk) + TAG)
            piece = cipher.decrypt(_nonce(number, number == last), sealed, about) if len(sealed) > TAG else b""
            if not piece or (number == 0 and piece[:LENGTH] != size.to_bytes(LENGTH)):
                raise InvalidTag
            yield piece[LENGTH:] if number == 0 else piece
        if source.read(1):
            raise InvalidTag


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + (b"\1" if last else b"\0")


def _about(salt: bytes, name: str) -> bytes:
    return MAGIC + salt + name.encode()
