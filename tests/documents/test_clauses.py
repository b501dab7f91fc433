"""A paper of every kit in the worst words keeps the clauses of PDF/A-3b, signed too; a broken one is named."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from services.documents import asset_card, training_certificate
from services.verdicts import judge
from tests.documents import kits, reading, signer
from tests.documents.clauses import findings
from tests.documents.sample import printed, text
from tests.documents.worst import WORST

ROWS = len(WORST)  # two or three cells a row, every other as bad as can be: each of the worst stands there


@cache
def worst(kit: str) -> bytes:
    return kits.drawn(kit, ROWS, worst=True)


@pytest.mark.parametrize("kit", kits.KITS)
def test_every_paper_keeps_the_clauses_whatever_people_typed(kit: str) -> None:
    assert findings(worst(kit)) == [] and judge(worst(kit)).intact


@pytest.mark.parametrize("kit", kits.KITS)
def test_two_libraries_read_the_same_on_every_page(kit: str) -> None:
    with pikepdf.open(io.BytesIO(worst(kit))) as pdf:
        ours = ["".join(page.split()) for page in reading.pages(pdf)]
    with pypdfium2.PdfDocument(worst(kit)) as other:
        seen = [page.get_textpage().get_text_range() for page in other]
    assert ["".join(page.replace("\ufffe", "-").split()) for page in seen] == ours, (
        "U+FFFE: a hyphen at the end of a line"
    )
    assert all(ours) and "\ufffd" not in "".join(ours)


@pytest.mark.parametrize("kit", kits.FILES)
def test_an_issued_paper_keeps_them_too_and_a_signed_one(kit: str) -> None:
    paper = kits.issued(kit, 3, signer.CODE_KEY.sign, worst=True)
    assert findings(paper.data) == []
    signed = signer.one_more(paper.data, 1, paper.spots[0] if paper.spots else None)
    assert findings(signed) == [] and judge(signed, signer.TRUST).good


def test_facts_longer_than_a_page_and_more_of_them_than_fit_are_drawn() -> None:
    facts = [(f"列{n}", "长" * 4000) for n in range(60)]
    card = asset_card.Card("ZC-7", "局", "资产卡片", "CARD", "2026", [asset_card.Group("其他", facts)], [], ("保管人",))
    paper = asset_card.render(card, "a5", lang="zh_CN", made=kits.MADE)
    assert all(f"列{n}" in text(paper.data) for n in range(60)) and findings(paper.data) == []


@pytest.mark.parametrize("length", [34, 120])
def test_a_certificate_has_room_for_the_longest_name_of_a_course(length: int) -> None:
    course = "消防安全责任人和管理人" * 20
    said = training_certificate.Said(
        "PX-1", "局", "王䶮", "1001", course[:length], 15, 90, kits.ON, None, "S", kits.MADE
    )
    assert f"“{course[:length]}”" in text(training_certificate.render(said).data)


def _font(pdf: pikepdf.Pdf) -> Any:
    return next(o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.Font)


def _drop(of: Callable[[pikepdf.Pdf], Any], key: str) -> Callable[[pikepdf.Pdf], None]:
    def broken(pdf: pikepdf.Pdf) -> None:
        del of(pdf)[key]

    return broken


def _set(of: Callable[[pikepdf.Pdf], Any], key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    def broken(pdf: pikepdf.Pdf) -> None:
        of(pdf)[key] = value

    return broken


def _root(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root


def _page(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


def _info(pdf: pikepdf.Pdf) -> Any:
    return pdf.docinfo


def _file(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.AF[0]


def _embedded(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.AF[0].EF.F


def _shown(what: bytes) -> Callable[[pikepdf.Pdf], None]:
    def broken(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(
            b"BT " + next(iter(pdf.pages[0].resources.Font.keys())).encode() + b" 9 Tf " + what + b" ET"
        )

    return broken


def _mapped(line: bytes) -> Callable[[pikepdf.Pdf], None]:
    def broken(pdf: pikepdf.Pdf) -> None:
        cmap = _font(pdf).ToUnicode
        cmap.write(cmap.read_bytes().replace(b"endbfchar", line + b"\nendbfchar", 1))

    return broken


def _profile(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    data = bytearray(stream.read_bytes())
    data[8] = 4
    stream.write(bytes(data))


def _xmp(before: bytes, after: bytes) -> Callable[[pikepdf.Pdf], None]:
    def broken(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_raw_bytes()
        assert before in packet
        pdf.Root.Metadata.write(packet.replace(before, after))

    return broken


def _annotated(flags: int) -> Callable[[pikepdf.Pdf], None]:
    def broken(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=flags, Rect=[0, 0, 9, 9])
        _page(pdf).Annots = Array([pdf.make_indirect(note)])
        pdf.Root.AcroForm = Dictionary(Fields=Array([_page(pdf).Annots[0]]))

    return broken


def _outside(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Extra = pdf.make_indirect(Stream(pdf, b"x", F="other.txt"))


BREAKS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "face not embedded": (lambda pdf: _drop(_font, "/FontDescriptor")(pdf), "6.2.11.4"),
    "no ToUnicode": (_drop(_font, "/ToUnicode"), "6.2.11.7"),
    "five digits in ToUnicode": (_mapped(b"<20> <2CB5A>"), "6.2.11.7"),
    "NUL in ToUnicode": (_mapped(b"<20> <0000>"), "6.2.11.7"),
    "other widths": (lambda pdf: _font(pdf).Widths.__setitem__(-1, 7), "6.2.11.5"),
    "encoding": (_set(_font, "/Encoding", Name.WinAnsiEncoding), "6.2.11.6"),
    "missing glyph": (_shown(b"<00> Tj"), "6.2.11.8"),
    "unknown operator": (_shown(b"1 XX"), "6.2.2"),
    "colours of printers": (_shown(b"0 0 0 1 k"), "6.2.2"),
    "unknown picture": (_shown(b"/None Do"), "6.2.2"),
    "states not given back": (_shown(b"q"), "6.1.13"),
    "no output intent": (_drop(_root, "/OutputIntents"), "6.2.3"),
    "profile of version 4": (_profile, "6.2.3"),
    "transparency": (_set(lambda pdf: _page(pdf).Resources, "/ExtGState", Dictionary(G=Dictionary(ca=0.5))), "6.2.10"),
    "script": (_set(_root, "/OpenAction", Dictionary(S=Name.JavaScript, JS="1")), "6.5"),
    "link": (_set(_root, "/A", Dictionary(S=Name.URI, URI="http://a")), "6.5"),
    "layers": (_set(_root, "/OCProperties", Dictionary()), "6.5"),
    "stream in another file": (_outside, "6.1.7"),
    "page of two points": (_set(_page, "/MediaBox", Array([0, 0, 2, 2])), "6.1.13"),
    "unseen annotation": (_annotated(2 | 4), "6.3.2"),
    "annotation not printed": (_annotated(0), "6.3.2"),
    "annotation without a look": (_annotated(4), "6.3.3"),
    "file without relationship": (_drop(_file, "/AFRelationship"), "6.8"),
    "file without a type": (_drop(_embedded, "/Subtype"), "6.8"),
    "file beside the attachments": (_set(_root, "/Names", Dictionary()), "6.8"),
    "no metadata": (_drop(_root, "/Metadata"), "6.6.2"),
    "other title": (_set(_info, "/Title", "x"), "6.6.3"),
    "one more fact": (_set(_info, "/Keywords", "x"), "6.6.3"),
    "another part": (_xmp(b"<pdfaid:part>3", b"<pdfaid:part>2"), "6.6.4"),
    "fact nobody describes": (_xmp(b"<pdfaProperty:name>digest", b"<pdfaProperty:name>sum"), "6.6.2.3"),
    "metadata that is no XML": (_xmp(b"</rdf:RDF>", b""), "cannot be read"),
    "no language": (_drop(_root, "/Lang"), "no language"),
    "no title": (_drop(_info, "/Title"), "no title"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_clause_is_named(name: str) -> None:
    how, clause = BREAKS[name]
    with pikepdf.open(io.BytesIO(printed(2).data)) as pdf:
        how(pdf)
        out = io.BytesIO()
        pdf.save(
            out, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none, fix_metadata_version=False
        )
    found = findings(out.getvalue())
    assert any(clause in each for each in found), found


def test_what_is_not_closed_is_named() -> None:
    data = printed(2).data
    assert any(each.startswith("6.1.3") for each in findings(data + b"\nmore"))
    assert findings(b"x" + data)[0].startswith("6.1.2") and "cannot be read" in findings(data[:500])[-1]
