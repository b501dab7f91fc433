"""What somebody changes in an issued paper is found, and said in words: a page, the data, the description, the code.

The forger is able: he opens the file with a PDF library, changes one thing and writes it anew, mark and all.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa
from pikepdf import Array, Dictionary, Name

from models.document import Document
from services import place_papers
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.document_issuing import Subject
from services.documents import differs
from services.documents.differs import ABOUT, BEHIND, COUNT, EMBEDDED, OVER, PAGE, PLACE
from services.documents.verify import ADDED, BLANK_DIGEST, BLANK_LENGTH, CHANGED, FOREIGN, inspect, seal
from services.papers import SAYS, Standing
from services.verdicts import FORGED, OTHER, SAME, VOUCHED, asked, judge, judge_code
from tests.documents.sample import NOTE, printed
from tests.services.people import Office, found

PAPER = printed(40).data  # two pages and more
Change = Callable[[pikepdf.Pdf], None]


def written(data: bytes, change: Change) -> bytes:
    """The file written anew with one thing changed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False)
    return out.getvalue()


def marked(data: bytes) -> bytes:
    """The file with a new mark over it, as its author would have made it."""
    start, end = data.index(b"<dayuan:length>"), data.index(b"</dayuan:digest>")
    blank = f"<dayuan:length>{BLANK_LENGTH}</dayuan:length>\n<dayuan:digest>{BLANK_DIGEST}".encode()
    forged = bytearray(data[:start] + blank + data[end:])
    seal(memoryview(forged))
    return bytes(forged)


