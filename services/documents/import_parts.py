"""What became of a register, as headed tables of texts: what its paper says, not how that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.base import Scoped, entities
from resources.words import N_, Word
from services.desk.schema import FieldSpec, Kind, describe
from services.documents.fonts import Face
from services.documents.ink import Style
from services.documents.table import UNKNOWN, Column, Figure
from services.imports.columns import RECOGNISED, ColumnMatch
from services.imports.problems import Problem, written
from services.imports.report import Change, Report, brief, meaning

LINES = 2000
BODY = Style(Face.SANS, 7.5)
NAMED = 4  # sheets that the particulars name; of more they say how many, and the end of the paper which
CELL = 400  # characters: a cell of row numbers that is never too long to be printed whole
NO_RECORDS = {
    "total": N_("sums"), "header": N_("repeated header, or numbers of columns"), "title": N_("repeated title"),
    "signature": N_("signatures"),
    "above": N_("above the column names, not read"),
}  # fmt: skip
HIDDEN = N_("hidden in the sheet, read like the others")
PRINTED = N_("the command line prints all of them")
WORKBOOK = N_("the workbook of refused rows has all of them")
HISTORY = N_("the history of the records has all of them")
Say = Callable[..., str]
At = tuple[str, int]


@dataclass(frozen=True)
class Part:
    """A heading with a count behind it and a note below, and a table. `total`: lines there are, of which `rows` are the
    first; `rest` says where all are. The widths of the columns are shares."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    total: int
    count: str = ""
    note: str = ""
    rest: str = PRINTED


def parts(report: Report, say: Say, *, stored: bool) -> Iterator[Part]:
    """Everything the report has in lists; what it has nothing of is left out."""
    yield from _columns(report, say)
    yield from _problems(report, say)
    yield from _changes(report, say, stored)
    yield from _made(report, say)
    yield from _beside(report, say)


def compound(report: Report, say: Say) -> str:
    """Where the records belong."""
    if not issubclass(entities()[report.kind], Scoped):
        return UNKNOWN
    named = any(match.field == "compound" for match in report.columns)
    if not report.compound:
        return say(N_("as each row says"))
    return report.compound + (say(N_(", or as a row says")) if named else "")


def profile(report: Report, say: Say) -> str:
    """Which profile told how to read it, and how that was found."""
    if report.profile:
        return say(N_("{name} (known by its header)"), name=report.profile)
    return UNKNOWN if report.given is None else report.given or say(N_("without a name"))


def reckoning(report: Report, say: Say, *, stored: bool) -> Iterator[str]:
    """How the figures come together, and what of the file they do not count."""
    if not stored:
        yield say(N_("Checked only, nothing was stored: the figures are what taking the register in would have done."))
    figures = {name: f"{getattr(report, name):,}" for name in ("read", "new", "unchanged", "changed", "refused")}
    yield say(
        N_("Rows read {read} = new {new} + unchanged {unchanged} + changed {changed} + refused {refused}."), **figures
    )
    if report.skipped or report.others:
        beside = N_("Beside them the file has {n} rows that are no records, and {m} in sheets not read: see the end.")
        yield say(beside, n=f"{len(report.skipped):,}", m=f"{sum(report.others.values()):,}")
    else:
        yield say(N_("The file has no other rows."))
    yield say(N_("Empty rows, the title and the column names are not counted."))
    if report.undecided:
        yield say(N_("{n} rows: class to be decided"), n=report.undecided)


def _heads(say: Say, *columns: tuple[str, float]) -> list[Column]:
    return [Column(say(title), share, style=BODY) for title, share in columns]


def _columns(report: Report, say: Say) -> Iterator[Part]:
    heads = _heads(
        say, (N_("Column"), 1.4), (N_("Header"), 3.8), (N_("Read as"), 3.7), (N_("Sure"), 2), (N_("Its cells say"), 5.8)
    )
    rows = [_column(report.kind, match, say) for match in report.columns[:LINES]]
    if rows:
        count = say(N_("header in row {row}"), row=report.header_row) if report.header_row else ""
        yield Part(say(N_("Columns")), heads, rows, len(report.columns), count)


def _column(kind: str, match: ColumnMatch, say: Say) -> Sequence[str]:
    read = say(meaning(kind, match.field, match.left)) + (f" ({match.unit})" if match.unit else "")
    sure = N_("recognised") if match.confidence >= RECOGNISED else N_("probable")
    return match.letter, match.header, read, say(sure) if match.field else UNKNOWN, " · ".join(match.samples)


def _problems(report: Report, say: Say) -> Iterator[Part]:
    """Remarks on a row that is refused stand under its refusal: it did not come in."""
    place = {sheet: n for n, sheet in enumerate(report.sheets)}
    refused = {problem.at for problem in report.problems if problem.refuses}
    kept = {problem.at for problem in report.problems} - refused
    heads = _heads(say, (N_("Row"), 1.8), (N_("Column"), 3.2), (N_("Why"), 7), (N_("The cell says"), 4.5))
    for name, of, where in (
        (N_("Refused rows"), refused, WORKBOOK), (N_("Rows that came in with a remark"), kept, PRINTED),
    ):  # fmt: skip
        found = [problem for problem in report.problems if problem.at in of]
        found.sort(key=lambda p: (place.get(p.sheet, 0), p.row, not p.refuses))
        if found:
            rows = [_problem(problem, say, out=of is refused) for problem in found[:LINES]]
            count = _counted(say, N_("{rows} rows, {lines} remarks"), len(of), len(found))
            yield Part(say(name), heads, rows, len(found), count, rest=where)


