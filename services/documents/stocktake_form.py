"""How the papers of a stocktake look: landscape sheets, tables under the names of rooms, lines to write on, boxes for
opinions and signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial

from resources.words import LANGUAGES, N_, tr
from services.documents.blocks import (
    HEADING,
    LABEL,
    LABEL_SMALL,
    PROSE,
    Blank,
    Continued,
    Gap,
    Particulars,
    Remark,
    Rule,
    Title,
    lines_of,
)
from services.documents.chapter import Heading
from services.documents.fonts import Cleaner, Face
from services.documents.ink import FILL, INK, LANDSCAPE, MUTED, Ink, Style
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Paper, Tell, paint
from services.documents.statement import BODY, STRONG, Fact, Figures, Signatures, Totals, laid
from services.documents.table import HEAD_HEIGHT, LINES, Column, Row, Table, lay

TALL = 25.0  # points of a row that is written on by hand
OFFICE = Style(Face.SERIF_BOLD, 10.5)
BOX = 11.0
CUT = N_("{n} cells are too long to be printed whole and end in “…”")


@dataclass(frozen=True)
class Section:
    """A table under its name; columns are shares of the sheet. `totals` are cells of a last row, empty ones included;
    `written` is the first column that is written on by hand, `boxed` the one for the last characters of a label; a cell
    has so many `lines` at most."""

    title: str
    other: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str] = ()
    remark: str = ""
    written: int = 0
    boxed: int = 0
    lines: int = LINES


@dataclass(frozen=True)
class Opinions:
    """Boxes side by side: who says what he thinks, what he said as far as it is known, and lines to sign on."""

    boxes: Sequence[tuple[str, Sequence[str]]]
    signed: str
    dated: str
    gap: float = 10.0
    height: float = 128.0

    def paint(self, ink: Ink, top: float) -> None:
        """All boxes are equally wide."""
        form = ink.form
        wide = (form.measure - self.gap * (len(self.boxes) - 1)) / len(self.boxes)
        for n, (who, said) in enumerate(self.boxes):
            x, below = form.left + n * (wide + self.gap), top - self.height + 6
            ink.area(x, top - 22, wide, 22, FILL)
            ink.frame(x, below, wide, self.height - 6)
            ink.text(x + 8, top - 15, who, HEADING, fit=wide - 16)
            for at, line in enumerate(said):
                ink.text(x + 8, top - 38 - 13 * at, line, LABEL, fit=wide - 16)
            for at, label in enumerate((self.signed, self.dated)):
                y = below + 30 - 20 * at
                ink.text(x + 8, y, label, LABEL)
                ink.rule(x + 14 + LABEL.width(label), y - 3, x + wide - 8, 0.4, MUTED)


@dataclass(frozen=True)
class Form:
    """Everything a paper of a stocktake says. `name` is its title in English, `mark` what stands under the number,
    `made` (aware) dates the file; `text` are paragraphs, `figures` (name, value), `posts` who signs on a line each."""

    kind: str
    name: str
    lang: str
    office: str
    number: str
    version: int
    made: datetime
    particulars: Sequence[Fact]
    sections: Sequence[Section] = ()
    mark: str = ""
    figures: Sequence[Fact] = ()
    text: Sequence[str] = ()
    remarks: Sequence[str] = ()
    posts: Sequence[str] = ()
    opinions: Opinions | None = None
    draft: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Whose:
    """The office over the title, the number of the paper and what stands under it in the corner."""

    office: str
    number: str
    mark: str

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.office, OFFICE, LANDSCAPE.measure * 0.62)

    @property
    def height(self) -> float:
        """Points; grows with the name of the office."""
        return 20 + 14 * max(1, len(self._lines) - 1)

    def paint(self, ink: Ink, top: float) -> None:
        """Office left, number right."""
        form = ink.form
        for n, line in enumerate(self._lines):
            ink.text(form.left, top - 8 - 14 * n, line, OFFICE)
        ink.text(form.end, top - 8, self.number, Style(Face.SANS_BOLD, 9), "right", fit=form.measure * 0.34)
        ink.text(form.end, top - 21, self.mark, LABEL_SMALL, "right", fit=form.measure * 0.34)


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    text: str

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.text, PROSE, LANDSCAPE.measure)

    @property
    def height(self) -> float:
        """Points, with some air below."""
        return 6 + 16 * len(self._lines)

    def paint(self, ink: Ink, top: float) -> None:
        """Left."""
        for n, line in enumerate(self._lines):
            ink.text(ink.form.left, top - 12 - 16 * n, line, PROSE)


class Written(Row):
    """A row with frames for what is written by hand, and three boxes for the end of a number."""

    __slots__ = ("boxed", "first")

    def __init__(self, row: Row, first: int, boxed: int) -> None:
        super().__init__(row.table, row.cells, max(row.height, TALL))
        free = not any(row.cells)  # the whole number is written, too
        self.first, self.boxed = (1, 0) if free else (first, boxed)

    def paint(self, ink: Ink, top: float) -> None:
        """A line before each of the columns that are written on, and after the last."""
        super().paint(ink, top)
        x = self.table.left
        for n, column in enumerate(self.table.columns):
            if n >= self.first:
                ink.line(x, top - self.height, x, top)
            if self.boxed and n == self.boxed:
                start = x + (column.width - 3 * BOX - 4) / 2
                for at in range(3):
                    ink.frame(start + at * (BOX + 2), top - self.height / 2 - BOX / 2 - 1, BOX, BOX + 2, 0.4)
            x += column.width
        ink.line(x, top - self.height, x, top)


@press
def render(paper: Form, tell: Tell = lambda done, total: True) -> Paper:
    """Draws the paper in its language. `tell(page, pages)` stops it with False (Cancelled)."""
    clean, say = Cleaner(), partial(tr, paper.lang)

    def plain(text: str) -> str:
        return clean(text).replace("\n", " ")

    title, office, number = say(paper.name), plain(paper.office), plain(paper.number)
    other = tr(next(each for each in LANGUAGES if each != paper.lang), paper.name)
    continued: list[Block] = [Continued(title, number, say(N_(" (continued)"))), Gap(4)]
    flow = Flow(LANDSCAPE, continued)
    flow.place(Whose(office, number, plain(paper.mark)), Title(title, other.upper()))
    told = [(plain(name), plain(value)) for name, value in paper.particulars]
    told += [("", "")] * (len(told) % 2)
    flow.place(Particulars([(told[n], told[n + 1]) for n in range(0, len(told), 2)], LANDSCAPE))
    if paper.figures:
        flow.place(Figures([(plain(name), plain(value)) for name, value in paper.figures]))
    for text in paper.text:
        flow.keep(Prose(plain(text)))
    closing: list[Block] = [Gap(4), *(Remark(plain(text)) for text in paper.remarks), Rule()]
    if paper.opinions:
        boxes = [(plain(who), [line for text in said for line in lines_of(plain(text), LABEL, 200)[:3]])
                 for who, said in paper.opinions.boxes]  # fmt: skip
        closing += [Gap(8), replace(paper.opinions, boxes=boxes)]
    if paper.posts:
        closing.append(Signatures([plain(post) for post in paper.posts]))
    closing.append(Blank(say(N_("(nothing below)"))))
    for n, section in enumerate(paper.sections, 1):
        after = closing if n == len(paper.sections) else []
        _section(flow, section, continued, clean, say, after)
    kind = f"{paper.kind}_draft" if paper.draft else paper.kind
    facts = Facts(kind, number, paper.version, title, office, paper.made,
                  "zh-CN" if paper.lang == "zh_CN" else paper.lang)  # fmt: skip
    return paint(flow, LANDSCAPE, facts, tell, losses=clean.losses, foot=f"{number}　{title}",
                 watermark=say(N_("DRAFT")) if paper.draft else "", anchor=paper.anchor)  # fmt: skip


def _section(
    flow: Flow, section: Section, continued: list[Block], clean: Cleaner, say: Callable[..., str],
    after: Sequence[Block],
) -> None:  # fmt: skip
    """A table under its name, which is told again on every page it goes on to; `after` stays with its last rows."""
    title = clean(section.title).replace("\n", " ")
    heading, remarks = Heading(title, clean(section.other)), [Remark(clean(section.remark))] if section.remark else []
    if not section.rows:
        flow.keep(heading, Blank(say(N_("(no rows)"))), *remarks, *after)
        return
    table = laid(section.columns, BODY, clean, 19, section.lines)
    rows = [table.row(row) for row in section.rows]
    if table.cut:
        remarks.append(Remark(say(CUT, n=f"{table.cut:,}")))
    if section.written:
        rows = [Written(row, section.written, section.boxed) for row in rows]
    tail = list[Block]()
    if section.totals:
        tail.append(Totals(laid(section.columns, STRONG, clean, 20).row(section.totals), table))
    tail += [*remarks, *after]
    last = sum(block.height for block in tail) if len(rows) <= 2 else 0
    if heading.height + HEAD_HEIGHT + sum(row.height for row in rows[:2]) + last > flow.room:
        flow.turn()
    flow.place(heading)
    continued[2:] = [Where(title)]
    lay(flow, table, rows, tail)
    continued[2:] = []


@dataclass(frozen=True)
class Where:
    """The name of a table at the head of a page it goes on to."""

    text: str
    height: float = 16.0

    def paint(self, ink: Ink, top: float) -> None:
        """Left, small."""
        ink.text(ink.form.left, top - 10, self.text, Style(Face.SANS_BOLD, 8, INK), fit=ink.form.measure)


__all__ = ["TALL", "Form", "Opinions", "Section", "Table", "render"]
