"""Asset labels at exact places on stock sheets and label printers, and the page a printer is measured with.

Everything is laid out in millimetres from the upper left corner; a measured `Fit` is taken out of the whole page, so
that what the printer moves and stretches comes out where the stock has its labels.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.pdfgen.canvas import Canvas

from resources.words import N_, tr
from services.desk.errors import Cancelled, Invalid
from services.documents.fonts import Cleaner, Face, font
from services.documents.ink import INK, MM, MUTED, Format, Ink, Style
from services.documents.pdfa import Facts, archive
from services.documents.press import press
from services.documents.sheet import Paper, Tell
from services.documents.wrap import cap, wrap
from services.label_stocks import NO_PLACE, Fit, Stock

KIND = "labels"
PAD, LEAD = 0.074, 1.28  # of the height of a label; of the size of the print
AS_IT_IS = Fit()


@dataclass(frozen=True)
class Label:
    """What stands on a label: `code` as QR and to be read, whose it is, what it is, two lines more."""

    code: str
    office: str
    name: str
    model: str = ""
    place: str = ""


@press
def render_labels(
    labels: Sequence[Label],
    stock: Stock,
    *,
    made: datetime,
    start: int = 1,
    fit: Fit = AS_IT_IS,
    tell: Tell = lambda done, total: True,
) -> Paper:
    """The labels in order, the first at place `start` (from 1) of the first page. `tell` may stop it (Cancelled)."""
    if not 1 <= start <= stock.places:
        raise Invalid(NO_PLACE, most=stock.places)
    if not labels:
        raise Invalid(N_("There are no labels to print"))
    ink, clean = _ink(stock), Cleaner()
    pages = -(-(start - 1 + len(labels)) // stock.places)
    for page in range(pages):
        ink.adjust(*_matrix(stock, fit))
        for place in range(stock.places):
            at = page * stock.places + place - (start - 1)
            if 0 <= at < len(labels):
                _paint(ink, stock, place, labels[at], clean)
        ink.end_page()
        if not tell(page + 1, pages):
            raise Cancelled(N_("Cancelled"))
    return _finished(ink, labels[0].office, f"{labels[0].code} … {labels[-1].code}", made, pages, clean)


@press
def render_calibration(stock: Stock, *, made: datetime, lang: str, fit: Fit = AS_IT_IS) -> Paper:
    """A cross, rulers to the right and down, and the outline of every label: printed and measured, it tells `Fit`."""
    ink, clean = _ink(stock), Cleaner()
    ink.adjust(*_matrix(stock, fit))
    for place in range(stock.places):
        _outline(ink, stock, place)
    (x, y), (across, down) = stock.cross, stock.rulers
    _ruler(ink, stock, x, y, across, upright=False)
    _ruler(ink, stock, x, y, down, upright=True)
    size = min(8.0, stock.page[1] * 0.16)
    for n, line in enumerate(_told(stock, lang)):
        ink.text(
            (x + 9) * MM, _up(stock, y + 11) - n * size * 1.5, line, Style(Face.SANS, size), fit=(across - 10) * MM
        )
    ink.end_page()
    return _finished(ink, "", stock.name, made, 1, clean)


def _told(stock: Stock, lang: str) -> tuple[str, str]:
    (x, y), (across, down) = stock.cross, stock.rulers
    should = tr(lang, N_("Cross: {x} mm from the left, {y} mm from the top. Rulers: {across} mm and {down} mm."),
                x=f"{x:g}", y=f"{y:g}", across=f"{across:g}", down=f"{down:g}")  # fmt: skip
    return should, tr(lang, N_("Print at 100 %, not fitted to the page; measure, and type what you find."))


def _ink(stock: Stock) -> Ink:
    font(Face.SANS)
    size = (stock.page[0] * MM, stock.page[1] * MM)
    canvas = Canvas(io.BytesIO(), size, initialFontName=Face.SANS.value, initialFontSize=9, invariant=1)
    return Ink(canvas, Format(*size, left=0, right=0, top=0, bottom=0))


def _finished(ink: Ink, office: str, number: str, made: datetime, pages: int, clean: Cleaner) -> Paper:
    facts = Facts(KIND, number, 1, number, office, made)
    data = archive(ink.data(), facts)
    return Paper(data, pages, hashlib.sha256(data).hexdigest(), tuple(sorted(clean.losses)))


def _matrix(stock: Stock, fit: Fit) -> tuple[float, float, float, float]:
    """What undoes the printer: scale and shift (points) of the whole page, seen from the lower left corner."""
    (dx, dy), (sx, sy), high = fit.shift, fit.scale, stock.page[1]
    return 1 / sx, 1 / sy, -dx / sx * MM, (high - (high - dy) / sy) * MM


def _up(stock: Stock, y: float) -> float:
    """Points from below, of millimetres from above."""
    return (stock.page[1] - y) * MM


def _outline(ink: Ink, stock: Stock, place: int) -> None:
    x, y = stock.place(place)
    wide, high = stock.label
    ink.rounded(x * MM, _up(stock, y + high), wide * MM, high * MM, stock.corner * MM)


def _paint(ink: Ink, stock: Stock, place: int, label: Label, clean: Cleaner) -> None:
    x, y = stock.place(place)
    wide, high = stock.label
    if stock.outline:
        _outline(ink, stock, place)
    pad = high * PAD
    code = min(high - 2 * pad, wide * 0.42)
    ink.code(label.code, (x + pad) * MM, _up(stock, y + high / 2 + code / 2), code * MM)
    left, room = (x + 2 * pad + code) * MM, (wide - 3 * pad - code) * MM
    _words(ink, label, clean, left, _up(stock, y + pad), room, (high - 2 * pad) * MM)


def _words(ink: Ink, label: Label, clean: Cleaner, left: float, top: float, room: float, high: float) -> None:
    """Office over a rule, name in up to two lines, model and place as far as there is room, the code at the foot."""
    unit = min(high / 9.4, 12.5)  # points of the smallest print
    head, strong, small = Style(Face.SERIF_BOLD, unit), Style(Face.SANS_BOLD, unit * 1.28), Style(Face.SANS, unit * 0.9)
    muted, foot = Style(Face.SANS, small.size, MUTED), Style(Face.SANS_BOLD, unit * 1.12)
    y = top - head.size
    ink.text(left, y, clean(label.office), head, fit=room)
    ink.rule(left, y - head.size * 0.4, left + room, 0.5, INK)
    end = top - high + foot.size * 0.25
    ink.text(left, end, clean(label.code), foot, fit=room)
    y -= head.size * 0.55
    rest = (y - end - foot.size) / (small.size * LEAD)
    names = cap(wrap(clean(label.name), strong.width, room), 2 if rest > 3 else 1, strong.width, room)
    lines = [(line, strong) for line in names] + [(clean(t), muted) for t in (label.model, label.place) if t]
    for text, style in lines:
        y -= style.size * LEAD
        if y < end + foot.size * 1.05:
            break
        ink.text(left, y, cap([text, ""], 1, style.width, room)[0] if style.width(text) > room else text, style)


def _ruler(ink: Ink, stock: Stock, x: float, y: float, length: float, *, upright: bool) -> None:
    """A line with a stroke each millimetre, longer at 5 and 10, and figures each centimetre."""
    style = Style(Face.SANS, 5.5)
    ink.line(*_point(stock, x, y, 0, 0, upright), *_point(stock, x, y, length, 0, upright), 0.4)
    for mm in range(-2, round(length) + 1):
        long = 4.0 if mm % 10 == 0 else 3.0 if mm % 5 == 0 else 2.0
        ink.line(*_point(stock, x, y, mm, 0, upright), *_point(stock, x, y, mm, long, upright), 0.3)
        if mm % 10 == 0 and mm:
            at = _point(stock, x, y, mm, long + (0.8 if upright else 2.4), upright)
            ink.text(*at, str(mm), style, "left" if upright else "center")


def _point(stock: Stock, x: float, y: float, along: float, off: float, upright: bool) -> tuple[float, float]:
    right, down = (off, along) if upright else (along, off)
    return (x + right) * MM, _up(stock, y + down)
