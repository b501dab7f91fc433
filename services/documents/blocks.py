"""The parts official papers are made of: masthead, title, particulars, statement, sign-off boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from services.documents.fonts import Cleaner, Face, measure
from services.documents.ink import INK, MUTED, Format, Ink, Style
from services.documents.wrap import cap, wrap

LABEL, LABEL_SMALL = Style(Face.SANS, 8, MUTED), Style(Face.SANS, 7, MUTED)
NOTE, NOTE_MUTED = Style(Face.SANS, 7.5), Style(Face.SANS, 7.5, MUTED)
VALUE, PROSE = Style(Face.SERIF, 9.5), Style(Face.SERIF, 10)
HEADING, ENGLISH = Style(Face.SERIF_BOLD, 11), Style(Face.SERIF, 7.5, MUTED)
LABEL_WIDTH, WIDEST_LABEL, MOST = 46.0, 78.0, 12  # points, points, lines of a fact


def day(value: date) -> str:
    """A date as papers write it."""
    return f"{value.year}年{value.month}月{value.day}日"


def lines_of(text: str, style: Style, width: float, most: int = 999) -> list[str]:
    """The text broken into lines of this style; `most` lines end in "…" where it is longer."""
    return cap(wrap(text, measure(style.face, style.size), width, style.size), most, style.width, width)


@dataclass(frozen=True)
class Secrecy:
    """The secrecy mark at the upper left of the first page (GB/T 9704-2012, 7.2.2)."""

    mark: str
    height: float = 18.0

    def paint(self, ink: Ink, top: float) -> None:
        """Bold, over everything else."""
        style = Style(Face.SANS_BOLD, 10.5)
        ink.text(ink.form.left, top - 10, Cleaner()(self.mark), style, fit=ink.form.measure / 2)


@dataclass(frozen=True)
class Masthead:
    """Who issues the paper, its number (`label`: what it is the number of), what stands under it, and its QR code."""

    office: str
    number: str
    below: Sequence[str]
    code: str
    label: str = "文件编号"
    height: float = 72.0

    def paint(self, ink: Ink, top: float) -> None:
        """Office left, number right, code in the corner."""
        form, size, number = ink.form, 56.0, Style(Face.SANS_BOLD, 9)
        ink.code(self.code, form.end - size, top - size, size)
        x = form.end - size - 8
        ink.text(x, top - 7, self.label, LABEL_SMALL, "right")
        ink.text(x, top - 18, self.number, number, "right", fit=form.measure / 2)
        for n, line in enumerate(self.below):
            ink.text(x, top - 31 - 12 * n, line, LABEL_SMALL, "right")
        style = Style(Face.SERIF_BOLD, 10.5)
        room = x - form.left - max(80, min(number.width(self.number), form.measure / 2)) - 16
        for n, line in enumerate(lines_of(self.office, style, room)):
            ink.text(form.left, top - 8 - 14 * n, line, style)


@dataclass(frozen=True)
class Title:
    """The title of the paper over a thick and a thin rule (文武线)."""

    role = "H1"
    text: str
    english: str
    height: float = 64.0

    def paint(self, ink: Ink, top: float) -> None:
        """Centred on the text area."""
        form, middle = ink.form, ink.form.left + ink.form.measure / 2
        ink.text(middle, top - 20, self.text, Style(Face.SERIF_BOLD, 24), "center", track=3, fit=form.measure)
        ink.text(middle, top - 37, self.english, Style(Face.SERIF, 8, MUTED), "center", track=1.4)
        ink.rule(form.left, top - 48, form.end, 1.4, INK)
        ink.rule(form.left, top - 50.6, form.end, 0.4, INK)


@dataclass(frozen=True)
class Continued:
    """The line at the head of the second and later pages."""

    role = "Artifact"
    title: str
    number: str
    mark: str = "（续）"
    height: float = 16.0

    def paint(self, ink: Ink, top: float) -> None:
        """Title left, number right."""
        ink.text(ink.form.left, top - 8, f"{self.title}{self.mark}", HEADING)
        ink.text(ink.form.end, top - 8, self.number, LABEL, "right", fit=ink.form.measure / 2)


@dataclass(frozen=True)
class Particulars:
    """Labelled facts, two to a row; the labels get more room where one of them is long."""

    rows: Sequence[tuple[tuple[str, str], tuple[str, str]]]
    form: Format

    @cached_property
    def _label(self) -> float:
        widest = max((LABEL.width(label) + 8 for pair in self.rows for label, _ in pair), default=0.0)
        return min(max(widest, LABEL_WIDTH), WIDEST_LABEL)

    @cached_property
    def _laid(self) -> list[list[list[str]]]:
        half = self.form.measure * 0.57
        rooms = (half - self._label - 10, self.form.measure - half - self._label)
        return [
            [lines_of(said, VALUE, room, MOST) for (_, said), room in zip(row, rooms, strict=True)] for row in self.rows
        ]

    @cached_property
    def height(self) -> float:
        """Points, with the gap below."""
        return 8 + sum(8 + 12 * max(map(len, row)) for row in self._laid)

    def paint(self, ink: Ink, top: float) -> None:
        """A hairline under each row."""
        form = self.form
        for row, laid in zip(self.rows, self._laid, strict=True):
            for x, (label, _), lines in zip((form.left, form.left + form.measure * 0.57), row, laid, strict=True):
                ink.part()
                ink.text(x, top - 9, label, LABEL, fit=self._label - 8)
                for n, line in enumerate(lines):
                    ink.text(x + self._label, top - 9 - 12 * n, line, VALUE)
            top -= 8 + 12 * max(map(len, laid))
            ink.rule(form.left, top + 3, form.end)


@dataclass(frozen=True)
class Words:
    """A sum in words, with a remark in small print behind it."""

    label: str
    words: str
    remark: str = ""
    strong: bool = False
    height: float = 15.5

    def paint(self, ink: Ink, top: float) -> None:
        """Label, words, remark on one line."""
        left, style = ink.form.left, Style(Face.SERIF_BOLD if self.strong else Face.SERIF, 10.5)
        room = ink.form.measure - 82 - (NOTE.width(self.remark) + 8 if self.remark else 0)
        ink.text(left + 4, top - 13, self.label, LABEL)
        ink.text(left + 82, top - 13, self.words, style, fit=room)
        ink.text(left + 90 + min(room, style.width(self.words)), top - 13, self.remark, NOTE_MUTED)


@dataclass(frozen=True)
class Remark:
    """A line of small print."""

    text: str
    height: float = 14.0

    def paint(self, ink: Ink, top: float) -> None:
        """Left, grey."""
        ink.text(ink.form.left + 4, top - 11, self.text, NOTE_MUTED, fit=ink.form.measure - 8)


@dataclass(frozen=True)
class Rule:
    """A hairline with some air above."""

    height: float = 7.0

    def paint(self, ink: Ink, top: float) -> None:
        """Over the whole width."""
        ink.rule(ink.form.left, top - self.height, ink.form.end)


@dataclass(frozen=True)
class Statement:
    """A heading and one justified paragraph, its first line indented by two characters."""

    heading: str
    text: str
    form: Format

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of("　　" + self.text, PROSE, self.form.measure)

    @cached_property
    def height(self) -> float:
        """Points, with the gaps above and below."""
        return 41 + 17 * len(self._lines)

    def paint(self, ink: Ink, top: float) -> None:
        """The last line is not spread."""
        form = self.form
        ink.text(form.left, top - 20, self.heading, HEADING)
        for n, line in enumerate(self._lines, 1):
            y = top - 21 - 17 * n
            if n < len(self._lines):
                ink.justified(form.left, y, line, PROSE, form.measure)
            else:
                ink.text(form.left, y, line, PROSE)


@dataclass(frozen=True)
class Gap:
    """Leaves the paper white."""

    height: float

    def paint(self, ink: Ink, top: float) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Blank:
    """Says that nothing follows."""

    text: str = "（以下空白）"
    height: float = 18.0

    def paint(self, ink: Ink, top: float) -> None:
        """Centred."""
        middle, style = ink.form.left + ink.form.measure / 2, Style(Face.SERIF, 9, MUTED)
        ink.text(middle, top - 14, self.text, style, "center", track=2)
