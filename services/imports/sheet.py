"""Finds the register in a workbook: which sheet, which row is its header, which rows below it are records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from resources.words import N_
from services.desk.errors import Invalid
from services.imports.cells import Sheet, letter, text_of
from services.imports.profile import Profile
from services.imports.words import fold, is_signature, is_total, match_header, stated_units

NO_REGISTER = N_("no sheet of {file} looks like a register: no row has column names that are known")
NO_SHEET = N_("{file} has no sheet {sheet}")
NO_HEADER = N_("row {row} of {file} holds no column names")

_HEADER_WITHIN = 60
"""Rows in which a header is looked for; titles and notes above one have never been seen to take more than 20."""


class Heading(msgspec.Struct, frozen=True):
    """One column: its 0-based place in the rows, its letter, its name as written (its letter when it has none)."""

    index: int
    letter: str
    header: str


class Table(msgspec.Struct, frozen=True):
    """A register as it stands in the sheet: rows by the numbers people see, and rows that were passed over and why."""

    sheet: str
    header_row: int
    header: list[str]
    headings: list[Heading]
    rows: list[tuple[int, list[Any]]]
    skipped: list[tuple[int, str]]
    units: dict[str, str]


class _Header(NamedTuple):
    known: int
    likeness: float
    place: int


def find_table(sheets: Sequence[Sheet], kind: str, file: str, profile: Profile | None = None) -> Table:
    """The table that looks most like a register of this kind of record, or the one the profile names.

    Invalid: there is none.
    """
    if profile and profile.sheet:
        sheets = [sheet for sheet in sheets if sheet.name == profile.sheet]
        if not sheets:
            raise Invalid(NO_SHEET, file=file, sheet=profile.sheet)
    wanted = frozenset(map(fold, profile.columns)) if profile else frozenset()
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet, kind, wanted, profile, file))]
    if not found:
        raise Invalid(NO_REGISTER, file=file)
    sheet, header = max(found, key=lambda f: (f[0].visible, f[1].known, len(f[0].rows) - f[1].place))
    return _table(sheet, header.place)


def _header(sheet: Sheet, kind: str, wanted: frozenset[str], profile: Profile | None, file: str) -> _Header | None:
    """The row that holds the names of the columns: most known words, then most text, then fullest."""
    if profile and profile.header_row:
        index = profile.header_row - 1 - sheet.top
        if not (0 <= index < len(sheet.rows) and any(map(_text, sheet.rows[index]))):
            raise Invalid(NO_HEADER, file=file, row=profile.header_row)
        return _Header(0, 0, index)
    width = max(map(len, sheet.rows[:_HEADER_WITHIN]), default=0)
    scored = []
    for index, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        texts = [text for cell in row if (text := _text(cell))]
        known = _known(texts, kind, wanted)
        if known >= 2 or (known and (wanted or known == len(texts))):
            wordy = sum(not text[0].isdigit() for text in texts) / len(texts)
            scored.append(_Header(known, wordy + len(texts) / width, index))
    return max(scored, key=lambda h: (h.known + h.likeness, -h.place), default=None)


def _known(texts: list[str], kind: str, wanted: frozenset[str]) -> int:
    if wanted:
        return len({folded for text in texts if (folded := fold(text)) in wanted})
    return len({match.field for text in texts if len(text) <= 60 and (match := match_header(kind, text))})


def _table(sheet: Sheet, index: int) -> Table:
    headings = list(_headings(sheet, index))
    header = [_text(cell) for cell in sheet.rows[index]]
    titles = {text for row in sheet.rows[:index] for cell in row if (text := _text(cell))}
    names = {place: name for place, text in enumerate(header) if (name := fold(text))}
    rows, skipped = list[tuple[int, list[Any]]](), list[tuple[int, str]]()
    for number, row in enumerate(sheet.rows[index + 1 :], sheet.top + index + 2):
        first = next((place for place, cell in enumerate(row) if cell != "" and _text(cell)), None)
        if first is None:
            continue
        why = _why_not(row, first, names, titles)
        if not why and not rows and _counts_columns(row):
            why = "header"
        if why:
            skipped.append((number, why))
        else:
            rows.append((number, row))
    units = {what: unit for title in titles for what, unit in stated_units(title).items()}
    return Table(sheet.name, sheet.top + index + 1, header, headings, rows, skipped, units)


def _headings(sheet: Sheet, index: int) -> Iterator[Heading]:
    """The columns with a name or with anything below; a second of the same name is told apart as "name (2)"."""
    header, seen = sheet.rows[index], dict[str, int]()
    below = sheet.rows[index + 1 :]
    for place in range(max(map(len, [header, *below]))):
        name = _text(header[place]) if place < len(header) else ""
        if not name and not any(place < len(row) and row[place] != "" for row in below):
            continue
        name = name or letter(sheet.left + place)
        seen[name] = seen.get(name, 0) + 1
        yield Heading(place, letter(sheet.left + place), name if seen[name] == 1 else f"{name} ({seen[name]})")


def _why_not(row: list[Any], first: int, names: dict[int, str], titles: set[str]) -> str:
    """Why a row is no record ("" when it is one): a sum, signatures, or the title or header of the next page."""
    lead = row[first]
    if names.get(first) and isinstance(lead, str) and fold(lead) == names[first]:
        filled = {place: fold(_text(row[place])) for place in names if place < len(row)}
        if {place: name for place, name in filled.items() if name} == names:
            return "header"
    label = next((cell for cell in row[first:] if isinstance(cell, str) and cell.strip()), "")
    if label[-1:].isdigit():
        return ""
    if label and _text(label) in titles and {_text(cell) for cell in row if cell != ""} <= titles | {""}:
        return "title"
    return _label(label) if len(label) <= 60 else ""


@lru_cache(maxsize=4096)
def _label(label: str) -> str:
    if is_total(label):
        return "total"
    return "signature" if is_signature(label) else ""


def _counts_columns(row: list[Any]) -> bool:
    """Whether a row only numbers the columns (1, 2, 3 …), as forms do below their header."""
    texts = [text for cell in row if (text := _text(cell))]
    return len(texts) > 2 and [text.strip("()（）") for text in texts] == [str(n + 1) for n in range(len(texts))]


def _text(cell: Any) -> str:
    return text_of(cell) if cell != "" else ""
