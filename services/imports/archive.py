"""A packed workbook is looked over before it is unpacked: sizes, passwords, and how far its cells reach."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from resources.words import N_
from services.desk.errors import Invalid
from services.imports.cells import reach
from services.imports.limits import Limits

TOO_LARGE = N_("{file} is not a workbook that can be read: it is larger than {limit} MB when unpacked")
TOO_TIGHT = N_("{file} is not a workbook that can be read: it unpacks to far more than any register needs")
PROTECTED = N_("{file} is not a workbook that can be read: it is protected by a password; save a copy without one")
TOO_FAR = N_(
    "{file} is not a workbook that can be read: a sheet reaches row {row}, column {column}; "
    "{rows} rows and {columns} columns can be read"
)

_ENCRYPTED = 0x1
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s[^>]*\bref="(?:[A-Z]+\d+:)?([A-Z]{1,3}\d{1,7})"')
# A cell with something in it, in a column of three letters or a row of six digits: few sheets have any. Its tag is
# followed no further than one is long, or a sheet that is nothing but such places would be read for hours.
_FAR = re.compile(rb'\br="([A-Z]{3}\d{1,7}|[A-Z]{1,2}\d{6,7})"[^>]{0,200}[^/]>')
_END = re.compile(rb"</(?:\w+:)?document-content\s*>")
_CHUNK = 1 << 20


def check(data: bytes, limits: Limits) -> None:
    """Refuse a packed workbook (xlsx, ods) that is locked or would unpack to too much (Invalid); zipfile.BadZipFile."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise Invalid(PROTECTED)
        for member in members:
            _check_size(member, limits)
        if sum(member.file_size for member in members) > limits.total_bytes:
            raise Invalid(TOO_LARGE, limit=limits.total_bytes // 1_000_000)
        for member in members:
            if _SHEET.fullmatch(member.filename):
                _check_range(archive, member, limits)
            if member.filename == "content.xml":
                _check_end(archive, member)


def check_range(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet whose last used cell lies beyond what is read (Invalid)."""
    if rows > limits.rows or columns > limits.columns:
        raise Invalid(TOO_FAR, row=rows, column=columns, rows=limits.rows, columns=limits.columns)


def _check_size(member: zipfile.ZipInfo, limits: Limits) -> None:
    if member.file_size > limits.member_bytes:
        raise Invalid(TOO_LARGE, limit=limits.member_bytes // 1_000_000)
    if member.file_size > limits.small_member_bytes and member.file_size > limits.ratio * max(member.compress_size, 1):
        raise Invalid(TOO_TIGHT)


def _check_end(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse an OpenDocument sheet that was cut off: the reader would look for its end for ever."""
    tail = b""
    with archive.open(member) as stream:
        while block := stream.read(_CHUNK):
            tail = (tail + block)[-200:]
    if not _END.search(tail):
        raise zipfile.BadZipFile(member.filename)


def _check_range(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Believe a sheet that says it is small (the memory limit catches a lie), else look for its far cells.

    A range that is only formatted counts in what a sheet says of itself, but holds nothing and is not refused.
    """
    with archive.open(member) as stream:
        block = stream.read(_CHUNK)
        said = _DIMENSION.search(block[:4096])
        if said and _inside(said[1], limits):
            return
        while block:
            for far in _FAR.finditer(block):
                if not _inside(far[1], limits):
                    check_range(*reach(far[1].decode()), limits)
            more = stream.read(_CHUNK)
            block = block[-256:] + more if more else b""


def _inside(reference: bytes, limits: Limits) -> bool:
    row, column = reach(reference.decode())
    return row <= limits.rows and column <= limits.columns