def stroke(page: int) -> Change:
    """One digit of what stands on a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[page].obj.Contents
        drawn = content.read_bytes()
        at = drawn.rindex(b".00)Tj") if b".00)Tj" in drawn else drawn.rindex(b"1 0 0 1 ")
        content.write(drawn[:at] + drawn[at:].replace(b".00)Tj", b".01)Tj").replace(b"1 0 0 1 ", b"1 0 0 1 9", 1))

    return change


def _code(pdf: pikepdf.Pdf) -> None:
    """One dark square of the first QR code less."""
    content = pdf.pages[0].obj.Contents
    before, squares = content.read_bytes().split(b" re ", 1)
    content.write(before[: before.rindex(b"rg ") + 3] + squares)


def _glyph(pdf: pikepdf.Pdf) -> None:
    face = next(iter(pdf.pages[0].resources.Font.values())).FontDescriptor.FontFile2
    face.write(face.read_bytes()[:-1] + b"\x01")


def _rows(pdf: pikepdf.Pdf) -> None:
    file = pdf.attachments["table-01.csv"].get_file().obj
    told = file.read_bytes()
    at = told.rindex(b".00")
    file.write(told[:at] + b".01" + told[at + 3 :])


def _data(pdf: pikepdf.Pdf) -> None:
    file = pdf.attachments["table-01.csv"].get_file().obj
    file.write(file.read_bytes() + b"1\r\n")


def _packet(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_raw_bytes()
    pdf.Root.Metadata.write(packet.replace("<rdf:li>某".encode(), "<rdf:li>甲".encode()))


def _info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "固定资产移交单"


def _over(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[0, 0, 99, 99], Contents="999.00")
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])


def _cut(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def _turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].rotate(180, relative=False)


WRITTEN: dict[str, tuple[Change, Any]] = {
    "a digit on a page": (stroke(0), (PAGE, {"n": 1})),
    "a stroke on the last": (stroke(-1), (PAGE, {"n": printed(40).pages})),
    "a square of the code": (_code, (PAGE, {"n": 1})),
    "a glyph": (_glyph, (PAGE, {"n": 1})),
    "a page the other way up": (_turned, (PAGE, {"n": 1})),
    "a note over a page": (_over, (OVER, {"n": 2})),
    "a page less": (_cut, (COUNT, {"n": printed(40).pages - 1, "m": printed(40).pages})),
    "a digit of the data": (_rows, (EMBEDDED, {})),
    "a character of the description": (_packet, (ABOUT, {})),
    "the title readers show": (_info, (ABOUT, {})),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_one_thing_changed_is_found_and_named(what: str) -> None:
    change, said = WRITTEN[what]
    data = written(PAPER, change)
    verdict = judge(data)
    assert not verdict.intact and verdict.seal.problem == CHANGED
    told = list(differs.between(data, PAPER))
    assert said in told and {sentence for sentence, _ in told} <= {said[0], PLACE, PAGE}, told
    again = marked(data)
    assert inspect(again).intact, "whoever changes it can write a new mark, so the office is asked"
    assert said in list(differs.between(again, PAPER))


@pytest.mark.parametrize("at", [0, 9, len(PAPER) // 3, len(PAPER) // 2, len(PAPER) - 7])
def test_one_byte_changed_is_found_and_its_place_named(at: int) -> None:
    data = PAPER[:at] + bytes([PAPER[at] ^ 1]) + PAPER[at + 1 :]
    assert judge(data).seal.problem == CHANGED
    assert (PLACE, {"n": at + 1, "m": len(PAPER)}) in list(differs.between(data, PAPER))


@pytest.mark.parametrize("cut", [1, 600, len(PAPER) // 4, len(PAPER) // 2])
def test_a_tail_cut_off_is_found_and_where_it_ends_is_named(cut: int) -> None:
    data = PAPER[:-cut]
    assert judge(data).seal.problem in (CHANGED, FOREIGN)
    assert next(differs.between(data, PAPER)) == (PLACE, {"n": len(data) + 1, "m": len(PAPER)})


@pytest.mark.parametrize("more", [b"\n", b"x" * 999, PAPER])
def test_bytes_behind_it_are_found_and_counted(more: bytes) -> None:
    data = PAPER + more
    assert judge(data).seal.problem in (ADDED, CHANGED)
    assert (BEHIND, {"n": len(more)}) in list(differs.between(data, PAPER))


def test_the_paper_itself_differs_in_nothing() -> None:
    assert [s for s, _ in differs.between(written(PAPER, lambda pdf: None), PAPER)] == [PLACE]
    assert judge(PAPER).intact and NOTE.number == judge(PAPER).seal.number


@pytest.fixture
def issued(desk: Desk) -> tuple[Office, bytes, str]:
    """An office, a paper it issued, and what its code says."""
    office = found(desk)
    on: date = desk.clock().astimezone().date()
    draw = partial(place_papers.usage, desk, office.compound, None, on, "zh_CN")
    id = desk.do("documents.issue", about=Subject("usage", office.compound, office.compound, on), draw=draw).value
    paper = desk.ask("documents.signed", document_id=id)
    with desk.store.reading.connect() as connection:
        code = connection.scalar(sa.select(Document.code).where(Document.id == id))
    return office, paper, str(code)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_office_names_what_was_changed_in_its_paper_even_under_a_new_mark(
    issued: tuple[Office, bytes, str],
) -> None:
    office, paper, code = issued
    assert asked(office.desk, paper, judge(paper)).good
    for change, sentence in ((_code, PAGE), (_data, EMBEDDED), (_info, ABOUT)):
        data = written(paper, change)
        for each in (data, marked(data)):
            verdict = asked(office.desk, each, judge(each))
            assert not verdict.good and sentence in [said for said, _ in verdict.sentences()]
        assert SAYS[Standing.FOREIGN] in [said for said, _ in verdict.sentences()]
    for n in range(code.index(":", 20), len(code), 17):
        other = code[:n] + ("0" if code[n] != "0" else "2") + code[n + 1 :]
        try:
            told = judge_code(other, desk=office.desk)
        except Invalid:
            continue
        assert not told.good and {FORGED, OTHER} & {said for _, said, _ in told.lines()}
    fine = {said for _, said, _ in judge_code(code, desk=office.desk).lines()}
    assert {VOUCHED, SAME} <= fine
