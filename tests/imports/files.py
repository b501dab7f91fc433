"""Makes spreadsheet files byte by byte: the formats nothing here writes, and files made to do harm."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
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


def ods(path: Path, rows: list[list[str]]) -> Path:
    """An OpenDocument sheet of text cells."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        "<t:table-row>"
        + "".join(f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in row)
        + "</t:table-row>"
        for row in rows
    )
    content = (
        f'<o:document-content xmlns:o="{name}:office:1.0" xmlns:t="{name}:table:1.0" xmlns:x="{name}:text:1.0">'
        f'<o:body><o:spreadsheet><t:table t:name="S">{cells}</t:table></o:spreadsheet></o:body></o:document-content>'
    )
    prefixed = content.replace("o:", "office:").replace("t:", "table:").replace("x:", "text:")
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr("content.xml", prefixed)
    return path


def xls(path: Path, rows: list[list[str | float]]) -> Path:
    """An Excel 97 sheet (BIFF8 in a compound file) of texts and numbers."""
    path.write_bytes(compound_file("Workbook", book(rows)))
    return path


def book(rows: list[list[str | float]], protected: bool = False) -> bytes:
    """The stream of such a workbook; `protected` says that what follows is enciphered."""
    cells = b""
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                cells += _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
            else:
                cells += _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
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
