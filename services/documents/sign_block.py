"""What is seen of an electronic signature: a rectangle with name, post, unit, time and certificate. Never a round seal:
the seals of organs are made and registered by law."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from services.authority import CHINA
from services.documents.blocks import lines_of
from services.documents.fonts import Cleaner, Face, font
from services.documents.ink import MUTED, WHITE, Format, Ink, Style
from services.documents.pdfa import mapping

EDGE, UNIT_LINES = 4.0, 2
TITLE, NAME = Style(Face.SANS_BOLD, 7.5), Style(Face.SERIF_BOLD, 9)
SMALL, TINY = Style(Face.SANS, 6), Style(Face.SANS, 5.4, MUTED)
DIGITS = 16  # of the certificate's fingerprint


@dataclass(frozen=True)
class Stamp:
    """Who signs, when (aware), and the SHA-256 (hex) of his certificate."""

    person: str
    post: str
    unit: str
    at: datetime
    fingerprint: str


def draw(stamp: Stamp, width: float, height: float) -> bytes:
    """The rectangle as a page of its own of this size (points), a PDF to be put into another."""
    font(Face.SANS)  # known to reportlab before the first page, also where nothing was drawn yet
    canvas = Canvas(io.BytesIO(), (width, height), initialFontName=Face.SANS.value, initialFontSize=6, invariant=1)
    ink = Ink(canvas, Format(width, height, 0, 0, 0, 0))
    ink.area(0, 0, width, height, WHITE)
    ink.frame(0.4, 0.4, width - 0.8, height - 0.8, 0.8)
    lines = list(_lines(stamp, width - 2 * EDGE))
    y, air = height - EDGE + 1.5, max(0.0, (height - 2 * EDGE - sum(lead for *_, lead in lines)) / len(lines))
    for text, style, lead in lines:
        y -= lead + min(air, 2.0)
        ink.text(EDGE, y + 1.5, text, style, fit=width - 2 * EDGE)
    ink.end_page()
    with pikepdf.open(io.BytesIO(ink.data())) as pdf:
        mapping(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _lines(stamp: Stamp, room: float) -> Iterator[tuple[str, Style, float]]:
    """Each line with its style and the room it takes (points)."""
    clean = Cleaner()
    digits = stamp.fingerprint[:DIGITS].upper()
    yield "电子签名", TITLE, 9
    yield "Electronically signed", TINY, 6.5
    yield clean(stamp.person), NAME, 11
    if stamp.post:
        yield clean(stamp.post), SMALL, 7.5
    for line in lines_of(clean(stamp.unit), SMALL, room)[:UNIT_LINES]:
        yield line, SMALL, 7.5
    yield f"{stamp.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}", SMALL, 8
    yield "证书指纹 Certificate", TINY, 7
    yield " ".join(digits[at : at + 4] for at in range(0, DIGITS, 4)), TINY, 6.5
