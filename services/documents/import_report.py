"""What became of a register, on paper: it accounts for every row of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from resources.words import N_, Word, tr
from services.documents.blocks import HEADING, LABEL, Blank, Continued, Gap, Particulars, Remark, lines_of
from services.documents.fonts import Cleaner, Face
from services.documents.ink import PORTRAIT, Ink, Style
from services.documents.pdfa import Facts
from services.documents.register import Opening
from services.documents.sheet import Flow, Paper, Tell, paint
from services.documents.table import Column, Table, lay
from services.imports.problems import Problem, written
from services.imports.report import Report, brief, meaning, no_records

KIND, LINES = "import-report", 2000
BODY = Style(Face.SANS, 7.5)
COUNTS = {
    "read": N_("Rows read"), "new": N_("New"), "unchanged": N_("Unchanged"), "changed": N_("Changed"),
    "refused": N_("Refused"),
}  # fmt: skip
Say = Callable[..., str]


@dataclass(frozen=True)
class Occasion:
    """Of which office, by whom, when (aware), and whether it was taken in or only checked."""

    office: str
    who: str
    when: datetime
    stored: bool


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

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.text, BODY, PORTRAIT.measure - 8)

    @property
    def height(self) -> float:
        """Points, with a little air above."""
        return 4 + 11 * len(self._lines)

    def paint(self, ink: Ink, top: float) -> None:
        """Left."""
        for n, line in enumerate(self._lines):
            ink.text(ink.form.left + 4, top - 11 - 11 * n, line, BODY)


def render(report: Report, about: Occasion, lang: str, tell: Tell = lambda done, total: True) -> Paper:
    """The report as a paper in one language. `tell(page, pages)` stops it with False (Cancelled)."""
    say, clean = partial(tr, lang), Cleaner()
    title = say(N_("Register taken in") if about.stored else N_("Register checked, nothing stored"))
    file, when = clean(report.file), f"{about.when.astimezone():%Y-%m-%d %H:%M}"
    flow = Flow(PORTRAIT, [Continued(title, file)])
    facts = [
        (N_("File"), file), (N_("Kind"), say(Word(report.kind))),
        (N_("Sheets"), ", ".join(map(clean, report.sheets))), (N_("Made"), when),
        (N_("Profile"), clean(report.profile) or "—"), (N_("By"), clean(about.who)),
    ]  # fmt: skip
    told = [(say(name), value) for name, value in facts]
    flow.place(Opening(title, clean(about.office), when), Gap(10))
    flow.place(Particulars([(told[n], told[n + 1]) for n in range(0, len(told), 2)], PORTRAIT))
    for part in _parts(report, say):
        _lay(flow, part, clean, say)
    lines = [Told(clean(line)) for line in no_records(report, say)]
    if lines:
        flow.keep(Headline(say(N_("What else the file holds")), ""), lines[0])
    for line in lines[1:]:
        flow.keep(line)
    flow.keep(Blank() if lang == "zh_CN" else Gap(0))
    facts_ = Facts(KIND, file, 1, title, clean(about.office), about.when)
    return paint(flow, PORTRAIT, facts_, tell, losses=clean.losses)


@dataclass(frozen=True)
class Part:
    """A heading and a table: titles with their share of the width and side, and rows of texts."""

    name: str
    columns: Sequence[tuple[str, float, bool]]
    rows: Sequence[tuple[str, ...]]
    count: str = ""


def _parts(report: Report, say: Say) -> Iterator[Part]:
    figures = tuple(f"{getattr(report, name):,}" for name in COUNTS)
    yield Part(say(N_("Figures")), [(say(name), 1, True) for name in COUNTS.values()], [figures])
    yield Part(say(N_("Columns")), _heads(say, *COLUMNS), [_column(report, match, say) for match in report.columns])
    refused, kept = ([p for p in report.problems if p.refuses is yes] for yes in (True, False))
    for name, problems in ((N_("Refused rows"), refused), (N_("Rows that came in with a remark"), kept)):
        if problems:
            yield Part(say(name), _heads(say, *PROBLEMS), [_problem(p, say) for p in problems], f"{len(problems):,}")
    if report.changes:
        changes = [
            (written((c.sheet, c.row)), c.number, say(Word(f"{report.kind}.{c.field}")), brief(c.before) or "—",
             brief(c.after) or "—")
            for c in report.changes
        ]  # fmt: skip
        yield Part(say(N_("Changes")), _heads(say, *CHANGES), changes, f"{len(changes):,}")


COLUMNS = ((N_("Column"), 1), (N_("Header"), 4), (N_("Read as"), 4), (N_("Sure"), 1.5), (N_("Its cells say"), 5))
PROBLEMS = ((N_("Row"), 1.4), (N_("Column"), 3), (N_("Why"), 8))
CHANGES = ((N_("Row"), 1.4), (N_("Number"), 3), (N_("Field"), 2), (N_("Before"), 4), (N_("After"), 4))


def _heads(say: Say, *columns: tuple[str, float]) -> list[tuple[str, float, bool]]:
    return [(say(name), share, False) for name, share in columns]


def _column(report: Report, match: object, say: Say) -> tuple[str, ...]:
    letter, header, field, unit, sure, samples = (
        getattr(match, name) for name in ("letter", "header", "field", "unit", "confidence", "samples")
    )
    read = say(meaning(report.kind, field)) + (f" ({unit})" if unit else "")
    return letter, header, read, f"{sure:.0%}" if field else "—", " · ".join(samples)


def _problem(problem: Problem, say: Say) -> tuple[str, ...]:
    places = {name: brief(value) for name, value in problem.places.items()}
    column = f"{problem.letter} {problem.column}" if problem.letter else "—"
    return written(problem.at), column, say(problem.reason, **places)


def _lay(flow: Flow, part: Part, clean: Cleaner, say: Say) -> None:
    """The table of a part; of a very long one its beginning, and how much more there is."""
    scale = PORTRAIT.measure / sum(share for _, share, _ in part.columns)
    columns = [
        Column(clean(title), share * scale, "right" if right else "left", style=BODY)
        for title, share, right in part.columns
    ]
    table = Table(columns, PORTRAIT, clean, lead=10, least=19)
    head = Headline(clean(part.name), part.count)
    rows = [table.row(row) for row in part.rows[:LINES]]
    if head.height + 44 + rows[0].height > flow.room:
        flow.turn()
    flow.place(head)
    left = len(part.rows) - LINES
    more = say(N_("{n} more; the workbook of refused rows and the history of the records have all"), n=f"{left:,}")
    lay(flow, table, rows, [Remark(more)] if left > 0 else [])
    if flow.room > 40:
        flow.place(Gap(10))
