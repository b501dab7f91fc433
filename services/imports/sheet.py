"""Finds the register in a workbook: which sheets, which lines are its header, which rows below it are records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any, NamedTuple

import msgspec

from resources.words import N_
from services.desk.errors import Invalid
from services.imports.cells import Sheet, fold, letter
from services.imports.headers import STATED, Header, find_header, header_at, text
from services.imports.profile import Profile
from services.imports.words import is_signature, is_total, stated_units

NO_REGISTER = N_("no sheet of {file} looks like a register: no row has column names that are known")
NO_SHEET = N_("{file} has no sheet {sheet}; it has: {sheets}")
NO_HEADER = N_("row {row} of {file} holds no column names")
OTHER_COLUMNS = N_("sheet {sheet} of {file} has other columns than sheet {first}: take it in by itself")

LOOKED_AT = 200  # rows: a long sheet is not more of a register than a longer one, and the first rows tell as much
_FILLED = 200_000
"""Cells filled from merged ones above them, at most: as many as rows that are read."""


class Heading(msgspec.Struct, frozen=True):
    """One column: its 0-based place in the rows, its letter, its name as written (its letter when it has none)."""

    index: int
    letter: str
    header: str


class Line(NamedTuple):
    """One row below the header: the number people see, its cells, its sheet ("" where the register is one sheet).

    `above`: column -> the value of the merged cell that covers this row from above. `spans`: column -> the last row
    that the merged cell beginning here covers."""

    row: int
    cells: list[Any]
    sheet: str = ""
    above: Mapping[int, Any] = {}
    spans: Mapping[int, int] = {}


class Skipped(NamedTuple):
    """A row that is no record, and why: "total", "signature", "header", "title", or it stands "above" the header."""

    row: int
    why: str
    sheet: str = ""


class Table(msgspec.Struct, frozen=True):
    """A register as it stands in its sheets. `others`: sheets that were not read -> the rows they have; `hidden`: the
    rows nobody sees, which are read like the others. `titles`: what is said above the header."""

    sheets: list[str]
    header_row: int
    header: list[str]
    headings: list[Heading]
    rows: list[Line]
    skipped: list[Skipped]
    units: dict[str, str]
    others: dict[str, int]
    hidden: list[tuple[str, int]]
    titles: tuple[str, ...] = ()


def find_table(
    sheets: Sequence[Sheet], kind: str, file: str, profile: Profile | None = None, chosen: Sequence[str] = ()
) -> Table:
    """The table that looks most like a register of this kind of record, with the sheets that go on with it; or the
    sheets that are chosen, or that the profile names.

    Invalid: there is none, or the chosen ones do not fit together.
    """
    named = list(chosen) or ([profile.sheet] if profile and profile.sheet else [])
    for name in named:
        if name not in {sheet.name for sheet in sheets}:
            raise Invalid(NO_SHEET, file=file, sheet=name, sheets=", ".join(sheet.name for sheet in sheets))
    found = _headers(sheets, named, kind, file, profile)
    if not found and profile and profile.header_row:
        raise Invalid(NO_HEADER, file=file, row=profile.header_row)
    if not found:
        raise Invalid(NO_REGISTER, file=file)
    first = max(found, key=lambda f: (f[0].visible, f[1].known, min(len(f[0].rows) - f[1].body, LOOKED_AT)))
    same = _going_on(first, found, every=bool(chosen))
    for name in chosen:
        if name not in {sheet.name for sheet, _ in same}:
            raise Invalid(OTHER_COLUMNS, sheet=name, file=file, first=first[0].name)
    if named and not chosen:
        same = [first]
    read = {sheet.name for sheet, _ in same}
    others = {s.name: sum(any(map(text, row)) for row in s.rows) for s in sheets if s.name not in read}
    return _table(first, same, {name: count for name, count in others.items() if count})


def _headers(
    sheets: Sequence[Sheet], named: list[str], kind: str, file: str, profile: Profile | None
) -> list[tuple[Sheet, Header]]:
    wanted, found = frozenset(map(fold, profile.columns)) if profile else frozenset[str](), []
    for sheet in sheets:
        if named and sheet.name not in named:
            continue
        if profile and profile.header_row:
            index = profile.header_row - 1 - sheet.top
            if 0 <= index < len(sheet.rows) and any(map(text, sheet.rows[index])):
                found.append((sheet, header_at(sheet, index)))
        elif header := find_header(sheet, kind, wanted):
            found.append((sheet, header))
    return found


def _going_on(
    first: tuple[Sheet, Header], found: list[tuple[Sheet, Header]], *, every: bool
) -> list[tuple[Sheet, Header]]:
    """The sheets that have the columns of the first at their places and mean the same units, as the months of a year
    do; they may have more columns, which then agree with each other. Sheets nobody sees are not among them."""
    names, units = [fold(name) for name in first[1].names], _stated(*first)
    least, same = 0.8 * sum(map(bool, names)), list[tuple[Sheet, Header]]()
    for sheet, header in found:
        theirs = [fold(name) for name in header.names]
        both = [(a, b) for a, b in zip(names, theirs, strict=False) if a and b]
        fits = sheet.left == first[0].left and all(a == b for a, b in both) and len(both) >= least
        if fits and _stated(sheet, header) == units and (every or sheet is first[0] or sheet.visible):
            same.append((sheet, header))
            names = [a or b for a, b in zip_longest(names, theirs, fillvalue="")]
    return same


def _stated(sheet: Sheet, header: Header) -> dict[str, str]:
    """The units that are stated above the table for all of it."""
    return {what: unit for title in sorted(_titles(sheet, header)) for what, unit in stated_units(title).items()}


def _titles(sheet: Sheet, header: Header) -> set[str]:
    """What is said above the table."""
    return {said for row in sheet.rows[: header.place] for cell in row if (said := text(cell))}


def _table(first: tuple[Sheet, Header], same: list[tuple[Sheet, Header]], others: dict[str, int]) -> Table:
    names = max((header.names for _, header in same), key=len)
    headings = list(_headings([(sheet, header, names) for sheet, header in same]))
    rows, skipped = list[Line](), list[Skipped]()
    for sheet, header in same:
        name = sheet.name if len(same) > 1 else ""
        for line in _lines(sheet, header, _titles(sheet, header), name):
            (skipped if isinstance(line, Skipped) else rows).append(line)  # type: ignore[arg-type]
    there = {(line.sheet, line.row) for line in rows}
    unseen = [(sheet.name if len(same) > 1 else "", row + 1) for sheet, _ in same for row in sheet.hidden]
    hidden = [at for at in unseen if at in there]
    place = first[0].top + first[1].place + 1
    said = tuple(dict.fromkeys(title for sheet, header in same for title in sorted(_titles(sheet, header))))
    return Table(
        [s.name for s, _ in same], place, names, headings, rows, skipped, _stated(*first), others, hidden, said
    )


def _lines(sheet: Sheet, header: Header, titles: set[str], name: str) -> Iterator[Line | Skipped]:
    """What stands below the header, but for empty rows."""
    heads = [
        {column: folded for column, cell in enumerate(row) if (folded := fold(text(cell)))}
        for row in sheet.rows[header.place : header.body]
    ]
    above, spans = _covered(sheet, header)
    begun = False
    for index, row in enumerate(sheet.rows[: header.place]):
        said = [word for cell in row if (word := text(cell))]
        if len(said) > 1 and not any(STATED.search(word) for word in said):  # more than a title: another table perhaps
            yield Skipped(sheet.top + index + 1, "above", name)
    for index, row in enumerate(sheet.rows[header.body :], header.body):
        first = next((place for place, cell in enumerate(row) if cell != "" and text(cell)), None)
        if first is None:
            continue
        why = _why_not(row, first, heads, titles)
        if not why and not begun and _counts_columns(row):
            why = "header"
        number, begun = sheet.top + index + 1, begun or not why
        if why:
            yield Skipped(number, why, name)
        else:
            yield Line(number, row, name, above.get(index, {}), spans.get(index, {}))


def _covered(sheet: Sheet, header: Header) -> tuple[dict[int, dict[int, Any]], dict[int, dict[int, int]]]:
    """Of the cells below the header that are merged over several rows: what covers a row, and how far one reaches."""
    above, spans, left = dict[int, dict[int, Any]](), dict[int, dict[int, int]](), _FILLED
    for (top, column), (bottom, _) in sheet.merged:
        first, last, place = top - sheet.top, min(bottom - sheet.top, len(sheet.rows) - 1), column - sheet.left
        if first < header.body or last <= first or not 0 <= place < len(sheet.rows[first]):
            continue
        value, left = sheet.rows[first][place], left - (last - first)
        if value == "" or left < 0:
            continue
        spans.setdefault(first, {})[place] = sheet.top + last + 1
        for row in range(first + 1, last + 1):
            above.setdefault(row, {})[place] = value
    return above, spans


def _headings(same: list[tuple[Sheet, Header, list[str]]]) -> Iterator[Heading]:
    """The columns with a name or with anything below; a second of the same name is told apart as "name (2)"."""
    names, left, seen = same[0][2], same[0][0].left, dict[str, int]()
    bare = next((place for place, name in enumerate(names) if not name), len(names))
    rows = (row for sheet, header, _ in same for row in sheet.rows[header.body :])
    used = {place for row in rows for place, cell in enumerate(row[bare:], bare) if cell != ""}
    for place in range(max(len(names), max(used, default=-1) + 1)):
        name = names[place] if place < len(names) else ""
        if not name and place not in used:
            continue
        name = name or letter(left + place)
        seen[name] = seen.get(name, 0) + 1
        yield Heading(place, letter(left + place), name if seen[name] == 1 else f"{name} ({seen[name]})")


def _why_not(row: list[Any], first: int, heads: list[dict[int, str]], titles: set[str]) -> str:
    """Why a row is no record ("" when it is one): a sum, signatures, or the title or header of the next page."""
    if isinstance(row[first], str) and any(fold(row[first]) == names.get(first) for names in heads):
        for names in heads:
            filled = {place: fold(text(row[place])) for place in names if place < len(row)}
            if {place: name for place, name in filled.items() if name} == names:
                return "header"
    label = next((cell for cell in row[first:] if isinstance(cell, str) and cell.strip()), "")
    if label[-1:].isdigit():
        return ""
    if label and text(label) in titles and {text(cell) for cell in row if cell != ""} <= titles | {""}:
        return "title"
    return _label(label) if len(label) <= 60 else ""


@lru_cache(maxsize=4096)
def _label(label: str) -> str:
    if is_total(label):
        return "total"
    return "signature" if is_signature(label) else ""


def _counts_columns(row: list[Any]) -> bool:
    """Whether a row only numbers the columns (1, 2, 3 …), as forms do below their header."""
    texts = [said for cell in row if (said := text(cell))]
    return len(texts) > 2 and [said.strip("()（）") for said in texts] == [str(n + 1) for n in range(len(texts))]
