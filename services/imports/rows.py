"""Rows of a register to records: every cell typed, what is merged or corrected included, what is wrong told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from resources.words import N_
from services.desk.errors import Invalid
from services.imports import profile as profiles
from services.imports.cells import text_of
from services.imports.columns import Column, ColumnMatch, make_columns, number_field
from services.imports.problems import Problem, Unreadable
from services.imports.profile import Profile
from services.imports.sheet import Line, Table
from services.imports.values import ClassCode, converter, to_code
from services.imports.words import is_empty

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec

NO_NAME = N_("there is no name")
LABELS = ("name", "paper_no")  # what a record is called by, beside its own number
NO_CELL = N_("There is no cell {name}; one is called B12, or March!B12")
ONCE = N_("“{column}” is one cell for rows {row} to {last}: it is read for this row alone")

# An unreadable date or sum in a mapped column keeps a row out; anything else unreadable is kept as it was written.
_REFUSING = ("date", "money")
# What a cell merged over several rows says of them together, and not of each.
_TOGETHER = ("money", "area", "integer")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Row(msgspec.Struct, frozen=True):
    """One record as the sheet has it.

    `row`: its number in the spreadsheet, `sheet` ("" where the register is one sheet). `values`: field -> typed value,
    only of filled cells that were understood. `texts`: reference ("keeper", "place" …) -> the words of its cell.
    `extra`: header -> text of what was not understood. `source`: SHA-256 over all its cells, whatever their place.
    `number`: "" when the sheet gives none; then `ordinal` counts rows with the same source, from 0. `same_as`: the
    earlier row it only repeats. `cells`: all of them as they stand in the sheet. `corrected`: whether somebody wrote
    something else over one of them.
    """

    row: int
    values: dict[str, Any]
    texts: dict[str, str]
    extra: dict[str, str]
    source: str
    number: str = ""
    ordinal: int = 0
    same_as: tuple[str, int] | None = None
    problems: tuple[Problem, ...] = ()
    cells: tuple[Any, ...] = ()
    sheet: str = ""
    corrected: bool = False

    @property
    def at(self) -> tuple[str, int]:
        """Its place among the rows of all sheets."""
        return self.sheet, self.row

    @property
    def refused(self) -> bool:
        """Whether it stays out."""
        return any(problem.refuses for problem in self.problems)


class RowReader:
    """Reads the rows of one table, one after the other."""

    def __init__(
        self, table: Table, matches: list[ColumnMatch], fields: Mapping[str, FieldSpec], profile: Profile | None,
        corrections: Mapping[str, str],
    ) -> None:  # fmt: skip
        self._fields, self._profile, self._number = fields, profile or Profile(""), number_field(fields)
        labels = (name for name in LABELS if name in fields and fields[name].required)
        self._label = next(labels, self._number)
        self._columns = make_columns(table, matches, fields, profile)
        self._named = column_of(matches, self._label)
        self._constants = _constants(fields, self._profile)
        self._ordinals: dict[str, int] = {}
        self._corrections = _by_row(corrections, table)

    def read(self, line: Line) -> Row:
        """One row of the table as a record."""
        values, texts, extra = dict[str, Any](), dict[str, str](), dict[str, str]()
        stores, parts = {"values": values, "texts": texts, "extra": extra}, list[str]()
        problems = list[Problem]()
        said = self._corrections.get((line.sheet, line.row), {}) if self._corrections else {}
        cells = self._whole(line, problems) if line.above or line.spans else line.cells
        width = len(cells)
        for column in self._columns:
            cell = cells[column.index] if column.index < width else ""
            letter = column.match.letter
            if cell == "" and letter not in said:
                continue
            part, text, value, error = column.read(cell)
            parts.append(part)  # a row is recognised by what the file says of it
            if letter in said:
                text, value, error = column.read(said[letter])[1:]
            if error:
                problems.append(self._problem(line, column, error))
                extra[column.match.header] = text
            if value is None:
                continue
            if column.store == "class":
                values.update(_class_values(value))
            elif column.store == "extra" and column.key in extra:  # what could not be read has that name already
                extra[column.match.header] = value
            else:
                stores[column.store][column.key] = value
        cells = self._corrected(cells, said) if said else cells
        self._complete(cells, values, texts)
        if not values.get(self._label):
            problems.append(Problem(line.row, *self._named, NO_NAME, "", sheet=line.sheet))
        source = hashlib.sha256("\x1e".join(sorted(filter(None, parts))).encode()).hexdigest()
        own = values.get(self._number, "")
        return Row(
            line.row, values, texts, extra, source, own, 0 if own else self._ordinal(source), None, tuple(problems),
            tuple(cells), line.sheet, bool(said),
        )  # fmt: skip

    def _whole(self, line: Line, problems: list[Problem]) -> list[Any]:
        """The cells with what covers them from above, but for sums and the number, which are of one row alone."""
        cells = line.cells + [""] * (max(line.above, default=-1) + 1 - len(line.cells))
        for column in self._columns:
            index, field, header = column.index, column.match.field or "", column.match.header
            together = (field in self._fields and self._fields[field].kind in _TOGETHER) or field == self._number
            if together and index in line.spans:
                places = {"column": header, "row": line.row, "last": line.spans[index]}
                problems.append(Problem(line.row, "", "", ONCE, header, False, places, line.sheet))
            elif not together and index in line.above and cells[index] == "":
                cells[index] = line.above[index]
        return cells

    def _corrected(self, cells: Sequence[Any], said: Mapping[str, str]) -> list[Any]:
        places = {column.match.letter: column.index for column in self._columns}
        made = [*cells, *[""] * (max(places.values()) + 1 - len(cells))]
        for letter, text in said.items():
            if letter in places:
                made[places[letter]] = text
        return made

    def _complete(self, cells: Sequence[Any], values: dict[str, Any], texts: dict[str, str]) -> None:
        """What the profile adds: constants, a number put together, the compound its rule names."""
        for field, value in self._constants.items():
            (values if field in self._fields else texts).setdefault(field, value)
        rule, number = self._profile.compound, self._profile.number
        if not rule and not number:
            return
        said = {
            column.match.header: reading.text
            for column in self._columns
            if column.index < len(cells) and (reading := column.read(cells[column.index])).text
            and not is_empty(reading.text)
        }  # fmt: skip
        if number and all(header in said for header in number):
            values[self._number] = to_code("-".join(said[header] for header in number))
        if rule and (name := profiles.compound_name(rule, said)):
            texts["compound"] = name

    def _problem(self, line: Line, column: Column, error: Unreadable) -> Problem:
        field = column.key
        refuses = field == self._number or (field in self._fields and self._fields[field].kind in _REFUSING)
        value = str(error.places.get("value", ""))
        match = column.match
        return Problem(line.row, match.header, match.letter, error.reason, value, refuses, error.places, line.sheet)

    def _ordinal(self, source: str) -> int:
        count = self._ordinals.get(source, 0)
        self._ordinals[source] = count + 1
        return count


def _constants(fields: Mapping[str, FieldSpec], profile: Profile) -> dict[str, Any]:
    """The profile's constants as values of their fields."""
    made = {}
    for field, value in profile.constants.items():
        convert = converter(fields[field], profile.units.get(field, "")) if field in fields else text_of
        try:
            made[field] = convert(value)
        except Unreadable:
            raise Invalid(profiles.WRONG, key=f"constants.{field}") from None
    return made


