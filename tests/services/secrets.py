"""People with personal data for tests, a desk that can be asked for a password again, and every byte a store holds."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import resources
from models.base import Base, table
from models.beside import PersonKey
from services.desk import keys
from services.desk.desk import Desk
from services.desk.store import Store
from tests.conftest import DATA_KEY

OWN = "an old password"
PHONE, ADDRESS = "13800005678", "建设路大院3号楼2单元501室"
PAGE, RESERVE = 4096, 80  # of SQLCipher 4: each page ends with its IV and the code that proves it


def id_number(body: str) -> str:
    """A number of 18 characters that fits, from its first 17."""
    rules = resources.settings("personal")
    total = sum(int(digit) * weight for digit, weight in zip(body, rules["weights"], strict=True))
    return body + str(rules["check_characters"][total % 11])


NUMBER = id_number("99000019900307001")


def asked(desk: Desk, folder: Path) -> Desk:
    """The same desk, where the own password can be asked for."""
    keys.add_slot(folder / "keys.json", desk.account, OWN, DATA_KEY, keys.FLOOR)
    return replace(desk, store=replace(desk.store, ring=keys.KeyRing(folder / "keys.json", DATA_KEY, keys.FLOOR)))


def reveal(desk: Desk, who: UUID, field: str) -> Any:
    """What the desk reveals."""
    return desk.do("staff.reveal", staff_id=who, field=field, reason="体检名单", own_password=OWN).value


def erase(desk: Desk, who: UUID) -> None:
    """Erases the personal data of somebody."""
    desk.do("staff.erase_personal", staff_id=who, reason="离职满三年", own_password=OWN)


def key_of(store: Store, who: UUID) -> bytes:
    """The key of a person."""
    keys_ = table(PersonKey)
    with store.reading.connect() as connection:
        return bytes(connection.execute(sa.select(keys_.c.key).where(keys_.c.row == who)).scalar_one())


def pages(path: Path, key: bytes = DATA_KEY) -> bytes:
    """Every page of a file and of its log, decrypted: what the program left behind, in use or not."""
    log = path.with_name(f"{path.name}-wal")
    out = list(_decrypted(path.read_bytes(), key, 0, 0))
    if log.exists():
        out += list(_decrypted(log.read_bytes(), key, 32, 24))
    return b"".join(out)


def _decrypted(raw: bytes, key: bytes, head: int, each: int) -> Iterator[bytes]:
    for start in range(head, len(raw), PAGE + each):
        page = raw[start + each : start + each + PAGE]
        salt = 16 if not head and not start else 0
        body, iv = page[salt : PAGE - RESERVE], page[PAGE - RESERVE : PAGE - RESERVE + 16]
        opener = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        yield opener.update(body) + opener.finalize()


def genuine(path: Path, key: bytes = DATA_KEY) -> bool:
    """Whether `pages` reads the file as the engine does: the code at the end of its second page fits."""
    raw = path.read_bytes()
    salt, page = raw[:16], raw[PAGE : 2 * PAGE]
    proof = hashlib.pbkdf2_hmac("sha512", key, bytes(b ^ 0x3A for b in salt), 2, 32)
    code = hmac.new(proof, page[: PAGE - 64] + (2).to_bytes(4, "little"), "sha512").digest()
    return code == page[PAGE - 64 :]


def held(store: Store) -> bytes:
    """Everything the tables hold, as bytes."""
    with store.reading.connect() as connection:
        rows = [row for t in Base.metadata.tables.values() for row in connection.execute(sa.select(t))]
    values = [value for row in rows for value in row if value is not None]
    return b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values)
