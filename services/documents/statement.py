"""A statement on landscape sheets: title, particulars, figures, a table with sums, remarks and room to sign.

House style of the working papers about places: it bears no number of a series and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from resources.words import N_, tr
from services.documents import dress, filing
from services.documents.blocks import LABEL, VALUE, Blank, Continued, Gap, Particulars, Remark, Rule, Title
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner, Face
from services.documents.ink import FILL, INK, LANDSCAPE, MUTED, Ink, Style
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Paper, Tell, paint
from services.documents.table import LINES, Column, Row, Table, lay

BODY = Style(Face.SANS, 7.5)
FIGURE, STRONG = Style(Face.SERIF_BOLD, 14), Style(Face.SANS_BOLD, 8)
WORKING = N_(
    "A working paper of Dayuan: it bears no number of a series, no electronic signature and no electronic seal."
)
SIGNED, WIDEST = 100.0, 130.0  # points: the height where somebody signs by key, the widest such signature
NAMED = 0.4  # of the room of a post its name takes at most
Fact = tuple[str, str]


@dataclass(frozen=True)
class Chapter:
    """A further table under its name, or a chart: `bars` are (name, count). Columns are shares of the sheet."""

    title: str
    english: str
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()
    bars: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Statement:
    """What a statement says. `english` stands under the title; `totals` are cells of a last row, empty ones included;
    `figures` are (name, value); `signers` the posts that sign; `chapters` follow the table. Columns are shares of the
    sheet."""

    kind: str
    title: str
    english: str
    office: str
    particulars: Sequence[Fact]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str] = ()
    figures: Sequence[Fact] = ()
    remarks: Sequence[str] = ()
    signers: Sequence[str] = field(default=())
    chapters: Sequence[Chapter] = field(default=())


@dataclass(frozen=True)
class Office:
    """Whose paper it is, over the title."""

    name: str
    height: float = 14.0

    def paint(self, ink: Ink, top: float) -> None:
        """Left, bold."""
        ink.text(ink.form.left, top - 9, self.name, Style(Face.SERIF_BOLD, 10.5), fit=ink.form.measure)


@dataclass(frozen=True)
class Figures:
    """Figures side by side on a filled strip."""

    pairs: Sequence[Fact]
    height: float = 44.0

    def paint(self, ink: Ink, top: float) -> None:
        """Value over name."""
        form, wide = ink.form, ink.form.measure / len(self.pairs)
        ink.area(form.left, top - 38, form.measure, 38, FILL)
        for n, (name, value) in enumerate(self.pairs):
            x = form.left + n * wide + 10
            ink.part()
            ink.text(x, top - 18, value, FIGURE, fit=wide - 16)
            ink.text(x, top - 31, name, LABEL, fit=wide - 16)


@dataclass(frozen=True)
class Bars:
    """A chart: a line each with its name, a bar, the count and its share."""

    counts: Sequence[tuple[str, int]]

    @property
    def height(self) -> float:
        """A line each, and some air."""
        return 14.0 * len(self.counts) + 8

    def paint(self, ink: Ink, top: float) -> None:
        """The longest bar takes half of the sheet."""
        form, room = ink.form, ink.form.measure / 2
        whole, most = sum(n for _, n in self.counts), max((n for _, n in self.counts), default=0)
        for at, (name, count) in enumerate(self.counts):
            y, x = top - 14 * at - 11, form.left + form.measure / 5
            ink.text(form.left + 4, y, name, VALUE, fit=form.measure / 5 - 10)
            ink.area(x, y - 1, room, 8, FILL)
            if count:
                ink.area(x, y - 1, room * count / most, 8, MUTED)
            share = f"{(200 * count + whole) // (2 * whole)}%" if whole else "—"
            ink.text(x + room + 50, y, f"{count:,}", VALUE, "right")
            ink.text(x + room + 100, y, share, VALUE, "right")


@dataclass(frozen=True)
class Totals:
    """The last row of a table, in bold: `row` is of one like it."""

    role = "TR"
    row: Row
    table: Table

    @property
    def height(self) -> float:
        """As high as the row."""
        return self.row.height

    def paint(self, ink: Ink, top: float) -> None:
        """Under a strong rule."""
        table = self.table
        ink.area(table.left, top - self.height, table.end - table.left, self.height)
        ink.rule(table.left, top, table.end, 0.6, INK)
        self.row.paint(ink, top)
        ink.rule(table.left, top - self.height, table.end, 0.9, INK)


@dataclass(frozen=True)
class Signatures:
    """A line for each post that signs, the last for the day. Over the lines of an issued paper there is room for
    electronic signatures."""

    posts: Sequence[str]
    height: float = 34.0

    def paint(self, ink: Ink, top: float) -> None:
        """Side by side."""
        form, wide, y = ink.form, ink.form.measure / len(self.posts), top - self.height
        for n, post in enumerate(self.posts):
            x, room = form.left + n * wide, min(VALUE.width(post), wide * NAMED) + 6
            ink.text(x, y + 8, post, VALUE, fit=wide * NAMED)
            ink.rule(x + room, y + 5, x + wide - 16, 0.4, MUTED)

    def spots(self, top: float) -> list[tuple[float, float, float, float]]:
        """Over each line but that of the day."""
        if self.height < SIGNED:
            return []
        wide, y = LANDSCAPE.measure / len(self.posts), top - self.height + 7
        rooms = [min(VALUE.width(post), wide * NAMED) + 6 for post in self.posts[:-1]]
        return [
            (LANDSCAPE.left + n * wide + room, y, min(wide - room - 16, WIDEST), SIGNED - 16)
            for n, room in enumerate(rooms)
        ]


@press
def render(paper: Statement, *, lang: str, made: datetime, tell: Tell = lambda done, total: True) -> Paper:
    """The statement as a file. `made` (aware) dates it; without rows it says so. `tell` may stop it (Cancelled)."""
    clean = Cleaner()
    title = clean(paper.title)
    flow = Flow(LANDSCAPE, [Continued(title, "", tr(lang, N_(" (continued)")))])
    flow.figures = [value for _, value in paper.figures]
    flow.place(Office(clean(paper.office)), Title(title, paper.english))
    told = [(clean(name), clean(value)) for name, value in paper.particulars]
    told += [("", "")] * (len(told) % 2)
    flow.place(Particulars([(told[n], told[n + 1]) for n in range(0, len(told), 2)], LANDSCAPE))
    if paper.figures:
        flow.place(Figures([(clean(name), clean(value)) for name, value in paper.figures]))
    _table(flow, paper, clean, lang)
    facts = Facts(paper.kind, title, 1, title, clean(paper.office), made, "zh-CN" if lang == "zh_CN" else lang)
    return paint(flow, LANDSCAPE, facts, tell, losses=clean.losses, foot=title)


def _table(flow: Flow, paper: Statement, clean: Cleaner, lang: str) -> None:
    table = laid(paper.columns, BODY, clean, 19)
    tail, worn = list[Block](), dress.current()
    if paper.totals:
        tail.append(Totals(laid(paper.columns, STRONG, clean, 20).row(paper.totals), table))
    remarks = [Remark(clean(text)) for text in (*paper.remarks, *worn.notes, *working(lang))]
    closing: list[Block] = [Gap(4), *remarks]
    if signers := (*worn.signers, *paper.signers[-1:]) if worn.signers else paper.signers:
        closing += [Rule(), Signatures([clean(post) for post in signers], SIGNED if filing.current() else 34.0)]
    after = tail if paper.chapters else [*tail, *closing]
    if paper.rows:
        lay(flow, table, [table.row(row) for row in paper.rows], after)
    else:
        flow.keep(Blank(tr(lang, N_("(no rows)"))), *after)
    for chapter in paper.chapters:
        heading, after = (
            Heading(clean(chapter.title), chapter.english),
            closing if chapter is paper.chapters[-1] else [],
        )
        if chapter.bars:
            flow.keep(heading, Bars([(clean(name), count) for name, count in chapter.bars]), *after)
        elif chapter.rows:
            part = laid(chapter.columns, BODY, clean, 19)
            below(flow, heading, part, [part.row(row) for row in chapter.rows], after)
        else:
            flow.keep(heading, Blank(tr(lang, N_("(no rows)"))), *after)


def working(lang: str) -> list[str]:
    """What a paper that is not issued says of itself."""
    return [] if filing.current() else [tr(lang, WORKING)]


def laid(columns: Sequence[Column], style: Style, clean: Cleaner, least: float, lines: int = LINES) -> Table:
    """The table of these columns, shares of a landscape sheet; a cell has so many `lines` at most."""
    scale = LANDSCAPE.measure / sum(column.width for column in columns)
    made = [replace(c, width=c.width * scale, style=style, title=clean(c.title)) for c in columns]
    return Table(made, LANDSCAPE, clean, lead=10, least=least, lines=lines)
