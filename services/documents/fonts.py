"""The shipped faces on paper: how wide a text is, which face has a character, and which characters none has."""

from __future__ import annotations

import enum
import re
import threading
import unicodedata
from collections.abc import Callable
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

GETA = "〓"
_lock = threading.RLock()


class Face(enum.StrEnum):
    """Serif is the role of 宋体 (names, sentences), sans that of 黑体 (tables, labels)."""

    SANS = "NotoSansSC_400Regular"
    SANS_BOLD = "NotoSansSC_600SemiBold"
    SERIF = "NotoSerifSC_400Regular"
    SERIF_BOLD = "NotoSerifSC_700Bold"


FALLBACK = {
    Face.SANS: Face.SERIF,
    Face.SANS_BOLD: Face.SERIF_BOLD,
    Face.SERIF: Face.SANS,
    Face.SERIF_BOLD: Face.SANS_BOLD,
}


@cache
def font(face: Face) -> TTFont:
    """The face, read on first use and once per process (0.1 s and 25 MiB each)."""
    with _lock:
        if face not in pdfmetrics.getRegisteredFontNames():
            path = resources.path("fonts", f"{face}.ttf")
            pdfmetrics.registerFont(TTFont(face.value, str(path), shapable=False, asciiReadable=True))
        return pdfmetrics.getFont(face.value)


def has(face: Face, char: str) -> bool:
    """Whether the face itself draws the character."""
    return ord(char) in font(face).face.charToGlyph


class Widths(dict[str, float]):
    """Width of each character at 1 pt, found when first asked; for a missing one that of the fallback face."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, char: str) -> float:
        face = self.face if has(self.face, char) else FALLBACK[self.face]
        drawn = font(face).face
        self[char] = width = float(drawn.charWidths.get(ord(char), drawn.defaultWidth)) / 1000
        return width


@cache
def widths(face: Face) -> Widths:
    """The character widths of a face, shared by all papers."""
    return Widths(face)


def measure(face: Face, size: float) -> Callable[[str], float]:
    """A function that gives the width of a string in points."""
    each = widths(face).__getitem__
    return lambda text: sum(map(each, text)) * size


def runs(face: Face, text: str) -> list[tuple[Face, str]]:
    """The text in pieces, each drawn by the face itself or by its fallback."""
    if font(face).face.charToGlyph.keys() >= set(map(ord, text)):
        return [(face, text)]
    pieces: list[tuple[Face, str]] = []
    for char in text:
        by = face if has(face, char) else FALLBACK[face]
        if pieces and pieces[-1][0] is by:
            pieces[-1] = (by, pieces[-1][1] + char)
        else:
            pieces.append((by, char))
    return pieces


class Cleaner:
    """Makes the texts of one paper printable, and keeps `losses`: the characters no face has, printed as 〓."""

    def __init__(self) -> None:
        self.losses: set[str] = set()
        self._fine: set[str] = set()

    def __call__(self, text: str) -> str:
        """NFC, without control and direction characters; line ends become \\n, other white space a space."""
        if self._fine.issuperset(text):
            return text
        text = unicodedata.normalize("NFC", re.sub("\r\n?|[\u2028\u2029\x85\v\f]", "\n", text).replace("\t", " "))
        return "".join(map(self._char, text))

    def _char(self, char: str) -> str:
        if char in self._fine or char == "\n":
            return char
        if unicodedata.category(char) in ("Cc", "Cf"):
            return ""
        if not has(Face.SANS, char) and not has(Face.SERIF, char):
            self.losses.add(char)
            return GETA
        # Characters that may join with a neighbour under NFC are looked at every time.
        if not unicodedata.combining(char) and not "\u1100" <= char <= "\u11ff":
            self._fine.add(char)
        return char
