"""A signed paper before strangers: poppler, pyHanko and pikepdf say what we say, and no byte of it changes unseen."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from services import authority
from services.desk.errors import Invalid
from services.desk.signing_keys import new_key
from services.documents import paper_code, signed, signing
from services.documents.handover_note import render
from services.documents.seal_device import SoftwareKey
from services.documents.sign_block import Stamp
from services.documents.verify import ADDED
from services.verdicts import AFTER, judge, judge_code
from tests.documents import signer
from tests.documents.sample import NOTE
from tests.documents.signer import AT, BEGAN, CODE_KEY, ENDS, OFFICE, PEOPLE, ROOT, ROOT_KEY, TRUST, UNIT

ISSUED = render(NOTE, seal=CODE_KEY.sign)
PAPER = ISSUED.data


def one_more(data: bytes, position: int, at: datetime = AT, began: datetime = BEGAN) -> bytes:
    spot = ISSUED.spots[position - 1] if position <= len(ISSUED.spots) else None
    return signer.one_more(data, position, spot, at, began)


@cache
def signed_by(count: int) -> bytes:
    return one_more(signed_by(count - 1), count) if count else PAPER


def test_a_signature_is_drawn_where_no_paper_was_drawn_before() -> None:
    ask = (
        "from datetime import datetime, UTC; from services.documents.sign_block import Stamp, draw;"
        "assert draw(Stamp('王', '主任', '处', datetime.now(UTC), 'ab' * 32), 73, 84)"
    )
    subprocess.run([sys.executable, "-c", ask], check=True, cwd=Path(__file__).parents[2])


def test_every_signer_stands_in_the_paper_and_what_was_before_is_untouched() -> None:
    for count in (1, 2, 4):
        data = signed_by(count)
        assert data.startswith(signed_by(count - 1)) and data.startswith(PAPER)
        found, only = signed.look(data, len(PAPER))
        assert only and all(each.whole and each.chained and each.in_time for each in found)
        assert [(each.person, each.post, each.at) for each in found] == [(*who, AT) for who in PEOPLE[:count]]
        assert judge(data, TRUST).good


def test_the_blocks_stand_in_the_boxes_and_say_who_signed() -> None:
    document = pypdfium2.PdfDocument(signed_by(2))
    document.init_forms()
    page = document[0]
    page.flatten()  # what is seen becomes part of the page
    out = io.BytesIO()
    document.save(out)
    text = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()
    for said in ("电子签名", "Electronically signed", "李秀英", "处长", "2026-11-30 10:00:00", "证书指纹"):
        assert said in text
    pdf = pikepdf.open(io.BytesIO(signed_by(4)))
    fields = list(pdf.Root.AcroForm.Fields)
    for field, spot in zip(fields, ISSUED.spots, strict=False):
        assert [round(float(side)) for side in field.Rect][:2] == [round(spot.x), round(spot.y)]
        assert int(field.F) & 4, "it is printed"
    assert [float(side) for side in fields[3].Rect] == [0, 0, 0, 0], "no box is left"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")
def test_poppler_finds_each_signature_valid(tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed_by(2))
    told = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 2 and told.count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in told and "王䶮" in told
    at = len(PAPER) // 2
    file.write_bytes(PAPER[:at] + bytes([PAPER[at] ^ 1]) + signed_by(2)[at + 1 :])
    told = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in told


def test_pyhanko_trusts_it_by_the_root() -> None:
    root = asn1.Certificate.load(ROOT.public_bytes(Encoding.DER))
    reader = PdfFileReader(io.BytesIO(signed_by(2)))
    for each in reader.embedded_signatures:
        context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=AT)
        status = validate_pdf_signature(each, signer_validation_context=context)
        assert status.bottom_line and status.trusted


def test_the_file_stays_whole_and_an_archive() -> None:
    with pikepdf.open(io.BytesIO(signed_by(2))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert {"/Version", "/Extensions"} & set(pdf.Root.keys()) == set()
        packet = pdf.Root.Metadata.read_bytes()
        assert b"<pdfaid:part>3</pdfaid:part>" in packet
        assert str(pdf.docinfo["/ModDate"]) == str(pdf.docinfo["/CreationDate"]), "Info says what XMP says"
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == pikepdf.Name.Font:
                assert "/ToUnicode" in found and "/FontFile2" in found.FontDescriptor
    before = re.findall(rb"<xmp:ModifyDate>[^<]*<", PAPER)
    assert before == re.findall(rb"<xmp:ModifyDate>[^<]*<", signed_by(2))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_any_flipped_byte_of_a_signed_paper_is_noticed(data: st.DataObject) -> None:
    whole = signed_by(1)
    contents = whole.rindex(b"/Contents <")
    at = data.draw(
        st.integers(0, len(whole) - 1) | st.integers(len(PAPER), len(whole) - 1)
        | st.integers(contents, contents + 4000)
    )  # fmt: skip
    flipped = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    assert not judge(flipped, TRUST).good


@pytest.mark.parametrize("add", [b"\n", b"9 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 9 0 R >>\n%%EOF\n"])
def test_what_is_added_behind_the_signatures_is_noticed(add: bytes) -> None:
    verdict = judge(signed_by(1) + add, TRUST)
    assert not verdict.good and verdict.seal.problem in (AFTER, ADDED)


def test_a_page_that_is_overlaid_by_who_signs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who may sign changes a page with the same stroke: his signature is genuine, the paper is not."""
    from pyhanko.pdf_utils import generic

    class Overlaid(signing._Addition):
        def __init__(self, stream: io.BytesIO) -> None:
            super().__init__(stream)
            page = self.root["/Pages"]["/Kids"][0]
            page["/Contents"] = self.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
            self.update_container(page)

    monkeypatch.setattr(signing, "_Addition", Overlaid)
    data = one_more(PAPER, 1)
    found, only = signed.look(data, len(PAPER))
    assert found[0].whole and not only and not judge(data, TRUST).good


