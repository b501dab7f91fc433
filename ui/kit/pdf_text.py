"""What is written on the pages of a PDF file: its letters with their places, and a search through them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any, NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the upper left corner of a sheet
FINE = 100  # steps a point while PDFium turns places on a page into places on the sheet
SOFT = "\ufffe"  # what PDFium reads for a hyphen at the end of a line
BREAK = f"[\r\n{SOFT}]*"  # may stand between any two letters of what is looked for: text is broken where it is full
FULL = 0xFEE0  # from a sign of ASCII to the same sign as wide as a Chinese character


class Letters(NamedTuple):
    """One page: its text, and the box of each character; a line end has a box without width."""

    text: str
    boxes: list[Box]

    def at(self, x: float, y: float) -> int:
        """Before which character a point is, by the nearest line and then the nearest place on it."""
        best, found = (float("inf"), float("inf")), 0
        for n, (left, top, right, bottom) in enumerate(self.boxes):
            if right <= left:
                continue
            away = (max(top - y, y - bottom, 0.0), max(left - x, x - right, 0.0))
            if away < best:
                best, found = away, n + (x > (left + right) / 2)
        return found

    def lies_on(self, x: float, y: float) -> bool:
        """Whether a point is on a character."""
        return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in self.boxes)

    def areas(self, start: int, end: int) -> list[Box]:
        """What a stretch covers: one box for each piece of a line."""
        made: list[Box] = []
        for left, top, right, bottom in self.boxes[start:end]:
            if right <= left:
                continue
            if made and _goes_on(made[-1], (left, top, right, bottom)):
                before = made[-1]
                made[-1] = before[0], min(before[1], top), max(before[2], right), max(before[3], bottom)
            else:
                made.append((left, top, right, bottom))
        return made

    def copy(self, start: int, end: int) -> str:
        """A stretch as it goes to the clipboard."""
        return plain(self.text[start:end])


def _goes_on(line: Box, box: Box) -> bool:
    """Whether a character stands on a line that has begun, not far behind its end."""
    high = max(line[3] - line[1], box[3] - box[1])
    middle = (box[1] + box[3]) / 2
    return line[1] <= middle <= line[3] and -high / 2 <= box[0] - line[2] <= high


def plain(text: str) -> str:
    """Text of PDFium with the line ends and hyphens everybody else writes."""
    return text.replace("\r\n", "\n").replace(SOFT, "-")


def read(sheet: Any) -> str:
    """The text of a page of PDFium, line ends as it has them."""
    written = sheet.get_textpage()
    try:
        return _text(written)
    finally:
        written.close()


def letters(sheet: Any) -> Letters:
    """The characters of a page of PDFium and where they are on the sheet as it is shown, turned or cut."""
    import pypdfium2.raw as pdfium

    written = sheet.get_textpage()
    try:
        text, place = _text(written), _places(sheet)
        boxes, at = list[Box](), 0
        for sign in text:
            index = pdfium.FPDFText_GetCharIndexFromTextIndex(written, at)
            boxes.append(place(written.get_charbox(index, loose=True)) if index >= 0 else (0.0, 0.0, 0.0, 0.0))
            at += 2 if ord(sign) > 0xFFFF else 1  # PDFium counts in UTF-16
        return Letters(text, boxes)
    finally:
        written.close()


def _text(written: Any) -> str:
    return str(written.get_text_range(errors="replace")) if written.count_chars() else ""


def _places(sheet: Any) -> Callable[[Box], Box]:
    """What turns a box of the page into one of the sheet: three corners tell the whole of it."""
    import pypdfium2.raw as pdfium

    wide, high = sheet.get_size()

    def corner(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(sheet, 0, 0, round(wide * FINE), round(high * FINE), 0, x, y, across, down)
        return across.value / FINE, down.value / FINE

    (ox, oy), (ax, ay), (bx, by) = corner(0, 0), corner(1000, 0), corner(0, 1000)
    a, b, c, d = (ax - ox) / 1000, (bx - ox) / 1000, (ay - oy) / 1000, (by - oy) / 1000

    def place(box: Box) -> Box:
        """`box` is left, bottom, right, top, as PDF counts."""
        ends = (box[0], box[1]), (box[2], box[3])
        xs, ys = [ox + a * x + b * y for x, y in ends], [oy + c * x + d * y for x, y in ends]
        return min(xs), min(ys), max(xs), max(ys)

    return place


class Piece(NamedTuple):
    """A stretch of one page."""

    page: int
    start: int
    end: int


Hit = tuple[Piece, ...]  # one piece, or two where what was found begins on one page and ends on the next


class Search:
    """Looks for words through a paper, page after page: capitals, line ends and the width of signs make no difference.

    `at` is the page that comes next, `written` whether any page had text.
    """

    def __init__(self, wanted: str, pages: int) -> None:
        self.wanted, self.pages, self.at, self.written = wanted, pages, 0, False
        self._pattern = re.compile(BREAK.join(_sign(part) for part in re.findall(r"\s+|\S", wanted)), re.IGNORECASE)
        self._reach = 4 * len(wanted)
        self._tail, self._before = "", 0  # the end of the page before, behind what was found on it; where it begins

    @property
    def done(self) -> bool:
        """Whether every page was looked at."""
        return self.at >= self.pages

    def look(self, text: str) -> list[Hit]:
        """What begins on the page that comes next, or ends there. `text` is what PDFium reads on it."""
        page, self.at = self.at, self.at + 1
        self.written = self.written or bool(text.strip())
        hits, start = self._across(page, text), 0
        if hits:
            start = hits[0][-1].end
        hits += [(Piece(page, *found.span()),) for found in self._pattern.finditer(text, start)]
        behind = max(len(text) - self._reach, hits[-1][-1].end if hits else 0)
        self._tail, self._before = text[behind:], behind
        return hits

    def _across(self, page: int, text: str) -> list[Hit]:
        """What begins on the page before and ends on this one."""
        edge = len(self._tail) + 1
        for found in self._pattern.finditer(f"{self._tail}\n{text[: self._reach]}"):
            if found.start() < edge - 1 and found.end() > edge:
                start = self._before + found.start()
                return [(Piece(page - 1, start, self._before + edge - 1), Piece(page, 0, found.end() - edge))]
        return []


def _sign(part: str) -> str:
    """A pattern for one sign of what is looked for, narrow or wide, or for a gap between two words."""
    if part.isspace():
        return r"\s+"
    also = {part, SOFT} if part == "-" else {part}
    code = ord(part[0])
    also |= {chr(code + FULL)} if 0x21 <= code <= 0x7E else set()
    also |= {chr(code - FULL)} if 0x21 <= code - FULL <= 0x7E else set()
    return "(?:" + "|".join(map(re.escape, sorted(also))) + ")"