def _problem(problem: Problem, say: Say, *, out: bool) -> Sequence[str]:
    places = {name: brief(value) for name, value in problem.places.items()}
    why = say(problem.reason, **places)
    if out and not problem.refuses:
        why = say(N_("besides: {reason}"), reason=why)
    elif not out and problem.letter:
        why += say(N_("; kept as an extra fact"))
    return written(problem.at), f"{problem.letter} {problem.column}".strip() or UNKNOWN, why, problem.value or UNKNOWN


def _counted(say: Say, sentence: str, rows: int, lines: int) -> str:
    return say(sentence, rows=f"{rows:,}", lines=f"{lines:,}")


def _changes(report: Report, say: Say, stored: bool) -> Iterator[Part]:
    if not report.changes:
        return
    heads = _heads(
        say, (N_("Row"), 1.8), (N_("Number"), 3.2), (N_("Field"), 2.5), (N_("Before"), 4.5), (N_("After"), 4.5)
    )
    fields = describe(entities()[report.kind])
    rows = [_change(report.kind, change, fields.get(change.field), say) for change in report.changes[:LINES]]
    count = _counted(say, N_("{rows} records, {lines} fields"), report.changed, len(report.changes))
    yield Part(say(N_("Changes")), heads, rows, len(report.changes), count, rest=HISTORY if stored else PRINTED)


def _change(kind: str, change: Change, spec: FieldSpec | None, say: Say) -> Sequence[str]:
    both = (_value(change.before, spec, say), _value(change.after, spec, say))
    return written((change.sheet, change.row)), change.number, say(Word(f"{kind}.{change.field}")), *both


def _value(text: str, spec: FieldSpec | None, say: Say) -> str:
    """A value of a field in words."""
    if not text or not spec:
        return text or UNKNOWN
    if spec.kind in (Kind.MONEY, Kind.AREA, Kind.INTEGER):
        return Figure(text)
    return say(spec.choice_key(text)) if text in spec.choices else text


def _made(report: Report, say: Say) -> Iterator[Part]:
    if made := {kind: count for kind, count in report.created.items() if count}:
        heads = [*_heads(say, (N_("Kind"), 4)), Column(say(N_("How many")), 2, "right", style=BODY)]
        rows = [(say(Word(kind)), f"{count:,}", "") for kind, count in made.items()]
        note = say(N_("Records that rows name and that were not there."))
        yield Part(say(N_("Made on demand")), [*heads, Column("", 10, style=BODY)], rows, len(rows), note=note)


def _beside(report: Report, say: Say) -> Iterator[Part]:
    """Whatever of the file is no record, or is read where nobody sees it; and its sheets."""
    rows = list[Sequence[str]]()
    for why in dict.fromkeys(skipped.why for skipped in report.skipped):
        at = [(skipped.sheet, skipped.row) for skipped in report.skipped if skipped.why == why]
        rows += _listed(say(NO_RECORDS.get(why, why)), at, report.sheets)
    if report.hidden:
        rows += _listed(say(HIDDEN), report.hidden, report.sheets)
    rows += [
        (say(N_("rows of a sheet that was not read")), f"{count:,}", sheet) for sheet, count in report.others.items()
    ]
    if len(report.sheets) > NAMED:
        name = say(N_("sheets that were read, as one register"))
        rows += _cells(name, len(report.sheets), (("", sheet) for sheet in report.sheets))
    if rows:
        heads = [*_heads(say, (N_("What"), 5)), Column(say(N_("How many")), 2, "right", style=BODY)]
        heads += _heads(say, (N_("Which"), 10))
        yield Part(say(N_("What else the file holds")), heads, rows[:LINES], len(rows))


def _listed(name: str, at: Sequence[At], sheets: Sequence[str]) -> Iterator[Sequence[str]]:
    """Every one of these rows, those that follow each other as one stretch."""
    place = {sheet: n for n, sheet in enumerate(sheets)}
    yield from _cells(name, len(at), _stretches(sorted(at, key=lambda a: (place.get(a[0], 0), a[1]))))


def _cells(name: str, count: int, each: Iterable[tuple[str, str]]) -> Iterator[Sequence[str]]:
    """As many lines of the table as it takes to print all of them; a sheet is named once in each."""
    cell, said, last = "", f"{count:,}", ""
    for sheet, one in each:
        if len(cell) + len(sheet) + len(one) > CELL and cell:
            yield name, said, cell
            cell, said = "", ""
        more = ("; " if sheet != last else ", ") if cell else ""
        cell += more + (f"{sheet}!{one}" if sheet and (sheet != last or not more) else one)
        last = sheet
    yield name, said, cell


def _stretches(at: Sequence[At]) -> Iterator[tuple[str, str]]:
    begun = 0
    for n, (sheet, row) in enumerate(at, 1):
        if n == len(at) or at[n] != (sheet, row + 1):
            first = at[begun][1]
            yield sheet, str(first) if first == row else f"{first}–{row}"
            begun = n
