"""What became of a register, on paper: it accounts for every row of the file. A working paper, without a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial

from resources.words import LANGUAGES, N_, Word, tr
from services.documents.blocks import (
    HEADING,
    LABEL,
    LABEL_SMALL,
    NOTE,
    NOTE_MUTED,
    Blank,
    Continued,
    Gap,
    Particulars,
    Remark,
    Rule,
    Title,
    lines_of,
)
from services.documents.fonts import Cleaner, Face
from services.documents.import_parts import LINES, NAMED, Part, Say, compound, parts, profile, reckoning
from services.documents.ink import HAIR, PORTRAIT, Ink, Style
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Paper, Tell, paint
from services.documents.table import HEAD_HEIGHT, Row, Table, lay
from services.imports.report import Report

__all__ = ["LINES", "Figures", "Headline", "Occasion", "Told", "Top", "lay_part", "render"]
KIND = "import-report"
COUNTS = {
    "read": N_("Rows read"), "new": N_("New"), "unchanged": N_("Unchanged"), "changed": N_("Changed"),
    "refused": N_("Refused"),
}  # fmt: skip
SHORT = 44  # characters of a file's name at the head of a page
SIGNS = 40  # characters without a face that the paper names


@dataclass(frozen=True)
class Occasion:
    """Of which office, by whom, when (aware), and whether it was taken in or only checked."""

    office: str
    who: str
    when: datetime
    stored: bool


@dataclass(frozen=True)
class Top:
    """The office, and in the corner what kind of paper this is."""

    office: str
    kind: str
    below: str

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.office, Style(Face.SERIF_BOLD, 10.5), PORTRAIT.measure * 0.62)

    @property
    def height(self) -> float:
        """Points; grows with the name of the office."""
        return 20 + 14 * max(1, len(self._lines) - 1)

    def paint(self, ink: Ink, top: float) -> None:
        """Office left, kind of paper right."""
        form = ink.form
        for n, line in enumerate(self._lines):
            ink.text(form.left, top - 8 - 14 * n, line, Style(Face.SERIF_BOLD, 10.5))
        ink.text(form.end, top - 8, self.kind, Style(Face.SANS_BOLD, 9), "right", fit=form.measure * 0.34)
        ink.text(form.end, top - 21, self.below, LABEL_SMALL, "right", fit=form.measure * 0.34)


@dataclass(frozen=True)
class Headline:
    """The name of a part, and how much there is of it."""

    text: str
    count: str
    height: float = 24.0

    def paint(self, ink: Ink, top: float) -> None:
        """Name left, count behind it."""
        ink.text(ink.form.left, top - 16, self.text, HEADING)
        ink.text(ink.form.left + HEADING.width(self.text) + 8, top - 16, self.count, LABEL)


@dataclass(frozen=True)
class Told:
    """A sentence on lines of its own."""

    text: str
    style: Style = NOTE
    above: float = 3.0

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.text, self.style, PORTRAIT.measure)

    @property
    def height(self) -> float:
        """Points, with a little air above."""
        return self.above + 11.5 * len(self._lines)

    def paint(self, ink: Ink, top: float) -> None:
        """Left."""
        for n, line in enumerate(self._lines):
            ink.text(ink.form.left, top - self.above - 8.5 - 11.5 * n, line, self.style)


@dataclass(frozen=True)
class Figures:
    """The few figures that matter, large, each over its name."""

    figures: Sequence[tuple[str, str]]
    height: float = 54.0

    def paint(self, ink: Ink, top: float) -> None:
        """Equally wide, a hairline between."""
        width = ink.form.measure / len(self.figures)
        for n, (figure, name) in enumerate(self.figures):
            x = ink.form.left + n * width
            if n:
                ink.area(x, top - 46, 0.5, 40, HAIR)
            inset = 12.0 if n else 0.0
            ink.text(x + inset, top - 26, figure, Style(Face.SANS_BOLD, 21), fit=width - inset - 8)
            ink.text(x + inset, top - 43, name, Style(Face.SANS_BOLD, 8), fit=width - inset - 8)


@press
def render(report: Report, about: Occasion, lang: str, tell: Tell = lambda done, total: True) -> Paper:
    """The report as a paper in one language. `tell(page, pages)` stops it with False (Cancelled).

    Of a very long list the first LINES lines are printed, and how many more there are and where they stand.
    """
    say, clean = partial(tr, lang), Cleaner()
    about = replace(about, office=_line(about.office, clean), who=_line(about.who, clean))
    report = replace(report, file=_line(report.file, clean), sheets=list(report.sheets))
    name = N_("Register taken in") if about.stored else N_("Register checked, nothing stored")
    title, working = say(name), say(N_("Working paper"))
    other = tr(next(each for each in LANGUAGES if each != lang), name)
    flow = Flow(PORTRAIT, [Continued(title, _short(report.file), say(N_(" (continued)"))), Gap(4)])
    flow.place(Top(about.office, working, say(N_("no number, no signature"))), Title(title, other.upper()))
    flow.place(Particulars(_particulars(report, about, clean, say), PORTRAIT))
    flow.place(Headline(say(N_("Figures")), ""))
    flow.place(Figures([(f"{getattr(report, name):,}", say(title)) for name, title in COUNTS.items()]))
    flow.place(*(Told(clean(line)) for line in reckoning(report, say, stored=about.stored)), Gap(10))
    for part in parts(report, say, stored=about.stored):
        lay_part(flow, part, clean, say)
    flow.keep(*_closing(clean, say))
    facts = Facts(KIND, report.file, 1, title, about.office, about.when, "zh-CN" if lang == "zh_CN" else lang)
    foot = f"{title}　{working}"
    return paint(flow, PORTRAIT, facts, tell, losses=clean.losses, foot=foot)


def _line(text: str, clean: Cleaner) -> str:
    return clean(text).replace("\n", " ")


def _short(name: str) -> str:
    """A name that fits a head line: its beginning, and its end, which tells what kind of file it is."""
    return name if len(name) <= SHORT else f"{name[: SHORT - 13]}…{name[-12:]}"


Fact = tuple[str, str]


def _particulars(report: Report, about: Occasion, clean: Cleaner, say: Say) -> list[tuple[Fact, Fact]]:
    sheets = ", ".join(report.sheets[:NAMED])
    if len(report.sheets) > NAMED:
        sheets += say(N_(" and {n} more, listed at the end"), n=len(report.sheets) - NAMED)
    when = N_("Taken in") if about.stored else N_("Checked")
    kept = N_("yes, as a whole") if about.stored else N_("no")
    facts = [
        (N_("File"), report.file), (N_("Kind"), say(Word(report.kind))),
        (N_("Sheets"), sheets), (N_("Compound"), compound(report, say)),
        (N_("Profile"), profile(report, say)), (when, about.when.astimezone().isoformat(" ", "minutes")),
        (N_("By"), about.who), (N_("Stored"), say(kept)),
    ]  # fmt: skip
    told = [(say(name), _line(value, clean)) for name, value in facts]
    return [(told[n], told[n + 1]) for n in range(0, len(told), 2)]


def lay_part(flow: Flow, part: Part, clean: Cleaner, say: Say) -> None:
    """Heading and table; of a very long one its beginning, and where the rest is."""
    scale = PORTRAIT.measure / sum(column.width for column in part.columns)
    columns = [replace(column, width=column.width * scale) for column in part.columns]
    table = Table(columns, PORTRAIT, clean, lead=10, least=19)
    rows = [table.row(row) for row in part.rows]
    above: list[Block] = [Headline(part.name, part.count)]
    above += [Told(part.note, NOTE_MUTED, 0), Gap(3)] if part.note else []
    tail = list(_tail(part, table, say))
    if sum(block.height for block in above) + _least(rows, tail) > flow.room:
        flow.turn()
    flow.place(*above)
    lay(flow, table, rows, tail)
    flow.place(Gap(min(12, flow.room)))


def _least(rows: Sequence[Row], tail: Sequence[Block]) -> float:
    """What has to follow a heading on its page: the head of the table, a row, and what stays with that row."""
    end = sum(block.height for block in tail)
    return HEAD_HEIGHT + sum(row.height for row in rows[: 2 if len(rows) == 2 else 1]) + (end if len(rows) < 3 else 0)


def _tail(part: Part, table: Table, say: Say) -> Iterator[Block]:
    if (left := part.total - len(part.rows)) > 0:
        yield Remark(say(N_("{n} more lines are not printed; {where}"), n=f"{left:,}", where=say(part.rest)))
    if table.cut:
        yield Remark(say(N_("{n} cells are too long to be printed whole and end in “…”"), n=f"{table.cut:,}"))


def _closing(clean: Cleaner, say: Say) -> Iterator[Block]:
    """What this paper is worth, only what is true of it."""
    yield Rule()
    yield Told(
        say(N_("A working paper of Dayuan for the files: it bears no number of a series, no signature and no seal. "
               "Whether this file was altered since it was made is told by the command main.py verify.")), NOTE_MUTED,
    )  # fmt: skip
    if clean.losses:
        signs = " ".join(f"U+{ord(sign):04X}" for sign in sorted(clean.losses)[:SIGNS])
        more = " …" if len(clean.losses) > SIGNS else ""
        yield Told(
            say(N_("〓 stands for a character that no shipped font has: {signs}"), signs=signs + more), NOTE_MUTED
        )
    yield Blank(say(N_("(nothing below)")))
