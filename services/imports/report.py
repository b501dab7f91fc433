"""What became of a register, in figures and in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from resources.words import N_, Word, tr
from services.imports.columns import ColumnMatch
from services.imports.problems import Problem, written
from services.imports.sheet import Skipped

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec
    from services.imports.register import Register

SKIPPED = {
    "total": N_("{n} rows are sums, and no records: {rows}"),
    "header": N_("{n} rows repeat the header or number its columns: {rows}"),
    "title": N_("{n} rows repeat the title: {rows}"),
    "signature": N_("{n} rows are signatures: {rows}"),
    "above": N_("{n} rows stand above the header and were not read: {rows}"),
}
HIDDEN = N_("{n} rows are hidden in the sheet, and were read like the others: {rows}")
NAMED = 12  # rows that a sentence lists
QUOTED = 60  # characters of a value in a sentence


class Change(NamedTuple):
    """One field of a known record that the register says otherwise, in words: money in yuan, areas in m²."""

    row: int
    number: str
    field: str
    before: str
    after: str
    sheet: str = ""


class Told(NamedTuple):
    """A row there is something to tell of, with its cells as they stand in the sheet."""

    row: int
    cells: tuple[Any, ...]
    sheet: str = ""

    @property
    def at(self) -> tuple[str, int]:
        """Its place among the rows of all sheets."""
        return self.sheet, self.row


@dataclass
class Report:
    """What became of a register. `problems` also holds remarks on rows that came in."""

    kind: str  # table name of what it lists
    file: str
    sheets: list[str]
    columns: list[ColumnMatch]
    header: list[str] = field(default_factory=list)  # what stands over each cell of a row
    read: int = 0
    new: int = 0
    unchanged: int = 0
    changed: int = 0
    refused: int = 0
    undecided: int = 0  # assets whose class is to be decided
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    left_out: list[Told] = field(default_factory=list)  # every refused row
    remarked: list[Told] = field(default_factory=list)  # the first rows that came in with a remark
    skipped: list[Skipped] = field(default_factory=list)  # rows that are no records
    others: dict[str, int] = field(default_factory=dict)  # sheets that were not read, and the rows they have
    hidden: list[tuple[str, int]] = field(default_factory=list)  # rows nobody sees, read like the others
    profile: str = ""  # the name of the one its header was recognised by
    given: str | None = None  # the name of the one it was to be read with
    compound: str = ""  # the name of the one its rows belong to where they name none
    header_row: int = 0  # the first line of its header, in the first of its sheets
    made: datetime | None = None  # when it was checked or taken in
    created: Counter[str] = field(default_factory=Counter)  # places, units and people made on demand, by kind


def begun(register: Register, compound: str, made: datetime) -> Report:
    """The report of a register none of whose rows is sorted yet."""
    return Report(
        register.entity, register.file, register.sheets, register.columns, register.header, register.read,
        skipped=register.skipped, others=register.others, hidden=register.hidden, profile=register.profile,
        given=register.given, header_row=register.header_row, compound=compound, made=made,
    )  # fmt: skip


def said(spec: FieldSpec, value: Any, label: Callable[[UUID], str]) -> str:
    """A value in words that need no language; `label` says what a record is called."""
    if value is None:
        return ""
    if spec.kind in ("money", "area"):
        return f"{value / 100:,.2f}"
    if spec.kind == "hours":
        return f"{value / 10:,.1f}"
    if isinstance(value, dict):
        return "；".join(f"{key}：{fact}" for key, fact in value.items())
    return label(value) if isinstance(value, UUID) else str(value)


def meaning(kind: str, field: str | None, left: bool = False) -> str:
    """What a column is read as, or why it is `left` out: a sentence or the key of a word."""
    if left:
        return N_("left out: it looks like personal data, and no field takes it")
    if field is None:
        return N_("kept as an extra fact")
    if field == "line":
        return N_("counts the lines; not kept")
    return f"{kind}.place_text" if field == "place" else f"{kind}.{field}"


def understood(report: Report, lang: str) -> Iterator[str]:
    """How the columns were read, a line each."""
    for match in report.columns:
        said = tr(lang, meaning(report.kind, match.field, match.left))
        yield f"{match.letter}  {match.header} → {said}{f' ({match.unit})' if match.unit else ''}"


def brief(value: Any) -> Any:
    """A value as a sentence quotes it: a long text would bury what the sentence says."""
    return f"{value[: QUOTED - 1]}…" if isinstance(value, str) and len(value) > QUOTED else value


IN_ROW, SAID = N_("{row}, {what}"), N_("{where}: {said}")


def remarks(report: Report, lang: str) -> Iterator[str]:
    """What became of the rows: refusals first, then what was kept as written, what was made, what changed, and
    what of the file is no record."""
    out = {problem.at for problem in report.problems if problem.refuses}
    for problem in sorted(report.problems, key=lambda p: not p.refuses):
        where = _row(problem.sheet, problem.row, lang)
        if problem.letter:
            where = tr(lang, IN_ROW, row=where, what=f"{problem.letter} {problem.column}")
        kept = "" if problem.at in out or not problem.letter else tr(lang, N_("; kept as an extra fact"))
        places = {name: brief(value) for name, value in problem.places.items()}
        yield tr(lang, SAID, where=where, said=tr(lang, problem.reason, **places) + kept)
    for change in report.changes:
        what = tr(lang, f"{report.kind}.{change.field}")
        both = f"{brief(change.before) or '—'} → {brief(change.after) or '—'}"
        where = tr(lang, IN_ROW, row=_row(change.sheet, change.row, lang), what=change.number)
        yield tr(lang, SAID, where=where, said=f"{what} {both}")
    yield from no_records(report, partial(tr, lang))


def _row(sheet: str, row: int, lang: str) -> str:
    return tr(lang, N_("{sheet}, row {row}"), sheet=sheet, row=row) if sheet else tr(lang, N_("row {row}"), row=row)


def no_records(report: Report, say: Callable[..., str]) -> Iterator[str]:
    """What else there is to tell, so that every row of the file is accounted for; `say` translates."""
    if report.undecided:
        yield say(N_("{n} rows: class to be decided"), n=report.undecided)
    for kind, count in report.created.items():
        yield say(N_("{n} × {kind} made on demand"), n=count, kind=Word(kind))
    if report.profile:
        yield say(N_("recognised by its header: mapping profile “{name}”"), name=report.profile)
    if len(report.sheets) > 1:
        yield say(N_("read as one register: sheets {sheets}"), sheets=", ".join(report.sheets))
    for why, sentence in SKIPPED.items():
        if rows := [written((s.sheet, s.row)) for s in report.skipped if s.why == why]:
            yield say(sentence, n=len(rows), rows=listed(rows))
    if report.hidden:
        yield say(HIDDEN, n=len(report.hidden), rows=listed([written(at) for at in report.hidden]))
    for sheet, count in report.others.items():
        yield say(N_("not read: sheet {sheet} with {n} rows"), sheet=sheet, n=count)


def listed(rows: list[str]) -> str:
    """The first of these rows, and that there are more."""
    return ", ".join(rows[:NAMED]) + (" …" if len(rows) > NAMED else "")


def told(report: Report, lang: str) -> Iterator[str]:
    """The whole report in sentences: how the columns were read, then every remark with its row and column."""
    yield from understood(report, lang)
    yield from remarks(report, lang)
