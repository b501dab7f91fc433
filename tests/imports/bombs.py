"""Files made to exhaust, crash or deceive whoever opens them, made on the spot, by what they do."""

from __future__ import annotations

import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from tests.imports import files

HEADS = '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row>'
NAMES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
NAMES += 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
NAMES += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
TEXT = '<table:table-cell office:value-type="string"{0}><text:p>{1}</text:p></table:table-cell>'


def with_member(path: Path, name: str, data: bytes | str, packed: int = zipfile.ZIP_DEFLATED) -> Path:
    """The file with one part more, or a second one of that name."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a", packed) as archive:
        warnings.simplefilter("ignore")  # of a name that is there already
        archive.writestr(name, data)
    return path


def plain(path: Path, rows: str = HEADS) -> Path:
    """A small workbook that is quite in order."""
    return files.xlsx(path, rows)


def with_strings(path: Path, cells: str, strings: str) -> Path:
    """A workbook with shared strings."""
    whole = files.xlsx(path, cells)
    kind = f"{files.RELATIONS}/sharedStrings"
    relations = f'<Relationship Id="r2" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", relations)
    parts["xl/sharedStrings.xml"] = f"<sst {files.MAIN}>{strings}</sst>"
    return packed(path, parts)


def packed(path: Path, parts: dict[str, str]) -> Path:
    """A packed file of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def zip_in_zip(path: Path) -> Path:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("0", b"\0" * 50_000_000)
    return with_member(plain(path), "xl/media/0.zip", inner.getvalue(), zipfile.ZIP_STORED)


def many_large_parts(path: Path) -> Path:
    """Each part is within bounds; together they unpack to 240 MB."""
    dice = random.Random(5)
    unpacked = b"".join(dice.randbytes(1000) + b"\0" * 39_000 for _ in range(2000))
    for number in range(3):
        with_member(path if number else plain(path), f"xl/media/{number}.bin", unpacked)
    return path


def lying_size(path: Path) -> Path:
    """Says that its sheet has 200 bytes, and they are right; it unpacks to 400 million, in one cell."""
    sheet = f'<worksheet {files.MAIN}><dimension ref="A1"/><sheetData><row r="1"><c r="A1" t="str"><v>'.encode().ljust(
        200
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(sheet) + b"".join(packer.compress(b"A" * 1_000_000) for _ in range(400)) + packer.flush()
    packed(path, parts_but_sheet(path))
    with zipfile.ZipFile(path) as archive:
        start, count = archive.start_dir, len(archive.namelist())
    body, name = path.read_bytes(), b"xl/worksheets/sheet1.xml"
    about = struct.pack("<HHHHHIIIH", 20, 0, 8, 0, 33, zlib.crc32(sheet), len(data), len(sheet), len(name)) + b"\0\0"
    local = b"PK\x03\x04" + about + name + data
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, start) + name
    directory = body[start : body.rindex(b"PK\x05\x06")] + entry
    end = struct.pack("<HHHHIIH", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0)
    path.write_bytes(body[:start] + local + directory + b"PK\x05\x06" + end)
    return path


def parts_but_sheet(path: Path) -> dict[str, str]:
    """The other parts of a small workbook."""
    with zipfile.ZipFile(plain(path)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if "sheet1" not in name}


def four_million_strings(path: Path) -> Path:
    strings = "".join(f"<si><t>{number:07}</t></si>" for number in range(4_000_000))
    return with_strings(path, '<row r="1"><c r="A1" t="s"><v>3999999</v></c></row>', strings)


def long_strings(path: Path, rows: int) -> Path:
    """Each cell is within bounds: ten strings of 32,767 characters, named at random."""
    dice = random.Random(7)
    picked = ("".join(f'<c t="s"><v>{dice.randrange(10)}</v></c>' for _ in range(100)) for _ in range(rows))
    cells = (f"<row>{row}</row>" for row in picked)
    strings = ("".join(dice.choices("台账大院管家一二三四五六", k=32_767)) for _ in range(10))
    return with_strings(path, "".join(cells), "".join(f"<si><t>{text}</t></si>" for text in strings))


