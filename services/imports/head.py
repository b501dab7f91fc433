"""The first rows of a file alone: enough to show what it holds, and read in no time however long it is."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import islice

ROWS = 260  # 200 rows to show below titles and headers of 60 at most
_TEXT = 1 << 20  # bytes of a file of text
_SMALL = 4_000_000  # an OpenDocument sheet below this is read whole: its sheets' names stand between its rows

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ROW_END = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData>")
_MERGED = re.compile(rb"<((?:\w+:)?mergeCells)\b.*?</\1>", re.DOTALL)
_SHARED = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<""")
_WIDE = {b"\xff\xfe": b"\n\0", b"\xfe\xff": b"\0\n"}  # the marks of UTF-16, and how lines end in it
_STRING_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")
_LINE_END = re.compile(rb"</table:table-row>")
_CLOSING = b"</table:table></office:spreadsheet></office:body></office:document-content>"


def text_head(data: bytes) -> bytes:
    """The first lines of a file of text, whole lines in whatever encoding."""
    if len(data) <= _TEXT:
        return data
    wide = next((end for mark, end in _WIDE.items() if data.startswith(mark)), b"")
    for half, end in ((1, b"\n\0"), (0, b"\0\n")):  # without a mark, as `separated` tells them apart
        if not wide and data[half:400:2].count(0) > 50:
            wide = end
    if not wide:
        return data[: data.rfind(b"\n", 0, _TEXT) + 1 or _TEXT]
    at = data.rfind(wide, 0, _TEXT)
    while at % 2 and at > 0:  # 上 of UTF-16 has the byte of a line end
        at = data.rfind(wide, 0, at)
    return data[: at + 2 if at > 0 else _TEXT]


def packed_head(data: bytes) -> bytes:
    """A packed workbook (xlsx, ods) with the first rows of its sheets; zipfile.BadZipFile. It must have been checked:
    what is unpacked here is unpacked whole."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as out:
        last, strings = -1, list[zipfile.ZipInfo]()
        for member in archive.infolist():
            if member.filename.lower() == "xl/sharedstrings.xml":
                strings.append(member)
                continue
            part = archive.read(member)
            if _SHEET.fullmatch(member.filename):
                part = _sheet(part)
                last = max(last, *map(int, _SHARED.findall(part)), -1)
            elif member.filename == "content.xml" and len(part) > _SMALL:
                part = _content(part)
            out.writestr(member.filename, part)
        for member in strings:  # all of them where no sheet says which it needs
            part = archive.read(member)
            out.writestr(member.filename, _strings(part, last + 1) if last >= 0 else part)
    return made.getvalue()


def _sheet(part: bytes) -> bytes:
    """The rows at the top of an xlsx sheet, and which cells are merged."""
    end = _ROWS_END.search(part)
    cut = next(islice(_ROW_END.finditer(part), ROWS - 1, None), None)
    if not end or not cut or cut.end() >= end.start():
        return part
    merged = _MERGED.search(part, end.end())
    closing = re.search(rb"</(?:\w+:)?worksheet>", part[end.end() :])
    return part[: cut.end()] + end[0] + (merged[0] if merged else b"") + (closing[0] if closing else b"")


def _strings(part: bytes, count: int) -> bytes:
    """The texts that the rows at the top use, and all before them."""
    cut = next(islice(_STRING_END.finditer(part), max(count - 1, 0), None), None)
    closing = re.search(rb"</(?:\w+:)?sst>", part)
    return part[: cut.end()] + closing[0] if cut and closing and cut.end() < closing.start() else part


def _content(part: bytes) -> bytes:
    """The rows at the top of the first sheet of an OpenDocument workbook."""
    cut = next(islice(_LINE_END.finditer(part), ROWS - 1, None), None)
    return part[: cut.end()] + _CLOSING if cut and part.find(b"</table:table>", 0, cut.end()) < 0 else part
