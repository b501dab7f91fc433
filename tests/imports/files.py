"""Makes spreadsheet files byte by byte: the formats nothing here writes, and files made to do harm."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Span: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last (row, column) of cells that are merged, from 0."""
Drawn: TypeAlias = tuple[Sequence[Sequence[str]], Sequence[Span], Sequence[int]]
"""A sheet: rows, merged cells, hidden rows from 0."""
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def inline(reference: str, text: str) -> str:
    """One cell of text in a row of its own."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def xlsx(path: Path, rows: str, before: str = "", declaration: str = "") -> Path:
    """A workbook of one sheet whose rows are given as XML; `before` stands before the rows."""
    sheet = f'<?xml version="1.0"?>{declaration}<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _relation(f"{RELATIONS}/officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", _relation(f"{RELATIONS}/worksheet", "worksheets/sheet1.xml"))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def _relation(kind: str, target: str) -> str:
    inner = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def ods(path: Path, rows: Sequence[Sequence[str]], merged: Sequence[Span] = (), hidden: Sequence[int] = ()) -> Path:
    """An OpenDocument sheet of text cells."""
    return ods_book(path, {"S": (rows, merged, hidden)})


def ods_book(path: Path, sheets: Mapping[str, Drawn], unseen: Sequence[str] = ()) -> Path:
    """An OpenDocument workbook: of every sheet its rows, merged cells and hidden rows; the `unseen` ones are hidden."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{part}="{name}:{part}:1.0"' for part in ("office", "table", "text", "style"))
    tables = "".join(_table(title, *drawn, title in unseen) for title, drawn in sheets.items())
    styles = (
        '<office:automatic-styles><style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    content = (
        f"<office:document-content {spaces}>{styles if unseen else ''}"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    return path


def _table(
    title: str, rows: Sequence[Sequence[str]], merged: Sequence[Span], hidden: Sequence[int], unseen: bool
) -> str:  # fmt: skip
    begins = dict(merged)
    covered = {
        (row, column) for (top, left), (bottom, right) in merged
        for row in range(top, bottom + 1) for column in range(left, right + 1)
    } - begins.keys()  # fmt: skip
    lines = []
    for row, line in enumerate(rows):
        cells = ""
        for column, cell in enumerate(line):
            if (row, column) in covered:
                cells += "<table:covered-table-cell/>"
                continue
            spans, (down, across) = "", begins.get((row, column), (row, column))
            if (row, column) in begins:
                count = down - row + 1, across - column + 1
                spans = f' table:number-rows-spanned="{count[0]}" table:number-columns-spanned="{count[1]}"'
            cells += f'<table:table-cell{spans} office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        off = ' table:visibility="collapse"' if row in hidden else ""
        lines.append(f"<table:table-row{off}>{cells}</table:table-row>")
    style = ' table:style-name="off"' if unseen else ""
    return f'<table:table table:name="{title}"{style}>{"".join(lines)}</table:table>'


def xls(path: Path, rows: Sequence[Sequence[str | float]], merged: Sequence[Span] = ()) -> Path:
    """An Excel 97 sheet (BIFF8 in a compound file) of texts and numbers."""
    path.write_bytes(compound_file("Workbook", book(rows, merged=merged)))
    return path


def book(rows: Sequence[Sequence[str | float]], protected: bool = False, merged: Sequence[Span] = ()) -> bytes:
    """The stream of such a workbook; `protected` says that what follows is enciphered."""
    cells = b""
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                cells += _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
            else:
                cells += _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    if merged:
        spans = (struct.pack("<HHHH", top, bottom, left, right) for (top, left), (bottom, right) in merged)
        cells += _record(0x00E5, struct.pack("<H", len(merged)) + b"".join(spans))
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48) if protected else b""
    end = _record(0x000A, b"")
    offset = len(start) + len(_record(0x0085, b"\0" * 9)) + len(end)
    about = start + _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, 1, 0) + b"S") + end
    return about + _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + end


def shared_book(rows: list[list[str | float]]) -> bytes:
    """The stream of a workbook as Excel 97 itself writes it: shared texts, dates by their format, packed numbers, a
    formula with its text, merged cells."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    strings = b"".join(struct.pack("<HB", len(t.encode("utf-16-le")) // 2, 1) + t.encode("utf-16-le") for t in texts)
    cells = b""
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                cells += _record(0x00FD, struct.pack("<HHHI", row, column, 0, texts.index(cell)))
            elif cell.is_integer():
                cells += _record(0x027E, struct.pack("<HHHI", row, column, 1, (int(cell) << 2 | 2) & 0xFFFFFFFF))
            else:
                cells += _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    last, wide = len(rows), max(map(len, rows))
    cells += _record(0x00BD, struct.pack("<HHHIHIH", last, 0, 0, 7 << 2 | 2, 0, 8 << 2 | 2, 1))
    said = struct.pack("<HHHBBBBBBHHI", last, 2, 0, 0, 0, 0, 0, 0, 0, 0xFFFF, 0, 0) + struct.pack("<HBH", 3, 0x1E, 0)
    cells += _record(0x0006, said) + _record(0x0207, struct.pack("<HB", 2, 0) + b"ok")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(0x0042, b"\xb0\x04")
    start += _record(0x0022, b"\0\0") + _record(0x041E, struct.pack("<HHB", 164, 10, 0) + b"yyyy-mm-dd")
    start += b"".join(_record(0x00E0, struct.pack("<HHH", 0, form, 0) + b"\0" * 14) for form in (0, 164))
    table = _record(0x00FC, struct.pack("<II", len(texts), len(texts)) + strings) + _record(0x000A, b"")
    offset = len(start) + len(_record(0x0085, b"\0" * 9)) + len(table)
    about = start + _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, 1, 0) + b"S") + table
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, last + 1, 0, wide, 0)) + cells
    return about + sheet + _record(0x00E5, struct.pack("<HHHHH", 1, 0, 0, 0, 1)) + _record(0x000A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def compound_file(name: str, stream: bytes) -> bytes:
    """An OLE compound file with one stream, of 60 kB at most: header, allocation table, directory, stream."""
    size = max(len(stream), 4096)  # shorter ones would live in the table of small streams
    sectors = -(-size // 512)
    free, last, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [table, last, *(place + 3 for place in range(sectors - 1)), last]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, last, 0, last, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    allocation = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    directory = _entry("Root Entry", 5, 1, last, 0) + _entry(name, 2, free, 2, size) + b"\0" * 256
    return header + allocation + directory + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    free = 0xFFFFFFFF
    head = struct.pack("<64sHBBIII", written, len(written), kind, 1, free, free, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
