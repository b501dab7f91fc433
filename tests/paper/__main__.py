"""Draws a paper of every kind in the worst words and asks strangers about it; exit status 1 when one of them minds."""

from __future__ import annotations

import io
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from services.documents.sheet import Paper, Spot
from services.documents.verify import inspect
from services.verdicts import judge
from tests.documents import clauses, kits, reading, signer
from tests.documents.worst import Words
from tests.paper import strangers

FOLDER = Path("out/paper")
ROWS, GREAT, MANY = (1, 12, 500), 100_000, 1000  # rows, rows, pages


@dataclass
class Case:
    """A paper in a file, its twin in another, and what is minded about it, by who minds."""

    name: str
    file: Path
    twin: Path
    pages: int
    size: int
    signatures: int = 0
    minded: dict[str, list[str]] = field(default_factory=dict)

    @property
    def fine(self) -> bool:
        """Nobody minds anything."""
        return not any(self.minded.values())

    def line(self) -> str:
        """The verdicts on one line, then what is minded."""
        verdicts = "  ".join(f"{who} {'✗' if found else '✓'}" for who, found in self.minded.items())
        head = f"{self.name:<32}{self.pages:>6} pages {self.size / 1024:>8,.0f} KiB   {verdicts}"
        return "\n".join([head, *(f"    {who}: {each}" for who, all_ in self.minded.items() for each in all_[:5])])


def papers() -> Iterator[tuple[str, bytes, list[Spot | None]]]:
    """Every paper with its name, and where it is to be signed: in the rooms it has, or unseen."""
    for kit in kits.KITS:
        for rows in ROWS if kit not in kits.ONE else ROWS[:1]:
            yield f"{kit}, {rows}", kits.drawn(kit, rows, worst=True), []
    for kit in kits.FILES:
        yield f"{kit}, issued", kits.issued(kit, 12, signer.CODE_KEY.sign, worst=True).data, []
        paper = kits.issued(kit, 12, signer.CODE_KEY.sign)
        yield f"{kit}, issued, signed", paper.data, [*paper.spots, None, None][:2]
    for kit in ("handover note", "disposal note", "certificate"):
        made = kits.KITS[kit](12, Words())
        assert isinstance(made, Paper)
        yield f"{kit}, signed", made.data, [*made.spots, None][:3]
    great = Words(worst=True, every=GREAT // 500)
    yield f"register, {GREAT:,}", kits.data(kits.KITS["register"](GREAT, great)), []


def case(n: int, name: str, data: bytes, spots: list[Spot | None]) -> Case:
    """Writes the paper and its twin; both are signed where it is, the twin always to be seen: PDF/A-1 wants that."""
    twin = strangers.twin(data)
    with pypdfium2.PdfDocument(data) as pdf:
        pages = len(pdf)
    for position, spot in enumerate(spots, 1):
        data = signer.one_more(data, position, spot)
        twin = signer.one_more(twin, position, spot or Spot(0, 10 + 90 * position, 10, 84, 84))
    file, other = FOLDER / f"{n:03}.pdf", FOLDER / f"{n:03}-1b.pdf"
    file.write_bytes(data)
    other.write_bytes(twin)
    return Case(name, file, other, pages, len(data), len(spots))


def ask(made: Case) -> None:
    """Asks everybody but Preflight, which is asked about all of them at once."""
    data = made.file.read_bytes()
    made.minded["clauses"] = clauses.findings(data)
    made.minded["verify"] = [] if judge(data, signer.TRUST).good else ["our own program finds it changed"]
    made.minded["text"] = list(_text(data, made.file))
    made.minded["qpdf"] = strangers.qpdf(made.file)
    if made.signatures:
        made.minded["pdfsig"] = strangers.pdfsig(made.file, made.signatures)
        made.minded["pyHanko"] = list(_signed(data, made.signatures))


def _text(data: bytes, file: Path) -> Iterator[str]:
    """Three libraries read the same characters: of a great paper on every fiftieth page, of a signed one in what was
    signed."""
    data, file = data[: inspect(data).original], file.with_suffix(".text.pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if len(pdf.pages) > MANY:
            data = _some(pdf)
    file.write_bytes(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        ours = Counter("".join("".join(reading.pages(pdf)).split()))
    with pypdfium2.PdfDocument(data) as other:
        seen = "".join(page.get_textpage().get_text_range() for page in other)
    others = {"PDFium": Counter("".join(seen.replace("\ufffe", "-").split())), "poppler": strangers.pdftotext(file)}
    for who, found in others.items():
        if found != ours:
            more, less = (found - ours).most_common(5), (ours - found).most_common(5)
            yield f"{who} reads {more} more and {less} less"


def _some(pdf: pikepdf.Pdf) -> bytes:
    with pikepdf.new() as some:
        some.pages.extend(pdf.pages[::50])
        some.save(out := io.BytesIO())
    return out.getvalue()


def _signed(data: bytes, signatures: int) -> Iterator[str]:
    root = asn1.Certificate.load(signer.ROOT.public_bytes(Encoding.DER))
    found = PdfFileReader(io.BytesIO(data)).embedded_signatures
    if len(found) != signatures:
        yield f"{len(found)} signatures of {signatures}"
    for each in found:
        context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=signer.AT)
        status = validate_pdf_signature(each, signer_validation_context=context)
        if not (status.bottom_line and status.trusted):
            yield status.summary()


def main() -> int:
    """All papers, a line each."""
    if packages := strangers.missing():
        print("Not installed: apt-get install", *packages, file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    start, cases = time.monotonic(), []
    for n, (name, data, spots) in enumerate(papers(), 1):
        cases.append(made := case(n, name, data, spots))
        ask(made)
    for file, found in strangers.preflight([made.twin for made in cases], FOLDER).items():
        next(made for made in cases if made.twin == file).minded["Preflight"] = found
    for made in cases:
        print(made.line())
    bad, pages = [made for made in cases if not made.fine], sum(made.pages for made in cases)
    print(f"{len(cases)} papers, {pages:,} pages, {time.monotonic() - start:.0f} s; {len(bad)} of them are minded")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