def one_string_in_every_cell(path: Path) -> Path:
    """All cells together are 33 billion characters."""
    return long_strings(path, 10_000)


def more_text_than_any_register(path: Path) -> Path:
    """Little enough for the reading process, too much to be handed over."""
    return long_strings(path, 60)


def million_merged(path: Path) -> Path:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 1_000_001))
    whole = files.xlsx(path, HEADS)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
    return packed(path, parts)


def merged_everything(path: Path) -> Path:
    """One merge of every cell there can be."""
    whole = million_merged(path)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    head, _, _ = parts[name].partition("<mergeCells>")
    parts[name] = head + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    return packed(path, parts)


def endless_attributes(path: Path) -> Path:
    """A tag that never ends, full of places where a far cell could begin."""
    dice = random.Random(9)
    places = "".join(f'r="XFD{dice.randrange(1_000_000)}" ' for _ in range(1_000_000))
    return files.xlsx(path, f"<row><c {places}/></row>")


def sheet_is_a_directory(path: Path) -> Path:
    packed(path, parts_but_sheet(path))
    return with_member(path, "xl/worksheets/sheet1.xml/", b"")


def sheet_is_missing(path: Path) -> Path:
    return packed(path, parts_but_sheet(path))


def names_that_lead_outside(path: Path) -> Path:
    for name in ("../outside.txt", "/outside.txt", "..\\outside.txt", "C:outside.txt"):
        with_member(path if path.exists() else plain(path), name, b"x")
    return path


def second_workbook_of_one_name(path: Path) -> Path:
    """Two parts of one name, the later of them no workbook: which one counts must not matter."""
    return with_member(plain(path), "xl/workbook.xml", "<workbook><sheets><sheet")


def unknown_packing(path: Path) -> Path:
    data = bytearray(plain(path).read_bytes())
    for place in range(len(data) - 12):
        if data[place : place + 4] == b"PK\x01\x02":
            data[place + 10 : place + 12] = b"\x63\0"
        if data[place : place + 4] == b"PK\x03\x04":
            data[place + 8 : place + 10] = b"\x63\0"
    path.write_bytes(data)
    return path


def wrong_checksum(path: Path) -> Path:
    data = bytearray(plain(path).read_bytes())
    for place in range(len(data) - 20):
        if data[place : place + 4] == b"PK\x01\x02":
            data[place + 16] ^= 0xFF
    path.write_bytes(data)
    return path


def _ods(path: Path, table: str, declaration: str = "") -> Path:
    whole = files.ods(path, [["名称"]])
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{table}</table:table>'
    body += "</office:spreadsheet></office:body>"
    head = f'<?xml version="1.0"?>{declaration}<office:document-content {NAMES}>'
    return packed(path, parts | {"content.xml": f"{head}{body}</office:document-content>"})


def ods_repeated_columns(path: Path) -> Path:
    cell = TEXT.format(' table:number-columns-repeated="2000000000"', "桌")
    return _ods(path, f"<table:table-row>{cell}</table:table-row>")


def ods_repeated_rows(path: Path) -> Path:
    row = '<table:table-row table:number-rows-repeated="2000000000">'
    return _ods(path, f"{row}{TEXT.format('', '桌')}</table:table-row>")


