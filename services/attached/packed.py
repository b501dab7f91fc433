"""Packed documents (docx, xlsx, pptx, ofd): what they are by their parts, and that they hold no program."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

import resources
from models.attachment import Media
from resources.words import N_
from services.desk.errors import Invalid

TOO_TIGHT = N_("{file} unpacks to far more than a document needs; save it again with an office program and add that")
LOCKED = N_("{file} is protected by a password: nobody could look into it later; save a copy without one and add that")
MACROS = N_("{file} holds macros; save it without macros (as docx, xlsx or pptx, or as PDF) and add that")
INSIDE = N_("{file} has a program inside ({part}); take it out, or save the document as PDF and add that")
ARCHIVE = N_("{file} is a packed archive; unpack it and add the files one by one")
DAMAGED = N_("{file} is damaged or cut off; open it in its program, save it again and add that")
ENCRYPTED = 0x1
TYPES, HEAD = "[Content_Types].xml", 4_000_000  # bytes of a part that is looked into
PACKAGE = "Ole10Native".encode("utf-16-le")  # the stream of an embedded object that is any file at all
MAIN = re.compile(rb"""ContentType\s*=\s*["']([^"']+)["']""")


def told(file: BinaryIO, name: str) -> Media:
    """The kind of a packed document. Invalid: it is none, it is damaged, or something in it is not allowed."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _bounded(members, name)
            _harmless(archive, members, name)
            return _kind(archive, {m.filename for m in members}, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise Invalid(DAMAGED, file=name) from None


def _bounded(members: list[zipfile.ZipInfo], name: str) -> None:
    rule = resources.settings("attachments")
    if any(m.flag_bits & ENCRYPTED for m in members):
        raise Invalid(LOCKED, file=name)
    tight = any(
        m.file_size > rule["member_bytes"]
        or (m.file_size > rule["small_member_bytes"] and m.file_size > rule["ratio"] * max(m.compress_size, 1))
        for m in members
    )
    total = sum(m.file_size for m in members)
    if tight or len(members) > rule["most_members"] or total > rule["total_bytes"]:
        raise Invalid(TOO_TIGHT, file=name)


def _harmless(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    rule = resources.settings("attachments")
    parts = [m.filename.casefold().replace("\\", "/") for m in members]
    if len(set(parts)) != len(parts):  # which of the two a program reads is anybody's guess
        raise Invalid(DAMAGED, file=name)
    for member, part in zip(members, parts, strict=True):
        if any(mark in part for mark in rule["macros"]):
            raise Invalid(MACROS, file=name)
        last = part.rsplit("/", 1)[-1]
        if last.endswith(tuple(rule["programs"])) or part.startswith("/") or ".." in part.split("/"):
            raise Invalid(INSIDE, file=name, part=last)
        if last.endswith(".bin") and "/embeddings/" in part and _says(archive, member, PACKAGE):
            raise Invalid(INSIDE, file=name, part=last)


def _says(archive: zipfile.ZipFile, member: zipfile.ZipInfo, mark: bytes) -> bool:
    before = b""
    with archive.open(member) as part:
        while piece := part.read(HEAD):
            if mark in before + piece:
                return True
            before = piece[-len(mark) :]
    return False


def _kind(archive: zipfile.ZipFile, names: set[str], name: str) -> Media:
    if "OFD.xml" in names:
        with archive.open("OFD.xml") as part:
            if b"OFD" in part.read(HEAD):
                return Media.OFD
    if TYPES not in names:
        raise Invalid(ARCHIVE, file=name)
    with archive.open(TYPES) as part:
        types = [found.decode("ascii", "replace").casefold() for found in MAIN.findall(part.read(HEAD))]
    if any("macroenabled" in found or "vbaproject" in found for found in types):
        raise Invalid(MACROS, file=name)
    known = {key.casefold(): kind for key, kind in resources.settings("attachments")["main_parts"].items()}
    kinds = {known[found] for found in types if found in known}
    if len(kinds) != 1:
        raise Invalid(ARCHIVE, file=name)
    return Media(kinds.pop())
