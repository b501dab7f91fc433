"""The kind of a file by its content: magic and structure. What is not known to be harmless is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import resources
from models.attachment import Media
from resources.words import N_
from services.attached import packed, pictures, plain
from services.desk.errors import Invalid

EMPTY = N_("{file} is empty")
TOO_LARGE = N_("{file} is larger than {limit} MB; split it or save it smaller")
TOO_WIDE = N_("{file} has {pixels} million pixels; at most {limit} million: save it smaller and add that")
TOO_MANY = N_("{file} has more than {limit} pages; split it and add the parts")
RUNS = N_("{file} is a PDF that holds a script or starts a program; print it to a new PDF and add that")
REFUSED = {
    "program": N_("{file} is a program or a script; programs are not kept"),
    "shortcut": N_("{file} is a shortcut and holds nothing itself; add the file it points to"),
    "old_office": N_(
        "{file} is of an old office format (doc, xls, ppt, wps, et, dps, rtf), which may hold macros; "
        "save it as docx, xlsx, pptx or PDF and add that"
    ),
    "packed": packed.ARCHIVE,
}
ACTIVE = re.compile(rb"/(?:JavaScript|Launch)[\0\s/<>\[\](){}%]")  # a name ends where white space or a sign begins
ESCAPED = re.compile(rb"#(4[1-9A-Fa-f]|5[0-9Aa]|6[1-9A-Fa-f]|7[0-9Aa])")  # letters of a name, ISO 32000-1, 7.3.5
HEAD, TAIL, PIECE, OVERLAP = 4096, 65536, 1 << 20, 64
PICTURES = {Media.PNG: pictures.png, Media.JPEG: pictures.jpeg, Media.WEBP: pictures.webp, Media.TIFF: pictures.tiff}


def told(file: BinaryIO, size: int, name: str) -> Media:
    """The kind of a file that may be kept. Invalid: none of them, too large, or something in it is not allowed."""
    rule = resources.settings("attachments")
    if size == 0:
        raise Invalid(EMPTY, file=name)
    if size > rule["most_bytes"]:
        raise Invalid(TOO_LARGE, file=name, limit=rule["most_bytes"] // 1_000_000)
    file.seek(0)
    head = file.read(HEAD)
    media = _begins(head)
    if media is Media.PDF:
        _pdf(file, size, name)
    elif media is not None:
        _picture(file, media, name)
    elif head.startswith(b"PK\x03\x04"):
        media = packed.told(file, name)
    else:
        media = _text(file, size, head, name)
    return media


def _begins(head: bytes) -> Media | None:
    if head.startswith((b"%PDF-1.", b"%PDF-2.")):
        return Media.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Media.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if head.startswith((b"II*\0", b"MM\0*")):
        return Media.TIFF
    return Media.WEBP if head.startswith(b"RIFF") and head[8:12] == b"WEBP" else None


def _text(file: BinaryIO, size: int, head: bytes, name: str) -> Media:
    for magic, why in resources.settings("attachments")["refused"].items():
        if head.startswith(bytes.fromhex(magic)):
            raise Invalid(REFUSED[why], file=name)
    plain.check(file, size, name, ", ".join(media.value for media in Media if media is not Media.TEXT) + ", txt")
    return Media.CSV if name.lower().endswith((".csv", ".tsv")) else Media.TEXT


def _picture(file: BinaryIO, media: Media, name: str) -> None:
    rule = resources.settings("attachments")
    try:
        for page, (width, height) in enumerate(PICTURES[media](file)):
            if width < 1 or height < 1:
                raise pictures.Broken
            if width * height > rule["most_pixels"]:
                many = -(-width * height // 1_000_000)
                raise Invalid(TOO_WIDE, file=name, pixels=many, limit=rule["most_pixels"] // 1_000_000)
            if page >= rule["most_pages"]:
                raise Invalid(TOO_MANY, file=name, limit=rule["most_pages"])
    except pictures.Broken:
        raise Invalid(packed.DAMAGED, file=name) from None


def _pdf(file: BinaryIO, size: int, name: str) -> None:
    """It has an end, and says nowhere in the open that something is to be run. What it packs is not looked into."""
    file.seek(max(0, size - TAIL))
    if b"%%EOF" not in file.read(TAIL):
        raise Invalid(packed.DAMAGED, file=name)
    if any(ACTIVE.search(_spelled(piece)) for piece in _overlapping(file)):
        raise Invalid(RUNS, file=name)


def _spelled(piece: bytes) -> bytes:
    """With the letters of names as themselves: `/#4caunch` is `/Launch`."""
    return ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), piece) if b"#" in piece else piece


def _overlapping(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    before = b""
    while piece := file.read(PIECE):
        yield before + piece
        before = piece[-OVERLAP:]
