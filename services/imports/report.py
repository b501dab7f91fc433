"""What became of a register, in figures and in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from resources.words import N_, Word, tr
from services.imports.columns import ColumnMatch
from services.imports.problems import Problem

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec

QUOTED = 60  # characters of a value in a sentence


class Change(NamedTuple):
    """One field of a known record that the register says otherwise, in words: money in yuan, areas in m²."""

    row: int
    number: str
    field: str
    before: str
    after: str


class Refused(NamedTuple):
    """A row that stayed out, with its cells as they stand in the sheet."""

    row: int
    cells: tuple[Any, ...]


@dataclass
class Report:
    """What became of a register. `problems` also holds remarks on rows that came in."""

    kind: str  # table name of what it lists
    file: str
    sheet: str
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
    left_out: list[Refused] = field(default_factory=list)
    created: Counter[str] = field(default_factory=Counter)  # places, units and people made on demand, by kind


def said(spec: FieldSpec, value: Any, label: Callable[[UUID], str]) -> str:
    """A value in words that need no language; `label` says what a record is called."""
    if value is None:
        return ""
    if spec.kind in ("money", "area"):
        return f"{value / 100:,.2f}"
    if isinstance(value, dict):
        return "；".join(f"{key}：{fact}" for key, fact in value.items())
    return label(value) if isinstance(value, UUID) else str(value)


def meaning(kind: str, field: str | None) -> str:
    """What a column is read as: a sentence or the key of a word."""
    if field is None:
        return N_("kept as an extra fact")
    if field == "line":
        return N_("counts the lines; not kept")
    return f"{kind}.place_text" if field == "place" else f"{kind}.{field}"


def understood(report: Report, lang: str) -> Iterator[str]:
    """How the columns were read, a line each."""
    for match in report.columns:
        said = tr(lang, meaning(report.kind, match.field))
        yield f"{match.letter}  {match.header} → {said}{f' ({match.unit})' if match.unit else ''}"


def brief(value: Any) -> Any:
    """A value as a sentence quotes it: a long text would bury what the sentence says."""
    return f"{value[: QUOTED - 1]}…" if isinstance(value, str) and len(value) > QUOTED else value


def remarks(report: Report, lang: str) -> Iterator[str]:
    """What became of the rows: refusals first, then what was kept as written, what was made, what changed."""
    for problem in sorted(report.problems, key=lambda p: not p.refuses):
        where = tr(lang, N_("row {row}"), row=problem.row)
        column = f", {problem.letter} {problem.column}" if problem.letter else ""
        kept = "" if problem.refuses or not problem.letter else tr(lang, N_("; kept as an extra fact"))
        places = {name: brief(value) for name, value in problem.places.items()}
        yield f"{where}{column}: {tr(lang, problem.reason, **places)}{kept}"
    if report.undecided:
        yield tr(lang, N_("{n} rows: class to be decided"), n=report.undecided)
    for kind, count in report.created.items():
        yield tr(lang, N_("{n} × {kind} made on demand"), n=count, kind=Word(kind))
    for change in report.changes:
        what = tr(lang, f"{report.kind}.{change.field}")
        both = f"{brief(change.before) or '—'} → {brief(change.after) or '—'}"
        yield f"{tr(lang, N_('row {row}'), row=change.row)}, {change.number}: {what} {both}"


def told(report: Report, lang: str) -> Iterator[str]:
    """The whole report in sentences: how the columns were read, then every remark with its row and column."""
    yield from understood(report, lang)
    yield from remarks(report, lang)
