"""Paints pages with raw PDF operators: all shapes of a page first, then all its text in one text object.

Writes through the canvas of reportlab, which embeds the faces and numbers the objects. Several times faster than its
`drawString`: strings are turned into operators once, and a font or colour is set only when it changes.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import segno
from reportlab.pdfbase.pdfdoc import PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from services.documents.fonts import Face, font, runs, widths
from services.documents.tags import NOTHING, Tags

Align = Literal["left", "center", "right"]
ESCAPES = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})
MM = 72 / 25.4
KEPT = 20_000


def _rgb(red: int, green: int, blue: int) -> str:
    return f"{red / 255:.3f} {green / 255:.3f} {blue / 255:.3f}"


INK, MUTED, HAIR = _rgb(26, 29, 33), _rgb(92, 102, 112), _rgb(195, 201, 208)
FILL, GHOST, WHITE = _rgb(243, 245, 247), _rgb(238, 240, 242), _rgb(255, 255, 255)


@dataclass(frozen=True)
class Style:
    """How a text looks: face, size in points, colour as PDF operands."""

    face: Face
    size: float
    color: str = INK

    def width(self, text: str) -> float:
        """Width of the text in points."""
        return sum(map(widths(self.face).__getitem__, text)) * self.size


@dataclass(frozen=True)
class Format:
    """A sheet of paper and its margins, in points."""

    width: float
    height: float
    left: float = 24 * MM
    right: float = 18 * MM
    top: float = 18 * MM
    bottom: float = 20 * MM

    @property
    def measure(self) -> float:
        """Width of the text area."""
        return self.width - self.left - self.right

    @property
    def end(self) -> float:
        """Right edge of the text area."""
        return self.width - self.right


PORTRAIT = Format(595.28, 841.89)
LANDSCAPE = Format(841.89, 595.28, left=18 * MM, top=24 * MM, right=16 * MM, bottom=18 * MM)


class Ink:
    """Collects the operators of one page after another; coordinates in points from the lower left corner. With `tags`
    what is read is told from what is only seen."""

    def __init__(self, canvas: Canvas, form: Format, tags: Tags | None = None) -> None:
        self.form, self.tags = form, tags
        self._canvas, self._doc = canvas, canvas._doc  # noqa: SLF001 - subset fonts are named per document
        self._pieces: dict[tuple[Face, str], tuple[tuple[str, str], ...]] = {}
        self._names: dict[tuple[Face, int], str] = {}
        self._clear()

    def _clear(self) -> None:
        self._shapes: list[str] = []
        self._texts: list[str] = []
        self._state: dict[str, Any] = {}

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        align: Align = "left",
        *,
        track: float = 0.0,
        fit: float = 0.0,
    ) -> None:
        """One line with its baseline at y, `track` points between characters; set smaller if wider than `fit`."""
        if "\n" in text:
            text = text.replace("\n", " ")  # no face has a glyph for it
        if align != "left" or fit:
            wide = style.width(text) + track * (len(text) - 1)
            if fit and wide > fit:
                style, track, wide = replace(style, size=style.size * fit / wide), track * fit / wide, fit
            if align != "left":
                x -= wide if align == "right" else wide / 2
        if self.tags:
            self.tags.mark(self._texts)
        self._switch("color", style.color, "rg")
        self._switch("track", f"{track:.3f}", "Tc")
        self._texts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        self._show(text, style)

    def begin(self, block: object) -> None:
        """What follows belongs to this block; None: to what repeats on every page."""
        if self.tags:
            self.tags.begin(block)

    def cell(self, role: str = "TD") -> None:
        """The next cell of a table's row."""
        if self.tags:
            self.tags.cell(role)

    def part(self) -> None:
        """Something else of the same block follows."""
        if self.tags:
            self.tags.part()

    def _switch(self, what: str, value: str, operator: str) -> None:
        if self._state.get(what) != value:
            self._state[what] = value
            self._texts.append(f"{value} {operator}")

    def _show(self, text: str, style: Style) -> None:
        for name, shown in self._operators(style.face, text):
            self._switch("font", f"{name} {style.size:g}", "Tf")
            self._texts.append(shown)

    def _operators(self, face: Face, text: str) -> tuple[tuple[str, str], ...]:
        """The text as (font of the file, show operator); Chinese strings repeat and are kept."""
        if text.isascii():
            return ((self._name(face, 0), f"({text.translate(ESCAPES)})Tj"),)
        pieces = self._pieces.get((face, text))
        if pieces is None:
            if len(self._pieces) >= KEPT:
                self._pieces.clear()
            pieces = self._pieces[face, text] = tuple(
                (self._name(by, subset), f"<{codes.hex()}>Tj")
                for by, piece in runs(face, text)
                for subset, codes in font(by).splitString(piece, self._doc)
            )
        return pieces

    def _name(self, face: Face, subset: int) -> str:
        found = self._names.get((face, subset))
        if found is None:
            found = self._names[face, subset] = str(font(face).getSubsetInternalName(subset, self._doc))
        return found

    def justified(self, x: float, y: float, text: str, style: Style, width: float) -> None:
        """One full line of a paragraph: the rest, up to two characters, is spread between the characters."""
        slack = width - style.width(text)
        spread = len(text) > 1 and slack <= 2 * style.size
        self.text(x, y, text, style, track=slack / (len(text) - 1) if spread else 0.0)

    def rule(self, x: float, y: float, end: float, weight: float = 0.25, color: str = HAIR) -> None:
        """A horizontal line."""
        self._shapes.append(f"{weight:g} w {color} RG {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S")

    def area(self, x: float, y: float, width: float, height: float, color: str = FILL) -> None:
        """A filled rectangle, x and y its lower left corner."""
        self._shapes.append(f"{color} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, y: float, width: float, height: float, weight: float = 0.6) -> None:
        """The outline of a rectangle."""
        self._shapes.append(f"{weight:g} w {INK} RG {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def line(self, x: float, y: float, end: float, top: float, weight: float = 0.25) -> None:
        """A straight line from one point to another."""
        self._shapes.append(f"{weight:g} w {INK} RG {x:.3f} {y:.3f} m {end:.3f} {top:.3f} l S")

    def rounded(self, x: float, y: float, width: float, height: float, corner: float) -> None:
        """The hair-thin outline of a rectangle with round corners, x and y its lower left corner."""
        right, top, bend = x + width, y + height, corner * 0.5523
        path = [f"{x + corner:.3f} {y:.3f} m"]
        for ax, ay, bx, by, cx, cy, dx, dy in (
            (right - corner, y, right - corner + bend, y, right, y + corner - bend, right, y + corner),
            (right, top - corner, right, top - corner + bend, right - corner + bend, top, right - corner, top),
            (x + corner, top, x + corner - bend, top, x, top - corner + bend, x, top - corner),
            (x, y + corner, x, y + corner - bend, x + corner - bend, y, x + corner, y),
        ):
            path.append(f"{ax:.3f} {ay:.3f} l {bx:.3f} {by:.3f} {cx:.3f} {cy:.3f} {dx:.3f} {dy:.3f} c")
        self._shapes.append(f"0.25 w {HAIR} RG {' '.join(path)} h S")

    def adjust(self, across: float, up: float, right: float, above: float) -> None:
        """Stretch and then shift (points) everything on this page; called before anything else is on it."""
        if (across, up, right, above) != (1, 1, 0, 0):
            self._shapes.insert(0, f"{across:.6f} 0 0 {up:.6f} {right:.4f} {above:.4f} cm")

    def data(self) -> bytes:
        """The file, once the last page is complete."""
        return bytes(self._canvas.getpdfdata())

    def code(self, data: str, x: float, y: float, size: float) -> None:
        """A QR code (error correction M) as one path, x and y its lower left corner."""
        data = data.encode(errors="replace").decode()  # half a character is none
        rows = [bytes(row) for row in segno.make_qr(data, error="m", boost_error=False, encoding="utf-8").matrix]
        unit = size / len(rows)
        boxes = (
            f"{x + start * unit:.3f} {y + size - (n + 1) * unit:.3f} {(end - start) * unit:.3f} {unit:.3f} re"
            for n, row in enumerate(rows)
            for start, end in _dark(row)
        )
        self._shapes.append(f"{INK} rg {' '.join(boxes)} f")

    def watermark(self, text: str) -> None:
        """Large, slanted, opaque and behind everything: transparency is kept out of archived files."""
        style = Style(Face.SERIF_BOLD, 130, GHOST)
        cos, sin, back = math.cos(math.radians(38)), math.sin(math.radians(38)), style.width(text) / 2
        x, y = self.form.width / 2 - cos * back + sin * 40, self.form.height / 2 - sin * back - cos * 40
        shown = " ".join(f"{name} 130 Tf {piece}" for name, piece in self._operators(style.face, text))
        matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f}"
        self._shapes.insert(0, f"BT {style.color} rg {matrix} Tm {shown} ET")

    def end_page(self) -> None:
        """The page is complete; the next one begins."""
        shapes = self._shapes
        if self.tags:
            self.tags.end_page(self._texts)
            shapes = [f"/{NOTHING} BMC", *shapes, "EMC"]
        self._canvas.addLiteral("\n".join([*shapes, "BT", *self._texts, "ET"]))
        self._canvas.showPage()
        # reportlab keeps pages as plain text until the end; packed at once, 4,000 of them fit in memory.
        page = self._doc.Pages.pages[-1]
        page.Contents = PDFStream(content=zlib.compress(page.stream.encode("ascii")))
        page.Contents.dictionary["Filter"] = PDFName("FlateDecode")
        page.stream = ""
        self._clear()


def _dark(row: Iterable[int]) -> list[tuple[int, int]]:
    """The stretches of dark modules in a row of a QR code, as (start, end)."""
    found: list[tuple[int, int]] = []
    for n, module in enumerate(row):
        if module and found and found[-1][1] == n:
            found[-1] = (found[-1][0], n + 1)
        elif module:
            found.append((n, n + 1))
    return found
