"""Lays blocks out on pages, then paints them: how many pages there are is known before the first stroke."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol, runtime_checkable

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from resources.words import N_
from services.desk.errors import Cancelled
from services.documents import dress, filing
from services.documents.blocks import Secrecy
from services.documents.fonts import Cleaner, Face
from services.documents.ink import INK, MUTED, Format, Ink, Style
from services.documents.pdfa import Facts, archive
from services.documents.rows import Rows
from services.documents.tags import MOST, Tags

rl_config.useA85 = 0  # streams stay binary: a quarter smaller

Tell = Callable[[int, int], bool]
SMALL, SMALL_MUTED, TINY = Style(Face.SANS, 7.5), Style(Face.SANS, 7.5, MUTED), Style(Face.SANS, 6.5, MUTED)
DIGITS = 16


class Spot(NamedTuple):
    """Where an electronic signature goes: page from 0, lower left corner, width and height in points."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Paper:
    """A finished document. `losses` are the characters no face has, printed as 〓; `spots` where it can be signed, in
    the order of its boxes; `code` what its QR code says."""

    data: bytes
    pages: int
    sha256: str
    losses: tuple[str, ...]
    spots: tuple[Spot, ...] = ()
    code: str = ""
    title: str = ""


class Block(Protocol):
    """Something of a known height (points) that can paint itself below `top`."""

    @property
    def height(self) -> float: ...

    def paint(self, ink: Ink, top: float) -> None: ...


@runtime_checkable
class Signed(Protocol):
    """A block with boxes to sign in: the room each has for an electronic signature, as (x, y, width, height)."""

    def spots(self, top: float) -> Sequence[tuple[float, float, float, float]]: ...


class Flow:
    """Phase one: puts blocks below each other and begins a new page where they no longer fit. `rows` are those of the
    tables among them, `figures` what its code says beside; an issued paper begins with its number and code."""

    def __init__(self, form: Format, continued: Sequence[Block], *, first: bool = True) -> None:
        self._form, self._continued = form, continued
        self.pages: list[list[tuple[float, Block]]] = [[]]
        self.rows: list[Rows] = []
        self.figures: list[str] = []
        self._y = form.height - form.top
        if not first:  # its pages come behind those of another
            return
        if mark := dress.current().secrecy:
            self.place(Secrecy(mark))
        if filed := filing.current():
            self.place(filing.Filed(filed))

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self._y - self._form.bottom

    def place(self, *blocks: Block) -> None:
        """Puts the blocks on this page; that they fit is the caller's promise."""
        for block in blocks:
            self.pages[-1].append((self._y, block))
            self._y -= block.height
            assert self._y >= self._form.bottom, f"{block} runs off page {len(self.pages)}"

    def keep(self, *blocks: Block) -> None:
        """Puts the blocks on one page: on this one, or else all of them on the next."""
        if sum(block.height for block in blocks) > self.room:
            self.turn()
        self.place(*blocks)

    def turn(self) -> None:
        """Begins a new page."""
        self.pages.append([])
        self._y = self._form.height - self._form.top
        self.place(*self._continued)


def paint(
    flow: Flow, form: Format, facts: Facts, tell: Tell, *, losses: set[str], watermark: str = "", foot: str = "",
    anchor: str = "", code: str = "",
) -> Paper:  # fmt: skip
    """Phase two: paints every page with its footer and archives the file. Raises Cancelled when `tell` says no.

    `code` is what the QR code of the paper says. `foot` stands in the footer of a paper that is filed under no number,
    instead of number and title; `anchor` (see `anchored`) in small print below.
    Of a paper that is being filed, its filing says number, version, day, anchor and code.
    A page is forgotten once it is painted: 100,000 rows and their file do not fit in memory side by side.
    """
    filed = filing.current()
    if filed:
        facts = replace(facts, kind=filed.kind, number=filed.number, version=filed.version, made=filed.made)
        filed.close(flow.rows, flow.figures)
        foot, anchor, code = "", filed.anchor, filed.code
    size, count = (form.width, form.height), len(flow.pages)
    canvas = Canvas(io.BytesIO(), size, initialFontName=Face.SANS.value, initialFontSize=9, invariant=1)
    tags = Tags() if sum(table.count for table in flow.rows) <= MOST else None
    ink, spots = Ink(canvas, form, tags), list[Spot]()
    for n, page in enumerate(flow.pages, 1):
        if watermark:
            ink.watermark(watermark)
        for top, block in page:
            ink.begin(block)
            block.paint(ink, top)
            if isinstance(block, Signed):
                spots += (Spot(n - 1, *where) for where in block.spots(top))
        page.clear()
        ink.begin(None)
        _footer(ink, foot or f"{facts.number}　{facts.title}", anchor, n, count)
        ink.end_page()
        if not tell(n, count):
            raise Cancelled(N_("Cancelled"))
    data = archive(canvas.getpdfdata(), facts, flow.rows, tags)
    said = (tuple(sorted(losses)), tuple(spots), code, facts.title)
    paper = Paper(data, count, hashlib.sha256(data).hexdigest(), *said)
    if filed:
        filed.paper = paper
    return paper


def anchored(record: int, digest: str) -> str:
    """The journal's newest record when a paper was issued, for its foot: whoever cuts or replaces the journal later has
    the paper against him. The first DIGITS of its SHA-256 in groups of four."""
    digits = digest[:DIGITS].upper()
    return f"日志记录 Journal record {record}　{' '.join(digits[at : at + 4] for at in range(0, DIGITS, 4))}"


def _footer(ink: Ink, name: str, anchor: str, n: int, count: int) -> None:
    form, y = ink.form, ink.form.bottom - 19
    ink.rule(form.left, y + 11, form.end, 0.5, INK)
    ink.text(form.left, y, name, SMALL_MUTED, fit=form.measure * 0.36)
    ink.text(form.left + form.measure / 2, y, f"第 {n} 页　共 {count} 页", SMALL, "center")
    ink.text(form.end, y, f"Page {n} of {count}", SMALL_MUTED, "right")
    if anchor:
        ink.text(form.left, y - 9.5, anchor, TINY, fit=form.measure / 2)
    if contact := dress.current().contact:
        ink.text(form.end, y - 9.5, Cleaner()(contact), TINY, "right", fit=form.measure / 2 - 10)
