"""The file as an archive wants it: the clauses of PDF/A-3b that a program can check, and the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from services.documents import import_report
from services.documents.handover_note import CHINA, render
from services.documents.handover_words import Line
from tests.documents.sample import DRAFT, NOTE, RARE, lines, printed
from tests.documents.test_import_report import ABOUT, report

NOTED = datetime(2026, 11, 25, tzinfo=CHINA)
PAPERS = {
    "short": lambda: printed(2).data,
    "long": lambda: printed(5000).data,
    "draft": lambda: render(DRAFT).data,
    "rare": lambda: render(replace(NOTE, office="甲&<乙>", basis=RARE + "😀", lines=lines(3))).data,
    "report": lambda: import_report.render(report(), replace(ABOUT, when=NOTED), "zh_CN").data,
}


@pytest.fixture(scope="module", params=PAPERS)
def data(request: pytest.FixtureRequest) -> bytes:
    """A paper of each sort."""
    return PAPERS[request.param]()


@pytest.fixture
def pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    """The paper opened."""
    with pikepdf.open(io.BytesIO(data)) as found:
        yield found


def _fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == Name.Font]


def test_every_font_is_embedded_as_a_subset(pdf: pikepdf.Pdf) -> None:
    fonts = _fonts(pdf)
    assert fonts
    for font in fonts:
        assert font.Subtype == Name.TrueType and re.match(r"/[A-Z]{6}\+Noto", str(font.BaseFont))
        assert len(font.FontDescriptor.FontFile2.read_bytes()) > 1000
        assert font.FontDescriptor.Flags & 4 and "/Encoding" not in font, "symbolic, so without an encoding (6.2.11.6)"
        assert len(font.Widths) == font.LastChar - font.FirstChar + 1


def test_text_can_be_copied_and_searched(pdf: pikepdf.Pdf) -> None:
    for font in _fonts(pdf):
        cmap = font.ToUnicode.read_bytes().decode("ascii")
        pairs = re.findall(r"^<([0-9A-F]+)> <([0-9A-F]+)>$", cmap[cmap.index("beginbfchar") :], re.MULTILINE)
        assert pairs and max(map(int, re.findall(r"(\d+) beginbfchar", cmap))) <= 100
        for code, units in pairs:
            assert len(code) == 2 and len(units) % 4 == 0
            assert len(bytes.fromhex(units).decode("utf-16-be")) == 1 and units not in ("0000", "FEFF", "FFFE")


def test_no_text_refers_to_a_missing_glyph(pdf: pikepdf.Pdf) -> None:
    for page in [*pdf.pages[:3], pdf.pages[-1]]:
        known = {name: _mapped(font) for name, font in page.obj.Resources.Font.items()}
        current: set[int] = set()
        shown = 0
        for step in pikepdf.parse_content_stream(page):
            operands: Any = step.operands
            if str(step.operator) == "Tf":
                current = known[str(operands[0])]
            elif str(step.operator) == "Tj":
                shown += 1
                assert set(bytes(operands[0])) <= current
        assert shown > 20


def _mapped(font: Any) -> set[int]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    return {int(code, 16) for code in re.findall(r"^<([0-9A-F]{2})> <[0-9A-F]{4}", cmap, re.MULTILINE)}


def test_the_colours_are_defined_and_nothing_is_transparent(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    profile = intent.DestOutputProfile.read_bytes()
    assert intent.S == Name.GTS_PDFA1 and intent.DestOutputProfile.N == 3
    assert profile[36:40] == b"acsp" and profile[16:20] == b"RGB " and profile[8] == 2
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            assert not {"/SMask", "/ca", "/CA", "/BM"} & set(found.keys())


def test_the_metadata_say_the_same_twice(pdf: pikepdf.Pdf, data: bytes) -> None:
    raw = pdf.Root.Metadata.read_raw_bytes()
    assert "/Filter" not in pdf.Root.Metadata and raw in data, "the packet can be read without a PDF library"
    info = pdf.docinfo
    with pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "B")
        assert xmp["dc:title"] == info.Title and info.Title in ("固定资产移交清单", "台账导入报告")
        assert xmp["dc:creator"] == [str(info.Author)]
        assert xmp["dc:description"] == info.Subject and info.Subject in (NOTE.number, "台账.xlsx")
        assert xmp["xmp:CreatorTool"] == info.Creator and xmp["pdf:Producer"] == info.Producer
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"]
        digits = re.sub(r"[-:T]", "", xmp["xmp:CreateDate"][:19])
        assert str(info.CreationDate) == str(info.ModDate) == f"D:{digits}+08'00'"
        assert xmp["{urn:dayuan:document:1}number"] == info.Subject
    assert set(info.keys()) == {"/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
    for name in (b"number", b"version", b"kind", b"length", b"digest"):
        assert b"<pdfaProperty:name>" + name in raw and raw.count(b"<dayuan:" + name + b">") == 1


def test_the_file_is_closed_to_the_outside(pdf: pikepdf.Pdf, data: bytes) -> None:
    forbidden = {"/JS", "/JavaScript", "/Launch", "/AA", "/OpenAction", "/XFA", "/Encrypt", "/URI"}
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            assert not forbidden & set(found.keys())
    assert len(pdf.trailer.ID) == 2 and not pdf.is_encrypted and pdf.Root.Lang == "zh-CN"
    assert data.startswith(b"%PDF-1.7\n%") and data.endswith(b"%%EOF\n") and data.count(b"%%EOF") == 1


def test_the_rows_of_its_tables_are_in_the_file(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.attachments) == len(pdf.Root.AF) >= 1
    for name, told in pdf.attachments.items():
        file = told.get_file()
        assert re.fullmatch(r"table-\d\d\.csv", name) and file.mime_type == "text/csv"
        assert told.relationship == Name.Data and told.description and file.obj.Params.ModDate
        head, *rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")))
        assert rows and {len(row) for row in rows} == {len(head)}


def test_the_rows_in_the_file_are_those_of_the_note() -> None:
    place = "一层，“东”\n二层 <b>&" + "长" * 900
    odd = Line("JGSW-ZC-2026-000009", "=HYPERLINK(1)", "-5", "台", 1, 123456789, None, place)
    with pikepdf.open(io.BytesIO(render(replace(NOTE, lines=(*lines(2), odd))).data)) as pdf:
        told = pdf.attachments["table-01.csv"].get_file().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [row["资产编号"] for row in rows] == ["JGSW-ZC-2026-000001", "JGSW-ZC-2026-000002", odd.number]
    said = (rows[2]["资产名称"], rows[2]["规格型号"])
    assert said == ("'=HYPERLINK(1)", "'-5"), "no spreadsheet takes them for formulas"
    assert rows[2]["原值（元）"] == "1234567.89" and place in rows[2].values(), "whole, though the paper cut it"


def test_the_same_note_gives_the_same_bytes_also_elsewhere() -> None:
    again = (
        "import hashlib; from services.documents.handover_note import render;"
        "from tests.documents.sample import NOTE; print(hashlib.sha256(render(NOTE).data).hexdigest())"
    )
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "LC_ALL": "C"}
    found = subprocess.run(
        [sys.executable, "-c", again], capture_output=True, text=True, check=True, env={**os.environ, **elsewhere}
    )
    assert found.stdout.strip() == hashlib.sha256(render(NOTE).data).hexdigest() == printed(2).sha256
    assert render(replace(NOTE, basis="另一依据")).sha256 != printed(2).sha256
