"""The size of a picture, read from its head: what a viewer would have to unpack is known before one opens it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

SKIPPED = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG marks without a length
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ENTRY = 12  # bytes of one entry of a TIFF directory
MOST_PARTS = 100_000

Size = tuple[int, int]


class Broken(Exception):
    """It begins like a picture and is none, or is cut off."""


def png(file: BinaryIO) -> Iterator[Size]:
    """Width and height. Broken: a part is missing; the last one must be there."""
    file.seek(8)
    for at in range(MOST_PARTS):
        length, name = struct.unpack(">I4s", _exactly(file, 8))
        if at == 0:
            if name != b"IHDR" or length != 13:
                raise Broken
            width, height = struct.unpack(">II", _exactly(file, 8))
            yield width, height
            length -= 8
        if name == b"IEND":
            _exactly(file, 4)
            return
        file.seek(length + 3, 1)  # its sum, but for the last byte: that must be there
        _exactly(file, 1)
    raise Broken


def jpeg(file: BinaryIO) -> Iterator[Size]:
    """Width and height of the frame."""
    file.seek(2)
    for _ in range(MOST_PARTS):
        if _exactly(file, 1) != b"\xff":
            raise Broken
        while (mark := _exactly(file, 1)[0]) == 0xFF:
            pass
        if mark in SKIPPED:
            continue
        (length,) = struct.unpack(">H", _exactly(file, 2))
        if mark in FRAMES:
            height, width = struct.unpack(">xHH", _exactly(file, 5))
            yield width, height
            return
        if length < 2 or mark in (0xD9, 0xDA):
            raise Broken
        file.seek(length - 2, 1)
    raise Broken


def webp(file: BinaryIO) -> Iterator[Size]:
    """Width and height, of the canvas where there is one."""
    file.seek(8)
    kind, head = _exactly(file, 8)[4:], _exactly(file, 14)
    if kind == b"VP8X":
        yield (int.from_bytes(head[8:11], "little") + 1, int.from_bytes(head[11:14], "little") + 1)
    elif kind == b"VP8L" and head[4] == 0x2F:
        bits = int.from_bytes(head[5:9], "little")
        yield (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and head[7:10] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[10:14])
        yield width & 0x3FFF, height & 0x3FFF
    else:
        raise Broken


def tiff(file: BinaryIO) -> Iterator[Size]:
    """Width and height of every page."""
    file.seek(0)
    order = "<" if _exactly(file, 4)[:2] == b"II" else ">"
    (place,) = struct.unpack(f"{order}I", _exactly(file, 4))
    seen = set[int]()
    while place:
        if place in seen:
            raise Broken
        seen.add(place)
        file.seek(place)
        (count,) = struct.unpack(f"{order}H", _exactly(file, 2))
        entries = _exactly(file, ENTRY * count)
        (place,) = struct.unpack(f"{order}I", _exactly(file, 4))
        values = dict(_entry(entries[at : at + ENTRY], order) for at in range(0, len(entries), ENTRY))
        yield values.get(256, 0), values.get(257, 0)
    if not seen:
        raise Broken


def _entry(raw: bytes, order: str) -> tuple[int, int]:
    """Tag and value of one entry of a directory; a short value stands at the beginning of its four bytes."""
    tag, kind = struct.unpack(f"{order}HH", raw[:4])
    value = struct.unpack(f"{order}H2x", raw[8:]) if kind == 3 else struct.unpack(f"{order}I", raw[8:])
    return tag, value[0]


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) != count:
        raise Broken
    return data