def test_a_certificate_that_only_names_the_root_is_not_of_it() -> None:
    key, forger = new_key(), new_key()
    own = authority.issue(
        authority.Holder("王䶮", "主任", UNIT, OFFICE), key.public_key(), ROOT, forger, BEGAN, ENDS
    )  # fmt: skip
    stamp = Stamp("王䶮", "主任", UNIT, AT, authority.fingerprint(own))
    data = signing.sign(PAPER, SoftwareKey((own, ROOT), key), stamp, None, 1)
    assert signed.look(data, len(PAPER))[0][0].whole and not judge(data, TRUST).good


def test_a_signature_before_or_after_the_time_of_its_certificate_counts_for_nothing() -> None:
    for at in (BEGAN - timedelta(hours=1), AT + timedelta(days=800)):
        data = one_more(PAPER, 1, at)
        found, _ = signed.look(data, len(PAPER))
        assert not found[0].in_time and not judge(data, TRUST).good


def test_a_root_that_may_not_issue_vouches_for_nobody() -> None:
    key, inner = new_key(), new_key()
    holder = authority.Holder("王䶮", "主任", UNIT, OFFICE)
    middle = authority.issue(holder, key.public_key(), ROOT, ROOT_KEY, BEGAN, ENDS)
    own = authority.issue(holder, inner.public_key(), middle, key, BEGAN, ENDS)
    stamp = Stamp("王䶮", "主任", UNIT, AT, authority.fingerprint(own))
    data = signing.sign(PAPER, SoftwareKey((own, middle), inner), stamp, None, 1)
    assert not judge(data, TRUST).good


def test_a_code_holds_a_whole_signature_and_fits_where_the_unsigned_one_stood() -> None:
    import segno

    code = ISSUED.code
    assert judge_code(code, TRUST).good
    assert len(segno.make_qr(code, error="m", boost_error=False, encoding="utf-8").matrix) <= 53
    assert not judge_code(render(replace(NOTE, version=2)).code, TRUST).good, "nobody signed it"


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(ISSUED.code) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_any_changed_character_of_a_code_is_noticed(at: int, character: str) -> None:
    code = ISSUED.code
    changed = code[:at] + character + code[at + 1 :]
    try:
        good = judge_code(changed, TRUST).good
    except Invalid:
        good = False
    spelled = at > code.rindex(":") and changed.upper() == code  # a signature may be typed in small letters
    assert good == (changed == code or spelled)


@given(st.text(max_size=700))
def test_anything_that_is_scanned_is_a_code_or_refused(text: str) -> None:
    for said in (text, f"DAYUAN2:{text}", f"DAYUAN1|{text}", f"DAYUAN2:H:1:1:20261130:{text}:-:-"):
        try:
            paper_code.read(said)
        except Invalid:
            pass


@given(st.binary(max_size=300))
def test_anything_behind_a_paper_is_read_without_harm(tail: bytes) -> None:
    assert not judge(PAPER + tail + b"x").good
