"""The file as an archive wants it: the clauses of PDF/A-3b, the rows inside, and the same bytes every time."""

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

import pikepdf
import pytest
from pikepdf import Name

from services.documents import import_report
from services.documents.handover_note import CHINA, render
from services.documents.handover_words import Line
from tests.documents.clauses import findings
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


def test_the_clauses_are_kept(data: bytes) -> None:
    """Each of them, and how a broken one is found: test_clauses."""
    assert findings(data) == []


def test_the_metadata_say_what_it_is_and_when_it_was_made(pdf: pikepdf.Pdf) -> None:
    info, raw = pdf.docinfo, pdf.Root.Metadata.read_raw_bytes()
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] in ("固定资产移交清单", "台账导入报告")
        assert xmp["dc:description"] in (NOTE.number, "台账.xlsx")
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"]
        assert str(info.CreationDate).endswith("+08'00'")
        assert xmp["{urn:dayuan:document:1}number"] == info.Subject
    for name in (b"number", b"version", b"kind", b"length", b"digest"):
        assert b"<pdfaProperty:name>" + name in raw and raw.count(b"<dayuan:" + name + b">") == 1


def test_the_file_is_one_revision_of_pdf_1_7(data: bytes) -> None:
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