def ods_repeated_both(path: Path) -> Path:
    cell = TEXT.format(' table:number-columns-repeated="16384"', "桌")
    return _ods(path, f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def ods_negative_repeat(path: Path) -> Path:
    cell = TEXT.format(' table:number-columns-repeated="-1"', "桌")
    return _ods(path, f"<table:table-row>{cell}</table:table-row>")


def ods_laughs(path: Path) -> Path:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    row = f"<table:table-row>{TEXT.format('', '&e9;')}</table:table-row>"
    return _ods(path, row, f'<!DOCTYPE x [<!ENTITY e0 "lol">{inner}]>')


def ods_cut_short(path: Path) -> Path:
    """Packed in order, but its content stops in the middle of a row."""
    with zipfile.ZipFile(files.ods(path, [["名称"]])) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return packed(path, parts | {"content.xml": parts["content.xml"].partition("</table:table>")[0]})


def _xls(path: Path, change: Callable[[bytearray], None]) -> Path:
    data = bytearray(files.xls(path, [["名称", 1.0], ["办公桌", 2.0]]).read_bytes())
    change(data)
    path.write_bytes(data)
    return path


def xls_record_longer_than_the_file(path: Path) -> Path:
    def lie(data: bytearray) -> None:
        place = data.index(b"\x04\x02")
        data[place + 2 : place + 4] = b"\xff\xff"

    return _xls(path, lie)


def xls_text_longer_than_its_record(path: Path) -> Path:
    def lie(data: bytearray) -> None:
        place = data.index(b"\x04\x02")
        data[place + 10 : place + 12] = b"\xff\xff"

    return _xls(path, lie)


def xls_far_cell(path: Path) -> Path:
    def move(data: bytearray) -> None:
        place = data.rindex(b"\x03\x02")
        data[place + 4 : place + 8] = b"\xff\xff\xff\xff"

    return _xls(path, move)


def xls_cut_between_sectors(path: Path) -> Path:
    path.write_bytes(files.xls(path, [["名称"]]).read_bytes()[: 512 * 4])
    return path


def xls_cut_within_a_sector(path: Path) -> Path:
    path.write_bytes(files.xls(path, [["名称"]]).read_bytes()[:777])
    return path


def xls_sectors_in_a_ring(path: Path) -> Path:
    def ring(data: bytearray) -> None:
        data[512 + 4 * 9 : 512 + 4 * 10] = struct.pack("<I", 2)

    return _xls(path, ring)


def xls_directory_in_a_ring(path: Path) -> Path:
    def ring(data: bytearray) -> None:
        data[512 + 4 : 512 + 8] = struct.pack("<I", 1)

    return _xls(path, ring)


def xls_no_workbook(path: Path) -> Path:
    path.write_bytes(files.compound_file("WordDocument", b"\xec\xa5" * 3000))
    return path


def xls_protected(path: Path) -> Path:
    path.write_bytes(files.compound_file("Workbook", files.book([["名称"]], protected=True)))
    return path


def word_document(path: Path) -> Path:
    return packed(path, {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"})


def nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n" * 50)
    return path


def program(path: Path) -> Path:
    path.write_bytes(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(range(256)) * 64)
    return path


def xml_page(path: Path) -> Path:
    path.write_text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "utf-8")
    return path


def csv_line_of_200_mb(path: Path) -> Path:
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    return path


def csv_line_of_90_mb(path: Path) -> Path:
    path.write_bytes(b"x" * 90_000_000)
    return path


def csv_90_million_lines(path: Path) -> Path:
    path.write_bytes(b"\n" * 90_000_000)
    return path


def csv_million_columns(path: Path) -> Path:
    path.write_text("编号,名称" + ",x" * 1_000_000, "utf-8")
    return path


def csv_quote_never_closed(path: Path) -> Path:
    path.write_bytes("编号,名称\n1,".encode() + b'"' + b"x,\n" * 30_000_000)
    return path


def csv_quotes_only(path: Path) -> Path:
    path.write_bytes(b'"' * 90_000_001)
    return path


def csv_with_nul(path: Path) -> Path:
    path.write_bytes("编号,名称\n1,办\0公桌\n".encode())
    return path


def csv_half_a_mark(path: Path) -> Path:
    path.write_bytes(b"\xff\xfe\x00")
    return path


def csv_lone_surrogates(path: Path) -> Path:
    path.write_bytes(b"\xff\xfe\x00\xd8a\x00,\x00\x00\xdc")
    return path
