"""What became of a register, in figures and in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from resources.words import N_, tr
from services.imports.columns import ColumnMatch
from services.imports.problems import Problem


class Change(NamedTuple):
    """One field of a known record that the register says otherwise."""

    row: int
    number: str
    field: str
    before: Any
    after: Any


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


def _meaning(kind: str, field: str | None) -> str:
    if field is None:
        return N_("kept as an extra fact")
    if field == "line":
        return N_("counts the lines; not kept")
    return f"{kind}.place_text" if field == "place" else f"{kind}.{field}"


def told(report: Report, lang: str) -> Iterator[str]:
    """The report in sentences: columns as they were understood, then every remark with its row and column."""
    for match in report.columns:
        meaning = tr(lang, _meaning(report.kind, match.field))
        yield f"{match.letter}  {match.header} → {meaning}{f' ({match.unit})' if match.unit else ''}"
    if report.undecided:
        yield tr(lang, N_("{n} rows: class to be decided"), n=report.undecided)
    for problem in report.problems:
        where = tr(lang, N_("row {row}"), row=problem.row)
        column = f", {problem.letter} {problem.column}" if problem.letter else ""
        kept = "" if problem.refuses else tr(lang, N_("; kept as an extra fact"))
        yield f"{where}{column}: {tr(lang, problem.reason, **problem.places)}{kept}"
