"""Values to journal bytes and back. The stored bytes are what is hashed; nothing is ever encoded twice."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from unicodedata import is_normalized, normalize
from uuid import UUID

import msgspec

from models.base import EXACT, Cipher

SEAL = b"dayuan seal 1\0"
EXTRA = "x:"  # prefix of the journal field that keeps one extra fact


class Change(msgspec.Struct, omit_defaults=True):
    """One row: `new` when this record creates it, else `f` field -> [before, after], `prev` -> writes replaced."""

    e: str
    id: str
    new: dict[str, Any] | None = None
    f: dict[str, list[Any]] = {}
    prev: dict[str, list[str]] = {}


class Body(msgspec.Struct, omit_defaults=True):
    """What one unit of work did in one scope. `hlc` is 16 hex digits: it is larger than 2**53."""

    v: int = msgspec.field(name="v")
    alg: str
    w: str
    st: str
    seq: int
    gseq: int
    uow: str
    hlc: str
    wall: str
    actor: str
    auth: str
    cmd: str
    schema: int
    ph: str
    ch: list[Change]
    reason: str = ""
    undoes: str = ""
    blobs: list[str] = []


encode = msgspec.json.Encoder(order="deterministic").encode
decode = msgspec.json.Decoder(Body).decode


_AS_IT_IS = frozenset((str, bool))


def plain(value: Any) -> Any:
    """A column value as journal JSON: null, bool, int or text; never a float."""
    if value is None or type(value) in _AS_IT_IS or (type(value) is int and -EXACT <= value <= EXACT):
        return value
    match value:
        case Cipher():
            return str(value)
        case enum.Enum():
            return value.value
        case int() if abs(value) <= EXACT:
            return value
        case UUID():
            return value.hex
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
    raise TypeError(f"{value!r} cannot be journaled")


def tidy(value: Any) -> Any:
    """Values as they are stored: text in NFC, so that the same name has the same bytes everywhere; no empty extras."""
    if isinstance(value, str):
        return value if value.isascii() or is_normalized("NFC", value) else normalize("NFC", value)
    if isinstance(value, dict):
        return {tidy(key): tidy(v) for key, v in value.items() if v is not None} or None
    return value


def spread(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by journal field: the column `extra` becomes one field for each of its keys; empty ones are left out."""
    out = {key: value for key, value in values.items() if key != "extra" and value is not None}
    for key, value in (values.get("extra") or {}).items():
        out[EXTRA + key] = value
    return out


def wall(at: datetime) -> str:
    """An instant as records tell it: UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def digest(body: bytes) -> bytes:
    """The hash that names a record."""
    return hashlib.sha256(body).digest()