def _class_values(found: ClassCode) -> dict[str, str]:
    named = {"class_code": found.code, "class_edition": found.edition, "class_text": found.text}
    return {field: part for field, part in named.items() if part}


def column_of(matches: list[ColumnMatch], field: str) -> tuple[str, str]:
    """Header and letter of the column of a field."""
    return next(((match.header, match.letter) for match in matches if match.field == field), ("", ""))


def _by_row(corrections: Mapping[str, str], table: Table) -> dict[tuple[str, int], dict[str, str]]:
    """Corrected cells by their row: letter -> text. Invalid: a cell has no such name."""
    found = dict[tuple[str, int], dict[str, str]]()
    for name, text in corrections.items():
        sheet, letter, row = _cell(name)
        found.setdefault(("" if table.sheets == [sheet] else sheet, row), {})[letter] = text
    return found


def _cell(name: str) -> tuple[str, str, int]:
    sheet, _, cell = name.rpartition("!")
    if not (parts := _CELL.fullmatch(cell)):
        raise Invalid(NO_CELL, name=name)
    return sheet, parts[1], int(parts[2])


def check_corrections(table: Table, corrections: Mapping[str, str]) -> None:
    """Refuse a correction of no cell of a record (Invalid), lest it be lost without a word; what concerns sheets that
    are left out waits."""
    rows, letters = {(line.sheet, line.row) for line in table.rows}, {heading.letter for heading in table.headings}
    for name in corrections:
        sheet, letter, row = _cell(name)
        known = ("" if table.sheets == [sheet] else sheet, row) in rows and letter in letters
        if not known and sheet not in table.others:
            raise Invalid(NO_CELL, name=name)
